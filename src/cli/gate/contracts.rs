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
use crate::diff::Options;
use crate::policy::{State, gate, gate::Terms};
use crate::world::Wire;
use std::collections::{BTreeMap, BTreeSet};

/// What is governed, and how each contract is compared.
pub(super) struct Planned {
    pub(super) terms: BTreeMap<String, Terms>,
    pub(super) ids: Vec<String>,
    pub(super) pairs: Pairs,
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
    };
    planned.pairs.base_is_empty = list.iter().all(|one| one.base.is_none());
    for one in &list {
        planned.terms.insert(
            one.id.clone(),
            terms::terms(&one.id, one.entry, one.proposed),
        );
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
    Ok(planned)
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
    Ok(Planned { terms, ids, pairs })
}

/// The files of a tree that may be contracts, from its root.
fn files(tree: &Tree) -> Result<BTreeSet<String>, Failure> {
    let all = tree.snapshot.list(&tree.prefix)?;
    let own = all.iter().filter(|path| find::may_be(path));
    let own = own.filter_map(|path| stripped(path, &tree.prefix));
    Ok(own.map(str::to_owned).collect())
}
