//! What may be left out at a place, by all schemas that apply there.

use super::{
    facts::{Facts, is_structured, types},
    place::apart,
    stable::{is_scalar, is_stable, mentioned},
};
use crate::inclusion::{
    rebuild::in_place_order,
    schema::{Arena, Node, NodeId, Record, WRITTEN_WHOLE},
    types::Types,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// The schemas that apply together; none where what stands there stays as it is.
pub(super) type Together = Option<Rc<[NodeId]>>;

/// What leaving out does at a place.
pub(super) enum Level {
    /// Nothing, here and inside.
    Frozen,
    /// Something else in each of these cases, told apart by what is never left out.
    Split(Vec<NodeId>),
    /// It keeps some names, or all.
    Kept(Kept),
}

/// What is kept at a place, and the places inside.
#[derive(Default)]
pub(super) struct Kept {
    /// The names that stay; `None` where all do.
    pub(super) names: Option<BTreeSet<Rc<str>>>,
    pub(super) inside: BTreeMap<Rc<str>, Together>,
    /// For members that `inside` does not name.
    pub(super) others: Together,
    pub(super) prefix: Vec<Together>,
    pub(super) items: Together,
}

pub(super) fn is_closed(arena: &Arena, record: &Record) -> bool {
    let nothing = |rest| arena.follow(rest) == Arena::NOTHING;
    record.objects.rest.is_some_and(nothing)
}

/// The place of schemas that apply together.
pub(super) fn together(arena: &Arena, schemas: impl IntoIterator<Item = NodeId>) -> Together {
    let mut ids: Vec<NodeId> = schemas.into_iter().map(|id| arena.follow(id)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| *id != Arena::ANYTHING && is_structured(arena, *id));
    (!ids.is_empty()).then(|| ids.into())
}

pub(super) fn level(arena: &mut Arena, place: &[NodeId]) -> Level {
    let mut found = Found {
        // Several schemas of a place need not apply to the same member.
        within: match place {
            [root] => types(arena, *root),
            _ => Types::ALL,
        },
        records: Vec::new(),
        refused: Vec::new(),
    };
    for root in place {
        let Some(order) = in_place_order(arena, *root) else {
            return Level::Frozen;
        };
        if !order.iter().all(|id| found.take(arena, *id)) {
            return Level::Frozen;
        }
    }
    if let [root] = place
        && let Some(cases) = split(arena, *root, found.within)
    {
        return Level::Split(cases);
    }
    let kept = found.kept(arena);
    let is_stable = |id: &NodeId| is_stable(arena, *id, kept.names.as_ref());
    if !found.refused.iter().all(is_stable) {
        return Level::Frozen;
    }
    Level::Kept(kept)
}

/// A schema by the branches of a choice that what is never left out tells apart.
fn split(arena: &mut Arena, root: NodeId, within: Types) -> Option<Vec<NodeId>> {
    let mut parts = Vec::new();
    let mut pending = vec![root];
    while let Some(id) = pending.pop() {
        match arena.get(id) {
            Node::All(inner) => pending.extend(inner.iter().rev()),
            Node::Link(inner) => pending.push(*inner),
            _ if parts.contains(&id) => {}
            _ => parts.push(id),
        }
    }
    let branches = |arena: &Arena, id: NodeId| match arena.get(id) {
        Node::Any(branches) | Node::One(branches) => Some(branches.to_vec()),
        _ => None,
    };
    let (chosen, branches) = parts.iter().enumerate().find_map(|(index, part)| {
        let branches = branches(arena, *part)?;
        let structured = branches
            .iter()
            .filter(|id| is_structured(arena, **id))
            .count();
        let tagged = structured > 1 && apart(arena, &branches, within, Facts::are_tagged_apart);
        tagged.then_some((index, branches))
    })?;
    parts.remove(chosen);
    let cases = branches.iter().map(|branch| {
        let excluded = |id: &NodeId| *id != *branch && branches.contains(id);
        let mut all: Vec<NodeId> = Vec::new();
        for part in &parts {
            all.push(match arena.get(*part).clone() {
                // A condition on another branch is false here.
                Node::Any(parts) => {
                    let left = parts
                        .iter()
                        .copied()
                        .filter(|part| !excludes(arena, *part, &excluded));
                    let left = left.collect();
                    arena.any(left)
                }
                _ => *part,
            });
        }
        all.push(*branch);
        arena.all(all)
    });
    Some(cases.collect())
}

/// Whether a schema is one of these, or all of some with one of these among them.
fn excludes(arena: &Arena, id: NodeId, excluded: &dyn Fn(&NodeId) -> bool) -> bool {
    match arena.get(id) {
        Node::All(parts) => parts.iter().any(excluded),
        _ => excluded(&id),
    }
}

/// What applies at a place.
struct Found {
    within: Types,
    records: Vec<Record>,
    /// What values here must not be.
    refused: Vec<NodeId>,
}

impl Found {
    /// Takes a schema of the place; false where nothing inside may be left out.
    fn take(&mut self, arena: &Arena, id: NodeId) -> bool {
        match arena.get(id) {
            Node::Record(record) => self.records.push((**record).clone()),
            Node::Not(inner) => self.refused.push(*inner),
            Node::Values(values) => return values.iter().all(is_scalar),
            Node::One(parts) => return apart(arena, parts, self.within, Facts::are_apart),
            Node::Opaque(name) => return &**name == WRITTEN_WHOLE,
            Node::Unevaluated { .. } | Node::Open => return false,
            Node::Anything | Node::Nothing | Node::All(_) | Node::Any(_) | Node::Link(_) => {}
        }
        true
    }

    fn kept(&self, arena: &Arena) -> Kept {
        let mut kept = Kept {
            names: self.names(arena),
            ..Kept::default()
        };
        self.members(arena, &mut kept);
        self.items(arena, &mut kept);
        kept
    }

    /// The names that stay, where leaving out the others can be said.
    fn names(&self, arena: &Arena) -> Option<BTreeSet<Rc<str>>> {
        let mut names: BTreeSet<Rc<str>> = BTreeSet::new();
        let mut patterns: BTreeSet<Rc<str>> = BTreeSet::new();
        for record in &self.records {
            let objects = &record.objects;
            let counts_others = objects.fewest > objects.required.len() as u64;
            let declares_all = objects.rest.is_some() && !is_closed(arena, record);
            if counts_others || declares_all {
                return None;
            }
            let said = objects.members.keys().chain(&objects.required);
            names.extend(said.chain(&objects.declared).cloned());
            patterns.extend(objects.patterns.iter().map(|(pattern, _)| pattern.clone()));
        }
        for id in &self.refused {
            names.extend(mentioned(arena, *id));
        }
        for record in self
            .records
            .iter()
            .filter(|record| is_closed(arena, record))
        {
            let objects = &record.objects;
            let own: BTreeSet<Rc<str>> = objects
                .patterns
                .iter()
                .map(|(pattern, _)| pattern.clone())
                .collect();
            let knows = |name: &Rc<str>| objects.members.contains_key(name);
            // Whether a name matches a pattern is not asked here.
            if own != patterns || (!own.is_empty() && !names.iter().all(knows)) {
                return None;
            }
        }
        Some(names)
    }

    fn members(&self, arena: &Arena, kept: &mut Kept) {
        let objects = || self.records.iter().map(|record| &record.objects);
        let named: BTreeSet<&Rc<str>> = objects()
            .flat_map(|objects| objects.members.keys())
            .collect();
        let rests = || objects().filter_map(|objects| objects.rest);
        let says = |rest: NodeId| arena.follow(rest) != Arena::NOTHING;
        let overlaps = objects().any(|objects| {
            let misses = named
                .iter()
                .any(|name| !objects.members.contains_key(*name));
            !objects.patterns.is_empty() || (objects.rest.is_some_and(says) && misses)
        });
        let of = |name: &Rc<str>| {
            let schemas = objects().filter_map(|objects| objects.members.get(name).copied());
            schemas.collect::<Vec<_>>()
        };
        if overlaps {
            // One schema may speak of names that another tells apart: all members are one place.
            let patterns =
                objects().flat_map(|objects| objects.patterns.iter().map(|(_, schema)| *schema));
            let all = named
                .iter()
                .flat_map(|name| of(name))
                .chain(patterns)
                .chain(rests());
            kept.others = together(arena, all);
            return;
        }
        kept.others = together(arena, rests());
        kept.inside = named
            .into_iter()
            .map(|name| (name.clone(), together(arena, of(name))))
            .collect();
    }

    fn items(&self, arena: &Arena, kept: &mut Kept) {
        let arrays = || self.records.iter().map(|record| &record.arrays);
        if arrays().any(|arrays| arrays.unique || !arrays.contains.is_empty()) {
            return;
        }
        let rests = || arrays().filter_map(|arrays| arrays.rest);
        let speaking =
            || arrays().filter(|arrays| !arrays.prefix.is_empty() || arrays.rest.is_some());
        let lengths: BTreeSet<usize> = speaking().map(|arrays| arrays.prefix.len()).collect();
        if lengths.len() > 1 {
            let all = arrays()
                .flat_map(|arrays| arrays.prefix.iter().copied())
                .chain(rests());
            kept.items = together(arena, all);
            return;
        }
        kept.items = together(arena, rests());
        for index in 0..lengths.first().copied().unwrap_or(0) {
            let at = arrays().filter_map(|arrays| arrays.prefix.get(index).copied());
            kept.prefix.push(together(arena, at));
        }
    }
}
