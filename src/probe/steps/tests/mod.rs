//! Scenarios against a vendor that is a closure.

mod created;
mod documents;
mod flows;
mod repeated;

use super::{Outcome as Ran, Purpose, Settings, Source, Vendor, run};
use crate::probe::{
    check::{Promise, Verdict},
    exchange::{Exchange, Failure, FailureKind, Outcome, Request, Response},
    expression::Run,
    fixture::{bundle, response},
    generate::Sampler,
    scenario::read as read_scenario,
    workflow::Scenario,
};
use crate::spec::{Operation, read};
use jiff::{SignedDuration, Timestamp, civil::date};
use serde_json::{Value, json};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    time::Duration,
};

/// What a vendor answers; nothing is silence.
type Answers<'f> = dyn Fn(&Request) -> Option<Response> + 'f;

/// A vendor in memory: what it answers, and what it was asked.
pub(super) struct Fake<'f> {
    answer: Box<Answers<'f>>,
    now: Cell<Timestamp>,
    log: RefCell<Vec<String>>,
    secrets: RefCell<Vec<String>>,
    interrupted: Cell<bool>,
    interrupt_after: Cell<usize>,
}

impl<'f> Fake<'f> {
    pub(super) fn new(answer: impl Fn(&Request) -> Option<Response> + 'f) -> Self {
        Self {
            answer: Box::new(answer),
            now: Cell::new("2026-11-20T12:00:00Z".parse().expect("a time")),
            log: RefCell::default(),
            secrets: RefCell::default(),
            interrupted: Cell::new(false),
            interrupt_after: Cell::new(usize::MAX),
        }
    }

    /// What was asked: method, and URL without the host.
    pub(super) fn log(&self) -> Vec<String> {
        self.log.borrow().clone()
    }
}

impl Vendor for Fake<'_> {
    fn send(&self, request: Request, purpose: Purpose) -> Exchange {
        let path = request
            .url
            .strip_prefix("https://a.example")
            .unwrap_or(&request.url);
        let line = format!("{} {path}", request.method);
        self.log.borrow_mut().push(line);
        if self.log.borrow().len() == self.interrupt_after.get() {
            self.interrupted.set(true);
        }
        let refused = self.interrupted.get()
            && purpose == Purpose::Check
            && self.log.borrow().len() > self.interrupt_after.get();
        let outcome = match (self.answer)(&request).filter(|_| !refused) {
            Some(response) => Outcome::Answered(response),
            None => Outcome::Failed {
                failure: Failure::new(FailureKind::TimeoutResponse, "no answer in time"),
                response: None,
            },
        };
        let attempt = crate::probe::exchange::Attempt {
            at: 0,
            held: 0,
            redirects: Vec::new(),
            ended: crate::probe::exchange::Ended::Status(200),
            then: crate::probe::exchange::Then::Done,
        };
        Exchange {
            request,
            ordinal: 0,
            attempts: vec![attempt],
            outcome,
        }
    }

    fn pause(&self, time: Duration) {
        self.log.borrow_mut().push(format!("pause {time:?}"));
        let time = SignedDuration::try_from(time).expect("short");
        self.now.set(self.now.get() + time);
    }

    fn now(&self) -> Timestamp {
        self.now.get()
    }

    fn keep_secret(&self, value: &str) -> Result<(), String> {
        self.secrets.borrow_mut().push(value.to_owned());
        Ok(())
    }

    fn interrupted(&self) -> bool {
        self.interrupted.get()
    }
}

/// Payments that can be made, read, listed, and cancelled.
pub(super) fn api() -> Value {
    let payment = json!({ "type": "object", "required": ["id"], "properties": {
        "id": { "type": "string", "readOnly": true }, "amount": { "type": "integer" }, "reference": { "type": "string" }, "status": { "type": "string" } } });
    let json_of = |schema: Value| json!({ "description": "d", "content": { "application/json": { "schema": schema } } });
    let id =
        json!([{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }]);
    json!({
        "openapi": "3.0.3", "info": { "title": "t", "version": "1" }, "security": [{ "key": [] }],
        "paths": {
            "/payments": {
                "post": { "operationId": "create",
                    "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Payment" }, "examples": { "card": { "value": { "amount": 5 } } } } } },
                    "responses": { "201": json_of(json!({ "$ref": "#/components/schemas/Payment" })), "202": { "description": "d" }, "422": { "description": "d" } } },
                "get": { "operationId": "list",
                    "parameters": [{ "name": "reference", "in": "query", "schema": { "type": "string" } }, { "name": "offset", "in": "query", "schema": { "type": "integer" } }],
                    "responses": { "200": json_of(json!({ "type": "object", "properties": { "data": { "type": "array", "items": { "$ref": "#/components/schemas/Payment" } } } })) } }
            },
            "/payments/{id}": { "parameters": id,
                "get": { "operationId": "get", "responses": { "200": json_of(json!({ "$ref": "#/components/schemas/Payment" })), "401": { "description": "d" }, "404": { "description": "d" } } },
                "delete": { "operationId": "cancel", "responses": { "204": { "description": "d" }, "404": { "description": "d" } } } }
        },
        "components": { "schemas": { "Payment": payment }, "securitySchemes": { "key": { "type": "http", "scheme": "bearer" } } }
    })
}

/// A scenario that writes, with these steps.
pub(super) fn scenario(steps: &str) -> Scenario {
    let text = format!(
        "probe: contract-probe/1\nid: flow\ncontract: c\nenvironment: e\nmode: write\ninputs:\n  amount: {{ default: 1250 }}\nsteps:\n{steps}"
    );
    read_scenario("a.probe.yaml", text.as_bytes(), None)
        .unwrap_or_else(|faults| panic!("{faults:?}"))
}

pub(super) fn ran(scenario: &Scenario, vendor: &Fake<'_>) -> Ran {
    let bundle = bundle(&api());
    let contract = read(&bundle);
    let sampler = Sampler::new(&bundle, 7);
    let sources = [Source {
        name: "shop",
        contract: &contract,
        sampler: &sampler,
        base: "https://a.example",
    }];
    let promise = |_: &Operation<'_>| Promise {
        today: date(2026, 11, 20),
        deprecated: false,
        until: None,
    };
    let settings = Settings {
        run: Run {
            id: "cp-1".to_owned(),
            seed: 7,
        },
        today: date(2026, 11, 20),
        writes: true,
        env: BTreeMap::new(),
        promise: &promise,
        baseline: &|_| None,
    };
    run(scenario, &BTreeMap::new(), &sources, &settings, vendor)
}

/// What was found and does not just hold: `step: verdict id: message`.
pub(super) fn told(ran: &Ran) -> Vec<String> {
    let checks = ran
        .steps
        .iter()
        .flat_map(|done| done.checks.iter().map(move |check| (done, check)));
    let checks = checks.filter(|(_, check)| check.verdict != Verdict::Pass);
    let lines = checks.map(|(done, check)| {
        format!(
            "{}: {:?} {}: {}",
            done.step, check.verdict, check.id, check.message
        )
    });
    lines.collect()
}

#[expect(clippy::unnecessary_wraps, reason = "as a vendor answers")]
pub(super) fn json_answer(status: u16, body: &Value) -> Option<Response> {
    Some(response(
        status,
        &[("content-type", "application/json")],
        &body.to_string(),
    ))
}
