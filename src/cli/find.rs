//! The contracts of a tree, and what each is called.

use super::{failure::Failure, sniff::is_contract};
use crate::world::{ReadError, Snapshot};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

/// One side of a check: a part of a tree, whose files are known by their path below it.
pub(super) struct Tree {
    pub(super) snapshot: Arc<Snapshot>,
    /// The folder that keys start from; the empty name is the root.
    pub(super) prefix: String,
    pub(super) naming: Naming,
}

/// What people call the files of a tree.
pub(super) enum Naming {
    /// By their place on disk, as seen from the current folder.
    Disk(Box<dyn Fn(PathBuf) -> String>),
    /// `REF:PATH`.
    Git(String),
}

/// What a tree holds, by key.
#[derive(Default)]
pub(super) struct Found {
    /// Every file that may be a contract.
    pub(super) files: BTreeSet<String>,
    /// Those that say that they are one.
    pub(super) contracts: BTreeSet<String>,
}

impl Tree {
    /// The files of a commit below a folder.
    pub(super) fn of_commit(snapshot: Arc<Snapshot>, prefix: &str) -> Self {
        Self {
            prefix: prefix.to_owned(),
            naming: Naming::Git(snapshot.label()),
            snapshot,
        }
    }

    /// A tree without any file.
    pub(super) fn empty() -> Self {
        Self::of_commit(Arc::new(Snapshot::memory(BTreeMap::new())), "")
    }

    /// The path in the snapshot.
    pub(super) fn path(&self, key: &str) -> String {
        joined(&self.prefix, key)
    }

    /// What people call a file.
    pub(super) fn name(&self, key: &str) -> String {
        let path = self.path(key);
        match (&self.naming, self.snapshot.root()) {
            (Naming::Disk(shown), Some(root)) => shown(root.join(path)),
            (Naming::Disk(_), None) => path,
            (Naming::Git(rev), _) => format!("{rev}:{path}"),
        }
    }

    /// What lies below these files and folders, except what `hidden` holds.
    pub(super) fn find(
        &self,
        roots: &[String],
        hidden: Option<&str>,
        failures: &mut Vec<Failure>,
    ) -> Result<Found, Failure> {
        let mut found = Found::default();
        for root in roots {
            let below = self.path(root);
            for path in self.snapshot.list(&below)? {
                let Some(key) = stripped(&path, &self.prefix) else {
                    continue;
                };
                let is_hidden = hidden.is_some_and(|folder| stripped(&path, folder).is_some());
                if is_hidden || !(path == below || may_be(&path)) {
                    continue;
                }
                match self.snapshot.read(&path) {
                    Ok(bytes) => {
                        if is_contract(&bytes) {
                            found.contracts.insert(key.to_owned());
                        }
                    }
                    // It vanished since it was listed.
                    Err(ReadError::Absent { .. }) => continue,
                    Err(error) => failures.push(error.into()),
                }
                found.files.insert(key.to_owned());
            }
        }
        Ok(found)
    }
}

/// A folder and a path below it, as one path.
pub(super) fn joined(folder: &str, path: &str) -> String {
    match (folder, path) {
        ("", path) => path.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, path) => format!("{folder}/{path}"),
    }
}

/// The path as seen from a folder above it.
pub(super) fn stripped<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}

pub(super) fn may_be(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    ENDS.iter().any(|end| path.ends_with(end))
}

const ENDS: [&str; 3] = [".json", ".yaml", ".yml"];

/// The id of the contract with this key: its path without the extension.
pub(super) fn id(key: &str) -> String {
    let end = ENDS
        .iter()
        .find(|end| key.to_ascii_lowercase().ends_with(*end))
        .map_or(key.len(), |end| key.len() - end.len());
    key[..end].to_owned()
}
