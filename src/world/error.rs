//! What can go wrong outside, what to do about it, and the exit code it leads to.

use std::{io, path::PathBuf};

use thiserror::Error;

use super::{git::GitError, location::LocationError};

/// The command line, the policy, or a contract is at fault.
pub(super) const USAGE: u8 = 2;
/// The run could not complete: git, the network, or the disk is at fault.
pub(super) const INCOMPLETE: u8 = 3;

/// A file of a snapshot could not be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// There is no such file.
    #[error("{place} has no file `{path}`")]
    Absent {
        /// The path asked for.
        path: String,
        /// The snapshot's label.
        place: String,
    },
    /// The path leads to a folder.
    #[error("`{path}` is a folder, not a file")]
    Folder {
        /// The path asked for.
        path: String,
    },
    /// The path leads to a pipe, a socket, or a device.
    #[error("`{path}` is neither a file nor a folder")]
    Special {
        /// The path asked for.
        path: String,
    },
    /// The path is absolute.
    #[error("`{path}` is an absolute path")]
    Absolute {
        /// The path asked for.
        path: String,
    },
    /// The path climbs above the root with `..`.
    #[error("`{path}` leaves the root of the contracts")]
    LeavesRoot {
        /// The path asked for.
        path: String,
    },
    /// A symbolic link on the way leads out of the root.
    #[error("`{path}` goes through a symbolic link that leaves the root of the contracts")]
    LinkLeavesRoot {
        /// The path asked for.
        path: String,
    },
    /// Symbolic links lead to each other.
    #[error("`{path}` goes through too many symbolic links")]
    LinkLoop {
        /// The path asked for.
        path: String,
    },
    /// The path leads into another repository, whose objects are not here.
    #[error("`{path}` is in a git submodule")]
    Submodule {
        /// The path asked for.
        path: String,
    },
    /// The path leads into git's own files, which may hold credentials.
    #[error("`{path}` belongs to git itself")]
    GitInternals {
        /// The path asked for.
        path: String,
    },
    /// The path cannot name a file anywhere.
    #[error("`{path}` is not a path: {why}")]
    NotAPath {
        /// The path asked for.
        path: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The commit holds a pointer to a large file, not the file.
    #[error("`{path}` is stored in Git LFS, and the commit holds only a pointer to it")]
    LargeFilePointer {
        /// The path asked for.
        path: String,
    },
    /// The operating system refused.
    #[error("`{path}` cannot be read: {source}")]
    Unreadable {
        /// The path asked for.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// Git did not answer.
    #[error(transparent)]
    Git(#[from] GitError),
}

impl ReadError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let words = match self {
            Self::Git(error) => return error.help(),
            Self::Unreadable { .. } | Self::Special { .. } | Self::NotAPath { .. } => return None,
            Self::Absent { .. } => {
                "check the spelling: upper and lower case differ, and paths in a commit start at its root"
            }
            Self::Folder { .. } => "name a file in it",
            Self::Absolute { .. } => "write it relative to the file it stands in",
            Self::LeavesRoot { .. } | Self::LinkLeavesRoot { .. } => {
                "keep what a contract refers to inside its repository, or beside it where there is none"
            }
            Self::LinkLoop { .. } => "point the symbolic link at a file",
            Self::Submodule { .. } => "compare the contract inside the submodule's own repository",
            Self::GitInternals { .. } => "refer to a file of the working tree",
            Self::LargeFilePointer { .. } => {
                "check that commit out with `git worktree add`, and compare the files on disk"
            }
        };
        Some(words.to_owned())
    }

    /// The exit code of a run that ends with this error.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Git(error) => error.exit_code(),
            Self::LargeFilePointer { .. } => INCOMPLETE,
            Self::Absent { .. }
            | Self::Folder { .. }
            | Self::Special { .. }
            | Self::Absolute { .. }
            | Self::LeavesRoot { .. }
            | Self::LinkLeavesRoot { .. }
            | Self::LinkLoop { .. }
            | Self::Submodule { .. }
            | Self::GitInternals { .. }
            | Self::NotAPath { .. }
            | Self::Unreadable { .. } => USAGE,
        }
    }
}

/// A document could not be opened.
#[derive(Debug, Error)]
pub enum WorldError {
    /// It was named in a way that means nothing.
    #[error(transparent)]
    Location(#[from] LocationError),
    /// A file could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Git did not answer.
    #[error(transparent)]
    Git(#[from] GitError),
    /// There is no file of that name on disk.
    #[error("there is no file `{typed}`")]
    NoFile {
        /// What was typed.
        typed: String,
    },
    /// Both sides are `-`.
    #[error("standard input can be only one of the two documents")]
    StdinTwice,
    /// Nothing is piped in, and waiting would look like a hang.
    #[error("standard input is a terminal, so there is no document to read from it")]
    StdinIsTerminal,
    /// Standard input could not be read.
    #[error("standard input cannot be read: {0}")]
    Stdin(io::Error),
    /// The folder to work in is gone or closed to us.
    #[error("the folder {} cannot be used: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl WorldError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Location(error) => error.help(),
            Self::Read(error) => error.help(),
            Self::Git(error) => error.help(),
            Self::NoFile { .. } => Some(
                "name a file, REF:PATH for one of a commit, or - for standard input".to_owned(),
            ),
            Self::StdinTwice => Some("write one of them to a file".to_owned()),
            Self::StdinIsTerminal => {
                Some("pipe a document in, as in `generate | contract diff old.yaml -`".to_owned())
            }
            Self::Stdin(_) | Self::Folder { .. } => None,
        }
    }

    /// The exit code of a run that ends with this error.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Location(error) => error.exit_code(),
            Self::Read(error) => error.exit_code(),
            Self::Git(error) => error.exit_code(),
            Self::NoFile { .. }
            | Self::StdinTwice
            | Self::StdinIsTerminal
            | Self::Stdin(_)
            | Self::Folder { .. } => USAGE,
        }
    }
}
