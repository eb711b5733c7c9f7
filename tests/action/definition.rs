//! Action and workflows as data.

use contract::tree;
use serde_json::Value;
use std::{fs, path::Path};

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A YAML text as a value.
pub(crate) fn yaml(name: &str, text: &str) -> Value {
    let tree = tree::parse_bytes(name, text.as_bytes().to_vec())
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    tree.to_json(tree.root()).expect("small")
}

pub(crate) fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub(crate) fn action() -> Value {
    yaml("action.yml", &read("action.yml"))
}

pub(crate) fn steps() -> Vec<Value> {
    let action = action();
    let steps = action["runs"]["steps"].as_array();
    steps.expect("a composite action has steps").clone()
}

/// The names of the members of an object.
pub(crate) fn names(object: &Value) -> Vec<String> {
    let object = object.as_object().expect("an object");
    object.keys().cloned().collect()
}
