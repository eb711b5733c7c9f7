//! Schemas of tests, written as JSON Schema 2020-12: enough keywords for a test, nothing checked.

use super::{
    schema::{Arena, Contains, Limit, Node, NodeId, Record},
    types::Types,
    value::Value,
};
use serde_json::{Value as Json, json};
use std::{collections::BTreeMap, rc::Rc};

/// Lowers a sketch; `$ref` is the name of an entry of the root's `$defs`, or `#`.
pub(super) fn lower(arena: &mut Arena, root: &Json) -> NodeId {
    let mut named: BTreeMap<String, NodeId> = BTreeMap::new();
    let entries: Vec<(String, Json)> = root["$defs"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    named.insert("#".into(), arena.reserve());
    for (name, _) in &entries {
        named.insert(name.clone(), arena.reserve());
    }
    for (name, schema) in &entries {
        let id = one(arena, schema, &named);
        arena.define(named[name], Node::Link(id));
    }
    let id = one(arena, root, &named);
    arena.define(named["#"], Node::Link(id));
    id
}

/// A value of a test.
pub(super) fn value(json: &Json) -> Value {
    Value::from_json(json).unwrap()
}

fn one(arena: &mut Arena, schema: &Json, named: &BTreeMap<String, NodeId>) -> NodeId {
    match schema {
        Json::Bool(true) => return Arena::ANYTHING,
        Json::Bool(false) => return Arena::NOTHING,
        _ => {}
    }
    let to = |arena: &mut Arena, key: &str| schema.get(key).map(|inner| one(arena, inner, named));
    let (members, items) = (
        to(arena, "unevaluatedProperties"),
        to(arena, "unevaluatedItems"),
    );
    let (not, condition) = (to(arena, "not"), to(arena, "if"));
    let (then, otherwise) = (to(arena, "then"), to(arena, "else"));
    let mut parts = Vec::new();
    let record = record(arena, schema, named);
    if record != Record::of(Types::ALL) {
        parts.push(arena.record(record));
    }
    for (key, combine) in [
        ("allOf", Arena::all as fn(&mut Arena, Vec<NodeId>) -> NodeId),
        ("anyOf", Arena::any),
        ("oneOf", Arena::one),
    ] {
        if let Some(list) = schema[key].as_array() {
            let inner = list.iter().map(|inner| one(arena, inner, named)).collect();
            parts.push(combine(arena, inner));
        }
    }
    parts.extend(schema["$ref"].as_str().map(|name| named[name]));
    if let Some(inner) = not {
        parts.push(arena.not(inner));
    }
    if let Some(condition) = condition {
        let against = arena.not(condition);
        let held = arena.all(vec![condition, then.unwrap_or(Arena::ANYTHING)]);
        let other = arena.all(vec![against, otherwise.unwrap_or(Arena::ANYTHING)]);
        parts.push(arena.add(Node::Any([held, other].into())));
    }
    for key in ["enum", "const"] {
        let list = match schema.get(key) {
            Some(Json::Array(list)) if key == "enum" => list.clone(),
            Some(one) => vec![one.clone()],
            None => continue,
        };
        let values: Vec<Value> = list.iter().map(value).collect();
        parts.push(arena.values(values));
    }
    let base = arena.all(parts);
    if members.is_none() && items.is_none() {
        return base;
    }
    arena.add(Node::Unevaluated {
        base,
        members,
        items,
    })
}

fn record(arena: &mut Arena, schema: &Json, named: &BTreeMap<String, NodeId>) -> Record {
    let mut record = Record::of(match &schema["type"] {
        Json::String(name) => Types::named(name).unwrap(),
        Json::Array(names) => names.iter().fold(Types::NONE, |types, name| {
            types.or(Types::named(name.as_str().unwrap()).unwrap())
        }),
        _ => Types::ALL,
    });
    let list = |key: &str| schema[key].as_array().cloned().unwrap_or_default();
    let pairs = |key: &str| schema[key].as_object().cloned().unwrap_or_default();
    let names = |json: &Json| {
        json.as_array()
            .unwrap()
            .iter()
            .map(|name| Rc::from(name.as_str().unwrap()))
            .collect::<Vec<Rc<str>>>()
    };
    record.numbers.lower = schema["minimum"].as_i64().map(|at| Limit {
        at: at.into(),
        exclusive: false,
    });
    record.numbers.upper = schema["maximum"].as_i64().map(|at| Limit {
        at: at.into(),
        exclusive: false,
    });
    record.strings.shortest = schema["minLength"].as_u64().unwrap_or(0);
    record.strings.longest = schema["maxLength"].as_u64();
    record.strings.patterns = schema["pattern"]
        .as_str()
        .map(Rc::from)
        .into_iter()
        .collect();
    record.arrays.prefix = list("prefixItems")
        .iter()
        .map(|inner| one(arena, inner, named))
        .collect();
    record.arrays.rest = schema.get("items").map(|inner| one(arena, inner, named));
    record.arrays.fewest = schema["minItems"].as_u64().unwrap_or(0);
    record.arrays.most = schema["maxItems"].as_u64();
    record.arrays.unique = schema["uniqueItems"] == json!(true);
    if let Some(inner) = schema.get("contains") {
        record.arrays.contains = vec![Contains {
            schema: one(arena, inner, named),
            fewest: schema["minContains"].as_u64().unwrap_or(1),
            most: schema["maxContains"].as_u64(),
            evaluates: true,
        }];
    }
    let objects = &mut record.objects;
    for (name, inner) in pairs("properties") {
        objects
            .members
            .insert(name.into(), one(arena, &inner, named));
    }
    for (pattern, inner) in pairs("patternProperties") {
        objects
            .patterns
            .push((pattern.into(), one(arena, &inner, named)));
    }
    objects.rest = schema
        .get("additionalProperties")
        .map(|inner| one(arena, inner, named));
    objects.names = schema
        .get("propertyNames")
        .map(|inner| one(arena, inner, named));
    objects.required = schema
        .get("required")
        .map(names)
        .unwrap_or_default()
        .into_iter()
        .collect();
    objects.fewest = schema["minProperties"].as_u64().unwrap_or(0);
    objects.most = schema["maxProperties"].as_u64();
    objects.declared = schema
        .get("x-declared")
        .map(names)
        .unwrap_or_default()
        .into_iter()
        .collect();
    record
}
