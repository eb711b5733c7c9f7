//! Keywords of the wrong type: nothing is known of them, and the reason says which.

use super::sheet::Sheet;
use serde_json::json;

#[test]
fn keywords_of_the_wrong_type() {
    let mut sheet = Sheet::default();
    let text = json!({"type": "string"});
    let widened = "type-widened additive :: rule";
    for (schema, reason) in [
        (
            json!({"minLength": "3"}),
            "`minLength` is not a count but \"3\"",
        ),
        (
            json!({"type": "strng"}),
            "`type` is not a type but \"strng\"",
        ),
        (json!({"type": 5}), "`type` is not a type but 5"),
        (
            json!({"required": true}),
            "`required` is not a list of names but true",
        ),
        (
            json!({"multipleOf": 0}),
            "`multipleOf` is not a number above zero but 0",
        ),
        (
            json!({"multipleOf": -1}),
            "`multipleOf` is not a number above zero but -1",
        ),
        (
            json!({"minimum": 1, "exclusiveMinimum": true}),
            "`exclusiveMinimum` is not a number but true",
        ),
        (
            json!({"properties": []}),
            "`properties` is not a map of schemas but []",
        ),
        (
            json!({"items": [true]}),
            "`items` is not a schema but [true]",
        ),
        (
            json!({"allOf": {}}),
            "`allOf` is not a list of schemas but {}",
        ),
        (json!({"oneOf": [1]}), "1 is no schema"),
        (json!({"pattern": 1}), "`pattern` is not a pattern but 1"),
        (
            json!({"uniqueItems": "yes"}),
            "`uniqueItems` is not a boolean but \"yes\"",
        ),
        (json!({"$ref": 1}), "`$ref` is not a reference but 1"),
        (
            json!({"dependentRequired": {"a": "b"}}),
            "`dependentRequired` is not a list of names but \"b\"",
        ),
        (json!({"minItems": -1}), "`minItems` is not a count but -1"),
        (
            json!({"maxProperties": 1.5}),
            "`maxProperties` is not a count but 1.5",
        ),
        (
            json!({"contains": [], "minContains": "1"}),
            "`minContains` is not a count but \"1\"",
        ),
    ] {
        let open = format!("open: nothing is known of {reason}");
        sheet.ask([&text, &schema], &open, &[widened]);
    }
    // They say nothing about strings.
    for schema in [
        json!({"properties": {"a": 1}}),
        json!({"patternProperties": {"[": {}}}),
        json!({"additionalProperties": "no"}),
    ] {
        sheet.ask([&text, &schema], "included", &[widened]);
    }
}

#[test]
fn edits_that_nothing_is_known_of() {
    let mut sheet = Sheet::default();
    let text = json!({"type": "string"});
    sheet.ask(
        [&text, &json!({"anyOf": []})],
        "open: nothing is known of `anyOf` is not a list of schemas but []",
        &[
            r#"schema-narrowed breaking :: not """#,
            "type-widened additive :: rule",
        ],
    );
    sheet.ask(
        [&text, &json!({"not": null})],
        "open: nothing is known of null is no schema",
        &[
            "not-added undecided :: open: nothing is known of null is no schema",
            "type-widened additive :: rule",
        ],
    );
    sheet.ask(
        [&text, &json!({"enum": "a"})],
        r#"open: nothing is known of `enum` is not a list but "a""#,
        &[r#"enum-added undecided :: open: nothing is known of `enum` is not a list but "a""#],
    );
    sheet.ask(
        [&text, &json!({"pattern": "("})],
        "open: the pattern `(` is not one of ECMA-262",
        &[
            "pattern-added undecided :: open: the pattern `(` is not one of ECMA-262",
            "type-widened additive :: rule",
        ],
    );
    sheet.ask([&text, &json!({"$ref": "#/nowhere"})], "open: nothing is known of `$ref` `#/nowhere` leads nowhere", &["unreadable-reference-changed undecided :: open: nothing is known of `$ref` `#/nowhere` leads nowhere"]);
}
