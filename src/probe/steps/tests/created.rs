//! What is created is removed, whatever happens.

use super::{Fake, json_answer, ran, scenario, told};
use crate::probe::{check::Verdict, exchange::Request, fixture::response, steps::Leak};
use serde_json::{Value, json};
use std::cell::RefCell;

const CREATE: &str = "  - id: make
    operation: create
    body: { example: card, set: { $.amount: \"${inputs.amount}\", $.reference: \"${run.ref}\" } }
    expect: { status: 201, assert: [{ jsonpath: $.amount, equals: \"${inputs.amount}\" }] }
    capture: { payment: { jsonpath: $.id }, token: { jsonpath: $.status, secret: true } }
    visible: { operation: get, path: { id: \"${payment}\" } }
    cleanup: { operation: cancel, path: { id: \"${payment}\" }, gone: { operation: get, path: { id: \"${payment}\" } } }
";

/// A vendor that keeps what it is given; `honours` the idempotency key or not.
fn shop(
    store: &RefCell<Vec<Value>>,
    honours: bool,
) -> impl Fn(&Request) -> Option<crate::probe::exchange::Response> + '_ {
    move |request| {
        let path = request
            .url
            .strip_prefix("https://a.example/payments")
            .expect("ours");
        let id = path.strip_prefix('/').unwrap_or_default();
        let mut all = store.borrow_mut();
        match request.method.as_str() {
            "POST" => {
                let mut body: Value =
                    serde_json::from_slice(request.body.as_deref().expect("a body")).expect("JSON");
                let key = request
                    .headers
                    .iter()
                    .find(|(name, _)| name == "idempotency-key")
                    .map(|(_, key)| key.clone());
                if let Some(known) = all
                    .iter()
                    .find(|one| honours && key.is_some() && one["key"] == json!(key))
                {
                    let same = known["amount"] == body["amount"];
                    let mut shown = known.clone();
                    shown.as_object_mut().expect("an object").remove("key");
                    return if same {
                        json_answer(201, &shown)
                    } else {
                        json_answer(422, &json!({}))
                    };
                }
                body["id"] = json!(format!("p{}", all.len() + 1));
                body["status"] = json!("s3cret");
                let shown = body.clone();
                body["key"] = json!(key);
                all.push(body);
                json_answer(201, &shown)
            }
            "DELETE" => {
                let before = all.len();
                all.retain(|one| one["id"] != id);
                Some(response(
                    if all.len() < before { 204 } else { 404 },
                    &[],
                    "",
                ))
            }
            _ if id.is_empty() || id.starts_with('?') => {
                let wanted = id.split_once("reference=").map(|(_, text)| text.to_owned());
                let data: Vec<Value> = all
                    .iter()
                    .filter(|one| {
                        wanted
                            .as_ref()
                            .is_none_or(|wanted| one["reference"] == json!(wanted))
                    })
                    .cloned()
                    .collect();
                let data: Vec<Value> = data
                    .into_iter()
                    .map(|mut one| {
                        one.as_object_mut().expect("an object").remove("key");
                        one
                    })
                    .collect();
                json_answer(200, &json!({ "data": data }))
            }
            _ => match all.iter().find(|one| one["id"] == id) {
                Some(one) => {
                    let mut shown = one.clone();
                    shown.as_object_mut().expect("an object").remove("key");
                    json_answer(200, &shown)
                }
                None => json_answer(404, &json!({})),
            },
        }
    }
}

#[test]
fn a_payment_is_made_read_and_removed() {
    let store = RefCell::default();
    let vendor = Fake::new(shop(&store, true));
    let ran = ran(&scenario(CREATE), &vendor);
    // The contract declares no body for 404, and this vendor sends one.
    let expected: [&str; 0] = [];
    assert_eq!(told(&ran), expected);
    assert_eq!(ran.verdict(), Verdict::Pass);
    assert_eq!(
        vendor.log(),
        [
            "POST /payments",
            "GET /payments/p1",
            "DELETE /payments/p1",
            "GET /payments/p1"
        ]
    );
    assert_eq!((store.borrow().len(), ran.leaks.len()), (0, 0));
    assert_eq!(*vendor.secrets.borrow(), ["s3cret"]);
    let sent: Value = serde_json::from_slice(
        ran.steps[0].exchanges[0]
            .request
            .body
            .as_deref()
            .expect("a body"),
    )
    .expect("JSON");
    assert_eq!(sent["amount"], json!(1250));
    assert!(
        sent["reference"]
            .as_str()
            .expect("a text")
            .starts_with("cp-1-")
    );
}

fn with_key() -> String {
    let idempotency = "    idempotency:
      header: Idempotency-Key
      replay: same_result
      mismatch: { set: { $.amount: 999 }, expect: [422] }
      count_check: { operation: list, query: { reference: \"${run.ref}\" }, jsonpath: \"$.data[*]\", equals: 1 }
";
    format!("{CREATE}{idempotency}")
}

#[test]
fn a_vendor_that_honours_the_key_passes_and_one_that_does_not_fails() {
    let store = RefCell::default();
    let vendor = Fake::new(shop(&store, true));
    let good = ran(&scenario(&with_key()), &vendor);
    let expected: [&str; 0] = [];
    assert_eq!(told(&good), expected);
    let store = RefCell::default();
    let vendor = Fake::new(shop(&store, false));
    let bad = ran(&scenario(&with_key()), &vendor);
    assert_eq!(
        told(&bad),
        [
            "make: Fail idempotency-replay: the same key gives another `$.id`: the key is ignored",
            "make: Fail idempotency-mismatch: another payload under the same key is taken with 201",
            "make: Fail idempotency-count: `$.data[*]` selects 3, expected 1",
        ]
    );
    // All three objects are removed, the last first.
    assert_eq!(store.borrow().len(), 0);
    let deleted: Vec<String> = vendor
        .log()
        .into_iter()
        .filter(|line| line.starts_with("DELETE"))
        .collect();
    assert_eq!(
        deleted,
        [
            "DELETE /payments/p3",
            "DELETE /payments/p2",
            "DELETE /payments/p1"
        ]
    );
}

#[test]
fn what_was_created_is_removed_although_the_step_failed() {
    let store = RefCell::default();
    let vendor = Fake::new(shop(&store, true));
    let wrong = scenario(&CREATE.replace("equals: \"${inputs.amount}\"", "equals: 1"));
    let ran = ran(&wrong, &vendor);
    assert_eq!(
        told(&ran),
        ["make: Fail assertion: `$.amount` is 1250, expected that it equals 1"]
    );
    assert_eq!((store.borrow().len(), ran.leaks.len()), (0, 0));
}

#[test]
fn an_interrupt_ends_the_steps_and_not_the_clean_up() {
    let store = RefCell::default();
    let vendor = Fake::new(shop(&store, true));
    vendor.interrupt_after.set(1);
    let two = scenario(&format!("{CREATE}  - id: never\n    operation: list\n"));
    let ran = ran(&two, &vendor);
    assert_eq!(
        told(&ran),
        [
            "make: Inconclusive created-visible: no answer in time",
            "never: Skipped step-done: the run was interrupted",
        ]
    );
    assert_eq!(
        vendor.log(),
        [
            "POST /payments",
            "GET /payments/p1",
            "DELETE /payments/p1",
            "GET /payments/p1"
        ]
    );
    assert_eq!((store.borrow().len(), ran.leaks.len()), (0, 0));
}

#[test]
fn what_cannot_be_removed_is_listed() {
    let store = RefCell::default();
    let inner = shop(&store, true);
    let vendor = Fake::new(|request: &Request| {
        if request.method == "DELETE" {
            Some(response(500, &[], ""))
        } else {
            inner(request)
        }
    });
    let ran = ran(&scenario(CREATE), &vendor);
    assert_eq!(
        told(&ran),
        [
            "make: Warn cleaned-up: not removed by `DELETE https://a.example/payments/p1`: the vendor answers 500"
        ]
    );
    assert_eq!(
        ran.leaks,
        [Leak {
            step: "make".to_owned(),
            request: Some("DELETE https://a.example/payments/p1".to_owned()),
            why: "the vendor answers 500".to_owned(),
            run: "cp-1".to_owned(),
        }]
    );
}

#[test]
fn silence_and_an_answer_without_an_id_may_leave_something_behind() {
    let silent = ran(&scenario(CREATE), &Fake::new(|_| None));
    assert_eq!(silent.leaks.len(), 1);
    assert_eq!(
        silent.leaks[0].why,
        "it may have been created without an answer: no answer in time"
    );
    let nameless = ran(
        &scenario(CREATE),
        &Fake::new(|_| json_answer(201, &json!({ "amount": 1250 }))),
    );
    assert_eq!(
        nameless.leaks[0].why,
        "`payment` has no value: no step captured it"
    );
    let refused = ran(
        &scenario(CREATE),
        &Fake::new(|_| json_answer(422, &json!({}))),
    );
    assert_eq!(refused.leaks, []);
}
