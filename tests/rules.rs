//! Every rule at work: `fixtures/rules/<id>/{old,new}.yaml` gives exactly the findings of `expected.txt`.
//!
//! A fixture that is a bare schema is mounted in a request and in a response, so that one pair shows both directions.
//! `SNAPSHOTS=overwrite cargo test --test rules` writes `expected.txt` anew; read the difference before committing it.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod common;

use contract::{diff::Options, spec::Bundle};
use std::{fmt::Write, fs, path::Path};

fn mounted(text: &str) -> String {
    let root = text
        .lines()
        .find(|line| !line.starts_with('#') && !line.trim().is_empty())
        .unwrap_or_default();
    if root.starts_with("openapi:") || root.starts_with("swagger:") || root.starts_with('{') {
        return text.to_owned();
    }
    let mut out = String::from(
        "openapi: 3.1.0\ninfo: {title: Fixture, version: '1'}\npaths:\n  /fixture:\n    post:\n      requestBody:\n        required: true\n        content: {application/json: {schema: {$ref: '#/components/schemas/Fixture'}}}\n      responses:\n        '200':\n          description: Done\n          content: {application/json: {schema: {$ref: '#/components/schemas/Fixture'}}}\ncomponents:\n  schemas:\n    Fixture:\n",
    );
    for line in text.lines() {
        let _ = writeln!(out, "      {line}");
    }
    out
}

fn load(folder: &Path, side: &str) -> Bundle {
    let text = fs::read_to_string(folder.join(format!("{side}.yaml")))
        .expect("the fixture has both sides");
    common::bundle(side, &mounted(&text))
}

fn findings(folder: &Path) -> String {
    let (old, new) = (load(folder, "old"), load(folder, "new"));
    common::findings(&old, &new, Options::default())
}

#[test]
fn every_fixture_gives_exactly_its_findings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules");
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let mut wrong = String::new();
    let mut folders: Vec<_> = fs::read_dir(&root)
        .expect("fixtures/rules is there")
        .map(|entry| entry.expect("readable").path())
        .collect();
    folders.sort();
    for folder in folders {
        let found = findings(&folder);
        let file = folder.join("expected.txt");
        if overwrite {
            fs::write(&file, &found).expect("writable");
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if found != expected {
            let name = folder
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let _ = write!(wrong, "--- {name}\nexpected\n{expected}found\n{found}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_fixture_s_own_rule_is_among_its_findings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules");
    for entry in fs::read_dir(&root).expect("fixtures/rules is there") {
        let folder = entry.expect("readable").path();
        let name = folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        // `<rule-id>--<case>` shows the same rule in another case.
        let rule = name.split("--").next().unwrap_or_default();
        let found = findings(&folder);
        let named = found
            .lines()
            .any(|line| line.split(' ').nth(2) == Some(rule));
        assert!(named, "{name} does not show in its own fixture:\n{found}");
    }
}
