//! What landed although the gate would not have let it: found afterwards.

use crate::common::governed::{Repo, deprecated, orders};

/// What the audit says, and how it ends.
fn audit(repo: &Repo) -> (i32, serde_json::Value) {
    let output = repo.contract(&["audit", "--history", "--format", "json"]);
    let report = serde_json::from_str(&output.stdout);
    (output.code, report.expect("a report"))
}

fn refused(report: &serde_json::Value) -> Vec<(String, Vec<String>)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let commits = report["commits"].as_array().cloned().unwrap_or_default();
    commits
        .iter()
        .map(|commit| {
            let refused = commit["refused"].as_array().cloned().unwrap_or_default();
            let rules = refused.iter().map(|it| text(&it["rule"])).collect();
            (text(&commit["subject"]), rules)
        })
        .collect()
}

/// Cheat 21: nothing prevents it, and the audit tells.
#[test]
fn a_forced_merge_is_found() {
    let repo = Repo::governed();
    assert_eq!(audit(&repo).0, 0);
    let legacy = deprecated("legacyTotal", "2026-03-01", "2026-06-01");
    repo.write("contracts/orders.yaml", &orders(&[&legacy]));
    repo.commit("Force it", "2026-04-01");
    let (code, report) = audit(&repo);
    assert_eq!(code, 1);
    assert_eq!(
        refused(&report),
        [(
            "Force it".to_owned(),
            vec!["removed-without-deprecation".to_owned()]
        )],
        "{report:#}"
    );
}

/// Cheat 15: what went to another branch first is judged when it arrives on this one.
#[test]
fn a_detour_over_another_branch_is_found() {
    let repo = Repo::governed();
    repo.git(&["switch", "--quiet", "--create", "release"], "2026-04-01");
    let legacy = deprecated("legacyTotal", "2026-03-01", "2026-06-01");
    repo.write("contracts/orders.yaml", &orders(&[&legacy]));
    repo.commit("Remove total on a branch that nobody gates", "2026-04-01");
    repo.git(&["switch", "--quiet", "main"], "2026-04-02");
    repo.git(
        &[
            "merge",
            "--quiet",
            "--no-ff",
            "--message",
            "Merge release",
            "release",
        ],
        "2026-04-02",
    );
    let (code, report) = audit(&repo);
    assert_eq!(code, 1);
    assert_eq!(
        refused(&report),
        [(
            "Merge release".to_owned(),
            vec!["removed-without-deprecation".to_owned()]
        )],
        "{report:#}"
    );
}
