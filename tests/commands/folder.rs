//! A folder to run the binary in.

use std::{
    fmt::Write as _,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// An API with one operation, to which a title and members of its answer are added.
pub(crate) fn api(title: &str, members: &[&str]) -> String {
    let mut text = format!(
        "openapi: 3.1.0\ninfo: {{title: {title}, version: '1'}}\npaths:\n  /orders:\n    get:\n      responses:\n        '200':\n          description: All orders\n          content:\n            application/json:\n              schema:\n                type: object\n                properties:\n                  id: {{type: string}}\n"
    );
    for member in members {
        let _ = writeln!(text, "                  {member}: {{type: string}}");
    }
    text
}

/// A temporary folder, gone at the end of the test.
pub(crate) struct Folder {
    _keep: TempDir,
    path: PathBuf,
}

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Folder {
    pub(crate) fn new() -> Self {
        let keep = tempfile::tempdir().expect("a temporary folder");
        let path = fs::canonicalize(keep.path()).expect("it was just made");
        Self { _keep: keep, path }
    }

    pub(crate) fn repository() -> Self {
        let folder = Self::new();
        folder.git(&["init", "--quiet", "--initial-branch=main"]);
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let full = self.path.join(path);
        fs::create_dir_all(full.parent().expect("below the folder")).expect("a folder");
        fs::write(full, bytes).expect("writable");
        self
    }

    pub(crate) fn remove(&self, path: &str) -> &Self {
        fs::remove_file(self.path.join(path)).expect("it was there");
        self
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn git(&self, args: &[&str]) -> &Self {
        let status = Command::new("git")
            .args([
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@example.com",
                "-c",
                "commit.gpgsign=false",
            ])
            .args(args)
            .current_dir(&self.path)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z")
            .env("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z")
            .stdout(Stdio::null())
            .status()
            .expect("git is installed");
        assert!(status.success(), "git {args:?}");
        self
    }

    pub(crate) fn commit(&self) -> &Self {
        self.git(&["add", "--all"])
            .git(&["commit", "--quiet", "--message", "next"])
    }

    /// The binary, with an environment that says nothing about terminals.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_contract"));
        command.args(args).current_dir(&self.path);
        for name in [
            "NO_COLOR",
            "CLICOLOR",
            "CLICOLOR_FORCE",
            "FORCE_COLOR",
            "TERM",
            "LC_CTYPE",
            "LANG",
        ] {
            command.env_remove(name);
        }
        command
            .env("LC_ALL", "C.UTF-8")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env(
                "GIT_CEILING_DIRECTORIES",
                self.path.parent().expect("not the root"),
            );
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        run(self.command(args).stdin(Stdio::null()))
    }

    pub(crate) fn run_with(&self, args: &[&str], input: &str) -> Ran {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut pipe = child.stdin.take().expect("a pipe");
        // A run that refuses its arguments does not read its input.
        let _ = pipe.write_all(input.as_bytes());
        drop(pipe);
        ran(child.wait_with_output().expect("it ends"))
    }
}

pub(crate) fn run(command: &mut Command) -> Ran {
    ran(command.output().expect("the binary starts"))
}

fn ran(output: std::process::Output) -> Ran {
    Ran {
        code: output.status.code().expect("it exits by itself"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

impl Ran {
    /// The run ended with this code, and standard error holds all of this.
    #[track_caller]
    pub(crate) fn says(&self, code: i32, words: &[&str]) -> &Self {
        assert_eq!(self.code, code, "{self:#?}");
        for word in words {
            assert!(self.err.contains(word), "no `{word}` in {self:#?}");
        }
        assert!(!self.err.contains("panicked"), "{self:#?}");
        self
    }

    /// The run passed, and said nothing but its report.
    #[track_caller]
    pub(crate) fn passes(&self) -> &Self {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{self:#?}");
        self
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// The rules of all changes, sorted.
    pub(crate) fn rules(&self) -> Vec<String> {
        let report = self.json();
        let changes = report["changes"].as_array().expect("a list of changes");
        let mut rules: Vec<String> = changes
            .iter()
            .map(|change| change["rule"].as_str().expect("a rule").to_owned())
            .collect();
        rules.sort();
        rules
    }
}
