//! The contracts of both sides, loaded and paired.

use super::{
    args::CheckArgs,
    failure::Failure,
    find::{Found, Tree, id, stripped},
    load::{Wanted, load, load_both},
    sides::Sides,
};
use crate::diff::Options;
use crate::judge::identity;
use crate::spec::{Assume, Bundle};
use crate::world::Wire;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// One contract, on the sides that have it.
pub(super) struct Paired {
    /// Its key in head, or in the base when it is gone.
    pub(super) key: String,
    pub(super) old: Option<(String, Bundle)>,
    pub(super) new: Option<(String, Bundle)>,
    /// How it is compared, and its id.
    pub(super) options: Options,
}

/// What both sides hold, and why some of it could not be read.
#[derive(Default)]
pub(super) struct Pairs {
    pub(super) list: Vec<Paired>,
    pub(super) failures: Vec<Failure>,
    pub(super) base_is_empty: bool,
    /// Contracts that could not be loaded; there were contracts, then.
    pub(super) unread: usize,
    /// Which they are.
    pub(super) lost: Vec<Lost>,
}

/// A contract that could not be loaded, and on which sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lost {
    /// Its key in head, or in the base when it is gone.
    pub(super) key: String,
    pub(super) id: String,
    pub(super) in_base: bool,
    pub(super) in_head: bool,
}

/// Finds, loads, and pairs the contracts of both sides by path.
pub(super) fn pairs(sides: &Sides, args: &CheckArgs, wire: &Wire) -> Result<Pairs, Failure> {
    let mut result = Pairs::default();
    let (in_head, in_base) = &sides.hidden;
    let failures = &mut result.failures;
    let head = sides
        .head
        .find(&sides.roots, in_head.as_deref(), failures)?;
    let base = sides
        .base
        .find(&sides.roots, in_base.as_deref(), failures)?;
    absent(sides, &head, &base)?;
    result.base_is_empty = base.contracts.is_empty();
    let mut keys: BTreeSet<&String> = head.contracts.union(&base.contracts).collect();
    keys.extend(sides.named());
    let mut loaded: BTreeMap<String, Loaded> = BTreeMap::new();
    for key in keys {
        match load_pair(sides, key, &head, &base, wire) {
            Ok(pair) => {
                loaded.insert(key.clone(), pair);
            }
            Err(failures) => {
                let (old, new) = *failures;
                result.unread += 1;
                result.lost.push(Lost {
                    key: key.clone(),
                    id: id(key),
                    in_base: old.is_some(),
                    in_head: new.is_some(),
                });
                for failure in [old, new].into_iter().flatten() {
                    // A broken file that many contracts refer to is one fault.
                    if !result.failures.contains(&failure) {
                        result.failures.push(failure);
                    }
                }
            }
        }
    }
    let named: HashSet<&String> = sides.named().collect();
    let parts = parts(sides, &loaded);
    loaded.retain(|key, _| named.contains(key) || !parts.contains(key));
    result.list = moved(sides, args, loaded);
    if args.reading.contract.is_some() && result.list.len() > 1 {
        return Err(Failure::usage(
            format!(
                "--contract names one contract, and {} were found",
                result.list.len()
            ),
            "name the one that is meant as PATH",
        ));
    }
    Ok(result)
}

/// A path that leads nowhere on both sides was mistyped.
fn absent(sides: &Sides, head: &Found, base: &Found) -> Result<(), Failure> {
    for ((typed, kind), root) in sides.typed.iter().zip(&sides.roots) {
        let is_there = |found: &Found| {
            found
                .files
                .iter()
                .any(|key| key == root || stripped(key, root).is_some())
        };
        if *kind == crate::world::AreaKind::Absent && !is_there(head) && !is_there(base) {
            return Err(Failure::usage(
                format!("`{typed}` is neither here nor in the base"),
                "name a folder, or a contract",
            ));
        }
    }
    Ok(())
}

struct Loaded {
    old: Option<Bundle>,
    new: Option<Bundle>,
}

/// Why a side could not be loaded.
type Failures = Box<(Option<Failure>, Option<Failure>)>;

fn load_pair(
    sides: &Sides,
    key: &str,
    head: &Found,
    base: &Found,
    wire: &Wire,
) -> Result<Loaded, Failures> {
    let there = |found: &Found| found.files.contains(key).then_some(key);
    // A file that was named and is on no side is asked for in head, which says so.
    let (old, new) = match (there(base), there(head)) {
        (None, None) => (None, Some(key)),
        sides => sides,
    };
    let (old, new) = load_sides(sides, old, new, Assume::default(), wire);
    // What was no contract before is no promise; the file only starts to be one.
    let old = old.filter(|old| old.is_ok() || base.contracts.contains(key));
    match (old.transpose(), new.transpose()) {
        (Ok(old), Ok(new)) => Ok(Loaded { old, new }),
        (old, new) => Err(Box::new((old.err(), new.err()))),
    }
}

/// A side that was loaded, where there is one.
type Side = Option<Result<Bundle, Failure>>;

/// Loads a contract from the files of both sides.
pub(super) fn load_sides(
    sides: &Sides,
    old: Option<&str>,
    new: Option<&str>,
    assume: Assume,
    wire: &Wire,
) -> (Side, Side) {
    let place = |tree: &Tree, key: Option<&str>| {
        let key = key.unwrap_or_default();
        (tree.path(key), tree.name(key))
    };
    let (old_place, new_place) = (place(&sides.base, old), place(&sides.head, new));
    let before = Wanted {
        snapshot: &sides.base.snapshot,
        entry: &old_place.0,
        name: &old_place.1,
    };
    let after = Wanted {
        snapshot: &sides.head.snapshot,
        entry: &new_place.0,
        name: &new_place.1,
    };
    match (old, new) {
        (Some(_), Some(_)) => {
            let (before, after) = load_both(before, after, assume, wire);
            (Some(before), Some(after))
        }
        (Some(_), None) => (Some(load(before, assume, wire)), None),
        (None, Some(_)) => (None, Some(load(after, assume, wire))),
        (None, None) => (None, None),
    }
}

/// The keys of contracts that are parts of others, on every side that has them.
fn parts(sides: &Sides, loaded: &BTreeMap<String, Loaded>) -> HashSet<String> {
    let old = parts_of(&sides.base, loaded, |pair| pair.old.as_ref());
    let new = parts_of(&sides.head, loaded, |pair| pair.new.as_ref());
    loaded
        .iter()
        .filter(|(key, pair)| {
            let part = |side: &HashSet<String>, bundle: &Option<Bundle>| {
                bundle.is_none() || side.contains(*key)
            };
            part(&old, &pair.old) && part(&new, &pair.new)
        })
        .map(|(key, _)| key.clone())
        .collect()
}

fn parts_of<'l>(
    tree: &Tree,
    loaded: &'l BTreeMap<String, Loaded>,
    side: impl Fn(&'l Loaded) -> Option<&'l Bundle>,
) -> HashSet<String> {
    // Everything a contract reaches, by key; the entry itself is the first file.
    let reached: BTreeMap<&str, HashSet<&str>> = loaded
        .iter()
        .filter_map(|(key, pair)| Some((key.as_str(), side(pair)?)))
        .map(|(key, bundle)| {
            let files = bundle.files.iter().skip(1);
            let keys = files.filter_map(|file| stripped(&file.path, &tree.prefix));
            (key, keys.collect())
        })
        .collect();
    let mut parts = HashSet::new();
    for (from, to) in &reached {
        for part in to.iter().filter(|part| *part != from) {
            // Two that hold each other are one contract, known by the first.
            let mutual = reached.get(part).is_some_and(|back| back.contains(from));
            if !mutual || *from < *part {
                parts.insert((*part).to_owned());
            }
        }
    }
    parts
}

/// Joins what went and what came under the same title or `$id`, where there is one of each only.
fn moved(sides: &Sides, args: &CheckArgs, mut loaded: BTreeMap<String, Loaded>) -> Vec<Paired> {
    let mut gone: BTreeMap<(bool, String), Vec<String>> = BTreeMap::new();
    let mut come: BTreeMap<(bool, String), Vec<String>> = BTreeMap::new();
    for (key, pair) in &loaded {
        let (bundle, into) = match pair {
            Loaded {
                old: Some(old),
                new: None,
            } => (old, &mut gone),
            Loaded {
                old: None,
                new: Some(new),
            } => (new, &mut come),
            Loaded { .. } => continue,
        };
        if let Some(title) = identity(bundle) {
            let title = (bundle.dialect.is_api(), title.to_owned());
            into.entry(title).or_default().push(key.clone());
        }
    }
    let mut from: BTreeMap<String, String> = BTreeMap::new();
    for (title, old) in &gone {
        if let ([old], Some([new])) = (old.as_slice(), come.get(title).map(Vec::as_slice)) {
            from.insert(new.clone(), old.clone());
        }
    }
    let mut pairs = Vec::new();
    let mut olds: BTreeMap<String, Option<Bundle>> = BTreeMap::new();
    for old in from.values() {
        olds.insert(old.clone(), loaded.remove(old).and_then(|pair| pair.old));
    }
    for (key, pair) in loaded {
        let before = from.get(&key).unwrap_or(&key);
        let old = pair.old.or_else(|| olds.remove(before).flatten());
        pairs.push(Paired {
            old: old.map(|bundle| (sides.base.name(before), bundle)),
            new: pair.new.map(|bundle| (sides.head.name(&key), bundle)),
            options: Options {
                contract: args.reading.contract.clone().unwrap_or_else(|| id(&key)),
                ..Options::default()
            },
            key,
        });
    }
    pairs
}
