use super::*;
use crate::inclusion::{evaluate::Evaluator, languages::Languages, sketch, value::Value};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

/// Everything the readings say of a value.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    written: Option<bool>,
    in_writer: Option<bool>,
    held: Option<bool>,
    in_reader: Option<bool>,
    readable: Option<bool>,
}

fn said(schema: &Json, value: &Json) -> Said {
    let mut arena = Arena::default();
    let id = sketch::lower(&mut arena, schema);
    let mut readings = Readings::default();
    let (writer, reader) = (
        readings.writer(&mut arena, id),
        readings.reader(&mut arena, id),
    );
    assert_eq!(
        (
            readings.writer(&mut arena, id),
            readings.reader(&mut arena, id)
        ),
        (writer, reader)
    );
    let mut languages = Languages::new(Budget::default().states);
    let value = sketch::value(value);
    let mut holds =
        |id: NodeId, value: &Value| Evaluator::new(&arena, &mut languages).holds(id, value);
    let (in_writer, held, in_reader) = (
        holds(writer, &value),
        holds(id, &value),
        holds(reader, &value),
    );
    Said {
        in_writer,
        held,
        in_reader,
        written: readings.written(&arena, id, None, &value),
        readable: readings.readable(&arena, id, &value),
    }
}

/// A schema with values that a writer writes, and with values that it does not although they belong to it.
#[track_caller]
fn writes(schema: &Json, yes: &[Json], no: &[Json]) {
    for value in yes {
        let said = said(schema, value);
        assert_eq!(
            (said.written, said.in_writer),
            (Some(true), Some(true)),
            "{schema} {value}"
        );
    }
    for value in no {
        let said = said(schema, value);
        assert_eq!(
            (said.held, said.written, said.in_writer),
            (Some(true), Some(false), Some(false)),
            "{schema} {value}"
        );
    }
}

/// A schema with values that a reader takes although they do not belong to it, and with values that it does not.
#[track_caller]
fn reads(schema: &Json, yes: &[Json], no: &[Json]) {
    for value in yes {
        let said = said(schema, value);
        assert_eq!(
            (said.held, said.readable, said.in_reader),
            (Some(false), Some(true), Some(true)),
            "{schema} {value}"
        );
    }
    for value in no {
        let said = said(schema, value);
        assert_eq!(
            (said.readable, said.in_reader),
            (Some(false), Some(false)),
            "{schema} {value}"
        );
    }
}

#[test]
fn undeclared_members_are_not_written_at_any_depth() {
    let schema = json!({
        "properties": {"a": {"properties": {"b": {}}}, "list": {"items": {"properties": {"c": {}}}}},
        "required": ["r"],
    });
    writes(
        &schema,
        &[
            json!({"r": {"x": 1}}),
            json!({"r": 1, "a": {"b": 1}}),
            json!({"r": 1, "list": [{"c": 1}, {}]}),
            json!([{"x": 1}]),
        ],
        &[
            json!({"r": 1, "x": 1}),
            json!({"r": 1, "a": {"x": 1}}),
            json!({"r": 1, "list": [{}, {"x": 1}]}),
        ],
    );
}

#[test]
fn free_form_objects_and_maps_stay_as_written() {
    writes(&json!({"type": "object"}), &[json!({"x": {"y": 1}})], &[]);
    writes(
        &json!({"properties": {"a": {}}, "additionalProperties": true}),
        &[json!({"x": 1})],
        &[],
    );
    let map = json!({"additionalProperties": {"properties": {"a": {}}}});
    writes(&map, &[json!({"x": {"a": 1}})], &[json!({"x": {"y": 1}})]);
    let map = json!({"unevaluatedProperties": {"properties": {"a": {}}}});
    writes(&map, &[json!({"x": {"a": 1}})], &[json!({"x": {"y": 1}})]);
    let patterns = json!({"patternProperties": {"^x": {"properties": {"a": {}}}}});
    writes(
        &patterns,
        &[json!({"x1": {"a": 1}})],
        &[json!({"y": 1}), json!({"x1": {"b": 1}})],
    );
}

#[test]
fn branches_declare_together() {
    let all = json!({"allOf": [
        {"properties": {"p": {"properties": {"a": {}}}}},
        {"properties": {"p": {"properties": {"b": {}}}, "q": {}}},
    ]});
    writes(
        &all,
        &[json!({"p": {"a": 1, "b": 1}, "q": 1})],
        &[json!({"p": {"c": 1}}), json!({"c": 1})],
    );
    let any = json!({"anyOf": [
        {"properties": {"a": {}}, "required": ["a"]},
        {"properties": {"b": {}}, "required": ["b"]},
    ]});
    writes(
        &any,
        &[json!({"a": 1, "b": 1}), json!({"a": 1})],
        &[json!({"a": 1, "c": 1})],
    );
}

#[test]
fn a_branch_declares_nothing_that_it_refused() {
    let one = json!({"oneOf": [
        {"properties": {"kind": {"const": "a"}, "data": {"properties": {"x": {}}}}, "required": ["kind"]},
        {"properties": {"kind": {"const": "b"}, "data": {"properties": {"y": {}}}, "more": {}}, "required": ["kind"]},
    ]});
    writes(
        &one,
        &[
            json!({"kind": "a", "data": {"x": 1}}),
            json!({"kind": "b", "more": 1}),
        ],
        &[
            json!({"kind": "a", "data": {"y": 1}}),
            json!({"kind": "a", "more": 1}),
        ],
    );
    let any = json!({"anyOf": [
        {"properties": {"a": {"type": "string"}}, "required": ["a"]},
        {"properties": {"b": {}}, "required": ["b"]},
    ]});
    writes(&any, &[json!({"b": 1})], &[json!({"a": 1, "b": 1})]);
    let when = json!({"if": {"properties": {"k": {"const": 1}}, "required": ["k"]}, "then": {"properties": {"t": {}}}, "else": {"properties": {"e": {}}}});
    writes(
        &when,
        &[json!({"k": 1, "t": 1}), json!({"e": 1})],
        &[
            json!({"k": 1, "e": 1}),
            json!({"k": 2}),
            json!({"e": 1, "t": 1}),
        ],
    );
}

#[test]
fn an_object_that_no_accepting_branch_names_is_free_form() {
    let any = json!({"anyOf": [{"properties": {"a": {"type": "string"}}, "required": ["a"]}, {"maxProperties": 2}]});
    writes(
        &any,
        &[json!({"x": 1}), json!({"a": ""})],
        &[json!({"a": "", "x": 1})],
    );
    let null = json!({"anyOf": [{"properties": {"a": {}}, "type": "object"}, {"type": "null"}]});
    writes(&null, &[json!(null), json!({"a": 1})], &[json!({"x": 1})]);
}

#[test]
fn recursive_schemas_are_read_at_every_depth() {
    let tree = json!({"type": "object", "properties": {"next": {"$ref": "#"}}});
    writes(
        &tree,
        &[json!({"next": {"next": {}}})],
        &[json!({"next": {"next": {"x": 1}}})],
    );
    let closed = json!({"type": "object", "properties": {"next": {"$ref": "#"}}, "additionalProperties": false});
    reads(
        &closed,
        &[json!({"next": {"next": {"x": 1}}}), json!({"x": 1})],
        &[json!({"next": 1})],
    );
}

#[test]
fn not_if_and_contains_are_left_alone() {
    writes(
        &json!({"properties": {"a": {}}, "not": {"properties": {"b": {}}, "required": ["b"]}}),
        &[json!({"a": 1})],
        &[json!({"a": 1, "c": 1})],
    );
    writes(
        &json!({"items": {"properties": {"a": {}}}, "contains": {"required": ["a"]}}),
        &[json!([{"a": 1}])],
        &[json!([{"a": 1}, {"c": 1}])],
    );
    reads(
        &json!({"not": {"properties": {"a": {}}, "additionalProperties": false}}),
        &[],
        &[json!({"a": 1})],
    );
}

#[test]
fn undeclared_members_are_left_out_by_a_reader() {
    let closed = json!({"properties": {"a": {"type": "integer"}}, "additionalProperties": false, "required": ["a"]});
    reads(
        &closed,
        &[json!({"a": 1, "x": 1})],
        &[json!({"x": 1}), json!({"a": "", "x": 1})],
    );
    let all = json!({"allOf": [{"properties": {"a": {}}, "unevaluatedProperties": false}, {"properties": {"b": {}}}]});
    reads(&all, &[json!({"x": 1})], &[]);
    // The first branch refuses what the second declares, so nobody may leave it out.
    assert_eq!(said(&all, &json!({"b": 1})).in_reader, Some(false));
    let items =
        json!({"items": {"properties": {"a": {}}, "additionalProperties": false}, "maxItems": 1});
    reads(&items, &[json!([{"x": 1}])], &[json!([{"x": 1}, {}])]);
    let map =
        json!({"additionalProperties": {"properties": {"a": {}}, "additionalProperties": false}});
    reads(&map, &[json!({"m": {"x": 1}})], &[]);
}

#[test]
fn closed_branches_of_one_of_stay_understood() {
    let tagged = json!({"type": "object", "oneOf": [
        {"properties": {"kind": {"const": "a"}, "x": {}}, "required": ["kind"], "additionalProperties": false},
        {"properties": {"kind": {"const": "b"}, "y": {"type": "string"}}, "required": ["kind"], "additionalProperties": false},
    ]});
    reads(
        &tagged,
        &[json!({"kind": "a", "z": 1}), json!({"kind": "a", "y": 1})],
        &[json!({"kind": "c"}), json!({"kind": "b", "y": 1})],
    );
    let closed = json!({"type": "object", "oneOf": [
        {"properties": {"a": {}}, "additionalProperties": false},
        {"properties": {"a": {}, "b": {}}, "required": ["b"], "additionalProperties": false},
    ]});
    reads(
        &closed,
        &[json!({"a": 1, "c": 1}), json!({"a": 1, "b": 1, "c": 1})],
        &[],
    );
}

fn values() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(json!(1)),
        Just(json!("x")),
        Just(json!(null)),
        Just(json!({})),
        Just(json!([]))
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let name = prop_oneof![3 => Just("a"), 3 => Just("b"), 1 => Just("ab"), 2 => Just("c"), 1 => Just("d")];
        prop_oneof![
            4 => prop::collection::btree_map(name, inner.clone(), 0..5).prop_map(|it| json!(it)),
            1 => prop::collection::vec(inner, 0..4).prop_map(|it| json!(it)),
        ]
    })
}

fn schemas() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(json!({})),
        Just(json!({"type": "integer"})),
        Just(json!({"type": ["object", "array"]})),
        Just(json!({"type": ["string", "null"]})),
        Just(json!({"const": 1})),
        Just(json!({"const": "x"})),
        Just(json!({"enum": [1, {"a": 1}]})),
        Just(json!({"required": ["a"]})),
        Just(json!({"properties": {"a": {"const": 1}}, "required": ["a"], "type": "object"})),
        Just(
            json!({"properties": {"a": {"const": "x"}}, "required": ["a"], "type": "object", "additionalProperties": false})
        ),
        Just(json!({"properties": {"b": {}}, "additionalProperties": false})),
        Just(
            json!({"properties": {"a": {}, "c": {}}, "required": ["c"], "type": "object", "additionalProperties": false})
        ),
    ];
    leaf.prop_recursive(3, 24, 3, |inner| {
        let name = prop_oneof![3 => Just("a"), 3 => Just("b"), 1 => Just("ab"), 1 => Just("c")];
        let pattern = prop_oneof![Just("a"), Just("^b"), Just("c|ab")];
        let object = (
            prop::collection::btree_map(name, inner.clone(), 1..3),
            prop_oneof![3 => Just(None), 3 => Just(Some(json!(false))), 1 => inner.clone().prop_map(Some)],
            prop::collection::vec(prop_oneof![Just("a"), Just("b")], 0..2),
        )
            .prop_map(|(members, rest, required)| {
                let mut schema = json!({"properties": members, "required": required});
                if let Some(rest) = rest {
                    schema["additionalProperties"] = rest;
                }
                schema
            });
        let list = || prop::collection::vec(inner.clone(), 1..4);
        let keyword = prop_oneof![
            1 => prop::collection::btree_map(pattern, inner.clone(), 1..3).prop_map(|it| json!({"patternProperties": it})),
            2 => inner.clone().prop_map(|it| json!({"items": it})),
            1 => list().prop_map(|it| json!({"prefixItems": it})),
            1 => inner.clone().prop_map(|it| json!({"contains": it})),
            2 => list().prop_map(|it| json!({"allOf": it})),
            2 => list().prop_map(|it| json!({"anyOf": it})),
            3 => list().prop_map(|it| json!({"oneOf": it})),
            1 => inner.clone().prop_map(|it| json!({"not": it})),
            1 => (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| json!({"if": a, "then": b, "else": c})),
            1 => Just(json!({"properties": {"a": {"$ref": "#"}, "c": {}}})),
            1 => Just(json!({"items": {"$ref": "#"}})),
            1 => Just(json!({"unevaluatedProperties": false})),
            1 => inner.clone().prop_map(|it| json!({"unevaluatedProperties": it})),
            1 => inner.clone().prop_map(|it| json!({"unevaluatedItems": it})),
            1 => prop_oneof![Just(json!({"maxProperties": 2})), Just(json!({"minProperties": 2})), Just(json!({"uniqueItems": true})), Just(json!({"propertyNames": {"maxLength": 1}}))],
        ];
        let parts = prop::collection::vec(prop_oneof![3 => object, 4 => keyword], 1..4);
        parts.prop_map(|parts| {
            let mut schema = serde_json::Map::new();
            for part in parts {
                schema.extend(part.as_object().unwrap().clone());
            }
            Json::Object(schema)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn each_reading_contains_the_one_before(schema in schemas(), values in prop::collection::vec(values(), 10)) {
        for value in &values {
            let said = said(&schema, value);
            let known = |answer: Option<bool>| answer.is_some();
            prop_assert!(said.written != Some(true) || said.in_writer != Some(false), "{} {} {:?}", schema, value, said);
            prop_assert!(said.in_writer != Some(true) || said.held != Some(false), "{} {} {:?}", schema, value, said);
            prop_assert!(said.held != Some(true) || said.in_reader != Some(false), "{} {} {:?}", schema, value, said);
            prop_assert!(said.in_reader != Some(true) || said.readable != Some(false), "{} {} {:?}", schema, value, said);
            prop_assert!(known(said.held), "{} {} {:?}", schema, value, said);
        }
    }
    #[test]
    fn what_is_written_against_a_reader_is_in_its_writer(old in schemas(), new in schemas(), values in prop::collection::vec(values(), 10)) {
        let mut arena = Arena::default();
        let mut readings = Readings::default();
        let (old_id, new_id) = (sketch::lower(&mut arena, &old), sketch::lower(&mut arena, &new));
        let writer = readings.writer_against(&mut arena, old_id, new_id);
        let plain = readings.writer(&mut arena, old_id);
        let mut languages = Languages::new(Budget::default().states);
        for value in &values {
            let value = sketch::value(value);
            let written = readings.written(&arena, old_id, Some(new_id), &value) == Some(true);
            let mut holds = |id| Evaluator::new(&arena, &mut languages).holds(id, &value);
            prop_assert!(!written || holds(writer) != Some(false), "{} {} {}", old, new, value);
            prop_assert!(holds(writer) != Some(true) || holds(old_id) != Some(false), "{} {} {}", old, new, value);
            prop_assert!(holds(plain) != Some(true) || holds(writer) != Some(false), "{} {} {}", old, new, value);
        }
    }
}
