//! Which contracts the policies of both sides govern, and where each stands.

use crate::policy::files::{ContractEntry, Policy};
use std::collections::{BTreeMap, BTreeSet};

/// A governed contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned<'p> {
    /// Its id.
    pub id: String,
    /// Its file on the base.
    pub base: Option<String>,
    /// Its file in head.
    pub head: Option<String>,
    /// What the policy says of it: the base's word, else head's for a contract that only head governs.
    pub entry: &'p ContractEntry,
    /// What head's policy says of it; `None` where it no longer governs it.
    pub proposed: Option<&'p ContractEntry>,
    /// Whether the base governs it.
    pub trusted: bool,
}

/// The governed contracts of both sides, sorted by id; `None` when no policy lists any.
///
/// `base_files` and `head_files` are the files of the two trees that may be contracts, from the root.
#[must_use]
pub fn planned<'p>(
    base: &'p Policy,
    head: &'p Policy,
    base_files: &BTreeSet<String>,
    head_files: &BTreeSet<String>,
) -> Option<Vec<Planned<'p>>> {
    if base.contracts.is_none() && head.contracts.is_none() {
        return None;
    }
    let trusted = named(base, base_files);
    let proposed = named(head, head_files);
    // What the base governs stays governed: head's files are looked for by the base's paths first.
    let still = named(base, head_files);
    // Without a list, head's policy governs whatever is found.
    let open = head.contracts.is_none();
    let mut all = BTreeMap::new();
    for (id, (path, entry)) in &trusted {
        let here = head_files.contains(path).then(|| path.clone());
        // Where head's policy says it went decides nothing: a move is seen by what the contract calls itself.
        let planned = Planned {
            id: id.clone(),
            base: Some(path.clone()),
            head: here.or_else(|| still.get(id).map(|(path, _)| path.clone())),
            entry,
            proposed: proposed
                .get(id)
                .map(|(_, entry)| *entry)
                .or_else(|| open.then_some(*entry)),
            trusted: true,
        };
        all.insert(id.clone(), planned);
    }
    for (id, (path, entry)) in still.iter().chain(&proposed) {
        all.entry(id.clone()).or_insert_with(|| Planned {
            id: id.clone(),
            base: base_files.contains(path).then(|| path.clone()),
            head: Some(path.clone()),
            entry,
            proposed: proposed.get(id).map(|(_, entry)| *entry),
            trusted: still.contains_key(id),
        });
    }
    Some(all.into_values().collect())
}

/// Contracts by id: the file, and the entry that governs it; the first entry that names a file wins.
fn named<'p>(
    policy: &'p Policy,
    files: &BTreeSet<String>,
) -> BTreeMap<String, (String, &'p ContractEntry)> {
    let mut found: BTreeMap<String, (String, &'p ContractEntry)> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for entry in policy.contracts.iter().flatten() {
        for path in files {
            if entry.governs(path) && taken.insert(path.clone()) {
                found
                    .entry(entry.id_of(path))
                    .or_insert_with(|| (path.clone(), entry));
            }
        }
    }
    found
}
