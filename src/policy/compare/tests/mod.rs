//! One edit after the other, with the differences that it makes.

mod policies;
mod registries;

use super::*;
use crate::policy::files::{Consumers, FileKind, Ledger, Policy, Usage};

const POLICY: &str = include_str!("../../../../fixtures/governance/policy.yaml");
const CONSUMERS: &str = include_str!("../../../../fixtures/governance/consumers.yaml");
const USAGE: &str = include_str!("../../../../fixtures/governance/usage.yaml");
const LEDGER: &str = include_str!("../../../../fixtures/governance/deprecations.yaml");

/// The differences between two texts of a kind as a reviewer would note them; `!` loosens.
fn differences(kind: FileKind, before: &str, after: &str) -> Vec<String> {
    let (before, after) = (before.as_bytes(), after.as_bytes());
    let found = match kind {
        FileKind::Policy => {
            let read = |bytes| Policy::read("f.yaml", bytes).expect("no fault");
            compare(&read(before), &read(after))
        }
        FileKind::Consumers => {
            let read = |bytes| Consumers::read("f.yaml", bytes).expect("no fault");
            compare_consumers(&read(before), &read(after))
        }
        FileKind::Usage => {
            let read = |bytes| Usage::read("f.yaml", bytes).expect("no fault");
            compare_usage(&read(before), &read(after))
        }
        FileKind::Deprecations => {
            let read = |bytes| Ledger::read("f.yaml", bytes).expect("no fault");
            compare_ledgers(&read(before), &read(after))
        }
        FileKind::Signoff | FileKind::Waiver | FileKind::Request | FileKind::Baseline => Vec::new(),
    };
    let told = found.into_iter().map(|change| {
        let PolicyChange {
            setting,
            before,
            after,
            loosens,
            place,
        } = change;
        let mark = if loosens { "! " } else { "" };
        let line = place.map_or_else(|| "-".to_owned(), |place| place.line.to_string());
        format!("{mark}{setting}: {before} -> {after} ({line})")
    });
    told.collect()
}

/// Each edit of a text makes exactly these differences, and none against itself.
fn edited(kind: FileKind, text: &str, table: &[(&str, &str, &[&str])]) {
    assert_eq!(differences(kind, text, text), [""; 0]);
    for (old, new, expected) in table {
        assert_eq!(text.matches(old).count(), 1, "{old} is there once");
        let after = text.replace(old, new);
        assert_eq!(differences(kind, text, &after), *expected, "{old} -> {new}");
    }
}

#[test]
fn each_difference_between_policies_is_told() {
    edited(FileKind::Policy, POLICY, policies::SETTINGS);
    edited(FileKind::Policy, POLICY, policies::ENTRIES);
}

#[test]
fn a_policy_that_comes_or_goes_is_told() {
    let bare = "schema: contract.policy/v1\n";
    let list = "teams: {a: {}}\ncontracts: [{path: a.yaml, owner: a}]\n";
    let some = format!("{bare}{list}");
    assert_eq!(
        differences(FileKind::Policy, bare, &some),
        [
            "teams.a: none -> a team (2)",
            "! contracts: all that are found -> a list (3)"
        ]
    );
    assert_eq!(
        differences(FileKind::Policy, &some, bare),
        [
            "! teams.a: a team -> none (-)",
            "! contracts: a list -> all that are found (-)"
        ]
    );
}

#[test]
fn the_order_of_what_the_last_or_the_first_decides_is_told() {
    let levels = |one, other| format!("schema: contract.policy/v1\nlevels: {{{one}, {other}}}\n");
    let (one, other) = ("maximum-lowered: off", "maximum-lowered@input: error");
    assert_eq!(
        differences(FileKind::Policy, &levels(one, other), &levels(other, one)),
        ["! levels: in one order -> in another (2)"]
    );
    let globs = |one, other| {
        format!("schema: contract.policy/v1\nteams: {{a: {{}}}}\ncontracts:\n- {one}\n- {other}\n")
    };
    let (one, other) = (
        "{paths: [a/*], owner: a}",
        "{paths: [a/**], owner: a, role: consumed}",
    );
    assert_eq!(
        differences(FileKind::Policy, &globs(one, other), &globs(other, one)),
        ["! contracts: in one order -> in another (4)"]
    );
}

#[test]
fn each_difference_between_registries_is_told() {
    edited(FileKind::Consumers, CONSUMERS, registries::CONSUMERS);
}

#[test]
fn each_difference_between_usage_files_is_told() {
    edited(FileKind::Usage, USAGE, registries::USAGE);
}

#[test]
fn each_difference_between_ledgers_is_told() {
    edited(FileKind::Deprecations, LEDGER, registries::LEDGER);
}
