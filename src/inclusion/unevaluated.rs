//! `unevaluatedProperties` and `unevaluatedItems` said with the other keywords: the values stay the same.
//!
//! More branches that accept a value only ever evaluate more, so whether a member is evaluated needs no word about the
//! branches that do not accept it: "one of the branches that name it accepts the value, or the member holds to the rest".

use super::{
    annotations::{Evaluated, Question, any, evaluated},
    rebuild::{Made, Plan, build, children, map},
    schema::{Arena, Node, NodeId, Record},
    types::Types,
};
use std::rc::Rc;

/// Cases of branches for one keyword; beyond that nothing is said.
const MOST_CASES: usize = 128;

/// The same values without [`Node::Unevaluated`] anywhere below; where that takes too many cases, an opaque set.
pub fn classical(arena: &mut Arena, id: NodeId) -> NodeId {
    let mut known = arena.take_classical();
    let made = build(&mut Elimination, arena, &id, &mut known);
    arena.set_classical(known);
    made
}

struct Elimination;

impl Plan for Elimination {
    type Key = NodeId;

    fn below(&mut self, arena: &mut Arena, id: &NodeId) -> Vec<NodeId> {
        children(arena.get(*id))
    }

    fn changes(&self, arena: &Arena, id: &NodeId) -> bool {
        matches!(arena.get(*id), Node::Unevaluated { .. })
    }

    fn same(&self, id: &NodeId) -> NodeId {
        *id
    }

    fn make(&mut self, arena: &mut Arena, id: &NodeId, made: &mut Made<NodeId>) -> NodeId {
        let node = arena.get(*id).clone();
        let Node::Unevaluated {
            base,
            members,
            items,
        } = node
        else {
            let node = map(&node, &mut |child| made.at(arena, &child));
            return arena.add(node);
        };
        let mut to = |arena: &mut Arena, child: NodeId| made.at(arena, &child);
        let found = evaluated(arena, base, Question::Evaluated, &mut to);
        let mut parts = vec![to(arena, base)];
        if let Some(rest) = members {
            let rest = to(arena, rest);
            let closed = close_members(arena, &found, rest);
            let keyword = "unevaluatedProperties";
            parts.push(closed.unwrap_or_else(|| undecided(arena, *id, keyword, &found)));
        }
        if let Some(rest) = items {
            let rest = to(arena, rest);
            let closed = close_items(arena, &found, rest);
            let keyword = "unevaluatedItems";
            parts.push(closed.unwrap_or_else(|| undecided(arena, *id, keyword, &found)));
        }
        arena.all(parts)
    }
}

/// A set of its own for a keyword that has no other form.
fn undecided(arena: &mut Arena, id: NodeId, keyword: &str, found: &Evaluated) -> NodeId {
    let number = id.number();
    let name = match &found.unknown {
        Some(why) => format!("`{keyword}` (no. {number}) beside {why}"),
        None => format!("`{keyword}` (no. {number}) over more than {MOST_CASES} cases of branches"),
    };
    arena.add(Node::Opaque(name.into()))
}

/// Every member is evaluated or belongs to `rest`.
pub(super) fn close_members(arena: &mut Arena, found: &Evaluated, rest: NodeId) -> Option<NodeId> {
    if rest == Arena::ANYTHING || found.members == Arena::ANYTHING {
        return Some(Arena::ANYTHING);
    }
    if found.unknown.is_some() {
        return None;
    }
    let (always, groups) = grouped(
        found
            .patterns
            .iter()
            .map(|(pattern, on)| (pattern.clone(), *on)),
    );
    let (_, names) = grouped(found.names.iter().map(|(name, on)| (name.clone(), *on)));
    let mut cases = vec![found.members];
    for chosen in subsets(groups.len())? {
        let mut patterns = always.clone();
        let mut parts = Vec::new();
        for (_, (on, group)) in groups
            .iter()
            .enumerate()
            .filter(|(index, _)| chosen & (1 << index) != 0)
        {
            parts.push(*on);
            patterns.extend(group.iter().cloned());
        }
        let all = found.names.keys().cloned().collect::<Vec<_>>();
        parts.push(members(arena, &all, &patterns, rest));
        for (on, group) in &names {
            let held = if patterns.is_empty() {
                named(arena, group, rest)
            } else {
                let others: Vec<Rc<str>> = all
                    .iter()
                    .filter(|name| !group.contains(name))
                    .cloned()
                    .collect();
                members(arena, &others, &patterns, rest)
            };
            parts.push(any(arena, [*on, held].into_iter()));
        }
        cases.push(arena.all(parts));
    }
    Some(any(arena, cases.into_iter()))
}

/// Every item is evaluated or belongs to `rest`.
fn close_items(arena: &mut Arena, found: &Evaluated, rest: NodeId) -> Option<NodeId> {
    if rest == Arena::ANYTHING || found.items == Arena::ANYTHING {
        return Some(Arena::ANYTHING);
    }
    if found.unknown.is_some() {
        return None;
    }
    let (always, groups) = grouped(found.contains.iter().map(|(schema, on)| (*schema, *on)));
    let mut cases = vec![found.items];
    for chosen in subsets(groups.len())? {
        let mut held = always.clone();
        let mut parts = Vec::new();
        for (_, (on, group)) in groups
            .iter()
            .enumerate()
            .filter(|(index, _)| chosen & (1 << index) != 0)
        {
            parts.push(*on);
            held.extend(group.iter().copied());
        }
        held.push(rest);
        let held = any(arena, held.into_iter());
        parts.push(items(
            arena,
            found.prefix.len(),
            found.prefix.len(),
            Some(held),
        ));
        for (start, end, on) in runs(&found.prefix) {
            let run = items(arena, start, end, None);
            let run = match arena.get(run).clone() {
                Node::Record(mut record) => {
                    record.arrays.prefix[start..end].fill(held);
                    arena.record(*record)
                }
                _ => run,
            };
            parts.push(any(arena, [on, run].into_iter()));
        }
        cases.push(arena.all(parts));
    }
    Some(any(arena, cases.into_iter()))
}

/// Positions that are evaluated under one condition, each as start and end; those always evaluated are left out.
fn runs(prefix: &[NodeId]) -> Vec<(usize, usize, NodeId)> {
    let mut runs: Vec<(usize, usize, NodeId)> = Vec::new();
    for (index, on) in prefix.iter().enumerate() {
        match runs.last_mut() {
            Some((_, end, last)) if *last == *on => *end = index + 1,
            _ => runs.push((index, index + 1, *on)),
        }
    }
    runs.retain(|(_, _, on)| *on != Arena::ANYTHING);
    runs
}

/// What is always evaluated, and what is under each condition.
fn grouped<T>(found: impl Iterator<Item = (T, NodeId)>) -> (Vec<T>, Vec<(NodeId, Vec<T>)>) {
    let mut always = Vec::new();
    let mut groups: Vec<(NodeId, Vec<T>)> = Vec::new();
    for (what, on) in found {
        if on == Arena::ANYTHING {
            always.push(what);
        } else if let Some((_, group)) = groups.iter_mut().find(|(known, _)| *known == on) {
            group.push(what);
        } else {
            groups.push((on, vec![what]));
        }
    }
    (always, groups)
}

/// The subsets of so many conditions as bits, unless they are too many.
fn subsets(conditions: usize) -> Option<std::ops::Range<usize>> {
    let cases = 1_usize.checked_shl(u32::try_from(conditions).ok()?)?;
    (cases <= MOST_CASES).then_some(0..cases)
}

/// Objects whose members belong to `rest` unless they have one of these names.
pub(super) fn members(
    arena: &mut Arena,
    names: &[Rc<str>],
    patterns: &[Rc<str>],
    rest: NodeId,
) -> NodeId {
    let mut record = Record::of(Types::ALL);
    record.objects.members = names
        .iter()
        .map(|name| (name.clone(), Arena::ANYTHING))
        .collect();
    record.objects.patterns = patterns
        .iter()
        .map(|pattern| (pattern.clone(), Arena::ANYTHING))
        .collect();
    record.objects.rest = Some(rest);
    arena.record(record)
}

/// Objects whose members of these names belong to a schema.
pub(super) fn named(arena: &mut Arena, names: &[Rc<str>], schema: NodeId) -> NodeId {
    let mut record = Record::of(Types::ALL);
    record.objects.members = names.iter().map(|name| (name.clone(), schema)).collect();
    arena.record(record)
}

/// Arrays with so many items of any kind, of which the ones from `start` on are set by the caller, and a rest.
fn items(arena: &mut Arena, start: usize, end: usize, rest: Option<NodeId>) -> NodeId {
    let mut record = Record::of(Types::ALL);
    record.arrays.prefix = vec![Arena::ANYTHING; start.max(end)];
    record.arrays.rest = rest;
    arena.record(record)
}

#[cfg(test)]
mod tests;
