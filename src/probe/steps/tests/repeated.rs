//! Steps that ask more than once.

use super::{Fake, json_answer, ran, scenario, told};
use crate::probe::{exchange::Request, fixture::response};
use serde_json::json;
use std::cell::Cell;

const NONE: [&str; 0] = [];

#[test]
fn a_poll_waits_until_it_is_so() {
    let calls = Cell::new(0);
    let vendor = Fake::new(|_: &Request| {
        calls.set(calls.get() + 1);
        json_answer(
            200,
            &json!({ "id": "p", "status": if calls.get() < 3 { "pending" } else { "captured" } }),
        )
    });
    let steps = "  - id: settled\n    operation: get\n    path: { id: p }\n    poll: { until: { jsonpath: $.status, equals: captured }, every: 2s, max: 60s }\n";
    assert_eq!(told(&ran(&scenario(steps), &vendor)), NONE);
    assert_eq!(
        vendor.log(),
        [
            "GET /payments/p",
            "pause 2s",
            "GET /payments/p",
            "pause 2s",
            "GET /payments/p"
        ]
    );
    let never =
        Fake::new(|_: &Request| json_answer(200, &json!({ "id": "p", "status": "pending" })));
    let short = scenario(&steps.replace("60s", "5s"));
    assert_eq!(
        told(&ran(&short, &never)),
        ["settled: Fail poll-until: it is not so after 4s and 3 requests"]
    );
}

#[test]
fn a_202_is_followed_to_where_it_points() {
    let calls = Cell::new(0);
    let vendor = Fake::new(|request: &Request| {
        calls.set(calls.get() + 1);
        match (request.method.as_str(), calls.get()) {
            ("POST", _) => Some(response(
                202,
                &[("Location", "/jobs/7"), ("Retry-After", "3")],
                "",
            )),
            (_, 2) => Some(response(202, &[("Location", "/jobs/7")], "")),
            _ => json_answer(201, &json!({ "id": "p" })),
        }
    });
    let steps = "  - id: make\n    operation: create\n    body: { inline: {} }\n    poll: { follow: location, every: 1s, max: 60s }\n";
    assert_eq!(told(&ran(&scenario(steps), &vendor)), NONE);
    assert_eq!(
        vendor.log(),
        [
            "POST /payments",
            "pause 3s",
            "GET /jobs/7",
            "pause 1s",
            "GET /jobs/7"
        ]
    );
    let lost = Fake::new(|_: &Request| Some(response(202, &[], "")));
    assert_eq!(
        told(&ran(&scenario(steps), &lost)),
        ["make: Fail poll-until: the answer is 202 and does not say where to ask"]
    );
}

#[test]
fn times_are_measured_after_the_warm_up_and_only_of_reads() {
    let vendor = Fake::new(|_: &Request| json_answer(200, &json!({ "data": [] })));
    let steps =
        "  - id: list\n    operation: list\n    latency: { samples: 3, warmup: 1, p95: 1ms }\n";
    let slow = ran(&scenario(steps), &vendor);
    assert_eq!(
        told(&slow),
        ["list: Fail latency: p95 of 3 took 2ms, more than 1ms"]
    );
    assert_eq!(vendor.log().len(), 5);
}

#[test]
fn all_pages_are_walked_and_each_is_held_against_the_contract() {
    let vendor = Fake::new(|request: &Request| {
        match request.url.rsplit_once("offset=").map(|(_, offset)| offset) {
            Some("0") => json_answer(200, &json!({ "data": [{ "id": "a" }, { "id": "b" }] })),
            Some("2") => json_answer(
                200,
                &json!({ "data": [{ "id": "b" }, { "id": "c", "extra": 1 }] }),
            ),
            _ => json_answer(200, &json!({ "data": [] })),
        }
    });
    let steps = "  - id: all\n    operation: list\n    query: { reference: r }\n    paginate: { style: offset, items: \"$.data[*]\", param: offset }\n";
    assert_eq!(
        told(&ran(&scenario(steps), &vendor)),
        [
            "all: Warn field-undeclared: the contract does not declare `extra`",
            "all: Fail pagination-duplicates: 1 item comes twice; \"b\" is on pages 1 and 2",
        ]
    );
    assert_eq!(
        vendor.log(),
        [
            "GET /payments?reference=r&offset=0",
            "GET /payments?reference=r&offset=2",
            "GET /payments?reference=r&offset=4"
        ]
    );
}
