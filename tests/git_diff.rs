//! `contract git-diff-driver`, called by git itself.

#![allow(
    clippy::disallowed_methods,
    reason = "these tests start git, which starts the binary"
)]

mod common;

use common::governed::{Repo, orders, run};
use std::process::Command;

const TOTAL: &str = "total: {type: string}";

/// A repository whose YAML files go to the driver.
fn repo() -> Repo {
    let repo = Repo::new();
    let driver = format!("\"{}\" git-diff-driver", env!("CARGO_BIN_EXE_contract"));
    repo.git(&["config", "diff.contract.command", &driver], "2026-03-01");
    repo.write(".gitattributes", "*.yaml diff=contract\n")
        .write("orders.yaml", &orders(&[TOTAL]))
        .write("notes.yaml", "a: 1\nb: 2\n")
        .commit("Publish orders", "2026-03-01");
    repo
}

/// What `git diff` prints.
fn diff(repo: &Repo, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command
        .args(["-c", "diff.renames=true", "--no-pager", "diff"])
        .args(args)
        .current_dir(repo.path())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("LC_ALL", "C.UTF-8")
        .env_remove("COLUMNS");
    for name in ["CLICOLOR_FORCE", "FORCE_COLOR"] {
        command.env_remove(name);
    }
    let output = run(&mut command);
    output.ends(0);
    output.stdout
}

/// The lines that matter of a report: how it begins, what changed, and the verdict.
fn gist(text: &str) -> Vec<&str> {
    let is_one = |line: &&str| {
        [
            "diff --git",
            "new file",
            "deleted file",
            "rename ",
            "similarity",
            "error:",
            "error[",
            "blocked",
        ]
        .iter()
        .any(|start| line.starts_with(start))
    };
    text.lines().filter(is_one).collect()
}

#[test]
fn a_change_of_a_contract_is_told_as_what_it_means() {
    let repo = repo();
    repo.write("orders.yaml", &orders(&[]));
    let text = diff(&repo, &[]);
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("diff --git a/orders.yaml b/orders.yaml"));
    let direct = repo.contract(&["diff", "HEAD:orders.yaml", "orders.yaml"]);
    let told = |text: &str| {
        let found = text.lines().find(|line| line.contains("property-removed"));
        found.map(str::to_owned)
    };
    assert!(told(&text).is_some(), "{text}");
    assert_eq!(told(&text), told(&direct.stdout));
}

#[test]
fn what_comes_goes_and_moves_is_told() {
    let repo = repo();
    repo.write("more.yaml", &orders(&[]).replace("Orders", "More"));
    repo.git(&["rm", "--quiet", "orders.yaml"], "2026-03-02");
    repo.git(&["mv", "notes.yaml", "kept.yaml"], "2026-03-02");
    repo.write("kept.yaml", "a: 1\nb: 2\nc: 3\n");
    repo.git(&["add", "--all"], "2026-03-02");
    let text = diff(
        &repo,
        &[
            "--cached",
            "--find-renames=50%",
            "--",
            "notes.yaml",
            "kept.yaml",
        ],
    );
    assert_eq!(
        text,
        "diff --git a/notes.yaml b/kept.yaml\nsimilarity index 66%\nrename from notes.yaml\nrename to kept.yaml\n\
         --- a/notes.yaml\n+++ b/kept.yaml\n@@ -1,2 +1,3 @@\n a: 1\n b: 2\n+c: 3\n"
    );
    let come = diff(&repo, &["--cached", "--no-renames", "--", "more.yaml"]);
    assert_eq!(
        gist(&come),
        ["diff --git a/more.yaml b/more.yaml", "new file mode 100644"]
    );
    assert!(come.contains("contract-added"), "{come}");
    let gone = diff(&repo, &["--cached", "--no-renames", "--", "orders.yaml"]);
    assert_eq!(
        gist(&gone)[..2],
        [
            "diff --git a/orders.yaml b/orders.yaml",
            "deleted file mode 100644"
        ]
    );
    assert!(gone.contains("contract-removed"), "{gone}");
}

#[test]
fn what_is_no_contract_or_cannot_be_read_stays_a_plain_diff() {
    let repo = repo();
    repo.write("notes.yaml", "a: 1\nb: 3\n");
    let notes = "diff --git a/notes.yaml b/notes.yaml\n--- a/notes.yaml\n+++ b/notes.yaml\n\
                 @@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\n";
    assert_eq!(diff(&repo, &[]), notes);
    repo.write("notes.yaml", "a: 1\nb: 2\n");
    repo.write("orders.yaml", "openapi: 3.1.0\ninfo: [\n");
    let text = diff(&repo, &[]);
    assert!(
        text.starts_with(
            "diff --git a/orders.yaml b/orders.yaml\n--- a/orders.yaml\n+++ b/orders.yaml\n@@ -1,"
        ),
        "{text}"
    );
}

#[test]
fn other_words_than_gits_are_refused() {
    let repo = repo();
    repo.contract(&["git-diff-driver", "a", "b"]).is(
        2,
        "",
        "error: git hands over 7 or 9 words for a file, and here are 2\n  \
         help: this command is for git: `git config diff.contract.command \"contract git-diff-driver\"`\n",
    );
    repo.contract(&["git-diff-driver", "orders.yaml"])
        .is(0, "* Unmerged path orders.yaml\n", "");
}
