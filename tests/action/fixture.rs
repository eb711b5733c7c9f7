//! A repository with a pull request, and clones of it as `actions/checkout` makes them.

use crate::{
    governed::{Repo, orders},
    job::Job,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

const DAY: &str = "2026-05-01";

/// `main` has two commits; the pull request was opened on the first of them, and breaks one contract. The second breaks another
/// contract, and is nobody's fault here.
pub(crate) struct Forge {
    repo: Repo,
    /// The commit that the event names as the base.
    pub(crate) opened_on: String,
    /// What is on `main` now.
    pub(crate) main: String,
    /// The branch of the pull request.
    pub(crate) branch: String,
    /// The merge of both.
    pub(crate) merge: String,
}

/// A clone.
pub(crate) struct Clone {
    keep: TempDir,
    pub(crate) path: PathBuf,
}

impl Forge {
    pub(crate) fn new() -> Self {
        let both = ["total: {type: string}", "note: {type: string}"];
        let repo = Repo::new();
        repo.write("contracts/orders.yaml", &orders(&both))
            .write("contracts/stock.yaml", &orders(&both))
            .commit("Publish", DAY);
        let opened_on = sha(repo.path(), "HEAD");
        repo.git(&["switch", "--quiet", "--create", "remove-total"], DAY)
            .write("contracts/orders.yaml", &orders(&both[1..]))
            .commit("Remove total", DAY);
        let branch = sha(repo.path(), "HEAD");
        repo.git(&["switch", "--quiet", "main"], DAY)
            .write("contracts/stock.yaml", &orders(&both[1..]))
            .commit("Remove total from stock", DAY);
        let main = sha(repo.path(), "HEAD");
        repo.git(&["switch", "--quiet", "--detach", "main"], DAY)
            .git(&["merge", "--quiet", "--no-ff", "--no-edit", &branch], DAY)
            .git(&["update-ref", "refs/pull/1/merge", "HEAD"], DAY);
        let merge = sha(repo.path(), "HEAD");
        repo.git(&["switch", "--quiet", "main"], DAY);
        Self {
            repo,
            opened_on,
            main,
            branch,
            merge,
        }
    }

    /// A commit with so much of its history, and no other reference.
    pub(crate) fn clone(&self, commit: &str, depth: Option<u32>) -> Clone {
        let keep = tempfile::tempdir().expect("a temporary folder");
        let path = fs::canonicalize(keep.path()).expect("it was just made");
        let clone = Clone { keep, path };
        let origin = format!("file://{}", self.repo.path().display());
        clone.git(&["init", "--quiet"]);
        clone.git(&["remote", "add", "origin", &origin]);
        let depth = depth.map(|depth| format!("--depth={depth}"));
        let mut fetch = vec!["fetch", "--quiet", "--no-tags"];
        fetch.extend(depth.as_deref());
        fetch.extend(["origin", commit]);
        clone.git(&fetch);
        clone.git(&["checkout", "--quiet", "--detach", "FETCH_HEAD"]);
        clone
    }

    /// The job of the pull request in a clone of its merge commit.
    pub(crate) fn pull_request(&self, clone: &Clone) -> Job {
        let mut job = Job::new(&clone.path);
        job.github("event_name", "pull_request")
            .github("ref", "refs/pull/1/merge")
            .github("sha", &self.merge)
            .github("event.pull_request.base.sha", &self.opened_on)
            .github("event.pull_request.number", "1")
            .github("event.pull_request.user.login", "sam")
            .github("event.pull_request.head.repo.full_name", "acme/shop");
        job
    }
}

impl Clone {
    #[track_caller]
    pub(crate) fn git(&self, args: &[&str]) {
        assert!(self.keep.path().exists());
        said(&self.path, args);
    }

    /// How long the history of what is checked out is.
    pub(crate) fn commits(&self) -> usize {
        said(&self.path, &["rev-list", "HEAD"]).lines().count()
    }

    pub(crate) fn is_shallow(&self) -> bool {
        said(&self.path, &["rev-parse", "--is-shallow-repository"]) == "true"
    }

    /// What was fetched last, after the clone was made.
    pub(crate) fn fetched(&self) -> Option<String> {
        let text = fs::read_to_string(self.path.join(".git/FETCH_HEAD")).ok()?;
        text.split_whitespace().next().map(str::to_owned)
    }

    /// Forgets what making the clone fetched.
    pub(crate) fn fresh(self) -> Self {
        fs::remove_file(self.path.join(".git/FETCH_HEAD")).expect("the clone fetched");
        self
    }
}

fn git(folder: &Path, args: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.com"])
        .args(args);
    git
}

fn said(folder: &Path, args: &[&str]) -> String {
    let output = git(folder, args).output().expect("git is there");
    assert!(output.status.success(), "git {args:?}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.trim().to_owned()
}

pub(crate) fn sha(folder: &Path, rev: &str) -> String {
    said(folder, &["rev-parse", rev])
}
