//! What a run writes: nothing secret, and the same again from a cassette.

#![expect(clippy::disallowed_methods, reason = "tests look at every file")]

use std::{fs, path::Path};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD},
};

use super::common::{KEY, Repository, honest, repository};
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

/// Every file of the repository.
fn files(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            let bytes = fs::read(&path).expect("a file");
            found.push((path.display().to_string(), bytes));
        }
    }
}

fn forms(secret: &str) -> Vec<String> {
    let escaped: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let mut forms = vec![secret.to_owned(), escaped];
    for engine in [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD] {
        forms.push(engine.encode(secret));
    }
    forms
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
    let mut found = vec![
        ("standard output".to_owned(), ended.out.into_bytes()),
        ("standard error".to_owned(), ended.err.into_bytes()),
    ];
    files(repository.folder.path(), &mut found);
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
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
    for secret in [
        KEY,
        "cs_test_0_9fK2xQ",
        "cs_test_1_9fK2xQ",
        "cs_test_2_9fK2xQ",
    ] {
        for form in forms(secret) {
            for (name, bytes) in &found {
                let text = String::from_utf8_lossy(bytes);
                assert!(!text.contains(&form), "{name} has {form}");
            }
        }
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
