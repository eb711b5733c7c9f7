//! Which operation succeeds which: by method and path, server base paths joined, placeholders by position.

use super::pair::{Pair, by_key};
use crate::spec::{Contract, Operation, Server, positional};
use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use std::collections::BTreeSet;

/// The operations of both sides, paired.
#[derive(Debug)]
pub struct Matched<'c, 'd> {
    /// One entry per operation, with the path its element id shows.
    pub pairs: Vec<(Pair<'c, Operation<'d>>, String)>,
    /// The document's base paths before and after, when they changed though all that could be matched survived.
    pub base_changed: Option<(String, String)>,
}

fn bases(servers: &[Server<'_>]) -> BTreeSet<String> {
    if servers.is_empty() {
        return BTreeSet::from([String::new()]);
    }
    servers
        .iter()
        .map(|server| server.base_path.clone())
        .collect()
}

fn bases_of(contract: &Contract<'_>, operation: &Operation<'_>) -> BTreeSet<String> {
    bases(operation.servers.as_deref().unwrap_or(&contract.servers))
}

/// The path with its base path in front, when there is just one.
pub(super) fn joined(contract: &Contract<'_>, operation: &Operation<'_>) -> String {
    let bases = bases_of(contract, operation);
    match bases.first() {
        Some(base) if bases.len() == 1 => format!("{base}{}", operation.path),
        _ => operation.path.to_owned(),
    }
}

/// Pairs the operations below `paths`.
#[must_use]
pub fn match_operations<'c, 'd>(old: &'c Contract<'d>, new: &'c Contract<'d>) -> Matched<'c, 'd> {
    let (old_bases, new_bases) = (bases(&old.servers), bases(&new.servers));
    let plain = |_: &Contract<'_>, operation: &Operation<'_>| operation.path.to_owned();
    if !old_bases.is_disjoint(&new_bases) {
        return Matched {
            pairs: pair_up(old, new, plain),
            base_changed: None,
        };
    }
    let pairs = pair_up(old, new, joined);
    let survive = |pairs: &[(Pair<'c, Operation<'d>>, String)]| {
        pairs
            .iter()
            .filter(|(pair, _)| pair.both().is_some())
            .count()
    };
    if survive(&pairs) > 0 {
        return Matched {
            pairs,
            base_changed: None,
        };
    }
    let by_path = pair_up(old, new, plain);
    if survive(&by_path) == 0 {
        return Matched {
            pairs,
            base_changed: None,
        };
    }
    let show = |bases: &BTreeSet<String>| {
        let shown: Vec<&str> = bases
            .iter()
            .map(|base| if base.is_empty() { "/" } else { base })
            .collect();
        shown.join(", ")
    };
    Matched {
        base_changed: Some((show(&old_bases), show(&new_bases))),
        pairs: by_path,
    }
}

/// Pairs by path; operations that only their parameter names tell apart are matched by exact spelling first.
fn pair_up<'c, 'd>(
    old: &'c Contract<'d>,
    new: &'c Contract<'d>,
    path: impl Fn(&Contract<'_>, &Operation<'_>) -> String,
) -> Vec<(Pair<'c, Operation<'d>>, String)> {
    let key = |contract: &Contract<'_>, operation: &Operation<'_>| {
        (
            operation.method.clone(),
            positional(&path(contract, operation)),
        )
    };
    let mut alike: HashSet<(String, String)> = HashSet::new();
    for contract in [old, new] {
        let mut seen = HashSet::new();
        for operation in contract.operations() {
            let key = key(contract, operation);
            if !seen.insert(key.clone()) {
                alike.insert(key);
            }
        }
    }
    // The identity of an operation: its address, since values may be equal.
    let full = |contract: &Contract<'_>, operation: &Operation<'_>| {
        let by_position = key(contract, operation);
        if alike.contains(&by_position) {
            (operation.method.clone(), path(contract, operation))
        } else {
            by_position
        }
    };
    let mut keys: HashMap<*const Operation<'d>, (String, String)> = HashMap::new();
    for contract in [old, new] {
        for operation in contract.operations() {
            keys.insert(std::ptr::from_ref(operation), full(contract, operation));
        }
    }
    let mut pairs = by_key(old.operations(), new.operations(), |operation| {
        keys[&std::ptr::from_ref(operation)].clone()
    });
    adopt_renamed(&mut pairs, |operation| positional(operation.path));
    pairs
        .into_iter()
        .map(|pair| {
            let shown = match (pair.old, pair.new) {
                (Some(operation), _) => label(old, operation, &alike, &key),
                (None, Some(operation)) => label(new, operation, &alike, &key),
                (None, None) => String::new(),
            };
            (pair, shown)
        })
        .collect()
}

fn label(
    contract: &Contract<'_>,
    operation: &Operation<'_>,
    alike: &HashSet<(String, String)>,
    key: &impl Fn(&Contract<'_>, &Operation<'_>) -> (String, String),
) -> String {
    let path = joined(contract, operation);
    if alike.contains(&key(contract, operation)) {
        path
    } else {
        positional(&path)
    }
}

/// Operations that exact spelling left alone are paired by position, when both sides have one of that kind left.
fn adopt_renamed<'c, 'd>(
    pairs: &mut Vec<Pair<'c, Operation<'d>>>,
    position: impl Fn(&Operation<'d>) -> String,
) {
    let mut fresh: HashMap<(String, String), Vec<&'c Operation<'d>>> = HashMap::new();
    for operation in pairs.iter().rev().filter_map(Pair::fresh) {
        let key = (operation.method.clone(), position(operation));
        fresh.entry(key).or_default().push(operation);
    }
    if fresh.is_empty() {
        return;
    }
    let mut adopted: HashSet<*const Operation<'d>> = HashSet::new();
    for pair in pairs.iter_mut() {
        let Some(operation) = pair.gone() else {
            continue;
        };
        let key = (operation.method.clone(), position(operation));
        // Only among look-alikes: a path moved under another base is a removal and an addition.
        if let Some(successor) = fresh.get_mut(&key).and_then(Vec::pop)
            && operation.path != successor.path
        {
            adopted.insert(std::ptr::from_ref(successor));
            pair.new = Some(successor);
        }
    }
    pairs.retain(|pair| {
        pair.fresh()
            .is_none_or(|operation| !adopted.contains(&std::ptr::from_ref(operation)))
    });
}

/// Pairs callbacks by name, expression, and method; what is left alone under a name and a method has a new expression.
pub(super) fn match_callbacks<'c, 'd>(
    old: &'c [Operation<'d>],
    new: &'c [Operation<'d>],
) -> Vec<Pair<'c, Operation<'d>>> {
    let mut pairs = by_key(old, new, |operation| {
        (
            operation.surface.clone(),
            operation.path,
            operation.method.clone(),
        )
    });
    let kind = |operation: &Operation<'d>| (operation.surface.clone(), operation.method.clone());
    let (mut gone, mut fresh) = (HashMap::new(), HashMap::new());
    for pair in &pairs {
        if let Some(operation) = pair.gone() {
            *gone.entry(kind(operation)).or_insert(0) += 1;
        }
        if let Some(operation) = pair.fresh() {
            fresh
                .entry(kind(operation))
                .or_insert_with(Vec::new)
                .push(operation);
        }
    }
    let mut adopted: HashSet<*const Operation<'d>> = HashSet::new();
    for pair in &mut pairs {
        let Some(operation) = pair.gone() else {
            continue;
        };
        let key = kind(operation);
        if let (Some(1), Some([successor])) = (gone.get(&key), fresh.get(&key).map(Vec::as_slice)) {
            adopted.insert(std::ptr::from_ref(*successor));
            pair.new = Some(*successor);
        }
    }
    pairs.retain(|pair| {
        pair.fresh()
            .is_none_or(|operation| !adopted.contains(&std::ptr::from_ref(operation)))
    });
    pairs
}
