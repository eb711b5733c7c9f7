//! What has one digest, and what has not.

mod nodes;

use super::{Canon, digest_of};
use crate::rules::Content;
use crate::spec::{Assume, At, Bundle, Schemas, Unavailable};
use crate::text::Pointer;
use std::fmt::Write;

fn load(text: &str) -> Bundle {
    Bundle::load("api.yaml", "api.yaml", Assume::default(), &|path: &str| {
        if path == "api.yaml" {
            return Ok(text.as_bytes().to_vec());
        }
        Err(Unavailable {
            message: "no such file".to_owned(),
            help: None,
            refused: false,
            exit: 2,
        })
    })
    .unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn at(bundle: &Bundle, pointer: &str) -> At {
    let root = bundle.root();
    let parsed = Pointer::parse(pointer).expect("a pointer");
    let node = bundle.tree(root.file).at_pointer(root.node, &parsed);
    At {
        file: root.file,
        node: node.unwrap_or_else(|| panic!("nothing at {pointer}")),
    }
}

fn schema_at(text: &str, pointer: &str) -> String {
    let bundle = load(text);
    let schemas = Schemas::new(&bundle);
    let id = schemas.of_node(at(&bundle, pointer));
    Canon::new(&schemas).digest(&Content::Schema(id))
}

fn node_at(text: &str, pointer: &str) -> String {
    let bundle = load(text);
    let schemas = Schemas::new(&bundle);
    Canon::new(&schemas).digest(&Content::Node(at(&bundle, pointer)))
}

/// The digest of a schema, as a component `S` of a document of this version; `more` holds further components.
fn of(version: &str, schema: &str, more: &str) -> String {
    let (head, indent) = match version {
        "2.0" => ("swagger: '2.0'\ndefinitions:\n", "/definitions/S"),
        _ => (
            "openapi: VERSION\ncomponents:\n  schemas:\n",
            "/components/schemas/S",
        ),
    };
    let pad = if version == "2.0" { "  " } else { "    " };
    let mut text = head.replace("VERSION", version);
    let _ = writeln!(text, "{pad}S: {schema}");
    for line in more.lines() {
        let _ = writeln!(text, "{pad}{line}");
    }
    schema_at(&text, indent)
}

fn modern(schema: &str) -> String {
    of("3.1.0", schema, "")
}

#[test]
fn the_golden_schema_comes_out() {
    let golden = digest_of(r#"{"format":"decimal","type":"string"}"#);
    for version in ["2.0", "3.0.3", "3.1.0", "3.2.0"] {
        let found = of(
            version,
            "{type: string, format: decimal, description: Old}",
            "",
        );
        assert_eq!(found, golden, "{version}");
    }
    let content = Content::Json(r#"{"type": "string", "format": "decimal"}"#.to_owned());
    let bundle = load("openapi: 3.1.0");
    let schemas = Schemas::new(&bundle);
    assert_eq!(Canon::new(&schemas).digest(&content), golden);
}

#[test]
fn spellings_of_one_schema_agree() {
    let same = [
        ("{type: string}", "{type: [string]}"),
        ("{type: [string, 'null']}", "{type: ['null', string]}"),
        (
            "{type: [string, 'null']}",
            "{anyOf: [{type: string}, {type: 'null'}]}",
        ),
        (
            "{enum: [a, null]}",
            "{oneOf: [{enum: [a]}, {type: 'null'}]}",
        ),
        ("{enum: [a, b, a]}", "{enum: [b, a]}"),
        ("{const: a}", "{enum: [a]}"),
        ("{const: 1.0}", "{const: 1}"),
        ("{maximum: 1e2}", "{maximum: 100.0}"),
        (
            "{type: object, additionalProperties: true}",
            "{type: object}",
        ),
        ("{type: object, additionalProperties: {}}", "{type: object}"),
        (
            "{type: array, uniqueItems: false, minItems: 0}",
            "{type: array}",
        ),
        ("{required: [a, b]}", "{required: [b, a]}"),
        (
            "{type: object, properties: {a: {type: string}}, required: [a]}",
            "{allOf: [{required: [a]}, {type: object}, {properties: {a: {type: string}}}]}",
        ),
        (
            "{anyOf: [{minimum: 1}, {maximum: 2}]}",
            "{anyOf: [{maximum: 2}, {minimum: 1}]}",
        ),
        (
            "{type: string, readOnly: false, deprecated: false}",
            "{type: string}",
        ),
        (
            "{type: string, x-internal: 1, title: T, examples: [a]}",
            "{type: string}",
        ),
    ];
    for (one, other) in same {
        assert_eq!(modern(one), modern(other), "{one} and {other}");
    }
    let older = of(
        "3.0.3",
        "{type: integer, minimum: 1, exclusiveMinimum: true, nullable: true}",
        "",
    );
    assert_eq!(
        older,
        modern("{type: [integer, 'null'], exclusiveMinimum: 1}")
    );
    assert_eq!(
        of("2.0", "{type: string, x-nullable: true}", ""),
        modern("{type: [string, 'null']}")
    );
    let form = of("2.0", "{type: file}", "");
    assert_eq!(form, of("3.0.3", "{type: string, format: binary}", ""));
}

#[test]
fn every_keyword_counts() {
    let schemas = [
        "{}",
        "false",
        "{type: string}",
        "{type: integer}",
        "{type: number}",
        "{type: [string, integer]}",
        "{type: [string, 'null']}",
        "{enum: [1]}",
        "{enum: ['1']}",
        "{enum: [1, 2]}",
        "{enum: [{a: 1}]}",
        "{enum: [{$number: '1'}]}",
        "{minimum: 1}",
        "{minimum: 2}",
        "{exclusiveMinimum: 1}",
        "{maximum: 1}",
        "{exclusiveMaximum: 1}",
        "{multipleOf: 2}",
        "{minLength: 1}",
        "{maxLength: 1}",
        "{minItems: 1}",
        "{maxItems: 1}",
        "{minProperties: 1}",
        "{maxProperties: 1}",
        "{minContains: 0}",
        "{maxContains: 1}",
        "{uniqueItems: true}",
        "{pattern: a}",
        "{pattern: b}",
        "{format: date}",
        "{format: uuid}",
        "{contentEncoding: base64}",
        "{contentMediaType: text/html}",
        "{contentSchema: {type: string}}",
        "{properties: {a: {type: string}}}",
        "{properties: {a: {type: integer}}}",
        "{properties: {b: {type: string}}}",
        "{patternProperties: {a: {type: string}}}",
        "{dependentSchemas: {a: {type: string}}}",
        "{dependentRequired: {a: [b]}}",
        "{required: [a]}",
        "{required: [a, b]}",
        "{additionalProperties: false}",
        "{additionalProperties: {type: string}}",
        "{unevaluatedProperties: false}",
        "{propertyNames: {pattern: a}}",
        "{prefixItems: [{type: string}, {type: integer}]}",
        "{prefixItems: [{type: integer}, {type: string}]}",
        "{items: {type: string}}",
        "{items: false}",
        "{unevaluatedItems: false}",
        "{contains: {type: string}}",
        "{anyOf: [{minimum: 1}, {maximum: 2}]}",
        "{oneOf: [{minimum: 1}, {maximum: 2}]}",
        "{not: {type: string}}",
        "{if: {minimum: 1}, then: {maximum: 2}}",
        "{if: {minimum: 1}, else: {maximum: 2}}",
        "{default: 1}",
        "{default: '1'}",
        "{default: null}",
        "{readOnly: true}",
        "{writeOnly: true}",
        "{deprecated: true}",
        "{xml: {name: a}}",
        "{x-extensible-enum: [a]}",
        "{$ref: '#/components/schemas/Gone'}",
        "{anyOf: [{minimum: 1}, {maximum: 2}], discriminator: {propertyName: a}}",
        "{anyOf: [{minimum: 1}, {maximum: 2}], discriminator: {propertyName: b}}",
        "{anyOf: [{minimum: 1}, {maximum: 2}], discriminator: {propertyName: b, mapping: {c: S}}}",
        "{anyOf: [{anyOf: [{minimum: 1}, {maximum: 2}]}, {type: 'null'}]}",
        "{type: object, properties: {$rec: {type: string}}}",
        "{properties: {a: {$ref: '#/components/schemas/S'}}}",
    ];
    let mut seen = std::collections::HashMap::new();
    for schema in schemas {
        if let Some(other) = seen.insert(modern(schema), schema) {
            panic!("{schema} and {other} have one digest");
        }
    }
}

#[test]
fn a_schema_inside_itself_counts_what_encloses_it() {
    let tree = |name: &str| {
        format!("{{type: object, properties: {{child: {{$ref: '#/components/schemas/{name}'}}}}}}")
    };
    let expected = r#"{"properties":{"child":{"$rec":1}},"type":"object"}"#;
    assert_eq!(modern(&tree("S")), digest_of(expected));
    // Behind a component of another name, and with a description beside the reference.
    let renamed = of(
        "3.1.0",
        "{$ref: '#/components/schemas/T', description: D}",
        &format!("T: {}", tree("T")),
    );
    assert_eq!(renamed, digest_of(expected));
    let inner = r#"{"properties":{"child":{"items":{"$rec":2},"type":"array"}},"type":"object"}"#;
    let array = "{type: object, properties: {child: {type: array, items: {$ref: '#/components/schemas/S'}}}}";
    assert_eq!(modern(array), digest_of(inner));
}

/// A ring of schemas, each leading to the next and back to the first; `edited` is one of them with another limit.
fn ring(size: usize, edited: usize, prefix: &str) -> String {
    let mut more = String::new();
    let link = |to: usize| {
        let name = if to == 0 {
            "S".to_owned()
        } else {
            format!("{prefix}{to}")
        };
        format!("{{$ref: '#/components/schemas/{name}'}}")
    };
    let body = |at: usize| {
        let limit = if at == edited { 7 } else { 3 };
        format!(
            "{{type: object, maxProperties: {limit}, properties: {{next: {}, first: {}}}}}",
            link((at + 1) % size),
            link(0)
        )
    };
    for at in 1..size {
        let _ = writeln!(more, "{prefix}{at}: {}", body(at));
    }
    of("3.1.0", &body(0), &more)
}

#[test]
fn a_large_group_sees_edits_far_away_and_no_names() {
    for size in [5, 12, 13, 60] {
        let plain = ring(size, usize::MAX, "A");
        assert_eq!(plain, ring(size, usize::MAX, "Other"), "{size}");
        for edited in 0..size {
            assert_ne!(plain, ring(size, edited, "A"), "{size} {edited}");
        }
    }
}

#[test]
fn schemas_that_all_lead_to_all_cost_little() {
    let mut more = String::new();
    let body = |at: usize| {
        let mut text = format!("{{maxProperties: {at}, properties: {{");
        for to in 1..12 {
            let _ = write!(text, "p{to}: {{$ref: '#/components/schemas/T{to}'}}, ");
        }
        text + "s: {$ref: '#/components/schemas/S'}}}"
    };
    for at in 1..12 {
        let _ = writeln!(more, "T{at}: {}", body(at));
    }
    assert!(of("3.1.0", &body(0), &more).starts_with("sha256:"));
}

#[test]
fn a_chain_of_thousands_and_a_lattice_end() {
    let mut more = String::new();
    for at in 0..4_000 {
        let _ = writeln!(
            more,
            "T{at}: {{properties: {{a: {{$ref: '#/components/schemas/T{}'}}, b: {{$ref: '#/components/schemas/T{}'}}}}}}",
            at + 1,
            at + 1
        );
    }
    let chain = |last: &str| {
        of(
            "3.1.0",
            "{$ref: '#/components/schemas/T0'}",
            &format!("{more}T4000: {last}"),
        )
    };
    assert_ne!(chain("{type: string}"), chain("{type: integer}"));
}

#[test]
fn text_and_reference_layout_do_not_show_in_a_long_schema() {
    let mut long = String::new();
    for at in 0..400 {
        let _ = write!(long, "property{at}: {{type: string}}, ");
    }
    let inline = modern(&format!(
        "{{properties: {{a: {{type: object, properties: {{{long}}}}}}}}}"
    ));
    let apart = of(
        "3.1.0",
        "{properties: {a: {$ref: '#/components/schemas/T'}}}",
        &format!("T: {{type: object, properties: {{{long}}}}}"),
    );
    assert_eq!(inline, apart);
}
