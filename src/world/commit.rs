//! The tree of one commit, read from git's objects: nothing is checked out, and links are followed inside the tree only.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use jiff::civil::Date;

use super::{
    error::ReadError,
    fetch,
    git::GitError,
    history,
    objects::{Answer, Object, Objects},
    path::{is_skipped, normalise, strip_folder, unreadable_name},
    repository::Repository,
    tree::{Entry, Kind, entries},
};

/// As many symbolic links as Linux follows in one path.
const MOST_LINKS: usize = 40;

/// One commit of a repository.
pub(super) struct Commit {
    repository: Repository,
    id: String,
    tree: String,
    committed: Option<Date>,
    /// Shared by the commits of one walk through history, which have most of their trees in common.
    store: Arc<Mutex<Store>>,
}

/// The process and what it already told.
struct Store {
    objects: Objects,
    trees: HashMap<String, Arc<[Entry]>>,
}

/// Where a path leads, once all links are followed.
enum Found {
    File(String),
    Folder(String),
}

impl Commit {
    pub(super) fn open(repository: Repository, rev: &str) -> Result<Self, GitError> {
        let store = Store {
            objects: Objects::start(&repository)?,
            trees: HashMap::new(),
        };
        Self::in_store(repository, rev, Arc::new(Mutex::new(store)))
    }

    /// Another commit of the same repository, read through the same process.
    pub(super) fn beside(&self, rev: &str) -> Result<Self, GitError> {
        Self::in_store(self.repository.clone(), rev, Arc::clone(&self.store))
    }

    fn in_store(
        repository: Repository,
        rev: &str,
        store: Arc<Mutex<Store>>,
    ) -> Result<Self, GitError> {
        if let Some(why) = unusable(rev) {
            return Err(GitError::BadRevision {
                rev: rev.to_owned(),
                why,
            });
        }
        let missing = || GitError::NoCommit {
            rev: rev.to_owned(),
            help: fetch::for_revision(&repository, rev),
        };
        let answer = store
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .objects
            .get(&repository, &format!("{rev}^{{commit}}"));
        let object = match answer {
            Ok(Answer::Object(object)) => object,
            Ok(Answer::Missing) => return Err(missing()),
            // Before 2.45, git gives up when it may not fetch what a partial clone left out.
            Err(_) if fetch::is_partial(&repository) => return Err(missing()),
            Err(error) => return Err(error),
            Ok(Answer::Ambiguous) => {
                return Err(GitError::BadRevision {
                    rev: rev.to_owned(),
                    why: "it is short for more than one object",
                });
            }
        };
        // A commit starts with the line `tree ID`.
        let tree = object
            .bytes
            .strip_prefix(b"tree ")
            .and_then(|rest| rest.get(..object.id.len()))
            .map(|id| String::from_utf8_lossy(id).into_owned())
            .ok_or_else(|| GitError::Failed {
                command: "cat-file".to_owned(),
                message: format!("{} is not a commit", object.id),
            })?;
        Ok(Self {
            repository,
            committed: history::committed(&object.bytes),
            id: object.id,
            tree,
            store,
        })
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn committed(&self) -> Option<Date> {
        self.committed
    }

    /// When a file came to the history of this commit.
    pub(super) fn added(&self, path: &str) -> Result<Option<Date>, GitError> {
        history::added(&self.repository, &self.id, path)
    }

    pub(super) fn label(&self) -> &str {
        self.id.get(..10).unwrap_or(&self.id)
    }

    pub(super) fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let walk = &mut self.walk(path);
        match walk.resolve(&normalise(path)?)? {
            Found::File(id) => {
                let bytes = walk.object(&id)?.bytes;
                if is_large_file_pointer(&bytes) {
                    return Err(ReadError::LargeFilePointer { path: path.into() });
                }
                Ok(bytes)
            }
            Found::Folder(_) => Err(ReadError::Folder { path: path.into() }),
        }
    }

    pub(super) fn is_file(&self, path: &str) -> Result<bool, ReadError> {
        Ok(matches!(self.find(path)?, Some(Found::File(_))))
    }

    pub(super) fn is_folder(&self, path: &str) -> Result<bool, ReadError> {
        Ok(matches!(self.find(path)?, Some(Found::Folder(_))))
    }

    fn find(&self, path: &str) -> Result<Option<Found>, ReadError> {
        match self.walk(path).resolve(&normalise(path)?) {
            Err(ReadError::Absent { .. }) => Ok(None),
            found => found.map(Some),
        }
    }

    /// All files below a folder, sorted by bytes.
    pub(super) fn list(&self, below: &str) -> Result<Vec<String>, ReadError> {
        let mut files = Vec::new();
        match self.find(below)? {
            None => {}
            Some(Found::File(_)) => files.push(below.to_owned()),
            Some(Found::Folder(id)) => {
                let mut folders = vec![(below.to_owned(), id)];
                while let Some((folder, id)) = folders.pop() {
                    self.walk(&folder)
                        .list(&folder, &id, &mut folders, &mut files)?;
                }
            }
        }
        files.sort_unstable();
        debug_assert!(
            files
                .iter()
                .all(|file| file == below || strip_folder(file, below).is_some())
        );
        Ok(files)
    }

    /// The symbolic links below a folder.
    pub(super) fn links(&self, below: &str) -> Result<Vec<String>, ReadError> {
        let mut links = Vec::new();
        let Some(Found::Folder(id)) = self.find(below)? else {
            return Ok(links);
        };
        let mut folders = vec![(below.to_owned(), id)];
        while let Some((folder, id)) = folders.pop() {
            for entry in self.walk(&folder).tree(&id)?.iter() {
                let name = String::from_utf8_lossy(&entry.name);
                let path = format!("{folder}/{name}");
                match entry.kind {
                    Kind::Link => links.push(path),
                    Kind::Folder => folders.push((path, entry.id.clone())),
                    Kind::File | Kind::Submodule => {}
                }
            }
        }
        links.sort_unstable();
        Ok(links)
    }

    fn walk<'w>(&'w self, path: &'w str) -> Walk<'w> {
        Walk { commit: self, path }
    }
}

/// One path on its way through the tree.
struct Walk<'w> {
    commit: &'w Commit,
    path: &'w str,
}

impl Walk<'_> {
    fn resolve(&self, normalised: &str) -> Result<Found, ReadError> {
        let mut names: VecDeque<Vec<u8>> = split(normalised.as_bytes()).collect();
        let mut folders = vec![self.commit.tree.clone()];
        let mut links = 0;
        while let Some(name) = names.pop_front() {
            if name == b"." {
                continue;
            }
            if name == b".." {
                folders.pop();
                if folders.is_empty() {
                    return Err(ReadError::LinkLeavesRoot { path: self.path() });
                }
                continue;
            }
            let here = folders.last().expect("the root is popped only above");
            let entries = self.tree(here)?;
            let Ok(found) = entries.binary_search_by(|entry| (*entry.name).cmp(&name)) else {
                return Err(self.absent());
            };
            let entry = &entries[found];
            match entry.kind {
                Kind::Folder => folders.push(entry.id.clone()),
                Kind::File if names.is_empty() => return Ok(Found::File(entry.id.clone())),
                Kind::File => return Err(self.absent()),
                Kind::Submodule => return Err(ReadError::Submodule { path: self.path() }),
                Kind::Link => {
                    links += 1;
                    if links > MOST_LINKS {
                        return Err(ReadError::LinkLoop { path: self.path() });
                    }
                    let target = self.object(&entry.id)?.bytes;
                    if target.starts_with(b"/") {
                        return Err(ReadError::LinkLeavesRoot { path: self.path() });
                    }
                    for name in split(&target).collect::<Vec<_>>().into_iter().rev() {
                        names.push_front(name);
                    }
                }
            }
        }
        let folder = folders.pop().expect("the root is popped only above");
        Ok(Found::Folder(folder))
    }

    fn list(
        &self,
        folder: &str,
        id: &str,
        folders: &mut Vec<(String, String)>,
        files: &mut Vec<String>,
    ) -> Result<(), ReadError> {
        for entry in self.tree(id)?.iter() {
            let Ok(name) = str::from_utf8(&entry.name) else {
                match unreadable_name(&entry.name) {
                    Some(error) if entry.kind == Kind::File => return Err(error),
                    _ => continue,
                }
            };
            if is_skipped(name, entry.kind == Kind::Folder) {
                continue;
            }
            let path = if folder.is_empty() {
                name.to_owned()
            } else {
                format!("{folder}/{name}")
            };
            match entry.kind {
                Kind::File => files.push(path),
                Kind::Folder => folders.push((path, entry.id.clone())),
                Kind::Link | Kind::Submodule => {}
            }
        }
        Ok(())
    }

    fn tree(&self, id: &str) -> Result<Arc<[Entry]>, ReadError> {
        let mut store = self.lock();
        if let Some(entries) = store.trees.get(id) {
            return Ok(Arc::clone(entries));
        }
        let object = self.ask(&mut store, id)?;
        let entries = entries(&object.bytes, id.len() / 2).ok_or_else(|| GitError::Failed {
            command: "cat-file".to_owned(),
            message: format!("the tree {id} is torn"),
        })?;
        let entries: Arc<[Entry]> = entries.into();
        store.trees.insert(id.to_owned(), Arc::clone(&entries));
        Ok(entries)
    }

    fn object(&self, id: &str) -> Result<Object, ReadError> {
        self.ask(&mut self.lock(), id)
    }

    fn ask(&self, store: &mut Store, id: &str) -> Result<Object, ReadError> {
        let repository = &self.commit.repository;
        match store.objects.get(repository, id) {
            Ok(Answer::Object(object)) => return Ok(object),
            Ok(Answer::Missing | Answer::Ambiguous) => {}
            Err(_) if fetch::is_partial(repository) => {}
            Err(error) => return Err(error.into()),
        }
        Err(ReadError::Git(GitError::NoObject {
            what: format!("`{}` of commit {} ({id})", self.path, self.commit.label()),
            help: fetch::for_object(repository),
        }))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Store> {
        let store = &self.commit.store;
        store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn absent(&self) -> ReadError {
        ReadError::Absent {
            path: self.path(),
            place: format!("commit {}", self.commit.label()),
        }
    }

    fn path(&self) -> String {
        self.path.to_owned()
    }
}

fn unusable(rev: &str) -> Option<&'static str> {
    if rev.is_empty() {
        Some("it is empty")
    } else if rev.starts_with('-') {
        Some("it starts with `-`")
    } else if rev.contains(['\n', '\0']) {
        Some("it holds a line break or a NUL character")
    } else if rev.len() >= 40 && rev.bytes().all(|byte| byte == b'0') {
        // What a forge calls the commit before the first push of a branch.
        Some("it stands for no commit at all")
    } else if rev.contains("..") {
        Some("it is a range of commits")
    } else {
        None
    }
}

fn split(path: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    path.split(|byte| *byte == b'/')
        .filter(|name| !name.is_empty())
        .map(<[u8]>::to_vec)
}

fn is_large_file_pointer(bytes: &[u8]) -> bool {
    bytes.len() < 1024 && bytes.starts_with(b"version https://git-lfs.github.com/spec/")
}
