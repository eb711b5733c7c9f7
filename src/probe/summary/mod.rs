//! What a run amounts to: verdicts, coverage, and the exit code.

mod coverage;
mod exit;
mod step;
#[cfg(test)]
mod tests;

pub use coverage::{Coverage, Covered, Fields, StatusCovered, coverage};
pub use exit::Exit;
pub use step::{Answered, Scenario, Step};

use super::{
    check::Verdict,
    drift::{Drift, Remark, is_evidence},
    exchange::{Blame, Credentials, Exchange, FailureKind},
    history::{self, Sighted, Told},
    steps::{Leak, Outcome},
    workflow,
};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// When everything that is asked is missing, this is not where it is.
const NOWHERE: &str = "all answers are 404: `base_url` may not be where the contract is served";
/// So many operations are not missing by chance.
const SEVERAL: usize = 3;

/// What a run has found, before it is judged.
#[derive(Debug)]
pub struct Found<'a> {
    /// The run's id.
    pub run: String,
    /// The environment.
    pub environment: String,
    /// The day.
    pub date: Date,
    /// The scenarios, and what came of them.
    pub outcomes: Vec<(&'a workflow::Scenario, &'a Outcome)>,
    /// What has drifted, acceptance applied.
    pub drifts: Vec<Drift>,
    /// What is to be told of acceptances.
    pub remarks: Vec<Remark>,
    /// What was seen of what there is.
    pub coverage: Coverage,
    /// What was compared with.
    pub baseline: Compared,
    /// More than so many of a hundred steps without an answer make the run inconclusive.
    pub tolerated: u32,
}

/// What a run was compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// The accepted run.
    pub accepted: Option<String>,
    /// How many runs.
    pub runs: usize,
}

/// A run, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The run's id.
    pub run: String,
    /// The environment.
    pub environment: String,
    /// The day.
    pub date: Date,
    /// The verdict.
    pub verdict: Verdict,
    /// Why a run says nothing, a lower-case fragment.
    pub reason: Option<String>,
    /// How the program ends.
    pub exit: Exit,
    /// The scenarios.
    pub scenarios: Vec<Scenario>,
    /// What has drifted.
    pub drifts: Vec<Drift>,
    /// What is to be told of acceptances.
    pub remarks: Vec<Remark>,
    /// What was seen of what there is.
    pub coverage: Coverage,
    /// What was compared with.
    pub baseline: Compared,
    /// What could not be removed.
    pub leaks: Vec<Leak>,
    /// How many of what.
    pub counts: Counts,
}

/// How many of what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Steps by verdict.
    pub steps: BTreeMap<&'static str, usize>,
    /// Drifts by verdict.
    pub drifts: BTreeMap<&'static str, usize>,
    /// Requests that were sent, retries included.
    pub requests: usize,
    /// Requests that were sent again.
    pub retries: usize,
}

impl Summary {
    /// Judges a run.
    #[must_use]
    pub fn of(found: Found<'_>) -> Self {
        let Found {
            run,
            environment,
            date,
            outcomes,
            drifts,
            remarks,
            coverage,
            baseline,
            tolerated,
        } = found;
        let exchanges: Vec<&Exchange> = outcomes
            .iter()
            .flat_map(|(_, outcome)| &outcome.steps)
            .flat_map(|step| &step.exchanges)
            .collect();
        let leaks: Vec<Leak> = outcomes
            .iter()
            .flat_map(|(_, outcome)| outcome.leaks.iter().cloned())
            .collect();
        let scenarios: Vec<Scenario> = outcomes
            .into_iter()
            .map(|(scenario, outcome)| Scenario::of(scenario, outcome))
            .collect();
        let verdicts: Vec<Verdict> = scenarios
            .iter()
            .flat_map(|scenario| &scenario.steps)
            .map(|step| step.verdict)
            .collect();
        let reason = vacuous(&exchanges).or_else(|| silent(&verdicts, &exchanges, tolerated));
        let drifted = drifts.iter().map(|drift| drift.verdict);
        let all = || verdicts.iter().copied().chain(drifted.clone());
        let lost = reason.as_deref() == Some(NOWHERE);
        let broken = !lost && all().any(|verdict| verdict == Verdict::Fail);
        let verdict = match &reason {
            _ if broken => Verdict::Fail,
            Some(_) => Verdict::Inconclusive,
            // A few silent steps do not silence a run.
            None => Verdict::worst(all().filter(|verdict| *verdict != Verdict::Inconclusive)),
        };
        let mut counts = Counts {
            requests: exchanges.iter().map(|one| one.attempts.len()).sum(),
            retries: exchanges.iter().map(|one| one.retries()).sum(),
            ..Counts::default()
        };
        for verdict in &verdicts {
            *counts.steps.entry(verdict.word()).or_default() += 1;
        }
        for verdict in drifted.clone() {
            *counts.drifts.entry(verdict.word()).or_default() += 1;
        }
        let misconfigured = exchanges.iter().any(|exchange| {
            let failure = exchange.failure();
            failure.is_some_and(|failure| failure.kind.blame() == Blame::Configuration)
        });
        let exit = if !leaks.is_empty() {
            Exit::Leak
        } else if broken {
            Exit::Broken
        } else if misconfigured {
            Exit::Configuration
        } else if reason.is_some() {
            Exit::Inconclusive
        } else {
            Exit::Pass
        };
        Self {
            run,
            environment,
            date,
            verdict,
            reason,
            exit,
            scenarios,
            drifts,
            remarks,
            coverage,
            baseline,
            leaks,
            counts,
        }
    }

    /// The run as the history keeps it; `contract` says which contract a scenario's operations are of.
    #[must_use]
    pub fn record(&self, contract: &dyn Fn(&Scenario) -> String) -> history::Run {
        let mut told: BTreeMap<(String, String), Verdict> = BTreeMap::new();
        let mut note = |contract: &str, operation: &str, verdict: Verdict| {
            let key = (contract.to_owned(), operation.to_owned());
            let worst = told.entry(key).or_insert(verdict);
            *worst = verdict.max(*worst);
        };
        for scenario in &self.scenarios {
            for step in &scenario.steps {
                if let Some(operation) = &step.operation {
                    note(&contract(scenario), operation, step.verdict);
                }
            }
        }
        for drift in &self.drifts {
            note(&drift.of.contract, &drift.of.operation, drift.verdict);
        }
        let operations = told
            .into_iter()
            .map(|((contract, operation), verdict)| Told {
                contract,
                operation,
                verdict,
            });
        let drifts = self.drifts.iter().map(|drift| Sighted {
            id: drift.id(),
            contract: drift.of.contract.clone(),
            operation: drift.of.operation.clone(),
            kind: drift.what.word().to_owned(),
            message: drift.message(),
            verdict: drift.verdict,
        });
        let drifts: BTreeSet<Sighted> = drifts.collect();
        history::Run::new(
            &self.run,
            self.date,
            self.verdict,
            operations.collect(),
            drifts.into_iter().collect(),
        )
    }

    /// Whether the answers of a key may be a baseline by themselves: nothing of theirs has drifted, not even perhaps, since what is
    /// taken into the baseline is not told again.
    #[must_use]
    pub fn is_clean(&self, of: &super::drift::Key) -> bool {
        self.drifts
            .iter()
            .all(|drift| drift.of != *of || drift.verdict == Verdict::Pass)
    }
}

/// Why a run says nothing at all: it saw no answer that the vendor gives to those it knows.
fn vacuous(exchanges: &[&Exchange]) -> Option<String> {
    let asked: Vec<&&Exchange> = exchanges
        .iter()
        .filter(|exchange| match exchange.request.credentials {
            Credentials::All | Credentials::Of(_) => true,
            Credentials::None | Credentials::Invalid => false,
        })
        .collect();
    if asked.is_empty() {
        return Some("nothing was asked".to_owned());
    }
    let operations: BTreeSet<&str> = asked
        .iter()
        .map(|exchange| exchange.request.operation.as_str())
        .collect();
    let mut statuses = asked
        .iter()
        .map(|exchange| exchange.response().map(|response| response.status));
    if operations.len() >= SEVERAL && statuses.all(|status| status == Some(404)) {
        return Some(NOWHERE.to_owned());
    }
    if asked.iter().any(|exchange| is_evidence(exchange)) {
        return None;
    }
    Some(if asked.iter().all(|exchange| is_refused(exchange)) {
        "missing auth: the vendor let nothing in".to_owned()
    } else {
        format!("no answer says anything of the contract{}", told(&asked))
    })
}

/// Why too much of a run says nothing.
fn silent(verdicts: &[Verdict], exchanges: &[&Exchange], tolerated: u32) -> Option<String> {
    let opened = exchanges.iter().any(|exchange| {
        let failure = exchange.failure();
        failure.is_some_and(|failure| failure.kind == FailureKind::BreakerOpen)
    });
    if opened {
        return Some("the vendor failed too often in a row to be asked again".to_owned());
    }
    let inconclusive = verdicts.iter().filter(|one| **one == Verdict::Inconclusive);
    let (count, of) = (inconclusive.count(), verdicts.len());
    let tolerated = usize::try_from(tolerated).unwrap_or(usize::MAX);
    if count.saturating_mul(100) <= of.saturating_mul(tolerated) {
        return None;
    }
    let unheard: Vec<&&Exchange> = exchanges
        .iter()
        .filter(|exchange| !is_evidence(exchange))
        .collect();
    let silence = format!("{count} of {of} steps say nothing");
    let is_own = |exchange: &Exchange| {
        let who = &exchange.request.credentials;
        matches!(who, Credentials::All | Credentials::Of(_))
    };
    let refused = exchanges
        .iter()
        .filter(|exchange| is_own(exchange) && is_refused(exchange));
    Some(match refused.count() {
        refused if refused.saturating_mul(2) > count => format!("missing auth: {silence}"),
        _ => format!("{silence}{}", told(&unheard)),
    })
}

/// Whether the vendor does not let somebody in, or nobody could say who asks.
fn is_refused(exchange: &Exchange) -> bool {
    let status = exchange.response().map(|response| response.status);
    let kind = exchange.failure().map(|failure| failure.kind);
    matches!(status, Some(401 | 403 | 407)) || kind == Some(FailureKind::NoCredential)
}

/// The failure that most requests had.
fn told(exchanges: &[&&Exchange]) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for exchange in exchanges {
        let what = match (exchange.failure(), exchange.response()) {
            (_, Some(response)) => response.status.to_string(),
            (Some(failure), None) => failure.kind.name().to_owned(),
            (None, None) => continue,
        };
        *counts.entry(what).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map_or_else(String::new, |(what, _)| format!(": mostly {what}"))
}
