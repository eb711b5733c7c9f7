//! Since when elements are deprecated, from the history of a branch.

use super::super::{
    failure::Failure,
    find::{joined, stripped},
    gate::with_elements,
    load::{self, load},
    told::Told,
};
use crate::diff::Options;
use crate::policy::files::Stability;
use crate::policy::lifecycle::Lives;
use crate::spec::Assume;
use crate::world::{Landed, Repository, Snapshot, Wanted, Wire};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Lines that deprecate something, whatever language they are in.
const LINES: &str = "[\"']?(deprecated|x-deprecation|x-deprecated-since|x-sunset|x-snyk-sunset-eligible|x-enum-deprecations|x-lifecycle)[\"']?[[:space:]]*:";

/// A contract, and its elements whose day is wanted.
pub(super) struct Asked<'a> {
    pub(super) options: &'a Options,
    /// Its path below the root.
    pub(super) key: &'a str,
    /// What it consists of, as the repository knows it.
    pub(super) files: BTreeSet<String>,
    pub(super) elements: Vec<String>,
}

/// The day on which each element became deprecated on the branch, by contract and element: the first of the spell that lasts.
pub(super) fn since(
    repository: &Repository,
    prefix: &str,
    asked: &[Asked<'_>],
    told: Told,
) -> Result<BTreeMap<(String, String), Date>, Failure> {
    let mut days = BTreeMap::new();
    let head = Snapshot::commit(repository.root(), "HEAD").map_err(|error| match error {
        crate::world::GitError::NoCommit { .. } => Failure::usage(
            "there is no history to ask: the repository has no commit yet",
            "leave --from-history out",
        ),
        error => error.into(),
    })?;
    let paths: BTreeSet<String> = asked.iter().flat_map(|it| it.files.clone()).collect();
    if paths.is_empty() {
        return Ok(days);
    }
    let paths: Vec<String> = paths.into_iter().collect();
    let log = repository.log(&Wanted {
        after: None,
        to: "HEAD",
        paths: &paths,
        ends: &[],
        lines: Some(LINES),
    })?;
    let wire = Wire::new(&[])?;
    for commit in &log.commits {
        let touched = |it: &&Asked<'_>| commit.files.iter().any(|file| it.files.contains(file));
        for contract in asked.iter().filter(touched) {
            let Some(at) = head.beside(&commit.id)? else {
                continue;
            };
            match deprecated(&at, prefix, contract, &wire) {
                Ok(deprecated) => note(&mut days, contract, commit, &deprecated),
                Err(failure) if failure.code == super::super::failure::USAGE => {
                    told.warning(
                        &format!(
                            "{} cannot be read in commit {} of {}: {}",
                            contract.key,
                            at.label(),
                            commit.on,
                            failure.message
                        ),
                        "the commit was passed over: a `since` of that day may be a later one",
                    );
                }
                Err(failure) => return Err(failure),
            }
        }
    }
    if let Some((id, on)) = &log.cut {
        told.warning(
            &format!(
                "history ends at {} of {on}: this clone is shallow",
                id.get(..10).unwrap_or(id)
            ),
            "run `git fetch --unshallow` first; days may be later than they were",
        );
    }
    Ok(days)
}

fn note(
    days: &mut BTreeMap<(String, String), Date>,
    contract: &Asked<'_>,
    commit: &Landed,
    deprecated: &BTreeSet<&str>,
) {
    for element in &contract.elements {
        let key = (contract.options.contract.clone(), element.clone());
        if deprecated.contains(element.as_str()) {
            days.entry(key).or_insert(commit.on);
        } else {
            // What was deprecated once and no longer is starts anew.
            days.remove(&key);
        }
    }
}

/// The wanted elements that were deprecated in a commit.
fn deprecated<'a>(
    at: &Snapshot,
    prefix: &str,
    contract: &'a Asked<'_>,
    wire: &Wire,
) -> Result<BTreeSet<&'a str>, Failure> {
    let entry = joined(prefix, contract.key);
    if !at.is_file(&entry)? {
        return Ok(BTreeSet::new());
    }
    let name = stripped(&entry, prefix).unwrap_or(&entry);
    let wanted = load::Wanted {
        snapshot: at,
        entry: &entry,
        name,
    };
    let bundle = load(wanted, Assume::default(), wire)?;
    let id = &contract.options.contract;
    Ok(with_elements(&bundle, id, |_, elements| {
        let lives = Lives::new(id, Some(elements), &[], Stability::default());
        let wanted = contract.elements.iter().map(String::as_str);
        wanted
            .filter(|element| lives.life(element).is_some_and(|life| life.own.is_some()))
            .collect()
    }))
}
