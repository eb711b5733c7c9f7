//! The lines beneath an excerpt.

use super::{
    super::{
        style::{Paint, Style},
        wrap::{paragraph, width},
    },
    Look,
};

/// How wide the words before a note are.
const WORD: usize = 11;

/// The lines `= word  text` beneath an excerpt.
pub(super) struct Notes {
    style: Style,
    columns: usize,
    pub(super) indent: usize,
    pub(super) text: String,
}

impl Notes {
    pub(super) fn new(look: Look, indent: usize) -> Self {
        Self {
            style: look.style(),
            columns: look.width,
            indent,
            text: String::new(),
        }
    }

    /// Goes on beneath the text of the last note.
    pub(super) fn more(&mut self, text: &str) {
        let plain = " ".repeat(self.indent + 2 + WORD + 1);
        let text = paragraph(&plain, text, self.columns);
        self.text.push_str(&text);
    }

    pub(super) fn add(&mut self, word: &str, text: &str) {
        let plain = format!("{}= {word:WORD$} ", " ".repeat(self.indent));
        let whole = paragraph(&plain, text, self.columns);
        let rest = whole.strip_prefix(&plain).unwrap_or(&whole);
        let style = self.style;
        self.text.push_str(&" ".repeat(self.indent));
        self.text.push_str(&style.paint(Paint::Faint, "="));
        self.text.push(' ');
        self.text.push_str(&style.paint(Paint::Strong, word));
        if rest.trim().is_empty() {
            self.text.push('\n');
            return;
        }
        self.text
            .push_str(&" ".repeat(WORD.saturating_sub(width(word)) + 1));
        self.text.push_str(rest);
    }
}
