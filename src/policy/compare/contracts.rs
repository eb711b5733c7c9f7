//! Two states of what a policy says of contracts.

use super::{Differences, NONE, entry::entry};
use crate::policy::files::{ContractEntry, Place, Where};
use std::collections::BTreeMap;

/// Notes what the list of contracts lost, gained, and says otherwise; `None` governs every contract that is found.
pub(super) fn contracts(
    found: &mut Differences,
    [before, after]: [Option<&[ContractEntry]>; 2],
    origins: &BTreeMap<String, Place>,
) {
    match (before, after) {
        (None, None) => {}
        (None, Some(_)) => {
            let place = origins.get("contracts").copied();
            found.put("contracts", "all that are found", "a list", true, place);
        }
        // What the entries asked beyond the defaults is gone.
        (Some(_), None) => {
            found.put("contracts", "a list", "all that are found", true, None);
        }
        (Some(before), Some(after)) => lists(found, before, after, origins),
    }
}

fn lists(
    found: &mut Differences,
    before: &[ContractEntry],
    after: &[ContractEntry],
    origins: &BTreeMap<String, Place>,
) {
    let names = |list: &[ContractEntry]| list.iter().map(name).collect::<Vec<_>>();
    let (old, new) = (names(before), names(after));
    // By name, else by the file or one of the globs; an entry has one counterpart.
    let mut taken = vec![false; after.len()];
    let mut partner = |matches: &dyn Fn(&ContractEntry, &str) -> bool| {
        let place = (0..after.len()).find(|&at| !taken[at] && matches(&after[at], &new[at]))?;
        taken[place] = true;
        Some(place)
    };
    let named: Vec<_> = old
        .iter()
        .map(|name| partner(&|_, other| other == name))
        .collect();
    let partners: Vec<_> = before
        .iter()
        .zip(named)
        .map(|(old, named)| named.or_else(|| partner(&|new, _| share(&old.files, &new.files))))
        .collect();
    for (at, (old_entry, partner)) in before.iter().zip(&partners).enumerate() {
        if let Some(place) = partner {
            let at = |key: &str| origins.get(&format!("contracts[{place}].{key}")).copied();
            entry(found, [old_entry, &after[*place]], &at);
        } else {
            let path = format!("contracts.{}", old[at]);
            found.put(path, show_files(&old_entry.files), NONE, true, None);
        }
    }
    for (at, added) in after.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        let takes = match &added.files {
            Where::File(path) => before.iter().find(|old| old.governs(path)),
            // Which files globs share is known only with the tree.
            Where::Globs(_) => before
                .iter()
                .find(|old| matches!(old.files, Where::Globs(_))),
        };
        let path = format!("contracts.{}", new[at]);
        let place = Some(added.place);
        found.put(path, NONE, show_files(&added.files), takes.is_some(), place);
    }
    order(found, before, after, &partners);
}

/// The first glob that names a file governs it, so their order counts.
fn order(
    found: &mut Differences,
    before: &[ContractEntry],
    after: &[ContractEntry],
    partners: &[Option<usize>],
) {
    let globs = before.iter().zip(partners).filter_map(|(old, partner)| {
        let place = (*partner)?;
        let both = [&old.files, &after[place].files];
        both.iter()
            .all(|files| matches!(files, Where::Globs(_)))
            .then_some(place)
    });
    let places: Vec<usize> = globs.collect();
    if let Some(pair) = places.windows(2).find(|pair| pair[0] > pair[1]) {
        let place = Some(after[pair[1]].place);
        found.put("contracts", "in one order", "in another", true, place);
    }
}

/// The id of an entry for one file, the globs of another.
pub(super) fn name(entry: &ContractEntry) -> String {
    match &entry.files {
        Where::File(path) => entry.id_of(path),
        Where::Globs(_) => show_files(&entry.files),
    }
}

fn share(one: &Where, other: &Where) -> bool {
    match (one, other) {
        (Where::File(one), Where::File(other)) => one == other,
        (Where::Globs(one), Where::Globs(other)) => one.iter().any(|glob| other.contains(glob)),
        (Where::File(_), Where::Globs(_)) | (Where::Globs(_), Where::File(_)) => false,
    }
}

pub(super) fn show_files(files: &Where) -> String {
    match files {
        Where::File(path) => path.clone(),
        Where::Globs(globs) => globs.join(" "),
    }
}
