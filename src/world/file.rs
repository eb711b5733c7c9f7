//! Single files that are no part of a tree's contracts: keys that are read, files that are removed.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use super::{
    error::{INCOMPLETE, ReadError},
    git,
};
use thiserror::Error;

/// Reads a file wherever it lies, such as a key in somebody's home; links are followed.
///
/// # Errors
///
/// There is none, it is no file, it is closed to us, or it is longer than `most` bytes.
#[expect(
    clippy::disallowed_methods,
    reason = "what is named one by one may lie outside of every tree"
)]
pub fn read_file(path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
    let name = || path.display().to_string();
    let unreadable = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ReadError::Absent {
            path: name(),
            place: "this machine".to_owned(),
        },
        _ => ReadError::Unreadable {
            path: name(),
            source,
        },
    };
    let kind = fs::metadata(path).map_err(unreadable)?;
    if kind.is_dir() {
        return Err(ReadError::Folder { path: name() });
    }
    if !kind.is_file() {
        return Err(ReadError::Special { path: name() });
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > most {
        return Err(unreadable(io::Error::from(io::ErrorKind::FileTooLarge)));
    }
    Ok(bytes)
}

/// Removes a file; a link goes, and what it leads to stays.
///
/// # Errors
///
/// It is not there any more, or it is closed to us.
pub fn remove_file(path: &Path) -> Result<(), RemoveError> {
    fs::remove_file(path).map_err(|source| RemoveError {
        path: path.to_owned(),
        source,
    })
}

/// A file could not be removed.
#[derive(Debug, Error)]
#[error("{} cannot be removed: {source}", path.display())]
pub struct RemoveError {
    /// The file.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl RemoveError {
    /// The exit code of a run that ends with this error.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        INCOMPLETE
    }
}

/// Whether git leaves the bytes of a file alone: its attribute `text` is unset. `path` starts at `folder`, and need not be
/// there.
#[must_use]
pub fn keeps_bytes(folder: &Path, path: &str) -> bool {
    git::line(folder, &["check-attr", "text", "--", path])
        .is_some_and(|answer| answer.ends_with(": text: unset"))
}
