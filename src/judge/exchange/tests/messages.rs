//! Bodies, responses, and who speaks to whom.

use super::{
    super::{Exchange, Kind, Part, Payload, Scene, Scenes, exchange, wrapped},
    api, bundle, operation, ruling,
};
use crate::diff::{Options, compare};
use crate::judge::Side;
use crate::spec::{Operation, Ruling, Segment, Status, read};
use serde_json::{Value, json};

/// The exchange of a request body of one media type.
fn posted(media_type: &str, media: &Value, payload: Payload<'_>, ruling: &Ruling) -> Exchange {
    let content = json!({ "requestBody": { "content": { media_type: media } } });
    let bundle = bundle(&api("/orders", "post", &content));
    let contract = read(&bundle);
    let operation = operation(&contract);
    let body = operation.body.as_ref().expect("a body");
    let scene = Scene {
        contract: &contract,
        operation,
        part: Part::RequestBody(&body.content[0]),
    };
    exchange(&scene, payload, Side::Old, ruling)
}

#[test]
fn a_request_is_shown_with_its_body() {
    let required = ruling("required", "/items/0", Some("price"));
    let payload = json!({ "items": [{}] });
    let found = posted(
        "application/json",
        &json!({}),
        Payload::Whole(&payload),
        &required,
    );
    assert_eq!(
        serde_json::to_value(&found).expect("JSON"),
        json!({
            "kind": "request",
            "method": "POST",
            "path": "/v1/orders",
            "status": null,
            "headers": { "content-type": "application/json" },
            "body": { "items": [{}] },
            "text": "POST /v1/orders\ncontent-type: application/json\n{\"items\":[{}]}",
            "accepted_by": "the old version",
            "rejected_by": "the new version",
            "why": "`required` at /items/0 of the request body: `price` is missing"
        })
    );
    let text = |media_type: &str, value: Value| {
        posted(media_type, &json!({}), Payload::Whole(&value), &required).text
    };
    assert_eq!(
        text("application/*", json!(null)),
        "POST /v1/orders\ncontent-type: application/json\nnull"
    );
    assert_eq!(
        text("application/xml", json!({ "a": 1 })),
        "POST /v1/orders\ncontent-type: application/xml\n{\"a\":1}"
    );
    assert_eq!(
        text("text/plain", json!("a\nb")),
        "POST /v1/orders\ncontent-type: text/plain\na\\nb"
    );
    assert_eq!(
        text("application/json", json!("\u{7f}\u{202e}")),
        "POST /v1/orders\ncontent-type: application/json\n\"\\u007f\\u202e\""
    );
}

#[test]
fn a_form_is_urlencoded() {
    let payload = json!({ "a": "x y", "b": [1, 2], "c": { "d": 1 }, "e": [1, 2] });
    let media = json!({ "encoding": { "e": { "style": "spaceDelimited", "explode": false } } });
    let additional = ruling("additionalProperties", "", Some("c"));
    let found = posted(
        "application/x-www-form-urlencoded",
        &media,
        Payload::Whole(&payload),
        &additional,
    );
    assert_eq!(
        found.text,
        "POST /v1/orders\ncontent-type: application/x-www-form-urlencoded\na=x%20y&b=1&b=2&c=%7B%22d%22%3A1%7D&e=1%202"
    );
    assert_eq!(found.body, Some(payload));
    assert_eq!(
        found.why,
        "`additionalProperties` of the request body: `c` is not expected"
    );
}

#[test]
fn a_part_is_shown_where_it_stands() {
    let price = json!(0);
    let found = posted(
        "application/json",
        &json!({}),
        Payload::Inner("/items/*/price", &price),
        &ruling("minimum", "", None),
    );
    assert_eq!(
        found.text,
        "POST /v1/orders\ncontent-type: application/json\n... at /items/*/price of the request body:\n0"
    );
    assert_eq!(found.body, None);
    assert_eq!(found.why, "`minimum` at /items/*/price of the request body");
}

#[test]
fn long_payloads_are_cut() {
    let names: Vec<String> = (0..40).map(|index| format!("name {index}")).collect();
    let found = posted(
        "application/json",
        &json!({}),
        Payload::Whole(&json!(names)),
        &ruling("maxItems", "", None),
    );
    let lines: Vec<&str> = found.text.lines().collect();
    assert_eq!(lines.len(), 10);
    assert_eq!(lines[2], "[");
    assert_eq!(lines[9], "... 35 more lines");
    let long = json!("x".repeat(200));
    let found = posted(
        "application/json",
        &json!({}),
        Payload::Whole(&long),
        &ruling("maxLength", "", None),
    );
    assert!(found.text.lines().all(|line| line.chars().count() <= 80));
    assert_eq!(found.body, Some(long));
}

#[test]
fn a_response_is_what_the_provider_may_send() {
    let response = json!({ "responses": { "2XX": {
        "description": "",
        "headers": { "X-Rate": { "schema": {} } },
        "content": { "application/json": { "schema": {} } }
    } } });
    let bundle = bundle(&api("/orders/{id}", "get", &response));
    let contract = read(&bundle);
    let operation = operation(&contract);
    let answer = &operation.responses[0];
    let scene = |part| Scene {
        contract: &contract,
        operation,
        part,
    };
    let status = Status::Range(2);
    let payload = json!({ "status": "archived" });
    let found = exchange(
        &scene(Part::ResponseBody(status, &answer.content[0])),
        Payload::Whole(&payload),
        Side::New,
        &ruling("enum", "/status", None),
    );
    assert_eq!(
        found.text,
        "GET /v1/orders/{id} answers 2XX\ncontent-type: application/json\n{\"status\":\"archived\"}"
    );
    assert_eq!(found.kind, Kind::Response);
    assert_eq!(found.status.as_deref(), Some("2XX"));
    assert_eq!(
        found.told(),
        "the new version may send this response; consumers of the old version reject it: \
         `enum` at /status of the response body"
    );
    assert_eq!(found.why, "`enum` at /status of the response body");
    let found = exchange(
        &scene(Part::ResponseHeader(status, &answer.headers[0])),
        Payload::Whole(&json!(-1)),
        Side::New,
        &ruling("minimum", "", None),
    );
    assert_eq!(found.text, "GET /v1/orders/{id} answers 2XX\nx-rate: -1");
    assert_eq!(found.why, "`minimum` of response header `x-rate`");
}

#[test]
fn webhooks_and_callbacks_turn_the_parties_round() {
    let hook = json!({ "post": {
        "requestBody": { "content": { "application/json": { "schema": {} } } },
        "responses": { "200": { "description": "", "content": { "application/json": { "schema": {} } } } }
    } });
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "t", "version": "1" },
        "webhooks": { "order paid": hook },
        "paths": { "/o": { "post": { "callbacks": { "done": { "{$request.body#/url}": hook } } } } }
    });
    let bundle = bundle(&document);
    let contract = read(&bundle);
    let of = |operation, request: bool| {
        let operation: &Operation<'_> = operation;
        let part = if request {
            Part::RequestBody(&operation.body.as_ref().expect("a body").content[0])
        } else {
            Part::ResponseBody(Status::Code(200), &operation.responses[0].content[0])
        };
        let scene = Scene {
            contract: &contract,
            operation,
            part,
        };
        let side = if request { Side::New } else { Side::Old };
        let found = exchange(
            &scene,
            Payload::Whole(&json!(1)),
            side,
            &ruling("type", "", None),
        );
        (found.text, found.rejected_by)
    };
    let webhook = &contract.webhooks()[0];
    let json = "content-type: application/json\n1";
    assert_eq!(
        of(webhook, true),
        (
            format!("POST (webhook \"order paid\")\n{json}"),
            "consumers of the old version"
        )
    );
    assert_eq!(
        of(webhook, false),
        (
            format!("POST (webhook \"order paid\") answers 200\n{json}"),
            "the new version"
        )
    );
    let callback = &contract.operations()[0].callbacks[0];
    assert_eq!(
        of(callback, true),
        (
            format!("POST (callback done)\n{json}"),
            "consumers of the old version"
        )
    );
}

#[test]
fn a_place_of_a_comparison_is_found() {
    let document = |limit: u32, status: &str, rate: u32, item: &str| {
        api(
            "/orders",
            "post",
            &json!({
                "parameters": [{ "name": "limit", "in": "query", "schema": { "maximum": limit } }],
                "requestBody": { "content": { "application/json": { "schema": { "type": item } } } },
                "responses": { "200": {
                    "description": "",
                    "headers": { "X-Rate": { "schema": { "maximum": rate } } },
                    "content": { "application/json": { "schema": { "const": status } } }
                } }
            }),
        )
    };
    let (old, new) = (
        bundle(&document(5, "a", 1, "string")),
        bundle(&document(4, "b", 2, "integer")),
    );
    let (old, new) = (read(&old), read(&new));
    let comparison = compare(&old, &new, Options::default());
    let scenes = Scenes::new(&comparison);
    let found: Vec<String> = comparison
        .places
        .ids()
        .filter_map(|place| {
            let scene = scenes.at(place, Side::Old)?;
            Some(format!(
                "{}: {}",
                comparison.places.get(place).label,
                scene.carrier()
            ))
        })
        .collect();
    assert_eq!(
        found,
        [
            "param:query:limit: query parameter `limit`",
            "req:media:application/json: the request body",
            "body: the request body",
            "header:x-rate: response header `x-rate`",
            "media:application/json: the response body",
            "body: the response body",
        ]
    );
}

#[test]
fn a_part_is_wrapped_into_a_whole() {
    let steps = [
        Segment::Property("a/b".to_owned()),
        Segment::Branch("cat".to_owned()),
        Segment::Items,
        Segment::Additional,
    ];
    assert_eq!(
        wrapped(&steps, json!(1)),
        Some((
            json!({ "a/b": [{ "extra": 1 }] }),
            "/a~1b/0/extra".to_owned()
        ))
    );
    assert_eq!(wrapped(&[], json!(1)), Some((json!(1), String::new())));
    assert_eq!(wrapped(&[Segment::Prefix(1)], json!(1)), None);
    assert_eq!(wrapped(&[Segment::Not], json!(1)), None);
}
