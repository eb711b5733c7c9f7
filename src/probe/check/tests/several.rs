//! What several answers say together.

use super::{line, lines};
use crate::probe::{
    check::{Answer, count, created_visible, deleted_gone, mismatch, replay},
    expression::Written,
    fixture::{answered, response},
    jsonpath::JsonPath,
    workflow::{Carrier, Idempotency, Ignored, KeyFormat, Mismatch},
};
use serde_json::json;

fn path(text: &str) -> JsonPath {
    JsonPath::parse(text).expect("a query")
}

#[test]
fn the_same_key_gives_the_same_object() {
    let rules = Idempotency {
        carrier: Carrier::Header("Idempotency-Key".to_owned()),
        format: KeyFormat::Raw,
        key: Written::Plain(json!("k")),
        id: path("$.id"),
        ignore: vec![
            Ignored::JsonPath(path("$.request_id")),
            Ignored::Header("location".to_owned()),
        ],
        mismatch: None,
        count_check: None,
    };
    let first = response(
        201,
        &[("location", "/1")],
        r#"{"id":"p1","request_id":"a","at":1,"lines":[{"n":1}]}"#,
    );
    let ask = |status: u16, body: &str| {
        lines(&replay(
            &Answer::new(&first),
            &answered("POST", "https://a.example/", status, &[], body),
            &rules,
        ))
    };
    assert_eq!(
        ask(
            200,
            r#"{"id":"p1","request_id":"b","at":1,"lines":[{"n":1}]}"#
        ),
        ["pass idempotency-replay body:/id: the same key gives the same `$.id`"]
    );
    assert_eq!(
        ask(201, r#"{"id":"p1","at":2,"lines":[{"n":2}],"new":1}"#),
        [
            "pass idempotency-replay body:/id: the same key gives the same `$.id`",
            "warn idempotency-result body:/at: differs in the second answer",
            "warn idempotency-result body:/lines/0/n: differs in the second answer",
            // Ignored, but only what is there can be.
            "warn idempotency-result body:/request_id: differs in the second answer",
            "warn idempotency-result body:/new: differs in the second answer",
        ]
    );
    assert_eq!(
        ask(
            201,
            r#"{"id":"p2","at":1,"lines":[{"n":1}],"request_id":0}"#
        ),
        ["fail idempotency-replay body:/id: the same key gives another `$.id`: the key is ignored"]
    );
    assert_eq!(
        ask(409, "{}"),
        ["fail idempotency-replay status: the same key gives 409 the second time, after 201"]
    );
    assert_eq!(
        ask(429, ""),
        [
            "inconclusive idempotency-replay status: the vendor answers 429: it may be too busy, and that says nothing of the contract"
        ]
    );
}

#[test]
fn another_payload_under_the_same_key_is_refused() {
    let rules = Mismatch {
        set: Vec::new(),
        expect: vec![422, 409, 400],
    };
    let ask = |status: u16| {
        line(&mismatch(
            &answered("POST", "https://a.example/", status, &[], ""),
            &rules,
        ))
    };
    assert_eq!(
        ask(422),
        "pass idempotency-mismatch status: another payload under the same key is refused with 422"
    );
    assert_eq!(
        ask(201),
        "fail idempotency-mismatch status: another payload under the same key is taken with 201"
    );
    assert_eq!(
        ask(404),
        "fail idempotency-mismatch status: another payload under the same key gives 404, expected 422 or 409 or 400"
    );
    assert_eq!(
        ask(503),
        "inconclusive idempotency-mismatch status: the vendor answers 503: it may be too busy, and that says nothing of the contract"
    );
}

#[test]
fn objects_are_counted() {
    let ask = |status: u16, body: &str| {
        line(&count(
            &answered("GET", "https://a.example/", status, &[], body),
            &path("$.data[*]"),
            &json!(1),
        ))
    };
    assert_eq!(
        ask(200, r#"{"data":[{}]}"#),
        "pass idempotency-count body:: `$.data[*]` selects 1"
    );
    assert_eq!(
        ask(200, r#"{"data":[{},{}]}"#),
        "fail idempotency-count body:: `$.data[*]` selects 2, expected 1"
    );
    assert_eq!(
        ask(404, ""),
        "inconclusive idempotency-count status: the list is answered with 404"
    );
}

#[test]
fn what_was_created_is_there_and_what_was_deleted_is_not() {
    let created = response(201, &[], r#"{"id":5}"#);
    let ask = |status: u16, body: &str| {
        line(&created_visible(
            &Answer::new(&created),
            &answered("GET", "https://a.example/", status, &[], body),
            &path("$.id"),
        ))
    };
    assert_eq!(
        ask(200, r#"{"id":5.0}"#),
        "pass created-visible status: what was created is there: 200"
    );
    assert_eq!(
        ask(200, r#"{"id":6}"#),
        "fail created-visible body:/id: `$.id` is not the one that was created"
    );
    assert_eq!(
        ask(404, ""),
        "fail created-visible status: what was just created is answered with 404"
    );
    let gone = |status: u16| {
        line(&deleted_gone(&answered(
            "GET",
            "https://a.example/",
            status,
            &[],
            "",
        )))
    };
    assert_eq!(
        gone(410),
        "pass deleted-gone status: what was deleted is gone: 410"
    );
    assert_eq!(
        gone(200),
        "fail deleted-gone status: what was deleted is answered with 200"
    );
    assert!(gone(401).starts_with("inconclusive deleted-gone status: missing auth"));
}
