//! Which contracts a commit may have changed, told by the files that it touched.

use super::super::{
    find::{self, joined, stripped},
    gate::Gate,
    sniff::is_contract,
};
use crate::policy::{
    FOLDER,
    files::{PathGlobs, Policy},
};
use crate::world::{Landed, Snapshot};
use std::collections::{BTreeMap, BTreeSet};

/// How files end that may be contracts, or parts of one.
pub(super) const ENDS: [&str; 3] = [".yaml", ".yml", ".json"];

/// The other files that decide who may approve.
pub(super) const OWNERS: [&str; 4] = [
    ".github/CODEOWNERS",
    "CODEOWNERS",
    "docs/CODEOWNERS",
    ".gitlab/CODEOWNERS",
];

/// What is known of the contracts of a branch while it is replayed.
#[derive(Default)]
pub(super) struct Scope {
    /// The files of each contract, by its key; `None` until all contracts were loaded once.
    parts: Option<BTreeMap<String, BTreeSet<String>>>,
}

/// What has to be judged of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Touched {
    /// Everything: what governs changed, or nothing is known yet.
    All,
    /// These contracts, by key.
    Some(Vec<String>),
    /// Nothing.
    Nothing,
}

impl Scope {
    /// What a commit touched, below `prefix`.
    pub(super) fn touched(
        &self,
        commit: &Landed,
        prefix: &str,
        policy: &Policy,
        sides: [&Snapshot; 2],
    ) -> Touched {
        let changed = commit
            .files
            .iter()
            .filter_map(|file| stripped(file, prefix));
        let changed: BTreeSet<&str> = changed.collect();
        let governs = |file: &&str| stripped(file, FOLDER).is_some() || OWNERS.contains(file);
        if changed.iter().any(governs) {
            return Touched::All;
        }
        let mut keys: BTreeSet<String> = changed
            .iter()
            .filter(|file| governed(file, prefix, policy, sides))
            .map(|file| (*file).to_owned())
            .collect();
        // A contract that was never loaded may consist of anything.
        let Some(parts) = &self.parts else {
            return if keys.is_empty() && changed.is_empty() {
                Touched::Nothing
            } else {
                Touched::All
            };
        };
        for (key, files) in parts {
            if files.iter().any(|file| changed.contains(file.as_str())) {
                keys.insert(key.clone());
            }
        }
        for entry in policy.contracts.iter().flatten() {
            let Some(glob) = &entry.releases else {
                continue;
            };
            let releases = PathGlobs::new([glob.as_str()]).ok();
            if releases.is_some_and(|globs| changed.iter().any(|file| globs.matches(file))) {
                let of = parts.keys().filter(|key| entry.governs(key));
                keys.extend(of.cloned());
            }
        }
        if keys.is_empty() {
            Touched::Nothing
        } else {
            Touched::Some(keys.into_iter().collect())
        }
    }

    /// Notes which files the contracts consist of.
    pub(super) fn learn(&mut self, gate: &Gate, prefix: &str) {
        let parts = self.parts.get_or_insert_default();
        for pair in &gate.pairs.list {
            let Some((_, bundle)) = &pair.new else {
                parts.remove(&pair.key);
                continue;
            };
            let files = bundle.files.iter();
            let keys = files.filter_map(|file| stripped(&file.path, prefix));
            parts.insert(pair.key.clone(), keys.map(str::to_owned).collect());
        }
        // Nobody knows what a contract that cannot be read consists of; itself, at least.
        for lost in &gate.pairs.lost {
            let files = parts.entry(lost.key.clone()).or_default();
            files.insert(lost.key.clone());
        }
    }
}

/// Whether a file is a contract on either side.
fn governed(file: &str, prefix: &str, policy: &Policy, sides: [&Snapshot; 2]) -> bool {
    if !find::may_be(file) {
        return false;
    }
    if let Some(entries) = &policy.contracts {
        return entries.iter().any(|entry| entry.governs(file));
    }
    let path = joined(prefix, file);
    sides
        .into_iter()
        .any(|side| side.read(&path).is_ok_and(|bytes| is_contract(&bytes)))
}
