//! Every element id that a comparison writes leads back to what it names.

use super::{Elements, path};
use crate::spec::{self, Assume, Bundle};

fn labels(element: &str) -> Vec<&str> {
    path::labels_of(element)
}

#[test]
fn labels_end_at_arrows_outside_of_quotes() {
    assert_eq!(labels("op:GET /a > resp:200"), ["op:GET /a", "resp:200"]);
    assert_eq!(
        labels(r#"op:GET /a > body > ."a > \" > b".c > enum:"x > y""#),
        ["op:GET /a", "body", r#"."a > \" > b".c"#, r#"enum:"x > y""#]
    );
}

#[test]
fn steps_are_read_as_they_are_written() {
    for text in [
        ".items[].sku",
        ".\"odd name\"{}",
        "{/^x-/}[0][?]{name}|card!not",
        "?if?then?else?iffy~content",
        "|\"a b\".total",
    ] {
        let steps = path::steps_of(text).expect("a path");
        let again: String = steps.iter().map(|step| step.segment.to_string()).collect();
        assert_eq!(again, text);
        let spelt: String = steps.iter().map(|step| step.text).collect();
        assert_eq!(spelt, text);
    }
    assert!(path::steps_of("items").is_none());
    assert!(path::steps_of(".").is_none());
    assert!(path::steps_of("[x]").is_none());
}

const API: &str = r#"
openapi: 3.0.3
info: {title: Orders, version: "1"}
servers: [{url: https://example.com/v1}]
paths:
  /orders/{id}:
    get:
      deprecated: true
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: X-Trace, in: header, schema: {type: string}}
        - {name: fields, in: query, schema: {type: array, items: {type: string, enum: [a, b]}}}
      responses:
        2XX:
          description: ok
          headers: {ETag: {schema: {type: string}}}
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Order'}
components:
  schemas:
    Order:
      type: object
      properties:
        total: {type: string, deprecated: true}
        lines: {type: array, items: {$ref: '#/components/schemas/Line'}}
    Line:
      oneOf:
        - {type: object, title: Good, properties: {sku: {type: string}}}
        - {type: object, title: Fee, properties: {amount: {type: integer}}}
  securitySchemes:
    auth: {type: oauth2, flows: {clientCredentials: {tokenUrl: /t, scopes: {"orders.read": Read}}}}
"#;

#[test]
fn an_operation_is_known_by_its_own_path_unless_that_is_another_ones() {
    let api = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\nservers: [{url: https://example.com/v1}]\npaths:
  /orders/{id}: {get: {responses: {}}}
  /a: {get: {responses: {}}, put: {servers: [{url: /}], responses: {}}}
  /v1/a: {get: {servers: [{url: /}], responses: {}}}
  /b: {get: {responses: {}}}
  /v1/b: {get: {responses: {}}}
";
    let bundle = Bundle::load("api.yaml", "api.yaml", Assume::default(), &|_| {
        Ok(api.as_bytes().to_vec())
    });
    let bundle = bundle.expect("it loads");
    let contract = spec::read(&bundle);
    let own = Elements::new(&contract, "").by_own_path();
    let own: Vec<String> = own.iter().map(|(own, id)| format!("{own} {id}")).collect();
    assert_eq!(
        own,
        [
            "op:GET /a op:GET /v1/a",
            "op:GET /b op:GET /v1/b",
            "op:GET /orders/{} op:GET /v1/orders/{}",
        ]
    );
}

#[test]
fn every_kind_of_element_is_found_with_all_that_stands_around_it() {
    let bundle = Bundle::load("api.yaml", "api.yaml", Assume::default(), &|_| {
        Ok(API.as_bytes().to_vec())
    })
    .expect("it loads");
    let contract = spec::read(&bundle);
    let elements = Elements::new(&contract, "");
    let get = "op:GET /v1/orders/{}";
    let body = format!("{get} > resp:200 > media:application/json > body");
    for (element, stops) in [
        (get.to_owned(), 1),
        (format!("{get} > param:path:0"), 2),
        (format!("{get} > header:x-trace"), 2),
        (format!("{get} > param:query:fields > [] > enum:\"a\""), 4),
        (format!("{get} > resp:200 > header:etag"), 3),
        (format!("{body} > .total"), 5),
        (format!("{body} > .lines[]|Fee.amount"), 8),
        (
            "security:auth > flow:clientCredentials > scope:\"orders.read\"".to_owned(),
            3,
        ),
        ("component:schemas:Line > |Good.sku".to_owned(), 3),
    ] {
        let trail = elements.locate(&element);
        assert!(trail.complete, "{element}: {trail:?}");
        assert_eq!(trail.stops.len(), stops, "{element}");
        let last = trail.stops.last().expect("a stop");
        assert_eq!(last.element, element);
    }
    for (element, stops) in [
        (format!("{get} > param:query:nothing"), 1),
        (format!("{body} > .lines[].sku"), 6),
        ("op:GET /v2/orders/{}".to_owned(), 0),
        (format!("{get} > param:query:fields > [] > enum:\"c\""), 3),
        (String::new(), 0),
    ] {
        let trail = elements.locate(&element);
        assert!(!trail.complete, "{element}");
        assert_eq!(trail.stops.len(), stops, "{element}");
    }
}
