//! One step after another, and what is not done.

use super::{Fake, json_answer, ran, scenario, told};
use crate::probe::{
    check::Verdict,
    exchange::Request,
    fixture::response,
    workflow::{Action, ActionKind, Jump, Mode},
};
use jiff::civil::date;
use serde_json::json;
use std::{cell::Cell, time::Duration};

#[test]
fn what_depends_on_a_failed_step_is_skipped_and_the_rest_goes_on() {
    let vendor = Fake::new(|request: &Request| match request.method.as_str() {
        "POST" => json_answer(500, &json!({})),
        _ => json_answer(200, &json!({ "data": [] })),
    });
    let steps = "  - id: make\n    operation: create\n    body: { example: card }\n    capture: { payment: { jsonpath: $.id } }\n  - id: read\n    operation: get\n    path: { id: \"${payment}\" }\n  - id: list\n    operation: GET /payments\n";
    assert_eq!(
        told(&ran(&scenario(steps), &vendor)),
        [
            "make: Fail status-expected: the vendor answers 500, and the step expects 2XX",
            "make: Fail status-declared: the vendor answers 500, and the contract declares 201, 202, 422",
            "read: Skipped step-done: `payment` has no value: no step captured it",
        ]
    );
    assert_eq!(vendor.log(), ["POST /payments", "GET /payments"]);
}

#[test]
fn a_scenario_that_reads_does_not_write() {
    let vendor = Fake::new(|_: &Request| panic!("nothing is sent"));
    let mut reading =
        scenario("  - id: make\n    operation: create\n    body: { example: card }\n");
    reading.mode = Mode::Read;
    assert_eq!(
        told(&ran(&reading, &vendor)),
        ["make: Skipped step-done: POST writes, and the scenario is `mode: read`"]
    );
}

#[test]
fn what_the_contract_does_not_have_is_not_asked() {
    let vendor = Fake::new(|_: &Request| panic!("nothing is sent"));
    let steps = "  - id: a\n    operation: craete\n  - id: b\n    operation: get\n  - id: c\n    operation: list\n    query: { refrence: x }\n  - id: d\n    operation: create\n    body: { example: crad }\n";
    assert_eq!(
        told(&ran(&scenario(steps), &vendor)),
        [
            "a: Inconclusive step-possible: the contract has no operation `craete`; did you mean `create`?",
            "b: Inconclusive step-possible: the path parameter `id` has no example, default, or enum",
            "c: Inconclusive step-possible: the operation has no query parameter `refrence`; did you mean `reference`?",
            "d: Inconclusive step-possible: the body: there is no example `crad`; did you mean `card`?",
        ]
    );
}

#[test]
fn failures_before_the_day_are_pending() {
    let vendor = Fake::new(|_: &Request| json_answer(418, &json!({})));
    let mut young = scenario("  - id: list\n    operation: list\n");
    young.pending_until = Some(date(2026, 11, 20));
    assert_eq!(ran(&young, &vendor).verdict(), Verdict::Pending);
    young.pending_until = Some(date(2026, 11, 19));
    assert_eq!(ran(&young, &vendor).verdict(), Verdict::Fail);
}

#[test]
fn strangers_are_to_be_refused() {
    let steps = "  - id: who\n    operation: get\n    path: { id: p }\n    auth: none\n";
    let open = Fake::new(|_: &Request| json_answer(200, &json!({ "id": "p" })));
    assert_eq!(
        told(&ran(&scenario(steps), &open)),
        ["who: Fail auth-enforced: a request without credentials is answered with 200"]
    );
    let closed = Fake::new(|_: &Request| Some(response(401, &[], "")));
    assert_eq!(ran(&scenario(steps), &closed).verdict(), Verdict::Pass);
    // Without credentials of our own, a 401 is our business and not the contract's.
    let own = scenario(&steps.replace("    auth: none\n", ""));
    assert_eq!(
        told(&ran(&own, &closed)),
        [
            "who: Inconclusive evidence: missing auth: the vendor answers 401, so it does not know who asks"
        ]
    );
}

#[test]
fn actions_jump_retry_and_end() {
    let calls = Cell::new(0);
    let vendor = Fake::new(|_: &Request| {
        calls.set(calls.get() + 1);
        if calls.get() < 3 {
            Some(response(500, &[("Retry-After", "86400")], ""))
        } else {
            json_answer(200, &json!({ "data": [] }))
        }
    });
    let mut flow = scenario(
        "  - id: one\n    operation: list\n  - id: two\n    operation: list\n  - id: three\n    operation: list\n",
    );
    let action = |kind: ActionKind| {
        vec![Action {
            name: "a".to_owned(),
            kind,
            criteria: Vec::new(),
        }]
    };
    let steps = &mut flow.workflows[0].steps;
    steps[0].on_failure = action(ActionKind::Retry {
        after: Duration::from_secs(1),
        limit: 2,
    });
    steps[0].on_success = action(ActionKind::Goto(Jump::Step("three".to_owned())));
    let done = ran(&flow, &vendor);
    // A vendor cannot make a run wait for a day.
    assert_eq!(
        vendor.log(),
        [
            "GET /payments",
            "pause 60s",
            "GET /payments",
            "pause 60s",
            "GET /payments",
            "GET /payments"
        ]
    );
    let ids: Vec<&str> = done.steps.iter().map(|one| one.step.as_str()).collect();
    assert_eq!((ids, done.verdict()), (vec!["one", "three"], Verdict::Pass));
    let circle = {
        let mut flow = flow.clone();
        flow.workflows[0].steps[0].on_success =
            action(ActionKind::Goto(Jump::Step("one".to_owned())));
        ran(&flow, &vendor)
    };
    assert_eq!(
        circle
            .steps
            .last()
            .map(|done| done.checks[0].message.as_str()),
        Some("it went on for more than 1000 steps")
    );
}
