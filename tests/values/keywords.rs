//! What the keywords of JSON Schema come down to.

use super::bare;
use contract::spec::Draft;

#[test]
fn scalars() {
    use Draft::{D4, D7, D2020};
    for (draft, schema, form) in [
        (D2020, "true", "any"),
        (D2020, "{}", "any"),
        (D2020, "false", "none"),
        (D2020, r#"{"type": ["string", "null"]}"#, "string|null"),
        (D2020, r#"{"type": "integer"}"#, "integer"),
        (
            D4,
            r#"{"type": "integer"}"#,
            "(integer & ?written without a fraction)",
        ),
        (D4, r#"{"type": ["integer", "number"]}"#, "number"),
        (
            D7,
            r#"{"minimum": 1.50, "exclusiveMinimum": 1.5}"#,
            "any[over 1.5]",
        ),
        (
            D4,
            r#"{"minimum": 1, "exclusiveMinimum": true, "maximum": 3}"#,
            "any[over 1, to 3]",
        ),
        (
            D7,
            r#"{"maximum": 1e400, "multipleOf": 0.01}"#,
            &format!("any[to 1{}, steps 0.01]", "0".repeat(400)),
        ),
        (
            D7,
            r#"{"minLength": 2.0, "maxLength": 5, "pattern": "^a"}"#,
            "any[shortest 2, longest 5, pattern ^a]",
        ),
        (D7, r#"{"format": "date"}"#, "any"),
        (D2020, r#"{"enum": [1, 1.0, "a", null]}"#, "=null,1,\"a\""),
        (D2020, r#"{"const": {"b": [true]}}"#, "={\"b\":[true]}"),
        (D4, r#"{"const": 1}"#, "any"),
        (D7, r#"{"contentEncoding": "base64"}"#, "any"),
    ] {
        assert_eq!(bare(draft, schema), form, "{schema}");
    }
}

#[test]
fn what_no_validator_reads_is_unknown() {
    for (schema, form) in [
        (
            r#"{"minLength": "3"}"#,
            r#"?`minLength` is not a count but "3""#,
        ),
        (
            r#"{"type": "strng"}"#,
            r#"?`type` is not a type but "strng""#,
        ),
        (
            r#"{"required": true}"#,
            "?`required` is not a list of names but true",
        ),
        (
            r#"{"multipleOf": 0}"#,
            "?`multipleOf` is not a number above zero but 0",
        ),
        (
            r#"{"minimum": 1e20000}"#,
            "?`minimum` 1e20000 is too large a number",
        ),
        (
            r#"{"const": [1e20000]}"#,
            "?`const` has 1e20000, too large a number: [1e20000]",
        ),
        (
            r#"{"exclusiveMinimum": true, "minimum": 1}"#,
            "(any[from 1] & ?`exclusiveMinimum` is not a number but true)",
        ),
        (
            r##"{"$ref": "#/nowhere", "type": "null"}"##,
            "(null & ?`$ref` `#/nowhere` leads nowhere)",
        ),
        (r##"{"$ref": "#"}"##, "any"),
        (
            r#"{"allOf": []}"#,
            "?`allOf` is not a list of schemas but []",
        ),
        (r#"{"properties": {"a": 1}}"#, "any{a: ?1 is no schema}"),
        (
            r#"{"minLength": 99999999999999999999}"#,
            "?`minLength` is not a count but 99999999999999999999",
        ),
        (r#"{"maxLength": 99999999999999999999}"#, "any"),
    ] {
        assert_eq!(bare(Draft::D2020, schema), form, "{schema}");
    }
}

#[test]
fn objects() {
    use Draft::{D4, D7, D2019, D2020};
    for (draft, schema, form) in [
        (
            D2020,
            r#"{"type": "object", "properties": {"b": {"type": "null"}, "a": true}, "required": ["a"],
                "additionalProperties": false}"#,
            "object{a: any, b: null, *: none, required a}",
        ),
        (
            D4,
            r#"{"patternProperties": {"^x-": {}}, "additionalProperties": true, "propertyNames": false}"#,
            "any{/^x-/: any, *: any}",
        ),
        (
            D7,
            r#"{"propertyNames": {"maxLength": 3}, "maxProperties": 2}"#,
            "any{most 2, names any[longest 3]}",
        ),
        (
            D2020,
            r#"{"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"minProperties": 3}}}"#,
            "(any{declared a b c} & (!object{required a} | (object{required a} & any{required b})) & \
             (!object{required c} | (object{required c} & any{fewest 3})))",
        ),
        (
            D7,
            r#"{"dependencies": {"c": false, "a": ["b"]}, "dependentRequired": {"a": ["z"]}}"#,
            "(any{declared a b c} & (!object{required a} | (object{required a} & any{required b})) & \
             (!object{required c} | (object{required c} & none)))",
        ),
        (
            D2019,
            r#"{"properties": {"a": {}}, "unevaluatedProperties": false}"#,
            "unevaluated(any{a: any}, members none)",
        ),
        (
            D7,
            r#"{"properties": {"a": {}}, "unevaluatedProperties": false}"#,
            "any{a: any}",
        ),
    ] {
        assert_eq!(bare(draft, schema), form, "{schema}");
    }
}

#[test]
fn arrays() {
    use Draft::{D4, D6, D7, D2019, D2020};
    for (draft, schema, form) in [
        (
            D4,
            r#"{"items": [{"type": "null"}], "additionalItems": false}"#,
            "any[null, *: none]",
        ),
        (
            D4,
            r#"{"items": {"type": "null"}, "additionalItems": false}"#,
            "any[*: null]",
        ),
        (D2019, r#"{"additionalItems": false}"#, "any"),
        (
            D2020,
            r#"{"prefixItems": [true], "items": false, "minItems": 1}"#,
            "any[any, *: none, fewest 1]",
        ),
        (
            D2019,
            r#"{"prefixItems": [true], "uniqueItems": true}"#,
            "any[unique]",
        ),
        (D4, r#"{"contains": {}}"#, "any"),
        (
            D6,
            r#"{"contains": {"type": "null"}, "minContains": 3}"#,
            "any[contains null 1..]",
        ),
        (
            D2019,
            r#"{"contains": true, "minContains": 0, "maxContains": 3}"#,
            "any[contains any 0..3]",
        ),
        (
            D2020,
            r#"{"contains": true}"#,
            "any[contains any 1.. evaluated]",
        ),
        (
            D2020,
            r#"{"items": [true]}"#,
            "?`items` is not a schema but [true]",
        ),
        (
            D2020,
            r#"{"unevaluatedItems": {"type": "null"}}"#,
            "unevaluated(any, items null)",
        ),
        (D7, r#"{"uniqueItems": false}"#, "any"),
    ] {
        assert_eq!(bare(draft, schema), form, "{schema}");
    }
}

#[test]
fn combinations() {
    use Draft::{D6, D7, D2020};
    for (draft, schema, form) in [
        (
            D7,
            r#"{"allOf": [{"minimum": 1}], "maximum": 3}"#,
            "(any[to 3] & any[from 1])",
        ),
        (
            D7,
            r#"{"anyOf": [{"type": "null"}, {"minimum": 1}]}"#,
            "(null | any[from 1])",
        ),
        (
            D7,
            r#"{"oneOf": [{"type": "null"}, {"type": "null"}]}"#,
            "one(null, null)",
        ),
        (D7, r#"{"not": {"not": {"type": "null"}}}"#, "!!null"),
        (
            D7,
            r#"{"if": {"type": "null"}, "then": {"minimum": 1}, "else": {"maximum": 1}}"#,
            "((null & any[from 1]) | (!null & any[to 1]))",
        ),
        (
            D7,
            r#"{"if": {"type": "null"}, "else": false}"#,
            "(null | (!null & none))",
        ),
        (D7, r#"{"if": {"type": "null"}}"#, "any"),
        (D6, r#"{"if": {"type": "null"}, "then": false}"#, "any"),
        (D2020, r#"{"if": {"type": "null"}}"#, "(null | !null)"),
    ] {
        assert_eq!(bare(draft, schema), form, "{schema}");
    }
}
