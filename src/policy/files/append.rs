//! One more entry in a file that people keep: their comments and their layout stay as they are.

use super::{
    Consumer, Consumers, Fault, Ledger, LedgerRecord,
    write::{ConsumerItem, RecordItem, yaml},
};
use crate::tree::parse_plain;
use serde::Serialize;

impl Consumers {
    /// The text of a registry with one more consumer at its end.
    ///
    /// # Errors
    /// What is wrong with the file, or would be: a consumer that is there already.
    pub fn append(file: &str, bytes: &[u8], consumer: &Consumer) -> Result<String, Vec<Fault>> {
        Self::read(file, bytes)?;
        let text = append(file, bytes, "consumers", &ConsumerItem::of(consumer));
        Self::read(file, text.as_bytes()).map(|_| text)
    }
}

impl Ledger {
    /// The text of a ledger with one more record at its end.
    ///
    /// # Errors
    /// What is wrong with the file, or would be: a record that is there already.
    pub fn append(file: &str, bytes: &[u8], record: &LedgerRecord) -> Result<String, Vec<Fault>> {
        Self::read(file, bytes)?;
        let text = append(file, bytes, "deprecations", &RecordItem::of(record));
        Self::read(file, text.as_bytes()).map(|_| text)
    }
}

/// Adds an item to the list under a key of a file that has been read without a fault.
fn append(file: &str, bytes: &[u8], key: &str, item: &impl Serialize) -> String {
    let tree = parse_plain(file, bytes.to_vec()).expect("its reader has read it");
    let list = tree.get(tree.root(), key).expect("its reader requires it");
    let text = tree.source().text();
    let span = tree.span(list);
    let (start, end) = (span.start as usize, span.end as usize);
    let flow = text[start..].starts_with('[');
    let json = text.trim_start().starts_with('{');
    let last = tree
        .items(list)
        .last()
        .map(|last| tree.span(*last).end as usize);
    if flow && (json || last.is_some()) {
        let item = serde_json::to_string(item).expect("texts and numbers can be written");
        let (at, comma) = last.map_or((end - 1, ""), |last| (last, ", "));
        return format!("{}{comma}{item}{}", &text[..at], &text[at..]);
    }
    let item = yaml(&[item]);
    if flow {
        let before = text[..start].trim_end_matches(' ');
        return format!(
            "{before}\n{}{}",
            indented(&item, "  ").trim_end(),
            &text[end..]
        );
    }
    let column = text[..start]
        .rfind('\n')
        .map_or(start, |line| start - line - 1);
    // The rest of the last line may be a comment.
    let end = text[end..].find('\n').map_or(text.len(), |line| end + line);
    let item = indented(&item, &" ".repeat(column));
    format!("{}\n{}{}", &text[..end], item.trim_end(), &text[end..])
}

fn indented(item: &str, indent: &str) -> String {
    item.split_inclusive('\n')
        .flat_map(|line| [indent, line])
        .collect()
}
