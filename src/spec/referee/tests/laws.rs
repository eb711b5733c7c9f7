//! What the payload cannot reach makes no difference: a translation agrees with the whole document.

use super::{super::Referee, api, node};
use crate::spec::Dialect;
use proptest::{prelude::*, strategy::Union};
use serde_json::{Value, json};

const ALL: &[&str] = &["S", "A", "B"];
const TYPES: [&str; 6] = ["object", "array", "string", "number", "null", "boolean"];

fn reference(names: &'static [&'static str]) -> BoxedStrategy<Value> {
    let one = proptest::sample::select(names);
    one.prop_map(|name| json!({ "$ref": format!("#/components/schemas/{name}") }))
        .boxed()
}

fn leaf() -> BoxedStrategy<Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::from),
        proptest::sample::select(&TYPES[..]).prop_map(|kind| json!({ "type": kind })),
        Just(json!({ "const": "x" })),
        Just(json!({ "enum": [1, [1], { "a": 1 }, null] })),
        (0..4).prop_map(|least| json!({ "minimum": least })),
        (0..3)
            .prop_map(|most| json!({ "maxLength": most, "maxItems": most, "maxProperties": most })),
        Just(json!({ "multipleOf": 2 })),
        Just(json!({ "pattern": "^x" })),
        Just(json!({ "required": ["a"] })),
        Just(json!({ "dependentRequired": { "a": ["b"] } })),
        Just(json!({ "uniqueItems": true })),
    ]
    .boxed()
}

/// Schemas that refer to `here` for the same value, and to any for the parts of it: so no circle stays in place.
fn schema(depth: u32, here: &'static [&'static str]) -> BoxedStrategy<Value> {
    let mut choices = vec![leaf()];
    if !here.is_empty() {
        choices.push(reference(here));
    }
    if depth > 0 {
        let same = || schema(depth - 1, here);
        let part = || prop_oneof![reference(ALL), schema(depth - 1, ALL)];
        let list = || prop::collection::vec(same(), 1..3);
        choices.extend([
            list().prop_map(|all| json!({ "allOf": all })).boxed(),
            list().prop_map(|any| json!({ "anyOf": any })).boxed(),
            list().prop_map(|one| json!({ "oneOf": one })).boxed(),
            same().prop_map(|not| json!({ "not": not })).boxed(),
            (same(), same(), same())
                .prop_map(|(when, then, other)| json!({ "if": when, "then": then, "else": other }))
                .boxed(),
            (same(), part())
                .prop_map(|(same, rest)| json!({ "dependentSchemas": { "a": same }, "unevaluatedProperties": rest }))
                .boxed(),
            (part(), part(), part())
                .prop_map(|(a, b, rest)| json!({ "type": TYPES, "properties": { "a": a, "zz": b }, "additionalProperties": rest }))
                .boxed(),
            (list(), part())
                .prop_map(|(any, rest)| json!({ "anyOf": any, "unevaluatedProperties": rest }))
                .boxed(),
            (list(), part())
                .prop_map(|(all, rest)| json!({ "allOf": all, "unevaluatedItems": rest }))
                .boxed(),
            (part(), part())
                .prop_map(|(first, rest)| json!({ "prefixItems": [first], "items": rest }))
                .boxed(),
            (part(), 0..3)
                .prop_map(|(some, least)| json!({ "contains": some, "minContains": least }))
                .boxed(),
            (part(), part())
                .prop_map(|(names, some)| json!({ "propertyNames": names, "patternProperties": { "^b": some } }))
                .boxed(),
        ]);
    }
    Union::new(choices).boxed()
}

fn payload() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        (0..5).prop_map(Value::from),
        Just(json!("x")),
        Just(json!("yyy")),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[abz]", inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_translation_agrees_with_the_document(
        s in schema(3, &["A", "B"]),
        a in schema(2, &["B"]),
        b in schema(2, &[]),
        payloads in prop::collection::vec(payload(), 8),
    ) {
        let schemas = json!({ "S": s, "A": a, "B": b });
        let bundle = api(Dialect::OpenApi31, &schemas);
        let root = bundle.root();
        let document = bundle.tree(root.file).to_json(root.node).expect("small");
        let draft = jsonschema::Draft::Draft202012;
        let registry = jsonschema::Registry::new()
            .draft(draft)
            .add("bundle:///api.json", draft.create_resource(document))
            .and_then(jsonschema::RegistryBuilder::prepare)
            .expect("a registry");
        let whole = jsonschema::options()
            .with_draft(draft)
            .with_registry(&registry)
            .build(&json!({ "$ref": "bundle:///api.json#/components/schemas/S" }))
            .expect("a schema");
        let referee = Referee::new(&bundle, false);
        let at = node(&bundle, "/components/schemas/S");
        for payload in payloads {
            let ruling = referee.judge(&[at], false, None, &payload).expect("an answer");
            prop_assert_eq!(ruling.valid, whole.is_valid(&payload), "{} {}", schemas, payload);
            prop_assert_eq!(ruling.valid, ruling.keyword.is_none());
            if let Some(at) = ruling.at {
                prop_assert!(payload.pointer(&at).is_some(), "{} {} {}", schemas, payload, at);
            }
        }
    }
}
