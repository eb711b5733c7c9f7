//! Schemas inside schemas, and references that lead far.

use super::sheet::Sheet;
use contract::spec::Draft;
use serde_json::{Value as Json, json};

/// `schema` inside as many `allOf` of one branch.
fn nested(depth: usize, schema: Json) -> Json {
    (0..depth).fold(schema, |inner, _| json!({"allOf": [inner]}))
}

/// `schema` behind as many references.
fn chained(length: usize, schema: Json) -> Json {
    let mut defs: serde_json::Map<String, Json> = (0..length)
        .map(|link| {
            (
                format!("d{link}"),
                json!({"$ref": format!("#/$defs/d{}", link + 1)}),
            )
        })
        .collect();
    defs.insert(format!("d{length}"), schema);
    json!({"$ref": "#/$defs/d0", "$defs": defs})
}

#[test]
fn deep_schemas() {
    let mut sheet = Sheet::default();
    let (small, large) = (json!({"type": "integer"}), json!({"type": "number"}));
    sheet.ask(
        [&nested(150, small.clone()), &nested(150, large.clone())],
        "included",
        &["type-widened additive :: rule"],
    );
    sheet.ask(
        [&nested(150, large.clone()), &nested(150, small.clone())],
        "not 0.5",
        &["type-narrowed breaking :: not 0.5"],
    );
    sheet.ask([&nested(150, small.clone()), &small], "included", &[]);
    sheet.ask(
        [&chained(150, small.clone()), &chained(150, large.clone())],
        "included",
        &["type-widened additive :: rule"],
    );
    sheet.ask(
        [&chained(150, large.clone()), &chained(150, small.clone())],
        "not 0.5",
        &["type-narrowed breaking :: not 0.5"],
    );
    sheet.ask(
        [
            &chained(3_000, large.clone()),
            &chained(3_000, small.clone()),
        ],
        "not 0.5",
        &["type-narrowed breaking :: not 0.5"],
    );
    let inside = |depth: usize, schema: Json| {
        (0..depth).fold(
            schema,
            |inner, _| json!({"type": "object", "required": ["a"], "properties": {"a": inner}}),
        )
    };
    sheet.ask(
        [&inside(100, small.clone()), &inside(100, large.clone())],
        "open: values nested deeper than 100 levels",
        &["type-widened additive :: compatible"],
    );
    sheet.ask(
        [&inside(100, large.clone()), &inside(100, small.clone())],
        "open: values nested deeper than 100 levels",
        &["type-narrowed breaking :: not 0.5"],
    );
    let negated =
        |depth: usize, schema: Json| (0..depth).fold(schema, |inner, _| json!({"not": inner}));
    sheet.ask(
        [&negated(120, small.clone()), &negated(120, large.clone())],
        "included",
        &["type-widened additive :: rule"],
    );
    sheet.ask(
        [&negated(121, small.clone()), &negated(121, large.clone())],
        "not 0.5", &["schema-narrowed breaking :: not 0.5", "type-widened undecided :: open: too many schemas around the edit would have to be asked"],
    );
    let listed = |depth: usize, schema: Json| {
        (0..depth).fold(
            schema,
            |inner, _| json!({"type": "array", "minItems": 1, "items": inner}),
        )
    };
    sheet.ask(
        [&listed(60, large.clone()), &listed(60, small.clone())],
        "not of 123 bytes",
        &["type-narrowed breaking :: not 0.5"],
    );
    let halved = |depth: usize, schema: Json| {
        (0..depth).fold(
            schema,
            |inner, step| json!({"anyOf": [inner.clone(), {"not": inner}, {"const": step}]}),
        )
    };
    sheet.ask(
        [&halved(10, large), &halved(10, small)],
        "included",
        &[
            "branch-removed additive :: compatible",
            "branch-removed additive :: compatible",
            "branch-added additive :: rule",
            "branch-added additive :: rule",
        ],
    );
}

#[test]
fn references_that_depend_on_the_way() {
    let mut sheet = Sheet::default();
    // A plain reference to an anchor that is another schema's in the dynamic scope: validators differ.
    let list = |item: &str| {
        json!({
            "$id": "https://example.com/root",
            "$ref": "list",
            "$defs": {
                "item": {"$dynamicAnchor": "item", "type": item},
                "list": {"$id": "list", "type": "array", "items": {"$ref": "#item"}, "$defs": {"item": {"$dynamicAnchor": "item"}}}
            }
        })
    };
    sheet.ask([&list("string"), &list("number")], "open: nothing is known of where `$ref` `#item` leads depends on the way to schema.json#/$defs/list/items (7576d92ccd153312), case 1", &["type-changed undecided :: open: the validator cannot read one of the schemas, so that no payload is confirmed"]);
    // The extension stops at a resource without the anchor: validators differ.
    let tree = |kind: &str| {
        json!({
            "$id": "https://example.com/outer",
            "$recursiveAnchor": true,
            "type": ["object", kind],
            "additionalProperties": {"$ref": "middle"},
            "$defs": {
                "middle": {"$id": "middle", "allOf": [{"$ref": "inner"}]},
                "inner": {"$id": "inner", "$recursiveAnchor": true, "items": {"$recursiveRef": "#"}}
            }
        })
    };
    sheet.ask_in(
        Draft::D2019,
        [&tree("null"), &tree("array")],
        "not null",
        &[
            "null-forbidden breaking :: not null",
            "type-widened additive :: rule",
        ],
    );
    // The same list reached with two fillings is two lists.
    let both = |second: &str| {
        json!({
            "$id": "https://example.com/both",
            "properties": {"a": {"$ref": "texts"}, "b": {"$ref": "others"}},
            "$defs": {
                "texts": {"$id": "texts", "$ref": "list", "$defs": {"i": {"$dynamicAnchor": "item", "type": "string"}}},
                "others": {"$id": "others", "$ref": "list", "$defs": {"i": {"$dynamicAnchor": "item", "type": second}}},
                "list": {"$id": "list", "type": "array", "items": {"$dynamicRef": "#item"}, "$defs": {"i": {"$dynamicAnchor": "item"}}}
            }
        })
    };
    sheet.ask([&both("integer"), &both("number")], "included", &[]);
    sheet.ask(
        [&both("number"), &both("integer")],
        r#"not {"b":[0.5]}"#,
        &[r#"schema-narrowed breaking :: not {"b":[0.5]}"#],
    );
}

#[test]
fn names_that_several_schemas_claim() {
    let mut sheet = Sheet::default();
    let anchors = |kind: &str| {
        json!({
            "$defs": {"a": {"$anchor": "x", "type": kind}, "b": {"$anchor": "x", "type": "string"}},
            "anyOf": [{"$ref": "#x"}]
        })
    };
    sheet.ask([&anchors("number"), &anchors("integer")], "open: nothing is known of where `$ref` `#x` leads depends on the way to schema.json#/anyOf/0 (9124fa0c20ad4e16), case 1", &["type-narrowed undecided :: open: nothing is known of where `$ref` `#x` leads depends on the way to schema.json#/anyOf/0 (9124fa0c20ad4e16), case 1"]);
    let addresses = |kind: &str| {
        json!({
            "$id": "https://example.com/root",
            "$defs": {"a": {"$id": "x", "type": kind}, "b": {"$id": "x", "type": "string"}},
            "anyOf": [{"$ref": "x"}]
        })
    };
    sheet.ask([&addresses("number"), &addresses("integer")], "open: nothing is known of where `$ref` `x` leads depends on the way to schema.json#/anyOf/0 (e7ec652918f41236), case 1", &["schema-changed undecided :: open: nothing is known of where `$ref` `x` leads depends on the way to schema.json#/anyOf/0 (e7ec652918f41236), case 1", "type-narrowed risky :: not 0.5"]);
}
