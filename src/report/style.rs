//! Colours for terminals; a word or a sign says the same without them.

use crate::spec::Level;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paint {
    /// Something fails the gate, or was lost.
    Bad,
    /// Worth a look.
    Warn,
    /// Fine, or was gained.
    Good,
    /// Where to look: places and names of rules.
    Place,
    /// What a sentence is about.
    Strong,
    /// What the eye may skip.
    Faint,
}

/// How text is painted, if at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// Whether to write ANSI colours.
    pub(super) color: bool,
    /// Whether anything beyond ASCII may be written.
    pub(super) unicode: bool,
}

impl Style {
    /// The text, painted.
    pub(super) fn paint(self, paint: Paint, text: &str) -> String {
        if !self.color || text.is_empty() {
            return text.to_owned();
        }
        let code = match paint {
            Paint::Bad => "1;31",
            Paint::Warn => "1;33",
            Paint::Good => "1;32",
            Paint::Place => "36",
            Paint::Strong => "1",
            Paint::Faint => "2",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }

    /// One spelling or the other.
    pub(super) fn either(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        if self.unicode { unicode } else { ascii }
    }
}

/// The paint of a level.
pub(super) fn of_level(level: Level) -> Paint {
    match level {
        Level::Error => Paint::Bad,
        Level::Warning => Paint::Warn,
        Level::Note => Paint::Place,
        Level::Off => Paint::Faint,
    }
}
