//! A named text that tells the line and column of each byte.

use std::{fmt, sync::OnceLock};

/// The byte order mark, which editors hide and columns do not count.
const BOM: char = '\u{feff}';

/// How many bytes share one running count of lines and one of characters: a table of every line would take longer to make
/// than most reports ask for, and long lines stay cheap to locate in.
const BLOCK: usize = 512;

/// A line and a column, both from 1; columns count Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A text with the name people know it by.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    /// Line endings before each block, and those of the whole text.
    endings: OnceLock<Vec<u32>>,
    /// Characters before each block; only long lines need it.
    characters: OnceLock<Vec<u32>>,
}

impl Source {
    /// A text under a name; texts of 4 GiB and more cannot be located in, and `tree` refuses them.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            endings: OnceLock::new(),
            characters: OnceLock::new(),
        }
    }

    /// The name it was given, as it should appear in messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, with its byte order mark if it has one.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the text proper starts: after the byte order mark, if there is one.
    #[must_use]
    pub fn body_start(&self) -> u32 {
        if self.text.starts_with(BOM) { 3 } else { 0 }
    }

    /// The line and column of a byte; an offset past the end is the end.
    #[must_use]
    pub fn locate(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let block = offset / BLOCK;
        let here = &self.text.as_bytes()[block * BLOCK..offset];
        let before = self.endings()[block] + lines(here);
        let start = match memchr::memrchr(b'\n', here) {
            Some(place) => block * BLOCK + place + 1,
            None => self.after_ending(before).unwrap_or_default(),
        };
        let column = match offset.saturating_sub(start) {
            ..=BLOCK => count(&self.text.as_bytes()[start.min(offset)..offset]),
            _ => self.characters_before(offset) - self.characters_before(start),
        };
        Position {
            line: before + 1,
            column: column + 1,
        }
    }

    /// A line without its ending, counted from 1.
    #[must_use]
    pub fn line_text(&self, line: u32) -> Option<&str> {
        let start = self.line_start(line)? as usize;
        let end = self
            .line_start(line + 1)
            .map_or(self.text.len(), |next| next as usize);
        let text = &self.text[start..end];
        let text = text.strip_suffix('\n').unwrap_or(text);
        Some(text.strip_suffix('\r').unwrap_or(text))
    }

    /// The offset at which a line starts, counted from 1; the first starts after the byte order mark.
    #[must_use]
    pub fn line_start(&self, line: u32) -> Option<u32> {
        self.after_ending(line.checked_sub(1)?).map(narrow)
    }

    /// How many lines there are; a text that ends in a line ending has an empty last line.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        self.endings().last().map_or(1, |endings| endings + 1)
    }

    /// Where the line after so many line endings starts.
    fn after_ending(&self, number: u32) -> Option<usize> {
        if number == 0 {
            return Some(self.body_start() as usize);
        }
        let endings = self.endings();
        let block = endings.partition_point(|before| *before < number) - 1;
        let rest = self.text.as_bytes().get(block * BLOCK..)?;
        let mut places = memchr::memchr_iter(b'\n', &rest[..BLOCK.min(rest.len())]);
        let place = places.nth((number - endings[block] - 1) as usize)?;
        Some(block * BLOCK + place + 1)
    }

    fn endings(&self) -> &[u32] {
        self.endings
            .get_or_init(|| running(self.text.as_bytes(), lines))
    }

    /// How many characters come before a byte.
    fn characters_before(&self, offset: usize) -> u32 {
        let bytes = self.text.as_bytes();
        let characters = self.characters.get_or_init(|| running(bytes, count));
        let block = offset / BLOCK;
        characters[block] + count(&bytes[block * BLOCK..offset])
    }
}

/// What is counted before each block, and in all of them.
fn running(bytes: &[u8], count: fn(&[u8]) -> u32) -> Vec<u32> {
    let mut before = 0;
    let blocks = bytes.chunks(BLOCK).map(|block| {
        before += count(block);
        before
    });
    std::iter::once(0).chain(blocks).collect()
}

/// Counts the line endings in these bytes.
fn lines(bytes: &[u8]) -> u32 {
    narrow(memchr::memchr_iter(b'\n', bytes).count())
}

/// Counts the characters that start in these bytes: all but UTF-8 continuation bytes.
fn count(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .map(|byte| u32::from(byte & 0xC0 != 0x80))
        .sum()
}

/// Counts of a text that fits 32-bit offsets; beyond that, the largest one.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: &Source, needle: &str) -> (u32, u32) {
        let offset = source.text().find(needle).expect("the text has it");
        let Position { line, column } = source.locate(narrow(offset));
        (line, column)
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let source = Source::new("a", "ä€😀x\ny\r\nz");
        assert_eq!(at(&source, "x"), (1, 4));
        assert_eq!(at(&source, "y"), (2, 1));
        assert_eq!(at(&source, "z"), (3, 1));
        assert_eq!(source.locate(1), source.locate(0));
    }

    #[test]
    fn the_byte_order_mark_has_no_column() {
        let source = Source::new("a", "\u{feff}äb\nc");
        assert_eq!(source.locate(0), Position { line: 1, column: 1 });
        assert_eq!(at(&source, "ä"), (1, 1));
        assert_eq!(at(&source, "b"), (1, 2));
        assert_eq!(source.line_text(1), Some("äb"));
        assert_eq!(source.line_start(1), Some(3));
    }

    #[test]
    fn lines_come_without_their_endings() {
        let source = Source::new("a", "one\r\ntwo\n\nfour\n");
        let lines: Vec<_> = (1..=5).map(|line| source.line_text(line)).collect();
        let expected = [Some("one"), Some("two"), Some(""), Some("four"), Some("")];
        assert_eq!(lines, expected);
        assert_eq!((source.line_text(0), source.line_text(6)), (None, None));
        assert_eq!((source.line_count(), source.line_start(2)), (5, Some(5)));
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        let source = Source::new("a", "ab");
        assert_eq!(source.locate(99), Position { line: 1, column: 3 });
        let empty = Source::new("a", "");
        assert_eq!(empty.locate(0), Position { line: 1, column: 1 });
    }

    #[test]
    fn lines_of_any_length_agree_with_counting_by_hand() {
        let mut text = String::new();
        for length in [0, 1, 2, BLOCK - 5, BLOCK, 3 * BLOCK, 0, 7, BLOCK - 1, 2] {
            text.push_str(&"x".repeat(length));
            text.push('\n');
        }
        let source = Source::new("a", text);
        let (mut line, mut start) = (1, 0);
        for (offset, byte) in (0..).zip(source.text().bytes()) {
            let column = offset - start + 1;
            assert_eq!(source.locate(offset), Position { line, column });
            assert_eq!(source.line_start(line), Some(start));
            if byte == b'\n' {
                (line, start) = (line + 1, offset + 1);
            }
        }
        assert_eq!(
            (source.line_count(), source.line_start(line + 1)),
            (line, None)
        );
    }

    #[test]
    fn long_lines_agree_with_counting_by_hand() {
        let source = Source::new("a", "ä€x".repeat(5000));
        for (characters, (offset, _)) in source.text().char_indices().enumerate() {
            assert_eq!(source.locate(narrow(offset)).column, narrow(characters) + 1);
        }
    }
}
