//! The JSON Schema for editors and the reader know the same keys.

use super::{WHOLE, faults};
use crate::probe::scenario::SCHEMA;
use serde_json::{Value, json};
use std::collections::BTreeSet;

type Keys = BTreeSet<String>;

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("JSON")
}

fn whole() -> Value {
    let tree = crate::tree::parse_bytes("a.yaml", WHOLE.into()).expect("YAML");
    tree.to_json(tree.root()).expect("small")
}

/// The keys of every closed object of the schema.
fn declared(schema: &Value, into: &mut BTreeSet<Keys>) {
    match schema {
        Value::Object(members) => {
            if members.get("additionalProperties") == Some(&json!(false)) {
                let keys = members["properties"].as_object().expect("an object").keys();
                into.insert(keys.cloned().collect());
            }
            members.values().for_each(|value| declared(value, into));
        }
        Value::Array(items) => items.iter().for_each(|value| declared(value, into)),
        _ => {}
    }
}

/// Pointers to all mappings of a value.
fn mappings(value: &Value, at: &str, into: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            into.push(at.to_owned());
            for (name, value) in members {
                mappings(value, &format!("{at}/{}", name.replace('/', "~1")), into);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                mappings(value, &format!("{at}/{index}"), into);
            }
        }
        _ => {}
    }
}

#[test]
fn the_schema_and_the_reader_know_the_same_keys() {
    let mut expected = BTreeSet::new();
    declared(&schema(), &mut expected);
    let (mut read, mut places) = (BTreeSet::new(), Vec::new());
    mappings(&whole(), "", &mut places);
    for place in places {
        let mut value = whole();
        let mapping = value.pointer_mut(&place).and_then(Value::as_object_mut);
        mapping
            .expect("a mapping")
            .insert("qqqqqqqqqqqqqqqq".to_owned(), json!("$.q"));
        let told = faults(&value.to_string());
        let keys = told.iter().find_map(|fault| {
            let (_, keys) = fault.split_once("has no key `qqqqqqqqqqqqqqqq` (the keys are ")?;
            let words = keys.split('`').skip(1).step_by(2);
            Some(words.map(str::to_owned).collect::<Keys>())
        });
        read.extend(keys);
    }
    assert_eq!(read, expected);
}

#[test]
fn the_schema_and_the_reader_agree_on_what_is_left_out() {
    let validator = jsonschema::validator_for(&schema()).expect("a schema");
    assert_eq!(
        (validator.is_valid(&whole()), faults(WHOLE)),
        (true, Vec::new())
    );
    let mut places = Vec::new();
    mappings(&whole(), "", &mut places);
    for place in places {
        let keys: Vec<String> = whole()
            .pointer(&place)
            .and_then(Value::as_object)
            .expect("a mapping")
            .keys()
            .cloned()
            .collect();
        for key in keys {
            let mut value = whole();
            let mapping = value.pointer_mut(&place).and_then(Value::as_object_mut);
            mapping.expect("a mapping").remove(&key);
            let told = faults(&value.to_string());
            // Names that steps captured are beyond a schema.
            let structural = told.iter().any(|fault| {
                !fault.contains(" is not an input")
                    && !fault.contains("captures no")
                    && !fault.contains("no earlier step")
            });
            assert_eq!(
                validator.is_valid(&value),
                !structural,
                "{place} without {key}: {told:?}"
            );
        }
    }
}
