//! What was found, in the form every report reads.

use super::{exchange::Exchange, sites::Sites};
use crate::rules::Rule;
use crate::spec::{FileId, Level};
use crate::variance::{Direction, Verdict};
use std::borrow::Cow;

/// A side of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// As published.
    Old,
    /// As proposed.
    New,
}

/// What to underline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// The file, of its side's bundle.
    pub file: FileId,
    /// Byte offset of the first character.
    pub start: u32,
    /// Byte offset after the last character.
    pub end: u32,
    /// Whether the thing itself is absent there, and this is its nearest surviving parent.
    pub absent: bool,
}

/// Which ways an edit reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// No value travels.
    None,
    /// One direction.
    One(Direction),
    /// Both.
    Both,
}

impl Reach {
    /// The word used in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::One(direction) => direction.word(),
            Self::Both => "both",
        }
    }
}

/// What a verdict rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A payload that one version accepts and the other rejects.
    Witness(Box<Witness>),
    /// Both versions were proved to accept the same values.
    Equivalent,
    /// Everything that may be sent was proved to be understood.
    Compatible,
    /// A declared element is gone.
    Removed,
    /// The rule's reading of the edit.
    Rule,
    /// Nothing decides; the reason.
    Undecided(Cow<'static, str>),
}

/// A payload that shows a break, checked by the validator against both versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The payload as JSON text.
    pub payload: String,
    /// The version that accepts it; the other one rejects it.
    pub valid_under: Side,
    /// The keyword that rejects it.
    pub keyword: String,
    /// Where in the payload, as a JSON Pointer.
    pub at: String,
    /// The request or the response that carries it, where something travels.
    pub exchange: Option<Exchange>,
}

impl Proof {
    /// The word used in reports.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Witness(_) => "witness",
            Self::Equivalent => "equivalent",
            Self::Compatible => "compatible",
            Self::Removed => "removed",
            Self::Rule => "rule",
            Self::Undecided(_) => "undecided",
        }
    }
}

/// One place a finding reaches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Site {
    /// Element id.
    pub element: String,
    /// `cf1:` and 40 hexadecimal digits.
    pub fingerprint: String,
}

/// One edit, judged.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that names it.
    pub rule: &'static Rule,
    /// What it means: the worst of its directions.
    pub verdict: Verdict,
    /// What this run does about it.
    pub level: Level,
    /// Which ways it reaches.
    pub reach: Reach,
    /// The verdict where consumers write.
    pub input: Option<Verdict>,
    /// The verdict where the provider writes.
    pub output: Option<Verdict>,
    /// One sentence.
    pub message: String,
    /// JSON Pointer in the new document, or in the old one for what is gone.
    pub pointer: String,
    /// Where, in the old version.
    pub old: Option<Mark>,
    /// Where, in the new version.
    pub new: Option<Mark>,
    /// The old content as JSON text.
    pub before: Option<String>,
    /// The new content as JSON text.
    pub after: Option<String>,
    /// What the verdict rests on.
    pub proof: Proof,
    /// Every place it reaches.
    pub sites: Sites,
}

/// What is wrong with one document, or with both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The catalogue's id.
    pub rule: &'static str,
    /// An error when it is new in head, else a warning.
    pub level: Level,
    /// Old, new, or both (`None`).
    pub side: Option<Side>,
    /// One sentence.
    pub message: String,
    /// The file, of the new side's bundle unless the side is old.
    pub file: FileId,
    /// Byte offset.
    pub offset: u32,
}
