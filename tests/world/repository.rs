//! Repositories in temporary folders, with fixed dates, people, and branch names.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use contract::world::Snapshot;
use tempfile::TempDir;

/// A folder that is gone at the end of the test, most often with a repository in it.
pub(crate) struct Folder {
    _keep: TempDir,
    path: PathBuf,
}

impl Folder {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        let keep = tempfile::tempdir().expect("a temporary folder");
        let path = fs::canonicalize(keep.path()).expect("it was just made");
        Self { _keep: keep, path }
    }

    /// An empty repository.
    pub(crate) fn repository() -> Self {
        let folder = Self::new();
        folder.git(&["init", "--quiet", "--initial-branch=main"]);
        folder
    }

    /// A repository with three commits of `api/x.yaml`, whose text is `one`, `two`, and `three`.
    pub(crate) fn history() -> Self {
        let folder = Self::repository();
        for text in ["one", "two", "three"] {
            folder.write("api/x.yaml", text).commit(text);
        }
        folder
    }

    /// A clone of another repository.
    pub(crate) fn clone_of(other: &Self, options: &[&str]) -> Self {
        let folder = Self::new();
        let url = format!("file://{}", other.path().display());
        let args = ["clone", "--quiet"].iter().chain(options).copied();
        folder.git(&args.chain([url.as_str(), "."]).collect::<Vec<_>>());
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn write(&self, path: &str, text: &str) -> &Self {
        let path = self.path.join(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        #[expect(clippy::disallowed_methods, reason = "this builds the outside world")]
        fs::write(path, text).expect("a file");
        self
    }

    #[cfg(unix)]
    pub(crate) fn link(&self, path: &str, target: &str) -> &Self {
        let path = self.path.join(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        std::os::unix::fs::symlink(target, path).expect("a link");
        self
    }

    pub(crate) fn commit(&self, message: &str) -> &Self {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
        self
    }

    /// Runs git here, and gives what it printed.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        #[expect(clippy::disallowed_methods, reason = "this builds the outside world")]
        let mut git = Command::new("git");
        git.current_dir(&self.path)
            .args(["-c", "protocol.file.allow=always"])
            .args(args);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("GIT_") {
                git.env_remove(name);
            }
        }
        git.env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null");
        for role in ["AUTHOR", "COMMITTER"] {
            git.env(format!("GIT_{role}_NAME"), "Ada")
                .env(format!("GIT_{role}_EMAIL"), "ada@example.com")
                .env(format!("GIT_{role}_DATE"), "2026-01-31T12:00:00Z");
        }
        let output = git.output().expect("git is installed");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {args:?}: {said}");
        String::from_utf8(output.stdout)
            .expect("UTF-8")
            .trim_end()
            .to_owned()
    }

    /// The files of this folder, as they are on disk.
    pub(crate) fn on_disk(&self) -> Snapshot {
        Snapshot::folder(&self.path).expect("the folder is there")
    }

    /// The files of a commit.
    pub(crate) fn at(&self, rev: &str) -> Snapshot {
        Snapshot::commit(&self.path, rev).unwrap_or_else(|error| panic!("{rev}: {error}"))
    }
}

/// The text of a file that must be there.
pub(crate) fn text(snapshot: &Snapshot, path: &str) -> String {
    let bytes = snapshot
        .read(path)
        .unwrap_or_else(|error| panic!("{path}: {error}"));
    String::from_utf8(bytes).expect("UTF-8")
}
