//! Runs scenarios: asks, checks, captures, and removes at the end whatever it created.

mod actions;
pub(crate) mod asking;
mod cleanup;
mod flow;
mod once;
mod repeat;
mod replay;
mod step;
#[cfg(test)]
mod tests;

pub use cleanup::Leak;
pub use flow::run;

use super::{
    check::{Check, Promise, Verdict},
    exchange::{Exchange, Request},
    expression::Run,
    generate::Sampler,
};
use crate::spec::{Contract, Operation};
use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use std::{collections::BTreeMap, time::Duration};

/// What a request is sent for: what is left of a run after an interrupt, or without budget, is its clean-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To check something.
    Check,
    /// To remove what the run created.
    CleanUp,
}

/// The other side, as far as a scenario sees it. Waiting and the time are its business too, so that tests and replays need neither.
pub trait Vendor {
    /// Sends a request. What goes wrong is a part of the exchange.
    fn send(&self, request: Request, purpose: Purpose) -> Exchange;
    /// Waits.
    fn pause(&self, time: Duration);
    /// What time it is.
    fn now(&self) -> Timestamp;
    /// This value must not be written anywhere.
    ///
    /// # Errors
    /// When that cannot be promised; a lower-case fragment.
    fn keep_secret(&self, value: &str) -> Result<(), String>;
    /// Whether the run is to end: no more steps then, but for the clean-up.
    fn interrupted(&self) -> bool;
}

/// A contract that scenarios speak of.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a, 'd> {
    /// Its name among the source descriptions of a file; empty for a scenario's only one.
    pub name: &'a str,
    /// The contract.
    pub contract: &'a Contract<'d>,
    /// Its values.
    pub sampler: &'a Sampler<'d>,
    /// Where its operations are.
    pub base: &'a str,
}

/// What holds for a whole run.
pub struct Settings<'a> {
    /// Which run.
    pub run: Run,
    /// Today.
    pub today: Date,
    /// Whether anything may be written.
    pub writes: bool,
    /// The variables that the environment allows, with their values.
    pub env: BTreeMap<String, String>,
    /// What is promised of an operation.
    pub promise: &'a dyn Fn(&Operation<'_>) -> Promise,
    /// The p95 of earlier runs, by element id of the operation.
    pub baseline: &'a dyn Fn(&str) -> Option<Duration>,
}

/// What came of a scenario.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The scenario.
    pub id: String,
    /// Its steps and clean-ups, in the order they were done.
    pub steps: Vec<Done>,
    /// What the workflows gave.
    pub outputs: BTreeMap<String, BTreeMap<String, Value>>,
    /// What could not be removed.
    pub leaks: Vec<Leak>,
}

/// What came of a step.
#[derive(Clone, Debug)]
pub struct Done {
    /// The workflow.
    pub workflow: String,
    /// The step.
    pub step: String,
    /// Its operation, as an element id.
    pub operation: Option<String>,
    /// What was found.
    pub checks: Vec<Check>,
    /// What was asked and answered, in order.
    pub exchanges: Vec<Exchange>,
}

impl Done {
    /// The loudest of its checks.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        Verdict::worst(self.checks.iter().map(|check| check.verdict))
    }
}

impl Done {
    /// The same step done once more: what was asked and answered, and what was found that was not found before.
    fn again(&mut self, other: Self) {
        self.exchanges.extend(other.exchanges);
        for check in other.checks {
            let told = matches!(check.verdict, Verdict::Pass | Verdict::Skipped);
            let known = self.checks.iter().any(|one| {
                (one.id, &one.place, one.verdict) == (check.id, &check.place, check.verdict)
            });
            if !told && !known {
                self.checks.push(check);
            }
        }
    }
}

impl Outcome {
    /// The same scenario run once more, as one: each step with all that it was asked and answered.
    pub fn again(&mut self, other: Self) {
        self.leaks.extend(other.leaks);
        for done in other.steps {
            let same = |one: &&mut Done| (&one.workflow, &one.step) == (&done.workflow, &done.step);
            match self.steps.iter_mut().find(same) {
                Some(known) => known.again(done),
                None => self.steps.push(done),
            }
        }
    }

    /// The loudest of its steps.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        Verdict::worst(self.steps.iter().map(Done::verdict))
    }
}
