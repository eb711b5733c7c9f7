//! `contract init`

use super::{
    governed::{self, Repo, orders},
    matches,
};
use std::fmt::Write as _;
use std::fs;

const LEGACY: &str = "legacyTotal: {type: string, deprecated: true}";

/// A repository whose contract was deprecated, was not, was again, could not be read once, and could be again.
fn published() -> Repo {
    let repo = Repo::new();
    let path = "api/orders/openapi.yaml";
    let land = |text: &str, message: &str, date: &str| {
        repo.write(path, text).commit(message, date);
    };
    let kept = "legacyTotal: {type: string, deprecated: false}";
    land(
        &orders(&["legacyTotal: {type: string}"]),
        "Publish",
        "2026-01-05",
    );
    land(&orders(&[LEGACY]), "Deprecate", "2026-02-01");
    land(&orders(&[kept]), "Keep", "2026-02-02");
    land(&orders(&[LEGACY]), "Deprecate again", "2026-02-03");
    land("openapi: 3.1.0\n deprecated: true\n", "Break", "2026-02-04");
    land(
        &orders(&[LEGACY, "note: {type: string}"]),
        "Mend",
        "2026-02-05",
    );
    repo
}

/// Everything that was written, but for the schemas, which are those that `contract schema` prints.
fn written(repo: &Repo) -> String {
    let mut text = String::new();
    for file in [
        ".contract/contract.yaml",
        ".contract/consumers.yaml",
        ".contract/deprecations.yaml",
        ".gitattributes",
        ".github/workflows/contract.yml",
    ] {
        let _ = write!(text, "==> {file}\n{}", repo.read(file));
    }
    text
}

#[test]
fn a_repository_is_governed_from_its_history() {
    let repo = published();
    repo.write(
        "api/items.json",
        r#"{"openapi": "3.1.0", "info": {"title": "Items", "version": "1"}, "paths": {}}"#,
    );
    repo.commit("Add items", "2026-02-06");
    repo.write(".gitattributes", "*.png binary");
    let ran = repo.contract(&["init", "--from-history"]);
    assert_eq!(ran.code, 0);
    matches("init.txt", &ran.stdout, &repo, &[]);
    matches("init-told.txt", &ran.stderr, &repo, &[("HEAD~2", "BROKEN")]);
    matches("init-files.txt", &written(&repo), &repo, &[]);
    for kind in [
        "policy",
        "consumers",
        "usage",
        "deprecations",
        "signoff",
        "waiver",
        "request",
    ] {
        let printed = repo.contract(&["schema", kind]).ends(0).stdout.clone();
        let file = format!(".contract/schemas/{kind}.json");
        assert_eq!(repo.read(&file), printed, "{kind}");
    }
    // The gate lets its own beginning through, and what comes after it.
    let ran = repo.contract(&["check"]);
    assert_eq!(ran.ends(0).stdout, "ok: 2 contracts  no changes\n");
    repo.commit("Govern", "2026-03-01");
    repo.contract(&["check"]).ends(0);
    let ran = repo.contract(&["audit", "--history"]);
    ran.is(
        0,
        "the gate would have let the one commit through; 6 came before there was a policy\n",
        "",
    );
    // What is grandfathered does not go without a day.
    let path = "api/orders/openapi.yaml";
    repo.write(path, &orders(&["note: {type: string}"]));
    let ran = repo.contract(&["check", "--today", "2026-03-02", "--format", "json"]);
    assert_eq!(ran.code, 1);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let row = &report["changes"][0]["lifecycle"]["rule"];
    assert_eq!(row, "removed-grandfathered");
}

#[test]
fn nothing_that_exists_is_overwritten() {
    let repo = published();
    let mine = "schema: contract.policy/v1\n# mine\n";
    repo.write(".contract/contract.yaml", mine);
    repo.write(".gitattributes", ".contract/waivers/** -text\n*.md text\n");
    repo.contract(&["init"]).is(
        0,
        "found 1 contract\n  api/orders/openapi  api/orders/openapi.yaml\n\
         left alone .contract/contract.yaml, which is there already\n\
         wrote .contract/consumers.yaml\n\
         wrote .contract/deprecations.yaml\n\
         wrote .contract/schemas/*.json\n\
         added 1 line to .gitattributes\n\
         wrote .github/workflows/contract.yml\n\
         grandfathered 1 element: deprecated already, and without a day on which they may go\n\
         \nnext\n  \
         name the repository and a revision of the action in .github/workflows/contract.yml, which runs nothing before\n  \
         contract check\n  \
         give .contract/ an owner in CODEOWNERS, commit, and make the check required\n",
        "",
    );
    assert_eq!(repo.read(".contract/contract.yaml"), mine);
    assert_eq!(
        repo.read(".gitattributes"),
        ".contract/waivers/** -text\n*.md text\n.contract/signoffs/** -text\n"
    );
    let before = (written(&repo), repo.files(""));
    repo.contract(&["init"]).is(
        0,
        "found 1 contract\n  api/orders/openapi  api/orders/openapi.yaml\n\
         left alone .contract/contract.yaml, which is there already\n\
         left alone .contract/consumers.yaml, which is there already\n\
         left alone .contract/deprecations.yaml, which is there already\n\
         left alone .contract/schemas/*.json, which is there already\n\
         left alone .gitattributes, which is there already\n\
         left alone .github/workflows/contract.yml, which is there already\n",
        "",
    );
    assert_eq!((written(&repo), repo.files("")), before);
}

#[test]
fn an_empty_folder_gets_a_policy_to_fill_in() {
    let keep = Repo::new();
    let folder = keep.path().join("plain");
    fs::create_dir(&folder).expect("a folder");
    let run = |args: &[&str]| governed::run(keep.command(args).current_dir(&folder));
    let ran = run(&["init", "--dir", "."]);
    let lines: Vec<&str> = ran.ends(0).stdout.lines().take(7).collect();
    assert_eq!(
        lines,
        [
            "found no contract yet",
            "wrote .contract/contract.yaml",
            "wrote .contract/consumers.yaml",
            "wrote .contract/deprecations.yaml",
            "wrote .contract/schemas/*.json",
            "wrote .gitattributes",
            "left out .github/workflows/contract.yml: workflows belong to the top of the repository",
        ]
    );
    assert!(folder.join(".contract/contract.yaml").is_file());
    assert!(!keep.exists(".contract"));
}

#[test]
fn history_is_asked_only_where_there_is_one() {
    let repo = Repo::new();
    repo.write("api.yaml", &orders(&[LEGACY]));
    repo.contract(&["init", "--from-history"]).is(
        2,
        "",
        "error: there is no history to ask: the repository has no commit yet\n  \
         help: leave --from-history out\n",
    );
    assert!(!repo.exists(".contract"));
    repo.contract(&["init"]).ends(0);
    let ledger = repo.read(".contract/deprecations.yaml");
    assert!(!ledger.contains("since:"), "{ledger}");
    let ran = repo.contract(&["init", "--dir", "nowhere"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
}

#[test]
fn a_contract_that_cannot_be_read_is_left_out_and_told() {
    let repo = Repo::new();
    repo.write("api.yaml", &orders(&[]));
    repo.write("broken.yaml", "openapi: 3.1.0\ninfo: [\n");
    let ran = repo.contract(&["init"]);
    let lines: Vec<&str> = ran.ends(0).stdout.lines().take(3).collect();
    assert_eq!(
        lines,
        [
            "found 1 contract",
            "  api  api.yaml",
            "left out broken.yaml, which cannot be read"
        ]
    );
    assert_eq!(
        ran.stderr.lines().next(),
        Some("error: the `[` is never closed")
    );
}
