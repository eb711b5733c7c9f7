//! One more line, or several, in a YAML block.

use super::{Put, end, line_start, starts_line, write};
use crate::tree::{Entry, NodeId, Tree};

/// An entry behind the first `place` entries of a block map; its comments come along.
pub(super) fn entry(
    tree: &Tree,
    (own, place): (&[Entry], usize),
    (other, entry): (&Tree, Entry),
) -> Option<Put> {
    let text = tree.source().text();
    let first = own.first()?.key_span.start as usize;
    let column = first - line_start(text, first);
    let new = write::entry_lines(other, entry, column);
    let at = match place.checked_sub(1) {
        Some(before) => match end(tree, own[before]) {
            Some(end) => behind(text, end)?,
            None => next_line(text, own[before].key_span.end as usize),
        },
        None if starts_line(text, first) => above(text, first),
        None => return None,
    };
    Some(lines(text, at, &new))
}

/// An item behind the first `place` items of a block sequence.
pub(super) fn item(
    tree: &Tree,
    (seq, place): (NodeId, usize),
    (other, item): (&Tree, NodeId),
) -> Option<Put> {
    let text = tree.source().text();
    let items = tree.items(seq);
    let dash = tree.span(seq).start as usize;
    let column = dash - line_start(text, dash);
    let new = write::item_lines(other, item, column);
    let at = match place.checked_sub(1) {
        Some(before) => behind(text, tree.span(items[before]).end as usize)?,
        None if starts_line(text, dash) => above(text, dash),
        None => return None,
    };
    Some(lines(text, at, &new))
}

/// Whole lines at an offset where a line starts, or where the text ends.
fn lines(text: &str, at: usize, new: &str) -> Put {
    // Comments that did not go with their thing stand there still, and are not written twice.
    let comments = new.split_inclusive('\n');
    let comments = comments.take_while(|line| line.trim_start().starts_with('#'));
    let comments: usize = comments.map(str::len).sum();
    let there = text[at..]
        .split_inclusive('\n')
        .zip(new[..comments].lines());
    let (known, mut behind) = there
        .take_while(|(old, new)| old.trim_end_matches(['\r', '\n']) == *new)
        .fold((0, 0), |(lines, bytes), (old, _)| {
            (lines + 1, bytes + old.len())
        });
    let mut new = new;
    if known == new[..comments].lines().count() {
        new = &new[comments..];
    } else {
        behind = 0;
    }
    let at = at + behind;
    let is_open = at == text.len() && !text.ends_with('\n');
    let new = if is_open {
        format!("\n{new}")
    } else {
        format!("{new}\n")
    };
    (at, at, new)
}

/// The start of the line behind a value; `None` where something else follows in the value's line.
fn behind(text: &str, end: usize) -> Option<usize> {
    if text[..end].ends_with('\n') {
        return Some(end);
    }
    let line = text[end..].split('\n').next().unwrap_or_default();
    let after = line.trim();
    (after.is_empty() || after.starts_with('#')).then(|| next_line(text, end))
}

/// Where the next line starts, or the text ends.
fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// The start of a thing's line, or of the comments right above it.
fn above(text: &str, first: usize) -> usize {
    let mut at = line_start(text, first);
    while at > 0 {
        let line = line_start(text, at - 1);
        if !text[line..at].trim_start().starts_with('#') {
            break;
        }
        at = line;
    }
    at
}
