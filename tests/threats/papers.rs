//! Sign-offs, keys, and the registry.

use crate::{
    PAPER, agreed, check,
    common::governed::{Repo, orders},
    removing, signed, signoff,
};

/// Cheat 2.
#[test]
fn a_consumer_cannot_be_dropped_to_silence_it() {
    let repo = removing();
    repo.write(
        ".contract/consumers.yaml",
        "schema: contract.consumers/v1\nconsumers: []\n",
    );
    let verdict = check(&repo);
    verdict.refuses(&["signoff-missing"]);
    let rules: Vec<String> = verdict.changes().into_iter().map(|it| it.rule).collect();
    assert_eq!(rules, ["property-removed", "consumer-dropped"]);
}

/// Cheat 3.
#[test]
fn a_key_that_comes_along_does_not_count() {
    let repo = Repo::governed();
    let signers = repo.read(".contract/allowed_signers");
    let (others, own) = signers.split_once("lee@governance").expect("Lee has a key");
    repo.write(".contract/allowed_signers", others);
    repo.commit("Lee leaves", "2026-11-29");
    repo.write("contracts/orders.yaml", &orders(&["total: {type: string}"]));
    let text = signoff("mobile-app", "dana@mobile", &check(&repo).changes());
    signed(&repo, PAPER, &text, "lee");
    repo.write(
        ".contract/allowed_signers",
        &format!("{others}dana@mobile{own}"),
    );
    let verdict = check(&repo);
    verdict.refuses(&["signoff-missing"]);
    assert_eq!(verdict.said("warning"), ["signoff-unsigned"]);
    assert!(verdict.said("note").contains(&"signers-changed"));
}

/// Cheat 8.
#[test]
fn a_false_caption_is_told_and_does_not_count() {
    let repo = removing();
    let text = signoff("mobile-app", "dana@mobile", &check(&repo).changes());
    let text = text.replace("property-removed", "property-added");
    signed(&repo, PAPER, &text, "dana");
    check(&repo).refuses(&["signoff-missing", "signoff-summary-mismatch"]);
}

/// Cheat 9.
#[test]
fn one_more_change_after_the_approval_has_none() {
    let repo = agreed();
    repo.write("contracts/orders.yaml", &orders(&[]));
    let verdict = check(&repo);
    verdict.refuses(&["removed-without-deprecation", "signoff-missing"]);
    let failing: Vec<String> = verdict.changes().into_iter().map(|it| it.element).collect();
    assert_eq!(
        failing,
        ["op:GET /v1/orders/{} > resp:200 > media:application/json > body > .total"]
    );
}

/// Cheat 18: identity comes from a signature or from the base, never from git's author.
#[test]
fn the_name_of_an_approver_on_a_commit_is_nothing() {
    let repo = removing();
    let text = signoff("mobile-app", "dana@mobile", &check(&repo).changes());
    repo.write(PAPER, &text);
    repo.git(&["checkout", "--quiet", "-b", "feature"], "2026-11-30");
    repo.git(&["add", "--all"], "2026-11-30");
    repo.git(
        &[
            "commit",
            "--quiet",
            "--author",
            "Dana <dana@mobile>",
            "--message",
            "Sign",
        ],
        "2026-11-30",
    );
    let output = repo.contract(&[
        "check",
        "--base",
        "main",
        "--format",
        "json",
        "--today",
        crate::TODAY,
    ]);
    let report: serde_json::Value = serde_json::from_str(&output.stdout).expect("a report");
    let verdict = crate::Verdict {
        code: output.code,
        report,
    };
    verdict.refuses(&["signoff-missing"]);
    assert_eq!(verdict.said("warning"), ["signoff-unsigned"]);
}

/// Cheat 19.
#[test]
fn the_owner_does_not_answer_for_its_consumers() {
    let repo = removing();
    let registry = repo.read(".contract/consumers.yaml");
    let signers = repo.read(".contract/allowed_signers");
    // Somebody is an approver of the consumer and of the team that owns the contract.
    repo.git(&["stash", "--quiet"], "2026-11-29");
    repo.write(
        ".contract/consumers.yaml",
        &registry.replace("[dana@mobile]", "[sam@orders]"),
    );
    repo.write(
        ".contract/allowed_signers",
        &signers.replace("lee@governance", "sam@orders"),
    );
    repo.commit("Sam answers for the app", "2026-11-30");
    repo.write("contracts/orders.yaml", &orders(&["total: {type: string}"]));
    let text = signoff("mobile-app", "sam@orders", &check(&repo).changes());
    signed(&repo, PAPER, &text, "lee");
    check(&repo).refuses(&["signoff-missing"]);
}

/// Cheat 20.
#[cfg(unix)]
#[test]
fn links_and_paths_lead_nowhere_outside() {
    let repo = removing();
    let text = signoff("mobile-app", "dana@mobile", &check(&repo).changes());
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::write(outside.path().join("yes.yaml"), text).expect("written");
    let folder = repo.path().join(".contract/signoffs/mobile-app");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::os::unix::fs::symlink(outside.path().join("yes.yaml"), folder.join("yes.yaml"))
        .expect("a link");
    check(&repo).refuses(&["governance-file-invalid", "signoff-missing"]);
    let registry = repo.read(".contract/consumers.yaml");
    repo.remove(".contract/signoffs/mobile-app/yes.yaml");
    let climbing = registry.replace(
        "- contract: orders",
        "- {contract: orders, usage: ../../../etc/passwd}",
    );
    assert_ne!(climbing, registry);
    repo.write(".contract/consumers.yaml", &climbing);
    check(&repo).refuses(&["governance-file-invalid", "signoff-missing"]);
}

/// Cheat 22.
#[test]
fn usage_that_comes_along_proves_nothing() {
    let repo = removing();
    let registry = repo.read(".contract/consumers.yaml");
    let using = registry.replace(
        "- contract: orders",
        "- {contract: orders, usage: usage/none.yaml}",
    );
    repo.write(".contract/consumers.yaml", &using);
    repo.write(
        ".contract/usage/none.yaml",
        "schema: contract.usage/v1\nconsumer: mobile-app\ncontract: orders\nsource: declared\ncomplete: true\noperations: []\n",
    );
    check(&repo).refuses(&["signoff-missing"]);
}
