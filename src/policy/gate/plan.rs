//! Which contracts the policies of both sides govern, and where each stands.

use crate::policy::files::{ContractEntry, Policy, Where};
use globset::{GlobBuilder, GlobMatcher};
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
    /// Whether head's policy governs it too.
    pub kept: bool,
}

/// The governed contracts of both sides, sorted by id; `None` when no policy lists any.
///
/// `base_files` and `head_files` are all files of the two trees, from the root.
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
    let mut all = BTreeMap::new();
    for (id, (path, entry)) in &trusted {
        let here = head_files.contains(path).then(|| path.clone());
        let moved = || still.get(id).or_else(|| proposed.get(id));
        let planned = Planned {
            id: id.clone(),
            base: Some(path.clone()),
            head: here.or_else(|| moved().map(|(path, _)| path.clone())),
            entry: entry,
            kept: proposed.contains_key(id) || head.contracts.is_none(),
        };
        all.insert(id.clone(), planned);
    }
    let fresh = still.iter().chain(&proposed);
    for (id, (path, entry)) in fresh {
        all.entry(id.clone()).or_insert_with(|| Planned {
            id: id.clone(),
            base: base_files.contains(path).then(|| path.clone()),
            head: Some(path.clone()),
            entry: entry,
            kept: true,
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
        match &entry.files {
            Where::File(path) => {
                let id = entry.id.clone().unwrap_or_else(|| id_of(path));
                if files.contains(path) && taken.insert(path.clone()) {
                    found.entry(id).or_insert((path.clone(), entry));
                }
            }
            Where::Globs(globs) => {
                let matchers: Vec<GlobMatcher> = globs.iter().filter_map(|it| glob(it)).collect();
                for path in files {
                    let meant = matchers.iter().any(|matcher| matcher.is_match(path));
                    if meant && taken.insert(path.clone()) {
                        found.entry(id_of(path)).or_insert((path.clone(), entry));
                    }
                }
            }
        }
    }
    found
}

/// A glob of paths: `*` stays within a folder, `**` does not.
pub(super) fn glob(text: &str) -> Option<GlobMatcher> {
    let glob = GlobBuilder::new(text)
        .literal_separator(true)
        .build()
        .ok()?;
    Some(glob.compile_matcher())
}

/// The id of a contract without one: its path without the extension.
pub(super) fn id_of(path: &str) -> String {
    let lower = path.to_ascii_lowercase();
    let end = [".json", ".yaml", ".yml"]
        .iter()
        .find(|end| lower.ends_with(*end));
    path[..path.len() - end.map_or(0, |end| end.len())].to_owned()
}
