//! A tree of files at one moment: one side of a comparison.

use jiff::civil::Date;
use std::{collections::BTreeMap, path::Path, sync::Arc};

use super::{
    commit::Commit,
    error::{ReadError, WorldError},
    folder::Folder,
    git::GitError,
    listing,
    path::{is_listed, normalise},
    repository::Repository,
};

/// A tree of files at one moment.
///
/// Every path is relative to the root, with `/` between names; see [`super::normalise`].
pub struct Snapshot(Kind);

enum Kind {
    Folder(Folder),
    Commit(Commit),
    Memory(BTreeMap<String, Vec<u8>>),
    Given(Given),
    Changed(Changed),
}

/// A tree as it would be with other bytes in some of its files, or without them (`None`).
struct Changed {
    tree: Arc<Snapshot>,
    files: BTreeMap<String, Option<Vec<u8>>>,
}

/// A document that has no place on disk, and the folder that its references start from.
struct Given {
    path: String,
    bytes: Vec<u8>,
    label: String,
    others: Folder,
}

impl Snapshot {
    /// The files below a folder of the disk.
    ///
    /// # Errors
    ///
    /// The folder is absent or closed to us.
    pub fn folder(root: &Path) -> Result<Self, WorldError> {
        Folder::open(root).map(|folder| Self(Kind::Folder(folder)))
    }

    /// The files of a commit in the repository that holds the folder `repository`.
    ///
    /// # Errors
    ///
    /// There is no repository, git is absent, or the clone lacks the commit; the help then holds the line that fetches it.
    pub fn commit(repository: &Path, rev: &str) -> Result<Self, GitError> {
        let found = Repository::discover(repository).ok_or_else(|| GitError::NoRepository {
            path: repository.to_owned(),
        })?;
        Self::commit_of(found, rev)
    }

    /// The same folder under another name in reports; a commit keeps its own.
    #[must_use]
    pub fn labelled(mut self, label: &str) -> Self {
        if let Kind::Folder(folder) = &mut self.0 {
            folder.set_label(label);
        }
        self
    }

    pub(super) fn commit_of(repository: Repository, rev: &str) -> Result<Self, GitError> {
        Commit::open(repository, rev).map(|commit| Self(Kind::Commit(commit)))
    }

    /// Another commit of the repository that this commit is of, read through the same process; `None` when this is no commit.
    ///
    /// # Errors
    ///
    /// As [`Self::commit`].
    pub fn beside(&self, rev: &str) -> Result<Option<Self>, GitError> {
        match &self.0 {
            Kind::Commit(commit) => Ok(Some(Self(Kind::Commit(commit.beside(rev)?)))),
            Kind::Folder(_) | Kind::Memory(_) | Kind::Given(_) | Kind::Changed(_) => Ok(None),
        }
    }

    /// Files that are on no disk, for tests; the keys are normalised paths.
    #[must_use]
    pub fn memory(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self(Kind::Memory(files))
    }

    /// A tree as it would be with other bytes in some of its files, or without them (`None`); the keys are normalised paths.
    #[must_use]
    pub fn changed(tree: Arc<Self>, files: BTreeMap<String, Option<Vec<u8>>>) -> Self {
        Self(Kind::Changed(Changed { tree, files }))
    }

    /// One document that came through a pipe, as if it lay at `path` below `root`.
    pub(super) fn given(
        root: &Path,
        path: String,
        bytes: Vec<u8>,
        label: String,
    ) -> Result<Self, WorldError> {
        Ok(Self(Kind::Given(Given {
            path,
            bytes,
            label,
            others: Folder::open(root)?,
        })))
    }

    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// The file is absent, outside the root (by `..`, by an absolute path, or by a symbolic link), or cannot be read.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match &self.0 {
            Kind::Folder(folder) => folder.read(path),
            Kind::Commit(commit) => commit.read(path),
            Kind::Memory(files) => {
                let inside = normalise(path)?;
                files
                    .get(&inside)
                    .cloned()
                    .ok_or_else(|| ReadError::Absent {
                        path: path.to_owned(),
                        place: self.label(),
                    })
            }
            Kind::Given(given) if normalise(path)? == given.path => Ok(given.bytes.clone()),
            Kind::Given(given) => given.others.read(path),
            Kind::Changed(changed) => match changed.files.get(&normalise(path)?) {
                Some(Some(bytes)) => Ok(bytes.clone()),
                Some(None) => Err(ReadError::Absent {
                    path: path.to_owned(),
                    place: self.label(),
                }),
                None => changed.tree.read(path),
            },
        }
    }

    /// Whether there is a file.
    ///
    /// # Errors
    ///
    /// As [`Self::read`], except that an absent file is an answer.
    pub fn is_file(&self, path: &str) -> Result<bool, ReadError> {
        match &self.0 {
            Kind::Folder(folder) => folder.is_file(path),
            Kind::Commit(commit) => commit.is_file(path),
            Kind::Memory(files) => Ok(files.contains_key(&normalise(path)?)),
            Kind::Given(given) => Ok(normalise(path)? == given.path || given.others.is_file(path)?),
            Kind::Changed(changed) => match changed.files.get(&normalise(path)?) {
                Some(bytes) => Ok(bytes.is_some()),
                None => changed.tree.is_file(path),
            },
        }
    }

    /// Whether there is a folder; the root is the folder with the empty name.
    ///
    /// # Errors
    ///
    /// As [`Self::read`], except that an absent folder is an answer.
    pub fn is_folder(&self, path: &str) -> Result<bool, ReadError> {
        match &self.0 {
            Kind::Folder(folder) => folder.is_folder(path),
            Kind::Commit(commit) => commit.is_folder(path),
            Kind::Memory(files) => {
                let inside = normalise(path)?;
                let start = format!("{inside}/");
                Ok(inside.is_empty() || files.keys().any(|file| file.starts_with(&start)))
            }
            Kind::Given(given) => given.others.is_folder(path),
            Kind::Changed(changed) => changed.tree.is_folder(path),
        }
    }

    /// Whether a file or a folder is there and may be read; a refused path is not.
    #[must_use]
    pub fn exists(&self, path: &str) -> bool {
        self.is_file(path).unwrap_or(false) || self.is_folder(path).unwrap_or(false)
    }

    /// All files below a folder (the empty name is the root), sorted by bytes.
    ///
    /// Left out are hidden files and folders, `target`, `node_modules`, symbolic links, submodules, and on disk whatever git
    /// ignores; but `below` itself was named on purpose, and may be any of them. An absent folder has no files, and a file
    /// is its own listing.
    ///
    /// # Errors
    ///
    /// A folder cannot be read, git fails, or a file that could be a contract has a name that is not UTF-8.
    pub fn list(&self, below: &str) -> Result<Vec<String>, ReadError> {
        let below = normalise(below)?;
        match &self.0 {
            Kind::Folder(folder) => listing::list(folder, &below),
            Kind::Commit(commit) => commit.list(&below),
            Kind::Memory(files) => Ok(files
                .keys()
                .filter(|path| is_listed(path, &below))
                .cloned()
                .collect()),
            Kind::Given(given) => listing::list(&given.others, &below),
            Kind::Changed(changed) => {
                let mut listed = changed.tree.list(&below)?;
                listed.retain(|path| changed.files.get(path).is_none_or(Option::is_some));
                Ok(listed)
            }
        }
    }

    /// The symbolic links below a folder, which listings leave out; sorted.
    ///
    /// # Errors
    /// As [`Self::list`].
    pub fn links(&self, below: &str) -> Result<Vec<String>, ReadError> {
        let below = normalise(below)?;
        match &self.0 {
            Kind::Folder(folder) => Ok(listing::links(folder.root(), &below)),
            Kind::Commit(commit) => commit.links(&below),
            Kind::Changed(changed) => changed.tree.links(&below),
            Kind::Memory(_) | Kind::Given(_) => Ok(Vec::new()),
        }
    }

    /// What to call it in reports: `working tree`, the short id of a commit, or `stdin`.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.0 {
            Kind::Folder(folder) => folder.label().to_owned(),
            Kind::Commit(commit) => commit.label().to_owned(),
            Kind::Memory(_) => "memory".to_owned(),
            Kind::Given(given) => given.label.clone(),
            Kind::Changed(changed) => changed.tree.label(),
        }
    }

    /// The whole id of the commit, if it is one.
    #[must_use]
    pub fn commit_id(&self) -> Option<&str> {
        match &self.0 {
            Kind::Commit(commit) => Some(commit.id()),
            Kind::Folder(_) | Kind::Memory(_) | Kind::Given(_) | Kind::Changed(_) => None,
        }
    }

    /// The day a commit was made, in UTC; `None` for what is no commit.
    #[must_use]
    pub fn committed(&self) -> Option<Date> {
        match &self.0 {
            Kind::Commit(commit) => commit.committed(),
            Kind::Folder(_) | Kind::Memory(_) | Kind::Given(_) | Kind::Changed(_) => None,
        }
    }

    /// The day on which a file came to the first-parent history of a commit, in UTC; `None` for what is no commit, or has no such
    /// file. In a shallow clone it is no earlier than the clone's first commit.
    ///
    /// # Errors
    /// When git does not answer.
    pub fn added(&self, path: &str) -> Result<Option<Date>, GitError> {
        match &self.0 {
            Kind::Commit(commit) => commit.added(path),
            Kind::Folder(_) | Kind::Memory(_) | Kind::Given(_) | Kind::Changed(_) => Ok(None),
        }
    }

    /// The folder on disk that paths start from, if there is one.
    #[must_use]
    pub fn root(&self) -> Option<&Path> {
        match &self.0 {
            Kind::Folder(folder) => Some(folder.root()),
            Kind::Given(given) => Some(given.others.root()),
            Kind::Changed(changed) => changed.tree.root(),
            Kind::Commit(_) | Kind::Memory(_) => None,
        }
    }
}
