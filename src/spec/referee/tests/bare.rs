//! Bare JSON Schema is read untouched: every draft by its own rules, in one file or many.

use super::{super::Referee, load, node, said};
use crate::spec::{Assume, Bundle, Draft};
use crate::variance::Direction;
use serde_json::{Value, json};

fn bare(draft: Draft, schema: &Value) -> Bundle {
    let assume = Assume {
        schema: true,
        draft: Some(draft),
    };
    load(&[("s.json", schema.to_string())], assume).expect("a schema")
}

#[track_caller]
fn check(draft: Draft, schema: &Value, cases: &[(Value, &str)]) {
    let bundle = bare(draft, schema);
    let referee = Referee::new(&bundle, false);
    for (payload, expected) in cases {
        let found = said(referee.judge(&[bundle.root()], false, None, payload));
        assert_eq!(&found, expected, "{draft:?} {schema} {payload}");
    }
}

#[test]
fn each_draft_has_its_own_keywords() {
    check(
        Draft::D4,
        &json!({ "minimum": 1, "exclusiveMinimum": true }),
        &[(json!(1), "exclusiveMinimum at "), (json!(2), "ok")],
    );
    check(Draft::D4, &json!({ "const": 1 }), &[(json!(2), "ok")]);
    check(
        Draft::D6,
        &json!({ "const": 1 }),
        &[(json!(2), "const at ")],
    );
    check(
        Draft::D6,
        &json!({ "if": true, "then": false }),
        &[(json!(2), "ok")],
    );
    check(
        Draft::D7,
        &json!({ "if": true, "then": false }),
        &[(json!(2), "then at ")],
    );
    let siblings = json!({ "$ref": "#/definitions/s", "maxLength": 1, "definitions": { "s": { "type": "string" } } });
    check(Draft::D7, &siblings, &[(json!("ab"), "ok")]);
    check(Draft::D2019, &siblings, &[(json!("ab"), "maxLength at ")]);
    let tuple = json!({ "items": [{ "type": "string" }], "additionalItems": false });
    check(
        Draft::D2019,
        &tuple,
        &[(json!(["a", 1]), "additionalItems at ")],
    );
    let prefix = json!({ "prefixItems": [{ "type": "string" }], "items": false });
    check(Draft::D2020, &prefix, &[(json!([1]), "type at /0")]);
    check(
        Draft::D7,
        &prefix,
        &[(json!([1]), "items at /0"), (json!([]), "ok")],
    );
}

#[test]
fn the_draft_asked_for_wins_over_the_one_declared() {
    let newest = "https://json-schema.org/draft/2020-12/schema";
    check(
        Draft::D7,
        &json!({ "$schema": newest, "prefixItems": [false], "dependencies": { "a": ["b"] } }),
        &[(json!([1]), "ok"), (json!({ "a": 1 }), "required at  b")],
    );
    check(
        Draft::D2020,
        &json!({ "$schema": "http://json-schema.org/draft-04/schema#", "const": 1 }),
        &[(json!(2), "const at ")],
    );
    check(
        Draft::D2020,
        &json!({ "$schema": "https://a.example/own-metaschema", "const": 1 }),
        &[(json!(2), "const at ")],
    );
}

#[test]
fn access_formats_and_contents_are_annotations() {
    let schema = json!({
        "required": ["id"],
        "properties": {
            "id": { "readOnly": true },
            "at": { "format": "date" },
            "blob": { "contentMediaType": "application/json", "contentEncoding": "base64" }
        }
    });
    for draft in Draft::ALL {
        let bundle = bare(draft, &schema);
        let root = [bundle.root()];
        let payload = json!({ "at": "soon", "blob": "{" });
        let lax = Referee::new(&bundle, false);
        let input = Some(Direction::Input);
        assert_eq!(
            said(lax.judge(&root, false, input, &payload)),
            "required at  id"
        );
        let payload = json!({ "id": 1, "at": "soon", "blob": "{" });
        assert_eq!(said(lax.judge(&root, false, None, &payload)), "ok");
        let strict = Referee::new(&bundle, true);
        let found = said(strict.judge(&root, false, None, &payload));
        assert_eq!(found, "format at /at", "{draft:?}");
    }
}

#[test]
fn a_part_of_a_document_is_judged_where_it_stands() {
    let schema = json!({
        "$id": "https://a.example/root.json",
        "properties": { "a/b %": { "$ref": "#/$defs/n" }, "c": { "$id": "inner.json", "$defs": { "n": { "type": "string" } }, "properties": { "d": { "$ref": "#/$defs/n" } } } },
        "$defs": { "n": { "type": "integer" } }
    });
    let bundle = bare(Draft::D2020, &schema);
    let referee = Referee::new(&bundle, false);
    let ask = |pointers: &[&str], or_null, payload| {
        let nodes: Vec<_> = pointers
            .iter()
            .map(|pointer| node(&bundle, pointer))
            .collect();
        said(referee.judge(&nodes, or_null, None, &payload))
    };
    assert_eq!(ask(&["/properties/a~1b %"], false, json!("x")), "type at ");
    assert_eq!(ask(&["/properties/a~1b %"], false, json!(1)), "ok");
    assert_eq!(
        ask(&["/properties/c/properties/d"], false, json!("x")),
        "ok"
    );
    assert_eq!(
        ask(&["/properties/c/properties/d"], false, json!(1)),
        "type at "
    );
    let both = ["/properties/c/properties/d", "/$defs/n"];
    assert_eq!(ask(&both, false, json!("x")), "type at ");
    assert_eq!(ask(&both, true, json!(null)), "ok");
}

#[test]
fn references_go_where_their_draft_says() {
    let tree = json!({
        "$id": "https://a.example/tree",
        "$dynamicAnchor": "node",
        "type": "object",
        "properties": { "children": { "type": "array", "items": { "$dynamicRef": "#node" } } },
        "$defs": { "strict": {
            "$id": "strict-tree",
            "$dynamicAnchor": "node",
            "$ref": "tree",
            "unevaluatedProperties": false
        } }
    });
    let bundle = bare(Draft::D2020, &tree);
    let referee = Referee::new(&bundle, false);
    let payload = json!({ "children": [{ "daat": 1 }] });
    let ask = |pointer| said(referee.judge(&[node(&bundle, pointer)], false, None, &payload));
    assert_eq!(ask(""), "ok");
    // Below the root it depends on how one came there.
    assert_eq!(ask("/$defs/strict"), "none");
    let strict = json!({
        "$id": "https://a.example/strict",
        "$dynamicAnchor": "node",
        "$ref": "tree",
        "unevaluatedProperties": false,
        "$defs": { "tree": tree }
    });
    let bundle = bare(Draft::D2020, &strict);
    let referee = Referee::new(&bundle, false);
    assert_eq!(
        said(referee.judge(&[bundle.root()], false, None, &payload)),
        "unevaluatedProperties at /children/0 daat"
    );
    let recursive = json!({
        "$id": "http://a.example/s",
        "$recursiveAnchor": true,
        "$defs": { "my": {
            "$id": "my",
            "$recursiveAnchor": true,
            "anyOf": [{ "type": "string" }, { "type": "object", "additionalProperties": { "$recursiveRef": "#" } }]
        } },
        "not": { "anyOf": [{ "type": "integer" }, { "$ref": "#/$defs/my" }] }
    });
    check(
        Draft::D2019,
        &recursive,
        &[(json!({ "foo": { "bar": 1 } }), "not at ")],
    );
    let recursive = json!({
        "$recursiveAnchor": true,
        "type": ["object", "integer"],
        "additionalProperties": { "$recursiveRef": "#" }
    });
    check(
        Draft::D2019,
        &recursive,
        &[
            (json!({ "a": { "b": 1 } }), "ok"),
            (json!({ "a": { "b": "x" } }), "type at /a/b"),
        ],
    );
    check(
        Draft::D4,
        &json!({ "id": "http://a.example/r", "definitions": { "x": { "id": "#x", "type": "string" } }, "$ref": "#x" }),
        &[(json!(1), "type at ")],
    );
    check(
        Draft::D7,
        &json!({ "allOf": [{ "$ref": "#" }] }),
        &[(json!(1), "ok")],
    );
    check(
        Draft::D7,
        &json!({ "$ref": "http://json-schema.org/draft-07/schema#" }),
        &[(json!({ "type": "x" }), "enum at /type")],
    );
    check(
        Draft::D7,
        &json!({ "$ref": "https://a.example/nowhere" }),
        &[(json!(1), "none")],
    );
}

#[test]
fn files_refer_to_each_other() {
    let text = |value: Value| value.to_string();
    let files = [
        (
            "a/order.json",
            text(
                json!({ "$schema": "http://json-schema.org/draft-07/schema#", "properties": { "item": { "$ref": "../b%20c/item.json#/definitions/i" }, "up": { "$ref": "../../up.json" } } }),
            ),
        ),
        (
            "b c/item.json",
            text(json!({ "definitions": { "i": { "$ref": "price.json" } } })),
        ),
        ("b c/price.json", text(json!({ "type": "integer" }))),
        ("../up.json", text(json!({ "type": "string" }))),
    ];
    let bundle = load(&files, Assume::default()).expect("a schema");
    let referee = Referee::new(&bundle, false);
    let ask = |payload| said(referee.judge(&[bundle.root()], false, None, &payload));
    assert_eq!(ask(json!({ "item": 1, "up": "x" })), "ok");
    assert_eq!(ask(json!({ "item": "x" })), "type at /item");
    assert_eq!(ask(json!({ "up": 1 })), "type at /up");
    let files = [
        (
            "s/order.json",
            text(
                json!({ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "https://a.example/v1/order.json", "$ref": "parts/item.json" }),
            ),
        ),
        ("s/parts/item.json", text(json!({ "type": "integer" }))),
    ];
    let bundle = load(&files, Assume::default()).expect("a schema");
    let referee = Referee::new(&bundle, false);
    assert_eq!(
        said(referee.judge(&[bundle.root()], false, None, &json!("x"))),
        "type at "
    );
}

#[test]
fn deep_documents_are_judged() {
    let mut schema = json!({ "type": "string" });
    for _ in 0..240 {
        schema = json!({ "allOf": [schema] });
    }
    check(
        Draft::D2020,
        &schema,
        &[(json!(1), "type at "), (json!("x"), "ok")],
    );
    let mut definitions = serde_json::Map::new();
    for index in 0..3_000 {
        let next = format!("#/definitions/{}", index + 1);
        definitions.insert(index.to_string(), json!({ "allOf": [{ "$ref": next }] }));
    }
    definitions.insert("3000".to_owned(), json!({ "type": "string" }));
    let chain = json!({ "$ref": "#/definitions/0", "definitions": definitions });
    check(Draft::D7, &chain, &[(json!(1), "type at ")]);
    let mut payload = json!(1);
    for _ in 0..150 {
        payload = json!({ "a": payload });
    }
    let nested = json!({ "type": "object", "additionalProperties": { "$ref": "#" } });
    let at = format!("type at {}", "/a".repeat(150));
    check(Draft::D7, &nested, &[(payload, &at)]);
}

#[test]
fn two_resources_of_one_name_are_no_ground_to_look_for_an_anchor_on() {
    let id = "https://a.example/x";
    let twice = json!({
        "$ref": "https://a.example/x#z",
        "$defs": { "a": { "$id": id, "type": "integer" }, "b": { "$id": id, "$anchor": "z" } }
    });
    check(Draft::D2020, &twice, &[(json!(1), "none")]);
    let by_pointer = json!({
        "$ref": "#/$defs/a",
        "$defs": { "a": { "$id": id, "type": "integer" }, "b": { "enum": [{ "$id": id }] } }
    });
    check(Draft::D2020, &by_pointer, &[(json!("x"), "type at ")]);
}

#[test]
fn long_chains_beside_unevaluated_are_not_waited_for() {
    let chain = |links: usize| {
        let mut defs = serde_json::Map::new();
        for link in 0..links {
            let next =
                json!({ "$ref": format!("#/$defs/s{}", link + 1), "unevaluatedProperties": false });
            defs.insert(format!("s{link}"), next);
        }
        let last = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
        defs.insert(format!("s{links}"), last);
        json!({ "$ref": "#/$defs/s0", "$defs": defs })
    };
    let short = [
        (json!({ "a": "x" }), "ok"),
        (json!({ "a": 1 }), "type at /a"),
    ];
    check(Draft::D2020, &chain(10), &short);
    check(Draft::D2020, &chain(3_000), &[(json!({ "a": 1 }), "none")]);
}
