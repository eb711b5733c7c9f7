//! The reader's reading: members that nothing declares are left out before a value is read.
//!
//! Leaving out is a function of the value: at each place it keeps the names that any schema there mentions, in whatever
//! branch, so what it drops is undeclared whichever branches accept. The schema made here holds exactly such values as
//! belong to the original once they went through that function; where that cannot be said, nothing is left out. Leaving
//! out never turns a value of the original away: what it might (`oneOf` of branches that only closing keeps apart, `not`,
//! `minProperties`, `uniqueItems`, `contains`) stays as written. So the original is part of what is made here, and what
//! is made here is part of the reading.

use super::{
    facts::is_structured,
    level::{Kept, Level, Together, is_closed, level, together},
};
use crate::inclusion::{
    rebuild::{Made, Plan, children, map},
    schema::{Arena, Node, NodeId, Record},
};
use foldhash::HashMap;
use std::rc::Rc;

/// Places of one reading; those beyond stay as written.
const MOST_PLACES: usize = 20_000;

/// A schema and all schemas that apply together with it; no place where everything inside stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Opening {
    node: NodeId,
    place: Option<Rc<[NodeId]>>,
}

impl Opening {
    /// A schema that applies alone.
    pub(super) fn alone(arena: &Arena, node: NodeId) -> Self {
        let place = together(arena, [node]);
        Self { node, place }
    }
}

/// How to open schemas.
#[derive(Default)]
pub(super) struct Openings {
    levels: HashMap<Rc<[NodeId]>, Rc<Level>>,
}

impl Openings {
    fn level(&mut self, arena: &mut Arena, key: &Opening) -> Rc<Level> {
        let Some(place) = &key.place else {
            return Rc::new(Level::Frozen);
        };
        let known = match self.levels.get(place) {
            Some(known) => known.clone(),
            None if self.levels.len() < MOST_PLACES => Rc::new(level(arena, place)),
            None => Rc::new(Level::Frozen),
        };
        self.levels.insert(place.clone(), known.clone());
        known
    }
}

impl Plan for Openings {
    type Key = Opening;

    fn below(&mut self, arena: &mut Arena, key: &Opening) -> Vec<Opening> {
        match &*self.level(arena, key) {
            Level::Frozen => Vec::new(),
            Level::Split(cases) => {
                let cases = cases.iter().map(|case| Opening::alone(arena, *case));
                cases.collect()
            }
            Level::Kept(kept) => {
                let mut below = kept.below(arena, key);
                below.retain(|next| next.place.is_some());
                below
            }
        }
    }

    fn changes(&self, arena: &Arena, key: &Opening) -> bool {
        let level = key.place.as_ref().and_then(|place| self.levels.get(place));
        match (level.map(|level| &**level), arena.get(key.node)) {
            (Some(Level::Kept(kept)), Node::Record(record)) => {
                kept.names.is_some() && is_closed(arena, record)
            }
            _ => false,
        }
    }

    fn same(&self, key: &Opening) -> NodeId {
        key.node
    }

    fn make(&mut self, arena: &mut Arena, key: &Opening, made: &mut Made<Opening>) -> NodeId {
        let id = match &*self.level(arena, key) {
            Level::Frozen => key.node,
            Level::Split(cases) => {
                let cases: Vec<NodeId> = cases
                    .iter()
                    .map(|case| made.at(arena, &Opening::alone(arena, *case)))
                    .collect();
                arena.any(cases)
            }
            Level::Kept(kept) => {
                let below: Vec<NodeId> = kept
                    .below(arena, key)
                    .iter()
                    .map(|next| match next.place {
                        Some(_) => made.at(arena, next),
                        None => next.node,
                    })
                    .collect();
                let mut below = below.into_iter();
                let node = map(arena.get(key.node), &mut |id| below.next().unwrap_or(id));
                let node = kept.opened(arena, node);
                arena.add(node)
            }
        };
        arena.note_included(key.node, id);
        id
    }
}

impl Kept {
    /// The schemas that a schema speaks of, in the order of [`map`], each with its place.
    fn below(&self, arena: &Arena, key: &Opening) -> Vec<Opening> {
        let node = arena.get(key.node);
        let places: Vec<Together> = match node {
            Node::Record(record) => self.places(record),
            Node::Not(_) => vec![None],
            Node::Anything
            | Node::Nothing
            | Node::Values(_)
            | Node::All(_)
            | Node::Any(_)
            | Node::One(_)
            | Node::Link(_)
            | Node::Unevaluated { .. }
            | Node::Opaque(_)
            | Node::Open => vec![key.place.clone(); children(node).len()],
        };
        // Nothing is left out of a scalar, and what speaks of scalars only is not part of the place.
        let opening = |(node, place): (NodeId, Together)| Opening {
            node,
            place: place.filter(|_| is_structured(arena, node)),
        };
        children(node)
            .into_iter()
            .zip(places)
            .map(opening)
            .collect()
    }

    fn places(&self, record: &Record) -> Vec<Together> {
        let (arrays, objects) = (&record.arrays, &record.objects);
        let prefix = (0..arrays.prefix.len())
            .map(|index| self.prefix.get(index).unwrap_or(&self.items).clone());
        let mut places: Vec<Together> = prefix.collect();
        places.extend(arrays.rest.map(|_| self.items.clone()));
        places.extend(arrays.contains.iter().map(|_| None));
        for name in objects.members.keys() {
            places.push(self.inside.get(name).unwrap_or(&self.others).clone());
        }
        places.extend(objects.patterns.iter().map(|_| self.others.clone()));
        places.extend(objects.rest.map(|_| self.others.clone()));
        places.extend(objects.names.map(|_| None));
        places
    }

    /// A closed record lets through what is left out, and still none of the names that stay and are not its own.
    fn opened(&self, arena: &Arena, node: Node) -> Node {
        match node {
            Node::Record(mut record) => {
                if let (Some(names), true) = (&self.names, is_closed(arena, &record)) {
                    record.objects.rest = None;
                    for name in names {
                        let members = &mut record.objects.members;
                        members.entry(name.clone()).or_insert(Arena::NOTHING);
                    }
                }
                Node::Record(record)
            }
            // Branches of a choice that is opened exclude each other.
            Node::One(parts) => Node::Any(parts),
            Node::Anything
            | Node::Nothing
            | Node::Values(_)
            | Node::All(_)
            | Node::Any(_)
            | Node::Not(_)
            | Node::Link(_)
            | Node::Unevaluated { .. }
            | Node::Opaque(_)
            | Node::Open => node,
        }
    }
}
