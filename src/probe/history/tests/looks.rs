//! What a run is compared with, and how operations fared.

use super::{day, history, key, shape};
use crate::probe::{
    check::Verdict,
    history::{FirstSeen, Pin, Point, Seen, Trend, trends},
};
use std::{collections::BTreeSet, time::Duration};

fn runs(of: &[&str]) -> BTreeSet<String> {
    of.iter().map(|run| (*run).to_owned()).collect()
}

#[test]
fn what_has_drifted_is_no_baseline_by_itself() {
    let history = history();
    let samples = |last: usize| {
        let baseline = history.baseline(last);
        let samples = baseline
            .shapes
            .get(&key("op:GET /a"))
            .map_or(0, |shape| shape.samples);
        (samples, baseline.runs, baseline.accepted)
    };
    assert_eq!(samples(0), (0, runs(&[]), None));
    assert_eq!(samples(1), (10, runs(&["r4"]), None));
    assert_eq!(samples(2), (20, runs(&["r2", "r4"]), None));
    assert_eq!(samples(9), (30, runs(&["r1", "r2", "r4"]), None));
    assert_eq!(
        history.baseline(2).p95("op:GET /a"),
        Some(Duration::from_millis(20))
    );
    assert_eq!(history.baseline(2).p95("op:GET /b"), None);
}

#[test]
fn an_accepted_run_is_the_baseline_even_if_it_had_drifted() {
    let mut history = history();
    history
        .pins
        .push(Pin::new("r1", day(3), "ana", "the first"));
    history
        .pins
        .push(Pin::new("r3", day(10), "ana", "it stays so"));
    history
        .seen
        .push(Seen::new("r4", day(11), true, shape("op:GET /b", 7, 7, 1)));
    let baseline = history.baseline(4);
    assert_eq!(baseline.accepted.as_deref(), Some("r3"));
    // What the accepted run did not see is taken from others.
    assert_eq!(baseline.runs, runs(&["r3", "r4"]));
    let samples: Vec<u64> = baseline
        .shapes
        .values()
        .map(|shape| shape.samples)
        .collect();
    assert_eq!(samples, [10, 7]);
    // Its shapes are not lost in a week.
    assert_eq!(history.clone().merged(day(30)).baseline(4), baseline);
}

#[test]
fn a_trend_is_told_by_operation() {
    let point = |of: i8, p95: u64, presence: u64| Point {
        date: day(of),
        samples: 10,
        p95: Some(p95),
        presence: Some(presence),
    };
    let seen = |id: &str, first: i8, runs: usize| FirstSeen {
        id: id.to_owned(),
        message: format!("`.{id}` is gone"),
        first: day(first),
        last: day(11),
        runs,
        verdict: Verdict::Drift,
    };
    let expected = Trend {
        contract: "pay".to_owned(),
        operation: "op:GET /a".to_owned(),
        runs: 4,
        strip: vec![
            Some(Verdict::Pass),
            Some(Verdict::Fail),
            Some(Verdict::Drift),
        ],
        points: vec![point(4, 5, 100), point(9, 10, 0), point(11, 20, 90)],
        drifts: vec![seen("id", 9, 2), seen("fee", 11, 1)],
    };
    assert_eq!(trends(&history(), 3), [expected]);
}
