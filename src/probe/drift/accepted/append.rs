//! One more entry at the end of the file: what people wrote stays as it is, byte for byte.

use super::{Accepted, Entry, SCHEMA, is_finding};
use crate::tree::{Kind, fields::Fault, parse_plain};
use jiff::civil::Date;
use serde_json::{Value, json};

/// Why a drift cannot be accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AcceptError {
    /// The file cannot be added to.
    #[error("the file of accepted drift has faults")]
    File(Vec<Fault>),
    /// It is no finding.
    #[error("`{0}` is neither the id of a drift (df1:…) nor a fingerprint (cf1:…)")]
    NoFinding(String),
    /// The day has passed.
    #[error("{until} lies before today, {today}")]
    Over {
        /// The day that was asked for.
        until: Date,
        /// Today.
        today: Date,
    },
    /// It says nothing, or more than fits into a line.
    #[error("{what} must be one line of text")]
    NoLine {
        /// Which text.
        what: &'static str,
    },
}

/// The text of the file with one more entry; `bytes` is what the file has now, nothing for a file that is to be made.
///
/// # Errors
/// When the entry cannot be one, and when the file has faults.
pub fn accept(file: &str, bytes: Option<&[u8]>, entry: &Entry) -> Result<String, AcceptError> {
    if !is_finding(&entry.finding) {
        return Err(AcceptError::NoFinding(entry.finding.clone()));
    }
    if entry.until < entry.date {
        let (until, today) = (entry.until, entry.date);
        return Err(AcceptError::Over { until, today });
    }
    for (what, text) in [
        ("the reason", &entry.reason),
        ("who accepts", &entry.who),
        ("what is accepted", &entry.what),
    ] {
        if text.trim().is_empty() || text.contains(['\n', '\r']) {
            return Err(AcceptError::NoLine { what });
        }
    }
    let head = format!("schema: {SCHEMA}\naccepted: []\n");
    let bytes = bytes.unwrap_or(head.as_bytes());
    Accepted::read(file, bytes).map_err(AcceptError::File)?;
    let text = append(file, bytes, entry);
    // What cannot be read again is not written.
    Accepted::read(file, text.as_bytes()).map_err(AcceptError::File)?;
    Ok(text)
}

fn append(file: &str, bytes: &[u8], entry: &Entry) -> String {
    let tree = parse_plain(file, bytes.to_vec()).expect("its reader has read it");
    let list = tree
        .get(tree.root(), "accepted")
        .filter(|list| tree.kind(*list) == Kind::Seq)
        .expect("its reader requires a list");
    let text = tree.source().text();
    let span = tree.span(list);
    let (start, end) = (span.start as usize, span.end as usize);
    let last = tree.items(list).last();
    let last = last.map(|last| tree.span(*last).end as usize);
    if text[start..].starts_with('[') {
        if last.is_some() || text.trim_start().starts_with('{') {
            let (at, comma) = last.map_or((end - 1, ""), |last| (last, ", "));
            return format!("{}{comma}{}{}", &text[..at], object(entry), &text[at..]);
        }
        let before = text[..start].trim_end_matches(' ');
        let item = block(entry, "  ");
        let rest = &text[end..];
        let rest = rest.strip_prefix('\n').unwrap_or(rest);
        return format!("{before}\n{item}{rest}");
    }
    let line = text[..start].rfind('\n').map_or(0, |line| line + 1);
    // The rest of the last line may be a comment.
    let end = text[end..].find('\n').map_or(text.len(), |line| end + line);
    let item = block(entry, &" ".repeat(start - line));
    let rest = text[end..].strip_prefix('\n').unwrap_or(&text[end..]);
    format!("{}\n{item}{rest}", &text[..end])
}

fn object(entry: &Entry) -> Value {
    let members = members(entry).into_iter();
    let members = members.map(|(key, text)| (key.to_owned(), Value::from(text)));
    Value::Object(members.collect())
}

/// An entry as a block of YAML; strings of JSON are strings of YAML in double quotes.
fn block(entry: &Entry, indent: &str) -> String {
    let mut sign = '-';
    let lines = members(entry).into_iter().map(|(key, text)| {
        let line = format!("{indent}{sign} {key}: {}\n", json!(text));
        sign = ' ';
        line
    });
    lines.collect()
}

fn members(entry: &Entry) -> [(&'static str, String); 6] {
    [
        ("finding", entry.finding.clone()),
        ("what", entry.what.clone()),
        ("until", entry.until.to_string()),
        ("reason", entry.reason.clone()),
        ("who", entry.who.clone()),
        ("date", entry.date.to_string()),
    ]
}
