//! The files below one folder of the disk.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    error::{ReadError, WorldError},
    path::{is_git_internal, normalise},
};

/// `ELOOP`: its kind has no stable name yet.
const LOOP: i32 = if cfg!(any(target_os = "linux", target_os = "android")) {
    40
} else {
    62
};

/// A folder of the disk; nothing outside it is read through it.
pub(super) struct Folder {
    root: PathBuf,
    label: String,
}

impl Folder {
    pub(super) fn open(root: &Path) -> Result<Self, WorldError> {
        let folder = |source| WorldError::Folder {
            path: root.to_owned(),
            source,
        };
        let real = fs::canonicalize(root).map_err(folder)?;
        if !real.is_dir() {
            return Err(folder(io::Error::from(io::ErrorKind::NotADirectory)));
        }
        Ok(Self {
            root: real,
            label: "working tree".to_owned(),
        })
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn label(&self) -> &str {
        &self.label
    }

    pub(super) fn set_label(&mut self, label: &str) {
        label.clone_into(&mut self.label);
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads contracts from disk"
    )]
    pub(super) fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let (real, kind) = self.resolve(path)?;
        if kind.is_dir() {
            return Err(ReadError::Folder { path: path.into() });
        }
        if !kind.is_file() {
            // A pipe without a writer would hang the run.
            return Err(ReadError::Special { path: path.into() });
        }
        fs::read(real).map_err(|error| self.explained(path, error))
    }

    pub(super) fn is_file(&self, path: &str) -> Result<bool, ReadError> {
        Ok(self.find(path)?.is_some_and(|kind| kind.is_file()))
    }

    pub(super) fn is_folder(&self, path: &str) -> Result<bool, ReadError> {
        Ok(self.find(path)?.is_some_and(|kind| kind.is_dir()))
    }

    fn find(&self, path: &str) -> Result<Option<fs::FileType>, ReadError> {
        match self.resolve(path) {
            Err(ReadError::Absent { .. }) => Ok(None),
            found => found.map(|(_, kind)| Some(kind)),
        }
    }

    /// The real path, all links followed, and what is there.
    fn resolve(&self, path: &str) -> Result<(PathBuf, fs::FileType), ReadError> {
        let inside = normalise(path)?;
        let internal = || ReadError::GitInternals { path: path.into() };
        if is_git_internal(&inside) {
            return Err(internal());
        }
        let explained = |error| self.explained(path, error);
        let real = fs::canonicalize(self.root.join(inside)).map_err(explained)?;
        let Ok(below) = real.strip_prefix(&self.root) else {
            return Err(ReadError::LinkLeavesRoot { path: path.into() });
        };
        if is_git_internal(&below.to_string_lossy().replace('\\', "/")) {
            return Err(internal());
        }
        let kind = fs::metadata(&real).map_err(explained)?.file_type();
        Ok((real, kind))
    }

    fn explained(&self, path: &str, error: io::Error) -> ReadError {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ReadError::Absent {
                path: path.into(),
                place: format!("the {}", self.label),
            },
            _ if error.raw_os_error() == Some(LOOP) => ReadError::LinkLoop { path: path.into() },
            _ => ReadError::Unreadable {
                path: path.into(),
                source: error,
            },
        }
    }
}
