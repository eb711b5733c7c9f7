//! The schemas and the readers refuse the same files.

use super::*;
use crate::policy::files::{
    Baseline, Consumers, Fault, Ledger, Policy, Request, Signoff, Usage, Waiver, example,
};
use crate::policy::resolved;
use crate::tree;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What only a reader sees: what stands elsewhere in the file, the calendar, and what numbers add up to.
const READERS_OWN: &[&str] = &[
    "there is no contract `",
    "there is no team",
    "there is no rule",
    "there is no day",
    "is there twice",
    "lies before",
    "a waiver takes",
    "its quorum is",
    "is no glob",
    "is too far away",
];

fn read(kind: FileKind, text: &str) -> Vec<Fault> {
    let bytes = text.as_bytes();
    let faults = match kind {
        FileKind::Policy => Policy::read("f.json", bytes).err(),
        FileKind::Consumers => Consumers::read("f.json", bytes).err(),
        FileKind::Usage => Usage::read("f.json", bytes).err(),
        FileKind::Deprecations => Ledger::read("f.json", bytes).err(),
        FileKind::Signoff => Signoff::read("f.json", bytes).err(),
        FileKind::Waiver => Waiver::read("f.json", bytes).err(),
        FileKind::Request => Request::read("f.json", bytes).err(),
        FileKind::Baseline => Baseline::read("f.json", bytes).err(),
    };
    faults.unwrap_or_default()
}

fn parsed(kind: FileKind) -> Value {
    serde_json::from_str(schema(kind)).expect("a schema is JSON")
}

/// The whole example of a kind as JSON.
fn whole(kind: FileKind) -> Value {
    let source = crate::text::Source::new("f.yaml", example(kind));
    let tree = tree::parse(source, tree::Syntax::Yaml).expect("an example is YAML");
    tree.to_json(tree.root()).expect("an example is small")
}

/// The pointers of a value and of all in it.
fn pointers(value: &Value, here: &str, all: &mut Vec<String>) {
    all.push(here.to_owned());
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let key = key.replace('~', "~0").replace('/', "~1");
                pointers(value, &format!("{here}/{key}"), all);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{here}/{index}"), all);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A file with one thing wrong, or odd, at every place.
fn mutants(file: &Value) -> Vec<Value> {
    let odd = [
        json!(null),
        json!(true),
        json!(0),
        json!(7),
        json!(-1),
        json!(1.5),
        json!(99_999),
        json!("zzzz"),
        json!(""),
        json!(" x"),
        json!("a\nb"),
        json!("90d"),
        json!("0d"),
        json!("2026-11-20"),
        json!("2026-11-20T00:00:00Z"),
        json!("../x"),
        json!("/x"),
        json!("a\\b"),
        json!("A b"),
        json!([]),
        json!(["zzzz"]),
        json!(["zzzz", "zzzz"]),
        json!({}),
        json!({"zzzz": 1}),
        json!({"lazy": 3}),
        json!({"maximum-lowered": "off"}),
    ];
    let mut places = Vec::new();
    pointers(file, "", &mut places);
    let mut mutants = Vec::new();
    let mut with = |place: &str, change: &dyn Fn(&mut Value)| {
        let mut mutant = file.clone();
        change(mutant.pointer_mut(place).expect("it is there"));
        mutants.push(mutant);
    };
    // The ordinary run tries one odd value in six at each place, another one at the next.
    let step = if option_env!("CONTRACT_LONG").is_some() {
        1
    } else {
        6
    };
    for (number, place) in places.iter().enumerate() {
        for value in odd.iter().skip(number % step).step_by(step) {
            with(place, &|at| *at = value.clone());
        }
        let value = file.pointer(place).expect("it is there");
        if let Value::Object(entries) = value {
            with(place, &|at| at["zzzz-zzzz-zzzz"] = json!(1));
            for key in entries.keys() {
                with(place, &|at| {
                    at.as_object_mut().expect("a map").remove(key);
                });
            }
        }
    }
    mutants
}

#[test]
fn a_schema_refuses_what_the_reader_refuses_and_nothing_else() {
    let mut disagreements = Vec::new();
    for kind in FileKind::ALL {
        let validator = jsonschema::draft202012::new(&parsed(kind)).expect("a schema");
        let file = whole(kind);
        assert!(validator.is_valid(&file), "{}", kind.word());
        for mutant in mutants(&file) {
            let text = mutant.to_string();
            let faults = read(kind, &text);
            let own = |fault: &Fault| READERS_OWN.iter().any(|own| fault.message.contains(own));
            let expected = if validator.is_valid(&mutant) {
                faults.iter().all(own)
            } else {
                !faults.is_empty()
            };
            if !expected {
                let error = validator.validate(&mutant).err();
                let error = error.map(|error| error.to_string());
                let messages: Vec<_> = faults.into_iter().map(|fault| fault.message).collect();
                disagreements.push(format!("{}: {error:?} {messages:?} {text}", kind.word()));
            }
        }
    }
    assert_eq!(disagreements, [""; 0]);
}

/// The subschema that is meant where a value is a map.
fn object<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    if let Some(name) = schema["$ref"].as_str() {
        let pointer = name.strip_prefix('#').expect("within the schema");
        return object(root, root.pointer(pointer).expect("it is there"));
    }
    match schema["oneOf"].as_array() {
        Some(branches) if schema.get("properties").is_none() => {
            let maps = branches.iter().map(|branch| object(root, branch));
            maps.into_iter()
                .find(|branch| branch["type"] == "object")
                .unwrap_or(schema)
        }
        _ => schema,
    }
}

/// The keys that a schema allows at every map of a file, and those that the reader knows there.
fn keys(
    root: &Value,
    schema: &Value,
    value: &Value,
    place: &str,
    visit: &mut dyn FnMut(&str, BTreeSet<String>),
) {
    let schema = object(root, schema);
    match value {
        Value::Object(entries) => {
            if let Some(properties) = schema["properties"].as_object() {
                visit(place, properties.keys().cloned().collect());
            }
            for (key, value) in entries {
                let inner = schema["properties"].get(key);
                let inner = inner.unwrap_or(&schema["additionalProperties"]);
                let key = key.replace('~', "~0").replace('/', "~1");
                keys(root, inner, value, &format!("{place}/{key}"), visit);
            }
        }
        Value::Array(items) => {
            let schema = match schema["oneOf"].as_array() {
                Some(branches) => branches.iter().find(|branch| branch["type"] == "array"),
                None => Some(schema),
            };
            for (index, item) in items.iter().enumerate() {
                let inner = &schema.expect("a list is allowed")["items"];
                keys(root, inner, item, &format!("{place}/{index}"), visit);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn a_schema_has_the_keys_that_the_reader_knows() {
    for kind in FileKind::ALL {
        let (root, file) = (parsed(kind), whole(kind));
        let mut places = 0;
        keys(&root, &root, &file, "", &mut |place, allowed| {
            let mut file = file.clone();
            file.pointer_mut(place).expect("it is there")["zzzz-zzzz-zzzz"] = json!(1);
            let faults = read(kind, &file.to_string());
            let help = faults
                .iter()
                .find(|fault| fault.message.contains("has no key `zzzz"))
                .and_then(|fault| fault.help.clone())
                .expect("an unknown key is refused");
            let known: BTreeSet<String> = help
                .split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect();
            assert_eq!(known, allowed, "{} {place}", kind.word());
            places += 1;
        });
        assert!(places > 0);
    }
}

#[test]
fn a_schema_has_the_defaults_of_the_policy() {
    let root = parsed(FileKind::Policy);
    let mut compared = 0;
    for setting in resolved(&Policy::default(), "f.yaml") {
        let mut at = &root;
        for key in setting.path.split('.') {
            at = &at["properties"][key];
        }
        if let Some(default) = at.get("default") {
            assert_eq!(*default, setting.value, "{}", setting.path);
            compared += 1;
        }
    }
    assert_eq!(compared, 24);
}
