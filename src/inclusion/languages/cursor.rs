//! What is left to read of a pattern.

/// What is left to read.
#[derive(Debug)]
pub(super) struct Cursor {
    characters: Vec<char>,
    at: usize,
}

impl Cursor {
    pub(super) fn new(text: &str) -> Self {
        Self {
            characters: text.chars().collect(),
            at: 0,
        }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    pub(super) fn peek_after(&self, distance: usize) -> Option<char> {
        self.characters.get(self.at + distance).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    /// Reads this text if it comes next.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let length = text.chars().count();
        let here = self.characters.get(self.at..self.at + length);
        let eaten = here.is_some_and(|here| here.iter().copied().eq(text.chars()));
        self.at += if eaten { length } else { 0 };
        eaten
    }

    /// Whether a character comes later.
    pub(super) fn has_later(&self, character: char) -> bool {
        self.characters
            .get(self.at..)
            .is_some_and(|rest| rest.contains(&character))
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn back_to(&mut self, position: usize) {
        self.at = position;
    }

    /// A decimal number, as large as can be held.
    pub(super) fn number(&mut self) -> Option<u32> {
        let mut value: Option<u32> = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            value = Some(value.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            self.at += 1;
        }
        value
    }
}
