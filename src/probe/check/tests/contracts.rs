//! One answer against a contract.

use super::lines;
use crate::probe::{
    check::Against,
    exchange::Response,
    fixture::{bundle, operation, response},
    generate::Sampler,
    workflow::Strictness,
};
use crate::spec::read;
use serde_json::{Value, json};

const JSON: (&str, &str) = ("content-type", "application/json");

fn payments() -> Value {
    json!({
        "openapi": "3.0.3", "info": { "title": "t", "version": "1" },
        "paths": { "/payments/{id}": { "get": { "operationId": "get", "responses": {
            "200": { "description": "d",
                "headers": {
                    "X-Limit": { "required": true, "schema": { "type": "integer", "minimum": 1 } },
                    "X-Tags": { "schema": { "type": "array", "items": { "type": "string", "enum": ["a", "b"] } } },
                    "X-When": { "schema": { "type": "string", "format": "date" } }
                },
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Payment" } }, "text/*": { "schema": { "type": "string", "maxLength": 3 } } } },
            "204": { "description": "d" },
            "4XX": { "description": "d", "content": { "application/problem+json": {} } },
            "default": { "description": "d", "content": { "*/*": {} } }
        } } },
        "/bare": { "get": { "operationId": "bare", "responses": { "200": { "description": "d" } } } } },
        "components": { "schemas": {
            "Payment": { "type": "object", "required": ["id"], "properties": {
                "id": { "type": "string" },
                "secret": { "type": "string", "writeOnly": true },
                "method": { "oneOf": [{ "$ref": "#/components/schemas/Card" }, { "$ref": "#/components/schemas/Iban" }] },
                "lines": { "type": "array", "items": { "allOf": [{ "$ref": "#/components/schemas/Line" }, { "properties": { "tax": { "type": "integer" } } }] } },
                "labels": { "type": "object", "additionalProperties": { "type": "object", "properties": { "text": { "type": "string" } } } },
                "free": { "type": "object" },
                "open": { "type": "object", "properties": { "a": {} }, "additionalProperties": true }
            } },
            "Card": { "type": "object", "required": ["number"], "properties": { "number": { "type": "string" } } },
            "Iban": { "type": "object", "required": ["iban"], "properties": { "iban": { "type": "string" } } },
            "Line": { "type": "object", "properties": { "sku": { "type": "string" } } }
        } }
    })
}

fn checked(document: &Value, id: &str, strictness: Strictness, response: &Response) -> Vec<String> {
    let bundle = bundle(document);
    let contract = read(&bundle);
    let sampler = Sampler::new(&bundle, 7);
    let against = Against {
        contract: &contract,
        operation: operation(&contract, id),
        sampler: &sampler,
        strictness,
    };
    let checks = against.measure(response).checks;
    // What holds is the same in every test.
    lines(&checks)
        .into_iter()
        .filter(|line| !line.starts_with("pass "))
        .collect()
}

fn payment(body: &Value) -> Vec<String> {
    let response = response(200, &[JSON, ("x-limit", "5")], &body.to_string());
    checked(&payments(), "get", Strictness::Tolerant, &response)
}

#[test]
fn all_that_holds_is_told_once() {
    let bundle = bundle(&payments());
    let contract = read(&bundle);
    let sampler = Sampler::new(&bundle, 7);
    let against = Against {
        contract: &contract,
        operation: operation(&contract, "get"),
        sampler: &sampler,
        strictness: Strictness::Strict,
    };
    let answer = response(
        200,
        &[
            ("Content-Type", "application/json; charset=utf-8"),
            ("x-limit", "5"),
            ("x-tags", "a"),
            ("x-tags", "b"),
        ],
        r#"{"id":"p1"}"#,
    );
    let measured = against.measure(&answer);
    assert_eq!(
        lines(&measured.checks),
        [
            "pass status-declared status: the contract declares 200",
            "pass header-schema header:x-limit: `x-limit` is as its schema says",
            "pass header-schema header:x-tags: `x-tags` is as its schema says",
            "pass media-type-declared header:content-type: the contract declares `application/json`",
            "pass body-schema body:: the body is as its schema says",
        ]
    );
    assert_eq!(measured.media.as_deref(), Some("application/json"));
}

#[test]
fn a_status_is_declared_by_code_by_class_or_by_default() {
    let ask = |id: &str, status: u16| {
        checked(
            &payments(),
            id,
            Strictness::Tolerant,
            &response(
                status,
                &[("content-type", "application/problem+json")],
                "{}",
            ),
        )
    };
    assert_eq!(ask("get", 418), Vec::<String>::new());
    assert_eq!(ask("get", 500), Vec::<String>::new());
    assert_eq!(ask("get", 204), Vec::<String>::new());
    assert_eq!(
        ask("bare", 404),
        ["fail status-declared status: the vendor answers 404, and the contract declares 200"]
    );
    assert_eq!(
        ask("bare", 200),
        [
            "warn media-type-declared header:content-type: the answer has a body, and the contract declares none"
        ]
    );
}

#[test]
fn a_media_type_is_declared_or_covered_by_a_range() {
    let ask = |headers: &[(&str, &str)], body: &str| {
        let headers: Vec<(&str, &str)> =
            headers.iter().copied().chain([("x-limit", "5")]).collect();
        checked(
            &payments(),
            "get",
            Strictness::Tolerant,
            &response(200, &headers, body),
        )
    };
    assert_eq!(
        ask(&[("content-type", "text/plain")], "abc"),
        Vec::<String>::new()
    );
    assert_eq!(
        ask(&[("content-type", "text/plain")], "abcd"),
        ["skipped body-schema body:: bodies of `text/*` are not looked into"]
    );
    assert_eq!(
        ask(&[("content-type", "image/png")], "x"),
        [
            "fail media-type-declared header:content-type: the answer is `image/png`, and the contract declares application/json, text/*"
        ]
    );
    assert_eq!(
        ask(&[], "x"),
        ["fail media-type-declared header:content-type: the answer has no `content-type`"]
    );
    assert_eq!(
        ask(&[JSON], ""),
        [
            "fail media-type-declared header:content-type: the answer has no body, and the contract declares one"
        ]
    );
    assert_eq!(
        ask(&[JSON], "{\"id\":"),
        [
            "fail body-syntax body:: the body is not JSON: EOF while parsing a value at line 1 column 6"
        ]
    );
}

#[test]
fn headers_are_read_as_their_schemas_mean_them() {
    let ask = |headers: &[(&str, &str)]| {
        let headers: Vec<(&str, &str)> = headers.iter().copied().chain([JSON]).collect();
        checked(
            &payments(),
            "get",
            Strictness::Tolerant,
            &response(200, &headers, r#"{"id":"a"}"#),
        )
    };
    assert_eq!(
        ask(&[]),
        ["fail header-missing header:x-limit: `x-limit` is not there"]
    );
    assert_eq!(
        ask(&[("X-Limit", "0"), ("X-Tags", "a, c"), ("X-When", "soon")]),
        [
            "fail header-schema header:x-limit: `minimum` of `x-limit` does not hold",
            "fail header-schema header:x-tags: `enum` of `x-tags` does not hold",
            "fail header-schema header:x-when: `format` of `x-when` does not hold",
        ]
    );
}

#[test]
fn a_body_that_its_schema_refuses_fails_where_it_is_wrong() {
    assert_eq!(
        payment(&json!({})),
        ["fail body-schema body:: `id` is missing"]
    );
    assert_eq!(
        payment(&json!({ "id": "a", "lines": [{}, { "sku": 5 }] })),
        ["fail body-schema body:/lines/1/sku: `type` does not hold"]
    );
}

#[test]
fn members_are_told_that_no_branch_declares() {
    let body = json!({
        "id": "a", "added": 1, "secret": "s",
        "method": { "number": "4", "iban": "x", "brand": "b" },
        "lines": [{ "sku": "s", "tax": 1, "colour": "c" }, { "colour": "d" }],
        "labels": { "one": { "text": "t", "size": 1 }, "two": { "size": 2 } },
        "free": { "anything": 1 },
        "open": { "a": 1, "b": 2 }
    });
    let expected = [
        // Both branches accept it, which `oneOf` forbids.
        "fail body-schema body:/method: `oneOf` does not hold",
        "warn field-undeclared body:/added: the contract does not declare `added`",
        "warn field-undeclared body:/labels/*/size: the contract does not declare `size`, 2 times",
        "warn field-undeclared body:/lines/*/colour: the contract does not declare `colour`, 2 times",
        "warn field-undeclared body:/method/brand: the contract does not declare `brand`",
        "warn field-undeclared body:/open/b: the contract does not declare `b`",
        "warn write-only-returned body:/secret: `secret` is writeOnly, and is in the answer",
    ];
    assert_eq!(payment(&body), expected);
    let card = json!({ "id": "a", "method": { "number": "4", "iban": null } });
    // The branch that accepts the value is the one that declares its members.
    assert_eq!(
        payment(&card),
        ["warn field-undeclared body:/method/iban: the contract does not declare `iban`"]
    );
    let response = response(200, &[JSON, ("x-limit", "5")], r#"{"id":"a","added":1}"#);
    assert_eq!(
        checked(&payments(), "get", Strictness::Strict, &response),
        ["fail field-undeclared body:/added: the contract does not declare `added`"]
    );
    assert_eq!(
        checked(&payments(), "get", Strictness::Off, &response),
        Vec::<String>::new()
    );
}

#[test]
fn swagger_and_openapi_3_1_are_held_to_the_same_checks() {
    let swagger = json!({
        "swagger": "2.0", "info": { "title": "t", "version": "1" }, "produces": ["application/json"],
        "paths": { "/": { "get": { "operationId": "get", "responses": { "200": { "description": "d",
            "headers": { "X-Limit": { "type": "integer" } },
            "schema": { "type": "object", "required": ["id"], "properties": { "id": { "type": "integer" } }, "additionalProperties": {} } } } } } }
    });
    let ask = |document: &Value, body: &str| {
        checked(
            document,
            "get",
            Strictness::Tolerant,
            &response(200, &[JSON, ("x-limit", "many")], body),
        )
    };
    assert_eq!(
        ask(&swagger, r#"{"id":"1","config":{}}"#),
        [
            "fail header-schema header:x-limit: `type` of `x-limit` does not hold",
            "fail body-schema body:/id: `type` does not hold",
            "warn field-undeclared body:/config: the contract does not declare `config`",
        ]
    );
    let modern = json!({
        "openapi": "3.1.0", "info": { "title": "t", "version": "1" },
        "paths": { "/": { "get": { "operationId": "get", "responses": { "200": { "description": "d", "content": { "application/json": { "schema": {
            "type": ["object", "null"], "properties": { "pair": { "prefixItems": [{ "properties": { "a": {} } }], "items": false } }, "patternProperties": { "^x-": {} },
            "if": { "required": ["kind"] }, "then": { "properties": { "kind": { "const": 1 }, "more": {} } } } } } } } } } }
    });
    assert_eq!(
        ask(
            &modern,
            r#"{"pair":[{"a":1,"b":2},3],"x-y":1,"kind":1,"more":1,"less":1}"#
        ),
        [
            "fail body-schema body:/pair/1: `items` does not hold",
            "warn field-undeclared body:/less: the contract does not declare `less`",
            "warn field-undeclared body:/pair/*/b: the contract does not declare `b`",
        ]
    );
}

#[test]
fn what_was_cut_off_says_nothing() {
    let mut cut = response(200, &[JSON, ("x-limit", "5")], r#"{"id":"#);
    cut.truncated = true;
    assert_eq!(
        checked(&payments(), "get", Strictness::Tolerant, &cut),
        ["inconclusive body-schema body:: the body was too large to be read whole"]
    );
}

#[test]
fn a_nullable_member_may_be_null_although_its_enum_forgets_it() {
    let tier = json!({ "type": "string", "enum": ["auto", "default"] });
    let api = |tier: &Value| {
        json!({
            "openapi": "3.0.3", "info": { "title": "t", "version": "1" },
            "paths": { "/a": { "get": { "operationId": "a", "responses": { "200": { "description": "d", "content": {
                "application/json": { "schema": { "type": "array", "items": { "type": "object",
                    "properties": { "tier": tier, "size": { "type": "integer" } } } } }
            } } } } } }
        })
    };
    let said = |tier: &Value, body: &Value| {
        let response = response(200, &[JSON], &body.to_string());
        checked(&api(tier), "a", Strictness::Tolerant, &response)
    };
    let mut nullable = tier.clone();
    nullable["nullable"] = json!(true);
    let forgiven = |place: usize| {
        format!(
            "warn body-schema body:/{place}/tier: it is null and `nullable`, and its `enum` has no null: by the letter it is refused"
        )
    };
    let body = json!([{ "tier": null }, { "tier": "auto" }, { "tier": null }]);
    assert_eq!(said(&nullable, &body), [forgiven(0), forgiven(2)]);
    let body = json!([{ "tier": null, "size": "big" }]);
    assert_eq!(
        said(&nullable, &body).last().map(String::as_str),
        Some("fail body-schema body:/0/size: `type` does not hold")
    );
    let refused = said(&tier, &json!([{ "tier": null }]));
    assert!(
        refused[0].starts_with("fail body-schema body:/0/tier: "),
        "{refused:?}"
    );
}

#[test]
fn json_is_utf_8_and_a_mark_in_front_of_it_is_forgiven() {
    let mut marked = response(200, &[JSON, ("x-limit", "5")], "\u{feff}{\"id\": 1}");
    let said = |response: &Response| checked(&payments(), "get", Strictness::Tolerant, response);
    assert_eq!(
        said(&marked),
        [
            "warn body-syntax body:: the body begins with a mark of the byte order, which JSON does not have",
            "fail body-schema body:/id: `type` does not hold",
        ]
    );
    marked.body = b"{\"id\": \"gr\xfc\xdf\"}".to_vec();
    assert_eq!(
        said(&marked),
        ["fail body-syntax body:: the body is not UTF-8, as JSON has to be"]
    );
}
