//! Runs `git`: never with a pager, a prompt, the network, a lock, or a variable that points it at another repository.

use std::{
    env,
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use thiserror::Error;

use super::error::{INCOMPLETE, USAGE};

/// What of git's environment may stay: how it finds repositories and itself, but not which repository it is to use.
const KEPT: [&str; 3] = [
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_EXEC_PATH",
];

/// What is set for every git process.
const SET: [(&str, &str); 7] = [
    ("LC_ALL", "C"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    // A replaced object is not what the commit's id stands for.
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    // A partial clone must not fetch behind our back: git 2.45 knows the first, older ones only that no protocol is allowed.
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_LITERAL_PATHSPECS", "1"),
];

/// A git command in a folder.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that starts git"
)]
pub(super) fn command(folder: &Path) -> Command {
    let mut git = Command::new("git");
    for (name, _) in env::vars_os() {
        if name.as_encoded_bytes().starts_with(b"GIT_") && !KEPT.iter().any(|kept| name == *kept) {
            git.env_remove(name);
        }
    }
    git.envs(SET)
        .arg("-C")
        .arg(folder)
        .args([
            "--no-pager",
            "-c",
            "core.quotepath=off",
            "-c",
            "core.fsmonitor=false",
        ])
        .stdin(Stdio::null());
    git
}

/// What paths in the arguments mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paths {
    /// Themselves.
    Literal,
    /// Patterns, as gitglossary(7) has them.
    Patterns,
}

/// The standard output of a git command that must succeed.
pub(super) fn output(
    folder: &Path,
    args: impl IntoIterator<Item = impl AsRef<OsStr>>,
) -> Result<Vec<u8>, GitError> {
    output_of(folder, args, Paths::Literal)
}

/// The same for arguments whose paths may be patterns.
pub(super) fn output_of(
    folder: &Path,
    args: impl IntoIterator<Item = impl AsRef<OsStr>>,
    paths: Paths,
) -> Result<Vec<u8>, GitError> {
    let mut git = command(folder);
    if paths == Paths::Patterns {
        git.env_remove("GIT_LITERAL_PATHSPECS");
    }
    git.args(args);
    let Output {
        status,
        stdout,
        stderr,
    } = git.output().map_err(|error| not_started(&git, &error))?;
    if status.success() {
        return Ok(stdout);
    }
    Err(failed(&git, &stderr))
}

/// The one line that a git command prints, or nothing when it fails: for advice, which must not fail itself.
pub(super) fn line(folder: &Path, args: &[&str]) -> Option<String> {
    let text = String::from_utf8(output(folder, args).ok()?).ok()?;
    let line = text.trim_end();
    (!line.is_empty()).then(|| line.to_owned())
}

/// The error of a git that did not start.
pub(super) fn not_started(git: &Command, error: &io::Error) -> GitError {
    if error.kind() == io::ErrorKind::NotFound {
        return GitError::NotInstalled;
    }
    GitError::Failed {
        command: subcommand(git),
        message: error.to_string(),
    }
}

fn failed(git: &Command, stderr: &[u8]) -> GitError {
    let said = String::from_utf8_lossy(stderr);
    let said = said.trim().trim_start_matches("fatal: ");
    GitError::Failed {
        command: subcommand(git),
        message: if said.is_empty() {
            "it gave no reason".to_owned()
        } else {
            said.to_owned()
        },
    }
}

/// The subcommand: what follows the seven words that every command starts with.
fn subcommand(git: &Command) -> String {
    git.get_args()
        .nth(7)
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Git did not answer.
#[derive(Debug, Error)]
pub enum GitError {
    /// There is no `git` on the path.
    #[error("git is not installed, or not on the PATH")]
    NotInstalled,
    /// No repository holds this folder.
    #[error("{} is not inside a git repository", path.display())]
    NoRepository {
        /// Where a repository was looked for.
        path: PathBuf,
    },
    /// The revision cannot be one, whatever the repository holds.
    #[error("`{rev}` is not a revision: {why}")]
    BadRevision {
        /// What was typed.
        rev: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The repository has no such commit, or has not fetched it.
    #[error("git has no commit `{rev}` here")]
    NoCommit {
        /// What was typed.
        rev: String,
        /// The line that fetches it, or what else to try.
        help: String,
    },
    /// A tree or blob that the commit names is not in this clone.
    #[error("{what} is missing from this clone")]
    NoObject {
        /// The file or folder, and the object's id.
        what: String,
        /// The line that fetches it.
        help: String,
    },
    /// Git ended with an error of its own.
    #[error("git {command} failed: {}", message.lines().next().unwrap_or_default())]
    Failed {
        /// The subcommand.
        command: String,
        /// What git said; only its first line is shown.
        message: String,
    },
}

impl GitError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NotInstalled => {
                Some("install git, or compare two files of the disk instead of a ref".to_owned())
            }
            Self::NoRepository { .. } => {
                Some("run this inside the repository, or compare two files".to_owned())
            }
            Self::BadRevision { .. } => {
                Some("name a branch, a tag, or a commit, such as origin/main".to_owned())
            }
            Self::NoCommit { help, .. } | Self::NoObject { help, .. } => Some(help.clone()),
            // Git names the command that trusts a repository of somebody else.
            Self::Failed { message, .. } => message
                .lines()
                .map(str::trim)
                .find(|line| line.starts_with("git "))
                .map(str::to_owned),
        }
    }

    /// The exit code of a run that ends with this error.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::NoRepository { .. } | Self::BadRevision { .. } => USAGE,
            Self::NotInstalled
            | Self::NoCommit { .. }
            | Self::NoObject { .. }
            | Self::Failed { .. } => INCOMPLETE,
        }
    }
}
