//! The outline of a schema: which types it allows at most, which it allows wholly, and its values if they are few.

use super::{
    super::{
        schema::{Arena, Arrays, Node, NodeId, Numbers, Objects, Record, Strings},
        types::Types,
        value::Value,
    },
    constants::type_of,
    facts::Facts,
};
use std::rc::Rc;

/// Schemas nested in place deeper than this have no outline.
const DEEPEST: usize = 100;
/// More values than this are no outline.
const MOST_VALUES: usize = 1_000;

/// An outline.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Every value has one of these types.
    pub(super) types: Types,
    /// Every value of these types belongs to it.
    pub(super) covers: Types,
    /// Every value is one of these, in order.
    pub(super) values: Option<Rc<[Value]>>,
}

impl Shape {
    const fn of(types: Types, covers: Types) -> Self {
        Self {
            types,
            covers,
            values: None,
        }
    }
}

/// The types of which a record restricts nothing.
pub(super) fn free(record: &Record) -> Types {
    let mut bound = Types::NONE;
    if record.numbers != Numbers::default() {
        bound = bound.or(Types::NUMBER);
    }
    if record.strings != Strings::default() {
        bound = bound.or(Types::STRING);
    }
    if !allows_every_array(&record.arrays) {
        bound = bound.or(Types::ARRAY);
    }
    if !allows_every_object(&record.objects) {
        bound = bound.or(Types::OBJECT);
    }
    record.types.without(bound)
}

fn allows_every_array(arrays: &Arrays) -> bool {
    arrays.fewest == 0
        && arrays.most.is_none()
        && !arrays.unique
        && arrays
            .contains
            .iter()
            .all(|one| one.fewest == 0 && one.most.is_none())
        && arrays
            .prefix
            .iter()
            .chain(&arrays.rest)
            .all(|schema| *schema == Arena::ANYTHING)
}

fn allows_every_object(objects: &Objects) -> bool {
    objects.fewest == 0
        && objects.most.is_none()
        && objects.required.is_empty()
        && objects
            .members
            .values()
            .chain(objects.patterns.iter().map(|(_, schema)| schema))
            .chain(&objects.rest)
            .chain(&objects.names)
            .all(|schema| *schema == Arena::ANYTHING)
}

/// The types of which these are all values.
pub(super) fn covered(values: &[Value]) -> Types {
    let mut types = Types::NONE;
    if values.contains(&Value::Null) {
        types = types.or(Types::NULL);
    }
    if values.contains(&Value::Bool(true)) && values.contains(&Value::Bool(false)) {
        types = types.or(Types::BOOLEAN);
    }
    types
}

/// The types that stand in values.
fn types_among(values: &[Value]) -> Types {
    values
        .iter()
        .fold(Types::NONE, |types, value| types.or(type_of(value)))
}

impl Facts {
    /// The types a schema allows at most.
    pub(super) fn types(&mut self, arena: &Arena, id: NodeId) -> Types {
        self.shape(arena, id).types
    }

    /// The outline of a schema.
    pub(super) fn shape(&mut self, arena: &Arena, id: NodeId) -> Shape {
        self.shape_within(arena, id, 0)
    }

    fn shape_within(&mut self, arena: &Arena, id: NodeId, depth: usize) -> Shape {
        if let Some(shape) = self.shapes.get(&id) {
            return shape.clone();
        }
        if depth > DEEPEST || self.circles.holds(arena, id) {
            return Shape::of(Types::ALL, Types::NONE);
        }
        let shape = match arena.get(id) {
            Node::Anything => Shape::of(Types::ALL, Types::ALL),
            Node::Nothing => Shape::of(Types::NONE, Types::NONE),
            Node::Record(record) => Shape::of(record.types, free(record)),
            Node::Values(values) => Shape {
                types: types_among(values),
                covers: covered(values),
                values: few(values.iter().cloned().collect()),
            },
            Node::All(parts) => self.all_shape(arena, parts, depth),
            Node::Any(parts) => self.any_shape(arena, parts, depth),
            Node::One(parts) => Shape {
                covers: Types::NONE,
                ..self.any_shape(arena, parts, depth)
            },
            Node::Not(inner) => {
                let inner = self.shape_within(arena, *inner, depth + 1);
                Shape::of(
                    Types::ALL.without(inner.covers),
                    Types::ALL.without(inner.types),
                )
            }
            Node::Link(target) => self.shape_within(arena, *target, depth + 1),
            Node::Unevaluated { .. } | Node::Opaque(_) | Node::Open => {
                return Shape::of(Types::ALL, Types::NONE);
            }
        };
        self.shapes.insert(id, shape.clone());
        shape
    }

    fn all_shape(&mut self, arena: &Arena, parts: &[NodeId], depth: usize) -> Shape {
        let mut shape = Shape::of(Types::ALL, Types::ALL);
        for part in parts {
            let part = self.shape_within(arena, *part, depth + 1);
            shape.types = shape.types.and(part.types);
            shape.covers = shape.covers.and(part.covers);
            let fewer = |have: &Rc<[Value]>, new: &Rc<[Value]>| have.len() <= new.len();
            shape.values = match (shape.values.take(), part.values) {
                (Some(have), Some(new)) => Some(if fewer(&have, &new) { have } else { new }),
                (have, new) => have.or(new),
            };
        }
        shape
    }

    fn any_shape(&mut self, arena: &Arena, parts: &[NodeId], depth: usize) -> Shape {
        let mut shape = Shape::of(Types::NONE, Types::NONE);
        let mut values = Some(Vec::new());
        for part in parts {
            let part = self.shape_within(arena, *part, depth + 1);
            shape.types = shape.types.or(part.types);
            shape.covers = shape.covers.or(part.covers);
            match (&mut values, part.values) {
                (Some(have), Some(new)) if have.len() + new.len() <= MOST_VALUES => {
                    have.extend(new.iter().cloned());
                }
                (Some(_), _) if part.types.is_empty() => {}
                (have, _) => *have = None,
            }
        }
        shape.values = values.and_then(few);
        shape
    }
}

fn few(mut values: Vec<Value>) -> Option<Rc<[Value]>> {
    if values.len() > MOST_VALUES {
        return None;
    }
    values.sort();
    values.dedup();
    Some(values.into())
}
