//! Where a reader closes or narrows what an object does not name.

use super::facts::{Facts, facts};
use crate::inclusion::{
    rebuild::children,
    schema::{Arena, Node, NodeId},
    types::Types,
};
use foldhash::HashMap;
use std::collections::BTreeSet;

/// Branches on one side that are compared with those on the other.
pub(super) const MOST_COMPARED: usize = 64;

/// Which schemas narrow an object, themselves or anywhere below.
#[derive(Debug, Default)]
pub(super) struct Narrowing {
    known: HashMap<NodeId, bool>,
}

impl Narrowing {
    /// Looks at a schema and everything below.
    pub(super) fn learn(&mut self, arena: &Arena, root: NodeId) {
        let mut parents: HashMap<NodeId, Vec<NodeId>> = HashMap::default();
        let mut met = Vec::new();
        let mut pending = vec![root];
        let mut narrow = Vec::new();
        while let Some(id) = pending.pop() {
            match self.known.get(&id) {
                Some(true) => narrow.push(id),
                Some(false) => {}
                None => {
                    self.known.insert(id, false);
                    met.push(id);
                    if is_narrow(arena, arena.get(id)) {
                        narrow.push(id);
                    }
                    for child in children(arena.get(id)) {
                        parents.entry(child).or_default().push(id);
                        pending.push(child);
                    }
                }
            }
        }
        // A circle meets schemas again that are not settled yet: only what narrows is carried up.
        let mut carried: BTreeSet<NodeId> = BTreeSet::new();
        while let Some(id) = narrow.pop() {
            if carried.insert(id) {
                self.known.insert(id, true);
                narrow.extend(parents.get(&id).into_iter().flatten());
            }
        }
    }

    /// Whether a schema narrows an object somewhere; one that was not looked at may.
    pub(super) fn below(&self, id: NodeId) -> bool {
        self.known.get(&id).copied().unwrap_or(true)
    }
}

fn is_narrow(arena: &Arena, node: &Node) -> bool {
    let narrows =
        |rest: Option<NodeId>| rest.is_some_and(|rest| arena.follow(rest) != Arena::ANYTHING);
    match node {
        Node::Record(record) => narrows(record.objects.rest),
        Node::Unevaluated { members, .. } => narrows(*members),
        Node::Anything
        | Node::Nothing
        | Node::Values(_)
        | Node::All(_)
        | Node::Any(_)
        | Node::One(_)
        | Node::Not(_)
        | Node::Link(_)
        | Node::Opaque(_)
        | Node::Open => false,
    }
}

/// Records and `Unevaluated` of the reader that may apply where these branches of the writer do.
pub(super) fn atoms_beside(
    arena: &Arena,
    roots: &[NodeId],
    branches: &[NodeId],
) -> BTreeSet<NodeId> {
    let own: Vec<Facts> = branches
        .iter()
        .take(MOST_COMPARED)
        .map(|id| facts(arena, *id))
        .collect();
    let structured = Types::OBJECT.or(Types::ARRAY);
    let beside = |id: &NodeId| {
        let other = facts(arena, *id);
        !own.iter()
            .any(|own| own.are_tagged_apart(&other, arena, structured))
    };
    let (mut found, mut met) = (BTreeSet::new(), BTreeSet::new());
    let mut pending = roots.to_vec();
    while let Some(id) = pending.pop() {
        if !met.insert(id) {
            continue;
        }
        match arena.get(id) {
            Node::Record(_) => {
                found.insert(id);
            }
            Node::All(parts) => pending.extend(parts.iter().copied()),
            Node::Any(parts) | Node::One(parts)
                if parts.len() > MOST_COMPARED || own.is_empty() =>
            {
                pending.extend(parts.iter().copied());
            }
            Node::Any(parts) | Node::One(parts) => {
                pending.extend(parts.iter().copied().filter(beside));
            }
            Node::Link(inner) => pending.push(*inner),
            Node::Unevaluated { base, .. } => {
                found.insert(id);
                pending.push(*base);
            }
            Node::Anything
            | Node::Nothing
            | Node::Values(_)
            | Node::Not(_)
            | Node::Opaque(_)
            | Node::Open => {}
        }
    }
    found
}
