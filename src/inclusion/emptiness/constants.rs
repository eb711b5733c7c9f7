//! Constants as keywords: a negated array or object is a demand on items and members.

use super::super::{
    schema::{Arena, Arrays, NodeId, Objects, Record},
    types::Types,
    value::Value,
};

/// The type of a value.
pub(super) fn type_of(value: &Value) -> Types {
    match value {
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::BOOLEAN,
        Value::Number(number) if number.is_whole() => Types::INTEGER,
        Value::Number(_) => Types::NUMBER.without(Types::INTEGER),
        Value::String(_) => Types::STRING,
        Value::Array(_) => Types::ARRAY,
        Value::Object(_) => Types::OBJECT,
    }
}

/// The record to which this array or object belongs and nothing else; `None` for a scalar.
pub(super) fn structural(arena: &mut Arena, value: &Value) -> Option<NodeId> {
    let mut record = Record::of(type_of(value));
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
        Value::Array(items) => {
            let prefix: Vec<_> = items
                .iter()
                .map(|item| arena.values([item.clone()]))
                .collect();
            record.arrays = Arrays {
                fewest: items.len() as u64,
                most: Some(items.len() as u64),
                prefix,
                ..Arrays::default()
            };
        }
        Value::Object(members) => {
            record.objects = Objects {
                members: members
                    .iter()
                    .map(|(name, value)| (name.clone(), arena.values([value.clone()])))
                    .collect(),
                required: members.keys().cloned().collect(),
                rest: Some(Arena::NOTHING),
                ..Objects::default()
            };
        }
    }
    Some(arena.record(record))
}
