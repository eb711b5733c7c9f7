//! Dates, stabilities, and cycles.

use crate::{
    PAPER, check, check_on,
    common::governed::{Repo, deprecated, orders},
    signed, signoff,
};

fn proposing(member: &str) -> Repo {
    let repo = Repo::governed();
    let legacy = deprecated("legacyTotal", "2026-03-01", "2026-06-01");
    repo.write(
        "contracts/orders.yaml",
        &orders(&["total: {type: string}", &legacy, "count: {type: integer}"]),
    );
    repo.commit("Count", "2026-04-01");
    repo.write(
        "contracts/orders.yaml",
        &orders(&["total: {type: string}", &legacy, member]),
    );
    repo
}

/// Cheat 4.
#[test]
fn a_backdated_deprecation_gains_nothing() {
    let member = deprecated("count", "2020-01-01", "2026-12-02");
    let verdict = check(&proposing(&member.replace("type: string", "type: integer")));
    verdict.refuses(&["deprecation-window-too-short"]);
    assert_eq!(
        verdict.said("warning"),
        ["deprecation-backdated", "deprecation-overdue"]
    );
}

/// Cheat 5, first half.
#[test]
fn a_near_sunset_is_refused() {
    let member =
        deprecated("count", "2026-12-01", "2027-02-28").replace("type: string", "type: integer");
    check(&proposing(&member)).refuses(&["deprecation-window-too-short"]);
    let member =
        deprecated("count", "2026-12-01", "2027-03-01").replace("type: string", "type: integer");
    check(&proposing(&member)).passes();
}

/// Cheat 5, second half.
#[test]
fn a_sunset_that_moves_closer_needs_the_consumers() {
    let repo = Repo::governed();
    let contract = repo.read("contracts/orders.yaml");
    repo.write(
        "contracts/orders.yaml",
        &contract.replace("2026-06-01", "2026-05-31"),
    );
    let verdict = check_on(&repo, "2026-03-02");
    verdict.refuses(&["signoff-missing"]);
    assert_eq!(verdict.changes()[0].rule, "sunset-moved-earlier");
}

/// Cheat 6.
#[test]
fn a_stability_that_falls_before_the_removal_needs_the_consumers() {
    let repo = Repo::governed();
    let contract = repo.read("contracts/orders.yaml");
    let alpha = contract.replace("    get:\n", "    get:\n      x-stability-level: alpha\n");
    assert_ne!(alpha, contract);
    repo.write("contracts/orders.yaml", &alpha);
    let verdict = check(&repo);
    verdict.refuses(&["signoff-missing"]);
    assert_eq!(verdict.changes()[0].rule, "stability-decreased");
}

/// Cheat 7.
#[test]
fn an_approval_of_another_cycle_is_worth_nothing() {
    let repo = crate::removing();
    let text = signoff("mobile-app", "dana@mobile", &check(&repo).changes());
    let without = repo.read("contracts/orders.yaml");
    // It is kept after all, and deprecated once more, a year later.
    let again = deprecated("legacyTotal", "2026-07-01", "2026-10-01");
    repo.write(
        "contracts/orders.yaml",
        &orders(&["total: {type: string}", "legacyTotal: {type: string}"]),
    );
    repo.commit("Keep legacyTotal", "2026-06-15");
    repo.write(
        "contracts/orders.yaml",
        &orders(&["total: {type: string}", &again]),
    );
    repo.commit("Deprecate legacyTotal again", "2026-07-01");
    repo.write("contracts/orders.yaml", &without);
    signed(&repo, PAPER, &text, "dana");
    let verdict = check(&repo);
    verdict.refuses(&["signoff-missing"]);
    assert_eq!(verdict.said("warning"), ["signoff-unused"]);
}
