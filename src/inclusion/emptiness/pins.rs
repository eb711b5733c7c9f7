//! Members whose values are few or of few types: by them most objects that are apart are told apart without a search.

use super::{
    super::{
        schema::{Arena, Node, NodeId, Objects},
        types::Types,
        value::Value,
    },
    facts::Facts,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Schemas nested in place deeper than this have no pins.
const DEEPEST: usize = 100;

/// What every object of a schema has to hold to in one member.
#[derive(Clone, Debug)]
pub(super) struct Pin {
    /// Whether the member has to be there.
    pub(super) required: bool,
    /// Its types.
    pub(super) types: Types,
    /// Its values, in order, where they are few.
    pub(super) values: Option<Rc<[Value]>>,
}

/// What is pinned of the objects of a schema.
#[derive(Clone, Debug, Default)]
pub(super) struct Pins {
    pub(super) members: BTreeMap<Rc<str>, Pin>,
    /// The only names that members may have.
    closed: Option<Rc<BTreeSet<Rc<str>>>>,
}

impl Pin {
    fn meets(&self, other: &Self) -> bool {
        if !self.types.meets(other.types) {
            return false;
        }
        match (&self.values, &other.values) {
            (Some(left), Some(right)) => {
                left.iter().any(|value| right.binary_search(value).is_ok())
            }
            (_, _) => true,
        }
    }

    fn narrow(&mut self, other: &Self) {
        self.required |= other.required;
        self.types = self.types.and(other.types);
        self.values = match (self.values.take(), &other.values) {
            (Some(left), Some(right)) => Some(
                left.iter()
                    .filter(|value| right.binary_search(value).is_ok())
                    .cloned()
                    .collect(),
            ),
            (left, right) => left.or_else(|| right.clone()),
        };
    }

    fn widen(&mut self, other: &Self) {
        self.required &= other.required;
        self.types = self.types.or(other.types);
        self.values = match (self.values.take(), &other.values) {
            (Some(left), Some(right)) => {
                let mut both: Vec<_> = left.iter().chain(right.iter()).cloned().collect();
                both.sort();
                both.dedup();
                Some(both.into())
            }
            (_, _) => None,
        };
    }
}

/// Whether an object may hold to both.
pub(super) fn overlap(left: &Pins, right: &Pins) -> bool {
    if left.members.len() > right.members.len() {
        return overlap(right, left);
    }
    let agree = left
        .members
        .iter()
        .all(|(name, pin)| match right.members.get(name) {
            Some(other) => !(pin.required || other.required) || pin.meets(other),
            None => true,
        });
    agree && left.allows_required(right) && right.allows_required(left)
}

impl Pins {
    /// Of objects that do not have this member.
    pub(super) fn without(name: Rc<str>) -> Self {
        let pin = Pin {
            required: false,
            types: Types::NONE,
            values: None,
        };
        Self {
            members: BTreeMap::from([(name, pin)]),
            closed: None,
        }
    }

    /// Whether nothing is pinned.
    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty() && self.closed.is_none()
    }

    /// Whether the members that another schema requires may stand here.
    fn allows_required(&self, other: &Self) -> bool {
        self.closed.as_ref().is_none_or(|names| {
            let mut pins = other.members.iter();
            pins.all(|(name, pin)| !pin.required || names.contains(name))
        })
    }
}

/// Both at once.
pub(super) fn join(left: &mut Pins, right: &Pins) {
    for (name, pin) in &right.members {
        match left.members.get_mut(name) {
            Some(have) => have.narrow(pin),
            None => {
                left.members.insert(Rc::clone(name), pin.clone());
            }
        }
    }
    let fewer = |have: &Rc<BTreeSet<_>>, new: &Rc<BTreeSet<_>>| have.len() <= new.len();
    left.closed = match (left.closed.take(), right.closed.clone()) {
        (Some(have), Some(new)) => Some(if fewer(&have, &new) { have } else { new }),
        (have, new) => have.or(new),
    };
}

impl Facts {
    /// The pins of a schema's objects.
    pub(super) fn pins(&mut self, arena: &Arena, id: NodeId) -> Rc<Pins> {
        self.pins_within(arena, id, 0)
    }

    fn pins_within(&mut self, arena: &Arena, id: NodeId, depth: usize) -> Rc<Pins> {
        if let Some(pins) = self.pins.get(&id) {
            return Rc::clone(pins);
        }
        if depth > DEEPEST || self.circles.holds(arena, id) {
            return Rc::default();
        }
        let pins = match arena.get(id) {
            Node::Record(record) => Rc::new(self.record_pins(arena, &record.objects)),
            Node::All(parts) => {
                let mut pins = Pins::default();
                for part in parts {
                    join(&mut pins, &self.pins_within(arena, *part, depth + 1));
                }
                Rc::new(pins)
            }
            Node::Any(parts) | Node::One(parts) => Rc::new(self.common_pins(arena, parts, depth)),
            Node::Link(target) => self.pins_within(arena, *target, depth + 1),
            Node::Open => return Rc::default(),
            Node::Anything
            | Node::Nothing
            | Node::Values(_)
            | Node::Not(_)
            | Node::Unevaluated { .. }
            | Node::Opaque(_) => Rc::default(),
        };
        self.pins.insert(id, Rc::clone(&pins));
        pins
    }

    fn record_pins(&mut self, arena: &Arena, objects: &Objects) -> Pins {
        let mut pins = BTreeMap::new();
        for (name, schema) in &objects.members {
            let shape = self.shape(arena, *schema);
            let required = objects.required.contains(name);
            if required || shape.values.is_some() || shape.types.is_empty() {
                pins.insert(
                    Rc::clone(name),
                    Pin {
                        required,
                        types: shape.types,
                        values: shape.values,
                    },
                );
            }
        }
        for name in &objects.required {
            if objects.members.contains_key(name) {
                continue;
            }
            let rest = objects.rest.filter(|_| objects.patterns.is_empty());
            let shape = self.shape(arena, rest.unwrap_or(Arena::ANYTHING));
            pins.insert(
                Rc::clone(name),
                Pin {
                    required: true,
                    types: shape.types,
                    values: shape.values,
                },
            );
        }
        let closed = objects.rest == Some(Arena::NOTHING) && objects.patterns.is_empty();
        Pins {
            members: pins,
            closed: closed.then(|| Rc::new(objects.members.keys().cloned().collect())),
        }
    }

    /// What all branches that allow objects say alike.
    fn common_pins(&mut self, arena: &Arena, parts: &[NodeId], depth: usize) -> Pins {
        let mut common: Option<Pins> = None;
        for part in parts {
            if !self.types(arena, *part).meets(Types::OBJECT) {
                continue;
            }
            let pins = self.pins_within(arena, *part, depth + 1);
            common = Some(match common {
                None => Pins::clone(&pins),
                Some(mut common) => {
                    common.closed = None;
                    common
                        .members
                        .retain(|name, pin| match pins.members.get(name) {
                            Some(other) => {
                                pin.widen(other);
                                true
                            }
                            None => false,
                        });
                    common
                }
            });
        }
        common.unwrap_or_default()
    }
}
