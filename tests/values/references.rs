//! What references come down to.

use super::{bare, load, show};
use contract::{
    inclusion::Arena,
    spec::{Draft, Lowering},
};

#[test]
fn references() {
    use Draft::{D4, D7, D2019, D2020};
    for (draft, schema, form) in [
        (
            D7,
            r##"{"$ref": "#/definitions/a", "minimum": 1, "definitions": {"a": {"type": "null"}}}"##,
            "null",
        ),
        (
            D2019,
            r##"{"$ref": "#/$defs/a", "minimum": 1, "$defs": {"a": {"type": "null"}}}"##,
            "(any[from 1] & null)",
        ),
        (
            D7,
            r##"{"properties": {"next": {"$ref": "#"}}, "type": "object"}"##,
            "@1 = object{next: @1}",
        ),
        (
            D7,
            r##"{"allOf": [{"$ref": "#/definitions/a"}], "definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}}}"##,
            "?`$ref` `#/definitions/b` leads back to itself",
        ),
        // An `$id` beside a `$ref`, in an enum, or under an unknown keyword is none.
        (
            D7,
            r#"{"allOf": [{"$ref": "a"}], "definitions": {"x": {"$id": "a", "$ref": "b"}, "y": {"enum": [{"$id": "a"}]},
            "z": {"other": {"$id": "a"}}, "a": {"$id": "a", "type": "null"}}}"#,
            "null",
        ),
        (
            D4,
            r##"{"allOf": [{"$ref": "#n"}], "definitions": {"a": {"id": "#n", "type": "null"}}}"##,
            "null",
        ),
        // Each resource has anchors of its own.
        (
            D2020,
            r##"{"$id": "http://x.example/root", "properties": {"p": {"$ref": "#a"}, "q": {"$ref": "inner#a"}},
            "$defs": {"a": {"$anchor": "a", "type": "null"},
                      "b": {"$id": "inner", "$defs": {"a": {"$anchor": "a", "type": "string"}}}}}"##,
            "any{p: null, q: string}",
        ),
        (
            D2020,
            r#"{"enum": [{"$ref": "b"}], "properties": {"$ref": {"type": "null"}}}"#,
            "(any{$ref: null} & ={\"$ref\":\"b\"})",
        ),
    ] {
        assert_eq!(bare(draft, schema), form, "{schema}");
    }
}

#[test]
fn dynamic_references() {
    // A list of strings, by way of a list of whatever the outermost `item` says.
    let list = r##"{"$id": "http://x.example/strings", "$ref": "list", "$defs": {
        "item": {"$dynamicAnchor": "item", "type": "string"},
        "list": {"$id": "list", "items": {"$dynamicRef": "#item"}, "$defs": {"any": {"$dynamicAnchor": "item"}}}}}"##;
    assert_eq!(bare(Draft::D2020, list), "any[*: string]");
    // A plain reference stays where it is, say some validators, and follows, say others.
    let plain = bare(Draft::D2020, &list.replace("$dynamicRef", "$ref"));
    assert!(
        plain.starts_with(
            "any[*: ?where `$ref` `#item` leads depends on the way to schema.json#/$defs/list/items"
        ),
        "{plain}"
    );
    let tree = r##"{"$id": "http://x.example/strict", "$recursiveAnchor": true, "$ref": "tree", "unevaluatedProperties": false,
        "$defs": {"tree": {"$id": "tree", "$recursiveAnchor": true, "properties": {"child": {"$recursiveRef": "#"}}}}}"##;
    assert_eq!(
        bare(Draft::D2019, tree),
        "@1 = unevaluated(any{child: @1}, members none)"
    );
    let open = tree.replacen(r#""$recursiveAnchor": true, "$ref""#, r#""$ref""#, 1);
    assert_eq!(
        bare(Draft::D2019, &open),
        "unevaluated(@1 = any{child: @1}, members none)"
    );
}

#[test]
fn published_metaschemas_are_known() {
    let schema = r#"{"$ref": "http://json-schema.org/draft-07/schema#/definitions/simpleTypes"}"#;
    let types = bare(Draft::D7, schema);
    assert!(types.starts_with("=\"array\",\"boolean\""), "{types}");
    let whole = bare(
        Draft::D2020,
        r#"{"$ref": "https://json-schema.org/draft/2020-12/schema"}"#,
    );
    assert!(
        whole.starts_with("@1 = (boolean|object{$recursiveAnchor"),
        "{whole}"
    );
    for reason in ["leads", "no schema", "is not a"] {
        assert!(!whole.contains(reason), "{whole}");
    }
}

#[test]
fn several_files() {
    let bundle = load(
        &[
            (
                "s/order.json",
                r#"{"$id": "https://x.example/s/order.json", "properties": {"item": {"$ref": "item.json#/definitions/i"}}}"#,
            ),
            (
                "s/item.json",
                r##"{"definitions": {"i": {"$ref": "#/definitions/j"}, "j": {"type": "null"}}}"##,
            ),
        ],
        Some(Draft::D7),
    );
    let mut arena = Arena::default();
    let id = Lowering::new(&bundle, false).node(&mut arena, bundle.root(), None);
    let form = show(&arena, id);
    assert!(
        form == "any{item: null}" || form.contains("leads nowhere"),
        "{form}"
    );
}
