//! Which schemas under `not` no member that is left out can matter to.

use super::facts::is_structured;
use crate::inclusion::{
    rebuild::in_place,
    schema::{Arena, Node, NodeId, Record},
    value::Value,
};
use std::{collections::BTreeSet, rc::Rc};

/// Schemas looked at under one `not`; beyond that nothing is left out.
const MOST_LOOKS: usize = 200;

/// Whether a value has no inside.
pub(super) fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::Array(_) | Value::Object(_))
}

/// The names of members that a schema mentions for the value itself.
pub(super) fn mentioned(arena: &Arena, id: NodeId) -> BTreeSet<Rc<str>> {
    let mut names = BTreeSet::new();
    walk(arena, id, &mut |node| {
        if let Node::Record(record) = node {
            let objects = &record.objects;
            names.extend(objects.members.keys().chain(&objects.required).cloned());
        }
        true
    });
    names
}

/// Whether a value that is outside stays outside when members are left out that are not among the names that stay.
pub(super) fn is_stable(arena: &Arena, id: NodeId, kept: Option<&BTreeSet<Rc<str>>>) -> bool {
    walk(arena, id, &mut |node| match node {
        Node::Record(record) => is_stable_record(arena, record, kept),
        Node::Values(values) => values.iter().all(is_scalar),
        Node::Anything | Node::Nothing | Node::All(_) | Node::Any(_) | Node::Link(_) => true,
        Node::One(_) | Node::Not(_) | Node::Unevaluated { .. } | Node::Opaque(_) | Node::Open => {
            false
        }
    })
}

fn is_stable_record(arena: &Arena, record: &Record, kept: Option<&BTreeSet<Rc<str>>>) -> bool {
    let (arrays, objects) = (&record.arrays, &record.objects);
    let flat = |id: NodeId| arena.follow(id) == Arena::ANYTHING || !is_structured(arena, id);
    let contains = arrays.contains.iter().map(|contains| contains.schema);
    let items = arrays
        .prefix
        .iter()
        .copied()
        .chain(arrays.rest)
        .chain(contains);
    let patterns = objects.patterns.iter().map(|(_, schema)| *schema);
    let members = objects
        .members
        .values()
        .copied()
        .chain(patterns)
        .chain(objects.rest);
    if !items.chain(members).all(flat) {
        return false;
    }
    let Some(kept) = kept else {
        return true;
    };
    let is_open = |id: NodeId| arena.follow(id) == Arena::ANYTHING;
    objects.members.keys().all(|name| kept.contains(name))
        && objects.patterns.is_empty()
        && objects.rest.is_none_or(is_open)
        && objects.names.is_none()
        && objects.most.is_none()
}

/// Visits a schema and those it applies in place while `visit` agrees; says whether it always did.
fn walk(arena: &Arena, id: NodeId, visit: &mut dyn FnMut(&Node) -> bool) -> bool {
    let mut pending = vec![id];
    let mut looks = 0;
    while let Some(id) = pending.pop() {
        let node = arena.get(id);
        looks += 1;
        if looks > MOST_LOOKS || !visit(node) {
            return false;
        }
        pending.extend(in_place(node));
    }
    true
}
