//! Policy, clock, and the tool itself.

use crate::{agreed, check, check_on, removing};

/// Cheat 1.
#[test]
fn a_policy_that_is_loosened_on_the_way_does_not_count() {
    let repo = removing();
    let policy = repo.read(".contract/contract.yaml");
    repo.write(
        ".contract/contract.yaml",
        &format!("{policy}windows: {{stable: 0}}\nsignoff: {{trust: codeowners}}\n"),
    );
    let verdict = check(&repo);
    verdict.refuses(&["signoff-missing"]);
    assert_eq!(verdict.said("warning"), ["policy-loosened"]);
}

/// Cheat 14: what the tool can do about the machine it runs on.
#[test]
fn another_day_than_today_is_refused_in_ci() {
    let repo = agreed();
    let args = ["check", "--base", "HEAD", "--today", "2026-12-01"];
    let output = crate::common::governed::run(repo.command(&args).env("CI", "true"));
    assert_eq!(
        (output.code, output.stderr.lines().next()),
        (
            2,
            Some(
                "error: --today is refused in CI: the policy on the base does not allow another day than today's"
            )
        )
    );
    let verdict = check(&repo);
    assert_eq!(verdict.report["clock"], "overridden");
    let digest = verdict.report["policy_digest"].as_str().unwrap_or_default();
    assert!(
        digest.starts_with("sha256:") && digest.len() == 71,
        "{digest}"
    );
}

/// A clock behind the base would make every window look longer, or a signature not yet valid.
#[test]
fn a_clock_behind_the_base_ends_the_run() {
    let repo = agreed();
    let verdict = check_on(&repo, "2026-02-01");
    assert_eq!((verdict.code, verdict.report.is_null()), (2, true));
}

/// Cheat 17: what counts is the merge result, judged against the base of that moment.
#[test]
fn an_approval_meets_a_base_that_moved() {
    let repo = agreed();
    let paper = repo.read(crate::PAPER);
    let signature = repo.read(&format!("{}.sig", crate::PAPER));
    // Meanwhile another pull request moved the sunset.
    repo.git(&["stash", "--include-untracked", "--quiet"], "2026-11-30");
    let contract = repo.read("contracts/orders.yaml");
    repo.write(
        "contracts/orders.yaml",
        &contract.replace("2026-06-01", "2027-06-01"),
    );
    repo.commit("Keep legacyTotal longer", "2026-11-30");
    repo.write(
        "contracts/orders.yaml",
        &crate::common::governed::orders(&["total: {type: string}"]),
    );
    repo.write(crate::PAPER, &paper);
    repo.write(&format!("{}.sig", crate::PAPER), &signature);
    check(&repo).refuses(&["removed-before-sunset"]);
}
