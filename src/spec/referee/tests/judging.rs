//! Where a payload fails, and what does not travel.

use super::{MODERN, THREE, ask, check, said};
use crate::variance::Direction::{Input, Output};
use serde_json::json;

#[test]
fn a_payload_is_told_where_it_fails() {
    let schema = json!({
        "type": "object",
        "required": ["items"],
        "properties": {
            "items": { "type": "array", "minItems": 1, "uniqueItems": true, "items": { "$ref": "#/components/schemas/I" } },
            "next": { "$ref": "#/components/schemas/S" },
            "tag": { "not": { "enum": ["x"] } }
        },
        "additionalProperties": { "type": "integer", "multipleOf": 2 }
    });
    let item = json!({ "type": "string", "pattern": "^a+$", "minLength": 2, "maxLength": 3 });
    for dialect in [THREE, MODERN] {
        let schemas = json!({ "S": schema, "I": item });
        for (payload, expected) in [
            (json!({ "items": ["aa"] }), "ok"),
            (json!({}), "required at  items"),
            (json!({ "items": [] }), "minItems at /items"),
            (json!({ "items": ["aa", "aa"] }), "uniqueItems at /items"),
            (json!({ "items": ["bb"] }), "pattern at /items/0"),
            (json!({ "items": ["aaaa"] }), "maxLength at /items/0"),
            (
                json!({ "items": ["aa"], "other": 3 }),
                "multipleOf at /other",
            ),
            (json!({ "items": ["aa"], "tag": "x" }), "not at /tag"),
            (
                json!({ "items": ["aa"], "next": { "items": ["aa"], "next": {} } }),
                "required at /next/next items",
            ),
        ] {
            assert_eq!(
                said(ask(dialect, &schemas, Input, &payload)),
                expected,
                "{payload}"
            );
        }
    }
}

#[test]
fn a_branch_goes_by_the_type_around_it() {
    let schema = json!({
        "type": ["object", "null"],
        "if": { "required": ["kind"] },
        "then": { "properties": { "size": { "type": "integer" } } }
    });
    check(
        MODERN,
        &schema,
        &[
            (json!(null), "ok"),
            (json!({ "kind": 1, "size": 2 }), "ok"),
            (json!({ "kind": 1, "size": "2" }), "type at /size"),
            (json!("text"), "type at "),
        ],
    );
}

#[test]
fn the_branch_that_nearly_holds_is_told() {
    let schema = json!({ "oneOf": [
        { "type": "string" },
        { "type": "object", "required": ["kind"], "properties": { "kind": { "enum": ["a"] }, "n": { "maximum": 3 } } },
        { "type": "array", "items": { "type": "string" } }
    ] });
    check(
        THREE,
        &schema,
        &[
            (json!({ "kind": "a", "n": 4 }), "maximum at /n"),
            (json!({ "kind": "b" }), "enum at /kind"),
            (json!([1]), "type at /0"),
            (json!({}), "required at  kind"),
        ],
    );
    let twice = json!({ "oneOf": [{ "type": "integer" }, { "minimum": 3 }] });
    check(THREE, &twice, &[(json!(4), "oneOf at "), (json!(1), "ok")]);
}

#[test]
fn members_of_the_other_way_are_projected_away() {
    let schemas = json!({
        "S": {
            "type": "object",
            "required": ["id", "secret", "name"],
            "additionalProperties": false,
            "properties": {
                "id": { "type": "string", "readOnly": true },
                "secret": { "$ref": "#/components/schemas/Secret" },
                "name": { "type": "string" }
            }
        },
        "Secret": { "type": "string", "writeOnly": true }
    });
    for dialect in [THREE, MODERN] {
        for (direction, payload, expected) in [
            (Input, json!({ "secret": "s", "name": "n" }), "ok"),
            (Input, json!({ "name": "n" }), "required at  secret"),
            (
                Input,
                json!({ "secret": "s", "name": "n", "id": "i" }),
                "additionalProperties at  id",
            ),
            (Output, json!({ "id": "i", "name": "n" }), "ok"),
            (Output, json!({ "name": "n" }), "required at  id"),
            (
                Output,
                json!({ "id": "i", "name": "n", "secret": "s" }),
                "additionalProperties at  secret",
            ),
        ] {
            assert_eq!(
                said(ask(dialect, &schemas, direction, &payload)),
                expected,
                "{payload}"
            );
        }
    }
}

#[test]
fn a_projection_reaches_the_whole_conjunction() {
    let split = json!({
        "allOf": [{ "$ref": "#/components/schemas/Base" }, { "required": ["id", "part"] }],
        "properties": { "part": { "required": ["id"] } },
        "anyOf": [{ "required": ["id"] }, { "required": ["other"] }],
        "not": { "required": ["id"] }
    });
    let base = json!({
        "type": "object",
        "properties": {
            "id": { "readOnly": true },
            "part": { "type": "object", "properties": { "id": { "oneOf": [{ "readOnly": true }, { "type": "null" }] } } }
        }
    });
    let schemas = json!({ "S": split, "Base": base });
    for (direction, payload, expected) in [
        (Input, json!({ "part": {} }), "ok"),
        (Output, json!({ "part": {} }), "required at  id"),
        (Output, json!({ "id": 1, "part": { "id": 1 } }), "not at "),
        (Input, json!({}), "required at  part"),
    ] {
        assert_eq!(
            said(ask(MODERN, &schemas, direction, &payload)),
            expected,
            "{payload}"
        );
    }
}

#[test]
fn what_cannot_be_told_is_not() {
    for schema in [
        json!({ "type": "widget" }),
        json!({ "maxLength": "10" }),
        json!({ "pattern": "(" }),
        json!({ "$schema": "http://json-schema.org/draft-07/schema#" }),
        json!({ "$ref": "#/components/schemas/S/x", "x": 3 }),
    ] {
        check(MODERN, &schema, &[(json!("x"), "none")]);
    }
    let explodes = json!({ "pattern": "^(a|aa|a(?=a))+\\1c$" });
    check(
        MODERN,
        &explodes,
        &[(json!(format!("{}b", "a".repeat(60))), "none")],
    );
    // Out of reach, a flaw does no harm.
    let far = json!({ "properties": { "a": { "type": "widget" } }, "items": { "pattern": "(" } });
    check(MODERN, &far, &[(json!({ "b": 1 }), "ok")]);
}
