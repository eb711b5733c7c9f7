use super::{
    super::{evaluate::Evaluator, languages::Languages, rebuild::children, sketch},
    *,
};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn has_unevaluated(arena: &Arena, id: NodeId) -> bool {
    let (mut met, mut index) = (vec![id], 0);
    while let Some(id) = met.get(index).copied() {
        index += 1;
        if matches!(arena.get(id), Node::Unevaluated { .. }) {
            return true;
        }
        for child in children(arena.get(id)) {
            if !met.contains(&child) {
                met.push(child);
            }
        }
    }
    false
}

/// What the schema says of each value, as annotations and rewritten.
fn both(schema: &Json, values: &[Json]) -> Vec<(Option<bool>, Option<bool>)> {
    let mut arena = Arena::default();
    let id = sketch::lower(&mut arena, schema);
    let made = classical(&mut arena, id);
    assert!(!has_unevaluated(&arena, made), "{schema}");
    assert_eq!(classical(&mut arena, id), made);
    assert_eq!(classical(&mut arena, made), made);
    let mut languages = Languages::new(10_000);
    let mut evaluator = Evaluator::new(&arena, &mut languages);
    let mut said = |value: &Json, id| evaluator.holds(id, &sketch::value(value));
    values
        .iter()
        .map(|value| (said(value, id), said(value, made)))
        .collect()
}

fn agree(schema: &Json, values: &[Json]) {
    for (value, (direct, rewritten)) in values.iter().zip(both(schema, values)) {
        assert_eq!(direct, rewritten, "{schema} {value}");
    }
}

#[test]
fn branches_that_name_a_member_evaluate_it() {
    let schema = json!({
        "properties": {"a": {}},
        "anyOf": [{"properties": {"b": {"type": "string"}}, "required": ["b"]}, {"properties": {"c": {}}, "required": ["c"]}],
        "unevaluatedProperties": false,
    });
    let values = [
        json!({"b": ""}),
        json!({"a": 1, "b": "", "c": 2}),
        json!({"b": 1, "c": 2}),
        json!({"a": 1}),
        json!({"c": 1, "d": 1}),
        json!(1),
    ];
    let said: Vec<_> = both(&schema, &values)
        .into_iter()
        .map(|pair| pair.1)
        .collect();
    assert_eq!(said, [true, true, false, false, false, true].map(Some));
    agree(&schema, &values);
}

#[test]
fn a_schema_without_the_keyword_stays_itself() {
    let mut arena = Arena::default();
    let id = sketch::lower(
        &mut arena,
        &json!({"properties": {"a": {"$ref": "#"}}, "additionalProperties": false}),
    );
    assert_eq!(classical(&mut arena, id), id);
}

#[test]
fn recursive_schemas_are_closed_at_every_depth() {
    let schema = json!({
        "$defs": {"tree": {"properties": {"next": {"$ref": "tree"}}, "unevaluatedProperties": false}},
        "allOf": [{"$ref": "tree"}],
        "properties": {"v": {}},
    });
    agree(
        &schema,
        &[
            json!({}),
            json!({"next": {"next": {}}}),
            json!({"next": {"next": {"v": 1}}}),
            json!({"v": 1}),
        ],
    );
}

#[test]
fn too_many_cases_are_opaque() {
    let branches: Vec<Json> = (0..8)
        .map(|index| json!({"patternProperties": {(format!("^{index}")): {}}, "required": [index.to_string()]}))
        .collect();
    let schema = json!({"anyOf": branches, "unevaluatedProperties": false});
    assert_eq!(both(&schema, &[json!({"0": 1})]), [(Some(true), None)]);
}

#[test]
fn a_hundred_branches_of_names_are_no_cases() {
    let branches: Vec<Json> = (0..100)
        .map(|index| json!({"properties": {(format!("n{index}")): {}}, "required": [format!("n{index}")]}))
        .collect();
    let schema = json!({"anyOf": branches, "unevaluatedProperties": false});
    agree(
        &schema,
        &[
            json!({"n0": 1}),
            json!({"n0": 1, "n99": 2}),
            json!({"n0": 1, "m": 2}),
            json!({}),
        ],
    );
}

#[test]
fn a_schema_that_applies_itself_in_place_is_opaque() {
    let schema = json!({"allOf": [{"$ref": "#"}], "unevaluatedProperties": false});
    assert_eq!(both(&schema, &[json!({"a": 1})])[0].1, None);
}

fn scalar() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(json!({})),
        Just(json!(true)),
        Just(json!(false)),
        Just(json!({"type": "integer"})),
        Just(json!({"type": "string"})),
        Just(json!({"type": ["object", "array"]})),
        Just(json!({"type": "null"})),
        Just(json!({"const": 1})),
        Just(json!({"required": ["a"]})),
        Just(json!({"required": ["b"]})),
        Just(json!({"minItems": 2})),
    ]
}

/// Schemas with the keywords that evaluate, and with those that ask what was evaluated.
pub(crate) fn schemas() -> impl Strategy<Value = Json> {
    scalar().prop_recursive(4, 24, 3, |inner| {
        let name = prop_oneof![Just("a"), Just("b"), Just("ab"), Just("c")];
        let pattern = prop_oneof![Just("a"), Just("^b"), Just("c|ab")];
        let keyword = prop_oneof![
            4 => prop::collection::btree_map(name, inner.clone(), 0..3).prop_map(|it| ("properties", json!(it))),
            2 => prop::collection::btree_map(pattern, inner.clone(), 1..3).prop_map(|it| ("patternProperties", json!(it))),
            1 => inner.clone().prop_map(|it| ("additionalProperties", it)),
            1 => prop::collection::vec(inner.clone(), 1..3).prop_map(|it| ("prefixItems", json!(it))),
            1 => inner.clone().prop_map(|it| ("items", it)),
            1 => inner.clone().prop_map(|it| ("contains", it)),
            2 => prop::collection::vec(inner.clone(), 1..4).prop_map(|it| ("allOf", json!(it))),
            3 => prop::collection::vec(inner.clone(), 1..4).prop_map(|it| ("anyOf", json!(it))),
            3 => prop::collection::vec(inner.clone(), 1..4).prop_map(|it| ("oneOf", json!(it))),
            1 => inner.clone().prop_map(|it| ("not", it)),
            1 => inner.clone().prop_map(|it| ("if", it)),
            1 => inner.clone().prop_map(|it| ("then", it)),
            1 => inner.clone().prop_map(|it| ("else", it)),
            3 => inner.clone().prop_map(|it| ("unevaluatedProperties", it)),
            2 => inner.clone().prop_map(|it| ("unevaluatedItems", it)),
            1 => Just(("required", json!(["a"]))),
        ];
        prop::collection::vec(keyword, 1..5).prop_map(|keywords| {
            Json::Object(keywords.into_iter().map(|(key, it)| (key.to_owned(), it)).collect())
        })
    })
}

pub(crate) fn values() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(json!(1)),
        Just(json!("x")),
        Just(json!(null)),
        Just(json!({})),
        Just(json!([]))
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let name = prop_oneof![Just("a"), Just("b"), Just("ab"), Just("c"), Just("d")];
        prop_oneof![
            3 => prop::collection::btree_map(name, inner.clone(), 0..4).prop_map(|it| json!(it)),
            1 => prop::collection::vec(inner, 0..4).prop_map(|it| json!(it)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn rewriting_keeps_every_value(
        schema in schemas(),
        members in prop_oneof![Just(json!(false)), schemas()],
        items in prop_oneof![Just(json!(false)), schemas()],
        values in prop::collection::vec(values(), 12),
    ) {
        let mut schema = schema;
        if let Json::Object(keywords) = &mut schema {
            keywords.insert("unevaluatedProperties".into(), members);
            keywords.insert("unevaluatedItems".into(), items);
        }
        agree(&schema, &values);
    }
}
