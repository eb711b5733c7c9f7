//! What is new as text: copied from where it stood, or written anew where it was written in another way.

use super::{end, flow::Layout, line_start, starts_line};
use crate::tree::{Entry, Kind, NodeId, Syntax, Tree};
use std::fmt::Write;

/// One step of indentation of what is written anew.
const STEP: &str = "  ";

/// Words that are no strings to every reader of YAML.
const TAKEN: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/// An entry as lines of a YAML block, with the comments above and behind it.
pub(super) fn entry_lines(other: &Tree, entry: Entry, column: usize) -> String {
    let start = entry.key_span.start as usize;
    // What has no text of its own is written out.
    let end = end(other, entry).filter(|_| !other.span(entry.value).is_empty());
    if let Some(copy) = end.and_then(|end| copied(other, (start, end), [column, column])) {
        return copy;
    }
    let mut text = String::new();
    let indent = " ".repeat(column);
    yaml_entry(other, other.key(entry.key), entry.value, &indent, &mut text);
    text
}

/// An item as lines of a YAML block, likewise.
pub(super) fn item_lines(other: &Tree, item: NodeId, column: usize) -> String {
    let span = other.span(item);
    let indent = " ".repeat(column);
    match copied(
        other,
        (span.start as usize, span.end as usize),
        [column, column + 2],
    ) {
        Some(copy) => {
            // The dash stands where the blanks before it were.
            let at = copy
                .lines()
                .take_while(|line| line.trim_start().starts_with('#'))
                .map(|line| line.len() + 1)
                .sum::<usize>();
            format!("{}{indent}- {}", &copy[..at], &copy[at + column + 2..])
        }
        None => format!("{indent}- {}", flow(other, item)),
    }
}

/// A stretch of a YAML text with the comments above it, each indented anew; `None` where it has to be written anew.
fn copied(
    other: &Tree,
    (start, end): (usize, usize),
    [above, column]: [usize; 2],
) -> Option<String> {
    if other.syntax() == Syntax::Json {
        return None;
    }
    let source = other.source().text();
    let end = start + source[start..end].trim_end().len();
    let own = &source[start..end];
    if other.has_aliases() && own.contains(['*', '&', '<']) {
        return None;
    }
    let rest = source[end..].lines().next().unwrap_or_default();
    let comment = rest.trim_start().starts_with('#');
    let end = if comment {
        end + rest.trim_end().len()
    } else {
        end
    };
    let from = start - line_start(source, start);
    let mut text = String::new();
    let indent = " ".repeat(column);
    for line in comments_above(source, start) {
        let _ = writeln!(text, "{}{}", " ".repeat(above), line.trim());
    }
    let mut lines = source[start..end].split('\n');
    text.push_str(&indent);
    text.push_str(lines.next().unwrap_or_default().trim_end_matches('\r'));
    for line in lines {
        let line = line.trim_end_matches('\r');
        let blanks = line.len() - line.trim_start_matches(' ').len();
        text.push('\n');
        if !line.trim().is_empty() {
            text.push_str(&indent);
        }
        text.push_str(&line[blanks.min(from)..]);
    }
    Some(text)
}

/// The lines right above a thing that are comments and stand as far in as it does.
fn comments_above(source: &str, start: usize) -> Vec<&str> {
    let line = line_start(source, start);
    // A dash may stand before it.
    let is_first = starts_line(source, start) || source[line..start].trim() == "-";
    let mut lines = Vec::new();
    let mut at = line;
    while is_first && at > 0 {
        let above = line_start(source, at - 1);
        let text = &source[above..at];
        if !text.trim_start().starts_with('#') {
            break;
        }
        lines.push(text.trim_end_matches(['\r', '\n']));
        at = above;
    }
    lines.reverse();
    lines
}

/// An entry between braces.
pub(super) fn entry_inline(
    syntax: Syntax,
    (other, entry): (&Tree, Entry),
    colon: &str,
    layout: &Layout<'_>,
) -> String {
    let key = other.key(entry.key);
    let key = match syntax {
        Syntax::Json => quoted(key),
        Syntax::Yaml => plain(key),
    };
    let value = value_inline(syntax, (other, entry.value), layout);
    format!("{key}{colon}{value}")
}

/// A value between brackets or braces; one of several lines keeps them where its new place has lines of its own.
pub(super) fn value_inline(
    syntax: Syntax,
    (other, value): (&Tree, NodeId),
    layout: &Layout<'_>,
) -> String {
    let source = other.source().text();
    let span = other.span(value);
    let own = span.of(source);
    let (Some(indent), true) = (&layout.indent, own.contains('\n')) else {
        return inline(syntax, other, value);
    };
    if syntax != Syntax::Json || other.syntax() != Syntax::Json {
        return inline(syntax, other, value);
    }
    let from = super::indent(source, span.start as usize).len();
    let step = own.lines().nth(1).map_or(0, |line| {
        (line.len() - line.trim_start().len()).saturating_sub(from)
    });
    let mut text = String::new();
    for (number, line) in own.lines().enumerate() {
        if number > 0 {
            text.push('\n');
            let blanks = line.len() - line.trim_start().len();
            let steps = blanks.saturating_sub(from).checked_div(step).unwrap_or(0);
            text.push_str(indent);
            text.push_str(&layout.unit.repeat(steps));
        }
        text.push_str(if number > 0 { line.trim_start() } else { line });
    }
    text
}

/// A value on one line.
pub(super) fn inline(syntax: Syntax, other: &Tree, value: NodeId) -> String {
    let own = other.span(value).of(other.source().text());
    let is_block =
        matches!(other.kind(value), Kind::Map | Kind::Seq) && !own.starts_with(['{', '[']);
    let same = other.syntax() == syntax && !other.has_aliases();
    if same && !is_block && !own.is_empty() && !own.contains(['\n', '#']) {
        return own.to_owned();
    }
    match syntax {
        Syntax::Json => {
            let mut text = String::new();
            // What is too large to write out is told as such when the text is read again.
            let _written = other.write_json(value, &mut text);
            text
        }
        Syntax::Yaml => flow(other, value),
    }
}

/// A scalar in the quotes of the one that it replaces.
pub(super) fn scalar(syntax: Syntax, was: &str, (other, scalar): (&Tree, NodeId)) -> String {
    let is_simple = |text: &&str| {
        let mut chars = text.chars();
        chars.all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let text = other.str(scalar).filter(is_simple);
    match (text, was.chars().next()) {
        (Some(text), Some('\'')) if syntax == Syntax::Yaml => format!("'{text}'"),
        // A day is a string in YAML 1.2, with quotes or without.
        (Some(text), Some('0'..='9')) if syntax == Syntax::Yaml => text.to_owned(),
        _ => inline(syntax, other, scalar),
    }
}

/// A value anew, on one line of YAML.
fn flow(tree: &Tree, value: NodeId) -> String {
    match tree.kind(value) {
        Kind::Map => {
            let entries = tree.entries(value);
            let entries = entries.map(|entry| {
                format!(
                    "{}: {}",
                    plain(tree.key(entry.key)),
                    flow(tree, entry.value)
                )
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Kind::Seq => {
            let items = tree.items(value).iter().map(|item| flow(tree, *item));
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        Kind::String => plain(tree.str(value).unwrap_or_default()),
        Kind::Number => tree.number(value).unwrap_or_default().to_owned(),
        Kind::Bool => tree.bool(value).unwrap_or_default().to_string(),
        Kind::Null => "null".to_owned(),
    }
}

/// An entry anew, as lines of YAML.
fn yaml_entry(tree: &Tree, key: &str, value: NodeId, indent: &str, out: &mut String) {
    let _ = write!(out, "{indent}{}:", plain(key));
    let deeper = format!("{indent}{STEP}");
    match tree.kind(value) {
        Kind::Map if tree.size(value) > 0 => {
            for entry in tree.entries(value) {
                out.push('\n');
                yaml_entry(tree, tree.key(entry.key), entry.value, &deeper, out);
            }
        }
        Kind::Seq if tree.size(value) > 0 => {
            for item in tree.items(value) {
                let _ = write!(out, "\n{deeper}- {}", flow(tree, *item));
            }
        }
        _ => {
            let _ = write!(out, " {}", flow(tree, value));
        }
    }
}

/// A text without quotes, where it is the same text to every reader of YAML.
fn plain(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    let rest = chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '.'));
    let taken = TAKEN.iter().any(|word| word.eq_ignore_ascii_case(text));
    if first && rest && !taken {
        text.to_owned()
    } else {
        quoted(text)
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
