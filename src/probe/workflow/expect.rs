//! What has to be true of one answer.

use super::Pattern;
use crate::probe::{
    expression::{Reference, Written},
    jsonpath::JsonPath,
};
use crate::text::Pointer;
use std::{fmt, time::Duration};

/// What a step expects of its answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expect {
    /// The status.
    pub status: Statuses,
    /// How the answer is held against the contract.
    pub contract: Strictness,
    /// Headers by name.
    pub headers: Vec<(String, HeaderExpect)>,
    /// How errors look.
    pub error_model: Option<ErrorModel>,
    /// The longest time from the request to the last byte.
    pub within: Option<Duration>,
}

/// Which statuses are right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Statuses {
    /// A success.
    #[default]
    Success,
    /// Whatever the contract declares.
    Declared,
    /// Criteria decide.
    Any,
    /// One of these.
    OneOf(Vec<StatusPattern>),
}

/// A status, or all with a first digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusPattern {
    /// One status.
    Code(u16),
    /// `4XX`: the first digit.
    Class(u16),
}

impl StatusPattern {
    /// Whether a status is one of them.
    #[must_use]
    pub const fn covers(self, status: u16) -> bool {
        match self {
            Self::Code(code) => code == status,
            Self::Class(digit) => digit == status / 100,
        }
    }
}

impl fmt::Display for StatusPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Class(digit) => write!(f, "{digit}XX"),
        }
    }
}

impl Statuses {
    /// Whether a status is right; `None` where the contract decides.
    #[must_use]
    pub fn covers(&self, status: u16) -> Option<bool> {
        match self {
            Self::Success => Some((200..300).contains(&status)),
            Self::Declared | Self::Any => None,
            Self::OneOf(patterns) => Some(patterns.iter().any(|one| one.covers(status))),
        }
    }
}

impl fmt::Display for Statuses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Success => f.write_str("2XX"),
            Self::Declared => f.write_str("a status that the contract declares"),
            Self::Any => f.write_str("any status"),
            Self::OneOf(patterns) => {
                let patterns: Vec<String> = patterns.iter().map(ToString::to_string).collect();
                f.write_str(&patterns.join(" or "))
            }
        }
    }
}

/// How an answer is held against the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// Undeclared members fail.
    Strict,
    /// Undeclared members are told.
    #[default]
    Tolerant,
    /// The contract is not asked.
    Off,
}

/// What is expected of a header.
#[derive(Clone, Debug, PartialEq)]
pub enum HeaderExpect {
    /// It is there, or is not.
    Presence(Presence),
    /// It has this value.
    Equals(Written),
    /// Its value matches.
    Matches(Pattern),
}

/// Whether something is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is.
    Present,
    /// It is not.
    Absent,
}

/// Something that is true of a part of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Assertion {
    /// Which part.
    pub of: Selector,
    /// What is true.
    pub relation: Relation,
}

/// What is true of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Relation {
    /// It is this value: same type, same case.
    Equals(Written),
    /// It is another value.
    Differs(Written),
    /// It is one of these.
    In(Vec<Written>),
    /// It is a string that matches.
    Matches(Pattern),
    /// Something is selected, or nothing is.
    Exists(Presence),
    /// So many values are selected.
    Count(Written),
    /// A number not below this one.
    AtLeast(Written),
    /// A number not above this one.
    AtMost(Written),
}

/// A part of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Selector {
    /// Of the body.
    JsonPath(JsonPath),
    /// A header.
    Header(String),
    /// Whatever an expression of Arazzo names.
    Reference(Reference),
    /// A part of what an expression of Arazzo names (1.1's Selector Object).
    Part {
        /// What is looked at.
        context: Reference,
        /// Where in it.
        path: PartPath,
    },
    /// A value that is written.
    Written(Written),
}

/// Where in a value.
#[derive(Clone, Debug, PartialEq)]
pub enum PartPath {
    /// By a query.
    JsonPath(JsonPath),
    /// By a pointer.
    Pointer(Pointer),
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::JsonPath(path) => write!(f, "{path}"),
            Self::Header(name) => write!(f, "header:{name}"),
            Self::Reference(reference) => write!(f, "${reference}"),
            Self::Part { context, path } => match path {
                PartPath::JsonPath(path) => write!(f, "{path} of ${context}"),
                PartPath::Pointer(pointer) => write!(f, "${context}#{pointer}"),
            },
            Self::Written(_) => f.write_str("a value of the file"),
        }
    }
}

/// How a vendor's errors look.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ErrorModel {
    /// Their media type.
    pub media_type: Option<String>,
    /// Where a machine finds what went wrong.
    pub code: Option<JsonPath>,
    /// Where support finds the request again; one of them is enough.
    pub correlation: Vec<Selector>,
}
