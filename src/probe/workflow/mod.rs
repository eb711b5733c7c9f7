//! What a file asks to be done, in Arazzo's words: workflows of steps with inputs, outputs, criteria, and actions.

mod action;
mod behaviour;
mod criterion;
mod expect;
mod pattern;
mod step;

pub use action::{Action, ActionKind, Jump};
pub use behaviour::{
    Carrier, CountCheck, Idempotency, Ignored, KeyFormat, Latency, LinkPlace, Mismatch, PageCheck,
    PageSize, PageStyle, Paginate, Poll,
};
pub use criterion::{Comparison, Criterion, Operand, Simple};
pub use expect::{
    Assertion, ErrorModel, Expect, HeaderExpect, PartPath, Presence, Relation, Selector,
    StatusPattern, Statuses, Strictness,
};
pub use pattern::Pattern;
pub use step::{Argument, Call, Capture, Cleanup, Origin, Payload, Read, Setting, Step, Target};

use super::jsonpath::JsonPath;
use crate::text::Position;
use jiff::civil::Date;
use serde_json::Value;

/// All that one file asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The file, as people know it.
    pub file: String,
    /// Its id.
    pub id: String,
    /// The contracts it speaks of; the first is meant where a step names none.
    pub sources: Vec<SourceDescription>,
    /// The environment it runs in, by its name in the policy.
    pub environment: Option<String>,
    /// The team that answers for it.
    pub owner: Option<String>,
    /// Consumers who rely on what it checks.
    pub consumers: Vec<String>,
    /// Whether it writes.
    pub mode: Mode,
    /// Until this day its failures are told and do not block.
    pub pending_until: Option<Date>,
    /// What counts as drift.
    pub drift: DriftRules,
    /// What is done, in order.
    pub workflows: Vec<Workflow>,
}

/// A contract that a file speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceDescription {
    /// Its name in the file; empty in a scenario, which has one.
    pub name: String,
    /// A path from the repository's root, or a contract's id.
    pub location: String,
    /// Where the file says so.
    pub position: Position,
}

/// Whether a scenario writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Safe methods only.
    #[default]
    Read,
    /// It creates, changes, or deletes; needs `--allow-writes` and a sandbox.
    Write,
}

/// Steps that follow one another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workflow {
    /// Its id; a scenario's only workflow has the scenario's.
    pub id: String,
    /// What it is for.
    pub summary: Option<String>,
    /// Values that may be given from outside.
    pub inputs: Vec<Input>,
    /// Workflows that have to succeed first.
    pub depends_on: Vec<String>,
    /// What is done, in order.
    pub steps: Vec<Step>,
    /// What it gives to others (Arazzo).
    pub outputs: Vec<(String, Selector)>,
    /// What happens after a step that says nothing of its own (Arazzo).
    pub on_success: Vec<Action>,
    /// Likewise after a failure.
    pub on_failure: Vec<Action>,
    /// Parameters of every step that has them (Arazzo).
    pub parameters: Vec<Argument>,
    /// Whether a failed step without an action ends it, as Arazzo has it; a scenario goes on with what does not depend on the step.
    pub stops: bool,
}

/// A value from outside.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// The types of JSON Schema that it may have; empty allows any.
    pub types: Vec<String>,
    /// Its value where none is given.
    pub default: Option<Value>,
    /// Whether the workflow cannot do without it.
    pub required: bool,
}

/// What counts as drift.
#[derive(Clone, Debug, PartialEq)]
pub struct DriftRules {
    /// Which members are watched.
    pub fields: DriftFields,
    /// How many samples make a figure.
    pub min_samples: u32,
    /// What is not watched.
    pub ignore: Vec<JsonPath>,
    /// A value that an enum did not have.
    pub new_enum_value: DriftLevel,
    /// Percentage points of presence that may be lost.
    pub presence_drop: u32,
    /// Percentage points of nulls that may be gained.
    pub null_rise: u32,
}

/// Which members are watched for drift.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DriftFields {
    /// All that are seen.
    #[default]
    All,
    /// Those that the contract declares.
    Declared,
    /// None.
    Off,
}

/// How loud a drift is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DriftLevel {
    /// It fails the run.
    Fail,
    /// It is told.
    #[default]
    Warn,
    /// It is not told.
    Off,
}

impl Default for DriftRules {
    fn default() -> Self {
        Self {
            fields: DriftFields::default(),
            min_samples: 20,
            ignore: Vec::new(),
            new_enum_value: DriftLevel::default(),
            presence_drop: 20,
            null_rise: 20,
        }
    }
}
