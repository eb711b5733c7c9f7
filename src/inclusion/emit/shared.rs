//! How much a schema is, and which schemas inside it stand at several places.

use super::parts;
use crate::inclusion::schema::{Arena, Node, NodeId};
use std::collections::BTreeSet;

/// What a pattern weighs against a schema: canonical forms compare all patterns with each other.
const PATTERN: usize = 8;

/// How much is said for each schema at most, on average.
const SAID: usize = 4;

/// How many schemas there are, and those that stand at several places, which includes one of every circle.
pub(super) fn shared(
    arena: &Arena,
    root: NodeId,
    most: usize,
) -> Option<(usize, BTreeSet<NodeId>)> {
    let (mut met, mut shared) = (BTreeSet::from([root]), BTreeSet::new());
    let mut waiting = vec![root];
    let mut said = 0;
    while let Some(id) = waiting.pop() {
        let parts = parts(arena, id);
        said += parts.len() + PATTERN * patterns(arena, id);
        if said > SAID * most {
            return None;
        }
        for part in parts {
            let part = arena.follow(part);
            if !met.insert(part) {
                shared.insert(part);
            } else if met.len() > most {
                return None;
            } else {
                waiting.push(part);
            }
        }
    }
    Some((met.len(), shared))
}

/// How many patterns a schema has.
fn patterns(arena: &Arena, id: NodeId) -> usize {
    match arena.get(id) {
        Node::Record(record) => record.strings.patterns.len() + record.objects.patterns.len(),
        Node::Anything
        | Node::Nothing
        | Node::Values(_)
        | Node::All(_)
        | Node::Any(_)
        | Node::One(_)
        | Node::Not(_)
        | Node::Link(_)
        | Node::Unevaluated { .. }
        | Node::Opaque(_)
        | Node::Open => 0,
    }
}
