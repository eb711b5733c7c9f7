//! What a run writes: nothing secret, and the same again from a cassette.

use super::{
    common::{Repository, honest, repository},
    secrets,
};
use crate::sandbox::vendor::Options;

const SECRET: &str = "\
probe: contract-probe/1
id: secret
contract: acme-payments
environment: acme-sandbox
mode: write
steps:
  - id: create
    operation: createPayment
    body: {example: small, set: {$.reference: '${run.ref}'}}
    expect: {assert: [{jsonpath: $.client_secret, equals: another}]}
    capture: {id: {jsonpath: $.id}, token: {jsonpath: $.client_secret, secret: true}}
    cleanup: {operation: deletePayment, path: {id: '${id}'}}
  - id: look
    operation: listPayments
    query: {reference: '${token}'}
";

fn echoing() -> Options {
    Options {
        echoes_key: true,
        deletes: false,
        ..honest()
    }
}

const REPORTS: [&str; 8] = [
    "--format",
    "text",
    "--output",
    "json:report.json",
    "--output",
    "junit:report.xml",
    "-v",
    "-v",
];

#[test]
fn no_secret_is_in_anything_that_is_written() {
    let repository = repository(echoing());
    repository.write(".contract/probes/secret.probe.yaml", SECRET);
    let mut args = vec![
        "record",
        "--environment",
        "acme-sandbox",
        "--allow-writes",
        "--cassette",
        "acme.cassette",
    ];
    args.extend(REPORTS);
    let ended = repository.probe(&args);
    assert_eq!(ended.code, 4, "{}", ended.err);
    // What was printed was looked at as it was.
    let names = secrets::assert_none_in(repository.folder.path());
    for written in [
        "report.json",
        "report.xml",
        "acme.cassette",
        "leaks.jsonl",
        "acme-sandbox.jsonl",
    ] {
        assert!(
            names.iter().any(|name| name.ends_with(written)),
            "{names:?}"
        );
    }
}

#[test]
fn a_replay_needs_no_vendor_and_says_the_same() {
    let mut repository = repository(honest());
    let told = |repository: &Repository, first: &[&str]| {
        let mut args = first.to_vec();
        args.extend(["--environment", "acme-sandbox"]);
        args.extend(REPORTS);
        let ended = repository.probe(&args);
        let reports = (
            repository.read("report.json"),
            repository.read("report.xml"),
        );
        (ended.code, ended.out, reports)
    };
    let taped = told(
        &repository,
        &["record", "--allow-writes", "--cassette", "acme.cassette"],
    );
    assert_eq!(taped.0, 0, "{}", taped.1);
    let asked = repository.sandbox.count();
    // Neither the vendor nor its key are needed any more.
    repository.key = None;
    let replayed = told(&repository, &["run", "--replay", "acme.cassette"]);
    assert_eq!(replayed, taped);
    assert_eq!(repository.sandbox.count(), asked);
}
