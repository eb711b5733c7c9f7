//! What a schema node says, its subschemas still as keys: from here it is one step to nodes of an arena.

use super::Key;
use crate::inclusion::{
    Arena, NodeId, Types, Value,
    schema::{Arrays, Contains, Node, Numbers, Objects, Record, Strings},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// A schema whose subschemas may not be lowered yet.
#[derive(Clone, Debug)]
pub(super) enum Plan {
    Anything,
    Nothing,
    Opaque(String),
    Values(Vec<Value>),
    Record(Box<RecordPlan>),
    Sub(Key),
    All(Vec<Plan>),
    Any(Vec<Plan>),
    One(Vec<Plan>),
    Not(Box<Plan>),
    Unevaluated {
        base: Box<Plan>,
        members: Option<Key>,
        items: Option<Key>,
    },
}

/// A [`Record`] by keys.
#[derive(Clone, Debug)]
pub(super) struct RecordPlan {
    pub(super) types: Types,
    pub(super) numbers: Numbers,
    pub(super) strings: Strings,
    pub(super) arrays: ArraysPlan,
    pub(super) objects: ObjectsPlan,
}

/// [`Arrays`] by keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ArraysPlan {
    pub(super) prefix: Vec<Key>,
    pub(super) rest: Option<Key>,
    pub(super) fewest: u64,
    pub(super) most: Option<u64>,
    pub(super) unique: bool,
    pub(super) contains: Option<ContainsPlan>,
}

/// [`Contains`] by key.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ContainsPlan {
    pub(super) schema: Key,
    pub(super) fewest: u64,
    pub(super) most: Option<u64>,
    pub(super) evaluates: bool,
}

/// [`Objects`] by keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ObjectsPlan {
    pub(super) members: BTreeMap<Rc<str>, Key>,
    pub(super) patterns: BTreeMap<Rc<str>, Key>,
    pub(super) rest: Option<Key>,
    pub(super) names: Option<Key>,
    pub(super) required: BTreeSet<Rc<str>>,
    pub(super) fewest: u64,
    pub(super) most: Option<u64>,
    pub(super) declared: BTreeSet<Rc<str>>,
}

impl RecordPlan {
    pub(super) fn new() -> Self {
        Self {
            types: Types::ALL,
            numbers: Numbers::default(),
            strings: Strings::default(),
            arrays: ArraysPlan::default(),
            objects: ObjectsPlan::default(),
        }
    }

    /// Objects that have this member.
    pub(super) fn with_member(name: &Rc<str>) -> Self {
        let mut record = Self::new();
        record.types = Types::OBJECT;
        record.objects.required.insert(Rc::clone(name));
        record
    }

    /// Whether it says nothing at all.
    pub(super) fn is_silent(&self) -> bool {
        self.types == Types::ALL
            && self.numbers == Numbers::default()
            && self.strings == Strings::default()
            && self.arrays == ArraysPlan::default()
            && self.objects == ObjectsPlan::default()
    }

    fn keys(&self, found: &mut Vec<Key>) {
        found.extend(&self.arrays.prefix);
        found.extend(self.arrays.rest);
        found.extend(
            self.arrays
                .contains
                .as_ref()
                .map(|contains| contains.schema),
        );
        found.extend(self.objects.members.values());
        found.extend(self.objects.patterns.values());
        found.extend(self.objects.rest);
        found.extend(self.objects.names);
    }

    fn build(self, known: &dyn Fn(Key) -> NodeId) -> Record {
        let (arrays, objects) = (self.arrays, self.objects);
        Record {
            types: self.types,
            numbers: self.numbers,
            strings: self.strings,
            arrays: Arrays {
                prefix: arrays.prefix.into_iter().map(known).collect(),
                rest: arrays.rest.map(known),
                fewest: arrays.fewest,
                most: arrays.most,
                unique: arrays.unique,
                contains: arrays
                    .contains
                    .into_iter()
                    .map(|contains| Contains {
                        schema: known(contains.schema),
                        fewest: contains.fewest,
                        most: contains.most,
                        evaluates: contains.evaluates,
                    })
                    .collect(),
            },
            objects: Objects {
                members: by_name(objects.members, known).collect(),
                patterns: by_name(objects.patterns, known).collect(),
                rest: objects.rest.map(known),
                names: objects.names.map(known),
                required: objects.required,
                fewest: objects.fewest,
                most: objects.most,
                declared: objects.declared,
            },
        }
    }
}

fn by_name(
    keys: BTreeMap<Rc<str>, Key>,
    known: &dyn Fn(Key) -> NodeId,
) -> impl Iterator<Item = (Rc<str>, NodeId)> {
    keys.into_iter().map(move |(name, key)| (name, known(key)))
}

impl Plan {
    /// The subschemas it needs, in their order.
    pub(super) fn keys(&self, found: &mut Vec<Key>) {
        match self {
            Self::Anything | Self::Nothing | Self::Opaque(_) | Self::Values(_) => {}
            Self::Record(record) => record.keys(found),
            Self::Sub(key) => found.push(*key),
            Self::All(parts) | Self::Any(parts) | Self::One(parts) => {
                for part in parts {
                    part.keys(found);
                }
            }
            Self::Not(inner) => inner.keys(found),
            Self::Unevaluated {
                base,
                members,
                items,
            } => {
                base.keys(found);
                found.extend(members);
                found.extend(items);
            }
        }
    }

    /// The subschemas that apply to the same value.
    pub(super) fn beside(&self, found: &mut Vec<Key>) {
        match self {
            Self::Sub(key) => found.push(*key),
            Self::All(parts) | Self::Any(parts) | Self::One(parts) => {
                for part in parts {
                    part.beside(found);
                }
            }
            Self::Not(inner) => inner.beside(found),
            Self::Unevaluated { base, .. } => base.beside(found),
            Self::Anything
            | Self::Nothing
            | Self::Opaque(_)
            | Self::Values(_)
            | Self::Record(_) => {}
        }
    }

    /// The node of the arena, once every subschema is known.
    pub(super) fn build(self, arena: &mut Arena, known: &dyn Fn(Key) -> NodeId) -> NodeId {
        let mut each = |parts: Vec<Self>| -> Vec<NodeId> {
            parts
                .into_iter()
                .map(|part| part.build(arena, known))
                .collect()
        };
        match self {
            Self::Anything => Arena::ANYTHING,
            Self::Nothing => Arena::NOTHING,
            Self::Opaque(name) => arena.add(Node::Opaque(name.into())),
            Self::Values(values) => arena.values(values),
            Self::Record(record) => arena.record(record.build(known)),
            Self::Sub(key) => known(key),
            Self::All(parts) => {
                let parts = each(parts);
                arena.all(parts)
            }
            Self::Any(parts) => {
                let parts = each(parts);
                arena.any(parts)
            }
            Self::One(parts) => {
                let parts = each(parts);
                arena.one(parts)
            }
            Self::Not(inner) => {
                let inner = inner.build(arena, known);
                arena.not(inner)
            }
            Self::Unevaluated {
                base,
                members,
                items,
            } => {
                let base = base.build(arena, known);
                arena.add(Node::Unevaluated {
                    base,
                    members: members.map(known),
                    items: items.map(known),
                })
            }
        }
    }
}
