//! What a clone has of the base: a commit at depth 1 is enough, and none is never a pass.

use crate::{Verdict, agreed, common::governed::run, removing};
use std::{path::Path, process::Command};

/// A clone of one branch at depth 1, and its folder.
fn clone(from: &Path, branch: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("file://{}", from.display());
    let mut git = Command::new("git");
    git.args([
        "clone",
        "--quiet",
        "--depth=1",
        "--branch",
        branch,
        &url,
        ".",
    ])
    .current_dir(folder.path())
    .env("GIT_CONFIG_GLOBAL", "/dev/null");
    assert!(git.status().expect("git is installed").success());
    folder
}

fn check(folder: &Path, base: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contract"));
    command
        .args([
            "check",
            "--base",
            base,
            "--format",
            "json",
            "--today",
            crate::TODAY,
        ])
        .current_dir(folder)
        .env_remove("CI");
    let output = run(&mut command);
    (output.code, output.stdout, output.stderr)
}

#[test]
fn a_base_at_depth_one_is_enough() {
    for (repo, code) in [(agreed(), 0), (removing(), 1)] {
        repo.git(&["switch", "--quiet", "--create", "feature"], "2026-11-30");
        repo.commit("Remove legacyTotal", "2026-11-30");
        let clone = clone(repo.path(), "feature");
        let (without, _, stderr) = check(clone.path(), "origin/main");
        assert_eq!(without, 3, "{stderr}");
        assert!(
            stderr.contains("help: git fetch origin main:refs/remotes/origin/main\n"),
            "the command that fetches it: {stderr}"
        );
        let fetched = Command::new("git")
            .args([
                "fetch",
                "--quiet",
                "--depth=1",
                "origin",
                "main:refs/remotes/origin/main",
            ])
            .current_dir(clone.path())
            .status()
            .expect("git is installed");
        assert!(fetched.success());
        let (found, stdout, _) = check(clone.path(), "origin/main");
        let verdict = Verdict {
            code: found,
            report: serde_json::from_str(&stdout).expect("a report"),
        };
        assert_eq!(verdict.code, code, "{:#}", verdict.report);
    }
}
