//! What happens after a step (Arazzo's success and failure actions).

use super::Criterion;
use std::time::Duration;

/// One thing that may happen next; the first whose criteria hold does.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// Its name in the file.
    pub name: String,
    /// What happens.
    pub kind: ActionKind,
    /// When; none means always.
    pub criteria: Vec<Criterion>,
}

/// What happens after a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// The workflow ends here.
    End,
    /// It goes on elsewhere.
    Goto(Jump),
    /// The step is done again; only after a failure.
    Retry {
        /// How long to wait first; a `Retry-After` overrules it.
        after: Duration,
        /// How often at most.
        limit: u32,
    },
}

/// Where a workflow goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Jump {
    /// At a step of the same workflow.
    Step(String),
    /// With another workflow.
    Workflow(String),
}
