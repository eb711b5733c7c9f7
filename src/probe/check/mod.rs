//! What an answer says about the contract, and what several answers say together.

mod assertion;
mod auth;
mod body;
mod condition;
mod contract;
mod errors;
mod evidence;
mod existence;
mod expect;
mod headers;
mod idempotency;
mod latency;
mod lifecycle;
mod pages;
mod same;
#[cfg(test)]
mod tests;
mod undeclared;
mod usage;

pub use assertion::{Answer, assertion, criterion, selected};
pub use auth::auth_enforced;
pub use contract::{Against, Measured};
pub use errors::error_model;
pub use evidence::{evidence, unreachable};
pub use existence::{created_visible, deleted_gone};
pub use expect::expectations;
pub use idempotency::{count, mismatch, replay};
pub use latency::{Percentiles, latency, within};
pub use lifecycle::{Announced, Promise, lifecycle};
pub use pages::{Next, Walk};
pub(crate) use pages::{links, resolve};
pub use same::same;
pub use usage::used;

use crate::text::Pointer;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is as promised.
    Pass,
    /// It was not looked at, and why is told.
    Skipped,
    /// It is as promised, but something is worth telling.
    Warn,
    /// It is not as promised, but was not promised long enough to fail.
    Pending,
    /// It says nothing: the vendor was not reached, or not let in.
    Inconclusive,
    /// It is not as it was.
    Drift,
    /// It is not as promised.
    Fail,
}

impl Verdict {
    /// The loudest of several; a pass where there are none.
    #[must_use]
    pub fn worst(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().max().unwrap_or(Self::Pass)
    }

    /// The word used in files and reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Skipped => "skipped",
            Self::Warn => "warn",
            Self::Pending => "pending",
            Self::Inconclusive => "inconclusive",
            Self::Drift => "drift",
            Self::Fail => "fail",
        }
    }
}

/// Which part of an exchange a check is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The status.
    Status,
    /// A header of the answer.
    Header(String),
    /// The body of the answer.
    Body(Pointer),
    /// How long it took.
    Time,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status => f.write_str("status"),
            Self::Header(name) => write!(f, "header:{name}"),
            Self::Body(pointer) => write!(f, "body:{pointer}"),
            Self::Time => f.write_str("time"),
        }
    }
}

impl Serialize for Place {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// Which check: a thing and what is asked of it.
    pub id: &'static str,
    /// What it found.
    pub verdict: Verdict,
    /// What it found, a lower-case fragment.
    pub message: String,
    /// About which part.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What was promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Value>,
    /// What is there instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<Value>,
}

/// The longest text of an answer that a check repeats.
const LONGEST: usize = 200;

impl Check {
    /// A check that says no more than its message.
    #[must_use]
    pub fn new(id: &'static str, verdict: Verdict, message: impl Into<String>) -> Self {
        Self {
            id,
            verdict,
            message: message.into(),
            place: None,
            expected: None,
            found: None,
        }
    }

    /// A check that holds.
    #[must_use]
    pub fn pass(id: &'static str, message: impl Into<String>) -> Self {
        Self::new(id, Verdict::Pass, message)
    }

    /// A check that does not.
    #[must_use]
    pub fn fail(id: &'static str, message: impl Into<String>) -> Self {
        Self::new(id, Verdict::Fail, message)
    }

    /// The same, about a part.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same, with what was promised.
    #[must_use]
    pub fn expected(mut self, value: impl Into<Value>) -> Self {
        self.expected = Some(value.into());
        self
    }

    /// The same, with what is there; long values are cut.
    #[must_use]
    pub fn found(mut self, value: impl Into<Value>) -> Self {
        self.found = Some(cut(value.into()));
        self
    }
}

fn cut(value: Value) -> Value {
    let text = match &value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => Value::from(format!("{}…", &text[..end])),
        None => value,
    }
}
