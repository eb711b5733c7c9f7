//! What a run would ask, and why; what it would not, and why not. Nothing is sent.

mod contract;
mod impossible;
mod pick;
mod reads;
mod scenario;
#[cfg(test)]
mod tests;
mod text;

pub use contract::{Usage, of_contract};
pub use impossible::{Impossible, impossible};
pub use pick::{Pick, PickError, Selection};
pub use reads::read_by;
pub use scenario::of_scenario;

use serde::Serialize;

/// What a run would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// What is asked, in order.
    pub steps: Vec<Planned>,
    /// What is not.
    pub skipped: Vec<Skipped>,
}

/// A step that would be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// Workflow and step.
    pub step: String,
    /// The operation's element id.
    pub operation: String,
    /// Why it is asked.
    pub why: String,
    /// Where the values of its parameters come from: place, name, and source.
    pub values: Vec<String>,
    /// The request, without credentials; what is not known before the run is left as `${name}`.
    pub request: Shown,
    /// What follows on its answer.
    pub then: Vec<String>,
    /// How many requests it is at most.
    pub requests: u32,
}

/// A request as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The method.
    pub method: String,
    /// The URL.
    pub url: String,
    /// Headers in order.
    pub headers: Vec<(String, String)>,
    /// The body, where it is text.
    pub body: Option<String>,
}

/// Something that would not be asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Skipped {
    /// The operation's element id, or the step.
    pub what: String,
    /// Why not.
    pub why: String,
}

impl Plan {
    /// Both, one after the other.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.steps.extend(other.steps);
        self.skipped.extend(other.skipped);
        self
    }

    /// How many requests a run is at most.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.steps.iter().map(|step| u64::from(step.requests)).sum()
    }
}
