//! What is plain to see of a schema: its types, and whether two schemas have no value in common.

use crate::inclusion::{
    annotations::type_of,
    schema::{Arena, Node, NodeId, Record},
    types::Types,
    value::Value,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Schemas looked at for one fact; beyond that nothing is plain.
const MOST_LOOKS: usize = 500;

/// The types that values of a schema may have, or more.
pub(super) fn types(arena: &Arena, id: NodeId) -> Types {
    let mut looks = MOST_LOOKS;
    types_within(arena, id, &mut looks)
}

fn types_within(arena: &Arena, id: NodeId, looks: &mut usize) -> Types {
    if *looks == 0 {
        return Types::ALL;
    }
    *looks -= 1;
    match arena.get(id) {
        Node::Anything | Node::Not(_) | Node::Opaque(_) | Node::Open => Types::ALL,
        Node::Nothing => Types::NONE,
        Node::Record(record) => record.types,
        Node::Values(values) => values
            .iter()
            .fold(Types::NONE, |types, value| types.or(type_of(value))),
        Node::All(parts) => parts.iter().fold(Types::ALL, |types, part| {
            types.and(types_within(arena, *part, looks))
        }),
        Node::Any(parts) | Node::One(parts) => parts.iter().fold(Types::NONE, |types, part| {
            types.or(types_within(arena, *part, looks))
        }),
        Node::Link(inner) | Node::Unevaluated { base: inner, .. } => {
            types_within(arena, *inner, looks)
        }
    }
}

/// Whether a value of a schema may be an object or an array.
pub(super) fn is_structured(arena: &Arena, id: NodeId) -> bool {
    types(arena, id).meets(Types::OBJECT.or(Types::ARRAY))
}

/// What holds of every object of a schema.
pub(super) struct Facts {
    types: Types,
    required: BTreeSet<Rc<str>>,
    members: BTreeMap<Rc<str>, Vec<NodeId>>,
    /// The names of each closed record without patterns.
    closed: Vec<BTreeSet<Rc<str>>>,
}

/// What holds of every object of a schema, as far as it is plain.
pub(super) fn facts(arena: &Arena, id: NodeId) -> Facts {
    let mut facts = Facts {
        types: types(arena, id),
        required: BTreeSet::new(),
        members: BTreeMap::new(),
        closed: Vec::new(),
    };
    let mut met = BTreeSet::new();
    let mut pending = vec![id];
    while let Some(id) = pending.pop() {
        if !met.insert(id) || met.len() > MOST_LOOKS {
            continue;
        }
        match arena.get(id) {
            Node::Record(record) => facts.add(arena, record),
            Node::All(parts) => pending.extend(parts.iter().copied()),
            Node::Any(parts) | Node::One(parts) => {
                let objects = |part: &NodeId| types(arena, *part).meets(Types::OBJECT);
                let mut objects = parts.iter().copied().filter(objects);
                if let (Some(only), None) = (objects.next(), objects.next()) {
                    pending.push(only);
                }
            }
            Node::Link(inner) | Node::Unevaluated { base: inner, .. } => pending.push(*inner),
            Node::Anything
            | Node::Nothing
            | Node::Values(_)
            | Node::Not(_)
            | Node::Opaque(_)
            | Node::Open => {}
        }
    }
    facts
}

impl Facts {
    fn add(&mut self, arena: &Arena, record: &Record) {
        let objects = &record.objects;
        self.required.extend(objects.required.iter().cloned());
        for (name, schema) in &objects.members {
            self.members.entry(name.clone()).or_default().push(*schema);
        }
        let is_closed = |rest: NodeId| arena.follow(rest) == Arena::NOTHING;
        if objects.rest.is_some_and(is_closed) && objects.patterns.is_empty() {
            self.closed.push(objects.members.keys().cloned().collect());
        }
    }

    /// Whether a member that both require tells the two apart, or the type, as far as values of some types go.
    pub(super) fn are_tagged_apart(&self, other: &Self, arena: &Arena, within: Types) -> bool {
        let common = self.types.and(other.types).and(within);
        if common.is_empty() {
            return true;
        }
        // A tag tells only objects apart.
        common == Types::OBJECT
            && self.required.intersection(&other.required).any(|name| {
                let (own, others) = (self.members.get(name), other.members.get(name));
                own.into_iter().flatten().any(|own| {
                    others
                        .into_iter()
                        .flatten()
                        .any(|other| no_scalar_in_common(arena, *own, *other))
                })
            })
    }

    /// The same, or one requires a member that the other allows nobody to have.
    pub(super) fn are_apart(&self, other: &Self, arena: &Arena, within: Types) -> bool {
        self.are_tagged_apart(other, arena, within)
            || self.types.and(other.types).and(within) == Types::OBJECT
                && (self.forbids_a_name_of(other) || other.forbids_a_name_of(self))
    }

    fn forbids_a_name_of(&self, other: &Self) -> bool {
        other
            .required
            .iter()
            .any(|name| self.closed.iter().any(|names| !names.contains(name)))
    }
}

fn no_scalar_in_common(arena: &Arena, one: NodeId, other: NodeId) -> bool {
    if !types(arena, one).meets(types(arena, other)) {
        return true;
    }
    match (scalars(arena, one), scalars(arena, other)) {
        (Some(one), Some(other)) => !one.iter().any(|value| other.contains(value)),
        _ => false,
    }
}

/// The values of a schema, where they are listed and none is an object or an array.
fn scalars(arena: &Arena, id: NodeId) -> Option<Rc<[Value]>> {
    let mut pending = vec![id];
    let mut looks = MOST_LOOKS;
    while let Some(id) = pending.pop() {
        looks = looks.checked_sub(1)?;
        match arena.get(id) {
            Node::Values(values) => {
                let scalar = |value: &Value| !matches!(value, Value::Array(_) | Value::Object(_));
                return values.iter().all(scalar).then(|| values.clone());
            }
            Node::Link(inner) => pending.push(*inner),
            Node::All(parts) => pending.extend(parts.iter().copied()),
            Node::Anything
            | Node::Nothing
            | Node::Record(_)
            | Node::Any(_)
            | Node::One(_)
            | Node::Not(_)
            | Node::Unevaluated { .. }
            | Node::Opaque(_)
            | Node::Open => {}
        }
    }
    None
}
