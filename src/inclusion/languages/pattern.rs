//! Patterns as they are written: the tree that the parser makes.

use super::class::Class;
use std::rc::Rc;

/// A pattern, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// Nothing to read.
    Empty,
    /// One character.
    Class(Rc<Class>),
    /// One after the other.
    Sequence(Vec<Pattern>),
    /// One of these; none is never.
    Choice(Vec<Pattern>),
    /// As often as this.
    Repeat {
        /// What.
        of: Box<Pattern>,
        /// At least.
        fewest: u32,
        /// At most.
        most: Option<u32>,
    },
    /// `^`: where the text begins.
    Start,
    /// `$`: where the text ends.
    End,
    /// `\b`, or `\B` where false: between a word's character and another, or none.
    Edge(bool),
    /// `(?=…)`, or `(?!…)` where false: what comes next.
    Ahead(Box<Pattern>, bool),
    /// `(?<=…)`, or `(?<!…)` where false: what came last.
    Behind(Box<Pattern>, bool),
}

impl Pattern {
    /// Whether what it matches depends on nothing that comes after it.
    pub(super) fn is_closed(&self) -> bool {
        match self {
            Self::Empty | Self::Class(_) | Self::Start => true,
            Self::Sequence(parts) | Self::Choice(parts) => parts.iter().all(Self::is_closed),
            Self::Repeat { of, .. } => of.is_closed(),
            Self::End | Self::Edge(_) | Self::Ahead(..) | Self::Behind(..) => false,
        }
    }
}

/// Where engines read ECMA-262 differently: proofs have to hold in both readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Reading {
    /// As ECMA-262 says.
    Standard,
    /// As the validator's engine does: `.` leaves out the line feed alone, and beside look-around `\d`, `\w`, `\s` are
    /// Unicode's, as `\b` always is.
    Validator,
}
