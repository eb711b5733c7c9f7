//! What schemas of every dialect come down to, written in a short form: `string[shortest 1]`, `(a & b)`, `?name`.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

#[path = "values/corpus.rs"]
#[allow(dead_code, reason = "each test file uses its own part")]
mod corpus;
#[path = "values/show.rs"]
mod show;

use contract::{
    inclusion::{Arena, NodeId},
    spec::{Assume, At, Bundle, Draft, Lowering, Schemas, Unavailable},
    variance::Direction,
};
use show::show;

fn load(files: &[(&str, &str)], draft: Option<Draft>) -> Bundle {
    let assume = Assume {
        schema: draft.is_some(),
        draft,
    };
    let entry = files[0].0;
    Bundle::load(entry, entry, assume, &|path: &str| {
        let held = files.iter().find(|(name, _)| *name == path);
        held.map(|(_, text)| text.as_bytes().to_vec())
            .ok_or_else(|| Unavailable {
                message: format!("no such file: {path}"),
                help: None,
                refused: false,
                exit: 2,
            })
    })
    .unwrap_or_else(|error| panic!("{error}"))
}

/// A bare schema in its short form.
fn bare(draft: Draft, text: &str) -> String {
    let bundle = load(&[("schema.json", text)], Some(draft));
    let mut arena = Arena::default();
    let id = Lowering::new(&bundle, false).node(&mut arena, bundle.root(), None);
    show(&arena, id)
}

fn component(bundle: &Bundle, path: &[&str]) -> At {
    path.iter().fold(bundle.root(), |at, key| {
        bundle.get(at, key).unwrap_or_else(|| panic!("no {key}"))
    })
}

/// `components.schemas.S` of an OpenAPI document with these components, in its short form.
fn api(version: &str, schemas: &str, direction: Option<Direction>) -> String {
    let text = format!("openapi: {version}\ninfo: {{}}\ncomponents:\n  schemas: {schemas}\n");
    let bundle = load(&[("api.yaml", &text)], None);
    let at = component(&bundle, &["components", "schemas", "S"]);
    let mut arena = Arena::default();
    let id = Lowering::new(&bundle, false).node(&mut arena, at, direction);
    show(&arena, id)
}

fn api30(schemas: &str) -> String {
    api("3.0.3", schemas, None)
}

fn api31(schemas: &str) -> String {
    api("3.1.0", schemas, None)
}

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

#[test]
fn openapi_3_0() {
    for (schemas, form) in [
        ("{S: {type: string, nullable: true}}", "string|null"),
        ("{S: {nullable: true}}", "any"),
        (
            "{S: {type: string, nullable: true, enum: [a]}}",
            "(string|null & =\"a\")",
        ),
        (
            "{S: {$ref: '#/components/schemas/T', nullable: true}, T: {type: 'null'}}",
            "null",
        ),
        (
            "{S: {type: integer, format: int32}}",
            "integer[from -2147483648, to 2147483647]",
        ),
        (
            "{S: {type: number, format: int64, minimum: 0}}",
            "number[from 0, to 9223372036854775807, steps 1]",
        ),
        ("{S: {type: string, format: date}}", "string[format date]"),
        ("{S: {type: string, format: byte}}", "string"),
        (
            "{S: {properties: {a: {type: string}}}}",
            "object{a: string}",
        ),
        (
            "{S: {type: number, exclusiveMinimum: true, minimum: 1}}",
            "number[over 1]",
        ),
        // Not keywords of OpenAPI 3.0.
        (
            "{S: {const: 1, patternProperties: {a: false}, if: {}, then: false, contains: {}}}",
            "any",
        ),
        // The flag of draft 3.
        ("{S: {type: string, required: true}}", "string"),
        (
            "{S: {type: object, items:, discriminator: {propertyName: kind}}}",
            "object[*: any]{declared kind}",
        ),
        ("{S: {type: file}}", "?`type` is not a type but \"file\""),
        // Parts of a conjunction keep their own members; a type said by one is said for all.
        (
            "{S: {allOf: [{properties: {a: {}}}, {type: object, nullable: true}], additionalProperties: false}}",
            "(any{*: none} & any{a: any} & object|null)",
        ),
        (
            "{S: {type: object, anyOf: [{properties: {a: {}}}, {minProperties: 1}]}}",
            "(object & (object{a: any} | any{fewest 1}))",
        ),
    ] {
        assert_eq!(api30(schemas), form, "{schemas}");
    }
}

#[test]
fn openapi_3_1() {
    for (schemas, form) in [
        (
            "{S: {type: [string, 'null'], nullable: true}}",
            "string|null",
        ),
        ("{S: {type: string, nullable: true}}", "string"),
        (
            "{S: {type: number, exclusiveMinimum: true, minimum: 1}}",
            "number[over 1]",
        ),
        (
            "{S: {$ref: '#/components/schemas/T', minLength: 1}, T: {type: string}}",
            "(any[shortest 1] & string)",
        ),
        (
            "{S: {type: integer, format: int64, const: 1}}",
            "(integer[from -9223372036854775808, to 9223372036854775807] & =1)",
        ),
    ] {
        assert_eq!(api31(schemas), form, "{schemas}");
    }
}

#[test]
fn what_does_not_travel_is_left_out() {
    let pet = "{S: {type: object, required: [id, name], properties: {id: {$ref: '#/components/schemas/Id'}, name: {}, pin: \
               {writeOnly: true}}}, Id: {type: string, readOnly: true}}";
    let all = "object{id: string, name: any, pin: any, required id name}";
    let input = "object{name: any, pin: any, required name}";
    let output = "object{id: string, name: any, required id name}";
    assert_eq!(api("3.0.3", pet, None), all);
    assert_eq!(api("3.0.3", pet, Some(Direction::Input)), input);
    assert_eq!(api("3.0.3", pet, Some(Direction::Output)), output);
    // Required in another part of the conjunction; asked for under `not`, where nothing is left out.
    let spread = "{S: {allOf: [{$ref: '#/components/schemas/B'}, {required: [id, name]}], not: {required: [id]}, \
                  anyOf: [{required: [id]}]}, B: {type: object, properties: {id: {readOnly: true}}}}";
    assert_eq!(
        api("3.0.3", spread, Some(Direction::Input)),
        "(object & any{required name} & !any{required id})"
    );
}

#[test]
fn swagger_2() {
    let text = "swagger: '2.0'\ninfo: {}\npaths:\n  /a:\n    post:\n      parameters:\n      \
                - {in: formData, name: f, type: file, required: true}\n      \
                - {in: formData, name: n, type: array, items: {type: integer, format: int32}, collectionFormat: csv}\n      \
                - {in: query, name: q, type: string, x-nullable: true, maxLength: 3, required: true}\n      \
                responses: {}\n";
    let bundle = load(&[("api.yaml", text)], None);
    let contract = contract::spec::read(&bundle);
    let schemas = Schemas::new(&bundle);
    let mut arena = Arena::default();
    let mut lowering = Lowering::new(&bundle, false);
    let operation = &contract.operations()[0];
    let mut form = |shape| {
        let key = schemas.key_of(schemas.of_shape(shape));
        let id = lowering.key(&mut arena, &key, Some(Direction::Input));
        show(&arena, id)
    };
    let body = operation
        .body
        .as_ref()
        .and_then(|body| body.content[0].shape.as_ref());
    assert_eq!(
        form(body.expect("a form")),
        "object{f: string, n: array[*: integer[from -2147483648, to 2147483647]], required f}"
    );
    let query = operation.parameters[0].shape.as_ref();
    assert_eq!(form(query.expect("a shape")), "string|null[longest 3]");
}

#[test]
fn an_interned_schema_is_its_nodes_together() {
    let text = "openapi: 3.0.3\ninfo: {}\ncomponents:\n  schemas:\n    N: {oneOf: [{$ref: '#/components/schemas/T'}, {type: 'null'}], title: n}\n    \
                T: {allOf: [{type: string}], maxLength: 3}\n";
    let bundle = load(&[("api.yaml", text)], None);
    let schemas = Schemas::new(&bundle);
    let at = component(&bundle, &["components", "schemas", "N"]);
    let key = schemas.key_of(schemas.of_node(at));
    let mut arena = Arena::default();
    let mut lowering = Lowering::new(&bundle, false);
    let id = lowering.key(&mut arena, &key, None);
    assert_eq!(show(&arena, id), "((any[longest 3] & string) | null)");
}

fn twice(bundle: &Bundle, arena: &mut Arena, at: At) -> (NodeId, NodeId) {
    let mut lower = || Lowering::new(bundle, false).node(arena, at, None);
    (lower(), lower())
}

#[test]
fn equal_schemas_are_one_node() {
    let text = r##"{"properties": {"a": {"type": "string"}, "b": {"$ref": "#/$defs/b"}}, "$defs": {"b": {"items": {}}}}"##;
    let bundle = load(&[("schema.json", text)], Some(Draft::D2020));
    let mut arena = Arena::default();
    let (one, other) = twice(&bundle, &mut arena, bundle.root());
    assert_eq!(one, other);
}

#[test]
fn long_chains_and_deep_nests_end() {
    let count = 20_000;
    let defs: Vec<String> = (0..count)
        .map(|n| {
            format!(
                r##""d{n}": {{"allOf": [{{"$ref": "#/$defs/d{}"}}]}}"##,
                n + 1
            )
        })
        .collect();
    let chain = format!(
        r##"{{"$ref": "#/$defs/d0", "$defs": {{{}, "d{count}": {{"type": "null"}}}}}}"##,
        defs.join(",")
    );
    assert_eq!(bare(Draft::D2020, &chain), "null");
    let deep = format!(
        "{}{{\"type\": \"null\"}}{}",
        r#"{"properties": {"a": "#.repeat(200),
        "}}".repeat(200)
    );
    assert!(bare(Draft::D2020, &deep).ends_with(&format!("null{}", "}".repeat(200))));
}

#[test]
fn as_many_ways_as_there_are_orders_end() {
    let count = 14;
    let resource = |n: usize| {
        let others: Vec<String> = (0..count)
            .map(|other| format!(r#""p{other}": {{"$ref": "r{other}"}}"#))
            .collect();
        let anchor =
            r##""$defs": {"x": {"$dynamicAnchor": "NAME"}}, "items": {"$dynamicRef": "#NAME"}"##;
        let anchor = anchor.replace("NAME", &format!("n{n}"));
        format!(
            r#""r{n}": {{"$id": "r{n}", "properties": {{{}}}, {anchor}}}"#,
            others.join(",")
        )
    };
    let all: Vec<String> = (0..count).map(resource).collect();
    let text = format!(
        r#"{{"$id": "http://x.example/", "$ref": "r0", "$defs": {{{}}}}}"#,
        all.join(",")
    );
    let bundle = load(&[("schema.json", &text)], Some(Draft::D2020));
    let mut arena = Arena::default();
    Lowering::new(&bundle, false).node(&mut arena, bundle.root(), None);
    assert!(arena.len() < 200_000, "{}", arena.len());
}

#[test]
fn twins_are_taken_over() {
    let old = load(
        &[(
            "schema.json",
            r##"{"items": {"$ref": "#"}, "minItems": 1}"##,
        )],
        Some(Draft::D2020),
    );
    let new = load(
        &[(
            "schema.json",
            r##"{"properties": {"a": {"$ref": "#/$defs/n"}}, "$defs": {"n": {"items": {"$ref": "#/$defs/n"}, "minItems": 1}}}"##,
        )],
        Some(Draft::D2020),
    );
    let mut arena = Arena::default();
    let root = Lowering::new(&old, false).node(&mut arena, old.root(), None);
    let same = component(&new, &["$defs", "n"]);
    let twin = |at: At| (at == same).then_some(root);
    let projection = contract::spec::Projection {
        direction: None,
        twin: Some(&twin),
    };
    let mut lowering = Lowering::new(&new, false);
    let id = lowering.node(&mut arena, new.root(), projection);
    assert_eq!(lowering.known(same, None), Some(root));
    assert_eq!(show(&arena, id), "any{a: @1 = any[*: @1, fewest 1]}");
}

#[test]
fn every_schema_of_the_corpus_lowers() {
    for path in corpus::documents() {
        let bundle = corpus::load(&path);
        let contract = contract::spec::read(&bundle);
        let roots = corpus::roots(&contract);
        let (mut arena, mut lowered) = (Arena::default(), Vec::new());
        for direction in [None, Some(Direction::Input), Some(Direction::Output)] {
            let (mut one, mut other) =
                (Lowering::new(&bundle, false), Lowering::new(&bundle, false));
            for at in &roots {
                let id = one.node(&mut arena, *at, direction);
                let again = other.node(&mut arena, *at, direction);
                lowered.push(id);
                assert!(
                    id == again || corpus::is_recursive(&arena, id),
                    "{}",
                    bundle.describe(*at)
                );
            }
        }
        corpus::report(&path, &arena, &lowered);
    }
}
