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

/// Breaks a text at its spaces: `first` columns are taken on the first line and `rest` on the others.
///
/// A word longer than a line keeps to itself, so that paths and ids can be copied whole.
pub(super) fn wrap(text: &str, first: usize, rest: usize, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut taken = first;
    let mut blank = true;
    for (number, word) in text.split(' ').enumerate() {
        let wide = width(word);
        if !blank && taken + 1 + wide > columns {
            lines.push(std::mem::take(&mut line));
            taken = rest;
            blank = true;
        } else if number > 0 && !blank {
            line.push(' ');
            taken += 1;
        }
        line.push_str(word);
        taken += wide;
        blank = blank && word.is_empty();
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
        assert_eq!(paragraph("= ", "aa bb cc", 7), "= aa bb\n  cc\n");
    }
}
