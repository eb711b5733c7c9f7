//! What has one digest, and what has not.

use super::{Canon, digest_of};
use crate::{
    rules::Content,
    spec::{Assume, At, Bundle, Schemas, Unavailable},
    text::Pointer,
};
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
    let long: String = (0..400)
        .map(|at| format!("property{at}: {{type: string}}, "))
        .collect();
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

const API: &str = "
openapi: 3.1.0
paths:
  /a/{id}:
    get:
      summary: Text
      tags: [one, two]
      parameters:
        - {in: path, name: id, required: true, schema: {type: string}}
        - {in: query, name: q, style: form, explode: true, required: false, schema: {type: [string, 'null']}}
      responses:
        '200':
          description: Fine
          headers: {X-Rate: {schema: {type: integer}, example: 3}}
          content: {application/json: {schema: {type: object, properties: {a: {type: string, maxLength: 3}}}}}
";

#[test]
fn an_operation_is_what_it_means() {
    let digest = |text: &str| node_at(text, "/paths/~1a~1{id}/get");
    let plain = digest(API);
    let renamed = API.replace("name: id", "name: key");
    for same in [
        API.replace("Text", "Other"),
        API.replace("Fine", "Good"),
        API.replace("[one, two]", "[two, one]"),
        API.replace("style: form, explode: true, required: false, ", ""),
        API.replace("X-Rate", "x-rate"),
        API.replace("example: 3", "x-note: 3"),
        API.replace(", maxLength: 3}", ", maxLength: 3, description: D}"),
        API.replace("[string, 'null']", "['null', string]"),
        renamed,
    ] {
        assert_eq!(digest(&same), plain, "{same}");
    }
    for other in [
        API.replace("two", "three"),
        API.replace("explode: true", "explode: false"),
        API.replace("required: false", "required: true"),
        API.replace("name: q", "name: r"),
        API.replace("'200'", "'201'"),
        API.replace("X-Rate", "X-Limit"),
        API.replace("type: integer", "type: number"),
        API.replace("application/json", "text/plain"),
        API.replace("maxLength: 3", "maxLength: 4"),
    ] {
        assert_ne!(digest(&other), plain, "{other}");
    }
}

#[test]
fn a_component_inlined_is_the_same_response() {
    let apart = "
openapi: 3.1.0
paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/R'}}}}}
components: {responses: {R: {description: D, content: {a/b: {schema: {$ref: '#/components/schemas/T'}}}}},
             schemas: {T: {type: object, properties: {t: {$ref: '#/components/schemas/T'}}}}}
";
    let inline = "
openapi: 3.1.0
paths: {/a: {get: {responses: {'200': {description: E, content: {a/b: {schema: {$ref: '#/components/schemas/U'}}}}}}}}
components: {schemas: {U: {type: object, properties: {t: {$ref: '#/components/schemas/U'}}}}}
";
    let pointer = "/paths/~1a/get/responses/200";
    assert_eq!(node_at(apart, pointer), node_at(inline, pointer));
    let other = inline.replace("a/b", "a/c");
    assert_ne!(node_at(inline, pointer), node_at(&other, pointer));
}

#[test]
fn values_of_keywords_are_content_too() {
    let of = |schema: &str, keyword: &str| {
        let text = format!("openapi: 3.1.0\ncomponents: {{schemas: {{S: {schema}}}}}");
        node_at(&text, &format!("/components/schemas/S/{keyword}"))
    };
    let same = [
        ("{maximum: 100}", "{maximum: 1e2}", "maximum"),
        ("{required: [a, b]}", "{required: [b, a]}", "required"),
        ("{enum: [1, 2]}", "{enum: [2, 1.0]}", "enum"),
        (
            "{not: {type: string}}",
            "{not: {type: [string], title: T}}",
            "not",
        ),
        (
            "{properties: {type: {}, items: {minimum: 1}}}",
            "{properties: {items: {minimum: 1.0}, type: {title: T}}}",
            "properties",
        ),
    ];
    for (one, other, keyword) in same {
        assert_eq!(of(one, keyword), of(other, keyword), "{one} and {other}");
    }
    let different = [
        ("{default: [1, 2]}", "{default: [2, 1]}", "default"),
        ("{default: 1}", "{default: '1'}", "default"),
        (
            "{default: {description: a}}",
            "{default: {description: b}}",
            "default",
        ),
        (
            "{enum: [{type: string, title: a}]}",
            "{enum: [{type: string, title: b}]}",
            "enum/0",
        ),
        ("{not: {type: string}}", "{not: {type: integer}}", "not"),
        (
            "{properties: {items: {}, a: {}}}",
            "{properties: {items: {}, b: {}}}",
            "properties",
        ),
        (
            "{properties: {description: {}}}",
            "{properties: {}}",
            "properties",
        ),
    ];
    for (one, other, keyword) in different {
        assert_ne!(of(one, keyword), of(other, keyword), "{one} and {other}");
    }
}
