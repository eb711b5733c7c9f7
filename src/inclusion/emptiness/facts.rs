//! What is known of single schemas, found once and kept for every question.

use super::{
    super::schema::{Arena, Node, NodeId, Record},
    circles::Circles,
    pins::{Pins, overlap},
    shape::Shape,
};
use crate::inclusion::types::Types;
use foldhash::HashMap;
use std::rc::Rc;

/// Branches of one `oneOf` that are compared with each other one by one.
const COMPARED_BRANCHES: usize = 1_000;

/// Facts about nodes by id.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) circles: Circles,
    pub(super) shapes: HashMap<NodeId, Shape>,
    pub(super) pins: HashMap<NodeId, Rc<Pins>>,
    records: HashMap<NodeId, Rc<Record>>,
    apart: HashMap<NodeId, bool>,
}

impl Facts {
    /// The record of a node, to be held while the arena grows.
    pub(super) fn record(&mut self, arena: &Arena, id: NodeId) -> Option<Rc<Record>> {
        if let Some(record) = self.records.get(&id) {
            return Some(Rc::clone(record));
        }
        let Node::Record(record) = arena.get(id) else {
            return None;
        };
        let record = Rc::new(Record::clone(record));
        self.records.insert(id, Rc::clone(&record));
        Some(record)
    }

    /// Whether two schemas share no value, as far as types and pinned members tell.
    pub(super) fn disjoint(&mut self, arena: &Arena, left: NodeId, right: NodeId) -> bool {
        let common = self.types(arena, left).and(self.types(arena, right));
        if common == Types::OBJECT {
            let (left, right) = (self.pins(arena, left), self.pins(arena, right));
            return !overlap(&left, &right);
        }
        common.is_empty()
    }

    /// Whether no two branches of a `oneOf` share a value, so that it is an `anyOf`.
    pub(super) fn apart(&mut self, arena: &Arena, one: NodeId) -> bool {
        if let Some(known) = self.apart.get(&one) {
            return *known;
        }
        let Node::One(branches) = arena.get(one) else {
            return false;
        };
        let apart = self.discriminated(arena, branches)
            || (branches.len() <= COMPARED_BRANCHES && self.pairwise_apart(arena, branches));
        self.apart.insert(one, apart);
        apart
    }

    fn pairwise_apart(&mut self, arena: &Arena, branches: &[NodeId]) -> bool {
        branches.iter().enumerate().all(|(index, left)| {
            branches
                .iter()
                .skip(index + 1)
                .all(|right| self.disjoint(arena, *left, *right))
        })
    }

    /// Whether a member that every branch requires tells all branches apart.
    fn discriminated(&mut self, arena: &Arena, branches: &[NodeId]) -> bool {
        if branches
            .iter()
            .any(|branch| self.types(arena, *branch) != Types::OBJECT)
        {
            return false;
        }
        let pins: Vec<_> = branches
            .iter()
            .map(|branch| self.pins(arena, *branch))
            .collect();
        let Some(first) = pins.first() else {
            return true;
        };
        first.members.keys().any(|name| {
            let mut met = std::collections::BTreeSet::new();
            pins.iter().all(|pins| {
                pins.members
                    .get(name)
                    .filter(|pin| pin.required)
                    .is_some_and(|pin| {
                        pin.values
                            .as_ref()
                            .is_some_and(|values| values.iter().all(|value| met.insert(value)))
                    })
            })
        })
    }
}
