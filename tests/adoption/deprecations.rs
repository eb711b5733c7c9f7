//! `contract deprecations`

use super::{governed::Repo, lively, matches, told};
use serde_json::Value;

const TODAY: [&str; 3] = ["deprecations", "--today", "2026-11-20"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let mut args: Vec<&str> = TODAY.to_vec();
    args.extend(more);
    args
}

#[test]
fn every_kind_of_record_is_listed_by_urgency() {
    let repo = lively();
    for (format, name) in [
        ("text", "deprecations.txt"),
        ("json", "deprecations.json"),
        ("markdown", "deprecations.md"),
    ] {
        let ran = repo.contract(&with(&["--format", format]));
        ran.ends(0);
        assert_eq!(ran.stderr, "");
        matches(name, &ran.stdout, &repo, &[]);
    }
    let ran = repo.contract(&with(&["--ascii", "--verbose", "--contract", "orders"]));
    assert!(ran.ends(0).stdout.is_ascii());
    matches("deprecations-ascii.txt", &ran.stdout, &repo, &[]);
    for line in ran.stdout.lines() {
        assert!(line.len() <= 80, "{line}");
    }
}

#[test]
fn what_is_due_fails_only_when_it_is_asked_for() {
    let repo = lively();
    let line = |days: &str| {
        let ran = repo.contract(&with(&["--due", days, "--quiet"]));
        let last = ran.stdout.lines().last().unwrap_or_default().to_owned();
        (ran.code, last)
    };
    // What may go, and what should have gone, is due whatever the days.
    assert_eq!(line("0"), (1, "2 due within 0 days: 1, 2".to_owned()));
    assert_eq!(line("41"), (1, "2 due within 41 days: 1, 2".to_owned()));
    assert_eq!(line("42"), (1, "3 due within 42 days: 1, 2, 3".to_owned()));
    let json = told(&repo.contract(&with(&["--due", "42", "--format", "json"])));
    assert_eq!(json["due"], serde_json::json!({"days": 42, "count": 3}));
    let governed = Repo::governed();
    let args = ["deprecations", "--today", "2026-05-01", "--due", "30"];
    let ran = governed.contract(&args);
    assert_eq!(ran.code, 0);
    let last = ran.stdout.lines().last();
    assert_eq!(last, Some("nothing is due within 30 days"));
    let args = ["deprecations", "--today", "2026-05-02", "--due", "30"];
    assert_eq!(governed.contract(&args).code, 1);
}

#[test]
fn a_commit_is_asked_instead_of_the_working_tree() {
    let repo = lively();
    repo.commit("Deprecate much", "2026-11-01");
    let ran = repo.contract(&with(&["--at", "HEAD~1"]));
    ran.ends(0);
    matches(
        "deprecations-at.txt",
        &ran.stdout,
        &repo,
        &[("HEAD~1", "BASE")],
    );
    repo.contract(&with(&["--at", "nowhere"])).is(
        3,
        "",
        "error: git has no commit `nowhere` here\n  \
         help: name a commit that `git rev-parse nowhere` finds; there is no remote to fetch from\n",
    );
}

#[test]
fn a_dirty_tree_is_listed_as_it_is() {
    let repo = Repo::governed();
    let text = repo.read("contracts/orders.yaml");
    repo.write(
        "contracts/orders.yaml",
        &text.replace("2026-06-01", "2027-06-01"),
    );
    let json = told(&repo.contract(&with(&["--format", "json"])));
    assert_eq!(json["deprecations"][0]["sunset"], "2027-06-01");
    assert_eq!(json["version"]["label"], "working tree");
    assert_eq!(json["version"]["commit"], Value::Null);
}

#[test]
fn a_contract_that_is_not_there_is_told_with_the_nearest() {
    lively().contract(&with(&["--contract", "order"])).is(
        2,
        "",
        "error: there is no contract `order`\n  help: did you mean `orders`?\n",
    );
}

#[test]
fn what_cannot_be_read_is_told_and_is_not_gone() {
    let repo = lively();
    repo.write("contracts/orders.yaml", "openapi: 3.1.0\ninfo: [\n");
    let ran = repo.contract(&with(&[]));
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.stderr,
        "error: the `[` is never closed\n  --> contracts/orders.yaml:2:7\n 2 │ info: [\n   │       ^\n  \
         help: the file looks cut off, or the bracket is one too many\n"
    );
    // Only the contract that really is gone is left.
    let heading = ran.stdout.lines().next();
    assert_eq!(
        heading,
        Some("1 deprecation in the working tree on 2026-11-20: 1 gone")
    );
    repo.write(".contract/deprecations.yaml", "schema: [\n");
    let ran = repo.contract(&with(&[]));
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
}

#[test]
fn an_empty_repository_deprecates_nothing() {
    Repo::new().contract(&with(&[])).is(
        0,
        "nothing is deprecated in the working tree on 2026-11-20 (0 contracts)\n",
        "",
    );
}
