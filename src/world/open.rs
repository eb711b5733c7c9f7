//! From what was typed to a document and the files around it.

use std::{
    env, fs,
    io::{self, IsTerminal, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    error::{ReadError, WorldError},
    git::GitError,
    location::Location,
    path::normalise,
    repository::Repository,
    snapshot::Snapshot,
};

/// A document and the files around it.
pub struct Opened {
    /// Where its references are read.
    pub snapshot: Arc<Snapshot>,
    /// Its path in the snapshot.
    pub entry: String,
    /// What the person typed, to name it in reports.
    pub name: String,
}

/// Opens the documents of one command; two documents of one tree share its snapshot.
pub struct Opener {
    cwd: PathBuf,
    root: Option<PathBuf>,
    stdin: Stdin,
    folders: Vec<(PathBuf, Arc<Snapshot>)>,
    commits: Vec<(Repository, String, Arc<Snapshot>)>,
}

enum Stdin {
    Process,
    Bytes(Vec<u8>),
    Taken,
}

impl Opener {
    /// Opens documents as named from the current folder.
    ///
    /// # Errors
    ///
    /// The current folder is gone.
    pub fn here() -> Result<Self, WorldError> {
        env::current_dir()
            .map(Self::at)
            .map_err(|source| WorldError::Folder {
                path: PathBuf::from("."),
                source,
            })
    }

    /// Opens documents as named from a folder.
    #[must_use]
    pub fn at(cwd: PathBuf) -> Self {
        Self {
            cwd,
            root: None,
            stdin: Stdin::Process,
            folders: Vec::new(),
            commits: Vec::new(),
        }
    }

    /// The folder that names are read from.
    #[must_use]
    pub fn cwd(&self) -> &Path {
        &self.cwd
    }

    /// With this folder as the root of every document on disk, instead of the repository or the document's own folder.
    #[must_use]
    pub fn with_root(mut self, root: &Path) -> Self {
        self.root = Some(self.cwd.join(root));
        self
    }

    /// With these bytes as standard input.
    #[must_use]
    pub fn with_stdin(mut self, bytes: Vec<u8>) -> Self {
        self.stdin = Stdin::Bytes(bytes);
        self
    }

    /// Reads what was typed, a file of this name on disk first.
    ///
    /// # Errors
    ///
    /// As [`Location::parse`].
    pub fn locate(&self, text: &str) -> Result<Location, WorldError> {
        Ok(Location::parse(text, |name| self.cwd.join(name).exists())?)
    }

    /// Opens a document.
    ///
    /// # Errors
    ///
    /// It is absent, or no document; a ref that this clone lacks; a second `-`.
    pub fn open(&mut self, location: &Location) -> Result<Opened, WorldError> {
        match location {
            Location::Path(path) => self.open_path(path),
            Location::Git { rev, path } => self.open_git(rev, path),
            Location::Stdin => {
                let bytes = self.take_stdin()?;
                self.open_given("-", "stdin", bytes)
            }
        }
    }

    fn open_path(&mut self, typed: &str) -> Result<Opened, WorldError> {
        let full = self.cwd.join(typed);
        let explained = |error: io::Error| -> WorldError {
            match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => WorldError::NoFile {
                    typed: typed.to_owned(),
                },
                _ => unreadable(typed, error),
            }
        };
        let found = fs::metadata(&full).map_err(explained)?;
        if found.is_dir() {
            return Err(ReadError::Folder {
                path: typed.to_owned(),
            }
            .into());
        }
        if !found.is_file() {
            // A pipe can be read once: `contract diff <(generate) new.yaml`.
            let bytes = read_pipe(&full, typed)?;
            return self.open_given(typed, typed, bytes);
        }
        let real = fs::canonicalize(&full).map_err(explained)?;
        let folder = full.parent().unwrap_or(&self.cwd);
        let folder = fs::canonicalize(folder).map_err(explained)?;
        let mut place = folder.join(full.file_name().unwrap_or_default());
        let mut root = self.root_for(&folder)?;
        if self.root.is_none() && !real.starts_with(&root) {
            // A link out of the repository that was named on purpose: its target is the document.
            place = real;
            root = self.root_for(place.parent().unwrap_or(&root))?;
        }
        let Ok(inside) = place.strip_prefix(&root) else {
            return Err(ReadError::LeavesRoot {
                path: typed.to_owned(),
            }
            .into());
        };
        Ok(Opened {
            entry: in_snapshot(inside)?,
            name: typed.to_owned(),
            snapshot: self.folder(&root)?,
        })
    }

    fn open_git(&mut self, rev: &str, path: &str) -> Result<Opened, WorldError> {
        let repository = Repository::discover(&self.cwd).ok_or_else(|| GitError::NoRepository {
            path: self.cwd.clone(),
        })?;
        let entry = if path.starts_with("./") || path.starts_with("../") {
            let here = self.below(repository.root(), &self.cwd)?;
            normalise(format!("{here}/{path}").trim_start_matches('/'))?
        } else {
            normalise(path)?
        };
        let known = self
            .commits
            .iter()
            .find(|(known, known_rev, _)| *known == repository && known_rev == rev);
        let snapshot = if let Some((.., snapshot)) = known {
            Arc::clone(snapshot)
        } else {
            let opened = Arc::new(Snapshot::commit_of(repository.clone(), rev)?);
            let shared = Arc::clone(&opened);
            self.commits.push((repository, rev.to_owned(), shared));
            opened
        };
        Ok(Opened {
            snapshot,
            entry,
            name: format!("{rev}:{path}"),
        })
    }

    fn open_given(&self, name: &str, label: &str, bytes: Vec<u8>) -> Result<Opened, WorldError> {
        let root = self.root_for(&self.cwd)?;
        // Its references start from the current folder, wherever the pipe has its own name.
        let file = name.rsplit('/').next().unwrap_or(name);
        let here = self.below(&root, &self.cwd)?;
        let entry = normalise(format!("{here}/{file}").trim_start_matches('/'))?;
        let snapshot = Snapshot::given(&root, entry.clone(), bytes, label.to_owned())?;
        Ok(Opened {
            snapshot: Arc::new(snapshot),
            entry,
            name: name.to_owned(),
        })
    }

    fn take_stdin(&mut self) -> Result<Vec<u8>, WorldError> {
        match std::mem::replace(&mut self.stdin, Stdin::Taken) {
            Stdin::Taken => Err(WorldError::StdinTwice),
            Stdin::Bytes(bytes) => Ok(bytes),
            Stdin::Process => {
                let mut input = io::stdin().lock();
                if input.is_terminal() {
                    return Err(WorldError::StdinIsTerminal);
                }
                let mut bytes = Vec::new();
                input.read_to_end(&mut bytes).map_err(WorldError::Stdin)?;
                Ok(bytes)
            }
        }
    }

    /// The root for a document in a folder: the one asked for, the working tree around it, or the folder.
    pub(super) fn root_for(&self, folder: &Path) -> Result<PathBuf, WorldError> {
        let root = match &self.root {
            Some(root) => root.clone(),
            None => Repository::discover(folder)
                .and_then(|found| found.work_tree().map(Path::to_owned))
                .unwrap_or_else(|| folder.to_owned()),
        };
        fs::canonicalize(&root).map_err(|source| WorldError::Folder { path: root, source })
    }

    /// A folder as seen from a root above it.
    fn below(&self, root: &Path, folder: &Path) -> Result<String, WorldError> {
        let real = fs::canonicalize(folder).map_err(|source| WorldError::Folder {
            path: folder.to_owned(),
            source,
        })?;
        let Ok(inside) = real.strip_prefix(root) else {
            return Err(ReadError::LeavesRoot {
                path: self.cwd.display().to_string(),
            }
            .into());
        };
        in_snapshot(inside)
    }

    pub(super) fn folder(&mut self, root: &Path) -> Result<Arc<Snapshot>, WorldError> {
        if let Some((_, known)) = self.folders.iter().find(|(known, _)| known == root) {
            return Ok(Arc::clone(known));
        }
        let opened = Arc::new(Snapshot::folder(root)?);
        self.folders.push((root.to_owned(), Arc::clone(&opened)));
        Ok(opened)
    }
}

fn read_pipe(path: &Path, typed: &str) -> Result<Vec<u8>, WorldError> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the document was named on the command line"
    )]
    let mut pipe = fs::File::open(path).map_err(|error| unreadable(typed, error))?;
    if pipe.is_terminal() {
        return Err(WorldError::StdinIsTerminal);
    }
    let mut bytes = Vec::new();
    pipe.read_to_end(&mut bytes)
        .map_err(|error| unreadable(typed, error))?;
    Ok(bytes)
}

fn unreadable(path: &str, source: io::Error) -> WorldError {
    ReadError::Unreadable {
        path: path.to_owned(),
        source,
    }
    .into()
}

/// A relative path of the disk as a snapshot writes it.
pub(super) fn in_snapshot(path: &Path) -> Result<String, WorldError> {
    let Some(text) = path.to_str() else {
        return Err(ReadError::NotAPath {
            path: path.to_string_lossy().into_owned(),
            why: "it is not UTF-8",
        }
        .into());
    };
    Ok(normalise(text)?)
}
