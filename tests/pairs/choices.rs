//! Choices read from bytes: every list of bytes makes something, and shorter lists smaller things.

use serde_json::Value;

const NAMES: [&str; 4] = ["a", "b", "c", "ab"];
const PATTERNS: [&str; 7] = ["^a", "b", "^[ab]+$", "^a+$", ".+", "^[0-9]{2}$", "^(?!b)"];
const TEXTS: [&str; 8] = ["a", "b", "", "ab", "aa", "12", "abc", "2020-02-29"];
const NUMBERS: [&str; 11] = [
    "1", "0", "2", "3", "10", "-1", "0.5", "1.5", "2.5", "0.3", "0.1",
];

/// Choices read from bytes; 0 where none is left.
pub(crate) struct Choices<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Choices<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes: bytes.iter(),
        }
    }

    /// A number below `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        self.bytes
            .next()
            .map_or(0, |byte| usize::from(*byte) % count.max(1))
    }

    /// True once in `count`, as long as there are bytes.
    pub(crate) fn rarely(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }

    pub(crate) fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    pub(crate) fn name(&mut self) -> &'static str {
        self.of(&NAMES)
    }

    pub(crate) fn pattern(&mut self) -> &'static str {
        self.of(&PATTERNS)
    }

    pub(crate) fn text(&mut self) -> &'static str {
        self.of(&TEXTS)
    }

    pub(crate) fn number(&mut self) -> Value {
        number(self.of(&NUMBERS))
    }

    /// A small count.
    pub(crate) fn count(&mut self) -> usize {
        self.below(4)
    }

    pub(crate) fn scalar(&mut self) -> Value {
        match self.below(5) {
            0 | 1 => self.text().into(),
            2 => self.number(),
            3 => Value::Null,
            _ => Value::Bool(self.below(2) == 1),
        }
    }
}

/// A number as it is written.
pub(crate) fn number(text: &str) -> Value {
    serde_json::from_str(text).expect("a number")
}
