//! Changes of a text that leave all the rest of it as it was written: comments, quotes, indentation, and line ends.

mod block;
mod flow;
#[cfg(test)]
mod tests;
mod write;

use super::{Entry, Kind, NodeId, Syntax, Tree};
use crate::text::Pointer;

/// One change; what is new comes from another tree, and is copied as it stands there where both are written alike.
#[derive(Clone, Copy, Debug)]
pub enum Edit<'e> {
    /// One more entry of a map, behind the one with this key, or before all others.
    Entry {
        /// The map.
        map: &'e Pointer,
        /// The key that it follows.
        after: Option<&'e str>,
        /// The map that has the entry.
        from: (&'e Tree, NodeId),
        /// Its key.
        key: &'e str,
    },
    /// One more item of a sequence, behind an equal of this one, or before all others.
    Item {
        /// The sequence.
        seq: &'e Pointer,
        /// What it follows, in the tree that has the item.
        after: Option<NodeId>,
        /// The item.
        from: (&'e Tree, NodeId),
    },
    /// Another scalar in the place of one.
    Scalar {
        /// Where.
        at: &'e Pointer,
        /// The new one.
        from: (&'e Tree, NodeId),
    },
}

/// The text of a tree after a change; `None` where the change has no place in it.
#[must_use]
pub fn edited(tree: &Tree, edit: Edit<'_>) -> Option<String> {
    let find = |pointer| tree.at_pointer(tree.root(), pointer);
    let (start, end, new) = match edit {
        Edit::Entry {
            map,
            after,
            from: (other, holder),
            key,
        } => {
            let map = find(map).filter(|map| tree.kind(*map) == Kind::Map)?;
            let entry = other.entry(holder, key)?;
            if tree.get(map, key).is_some() {
                return None;
            }
            let own = own(tree, map);
            let place = match after {
                Some(key) => 1 + own.iter().position(|entry| tree.key(entry.key) == key)?,
                None => 0,
            };
            if is_flow(tree, map) {
                flow::entry(tree, map, (&own, place), (other, entry))?
            } else {
                block::entry(tree, (&own, place), (other, entry))?
            }
        }
        Edit::Item {
            seq,
            after,
            from: (other, item),
        } => {
            let seq = find(seq).filter(|seq| tree.kind(*seq) == Kind::Seq)?;
            let items = tree.items(seq);
            let place = match after {
                Some(before) => {
                    let mut items = items.iter();
                    1 + items.position(|item| tree.same(*item, other, before))?
                }
                None => 0,
            };
            if is_flow(tree, seq) {
                flow::item(tree, seq, place, (other, item))
            } else {
                block::item(tree, (seq, place), (other, item))?
            }
        }
        Edit::Scalar {
            at,
            from: (other, scalar),
        } => {
            let at = find(at)?;
            let (span, was) = (tree.span(at), tree.scalar_text(at)?);
            if was.contains('\n') || span.is_empty() {
                return None;
            }
            let new = write::scalar(tree.syntax(), was, (other, scalar));
            (span.start as usize, span.end as usize, new)
        }
    };
    let text = tree.source().text();
    let ends = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let new = new.replace('\n', ends);
    Some(format!("{}{new}{}", &text[..start], &text[end..]))
}

/// What is put where: start, end, and the text with plain line ends.
type Put = (usize, usize, String);

/// The entries that stand in the map itself; merged ones stand elsewhere.
fn own(tree: &Tree, map: NodeId) -> Vec<Entry> {
    let span = tree.span(map);
    let entries = tree.entries(map);
    entries
        .filter(|entry| span.contains(entry.key_span))
        .collect()
}

fn is_flow(tree: &Tree, container: NodeId) -> bool {
    let text = tree.span(container).of(tree.source().text());
    tree.syntax() == Syntax::Json || text.starts_with(['{', '['])
}

/// Where the line of an offset starts; a byte order mark is before the first one.
fn line_start(text: &str, at: usize) -> usize {
    let first = if text.starts_with('\u{feff}') { 3 } else { 0 };
    text[..at].rfind('\n').map_or(first, |before| before + 1)
}

/// Where an entry ends; `None` where its value stands elsewhere, as an alias does.
fn end(tree: &Tree, entry: Entry) -> Option<usize> {
    let (key, value) = (entry.key_span, tree.span(entry.value));
    (value.start >= key.end).then_some(value.end as usize)
}

/// The blanks that the line of an offset starts with.
fn indent(text: &str, at: usize) -> &str {
    let line = &text[line_start(text, at)..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// Whether nothing but blanks stands before an offset in its line.
fn starts_line(text: &str, at: usize) -> bool {
    let before = &text[line_start(text, at)..at];
    before.chars().all(|c| c == ' ' || c == '\t')
}
