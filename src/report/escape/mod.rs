//! What a contract says may not steer whoever reads a report: one function per sink.

mod azure;
mod html;
mod markdown;
mod uri;
mod workflow;
mod xml;

pub(super) use azure::{azure, azure_property};
pub(super) use html::html;
pub(super) use markdown::{code, fenced, markdown, prose};
pub(super) use uri::uri;
pub(super) use workflow::{workflow, workflow_property};
pub(super) use xml::xml;

use std::{borrow::Cow, fmt::Write};

/// Runners of pipelines obey a line with this anywhere in it, whoever printed the line.
const COMMANDS: [&str; 2] = ["##[", "##vso["];

/// For a terminal, which may be a pipeline's log: what moves the cursor, hides, or reorders text is spelt out, and without `unicode` so is
/// everything beyond ASCII.
pub(super) fn terminal(text: &str, unicode: bool) -> Cow<'_, str> {
    let plain = |c: char| matches!(c, ' '..='~') || (unicode && !c.is_ascii() && !steers(c));
    if text.chars().all(plain) && !text.contains("##") && !text.contains("::") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        match c {
            // A runner obeys `::error::` where a line begins, and any word may be wrapped to there.
            ':' if text[at..].starts_with("::") && is_word_start(&text[..at]) => {
                out.push_str("\\u{3a}");
            }
            '#' if commands(&text[at..]) => out.push_str("\\u{23}"),
            c if plain(c) => out.push(c),
            c => spelt(&mut out, c),
        }
    }
    Cow::Owned(out)
}

/// For JSON text, whose strings may be printed by whoever reads it: the same value, spelt with `\u` where a
/// terminal would obey.
pub(super) fn json(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.contains('\x7f') && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        if c == '#' && commands(&text[at..]) {
            out.push_str("\\u0023");
            continue;
        }
        // Beyond ASCII, JSON text has characters in strings only, where an escape means the same.
        if steers(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Whether a runner would obey a line from here on.
fn commands(text: &str) -> bool {
    COMMANDS.iter().any(|command| {
        let head = text.get(..command.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(command))
    })
}

/// Whether a word begins after this text.
fn is_word_start(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_none_or(|last| !last.is_alphanumeric())
}

/// Whether a line begins after this text, for a runner that trims it.
fn is_line_start(before: &str) -> bool {
    before
        .trim_end_matches([' ', '\t'])
        .chars()
        .next_back()
        .is_none_or(|last| last == '\n')
}

/// A character that steers, in visible letters.
fn spelt(out: &mut String, c: char) {
    match c {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c => {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        }
    }
}

/// Controls, and the format characters of Unicode: invisible, or they turn the text around them.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{600}'..='\u{605}'
                | '\u{61c}'
                | '\u{6dd}'
                | '\u{70f}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_a_terminal() {
        assert_eq!(terminal("a b é", true), "a b é");
        assert_eq!(
            terminal("\x1b[31mred\u{9b}m", true),
            "\\u{1b}[31mred\\u{9b}m"
        );
        assert_eq!(terminal("a\u{202e}b\nc\t", true), "a\\u{202e}b\\nc\\t");
        assert_eq!(terminal("é😀", false), "\\u{e9}\\u{1f600}");
        assert_eq!(
            terminal("a::b (::error::x ##VSO[y] ## [z] ##[w]", true),
            "a::b (\\u{3a}:error::x \\u{23}#VSO[y] ## [z] \\u{23}#[w]"
        );
    }

    #[test]
    fn json_keeps_its_value() {
        let text = "{\"a\":\"\u{202e}é\u{e0041}\u{7f}##[error]\"}";
        let escaped = json(text);
        assert_eq!(
            escaped,
            "{\"a\":\"\\u202eé\\udb40\\udc41\\u007f\\u0023#[error]\"}"
        );
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        assert_eq!(value(&escaped), value(text));
    }
}
