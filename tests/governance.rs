//! Every rule of governance at work: `fixtures/governance/<id>/` is a base and a head, and `contract check` says exactly what
//! `expected.txt` says.
//!
//! `run.txt` holds further arguments, the day first. A line of `expected.txt` is a notice of the report, or a change whose
//! rule is one of governance: level, rule, element or file, and message. Further cases of a rule stand in folders named
//! `<id>--<case>`. `SNAPSHOTS=overwrite cargo test --test governance` writes `expected.txt` anew; read the difference
//! before committing it. What is signed there is signed by the key beside it.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read their fixtures and run the binary"
)]

use contract::rules::{Detect, Rule};
use serde_json::Value;
use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/governance");
    let mut folders: Vec<_> = fs::read_dir(root)
        .expect("fixtures/governance is there")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("readable") {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("it has a name");
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).expect("writable");
        }
    }
}

/// The JSON report on a fixture.
fn report(folder: &Path) -> Value {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    for side in ["base", "head"] {
        copy(&folder.join(side), &temporary.path().join(side));
    }
    let run = fs::read_to_string(folder.join("run.txt")).expect("readable");
    let output = Command::new(env!("CARGO_BIN_EXE_contract"))
        .args(["check", "head", "--base", "base", "--format", "json"])
        .args(run.split_whitespace())
        .current_dir(temporary.path())
        // Another day is given than today's, which a policy has to allow in CI.
        .env_remove("CI")
        .env("GIT_CEILING_DIRECTORIES", temporary.path())
        .output()
        .expect("the binary starts");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        let said = String::from_utf8_lossy(&output.stderr);
        panic!("{}: {error}\n{said}", folder.display())
    })
}

fn is_governed(rule: &str) -> bool {
    Rule::find(rule).is_some_and(|rule| matches!(rule.detect, Detect::Governed))
}

/// What the gate says, one line each.
fn told(report: &Value) -> String {
    let list = |key: &str| report[key].as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let changes = list("changes").filter(|change| is_governed(&text(&change["rule"])));
    let mut out = String::new();
    for one in changes.chain(list("governance")) {
        let place = one["element"].as_str().or(one["file"].as_str());
        let place = place.unwrap_or("-");
        let [level, rule, message] = ["level", "rule", "message"].map(|key| text(&one[key]));
        let _ = writeln!(out, "{level} {rule} {place} :: {message}");
    }
    out
}

/// Whether a message is a rule's sentence with something in its holes.
fn follows(message: &str, sentence: &str) -> bool {
    let mut parts = sentence.split('{').map(|part| {
        let inside = part.split_once('}');
        inside.map_or(part, |(_, text)| text)
    });
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = message.strip_prefix(first) else {
        return false;
    };
    let mut ends = rest.is_empty();
    for part in parts {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
        ends = rest.is_empty() || part.is_empty();
    }
    ends
}

#[test]
fn every_fixture_is_told_exactly() {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let mut wrong = String::new();
    for folder in folders() {
        let found = told(&report(&folder));
        let file = folder.join("expected.txt");
        if overwrite {
            fs::write(&file, &found).expect("writable");
            continue;
        }
        let expected = fs::read_to_string(&file).expect("readable");
        if expected != found {
            let name = folder.file_name().expect("it has a name");
            let name = name.to_string_lossy();
            let _ = writeln!(wrong, "{name}\n  wanted:\n{expected}  found:\n{found}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_fixture_shows_its_rule_in_the_words_of_the_catalogue() {
    for folder in folders() {
        let name = folder.file_name().expect("it has a name");
        let name = name.to_string_lossy().into_owned();
        let id = name.split("--").next().unwrap_or_default();
        let expected = fs::read_to_string(folder.join("expected.txt")).expect("readable");
        let lines = expected.lines().map(|line| {
            let (head, message) = line.split_once(" :: ").expect("a message");
            let rule = head.split(' ').nth(1).unwrap_or_default();
            (rule, message)
        });
        assert!(
            lines.clone().any(|(rule, _)| rule == id),
            "{name} does not show {id}"
        );
        for (rule, message) in lines {
            let sentence = Rule::find(rule).expect("a rule").message;
            assert!(follows(message, sentence), "{name}: {message}");
        }
    }
}

#[test]
fn sentences_are_followed_or_not() {
    assert!(follows("a `b` c", "a `{x}` c"));
    assert!(follows("a b", "a {x}"));
    assert!(!follows("a `b` d", "a `{x}` c"));
    assert!(!follows("a b and more", "a b"));
    assert!(!follows("a `b` c and more", "a `{x}` c"));
}
