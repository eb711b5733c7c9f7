//! Scenarios and steps as reports tell them.

use crate::probe::{
    check::{Check, Verdict},
    exchange::Exchange,
    steps::{Done, Outcome},
    workflow,
};
use serde::Serialize;

/// A scenario, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scenario {
    /// Its id.
    pub id: String,
    /// Its file.
    pub file: String,
    /// The team that answers for it.
    pub owner: Option<String>,
    /// Consumers who rely on what it checks.
    pub consumers: Vec<String>,
    /// The loudest of its steps.
    pub verdict: Verdict,
    /// Its steps and clean-ups.
    pub steps: Vec<Step>,
}

/// A step, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// The workflow.
    pub workflow: String,
    /// The step.
    pub step: String,
    /// The operation's element id.
    pub operation: Option<String>,
    /// The loudest of its checks.
    pub verdict: Verdict,
    /// What was found.
    pub checks: Vec<Check>,
    /// What was answered, in order.
    pub answers: Vec<Answered>,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// The method.
    pub method: String,
    /// The status, if there is an answer.
    pub status: Option<u16>,
    /// Which failure, if it is no evidence.
    pub failure: Option<&'static str>,
    /// How often it was tried again.
    pub retries: usize,
    /// How long the last attempt took, in microseconds.
    pub micros: Option<u64>,
}

impl Scenario {
    pub(super) fn of(scenario: &workflow::Scenario, outcome: &Outcome) -> Self {
        let steps: Vec<Step> = outcome.steps.iter().map(Step::of).collect();
        Self {
            id: scenario.id.clone(),
            file: scenario.file.clone(),
            owner: scenario.owner.clone(),
            consumers: scenario.consumers.clone(),
            verdict: Verdict::worst(steps.iter().map(|step| step.verdict)),
            steps,
        }
    }
}

impl Step {
    fn of(done: &Done) -> Self {
        let mut checks = done.checks.clone();
        let retries: usize = done.exchanges.iter().map(Exchange::retries).sum();
        // A pass after three retries is not a plain pass.
        if retries > 0 && done.verdict() == Verdict::Pass {
            let times = if retries == 1 { "time" } else { "times" };
            let message = format!("it was answered only after trying again {retries} {times}");
            checks.push(Check::new("retried", Verdict::Warn, message));
        }
        Self {
            workflow: done.workflow.clone(),
            step: done.step.clone(),
            operation: done.operation.clone(),
            verdict: Verdict::worst(checks.iter().map(|check| check.verdict)),
            checks,
            answers: done.exchanges.iter().map(Answered::of).collect(),
        }
    }
}

impl Answered {
    fn of(exchange: &Exchange) -> Self {
        let response = exchange.response();
        Self {
            method: exchange.request.method.clone(),
            status: response.map(|response| response.status),
            failure: exchange.failure().map(|failure| failure.kind.name()),
            retries: exchange.retries(),
            micros: response.map(|response| response.timings.total),
        }
    }
}
