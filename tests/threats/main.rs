//! What the author of a pull request may try, and what the gate says: the threat model, cheat by cheat, in real repositories.

#![allow(
    clippy::disallowed_methods,
    reason = "tests build repositories and start the program"
)]

mod clones;
#[path = "../common/mod.rs"]
mod common;
mod contracts;
mod history;
mod papers;
mod records;
mod rules;

use common::governed::{Repo, fixture_path};
use contract::policy::signature::{NAMESPACE, sign};
use serde_json::Value;
use std::{fmt::Write, fs};

/// Half a year after the sunset of the governed repository's deprecated member.
const TODAY: &str = "2026-12-01";

/// What a run of the gate against the last commit says.
struct Verdict {
    code: i32,
    report: Value,
}

/// One change that needs somebody's word.
struct Change {
    fingerprint: String,
    rule: String,
    element: String,
}

fn check(repo: &Repo) -> Verdict {
    check_on(repo, TODAY)
}

fn check_on(repo: &Repo, today: &str) -> Verdict {
    let output = repo.contract(&[
        "check", "--base", "HEAD", "--format", "json", "--today", today,
    ]);
    Verdict {
        code: output.code,
        report: serde_json::from_str(&output.stdout).unwrap_or_default(),
    }
}

impl Verdict {
    /// Ids of everything of this level that is said beside changes, sorted, each once.
    fn said(&self, level: &str) -> Vec<&str> {
        let mut ids: Vec<&str> = list(&self.report, "governance")
            .filter(|notice| notice["level"] == level)
            .filter_map(|notice| notice["rule"].as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// It is refused, by exactly these.
    #[track_caller]
    fn refuses(&self, errors: &[&str]) -> &Self {
        assert_eq!(self.said("error"), errors, "{:#}", self.report);
        assert_eq!(self.code, 1);
        self
    }

    #[track_caller]
    fn passes(&self) {
        assert_eq!(self.said("error"), [""; 0], "{:#}", self.report);
        assert_eq!(self.code, 0, "{:#}", self.report);
    }

    /// The changes that fail.
    fn changes(&self) -> Vec<Change> {
        let failing = list(&self.report, "changes").filter(|change| change["level"] == "error");
        let text = |change: &Value, key: &str| change[key].as_str().unwrap_or_default().to_owned();
        failing
            .map(|change| Change {
                fingerprint: text(change, "fingerprint"),
                rule: text(change, "rule"),
                element: text(change, "element"),
            })
            .collect()
    }
}

fn list<'v>(report: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    report[key].as_array().into_iter().flatten()
}

/// A sign-off for these changes.
fn signoff(consumer: &str, approver: &str, changes: &[Change]) -> String {
    let mut text = format!(
        "schema: contract.signoff/v1\nconsumer: {consumer}\napprover: {approver}\ndecision: accept\ncontract: orders\nchanges:\n"
    );
    for change in changes {
        let element = Value::from(change.element.as_str());
        let _ = writeln!(
            text,
            "  - {{fingerprint: \"{}\", rule: {}, element: {element}}}",
            change.fingerprint, change.rule
        );
    }
    text.push_str("reason: the app reads total\nissued: \"2026-11-20\"\nexpires: \"2027-02-18\"\n");
    text
}

/// Writes a file and its signature by one of our keys.
fn signed(repo: &Repo, path: &str, text: &str, key: &str) {
    let key = fs::read(fixture_path(&format!("signatures/{key}"))).expect("a key of our own");
    let signature = sign(&key, NAMESPACE, text.as_bytes()).expect("it signs");
    repo.write(path, text);
    repo.write(&format!("{path}.sig"), &signature);
}

/// The place of a sign-off of the mobile app.
const PAPER: &str = ".contract/signoffs/mobile-app/legacy.yaml";

/// A governed repository whose head removes the deprecated member, half a year after its sunset.
fn removing() -> Repo {
    let repo = Repo::governed();
    repo.write(
        "contracts/orders.yaml",
        &common::governed::orders(&["total: {type: string}"]),
    );
    repo
}

/// The same, and the mobile app agrees.
fn agreed() -> Repo {
    let repo = removing();
    let text = signoff("mobile-app", "dana@mobile", &check(&repo).changes());
    signed(&repo, PAPER, &text, "dana");
    repo
}

#[test]
fn an_honest_removal_passes() {
    check(&removing()).refuses(&["signoff-missing"]);
    check(&agreed()).passes();
}
