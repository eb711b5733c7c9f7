//! `contract baseline`: what fails today passes for a while, once that has landed.

mod common;

use common::governed::{Repo, orders};

const TODAY: &str = "2026-06-02";
const BASELINE: &str = ".contract/baseline.yaml";
const TOTAL: &str = "total: {type: string}";
const ELEMENT: &str = "op:GET /v1/orders/{} > resp:200 > media:application/json > body > .total";

/// A repository without a policy, whose working tree lost a member.
fn broken() -> Repo {
    let repo = Repo::new();
    repo.write("contracts/orders.yaml", &orders(&[TOTAL]))
        .commit("Publish orders", "2026-03-01");
    repo.write("contracts/orders.yaml", &orders(&[]));
    repo
}

#[test]
fn what_fails_is_listed_and_passes_once_the_list_has_landed() {
    let repo = broken();
    repo.contract(&["check", "--today", TODAY]).ends(1);
    let reason = "shipped before there was a gate";
    let args = [
        "baseline",
        "--reason",
        reason,
        "--expires",
        "2026-07-01",
        "--today",
        TODAY,
    ];
    repo.contract(&args).is(
        0,
        "wrote .contract/baseline.yaml: 1 new entry, until 2026-07-01\n\
         it counts once it has landed on the base; read it before\n",
        "",
    );
    let written = repo.read(BASELINE);
    let fingerprint = written
        .lines()
        .find_map(|line| line.trim().strip_prefix("fingerprint: "))
        .expect("it has one");
    assert_eq!(
        written,
        format!(
            "schema: contract.baseline/v1\nchanges:\n  - contract: contracts/orders\n    \
             fingerprint: {fingerprint}\n    rule: property-removed\n    element: \"{ELEMENT}\"\n    \
             reason: \"{reason}\"\n    expires: \"2026-07-01\"\n"
        )
    );
    // A change cannot let itself through.
    repo.contract(&["check", "--today", TODAY]).ends(1);
    repo.git(&["add", BASELINE], "2026-04-01");
    repo.git(
        &["commit", "--quiet", "--message", "Adopt the gate"],
        "2026-04-01",
    );
    repo.contract(&["check", "--today", TODAY]).ends(0);
    repo.contract(&["check", "--today", "2026-07-01"]).ends(0);
    repo.contract(&["check", "--today", "2026-07-02"]).ends(1);
}

#[test]
fn what_still_fails_keeps_its_reason_and_what_does_not_goes() {
    let repo = broken();
    let args = ["baseline", "--today", TODAY];
    let with = |reason: &'static str| [&args[..], &["--reason", reason]].concat();
    repo.contract(&with("first")).ends(0);
    let first = repo.read(BASELINE);
    repo.contract(&with("second")).is(
        0,
        "wrote .contract/baseline.yaml: nothing new; 1 kept\n\
         it counts once it has landed on the base; read it before\n",
        "",
    );
    assert_eq!(repo.read(BASELINE), first);
    repo.write("contracts/orders.yaml", &orders(&[TOTAL]));
    repo.contract(&args).is(
        0,
        "wrote .contract/baseline.yaml: nothing new; 1 gone, for they match nothing\n\
         it counts once it has landed on the base; read it before\n",
        "",
    );
    assert_eq!(
        repo.read(BASELINE),
        "schema: contract.baseline/v1\nchanges: []\n"
    );
}

#[test]
fn with_a_policy_nobody_is_asked_about_what_is_listed() {
    let repo = Repo::governed();
    repo.write("contracts/orders.yaml", &orders(&[]));
    repo.contract(&["check", "--today", TODAY]).ends(1);
    repo.contract(&["baseline", "--today", TODAY]).ends(0);
    repo.git(&["add", BASELINE], "2026-04-01");
    repo.git(
        &["commit", "--quiet", "--message", "Adopt the gate"],
        "2026-04-01",
    );
    repo.contract(&["check", "--today", TODAY]).ends(0);
}

#[test]
fn nothing_is_written_where_nothing_fails() {
    let repo = broken();
    repo.write("contracts/orders.yaml", &orders(&[TOTAL]));
    repo.contract(&["baseline", "--today", TODAY]).is(
        0,
        "nothing fails that a baseline could take; nothing was written\n",
        "",
    );
    assert!(!repo.exists(BASELINE));
    repo.contract(&["baseline", "--today", TODAY, "--expires", "2026-06-01"]).is(
        2,
        "",
        "error: --expires 2026-06-01 is over: today is 2026-06-02\n  help: write a later day, or leave it out\n",
    );
}
