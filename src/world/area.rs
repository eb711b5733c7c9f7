//! A part of a tree that was named on the command line, and how its files are called there.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use super::{
    error::{ReadError, WorldError},
    open::{Opener, in_snapshot},
    snapshot::Snapshot,
};

/// A file or folder, and the tree around it.
pub struct Area {
    /// The tree.
    pub snapshot: Arc<Snapshot>,
    /// The file or folder in it; the empty name is all of it.
    pub below: String,
    /// Whether it is there, and as what.
    pub kind: AreaKind,
}

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// Nothing, which is an answer: it may have been there before.
    Absent,
}

impl Opener {
    /// Opens the part of the disk that was named, which need not be there any more.
    ///
    /// # Errors
    ///
    /// It is outside of the root, or closed to us.
    pub fn area(&mut self, typed: &str) -> Result<Area, WorldError> {
        let full = plain(&self.cwd().join(typed));
        let kind = match fs::metadata(&full) {
            Ok(found) if found.is_dir() => AreaKind::Folder,
            Ok(_) => AreaKind::File,
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                AreaKind::Absent
            }
            Err(source) => return Err(WorldError::Folder { path: full, source }),
        };
        // The nearest folder that is there tells the root; a file keeps its own name, link or not.
        let mut folder = full.as_path();
        if kind == AreaKind::File {
            folder = full.parent().unwrap_or(folder);
        }
        while !folder.is_dir() {
            folder = folder.parent().unwrap_or(Path::new("/"));
        }
        let real = fs::canonicalize(folder).map_err(|source| WorldError::Folder {
            path: folder.to_owned(),
            source,
        })?;
        let rest = full.strip_prefix(folder).unwrap_or(Path::new(""));
        let root = self.root_for(&real)?;
        let place = real.join(rest);
        let Ok(inside) = place.strip_prefix(&root) else {
            return Err(ReadError::LeavesRoot {
                path: typed.to_owned(),
            }
            .into());
        };
        Ok(Area {
            below: in_snapshot(inside)?,
            snapshot: self.folder(&root)?,
            kind,
        })
    }

    /// A path of the disk as a person in the current folder would type it, with `/` between names.
    #[must_use]
    pub fn shown(&self, path: &Path) -> String {
        let cwd = fs::canonicalize(self.cwd()).unwrap_or_else(|_| self.cwd().to_owned());
        let mut above = PathBuf::new();
        let mut names = cwd.as_path();
        while !path.starts_with(names) {
            let Some(parent) = names.parent() else { break };
            names = parent;
            above.push("..");
        }
        // A path that shares nothing with the current folder is clearer from the top.
        let shown = match path.strip_prefix(names) {
            Ok(rest) if names.parent().is_some() => above.join(rest),
            _ => path.to_owned(),
        };
        let text = shown.to_string_lossy();
        if cfg!(windows) {
            text.replace('\\', "/")
        } else {
            text.into_owned()
        }
    }
}

/// The path without `.` and `..`, taken off the text as everywhere in a snapshot.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}
