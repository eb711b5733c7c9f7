//! The translation, keyword by keyword.

use super::{MODERN, THREE, TWO, ask, check, said};
use crate::variance::Direction::Input;
use serde_json::json;

#[test]
fn nullable_counts_beside_type_only() {
    let cases = [
        (json!(null), "ok"),
        (json!("a"), "ok"),
        (json!(1), "type at "),
    ];
    check(
        THREE,
        &json!({ "type": "string", "nullable": true }),
        &cases,
    );
    check(
        TWO,
        &json!({ "type": "string", "x-nullable": true }),
        &cases,
    );
    check(MODERN, &json!({ "type": ["string", "null"] }), &cases);
    let not = [(json!(null), "type at "), (json!("a"), "ok")];
    check(MODERN, &json!({ "type": "string", "nullable": true }), &not);
    check(TWO, &json!({ "type": "string", "nullable": true }), &not);
    check(
        THREE,
        &json!({ "type": "string", "x-nullable": true }),
        &not,
    );
    check(
        THREE,
        &json!({ "nullable": true, "allOf": [{ "type": "string" }] }),
        &not,
    );
    // The list has to name null itself.
    let listed = [(json!(null), "enum at "), (json!("a"), "ok")];
    let schema = json!({ "type": "string", "nullable": true, "enum": ["a"] });
    check(THREE, &schema, &listed);
    let schema = json!({ "type": "string", "nullable": true, "enum": ["a", null] });
    check(THREE, &schema, &[(json!(null), "ok")]);
}

#[test]
fn bounds_may_be_exclusive_by_a_flag_or_by_themselves() {
    let cases = [
        (json!(1), "exclusiveMinimum at "),
        (json!(2), "ok"),
        (json!(9), "ok"),
        (json!(10), "exclusiveMaximum at "),
    ];
    let flags =
        json!({ "minimum": 1, "exclusiveMinimum": true, "maximum": 10, "exclusiveMaximum": true });
    for dialect in [TWO, THREE, MODERN] {
        check(dialect, &flags, &cases);
    }
    let numbers = json!({ "exclusiveMinimum": 1, "exclusiveMaximum": 10 });
    check(MODERN, &numbers, &cases);
    check(THREE, &numbers, &cases);
    let both = json!({ "minimum": 0, "maximum": 1, "exclusiveMaximum": false });
    check(
        THREE,
        &both,
        &[
            (json!(1), "ok"),
            (json!(2), "maximum at "),
            (json!(-1), "minimum at "),
        ],
    );
    let exact = json!({ "maximum": 9_007_199_254_740_993_i64 });
    check(
        THREE,
        &exact,
        &[
            (json!(9_007_199_254_740_993_i64), "ok"),
            (json!(9_007_199_254_740_994_i64), "maximum at "),
        ],
    );
}

#[test]
fn siblings_of_a_reference_count_from_3_1_on() {
    let schemas = json!({ "S": { "$ref": "#/components/schemas/T", "maxLength": 1 }, "T": { "type": "string" } });
    assert_eq!(said(ask(THREE, &schemas, Input, &json!("ab"))), "ok");
    assert_eq!(
        said(ask(MODERN, &schemas, Input, &json!("ab"))),
        "maxLength at "
    );
    assert_eq!(said(ask(MODERN, &schemas, Input, &json!(1))), "type at ");
    let lost = json!({ "S": { "$ref": "#/components/schemas/Lost" } });
    assert_eq!(said(ask(THREE, &lost, Input, &json!(1))), "none");
    assert_eq!(said(ask(MODERN, &lost, Input, &json!(1))), "none");
}

#[test]
fn members_without_a_type_make_an_object() {
    for dialect in [TWO, THREE, MODERN] {
        let schema = json!({ "properties": { "a": { "type": "string" } } });
        check(
            dialect,
            &schema,
            &[
                (json!({ "a": "x" }), "ok"),
                (json!({ "b": 1 }), "ok"),
                (json!({ "a": 1 }), "type at /a"),
                (json!("x"), "type at "),
            ],
        );
        let said_elsewhere =
            json!({ "allOf": [{ "type": "object" }, { "properties": { "a": {} } }] });
        check(
            dialect,
            &said_elsewhere,
            &[(json!({}), "ok"), (json!(1), "type at ")],
        );
    }
    let wider = json!({ "allOf": [{ "type": ["object", "null"] }, { "properties": { "a": {} } }] });
    check(
        MODERN,
        &wider,
        &[(json!(null), "ok"), (json!(1), "type at ")],
    );
    check(
        TWO,
        &json!({ "type": "file" }),
        &[(json!("x"), "ok"), (json!(1), "type at ")],
    );
}

#[test]
fn formats_with_a_language_assert() {
    for dialect in [TWO, THREE, MODERN] {
        let of = |kind: &str, format: &str| json!({ "type": kind, "format": format });
        check(
            dialect,
            &of("integer", "int32"),
            &[
                (json!(2_147_483_647), "ok"),
                (json!(2_147_483_648_u64), "format at "),
            ],
        );
        check(
            dialect,
            &of("integer", "int64"),
            &[
                (json!(i64::MAX), "ok"),
                (json!(9_223_372_036_854_775_808_u64), "format at "),
            ],
        );
        check(dialect, &of("string", "int32"), &[(json!("x"), "ok")]);
        for (format, good, bad) in [
            ("date", "2026-11-20", "2026-13-01"),
            ("date-time", "2026-11-20T10:00:00Z", "2026-11-20"),
            ("uuid", "123e4567-e89b-12d3-a456-426614174000", "123"),
            ("ipv4", "10.0.0.1", "10.0.0.256"),
            ("ipv6", "::1", ":::1"),
            ("email", "a@b.example", "a"),
            ("uri", "https://a.example/", "a b"),
            ("hostname", "a.example", "-"),
        ] {
            check(
                dialect,
                &of("string", format),
                &[(json!(good), "ok"), (json!(bad), "format at ")],
            );
        }
        for format in ["byte", "binary", "password", "time", "regex", "phone"] {
            check(dialect, &of("string", format), &[(json!("("), "ok")]);
        }
    }
}

#[test]
fn keywords_of_2020_12_hold_in_3_1_only() {
    let table = [
        (json!({ "const": 1 }), json!(2), "const at "),
        (
            json!({ "prefixItems": [{ "type": "string" }], "items": false }),
            json!(["a", 1]),
            "items at /1",
        ),
        (
            json!({ "prefixItems": [{ "type": "string" }] }),
            json!([1]),
            "type at /0",
        ),
        (
            json!({ "contains": { "const": 1 }, "minContains": 2 }),
            json!([1]),
            "contains at ",
        ),
        (json!({ "contains": true }), json!([]), "contains at "),
        (
            json!({ "patternProperties": { "^x": { "type": "string" } } }),
            json!({ "xy": 1 }),
            "type at /xy",
        ),
        (
            json!({ "propertyNames": { "maxLength": 1 } }),
            json!({ "xy": 1 }),
            "propertyNames at ",
        ),
        (
            json!({ "dependentRequired": { "a": ["b"] } }),
            json!({ "a": 1 }),
            "required at  b",
        ),
        (
            json!({ "dependentSchemas": { "a": { "required": ["b"] } } }),
            json!({ "a": 1 }),
            "required at  b",
        ),
        (
            json!({ "if": { "type": "string" }, "then": { "maxLength": 1 } }),
            json!("ab"),
            "maxLength at ",
        ),
        (
            json!({ "properties": { "a": {} }, "unevaluatedProperties": false }),
            json!({ "a": 1, "b": 1 }),
            "unevaluatedProperties at  b",
        ),
        (
            json!({ "allOf": [{ "prefixItems": [true] }], "unevaluatedItems": false }),
            json!([1, 2]),
            "unevaluatedItems at ",
        ),
    ];
    for (schema, payload, expected) in table {
        let of = |dialect| said(ask(dialect, &json!({ "S": schema }), Input, &payload));
        assert_eq!(of(MODERN), expected, "{schema}");
        let own = ["items", "properties"]
            .iter()
            .any(|keyword| schema.get(keyword).is_some());
        if !own {
            assert_eq!(of(THREE), "ok", "{schema}");
        }
    }
}
