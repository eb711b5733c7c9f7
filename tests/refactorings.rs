//! Refactorings mean nothing: inlining a `$ref`, extracting one, and writing the same contract in a newer dialect.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod common;

use contract::{diff::Options, spec::Bundle, text::Pointer, variance::Verdict};
use proptest::{prelude::*, test_runner::Config};
use serde_json::{Map, Value, json};
use std::{fs, path::Path, sync::LazyLock};

/// Every OpenAPI 3 fixture of one file, as JSON.
static CONTRACTS: LazyLock<Vec<(String, Value)>> = LazyLock::new(|| {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut found = Vec::new();
    for folder in ["contracts", "rules"] {
        for (old, new) in common::pairs(&fixtures.join(folder)) {
            for path in [old, new] {
                let bundle = common::load(&path);
                let tree = &bundle.files[0].tree;
                let document = tree.to_json(tree.root()).expect("not a bomb");
                let is_api = document.get("openapi").is_some();
                // What `#` means depends on where it stands, so such a schema cannot be moved.
                let movable = !document.to_string().contains("$recursiveRef");
                if movable
                    && bundle.files.len() == 1
                    && is_api
                    && !bundle
                        .diagnostics
                        .iter()
                        .any(|d| d.rule.starts_with("ref-"))
                {
                    found.push((path.display().to_string(), document));
                }
            }
        }
    }
    found
});

/// The contracts that have such places, with the places.
type Places = Vec<(usize, Vec<String>)>;

static REFERENCES: LazyLock<Places> = LazyLock::new(|| with_places(references));
static INLINE: LazyLock<Places> = LazyLock::new(|| with_places(inline_schemas));

fn with_places(find: fn(&Value) -> Vec<String>) -> Places {
    let all = CONTRACTS
        .iter()
        .enumerate()
        .map(|(index, (_, contract))| (index, find(contract)));
    all.filter(|(_, places)| !places.is_empty()).collect()
}

fn pick(places: &Places, document: usize, place: usize) -> (&'static str, &'static Value, &str) {
    let (index, found) = &places[document % places.len()];
    let (name, contract) = &CONTRACTS[*index];
    (name, contract, &found[place % found.len()])
}

fn load(document: &Value) -> Bundle {
    common::bundle("contract", &document.to_string())
}

/// The findings above Neutral.
fn loud(old: &Value, new: &Value) -> Vec<String> {
    let mut found = Vec::new();
    common::each(&load(old), &load(new), Options::default(), &mut |finding| {
        // An extracted component that nothing uses is as new as it looks.
        let unused = finding.rule.id == "unused-component-added";
        if finding.verdict > Verdict::Neutral && !unused {
            found.push(format!(
                "{} {} {}",
                finding.verdict.word(),
                finding.rule.id,
                finding.sites.first_element()
            ));
        }
    });
    found
}

/// The pointers of all values that `wanted` accepts; it is told the key path.
fn places(
    value: &Value,
    path: &mut Vec<String>,
    wanted: &dyn Fn(&[String], &Value) -> bool,
    found: &mut Vec<String>,
) {
    if wanted(path, value) {
        let mut pointer = Pointer::root();
        for key in path.iter() {
            pointer.push(key);
        }
        found.push(pointer.to_string());
    }
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    for (key, child) in children {
        path.push(key);
        places(child, path, wanted, found);
        path.pop();
    }
}

fn schema_ref(value: &Value) -> Option<&str> {
    let target = value.get("$ref")?.as_str()?;
    target
        .starts_with("#/components/schemas/")
        .then_some(target)
}

/// References to schemas. A branch of `oneOf` or `anyOf` keeps its name, which may be a discriminator's value, and so
/// does a schema with a discriminator: its subtypes descend from the component, not from a copy of it.
fn references(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let wanted = |path: &[String], value: &Value| {
        let branch = path.len() >= 2 && matches!(path[path.len() - 2].as_str(), "oneOf" | "anyOf");
        let named = schema_ref(value)
            .and_then(|target| document.pointer(target.trim_start_matches('#')))
            .is_some_and(|target| target.get("discriminator").is_some());
        schema_ref(value).is_some() && !branch && !named
    };
    places(document, &mut Vec::new(), &wanted, &mut found);
    found
}

/// Inline schemas of members and items.
fn inline_schemas(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let wanted = |path: &[String], value: &Value| {
        let member = path.len() >= 2 && path[path.len() - 2] == "properties";
        let item = path.last().is_some_and(|key| key == "items");
        let data = path
            .iter()
            .any(|key| key.starts_with("example") || key == "default" || key == "enum");
        (member || item) && !data && value.is_object() && value.get("$ref").is_none()
    };
    places(document, &mut Vec::new(), &wanted, &mut found);
    found
}

fn inline(document: &Value, at: &str) -> Value {
    let mut changed = document.clone();
    let place = document.pointer(at).expect("it was found there");
    let target = schema_ref(place).expect("it is a reference");
    let Some(schema) = document.pointer(&target[1..]) else {
        return changed;
    };
    let siblings: Map<String, Value> = place
        .as_object()
        .expect("a reference is an object")
        .iter()
        .filter(|(key, _)| *key != "$ref")
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    // Keywords beside the reference stay beside what it led to.
    // In 3.0 whatever stands beside a reference is void.
    let void = document["openapi"]
        .as_str()
        .is_some_and(|version| version.starts_with("3.0"));
    let inlined = if siblings.is_empty() || !schema.is_object() || void {
        schema.clone()
    } else {
        let mut all = siblings;
        all.insert("allOf".to_owned(), json!([schema]));
        Value::Object(all)
    };
    *changed.pointer_mut(at).expect("it was found there") = inlined;
    changed
}

fn extract(document: &Value, at: &str) -> Value {
    let mut changed = document.clone();
    let schema = changed.pointer(at).expect("it was found there").clone();
    *changed.pointer_mut(at).expect("it was found there") =
        json!({"$ref": "#/components/schemas/Extracted"});
    changed["components"]["schemas"]["Extracted"] = schema;
    changed
}

proptest! {
    #![proptest_config(Config { cases: 200, failure_persistence: None, ..Config::default() })]

    #[test]
    fn inlining_a_reference_changes_nothing(document in 0usize..10_000, place in 0usize..10_000) {
        let (name, contract, at) = pick(&REFERENCES, document, place);
        let found = loud(contract, &inline(contract, at));
        prop_assert!(found.is_empty(), "{name} {at}: {found:#?}");
    }

    #[test]
    fn extracting_a_schema_changes_nothing(document in 0usize..10_000, place in 0usize..10_000) {
        let (name, contract, at) = pick(&INLINE, document, place);
        let found = loud(contract, &extract(contract, at));
        prop_assert!(found.is_empty(), "{name} {at}: {found:#?}");
    }
}

/// A 3.0 schema in the words of 3.1.
fn modern(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if map.remove("nullable") == Some(Value::Bool(true))
                && let Some(Value::String(name)) = map.get("type").cloned()
            {
                map.insert("type".to_owned(), json!([name, "null"]));
            }
            for (flag, bound) in [
                ("exclusiveMinimum", "minimum"),
                ("exclusiveMaximum", "maximum"),
            ] {
                if map.get(flag) == Some(&Value::Bool(true))
                    && let Some(limit) = map.remove(bound)
                {
                    map.insert(flag.to_owned(), limit);
                } else if map.get(flag) == Some(&Value::Bool(false)) {
                    map.remove(flag);
                }
            }
            if map.contains_key("$ref") {
                map.retain(|key, _| key == "$ref");
            }
            for (key, child) in map.iter_mut() {
                if !matches!(key.as_str(), "example" | "examples" | "default" | "enum") {
                    modern(child);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(modern),
        _ => {}
    }
}

#[test]
fn the_same_contract_in_3_0_and_3_1_has_no_change_above_neutral() {
    let mut compared = 0;
    for (name, contract) in CONTRACTS.iter() {
        if !contract["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.0"))
        {
            continue;
        }
        let mut newer = contract.clone();
        modern(&mut newer);
        newer["openapi"] = json!("3.1.0");
        assert_eq!(loud(contract, &newer), Vec::<String>::new(), "{name}");
        compared += 1;
    }
    assert!(compared > 0);
}

#[test]
fn the_same_contract_in_swagger_2_0_and_openapi_3_0_has_no_change_above_neutral() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/dialects");
    let read = |name: &str| fs::read_to_string(root.join(name)).expect("the fixture is there");
    let (old, new) = (
        common::bundle("old", &read("swagger2.yaml")),
        common::bundle("new", &read("openapi3.yaml")),
    );
    let mut found = Vec::new();
    common::each(&old, &new, Options::default(), &mut |finding| {
        if finding.verdict > Verdict::Neutral {
            found.push(format!(
                "{} {} {}",
                finding.verdict.word(),
                finding.rule.id,
                finding.sites.first_element()
            ));
        }
    });
    assert_eq!(found, Vec::<String>::new());
}
