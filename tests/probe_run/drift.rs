//! Answers that are no longer as they were, as changes of the contract.

use serde_json::json;

use super::common::{drifts, honest, repository, shifts};
use crate::sandbox::vendor::Options;

const ASK: [&str; 6] = [
    "--contract",
    "payments.openapi.yaml",
    "--include",
    "getStatus",
    "--samples",
    "20",
];

fn with_config() -> Options {
    Options {
        config: true,
        ..honest()
    }
}

#[test]
fn a_member_that_appears_and_one_that_goes_are_changes_of_the_contract() {
    let mut repository = repository(honest());
    let (code, report) = repository.run(&ASK);
    assert_eq!((code, drifts(&report)), (0, Vec::new()));
    repository.now(with_config());
    let (code, report) = repository.run(&ASK);
    let place = "op:GET /v1/status > resp:200 > media:application/json > body > .config";
    let new = format!("drift field-new: additive property-added at {place}; affects back-office");
    assert_eq!((code, drifts(&report)), (0, vec![new]));

    let mut other = super::common::repository(with_config());
    let (code, report) = other.run(&ASK);
    assert_eq!((code, drifts(&report)), (0, Vec::new()));
    other.now(honest());
    let (code, report) = other.run(&ASK);
    let gone =
        format!("fail field-gone: breaking property-removed at {place}; affects back-office");
    assert_eq!((code, drifts(&report)), (1, vec![gone]));
}

#[test]
fn a_drift_is_accepted_for_a_while_and_a_run_for_good() {
    let mut repository = repository(with_config());
    repository.run(&ASK);
    repository.now(honest());
    let (code, report) = repository.run(&[&ASK[..], &["--today", "2026-11-20"]].concat());
    assert_eq!(code, 1);
    let id = shifts(&report)
        .next()
        .and_then(|drift| drift["id"].as_str());
    let id = id.expect("an id");
    let accept = repository.probe(&[
        "accept",
        &id[..12],
        "--until",
        "2026-12-31",
        "--reason",
        "they move it",
        "--today",
        "2026-11-20",
    ]);
    assert_eq!((accept.code, accept.out.as_str()), (0, ""));
    let day = |today| {
        let (code, report) =
            repository.run(&[&ASK[..], &["--today", today, "--no-history"]].concat());
        let verdict = shifts(&report).next().map(|drift| drift["verdict"].clone());
        (code, verdict)
    };
    assert_eq!(day("2026-12-31"), (0, Some(json!("pending"))));
    assert_eq!(day("2027-01-01"), (1, Some(json!("fail"))));
    let run = report["run"].as_str().expect("an id");
    let accept = repository.probe(&[
        "accept",
        run,
        "--reason",
        "it is so",
        "--today",
        "2026-12-01",
    ]);
    assert_eq!((accept.code, accept.out.as_str()), (0, ""));
    assert_eq!(day("2027-01-01"), (0, None));
}

#[test]
fn the_history_tells_how_operations_fared() {
    let mut repository = repository(with_config());
    repository.run(&[&ASK[..], &["--today", "2026-11-13"]].concat());
    repository.now(honest());
    repository.run(&[&ASK[..], &["--today", "2026-11-20"]].concat());
    let told = repository.probe(&["history", "--ascii"]);
    assert_eq!((told.code, told.err.as_str()), (0, ""));
    // How fast this machine is says nothing.
    let mut of_latency = false;
    let lines = told.out.lines().filter(|line| {
        of_latency = if line.starts_with("  since ") {
            line.contains("answers take")
        } else {
            of_latency && line.starts_with("  ")
        };
        !of_latency && !line.contains("p95")
    });
    let expected = [
        "acme-sandbox: 1 operation",
        "",
        "GET /status (acme-payments)",
        "  verdicts  wF  2 runs",
        "  presence  #-  50 to 100 %",
        "  since 2026-11-20, last 2026-11-20, 1 run: `.config` is gone: there in 0 of 20,",
        "  before in 20 of 20 (df1:e312805fa143cc6f45967b1c5987a3832e741acc)",
        "",
        ". pass  w warn  d drift  F fail  ? inconclusive  p pending  s skipped",
    ];
    assert_eq!(lines.collect::<Vec<_>>(), expected);
}
