//! The tolerant reading: what a writer writes of a schema, and what a reader takes (additive changes are allowed).
//!
//! A member is *declared* at a place when a schema that applies there and accepts the value names it: `properties`,
//! `patternProperties`, `required` and its kin, or a keyword about all other members that allows some. A writer writes
//! only what is declared, at every depth; where nothing names a member the object is free-form. A reader of its output
//! takes what belongs to the schema as it is or once undeclared members are left out.

mod check;
mod facts;
mod inside;
mod level;
mod narrow;
mod opened;
#[cfg(test)]
mod pairs;
mod place;
mod shell;
mod stable;
#[cfg(test)]
mod tests;

use super::{
    Budget,
    languages::Languages,
    rebuild::build,
    schema::{Arena, NodeId},
    unevaluated::classical,
    value::Value,
};
use foldhash::HashMap;
use narrow::Narrowing;
use opened::{Opening, Openings};
use place::{Below, Place};
use shell::Shells;

/// The readings made so far of the schemas of one arena.
#[derive(Debug)]
pub struct Readings {
    shells: HashMap<Place, NodeId>,
    opened: HashMap<Opening, NodeId>,
    narrowing: Narrowing,
    languages: Languages,
}

impl Default for Readings {
    fn default() -> Self {
        Self {
            shells: HashMap::default(),
            opened: HashMap::default(),
            narrowing: Narrowing::default(),
            languages: Languages::new(Budget::default().states),
        }
    }
}

impl Readings {
    /// What is written of a schema, or more, but nothing outside the schema. Without [`super::Node::Unevaluated`].
    pub fn writer(&mut self, arena: &mut Arena, id: NodeId) -> NodeId {
        self.shelled(arena, id, Vec::new())
    }

    /// The same where a reader narrows what it took: an object that is open in the schema and closed or narrowed for
    /// unknown members in `against` is written with any members.
    pub fn writer_against(&mut self, arena: &mut Arena, id: NodeId, against: NodeId) -> NodeId {
        self.shelled(arena, id, vec![against])
    }

    /// What is read of a schema, or less, but all that belongs to the schema. Without [`super::Node::Unevaluated`].
    pub fn reader(&mut self, arena: &mut Arena, id: NodeId) -> NodeId {
        let id = classical(arena, id);
        let root = Opening::alone(arena, id);
        let read = build(&mut Openings::default(), arena, &root, &mut self.opened);
        arena.note_included(id, read);
        read
    }

    /// Whether a value is written of a schema, by the definition; `against` as for [`Self::writer_against`].
    pub fn written(
        &mut self,
        arena: &Arena,
        id: NodeId,
        against: Option<NodeId>,
        value: &Value,
    ) -> Option<bool> {
        check::written(arena, id, against, value, &mut self.languages)
    }

    /// Whether a value is read of a schema, by the definition.
    pub fn readable(&mut self, arena: &Arena, id: NodeId, value: &Value) -> Option<bool> {
        check::readable(arena, id, value, &mut self.languages)
    }

    fn shelled(&mut self, arena: &mut Arena, id: NodeId, against: Vec<NodeId>) -> NodeId {
        let original = classical(arena, id);
        for root in &against {
            self.narrowing.learn(arena, *root);
        }
        let below = Below {
            certain: vec![id],
            against,
            ..Below::default()
        };
        let Some(place) = below.place(arena, &self.narrowing) else {
            return original;
        };
        let shell = build(
            &mut Shells::new(&self.narrowing),
            arena,
            &place,
            &mut self.shells,
        );
        let written = arena.all(vec![original, shell]);
        arena.note_included(written, original);
        written
    }
}
