//! Where schemas stand within a schema.

use serde_json::Value;

const ONE: [&str; 11] = [
    "additionalProperties",
    "items",
    "contains",
    "propertyNames",
    "not",
    "if",
    "then",
    "else",
    "unevaluatedProperties",
    "unevaluatedItems",
    "additionalItems",
];
const LISTS: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
const MAPS: [&str; 5] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
];

/// The pointer of every schema within a schema, itself included.
pub(crate) fn places(schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(schema, String::new(), &mut found);
    found
}

fn walk(schema: &Value, at: String, found: &mut Vec<String>) {
    let Value::Object(keywords) = schema else {
        found.push(at);
        return;
    };
    found.push(at.clone());
    for (keyword, value) in keywords {
        let here = format!("{at}/{keyword}");
        match value {
            Value::Object(members) if MAPS.contains(&keyword.as_str()) => {
                for (name, inside) in members {
                    walk(inside, format!("{here}/{}", escaped(name)), found);
                }
            }
            Value::Array(parts) if LISTS.contains(&keyword.as_str()) || keyword == "items" => {
                for (index, inside) in parts.iter().enumerate() {
                    walk(inside, format!("{here}/{index}"), found);
                }
            }
            Value::Object(_) | Value::Bool(_) if ONE.contains(&keyword.as_str()) => {
                walk(value, here, found);
            }
            _ => {}
        }
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
