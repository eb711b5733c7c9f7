//! Schemas that accept nothing or everything.

use super::sheet::Sheet;
use serde_json::json;

#[test]
fn nothing_and_everything() {
    let mut sheet = Sheet::default();
    let (nothing, everything, text) = (json!(false), json!({}), json!({"type": "string"}));
    sheet.ask(
        [&nothing, &text],
        "included",
        &["schema-allowed additive :: rule"],
    );
    sheet.ask(
        [&text, &nothing],
        r#"not """#,
        &[r#"schema-forbidden breaking :: not """#],
    );
    sheet.ask(
        [&nothing, &everything],
        "included",
        &["schema-allowed additive :: rule"],
    );
    sheet.ask(
        [&everything, &nothing],
        "not null",
        &["schema-forbidden breaking :: not null"],
    );
    sheet.ask(
        [&everything, &text],
        "not null",
        &["type-narrowed breaking :: not null"],
    );
    sheet.ask(
        [&text, &everything],
        "included",
        &["type-widened additive :: rule"],
    );
    sheet.ask(
        [&nothing, &json!({"not": {}})],
        "included",
        &["schema-allowed additive :: rule"],
    );
    sheet.ask([&everything, &json!(true)], "included", &[]);
}

#[test]
fn bounds_that_contradict_each_other() {
    let mut sheet = Sheet::default();
    let text = json!({"type": "boolean"});
    for hollow in [
        json!({"type": "number", "minimum": 2, "maximum": 1}),
        json!({"type": "number", "exclusiveMinimum": 1, "maximum": 1}),
        json!({"type": "string", "minLength": 2, "maxLength": 1}),
        json!({"type": "array", "minItems": 2, "maxItems": 1}),
        json!({"type": "object", "minProperties": 2, "maxProperties": 1}),
        json!({"type": "array", "contains": true, "minContains": 3, "maxContains": 2}),
    ] {
        sheet.ask(
            [&hollow, &text],
            "included",
            &["type-changed additive :: compatible"],
        );
        sheet.ask(
            [&text, &hollow],
            "not false",
            &["type-changed breaking :: not false"],
        );
    }
}

#[test]
fn recursion_without_an_end() {
    let mut sheet = Sheet::default();
    let endless = json!({"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#"}}});
    let ending = json!({"type": "object", "properties": {"a": {"$ref": "#"}}});
    let itself = json!({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}});
    let denies = json!({"not": {"$ref": "#"}});
    let text = json!({"type": "string"});
    sheet.ask(
        [&endless, &text],
        "included",
        &["type-changed additive :: compatible"],
    );
    sheet.ask(
        [&endless, &ending],
        "included",
        &["property-became-optional additive :: rule"],
    );
    sheet.ask(
        [&ending, &endless],
        "not {}",
        &["property-became-required breaking :: not {}"],
    );
    sheet.ask(
        [&itself, &text],
        "open: nothing is known of `$ref` `#/$defs/b` leads back to itself",
        &["unreadable-reference-changed breaking :: not null"],
    );
    sheet.ask(
        [&denies, &text],
        "open: a schema that is nothing but itself",
        &[
            "type-narrowed undecided :: open: a schema that is nothing but itself",
            "not-removed additive :: rule",
        ],
    );
    sheet.ask(
        [&text, &denies],
        r#"not """#,
        &[
            "not-added undecided :: open: a schema that is nothing but itself",
            "type-widened additive :: rule",
        ],
    );
}
