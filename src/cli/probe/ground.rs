//! The repository around the current folder, as far as probes rest on it.

use super::super::{
    excerpt::Excerpt,
    failure::{Failure, Place},
    find::Tree,
    gate::fault_failure,
    sides::working_tree,
    told::Told,
};
use crate::diff::Elements;
use crate::policy::{
    FOLDER, State,
    files::{Policy, Usage},
};
use crate::probe::{
    environment::{self, Environments, Surroundings},
    plan,
};
use crate::spec::{Contract, positional};
use crate::tree::{
    Kind,
    fields::{Fault, Form},
};
use crate::world::{ReadError, http::System};
use std::path::{Path, PathBuf};

/// Where environments stand.
const FILE: &str = ".contract/contract.yaml";

/// What stands in it.
pub(super) struct Ground {
    pub(super) tree: Tree,
    pub(super) state: State,
    pub(super) policy: Policy,
    pub(super) environments: Environments,
    /// The file that they stand in, if it is there.
    written: Option<Vec<u8>>,
}

impl Ground {
    /// Reads the governance files; without a policy there is no environment.
    pub(super) fn load(root: Option<&Path>, told: Told) -> Result<Self, Failure> {
        let tree = working_tree(root)?;
        let state = State::load(&tree.snapshot, &tree.prefix)?;
        if let Some(fault) = state.faults.first() {
            let message = format!("{} cannot be read: {}", fault.file, fault.message);
            return Err(fault_failure(fault, message, "mend the file first"));
        }
        let written = match tree.snapshot.read(&tree.path(FILE)) {
            Ok(bytes) => Some(bytes),
            Err(ReadError::Absent { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        let environments = match &written {
            // Its lines are not shown: a secret may be written out there.
            Some(bytes) => environment::read(FILE, bytes)
                .map_err(|faults| faulty(&tree.name(FILE), &[], faults, told))?,
            None => Environments::new(),
        };
        Ok(Self {
            policy: state.rules(),
            state,
            tree,
            environments,
            written,
        })
    }

    /// Where something of an environment is written: the last of these keys that are there, each in the one before it.
    pub(super) fn place(&self, environment: &str, keys: &[&str]) -> Option<Box<Place>> {
        let bytes = self.written.as_deref()?;
        let form = Form::open(FILE, bytes).ok()?;
        let mut position = None;
        let mut entries = form.root().entries()?;
        for wanted in ["environments", environment].iter().chain(keys) {
            let Some((key, value)) = entries.into_iter().find(|(key, _)| key.text == *wanted)
            else {
                break;
            };
            position = Some(key.position());
            if value.kind() != Kind::Map {
                break;
            }
            entries = value.entries()?;
        }
        Some(Box::new(Place {
            file: self.tree.name(FILE),
            position,
            excerpt: Excerpt::of(bytes.to_vec(), position?),
        }))
    }

    /// What consumers declare to use of a contract, operations by their own paths; a usage may name those of the servers as well.
    pub(super) fn usages(&self, id: &str, contract: &Contract<'_>) -> Vec<plan::Usage> {
        let own_paths = Elements::new(contract, id).by_own_path();
        let own_path = |listed: &str| {
            let listed = positional(listed);
            let mut all = own_paths.iter();
            let own = all.find(|(_, whole)| whole.strip_prefix("op:") == Some(&listed));
            own.map_or(listed, |(own, _)| own.trim_start_matches("op:").to_owned())
        };
        let contract = id;
        let mut all = Vec::new();
        for consumer in &self.state.consumers.list {
            let entries = consumer.uses.iter().filter(|one| one.contract == contract);
            for file in entries.filter_map(|one| one.usage.as_ref()) {
                let usage = self.state.usage.get(&format!("{FOLDER}/{file}"));
                let own =
                    |usage: &&Usage| usage.consumer == consumer.id && usage.contract == contract;
                let Some(usage) = usage.filter(own) else {
                    continue;
                };
                all.extend(usage.operations.iter().map(|one| plan::Usage {
                    consumer: consumer.id.clone(),
                    operation: own_path(&one.operation),
                    reads: one.reads.clone(),
                }));
            }
        }
        all
    }

    /// Where a file of the tree lies on disk.
    pub(super) fn on_disk(&self, file: &str) -> PathBuf {
        let root = self.tree.snapshot.root().unwrap_or(Path::new("."));
        root.join(self.tree.path(file))
    }

    /// Variables of the process, and files from the root of the tree on.
    pub(super) fn surroundings(&self) -> Rooted {
        Rooted(self.on_disk(""))
    }
}

/// The process's environment, and files below a folder.
pub(super) struct Rooted(PathBuf);

impl Surroundings for Rooted {
    fn variable(&self, name: &str) -> Result<String, String> {
        Surroundings::variable(&System, name)
    }

    fn file(&self, path: &Path) -> Result<Vec<u8>, String> {
        Surroundings::file(&System, &self.0.join(path))
    }
}

/// All that is wrong with a file, but for the last, is told; the last ends the run.
pub(super) fn faulty(file: &str, bytes: &[u8], faults: Vec<Fault>, told: Told) -> Failure {
    let mut failures = faults.into_iter().map(|fault| {
        let help = fault
            .help
            .unwrap_or_else(|| "mend the file first".to_owned());
        let mut failure = Failure::usage(fault.message, help);
        failure.place = Some(Box::new(Place {
            file: file.to_owned(),
            position: Some(fault.position),
            excerpt: Excerpt::of(bytes.to_vec(), fault.position),
        }));
        failure
    });
    let last = failures.next_back();
    for failure in failures {
        told.failure(&failure);
    }
    last.unwrap_or_else(|| Failure::usage(format!("{file} cannot be read"), "mend the file first"))
}
