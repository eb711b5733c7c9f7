//! Which members and items a schema evaluates, and when (JSON Schema 2020-12 core, section 11): conditions are schemas
//! of the same value.

use super::{
    rebuild::in_place_order,
    schema::{Arena, Node, NodeId, Record, WRITTEN_WHOLE},
    types::Types,
    value::Value,
};
use foldhash::HashMap;
use std::{collections::BTreeMap, rc::Rc};

/// What is asked about members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// Whether a keyword evaluates them.
    Evaluated,
    /// Whether a keyword declares them, as the tolerant reading says: `required` does too, a keyword that allows nothing
    /// does not.
    Declared,
}

const UNDEFINED: &str = "a schema that is not defined";

/// What a schema evaluates of the values that it accepts; a condition is a schema that the value accepts exactly when
/// one of the keywords in place evaluates the member or item.
#[derive(Clone, Debug)]
pub(super) struct Evaluated {
    /// By the member's name.
    pub(super) names: BTreeMap<Rc<str>, NodeId>,
    /// By a pattern of names.
    pub(super) patterns: BTreeMap<Rc<str>, NodeId>,
    /// All members.
    pub(super) members: NodeId,
    /// Whether any name or pattern is there.
    pub(super) named: NodeId,
    /// By position.
    pub(super) prefix: Vec<NodeId>,
    /// Items that match a schema of `contains`.
    pub(super) contains: BTreeMap<NodeId, NodeId>,
    /// All items.
    pub(super) items: NodeId,
    /// The types that a value it accepts may have.
    types: Types,
    /// Why nothing can be said, where a part is unknown.
    pub(super) unknown: Option<Rc<str>>,
}

impl Evaluated {
    fn nothing(types: Types) -> Self {
        Self {
            names: BTreeMap::new(),
            patterns: BTreeMap::new(),
            members: Arena::NOTHING,
            named: Arena::NOTHING,
            prefix: Vec::new(),
            contains: BTreeMap::new(),
            items: Arena::NOTHING,
            types,
            unknown: None,
        }
    }

    fn unknown(why: &str) -> Self {
        Self {
            unknown: Some(why.into()),
            ..Self::nothing(Types::ALL)
        }
    }
}

/// The schema made of a part.
type To<'a> = dyn FnMut(&mut Arena, NodeId) -> NodeId + 'a;

/// What a schema evaluates; conditions are made of the schemas that `made` has for its parts.
pub(super) fn evaluated(
    arena: &mut Arena,
    root: NodeId,
    question: Question,
    made: &mut To,
) -> Evaluated {
    let Some(order) = in_place_order(arena, root) else {
        return Evaluated::unknown("a schema that applies itself in place");
    };
    let mut known: HashMap<NodeId, Evaluated> = HashMap::default();
    for id in order {
        let found = one(arena, id, question, &known, made);
        known.insert(id, found);
    }
    known
        .remove(&root)
        .unwrap_or_else(|| Evaluated::unknown(UNDEFINED))
}

fn one(
    arena: &mut Arena,
    id: NodeId,
    question: Question,
    known: &HashMap<NodeId, Evaluated>,
    made: &mut To,
) -> Evaluated {
    match arena.get(id).clone() {
        Node::Anything | Node::Not(_) => Evaluated::nothing(Types::ALL),
        Node::Nothing => Evaluated::nothing(Types::NONE),
        Node::Values(values) => Evaluated::nothing(
            values
                .iter()
                .fold(Types::NONE, |types, value| types.or(type_of(value))),
        ),
        Node::Opaque(name) if &*name == WRITTEN_WHOLE => Evaluated::nothing(Types::ALL),
        Node::Opaque(name) => Evaluated::unknown(&name),
        Node::Open => Evaluated::unknown(UNDEFINED),
        Node::Record(record) => of_record(arena, &record, question, made),
        Node::Link(inner) => known
            .get(&inner)
            .cloned()
            .unwrap_or_else(|| Evaluated::unknown(UNDEFINED)),
        Node::All(parts) => {
            let parts: Vec<&Evaluated> = parts.iter().filter_map(|part| known.get(part)).collect();
            together(arena, &parts)
        }
        Node::Any(parts) | Node::One(parts) => {
            let branches: Vec<(NodeId, &Evaluated)> = parts
                .iter()
                .filter_map(|part| Some((made(arena, *part), known.get(part)?)))
                .collect();
            branching(arena, &branches)
        }
        Node::Unevaluated {
            base,
            members,
            items,
        } => {
            let mut found = known
                .get(&base)
                .cloned()
                .unwrap_or_else(|| Evaluated::unknown(UNDEFINED));
            if members.is_some_and(|rest| counts(arena, rest, question)) {
                found.members = Arena::ANYTHING;
            }
            if items.is_some() {
                found.items = Arena::ANYTHING;
            }
            found
        }
    }
}

/// The type of a value, with all numbers as one.
pub(super) fn type_of(value: &Value) -> Types {
    match value {
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::BOOLEAN,
        Value::Number(_) => Types::NUMBER,
        Value::String(_) => Types::STRING,
        Value::Array(_) => Types::ARRAY,
        Value::Object(_) => Types::OBJECT,
    }
}

/// What a record evaluates.
pub(super) fn of_record(
    arena: &mut Arena,
    record: &Record,
    question: Question,
    made: &mut To,
) -> Evaluated {
    let mut found = Evaluated::nothing(record.types);
    let (arrays, objects) = (&record.arrays, &record.objects);
    let whether = |said: bool| {
        if said {
            Arena::ANYTHING
        } else {
            Arena::NOTHING
        }
    };
    found.members = whether(
        objects
            .rest
            .is_some_and(|rest| counts(arena, rest, question)),
    );
    found.items = whether(arrays.rest.is_some());
    for name in objects.members.keys() {
        found.names.insert(name.clone(), Arena::ANYTHING);
    }
    for (pattern, _) in &objects.patterns {
        found.patterns.insert(pattern.clone(), Arena::ANYTHING);
    }
    if question == Question::Declared {
        for name in objects.required.iter().chain(&objects.declared) {
            found.names.insert(name.clone(), Arena::ANYTHING);
        }
    }
    found.named = whether(!found.names.is_empty() || !found.patterns.is_empty());
    found.prefix = vec![Arena::ANYTHING; arrays.prefix.len()];
    for contains in arrays.contains.iter().filter(|contains| contains.evaluates) {
        let schema = made(arena, contains.schema);
        found.contains.insert(schema, Arena::ANYTHING);
    }
    found
}

/// Whether the schema of all other members is an answer for them.
fn counts(arena: &Arena, rest: NodeId, question: Question) -> bool {
    question == Question::Evaluated || arena.follow(rest) != Arena::NOTHING
}

/// What schemas evaluate that all accept the value.
pub(super) fn together(arena: &mut Arena, parts: &[&Evaluated]) -> Evaluated {
    let types = parts
        .iter()
        .fold(Types::ALL, |types, part| types.and(part.types));
    merge(arena, parts, types, &mut |arena, conditions| {
        any(arena, conditions.iter().map(|(_, condition)| *condition))
    })
}

/// What the branches that accept the value evaluate.
fn branching(arena: &mut Arena, branches: &[(NodeId, &Evaluated)]) -> Evaluated {
    let parts: Vec<&Evaluated> = branches.iter().map(|(_, part)| *part).collect();
    let types = parts
        .iter()
        .fold(Types::NONE, |types, part| types.or(part.types));
    merge(arena, &parts, types, &mut |arena, conditions| {
        let each: Vec<NodeId> = conditions
            .iter()
            .map(|(index, condition)| match *condition {
                Arena::NOTHING => Arena::NOTHING,
                condition => arena.all(vec![branches[*index].0, condition]),
            })
            .collect();
        any(arena, each.into_iter())
    })
}

type Join<'a> = dyn FnMut(&mut Arena, &[(usize, NodeId)]) -> NodeId + 'a;

/// Joins the conditions of one kind over schemas: `join` gets the index of each schema with its condition.
fn merge(arena: &mut Arena, parts: &[&Evaluated], types: Types, join: &mut Join) -> Evaluated {
    let mut found = Evaluated::nothing(types);
    found.unknown = parts.iter().find_map(|part| part.unknown.clone());
    let mut joined = |arena: &mut Arena, which: Types, of: &dyn Fn(&Evaluated) -> NodeId| {
        let relevant = || {
            parts
                .iter()
                .enumerate()
                .filter(|(_, part)| part.types.meets(which))
        };
        let conditions: Vec<(usize, NodeId)> =
            relevant().map(|(at, part)| (at, of(part))).collect();
        // Where every branch evaluates it, the branches that accepted the value need no second look.
        if !conditions.is_empty()
            && conditions
                .iter()
                .all(|(_, condition)| *condition == Arena::ANYTHING)
        {
            return Arena::ANYTHING;
        }
        join(arena, &conditions)
    };
    found.members = joined(arena, Types::OBJECT, &|part| part.members);
    found.named = joined(arena, Types::OBJECT, &|part| part.named);
    for name in parts.iter().flat_map(|part| part.names.keys()) {
        if !found.names.contains_key(name) {
            let condition = joined(arena, Types::OBJECT, &|part| at(&part.names, name));
            found.names.insert(name.clone(), condition);
        }
    }
    for pattern in parts.iter().flat_map(|part| part.patterns.keys()) {
        if !found.patterns.contains_key(pattern) {
            let condition = joined(arena, Types::OBJECT, &|part| at(&part.patterns, pattern));
            found.patterns.insert(pattern.clone(), condition);
        }
    }
    found.items = joined(arena, Types::ARRAY, &|part| part.items);
    let longest = parts
        .iter()
        .map(|part| part.prefix.len())
        .max()
        .unwrap_or(0);
    for index in 0..longest {
        let condition = joined(arena, Types::ARRAY, &|part| {
            part.prefix.get(index).copied().unwrap_or(Arena::NOTHING)
        });
        found.prefix.push(condition);
    }
    for schema in parts.iter().flat_map(|part| part.contains.keys()) {
        if !found.contains.contains_key(schema) {
            let condition = joined(arena, Types::ARRAY, &|part| at(&part.contains, schema));
            found.contains.insert(*schema, condition);
        }
    }
    found
}

fn at<K: Ord>(map: &BTreeMap<K, NodeId>, key: &K) -> NodeId {
    map.get(key).copied().unwrap_or(Arena::NOTHING)
}

/// At least one of these, nothing more to say where one of them is everything.
pub(super) fn any(arena: &mut Arena, parts: impl Iterator<Item = NodeId>) -> NodeId {
    let parts: Vec<NodeId> = parts.collect();
    if parts.contains(&Arena::ANYTHING) {
        return Arena::ANYTHING;
    }
    arena.any(parts)
}
