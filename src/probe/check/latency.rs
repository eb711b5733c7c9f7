//! How long answers take: one against a ceiling, several against percentiles.

use super::{Check, Place, Verdict};
use crate::probe::{exchange::Response, workflow::Latency};
use std::time::Duration;

/// Times of answers in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Percentiles {
    sorted: Vec<u64>,
}

impl Percentiles {
    /// From microseconds in any order.
    #[must_use]
    pub fn new(mut micros: Vec<u64>) -> Self {
        micros.sort_unstable();
        Self { sorted: micros }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.sorted.len()
    }

    /// The smallest time that so many of a hundred do not exceed (nearest rank); `None` without any.
    #[must_use]
    pub fn at(&self, percent: u64) -> Option<Duration> {
        let count = u64::try_from(self.sorted.len()).ok()?;
        let rank = (count * percent.min(100)).div_ceil(100).max(1);
        let place = usize::try_from(rank - 1).ok()?;
        self.sorted
            .get(place)
            .map(|micros| Duration::from_micros(*micros))
    }
}

/// One answer against a ceiling.
#[must_use]
pub fn within(response: &Response, limit: Duration) -> Check {
    let took = Duration::from_micros(response.timings.total);
    one("latency", "the answer", took, limit)
}

fn one(id: &'static str, what: &str, took: Duration, limit: Duration) -> Check {
    let check = if took <= limit {
        Check::pass(id, format!("{what} took {took:?}, at most {limit:?}"))
    } else {
        Check::fail(id, format!("{what} took {took:?}, more than {limit:?}"))
    };
    check
        .at(Place::Time)
        .expected(micros(limit))
        .found(micros(took))
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// Samples against what a step promises. `baseline` is the p95 of earlier runs, where there are some.
#[must_use]
pub fn latency(samples: &Percentiles, limits: &Latency, baseline: Option<Duration>) -> Vec<Check> {
    let id = "latency";
    let count = samples.count();
    let wanted = usize::try_from(limits.samples).unwrap_or(usize::MAX);
    if count == 0 || count * 2 < wanted {
        let message = format!("{count} of {wanted} samples were answered");
        return vec![Check::new(id, Verdict::Inconclusive, message).at(Place::Time)];
    }
    let of = |name: &str| format!("{name} of {count}");
    let mut checks = Vec::new();
    for (name, percent, limit) in [
        ("p50", 50, limits.p50),
        ("p95", 95, limits.p95),
        ("p99", 99, limits.p99),
        ("the slowest", 100, limits.max),
    ] {
        if let (Some(limit), Some(took)) = (limit, samples.at(percent)) {
            checks.push(one(id, &of(name), took, limit));
        }
    }
    if let Some(over) = limits.over_baseline {
        let id = "latency-drift";
        let mut check = if let (Some(baseline), Some(took)) = (baseline, samples.at(95)) {
            let limit = baseline.saturating_mul(over.saturating_add(100)) / 100;
            one(id, &of("p95"), took, limit)
        } else {
            let message = "there is no baseline to compare with yet";
            Check::new(id, Verdict::Skipped, message).at(Place::Time)
        };
        if check.verdict == Verdict::Fail {
            check.verdict = Verdict::Drift;
        }
        checks.push(check);
    }
    checks
}
