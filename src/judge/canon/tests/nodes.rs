//! Digests of what is no schema.

use super::node_at;

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

#[test]
fn a_mapping_means_the_schema_it_names() {
    let document = |name: &str, limit: u32| {
        format!(
            "openapi: 3.1.0\ncomponents: {{schemas: {{S: {{discriminator: {{propertyName: k, mapping: {{v: '#/components/schemas/{name}'}}}}}}, {name}: {{maxProperties: {limit}}}}}}}"
        )
    };
    for pointer in [
        "",
        "/discriminator",
        "/discriminator/mapping",
        "/discriminator/mapping/v",
    ] {
        let pointer = format!("/components/schemas/S{pointer}");
        let plain = node_at(&document("T", 1), &pointer);
        assert_eq!(
            plain,
            node_at(&document("Renamed", 1), &pointer),
            "{pointer}"
        );
        assert_ne!(plain, node_at(&document("T", 2), &pointer), "{pointer}");
    }
}
