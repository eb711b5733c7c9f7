//! The governed contracts, loaded from both sides.

use super::{
    super::{
        args::CheckArgs,
        failure::Failure,
        find::{self, Tree, stripped},
        pairs::{self, Lost, Paired, Pairs},
        sides::Sides,
    },
    terms,
};
use crate::cli::sniff::is_contract;
use crate::diff::Options;
use crate::judge::identity;
use crate::policy::{
    State,
    files::{ContractEntry, PathGlobs, Policy},
    gate,
    gate::Terms,
};
use crate::spec::Assume;
use crate::world::Wire;
use std::collections::{BTreeMap, BTreeSet};

/// The file of the policy, from the root.
const POLICY: &str = ".contract/contract.yaml";

/// What is governed, and how each contract is compared.
pub(super) struct Planned {
    pub(super) terms: BTreeMap<String, Terms>,
    pub(super) ids: Vec<String>,
    pub(super) pairs: Pairs,
    /// Contracts that head's policy no longer governs, though they are there.
    pub(super) leaving: BTreeSet<String>,
    /// Files of head that are contracts, and that nothing governs.
    pub(super) ungoverned: Vec<String>,
}

/// Finds and loads it.
pub(super) fn planned(
    sides: &Sides,
    base: &State,
    head: &State,
    args: &CheckArgs,
    wire: &Wire,
) -> Result<Planned, Failure> {
    let (trusted, proposed) = (base.rules(), head.rules());
    let (in_base, in_head) = (files(&sides.base)?, files(&sides.head)?);
    // A policy takes effect when it has landed: until then every contract is looked at, as without one.
    let list = gate::planned(&trusted, &proposed, &in_base, &in_head);
    let list = list.filter(|_| trusted.contracts.is_some());
    let Some(list) = list else {
        return all(sides, args, wire);
    };
    let mut planned = Planned {
        terms: BTreeMap::new(),
        ids: Vec::new(),
        pairs: Pairs::default(),
        leaving: BTreeSet::new(),
        ungoverned: Vec::new(),
    };
    planned.pairs.base_is_empty = list.iter().all(|one| one.base.is_none());
    let mut list = list;
    for one in &mut list {
        if one.head.is_none()
            && let Some(path) = &one.base
        {
            one.head = moved(sides, path, (&in_base, &in_head), wire);
        }
    }
    for one in &list {
        planned.terms.insert(
            one.id.clone(),
            terms::terms(&one.id, one.entry, one.proposed),
        );
        // A policy that cannot be read is told as such.
        let readable = head.policy.is_some() || !head.files.contains(POLICY);
        if one.trusted && one.proposed.is_none() && one.head.is_some() && readable {
            planned.leaving.insert(one.id.clone());
        }
        let below = |path: &Option<String>| {
            let path = path.as_deref();
            path.is_some_and(|path| {
                let mut roots = sides.roots.iter();
                roots.any(|root| path == root || stripped(path, root).is_some())
            })
        };
        if !below(&one.base) && !below(&one.head) {
            continue;
        }
        let assume = terms::assume(Some(one.entry));
        let (old, new) = pairs::load_sides(
            sides,
            one.base.as_deref(),
            one.head.as_deref(),
            assume,
            wire,
        );
        match (old.transpose(), new.transpose()) {
            (Ok(old), Ok(new)) => {
                let name = |tree: &Tree, path: &Option<String>| {
                    path.as_deref()
                        .map(|path| tree.name(path))
                        .unwrap_or_default()
                };
                planned.ids.push(one.id.clone());
                planned.pairs.list.push(Paired {
                    key: one
                        .head
                        .clone()
                        .or_else(|| one.base.clone())
                        .unwrap_or_default(),
                    old: old.map(|bundle| (name(&sides.base, &one.base), bundle)),
                    new: new.map(|bundle| (name(&sides.head, &one.head), bundle)),
                    options: terms::options(&one.id, Some(one.entry)),
                });
            }
            (old, new) => {
                planned.pairs.unread += 1;
                let key = one.head.as_ref().or(one.base.as_ref());
                planned.pairs.lost.push(Lost {
                    key: key.cloned().unwrap_or_default(),
                    id: one.id.clone(),
                    in_base: old.is_err(),
                    in_head: new.is_err(),
                });
                let failures = [old.err(), new.err()].into_iter().flatten();
                planned.pairs.failures.extend(failures);
            }
        }
    }
    planned.ungoverned = ungoverned(
        sides,
        &list,
        (&trusted, &proposed),
        &planned.pairs,
        &in_head,
    );
    Ok(planned)
}

/// Files of head that are contracts, and neither governed, nor parts of what is, nor published versions.
fn ungoverned(
    sides: &Sides,
    list: &[gate::Planned<'_>],
    policies: (&Policy, &Policy),
    pairs: &Pairs,
    in_head: &BTreeSet<String>,
) -> Vec<String> {
    let known = list.iter().flat_map(|one| [&one.base, &one.head]);
    let known: BTreeSet<&String> = known.flatten().collect();
    let releases: Vec<&str> = entries(policies.0, policies.1)
        .filter_map(|entry| entry.releases.as_deref())
        .collect();
    let releases = PathGlobs::new(releases).ok();
    let parts: BTreeSet<&str> = pairs
        .list
        .iter()
        .filter_map(|pair| pair.new.as_ref())
        .flat_map(|(_, bundle)| &bundle.files)
        .filter_map(|file| stripped(&file.path, &sides.head.prefix))
        .collect();
    let is_open = |path: &&String| {
        let is_release = releases.as_ref().is_some_and(|globs| globs.matches(path));
        !known.contains(path)
            && !parts.contains(path.as_str())
            && !is_release
            && sides
                .head
                .snapshot
                .read(&sides.head.path(path))
                .is_ok_and(|bytes| is_contract(&bytes))
    };
    in_head.iter().filter(is_open).cloned().collect()
}

fn entries<'p>(base: &'p Policy, head: &'p Policy) -> impl Iterator<Item = &'p ContractEntry> {
    let both = [&base.contracts, &head.contracts];
    both.into_iter().flatten().flatten()
}

/// Where a contract of the base went: the one new file of head that calls itself the same.
fn moved(
    sides: &Sides,
    path: &str,
    (in_base, in_head): (&BTreeSet<String>, &BTreeSet<String>),
    wire: &Wire,
) -> Option<String> {
    let (old, _) = pairs::load_sides(sides, Some(path), None, Assume::default(), wire);
    let old = old?.ok()?;
    let name = identity(&old)?;
    let is_it = |path: &&String| {
        let bytes = sides.head.snapshot.read(&sides.head.path(path));
        if !bytes.is_ok_and(|bytes| is_contract(&bytes)) {
            return false;
        }
        let (_, new) = pairs::load_sides(sides, None, Some(path), Assume::default(), wire);
        let new = new.and_then(Result::ok);
        new.is_some_and(|new| {
            new.dialect.is_api() == old.dialect.is_api() && identity(&new) == Some(name)
        })
    };
    let mut found = in_head.difference(in_base).filter(is_it);
    let first = found.next()?.clone();
    found.next().is_none().then_some(first)
}

/// Without a list, every contract that is found.
fn all(sides: &Sides, args: &CheckArgs, wire: &Wire) -> Result<Planned, Failure> {
    let pairs = pairs::pairs(sides, args, wire)?;
    let mut terms = BTreeMap::new();
    let mut ids = Vec::new();
    for pair in &pairs.list {
        let Options { contract: id, .. } = &pair.options;
        ids.push(id.clone());
        let of = Terms {
            id: id.clone(),
            ..Terms::default()
        };
        terms.insert(id.clone(), of);
    }
    Ok(Planned {
        terms,
        ids,
        pairs,
        leaving: BTreeSet::new(),
        ungoverned: Vec::new(),
    })
}

/// The files of a tree that may be contracts, from its root.
fn files(tree: &Tree) -> Result<BTreeSet<String>, Failure> {
    let all = tree.snapshot.list(&tree.prefix)?;
    let own = all.iter().filter(|path| find::may_be(path));
    let own = own.filter_map(|path| stripped(path, &tree.prefix));
    Ok(own.map(str::to_owned).collect())
}
