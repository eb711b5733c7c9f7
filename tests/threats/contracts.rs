//! What the contracts themselves may hide.

use crate::{
    check,
    common::governed::{Repo, orders},
    list,
};

/// Cheat 10.
#[test]
fn a_contract_cannot_disappear_from_the_policy() {
    let repo = Repo::governed();
    let contract = repo.read("contracts/orders.yaml");
    repo.remove("contracts/orders.yaml");
    repo.write(
        "elsewhere/other.yaml",
        &contract.replace("title: Orders", "title: Others"),
    );
    let verdict = check(&repo);
    verdict.refuses(&["removed-without-deprecation", "signoff-missing"]);
    assert_eq!(verdict.changes()[0].rule, "contract-removed");

    let repo = Repo::governed();
    let policy = repo.read(".contract/contract.yaml");
    repo.write(
        ".contract/contract.yaml",
        &policy.replace(
            "id: orders\n    path: contracts/orders.yaml",
            "id: other\n    path: contracts/other.yaml",
        ),
    );
    let verdict = check(&repo);
    verdict.refuses(&["signoff-missing"]);
    assert_eq!(verdict.changes()[0].rule, "contract-dropped");
}

/// Cheat 11: no extension takes an operation out of the contract.
#[test]
fn an_operation_that_is_called_internal_is_still_promised() {
    let repo = Repo::governed();
    let contract = repo.read("contracts/orders.yaml");
    let hidden = contract.replace("    get:\n", "    get:\n      x-internal: true\n");
    repo.write("contracts/orders.yaml", &hidden);
    check(&repo).passes();
    repo.commit("Call it internal", "2026-11-30");
    let start = hidden.find("  /v1/orders").expect("a path");
    repo.write(
        "contracts/orders.yaml",
        &format!("{}  {{}}\n", &hidden[..start]),
    );
    check(&repo).refuses(&["removed-without-deprecation", "signoff-missing"]);
}

/// Cheat 12.
#[test]
fn what_is_referred_to_is_part_of_the_contract() {
    let repo = Repo::governed();
    repo.write("contracts/total.yaml", "type: string\n");
    let referring = orders(&["total: {$ref: total.yaml}"]);
    let legacy = crate::common::governed::deprecated("legacyTotal", "2026-03-01", "2026-06-01");
    repo.write(
        "contracts/orders.yaml",
        &orders(&["total: {$ref: total.yaml}", &legacy]),
    );
    repo.commit("Move total to a file", "2026-11-29");
    repo.write("contracts/total.yaml", "type: [string, 'null']\n");
    check(&repo).refuses(&["signoff-missing", "unannounced-breaking-change"]);
    repo.write(
        "contracts/orders.yaml",
        &referring.replace("total.yaml", "https://example.com/total.yaml"),
    );
    assert_eq!(check(&repo).code, 2, "nothing is fetched");
}

/// Cheat 13.
#[test]
fn a_document_that_readers_could_read_differently_is_refused() {
    let repo = Repo::governed();
    let contract = repo.read("contracts/orders.yaml");
    repo.write(
        "contracts/orders.yaml",
        &contract.replace("id: {type: string}", "id: {type: string, type: integer}"),
    );
    assert_eq!(check(&repo).code, 2);
    let repo = Repo::governed();
    let policy = repo.read(".contract/contract.yaml");
    repo.write(".contract/contract.yaml", &format!("{policy}teams: {{}}\n"));
    check(&repo).refuses(&["governance-file-invalid"]);
}

/// Cheat 16.
#[test]
fn steps_that_are_small_one_by_one_meet_the_published_version() {
    let repo = Repo::governed();
    let policy = repo.read(".contract/contract.yaml");
    repo.write(
        ".contract/contract.yaml",
        &policy.replace(
            "    owner: orders\n",
            "    owner: orders\n    releases: releases/*.yaml\n",
        ),
    );
    let wide = orders(&[
        "total: {type: string}",
        "note: {type: string, maxLength: 20}",
    ]);
    repo.write("contracts/orders.yaml", &wide);
    repo.write("releases/v1.yaml", &wide);
    repo.commit("Publish version 1", "2026-11-28");
    // Somebody force-merged a wider answer; from there, the next step looks small.
    let wider = wide.replace("maxLength: 20", "maxLength: 40");
    repo.write("contracts/orders.yaml", &wider);
    repo.commit("Force a merge", "2026-11-29");
    repo.write(
        "contracts/orders.yaml",
        &wide.replace("maxLength: 20", "maxLength: 30"),
    );
    let verdict = check(&repo);
    verdict.passes();
    assert_eq!(list(&verdict.report, "changes").count(), 1);
    repo.write(
        "contracts/orders.yaml",
        &wider.replace(
            "{type: string, maxLength: 40}",
            "{type: string, maxLength: 40, nullable: true}",
        ),
    );
    repo.write("releases/v1.yaml", &wider);
    check(&repo).refuses(&["release-edited"]);
}

/// A folder is a base as well, and a pull request chooses the names of folders.
#[test]
fn a_folder_cannot_pass_for_the_base() {
    let repo = Repo::governed();
    let broken = orders(&[]);
    repo.write("contracts/orders.yaml", &broken);
    repo.write("main/contracts/orders.yaml", &broken);
    repo.contract(&["check", "--base", "main"]).is(
        2,
        "",
        "error: the base `main` is a folder and a commit\n  help: write ./main for the folder, or move it away to compare with \
         the commit\n",
    );
    let main = [
        "check",
        "--base",
        "refs/heads/main",
        "--quiet",
        "--today",
        "2026-12-01",
    ];
    repo.contract(&main).ends(1);
}
