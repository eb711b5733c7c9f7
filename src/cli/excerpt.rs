//! The line of a file that an error points at, safe for a terminal.

use crate::text::{Position, Source};

/// How much of a long line is shown before and after the column.
const AROUND: usize = 48;

/// A line, and the column in it to point at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) line: String,
    /// How many characters stand before the one at fault.
    pub(super) before: usize,
}

impl Excerpt {
    /// The line at a position of a text; nothing for bytes that are no text.
    pub(super) fn of(bytes: Vec<u8>, position: Position) -> Option<Self> {
        let source = Source::new("", String::from_utf8(bytes).ok()?);
        let line = source.line_text(position.line)?;
        let column = (position.column as usize).saturating_sub(1);
        let skipped = column.saturating_sub(AROUND);
        let mut shown = String::new();
        let mut before = 0;
        if skipped > 0 {
            shown.push_str("...");
        }
        let mut rest = line.chars().skip(skipped);
        for (at, letter) in rest.by_ref().take(2 * AROUND).enumerate() {
            if skipped + at == column {
                before = shown.chars().count();
            }
            // A tab is as wide as the terminal likes, and then the mark below would miss.
            if letter == '\t' {
                shown.push(' ');
            } else {
                push_escaped(&mut shown, letter);
            }
        }
        if column >= line.chars().take(column + 1).count() {
            before = shown.chars().count();
        }
        if rest.next().is_some() {
            shown.push_str("...");
        }
        (!line.trim().is_empty()).then_some(Self {
            line: shown,
            before,
        })
    }
}

/// Text from outside as one line that a terminal only shows.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        push_escaped(&mut out, letter);
    }
    out
}

fn push_escaped(out: &mut String, letter: char) {
    // Controls drive the terminal; marks of writing direction make text read as what it is not.
    let hidden = letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    // Runners of pipelines obey `##[` and `##vso[` anywhere in a line.
    let command = letter == '['
        && ["##", "##vso"].iter().any(|start| {
            let end = out
                .len()
                .checked_sub(start.len())
                .and_then(|at| out.get(at..));
            end.is_some_and(|end| end.eq_ignore_ascii_case(start))
        });
    if command {
        out.push_str("\\u{5b}");
    } else if hidden {
        out.extend(letter.escape_default());
    } else {
        out.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, line: u32, column: u32) -> Option<Excerpt> {
        Excerpt::of(text.as_bytes().to_vec(), Position { line, column })
    }

    #[test]
    fn the_mark_stands_under_the_column() {
        let found = excerpt("\u{feff}a: 1\r\nä: [\r\n", 2, 4).expect("a line");
        assert_eq!((found.line.as_str(), found.before), ("ä: [", 3));
        let end = excerpt("abc", 1, 4).expect("a line");
        assert_eq!(end.before, 3);
        assert_eq!(excerpt("a\n\nb", 2, 1), None);
        assert_eq!(excerpt("a", 9, 1), None);
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = format!("{}!{}", "x".repeat(500), "y".repeat(500));
        let found = excerpt(&text, 1, 501).expect("a line");
        assert!(found.line.len() < 120);
        assert_eq!(found.line.chars().nth(found.before), Some('!'));
    }

    #[test]
    fn nothing_drives_the_terminal() {
        assert_eq!(
            escaped("a\u{1b}[2Jb\u{202e}c\n"),
            "a\\u{1b}[2Jb\\u{202e}c\\n"
        );
        assert_eq!(escaped("ä 漢"), "ä 漢");
        assert_eq!(
            escaped("##[x] ##VSO[y] #[z]"),
            "##\\u{5b}x] ##VSO\\u{5b}y] #[z]"
        );
    }
}
