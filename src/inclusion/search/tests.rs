use super::*;
use crate::inclusion::{
    canonical::{Canonical, covers},
    generated::{Choices, Kinds},
    schema::Node,
    shrink,
};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

/// The smallest witness that the search and the shrinking find.
fn smallest(small: &Json, large: &Json) -> Option<String> {
    let mut arena = Arena::default();
    let small = documents::read(&mut arena, small);
    let large = documents::read(&mut arena, large);
    let mut languages = Languages::default();
    let found = witness(&arena, small, large, Budget::default(), &mut languages);
    let mut shows = |value: &Value| {
        let mut evaluator = Evaluator::new(&arena, &mut languages);
        evaluator.holds(small, value) == Some(true) && evaluator.holds(large, value) == Some(false)
    };
    let value = found.witness?;
    assert!(shows(&value));
    Some(shrink(value, &mut shows, 2_000).to_string())
}

/// Asserts that `small` is not included in `large`, and what shows it.
fn differ(small: &Json, large: &Json, expected: &str) {
    assert_eq!(
        smallest(small, large).as_deref(),
        Some(expected),
        "{small} in {large}"
    );
}

#[test]
fn numbers_differ() {
    differ(&json!({}), &json!({"type": "number"}), "\"\"");
    differ(
        &json!({"type": "number"}),
        &json!({"type": "integer"}),
        "0.5",
    );
    differ(&json!({"type": "integer"}), &json!({"minimum": -7}), "-8");
    differ(&json!({"type": "integer"}), &json!({"maximum": 500}), "501");
    differ(
        &json!({"type": "integer", "minimum": 3}),
        &json!({"exclusiveMinimum": 3}),
        "3",
    );
    differ(&json!({"maximum": 3}), &json!({"exclusiveMaximum": 3}), "3");
    differ(&json!({"type": "integer"}), &json!({"multipleOf": 10}), "1");
    differ(
        &json!({"multipleOf": 0.1, "type": "number"}),
        &json!({"multipleOf": 0.3}),
        "0.1",
    );
    differ(
        &json!({"type": "integer", "minimum": 9_007_199_254_740_993_u64}),
        &json!({"minimum": 9_007_199_254_740_994_u64}),
        "9007199254740993",
    );
}

#[test]
fn strings_differ() {
    differ(
        &json!({"type": "string"}),
        &json!({"maxLength": 50}),
        &format!("{:?}", "a".repeat(51)),
    );
    differ(&json!({"type": "string"}), &json!({"minLength": 1}), "\"\"");
    differ(
        &json!({"type": "string", "minLength": 1}),
        &json!({"pattern": "^.+$"}),
        "\"\\n\"",
    );
    differ(
        &json!({"pattern": "^[ab]+$", "type": "string"}),
        &json!({"pattern": "^a+$"}),
        "\"b\"",
    );
    differ(
        &json!({"pattern": "^v[0-9]{1,3}$", "type": "string"}),
        &json!({"maxLength": 3}),
        "\"v000\"",
    );
    differ(
        &json!({"type": "string"}),
        &json!({"enum": ["a", "b"]}),
        "\"\"",
    );
    differ(
        &json!({"not": {"enum": ["a"]}}),
        &json!({"not": {"enum": ["a", "b"]}}),
        "\"b\"",
    );
}

#[test]
fn arrays_differ() {
    let array = json!({"type": "array"});
    differ(&array, &json!({"minItems": 1}), "[]");
    differ(&array, &json!({"maxItems": 2}), "[null,null,null]");
    differ(&array, &json!({"uniqueItems": true}), "[null,null]");
    differ(&array, &json!({"items": {"type": "string"}}), "[null]");
    differ(
        &array,
        &json!({"prefixItems": [true, {"type": "string"}]}),
        "[null,null]",
    );
    differ(
        &array,
        &json!({"prefixItems": [true], "items": false}),
        "[null,null]",
    );
    differ(&array, &json!({"contains": {"type": "string"}}), "[]");
    differ(
        &json!({"type": "array", "contains": {"const": 1}, "minContains": 1}),
        &json!({"contains": {"const": 1}, "minContains": 2}),
        "[1]",
    );
    differ(
        &array,
        &json!({"contains": {"const": 1}, "minContains": 0, "maxContains": 1}),
        "[1,1]",
    );
    differ(
        &json!({"type": "array", "items": {"type": "integer"}, "uniqueItems": true}),
        &json!({"maxItems": 30}),
        "[0,-1,3,1,2,-2,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28]",
    );
}

#[test]
fn long_arrays_are_drawn() {
    let small = json!({"type": "array", "minItems": 32_724, "items": {"type": "integer"}});
    let mut arena = Arena::default();
    let small = documents::read(&mut arena, &small);
    let large = documents::read(&mut arena, &json!({"maxItems": 40}));
    let found = witness(
        &arena,
        small,
        large,
        Budget::default(),
        &mut Languages::default(),
    );
    let items = match found.witness {
        Some(Value::Array(items)) => items.len(),
        other => panic!("{other:?}"),
    };
    assert!((32_724..32_800).contains(&items), "{items}");
}

#[test]
fn lengths_beyond_every_budget_are_not_drawn() {
    for keyword in ["minLength", "minItems", "minProperties"] {
        let mut arena = Arena::default();
        let [small, large] = [1_000_000_000_000_u64, 1_000_000_000_001].map(|count| {
            let mut schema = json!({});
            schema[keyword] = json!(count);
            documents::read(&mut arena, &schema)
        });
        let mut languages = Languages::default();
        let found = witness(&arena, small, large, Budget::default(), &mut languages);
        assert_eq!(found.witness, None, "{keyword}");
    }
}

#[test]
fn objects_differ() {
    let object = json!({"type": "object"});
    differ(&object, &json!({"required": ["a"]}), "{}");
    differ(&object, &json!({"minProperties": 1}), "{}");
    differ(
        &object,
        &json!({"properties": {"a": {"type": "string"}}}),
        r#"{"a":null}"#,
    );
    differ(
        &object,
        &json!({"properties": {"a": {}, "b": {"type": "string"}}}),
        r#"{"b":null}"#,
    );
    differ(
        &json!({"required": ["a"], "type": "object"}),
        &json!({"maxProperties": 1}),
        r#"{"a":null,"x":null}"#,
    );
    differ(
        &json!({"type": "object", "properties": {"a": {}}, "additionalProperties": {"type": "integer"}}),
        &json!({"additionalProperties": {"type": "integer"}}),
        r#"{"a":null}"#,
    );
    differ(
        &json!({"type": "object", "patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": false}),
        &json!({"patternProperties": {"^x-": {"minimum": 0}}}),
        r#"{"x-":-1}"#,
    );
    differ(
        &json!({"type": "object", "additionalProperties": {"type": "string"}}),
        &json!({"additionalProperties": {"maxLength": 2}}),
        r#"{"x":"aaa"}"#,
    );
    differ(
        &object,
        &json!({"propertyNames": {"maxLength": 2}}),
        r#"{"aaa":null}"#,
    );
}

#[test]
fn combinations_differ() {
    differ(
        &json!({"oneOf": [{"type": "string"}, {"type": "integer"}, {"const": "x"}]}),
        &json!({"type": "integer"}),
        "\"\"",
    );
    differ(
        &json!({"anyOf": [{"minimum": 5}, {"maxLength": 3}]}),
        &json!({"oneOf": [{"minimum": 5}, {"maxLength": 3}]}),
        "\"\"",
    );
    let pets = |last: &str| {
        let branch =
            |kind: String| json!({"required": ["kind"], "properties": {"kind": {"const": kind}}});
        let mut branches: Vec<Json> = (0..300).map(|kind| branch(kind.to_string())).collect();
        branches.push(branch(last.to_owned()));
        json!({"type": "object", "oneOf": branches})
    };
    differ(&pets("new"), &pets("old"), r#"{"kind":"new"}"#);
    let list = |value: Json| {
        json!({"$ref": "#/$defs/list", "$defs": {"list": {
            "type": "object",
            "properties": {"value": value, "next": {"$ref": "#/$defs/list"}},
            "additionalProperties": false,
        }}})
    };
    differ(
        &list(json!({"type": "number"})),
        &list(json!({"type": "integer"})),
        r#"{"value":0.5}"#,
    );
}

#[test]
fn included_schemas_have_no_witness() {
    assert_eq!(
        smallest(&json!({"const": 1}), &json!({"type": "integer"})),
        None
    );
    assert_eq!(smallest(&json!(false), &json!(false)), None);
    assert_eq!(smallest(&json!(true), &json!(true)), None);
    assert_eq!(
        smallest(&json!({"multipleOf": 0.3}), &json!({"multipleOf": 0.1})),
        None
    );
    let cycle = json!({"$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}});
    assert_eq!(smallest(&cycle, &cycle), None);
}

#[test]
fn what_is_opaque_gives_a_candidate_only() {
    let mut arena = Arena::default();
    let text = documents::read(&mut arena, &json!({"type": "string"}));
    let opaque = arena.add(Node::Opaque("x".into()));
    let found = witness(
        &arena,
        text,
        opaque,
        Budget::default(),
        &mut Languages::default(),
    );
    assert_eq!(found.witness, None);
    assert!(matches!(found.candidate, Some(Value::String(_))));
}

#[test]
fn searches_are_repeatable() {
    let mut arena = Arena::default();
    let small = documents::read(&mut arena, &json!({"minItems": 1}));
    let large = documents::read(&mut arena, &json!({"minLength": 1, "minimum": 3}));
    let search = || {
        witness(
            &arena,
            small,
            large,
            Budget::default(),
            &mut Languages::default(),
        )
    };
    assert_eq!(search(), search());
    let draw = || sample(&arena, small, 50, 9, &mut Languages::default());
    assert_eq!((draw().len(), draw()), (50, draw()));
}

proptest! {
    #[test]
    fn samples_hold(schema in prop::collection::vec(any::<u8>(), 0..90)) {
        let mut arena = Arena::default();
        let id = Choices::new(&schema, Kinds::Every).schema(&mut arena, 3);
        let mut languages = Languages::default();
        for value in sample(&arena, id, 20, 1, &mut languages) {
            prop_assert_eq!(Evaluator::new(&arena, &mut languages).holds(id, &value), Some(true));
        }
    }

    /// A proof and a witness never stand together, and the canonical forms never refute what has no witness at all.
    #[test]
    fn canonical_forms_agree_with_the_search(
        small in prop::collection::vec(any::<u8>(), 0..50),
        large in prop::collection::vec(any::<u8>(), 0..50),
    ) {
        let mut arena = Arena::default();
        let small = Choices::new(&small, Kinds::Every).schema(&mut arena, 2);
        let large = Choices::new(&large, Kinds::Every).schema(&mut arena, 2);
        let answer = covers(&arena, large, small, 400);
        let found = witness(&arena, small, large, Budget::default(), &mut Languages::default());
        if let Some(witness) = found.witness {
            prop_assert_ne!(answer, Canonical::Yes, "{}", witness);
        }
    }
}
