//! Values, requests, and bodies out of contracts.

use super::{BuildError, Builder, Encoded, Fill, Fixed, Sampler, encode};
use crate::probe::fixture::{bundle, operation};
use crate::spec::{In, read};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A document with one schema as the body of `POST /`.
fn with_schema(schema: &Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "t", "version": "1" },
        "paths": { "/": { "post": { "operationId": "one", "requestBody": { "required": true, "content": {
            "application/json": { "schema": schema }
        } }, "responses": {} } } },
        "components": { "schemas": {
            "Card": { "type": "object", "required": ["kind", "number"], "properties": {
                "kind": { "const": "card" }, "number": { "type": "string", "pattern": "^[0-9]{4}$" } } },
            "Iban": { "type": "object", "required": ["kind", "iban"], "properties": {
                "kind": { "const": "iban" }, "iban": { "type": "string", "minLength": 5 } } },
            "Tree": { "type": "object", "required": ["name"], "properties": {
                "name": { "type": "string" }, "children": { "type": "array", "items": { "$ref": "#/components/schemas/Tree" } } } }
        } }
    })
}

fn generated(schema: &Value, fill: Fill) -> Result<Value, String> {
    let bundle = bundle(&with_schema(schema));
    let contract = read(&bundle);
    let sampler = Sampler::new(&bundle, 7);
    let one = operation(&contract, "one");
    let media = &one.body.as_ref().expect("a body").content[0];
    let shape = media.shape.as_ref().expect("a schema");
    let value = sampler
        .value(shape, fill)
        .map_err(|error| error.to_string())?;
    assert_eq!(sampler.allows(shape, &value), Some(true), "{value}");
    Ok(value)
}

#[test]
fn what_the_contract_shows_comes_first() {
    let order = json!({ "type": "object", "required": ["amount", "currency", "state", "note"], "properties": {
        "amount": { "type": "integer", "minimum": 1, "example": 1250 },
        "currency": { "type": "string", "enum": ["EUR", "USD"] },
        "state": { "type": "string", "default": "open" },
        "note": { "type": ["string", "null"], "examples": [7, "fragile"] },
        "id": { "type": "string", "readOnly": true },
        "later": { "type": "string", "format": "date" }
    }});
    let shown = json!({ "amount": 1250, "currency": "EUR", "state": "open", "note": "fragile" });
    assert_eq!(generated(&order, Fill::Shown), Ok(shown.clone()));
    assert_eq!(generated(&order, Fill::Required), Ok(shown));
    let all = json!({ "amount": 1250, "currency": "EUR", "state": "open", "note": "fragile", "later": "2026-01-15" });
    assert_eq!(generated(&order, Fill::All), Ok(all));
}

#[test]
fn an_example_that_the_schema_refuses_is_not_used() {
    assert_eq!(
        generated(
            &json!({ "type": "integer", "example": "many" }),
            Fill::Shown
        ),
        Ok(json!(1))
    );
    assert_eq!(
        generated(
            &json!({ "type": "integer", "example": 0, "minimum": 5 }),
            Fill::Shown
        ),
        Ok(json!(5))
    );
}

#[test]
fn formats_bounds_and_lengths_are_kept() {
    let cases = [
        (
            json!({ "type": "string", "format": "uuid" }),
            json!("7d44a1f0-2c1b-4c55-9e0b-3f6f2f0f8a11"),
        ),
        (
            json!({ "type": "string", "format": "email" }),
            json!("probe@example.com"),
        ),
        (
            json!({ "type": "string", "minLength": 8 }),
            json!("probe-pr"),
        ),
        (json!({ "type": "string", "maxLength": 3 }), json!("pro")),
        (
            json!({ "type": "string", "minLength": 7, "maxLength": 7 }),
            json!("probe-p"),
        ),
        (
            json!({ "type": "number", "exclusiveMinimum": 1, "maximum": 1.5 }),
            json!(1.5),
        ),
        (json!({ "type": "integer", "maximum": -3 }), json!(-3)),
        (json!({ "type": "boolean" }), json!(true)),
        (
            json!({ "type": "array", "items": { "type": "integer" }, "minItems": 2 }),
            json!([1, 1]),
        ),
        (
            json!({ "anyOf": [{ "type": "null" }, { "type": "integer" }] }),
            json!(1),
        ),
        (
            json!({ "$ref": "#/components/schemas/Tree" }),
            json!({ "name": "probe" }),
        ),
        (
            json!({ "oneOf": [{ "$ref": "#/components/schemas/Iban" }, { "$ref": "#/components/schemas/Card" }] }),
            json!({ "kind": "iban", "iban": "probe" }),
        ),
        (
            json!({ "allOf": [{ "type": "object", "required": ["a"], "properties": { "a": { "type": "integer" } } }, { "required": ["b"] }] }),
            json!({ "a": 1, "b": "probe" }),
        ),
    ];
    for (schema, expected) in cases {
        assert_eq!(generated(&schema, Fill::Required), Ok(expected), "{schema}");
    }
}

#[test]
fn patterns_and_multiples_are_searched_and_the_same_seed_finds_the_same() {
    for schema in [
        json!({ "type": "string", "pattern": "^[A-Z]{3}-[0-9]{4}$" }),
        json!({ "type": "integer", "multipleOf": 7, "minimum": 100 }),
        json!({ "type": "array", "uniqueItems": true, "minItems": 3, "items": { "type": "integer" } }),
        json!({ "$ref": "#/components/schemas/Card" }),
    ] {
        let once = generated(&schema, Fill::Shown);
        assert!(once.is_ok(), "{schema}: {once:?}");
        assert_eq!(generated(&schema, Fill::Shown), once);
    }
    assert_eq!(
        generated(
            &json!({ "type": "string", "minLength": 5, "maxLength": 2 }),
            Fill::Shown
        ),
        Err("no value was found that its schema accepts; give an example".to_owned())
    );
}

#[test]
fn a_schema_that_requires_itself_has_no_value_and_does_not_hang() {
    let document = json!({
        "openapi": "3.0.3", "info": { "title": "t", "version": "1" },
        "paths": { "/": { "post": { "operationId": "one", "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Loop" } } } }, "responses": {} } } },
        "components": { "schemas": { "Loop": { "type": "object", "required": ["next"], "properties": { "next": { "$ref": "#/components/schemas/Loop" } } } } }
    });
    let bundle = bundle(&document);
    let contract = read(&bundle);
    let sampler = Sampler::new(&bundle, 7);
    let media = &operation(&contract, "one")
        .body
        .as_ref()
        .expect("a body")
        .content[0];
    assert!(
        sampler
            .value(media.shape.as_ref().expect("a schema"), Fill::All)
            .is_err()
    );
}

/// Parameters in every place and style.
fn listing() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "t", "version": "1" },
        "servers": [{ "url": "https://api.acme.example/v1" }],
        "paths": { "/orders/{id}/lines": {
            "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" }, "examples": { "one": { "value": "o 1/2" } } }],
            "get": { "operationId": "lines", "parameters": [
                { "name": "tags", "in": "query", "schema": { "type": "array", "items": { "type": "string" } } },
                { "name": "filter", "in": "query", "style": "deepObject", "explode": true, "schema": { "type": "object" } },
                { "name": "limit", "in": "query", "required": true, "schema": { "type": "integer", "default": 20 } },
                { "name": "X-Tenant", "in": "header", "required": true, "schema": { "type": "string", "enum": ["acme"] } },
                { "name": "session", "in": "cookie", "schema": { "type": "string" } }
            ], "responses": { "200": { "description": "d", "content": { "application/json": {}, "text/csv": {} } } } }
        } }
    })
}

fn asked(fixed: &Fixed, base: &str) -> Result<(String, Vec<(String, String)>), BuildError> {
    let bundle = bundle(&listing());
    let contract = read(&bundle);
    let sampler = Sampler::new(&bundle, 7);
    let builder = Builder {
        contract: &contract,
        sampler: &sampler,
        base,
    };
    let asked = builder.request(operation(&contract, "lines"), "step", fixed)?;
    assert_eq!(asked.request.operation, "op:GET /orders/{}/lines");
    Ok((asked.request.url, asked.request.headers))
}

#[test]
fn parameters_travel_in_their_place_and_style() {
    let accept = ("accept".to_owned(), "application/json, text/csv".to_owned());
    let tenant = ("x-tenant".to_owned(), "acme".to_owned());
    assert_eq!(
        asked(&Fixed::default(), "http://127.0.0.1:9"),
        Ok((
            "http://127.0.0.1:9/v1/orders/o%201%2F2/lines?limit=20".to_owned(),
            vec![tenant.clone(), accept.clone()]
        ))
    );
    let fixed = Fixed {
        parameters: BTreeMap::from([
            ((In::Path, "id".to_owned()), json!("{x}?")),
            ((In::Query, "tags".to_owned()), json!(["a&b", "c"])),
            (
                (In::Query, "filter".to_owned()),
                json!({ "price": { "gte": 5 } }),
            ),
            ((In::Header, "x-tenant".to_owned()), json!("other")),
            ((In::Cookie, "session".to_owned()), json!("s 1")),
        ]),
        ..Fixed::default()
    };
    let headers = vec![
        ("x-tenant".to_owned(), "other".to_owned()),
        ("cookie".to_owned(), "session=s%201".to_owned()),
        accept,
    ];
    assert_eq!(
        asked(&fixed, "https://sandbox.acme.example/api/"),
        Ok(("https://sandbox.acme.example/api/orders/%7Bx%7D%3F/lines?tags=a%26b&tags=c&filter%5Bprice%5D%5Bgte%5D=5&limit=20".to_owned(), headers))
    );
    let unknown = Fixed {
        parameters: BTreeMap::from([((In::Query, "limt".to_owned()), json!(1))]),
        ..Fixed::default()
    };
    assert_eq!(
        asked(&unknown, "https://a.example"),
        Err(BuildError::Unknown {
            place: In::Query,
            name: "limt".to_owned(),
            meant: Some("limit".to_owned())
        })
    );
}

#[test]
fn bodies_are_written_in_their_media_type() {
    let document = json!({
        "openapi": "3.0.3", "info": { "title": "t", "version": "1" },
        "paths": { "/": { "post": { "operationId": "one", "requestBody": { "content": {
            "application/x-www-form-urlencoded": { "encoding": { "card": { "style": "deepObject", "explode": true } } },
            "multipart/form-data": { "encoding": { "meta": { "contentType": "application/merge-patch+json" } } },
            "application/*": {}, "text/plain": {}, "image/png": {}
        } }, "responses": {} } } }
    });
    let bundle = bundle(&document);
    let contract = read(&bundle);
    let content = &operation(&contract, "one")
        .body
        .as_ref()
        .expect("a body")
        .content;
    let value =
        json!({ "amount": 5, "card": { "number": "4 2" }, "tags": ["a", "b"], "meta": { "x": 1 } });
    let written = |place: usize, value: &Value| {
        let Encoded {
            content_type,
            bytes,
        } = encode(value, &content[place], "m").map_err(|error| error.to_string())?;
        Ok::<_, String>((content_type, String::from_utf8(bytes).expect("UTF-8")))
    };
    let pair = |one: &str, other: &str| Ok((one.to_owned(), other.to_owned()));
    assert_eq!(
        written(1, &value),
        pair(
            "application/x-www-form-urlencoded",
            "amount=5&card%5Bnumber%5D=4%202&meta=%7B%22x%22%3A1%7D&tags=a&tags=b"
        )
    );
    let part = |name: &str, kind: &str, text: &str| {
        format!(
            "--probe-m\r\nContent-Disposition: form-data; name=\"{name}\"\r\n{kind}\r\n{text}\r\n"
        )
    };
    let parts = [
        part("amount", "", "5"),
        part(
            "card",
            "Content-Type: application/json\r\n",
            "{\"number\":\"4 2\"}",
        ),
        part(
            "meta",
            "Content-Type: application/merge-patch+json\r\n",
            "{\"x\":1}",
        ),
        part("tags", "", "a"),
        part("tags", "", "b"),
    ];
    assert_eq!(
        written(3, &value),
        pair(
            "multipart/form-data; boundary=probe-m",
            &format!("{}--probe-m--\r\n", parts.concat())
        )
    );
    assert_eq!(written(0, &json!([1])), pair("application/json", "[1]"));
    assert_eq!(written(4, &json!("hi")), pair("text/plain", "hi"));
    assert_eq!(
        written(2, &value),
        Err("a body of `image/png` cannot be written from a value; give it as a text".to_owned())
    );
}
