//! Files that are written where none is, and told about.

use super::{super::failure::Failure, text::ATTRIBUTES};
use crate::policy::{self, files::FileKind, gate::LEDGER};
use crate::world::{self, Made, Snapshot};
use std::{
    fmt,
    path::{Path, PathBuf},
};

/// The policy, from the root.
pub(super) const POLICY: &str = ".contract/contract.yaml";

/// What came of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Done {
    /// It was not there.
    Wrote(String),
    /// It lacked lines.
    Added(String, usize),
    /// It is there, and stays as it is.
    LeftAlone(String),
    /// It has no place here.
    LeftOut(String, &'static str),
}

impl Done {
    /// The file, if it is another one now.
    pub(super) fn changed(&self) -> Option<&str> {
        match self {
            Self::Wrote(file) | Self::Added(file, _) => Some(file),
            Self::LeftAlone(_) | Self::LeftOut(..) => None,
        }
    }
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrote(file) => write!(f, "wrote {file}"),
            Self::Added(file, 1) => write!(f, "added 1 line to {file}"),
            Self::Added(file, lines) => write!(f, "added {lines} lines to {file}"),
            Self::LeftAlone(file) => write!(f, "left alone {file}, which is there already"),
            Self::LeftOut(file, why) => write!(f, "left out {file}: {why}"),
        }
    }
}

/// Writes below a folder.
pub(super) struct Writer {
    root: PathBuf,
    pub(super) done: Vec<Done>,
}

impl Writer {
    pub(super) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            done: Vec::new(),
        }
    }

    /// What is below `.contract/`.
    pub(super) fn governance(
        &mut self,
        policy: &str,
        consumers: &str,
        ledger: &str,
    ) -> Result<(), Failure> {
        self.file(POLICY, policy)?;
        self.file(".contract/consumers.yaml", consumers)?;
        self.file(LEDGER, ledger)?;
        self.schemas(&FileKind::ALL)
    }

    /// The policy alone.
    pub(super) fn policy(&mut self, policy: &str) -> Result<(), Failure> {
        self.file(POLICY, policy)?;
        self.schemas(&[FileKind::Policy])
    }

    /// What editors know the files by.
    fn schemas(&mut self, kinds: &[FileKind]) -> Result<(), Failure> {
        let mut new = false;
        for kind in kinds.iter().copied() {
            let path = format!(".contract/schemas/{}.json", kind.word());
            let schema = policy::schema(kind).as_bytes();
            new |= world::write_new_file(&self.root.join(path), schema)? == Made::New;
        }
        let all = match kinds {
            [one] => format!(".contract/schemas/{}.json", one.word()),
            _ => ".contract/schemas/*.json".to_owned(),
        };
        self.done.push(if new {
            Done::Wrote(all)
        } else {
            Done::LeftAlone(all)
        });
        Ok(())
    }

    /// What is around it; the workflow belongs to the top of a repository.
    pub(super) fn around(&mut self, is_top: bool, workflow: &str) -> Result<(), Failure> {
        self.attributes()?;
        let file = ".github/workflows/contract.yml";
        if is_top {
            return self.file(file, workflow);
        }
        let why = "workflows belong to the top of the repository";
        self.done.push(Done::LeftOut(file.to_owned(), why));
        Ok(())
    }

    pub(super) fn file(&mut self, file: &str, text: &str) -> Result<(), Failure> {
        let made = world::write_new_file(&self.root.join(file), text.as_bytes())?;
        self.done.push(match made {
            Made::New => Done::Wrote(file.to_owned()),
            Made::WasThere => Done::LeftAlone(file.to_owned()),
        });
        Ok(())
    }

    /// Lines that are missing go to the end of the file, where they win.
    fn attributes(&mut self) -> Result<(), Failure> {
        const FILE: &str = ".gitattributes";
        let all = format!("{}\n", ATTRIBUTES.join("\n"));
        let root = Snapshot::folder(&self.root)?;
        if !root.is_file(FILE)? {
            return self.file(FILE, &all);
        }
        let bytes = root.read(FILE)?;
        let text = String::from_utf8_lossy(&bytes);
        let has = |line: &&&str| text.lines().any(|other| other.trim() == **line);
        let missing: Vec<&str> = ATTRIBUTES
            .iter()
            .filter(|line| !has(line))
            .copied()
            .collect();
        if missing.is_empty() {
            self.done.push(Done::LeftAlone(FILE.to_owned()));
            return Ok(());
        }
        let mut whole = bytes.clone();
        if !whole.is_empty() && !whole.ends_with(b"\n") {
            whole.push(b'\n');
        }
        whole.extend_from_slice(missing.join("\n").as_bytes());
        whole.push(b'\n');
        world::write_file_atomically(&self.root.join(FILE), &whole)?;
        self.done.push(Done::Added(FILE.to_owned(), missing.len()));
        Ok(())
    }
}
