//! Law 5: a finding's fingerprints do not change with wording, key order, syntax, file layout, or `$ref` layout.
//!
//! Each rewriting below leaves the meaning of a contract as it is. It is applied to the old side, to the new side, and
//! to both; the fingerprints of everything that changed have to stay, and a contract against itself rewritten has none.

mod common;

use common::{contracts, files};
use contract::{
    diff::{self, Options},
    judge,
    spec::{self, Bundle},
    variance::Verdict,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Rules and fingerprints of what is more than words.
fn fingerprints(old: &Bundle, new: &Bundle) -> BTreeSet<(String, String)> {
    let (before, after) = (spec::read(old), spec::read(new));
    let comparison = diff::compare(&before, &after, Options::default());
    judge::judge(&comparison)
        .into_iter()
        .filter(|finding| finding.verdict > Verdict::Neutral)
        .flat_map(|finding| {
            let rule = finding.rule.id;
            finding
                .sites
                .spelled()
                .map(move |site| (format!("{rule} {}", site.element), site.fingerprint))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn as_json(bundle: &Bundle) -> Value {
    let root = bundle.root();
    bundle
        .tree(root.file)
        .to_json(root.node)
        .expect("a contract of ours is small")
}

fn load(entry: &str, parts: &[(&str, &Value)]) -> Bundle {
    let texts: Vec<(&str, String)> = parts
        .iter()
        .map(|(name, value)| (*name, value.to_string()))
        .collect();
    let texts: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    files(&texts).unwrap_or_else(|error| panic!("{entry}: {error}"))
}

/// Changes every node, children first.
fn each(value: &mut Value, change: &dyn Fn(&mut Value)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, change)),
        Value::Object(map) => map.values_mut().for_each(|value| each(value, change)),
        _ => {}
    }
    change(value);
}

/// A rewriting: its name, and the files it makes of a document.
type Rewriting = (&'static str, fn(&Value) -> Vec<(&'static str, Value)>);

const ENTRY: &str = "api.json";

const REWRITINGS: &[Rewriting] = &[
    ("rewriting as JSON", |document| {
        vec![(ENTRY, document.clone())]
    }),
    ("reordering keys", |document| {
        let mut document = document.clone();
        each(&mut document, &|value| {
            if let Value::Object(map) = value {
                let turned: Map<String, Value> = std::mem::take(map).into_iter().rev().collect();
                *map = turned;
            }
        });
        vec![(ENTRY, document)]
    }),
    ("reordering sets", |document| {
        let mut document = document.clone();
        each(&mut document, &|value| {
            for key in ["required", "tags", "parameters"] {
                if let Some(Value::Array(list)) = value.get_mut(key) {
                    list.reverse();
                }
            }
        });
        vec![(ENTRY, document)]
    }),
    ("editing descriptions", |document| {
        let mut document = document.clone();
        each(&mut document, &|value| {
            for key in ["description", "summary"] {
                if let Some(Value::String(text)) = value.get_mut(key) {
                    text.push_str(" In other words.");
                }
            }
        });
        vec![(ENTRY, document)]
    }),
    ("renaming components", |document| {
        vec![(ENTRY, renamed(document, "Renamed"))]
    }),
    ("renaming path parameters", |document| {
        let mut document = document.clone();
        each(&mut document, &|value| {
            if value["in"] == "path"
                && let Some(Value::String(name)) = value.get_mut("name")
            {
                name.push('2');
            }
        });
        if let Some(Value::Object(paths)) = document.get_mut("paths") {
            *paths = std::mem::take(paths)
                .into_iter()
                .map(|(path, item)| (path.replace('}', "2}"), item))
                .collect();
        }
        vec![(ENTRY, document)]
    }),
    ("extracting schemas", |document| {
        let mut document = document.clone();
        if !document["components"]["schemas"].is_object() {
            return vec![(ENTRY, document)];
        }
        let mut taken = Map::new();
        let schemas = document["components"]["schemas"]
            .as_object_mut()
            .expect("it is an object");
        for (name, schema) in schemas {
            let Some(Value::Object(properties)) = schema.get_mut("properties") else {
                continue;
            };
            for (member, schema) in properties {
                if schema.get("$ref").is_none() {
                    let extracted = format!("Extracted{name}{member}");
                    let reference = json!({ "$ref": format!("#/components/schemas/{extracted}") });
                    taken.insert(extracted, std::mem::replace(schema, reference));
                }
            }
        }
        document["components"]["schemas"]
            .as_object_mut()
            .expect("it is an object")
            .extend(taken);
        vec![(ENTRY, document)]
    }),
    ("moving schemas to another file", |document| {
        let mut document = document.clone();
        let Some(schemas) = document["components"]
            .as_object_mut()
            .and_then(|components| components.remove("schemas"))
        else {
            return vec![(ENTRY, document)];
        };
        each(&mut document, &|value| point(value, "other.json"));
        let mut other = json!({ "components": { "schemas": schemas } });
        each(&mut other, &|value| {
            if let Some(Value::String(text)) = value.get_mut("$ref")
                && text.starts_with('#')
                && !text.starts_with("#/components/schemas/")
            {
                text.insert_str(0, ENTRY);
            }
        });
        vec![(ENTRY, document), ("other.json", other)]
    }),
];

/// Lets references to schemas lead to another file.
fn point(value: &mut Value, file: &str) {
    if let Value::String(text) = value
        && text.starts_with("#/components/schemas/")
    {
        text.insert_str(0, file);
    }
}

/// Gives every schema another name, but for those whose name a discriminator without a mapping makes a value.
fn renamed(document: &Value, suffix: &str) -> Value {
    let mut document = document.clone();
    let prefixes = ["#/components/schemas/", "#/definitions/"];
    let implicit = document
        .to_string()
        .split("\"discriminator\":")
        .skip(1)
        .any(|rest| {
            !rest.starts_with('{') || !rest.split('}').next().unwrap_or("").contains("mapping")
        });
    if implicit {
        return document;
    }
    each(&mut document, &|value| {
        if let Value::String(text) = value
            && prefixes.iter().any(|prefix| text.starts_with(prefix))
        {
            text.push_str(suffix);
        }
    });
    for section in ["/components/schemas", "/definitions"] {
        if let Some(Value::Object(schemas)) = document.pointer_mut(section) {
            *schemas = std::mem::take(schemas)
                .into_iter()
                .map(|(name, schema)| (name + suffix, schema))
                .collect();
        }
    }
    document
}

#[test]
fn what_means_the_same_has_the_same_fingerprints() {
    let contracts: Vec<(String, Bundle)> = contracts()
        .into_iter()
        .filter(|(_, bundle)| bundle.files.len() == 1)
        .collect();
    for sides in contracts.chunks(2) {
        let [(name, old), (_, new)] = sides else {
            panic!("a contract has two sides");
        };
        let expected = fingerprints(old, new);
        for (rewriting, rewrite) in REWRITINGS {
            let rewritten = |bundle: &Bundle| {
                let parts = rewrite(&as_json(bundle));
                let parts: Vec<(&str, &Value)> =
                    parts.iter().map(|(name, value)| (*name, value)).collect();
                load(name, &parts)
            };
            let (old_too, new_too) = (rewritten(old), rewritten(new));
            let sides = [
                ("the old side", &old_too, new),
                ("the new side", old, &new_too),
                ("both sides", &old_too, &new_too),
            ];
            for (side, old, new) in sides {
                let found = fingerprints(old, new);
                let lost: Vec<_> = expected.difference(&found).collect();
                let gained: Vec<_> = found.difference(&expected).collect();
                assert!(
                    lost.is_empty() && gained.is_empty(),
                    "{name}: {rewriting} of {side}\nlost {lost:#?}\ngained {gained:#?}"
                );
            }
            let itself = fingerprints(old, &old_too);
            assert!(itself.is_empty(), "{name}: {rewriting}\n{itself:#?}");
        }
    }
}

#[test]
fn another_edit_has_another_fingerprint() {
    let (_, old) = contracts().swap_remove(0);
    let document = as_json(&old);
    let edited = |limit: u32| {
        let mut document = document.clone();
        each(&mut document, &|value| {
            if let Some(Value::Number(number)) = value.get_mut("maxLength") {
                *number = limit.into();
            }
        });
        load("payments", &[(ENTRY, &document)])
    };
    let (one, other) = (
        fingerprints(&old, &edited(1)),
        fingerprints(&old, &edited(2)),
    );
    let same: Vec<_> = one.intersection(&other).collect();
    assert!(same.is_empty(), "{same:#?}");
    assert_eq!(one.len(), other.len());
}
