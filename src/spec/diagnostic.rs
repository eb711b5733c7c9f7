//! What is wrong with one document by itself; never a change.

use super::bundle::FileId;

/// How loud a diagnostic or a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not shown.
    Off,
    /// For information.
    Note,
    /// Worth a look, does not fail the gate by default.
    Warning,
    /// Fails the gate by default.
    Error,
}

impl Level {
    /// The word used in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing wrong with one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The catalogue's id.
    pub rule: &'static str,
    /// As it counts when it is new in head.
    pub level: Level,
    /// One sentence without a full stop.
    pub message: String,
    /// The file.
    pub file: FileId,
    /// Byte offset in the file's text.
    pub offset: u32,
}
