//! Lines that fit.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// How many columns a character takes.
pub(super) fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Shown as a space where no line may break.
pub(super) const GLUE: char = '\u{a0}';

/// The text as one word.
pub(super) fn glued(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// Breaks a text at its spaces: `first` columns are taken on the first line and `rest` on the others.
///
/// A word longer than a line keeps to itself, so that paths and ids can be copied whole. Spaces that the text begins
/// with stay, and so do [`GLUE`]d words together.
pub(super) fn wrap(text: &str, first: usize, rest: usize, columns: usize) -> Vec<String> {
    let body = text.trim_start_matches(' ');
    let mut line = " ".repeat(text.len() - body.len());
    let mut taken = first + line.len();
    let mut lines = Vec::new();
    let mut gap = 0;
    let mut blank = true;
    for word in body.split(' ') {
        if word.is_empty() {
            gap += 1;
            continue;
        }
        let wide = width(word);
        if !blank && taken + gap + wide > columns {
            lines.push(std::mem::take(&mut line));
            taken = rest;
        } else if !blank {
            line.extend(std::iter::repeat_n(' ', gap));
            taken += gap;
        }
        line.extend(word.chars().map(|c| if c == GLUE { ' ' } else { c }));
        taken += wide;
        blank = false;
        gap = 1;
    }
    lines.push(line);
    lines
}

/// A paragraph: `first` before its first line, as many spaces before the others.
pub(super) fn paragraph(first: &str, text: &str, columns: usize) -> String {
    let indent = width(first);
    let mut out = String::from(first);
    for (number, line) in wrap(text, indent, indent, columns).iter().enumerate() {
        if number > 0 {
            out.extend(std::iter::repeat_n(' ', indent));
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_no_word_is_cut() {
        let lines = wrap("one two three a-very-long-word four", 4, 2, 12);
        assert_eq!(lines, ["one two", "three", "a-very-long-word", "four"]);
        assert_eq!(wrap("", 0, 0, 10), [""]);
        assert_eq!(wrap("  aa  bb cc", 0, 0, 8), ["  aa  bb", "cc"]);
        assert_eq!(wrap("aa  bb", 0, 0, 4), ["aa", "bb"]);
        assert_eq!(wrap("aa b\u{a0}c", 0, 0, 5), ["aa", "b c"]);
        assert_eq!(paragraph("= ", "aa bb cc", 7), "= aa bb\n  cc\n");
    }
}
