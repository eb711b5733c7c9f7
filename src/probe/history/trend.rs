//! How an operation fared from run to run.

use super::History;
use crate::probe::{
    check::Verdict,
    drift::{Path, Rate, Shape},
};
use crate::spec::Segment;
use jiff::civil::Date;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// How an operation fared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trend {
    /// The contract's id.
    pub contract: String,
    /// The operation's element id.
    pub operation: String,
    /// In how many runs it was asked.
    pub runs: usize,
    /// What came of it in the last runs, the earliest first; `None` where it was not asked.
    pub strip: Vec<Option<Verdict>>,
    /// What was measured, by day or week, the earliest first.
    pub points: Vec<Point>,
    /// What has drifted, by the day on which it was first seen.
    pub drifts: Vec<FirstSeen>,
}

/// What was measured on a day, or in a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The last day.
    pub date: Date,
    /// How many answers.
    pub samples: u64,
    /// Milliseconds in which 95 of 100 answers were there.
    pub p95: Option<u64>,
    /// How many of a hundred members that were ever seen were there.
    pub presence: Option<u64>,
}

/// A drift, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FirstSeen {
    /// Its id.
    pub id: String,
    /// What, as the last run that saw it has it.
    pub message: String,
    /// The day on which it was first seen.
    pub first: Date,
    /// The day on which it was last seen.
    pub last: Date,
    /// In how many runs.
    pub runs: usize,
    /// What it amounted to the last time.
    pub verdict: Verdict,
}

/// How every operation fared in the last so many runs.
#[must_use]
pub fn trends(history: &History, last: usize) -> Vec<Trend> {
    let runs = history.ordered();
    let mut names: BTreeSet<(&str, &str)> = BTreeSet::new();
    for run in &runs {
        let told = run.operations.iter();
        names.extend(told.map(|told| (told.contract.as_str(), told.operation.as_str())));
    }
    let seen = history.seen.iter().map(|seen| &seen.shape.of);
    names.extend(seen.map(|of| (of.contract.as_str(), of.operation.as_str())));
    let trend = |(contract, operation): (&str, &str)| {
        let strip: Vec<Option<Verdict>> = runs
            .iter()
            .map(|run| {
                let told = run.operations.iter();
                let mut told =
                    told.filter(|told| told.contract == contract && told.operation == operation);
                let first = told.next()?.verdict;
                Some(told.fold(first, |worst, told| worst.max(told.verdict)))
            })
            .collect();
        let shown = strip.len().saturating_sub(last);
        Trend {
            contract: contract.to_owned(),
            operation: operation.to_owned(),
            runs: strip.iter().flatten().count(),
            points: points(history, contract, operation, last),
            drifts: drifts(history, contract, operation),
            strip: strip[shown..].to_vec(),
        }
    };
    names.into_iter().map(trend).collect()
}

fn points(history: &History, contract: &str, operation: &str, last: usize) -> Vec<Point> {
    let mut days: BTreeMap<Date, Vec<&Shape>> = BTreeMap::new();
    for seen in &history.seen {
        let of = &seen.shape.of;
        if of.contract == contract && of.operation == operation {
            days.entry(seen.to).or_default().push(&seen.shape);
        }
    }
    // A place that is gone is still one that was there.
    let all: BTreeMap<_, BTreeSet<Path>> =
        days.values()
            .flatten()
            .fold(BTreeMap::new(), |mut all, shape| {
                let paths: &mut BTreeSet<Path> = all.entry(&shape.of).or_default();
                paths.extend(shape.paths());
                all
            });
    let points = days.iter().map(|(date, shapes)| {
        let latency = shapes.iter().map(|shape| shape.latency.clone());
        let latency = latency.reduce(crate::probe::drift::Histogram::and);
        let (mut seen, mut of) = (0_u64, 0_u64);
        for shape in shapes {
            for path in all.get(&shape.of).into_iter().flatten() {
                if let Some((_, Segment::Property(_))) = path.parent() {
                    let rate = shape.presence(path);
                    seen = seen.saturating_add(rate.count);
                    of = of.saturating_add(rate.of);
                }
            }
        }
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        Point {
            date: *date,
            samples: shapes.iter().map(|shape| shape.samples).sum(),
            p95: latency.and_then(|latency| latency.bound(95)).map(millis),
            presence: (of > 0).then(|| Rate::new(seen, of).percent()),
        }
    });
    let points: Vec<Point> = points.collect();
    let shown = points.len().saturating_sub(last);
    points[shown..].to_vec()
}

fn drifts(history: &History, contract: &str, operation: &str) -> Vec<FirstSeen> {
    let mut all: BTreeMap<&str, FirstSeen> = BTreeMap::new();
    for run in history.ordered() {
        for drift in &run.drifts {
            if drift.contract != contract || drift.operation != operation {
                continue;
            }
            let known = all.entry(&drift.id).or_insert_with(|| FirstSeen {
                id: drift.id.clone(),
                message: String::new(),
                first: run.date,
                last: run.date,
                runs: 0,
                verdict: drift.verdict,
            });
            known.message.clone_from(&drift.message);
            known.last = run.date;
            known.runs += 1;
            known.verdict = drift.verdict;
        }
    }
    let mut all: Vec<FirstSeen> = all.into_values().collect();
    all.sort_by(|one, other| (one.first, &one.id).cmp(&(other.first, &other.id)));
    all
}
