//! What to compare, and how.

use crate::variance::Direction;

/// What to compare, and how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What a schema says about members it does not name.
    pub reading: Reading,
    /// Who writes the values of a bare JSON Schema.
    pub flow: Flow,
    /// The contract's id, part of every fingerprint.
    pub contract: String,
    /// Whether `format` asserts in a bare JSON Schema.
    pub assert_format: bool,
    /// Whether to look at what is the same on both sides, too: for lists of everything that a contract has.
    pub thorough: bool,
}

/// What a schema says about members it does not name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// Writers send declared members only, and readers of output ignore what they do not know.
    #[default]
    Tolerant,
    /// Exactly what is written.
    Strict,
}

impl Reading {
    /// The word used in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tolerant => "tolerant",
            Self::Strict => "strict",
        }
    }
}

/// Who writes the values of a bare JSON Schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flow {
    /// The provider writes: Output.
    Producer,
    /// The consumer writes: Input.
    Consumer,
    /// Either may write.
    #[default]
    Both,
}

impl Flow {
    /// The directions values travel in.
    #[must_use]
    pub const fn directions(self) -> &'static [Direction] {
        match self {
            Self::Producer => &[Direction::Output],
            Self::Consumer => &[Direction::Input],
            Self::Both => &Direction::ALL,
        }
    }
}
