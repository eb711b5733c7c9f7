//! The lines of a history.

use crate::probe::{check::Verdict, drift::Shape};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a line with a shape says it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum ShapeTag {
    #[default]
    #[serde(rename = "contract.shape/v1")]
    V1,
}

/// What a line about a run says it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum RunTag {
    #[default]
    #[serde(rename = "contract.run/v1")]
    V1,
}

/// What a line about a baseline says it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum PinTag {
    #[default]
    #[serde(rename = "contract.baseline/v1")]
    V1,
}

/// What answers looked like in a run, or in the runs of a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    schema: ShapeTag,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The runs.
    pub runs: BTreeSet<String>,
    /// Whether nothing had drifted: only such shapes are a baseline by themselves.
    pub clean: bool,
    /// The shape.
    pub shape: Shape,
}

impl Seen {
    /// What one run saw.
    #[must_use]
    pub fn new(run: &str, date: Date, clean: bool, shape: Shape) -> Self {
        Self {
            schema: ShapeTag::V1,
            from: date,
            to: date,
            runs: BTreeSet::from([run.to_owned()]),
            clean,
            shape,
        }
    }

    /// Both together.
    pub(super) fn and(mut self, other: Self) -> Self {
        let Self {
            schema: _,
            from,
            to,
            runs,
            clean,
            shape,
        } = other;
        self.from = self.from.min(from);
        self.to = self.to.max(to);
        self.runs.extend(runs);
        self.clean &= clean;
        self.shape = self.shape.and(shape);
        self
    }
}

/// One run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    schema: RunTag,
    /// Its id.
    pub run: String,
    /// Its day.
    pub date: Date,
    /// What it amounts to.
    pub verdict: Verdict,
    /// What each operation amounts to.
    pub operations: Vec<Told>,
    /// What had drifted.
    pub drifts: Vec<Sighted>,
}

impl Run {
    /// A run with what it found.
    #[must_use]
    pub fn new(
        run: &str,
        date: Date,
        verdict: Verdict,
        operations: Vec<Told>,
        drifts: Vec<Sighted>,
    ) -> Self {
        Self {
            schema: RunTag::V1,
            run: run.to_owned(),
            date,
            verdict,
            operations,
            drifts,
        }
    }
}

/// What an operation amounted to in a run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The contract's id.
    pub contract: String,
    /// The operation's element id.
    pub operation: String,
    /// What it amounted to.
    pub verdict: Verdict,
}

/// A drift as a run saw it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sighted {
    /// Its id.
    pub id: String,
    /// The contract's id.
    pub contract: String,
    /// The operation's element id.
    pub operation: String,
    /// What kind of drift.
    pub kind: String,
    /// What, for people.
    pub message: String,
    /// What it amounted to.
    pub verdict: Verdict,
}

/// A run that was made the baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    schema: PinTag,
    /// The run.
    pub run: String,
    /// When.
    pub date: Date,
    /// Who decided.
    pub who: String,
    /// Why.
    pub reason: String,
}

impl Pin {
    /// A decision to compare with this run from now on.
    #[must_use]
    pub fn new(run: &str, date: Date, who: &str, reason: &str) -> Self {
        Self {
            schema: PinTag::V1,
            run: run.to_owned(),
            date,
            who: who.to_owned(),
            reason: reason.to_owned(),
        }
    }
}
