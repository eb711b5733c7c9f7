//! Histories read, added to, merged, and looked back on.

mod files;
mod looks;

use super::{History, Run, Seen, Sighted, Told};
use crate::probe::{
    check::Verdict,
    drift::{Field, Histogram, Key, Path, Shape, Type},
};
use jiff::civil::{Date, date};
use std::{collections::BTreeMap, time::Duration};

pub(super) fn day(of: i8) -> Date {
    date(2026, 11, of)
}

pub(super) fn key(operation: &str) -> Key {
    Key {
        contract: "pay".to_owned(),
        operation: operation.to_owned(),
        status: 200,
        media: Some("application/json".to_owned()),
    }
}

/// So many answers, of which so many had a member, each in so many milliseconds.
pub(super) fn shape(operation: &str, samples: u64, with: u64, millis: u64) -> Shape {
    let mut shape = Shape::empty(key(operation));
    (shape.samples, shape.bodies) = (samples, samples);
    for _ in 0..samples {
        shape.latency = shape
            .latency
            .and(Histogram::one(Duration::from_millis(millis)));
    }
    let field = |seen: u64, kind: Type| Field {
        seen,
        types: BTreeMap::from([(kind, seen)]),
        ..Field::default()
    };
    shape
        .declared
        .insert(Path::root(), field(samples, Type::Object));
    shape
        .declared
        .insert(Path::parse(".id").unwrap(), field(with, Type::String));
    shape
}

pub(super) fn run(id: &str, date: Date, verdict: Verdict, drifts: &[&str]) -> Run {
    let told = Told {
        contract: "pay".to_owned(),
        operation: "op:GET /a".to_owned(),
        verdict,
    };
    let drifts = drifts.iter().map(|id| Sighted {
        id: (*id).to_owned(),
        contract: "pay".to_owned(),
        operation: "op:GET /a".to_owned(),
        kind: "field-gone".to_owned(),
        message: format!("`.{id}` is gone"),
        verdict,
    });
    Run::new(id, date, verdict, vec![told], drifts.collect())
}

/// Four runs in two weeks: the third has drifted.
pub(super) fn history() -> History {
    let seen = |run: &str, of: i8, clean: bool, with: u64| {
        Seen::new(
            run,
            day(of),
            clean,
            shape("op:GET /a", 10, with, u64::try_from(of).unwrap()),
        )
    };
    History {
        seen: vec![
            seen("r1", 2, true, 10),
            seen("r2", 4, true, 10),
            seen("r3", 9, false, 0),
            seen("r4", 11, true, 9),
        ],
        runs: vec![
            run("r1", day(2), Verdict::Pass, &[]),
            run("r2", day(4), Verdict::Pass, &[]),
            run("r3", day(9), Verdict::Fail, &["id"]),
            run("r4", day(11), Verdict::Drift, &["id", "fee"]),
        ],
        pins: Vec::new(),
    }
}
