//! What runs amount to.

use super::*;
use crate::probe::{
    check::Check,
    drift::{Observer, gather},
    exchange::{Attempt, Ended, Failure, Outcome as Ending, Then},
    fixture,
    steps::Done,
    workflow::{DriftRules, Mode},
};
use crate::spec::read;
use jiff::civil::date;
use serde_json::json;

fn scenario() -> workflow::Scenario {
    workflow::Scenario {
        file: "probes/pay.probe.yaml".to_owned(),
        id: "pay".to_owned(),
        sources: Vec::new(),
        environment: None,
        owner: Some("checkout".to_owned()),
        consumers: vec!["web".to_owned()],
        mode: Mode::Read,
        pending_until: None,
        drift: DriftRules::default(),
        workflows: Vec::new(),
    }
}

fn done(verdict: Verdict, exchange: Exchange) -> Done {
    Done {
        workflow: "pay".to_owned(),
        step: "get".to_owned(),
        operation: Some(exchange.request.operation.clone()),
        checks: vec![Check::new("status-declared", verdict, "as it is")],
        exchanges: vec![exchange],
    }
}

fn answer(status: u16) -> Exchange {
    fixture::answered("GET", "https://a.example/", status, &[], "")
}

fn failed(kind: FailureKind) -> Exchange {
    fixture::failed(kind, "as it is")
}

fn judged(steps: Vec<Done>, drifts: Vec<Drift>, leaks: Vec<Leak>) -> Summary {
    let scenario = scenario();
    let outcome = Outcome {
        id: "pay".to_owned(),
        steps,
        outputs: BTreeMap::new(),
        leaks,
    };
    Summary::of(Found {
        run: "r1".to_owned(),
        environment: "sandbox".to_owned(),
        date: date(2026, 11, 20),
        outcomes: vec![(&scenario, &outcome)],
        drifts,
        remarks: Vec::new(),
        coverage: Coverage::default(),
        baseline: Compared::default(),
        tolerated: 50,
    })
}

/// Verdict, exit code, and reason.
fn ends(steps: Vec<Done>) -> (Verdict, u8, Option<String>) {
    let summary = judged(steps, Vec::new(), Vec::new());
    (summary.verdict, summary.exit.code(), summary.reason)
}

fn silence(kind: FailureKind) -> Done {
    done(Verdict::Inconclusive, failed(kind))
}

#[test]
fn a_run_that_saw_nothing_is_no_pass() {
    let inconclusive = |reason: &str| (Verdict::Inconclusive, 3, Some(reason.to_owned()));
    let refused = || done(Verdict::Inconclusive, answer(401));
    assert_eq!(
        ends(vec![refused(), done(Verdict::Inconclusive, answer(403))]),
        inconclusive("missing auth: the vendor let nothing in")
    );
    // That it asks for credentials is no evidence that it knows ours.
    let mut without = answer(401);
    without.request.credentials = Credentials::None;
    assert_eq!(
        ends(vec![refused(), done(Verdict::Pass, without.clone())]),
        inconclusive("missing auth: the vendor let nothing in")
    );
    assert_eq!(
        ends(vec![done(Verdict::Pass, without)]),
        inconclusive("nothing was asked")
    );
    assert_eq!(ends(Vec::new()), inconclusive("nothing was asked"));
    assert_eq!(
        ends(vec![silence(FailureKind::TimeoutResponse)]),
        inconclusive("no answer says anything of the contract: mostly timeout-response")
    );
    for status in [429, 503, 504] {
        assert_eq!(
            ends(vec![done(Verdict::Inconclusive, answer(status))]),
            inconclusive(&format!(
                "no answer says anything of the contract: mostly {status}"
            ))
        );
    }
}

#[test]
fn what_is_not_there_at_all_is_somewhere_else() {
    let missing = |operation: &str, status: u16| {
        let mut exchange = answer(status);
        exchange.request.operation = operation.to_owned();
        done(Verdict::Fail, exchange)
    };
    let several = |last: u16| {
        ends(vec![
            missing("op:GET /a", 404),
            missing("op:GET /b", 404),
            missing("op:GET /c", last),
        ])
    };
    let told = "all answers are 404: `base_url` may not be where the contract is served";
    assert_eq!(
        several(404),
        (Verdict::Inconclusive, 3, Some(told.to_owned()))
    );
    assert_eq!(several(410), (Verdict::Fail, 1, None));
    let one = || missing("op:GET /a", 404);
    assert_eq!(ends(vec![one(), one(), one()]), (Verdict::Fail, 1, None));
}

#[test]
fn the_exit_code_tells_whose_fault_it_is() {
    let pass = || done(Verdict::Pass, answer(200));
    let fail = || done(Verdict::Fail, answer(200));
    let timeout = || silence(FailureKind::TimeoutResponse);
    assert_eq!(ends(vec![pass()]), (Verdict::Pass, 0, None));
    assert_eq!(ends(vec![pass(), timeout()]), (Verdict::Pass, 0, None));
    assert_eq!(
        ends(vec![pass(), timeout(), timeout()]),
        (
            Verdict::Inconclusive,
            3,
            Some("2 of 3 steps say nothing: mostly timeout-response".to_owned())
        )
    );
    assert_eq!(ends(vec![fail(), timeout(), timeout()]).1, 1);
    let refused = || done(Verdict::Inconclusive, answer(401));
    assert_eq!(
        ends(vec![pass(), refused(), timeout(), refused()]),
        (
            Verdict::Inconclusive,
            3,
            Some("missing auth: 3 of 4 steps say nothing".to_owned())
        )
    );
    assert_eq!(
        ends(vec![pass(), pass(), silence(FailureKind::BreakerOpen)]),
        (
            Verdict::Inconclusive,
            3,
            Some("the vendor failed too often in a row to be asked again".to_owned())
        )
    );
    assert_eq!(
        ends(vec![pass(), silence(FailureKind::NotAllowed)]),
        (Verdict::Pass, 2, None)
    );
    assert_eq!(
        ends(vec![done(Verdict::Warn, answer(200))]),
        (Verdict::Warn, 0, None)
    );
    assert_eq!(
        ends(vec![done(Verdict::Pending, answer(200))]),
        (Verdict::Pending, 0, None)
    );
    let leak = Leak {
        step: "create".to_owned(),
        request: None,
        why: "it answers 500".to_owned(),
        run: "r1".to_owned(),
    };
    let leaks = judged(vec![fail()], Vec::new(), vec![leak]);
    assert_eq!((leaks.verdict, leaks.exit.code()), (Verdict::Fail, 4));
}

#[test]
fn a_pass_after_retries_is_no_plain_pass() {
    let mut retried = answer(200);
    let attempt = Attempt {
        at: 0,
        held: 0,
        redirects: Vec::new(),
        ended: Ended::Failed(Failure::new(FailureKind::ClosedEarly, "closed")),
        then: Then::Done,
    };
    retried.attempts = vec![attempt; 4];
    let summary = judged(vec![done(Verdict::Pass, retried)], Vec::new(), Vec::new());
    assert_eq!((summary.verdict, summary.exit.code()), (Verdict::Warn, 0));
    let step = &summary.scenarios[0].steps[0];
    assert_eq!(
        step.checks[1].message,
        "it was answered only after trying again 3 times"
    );
    assert_eq!((summary.counts.requests, summary.counts.retries), (4, 3));
    assert!(matches!(answer(200).outcome, Ending::Answered(_)));
}

#[test]
fn coverage_counts_what_was_seen_of_what_there_is() {
    let pet = json!({ "type": "object", "properties": {
        "id": { "type": "string" },
        "password": { "type": "string", "writeOnly": true },
        "parent": { "$ref": "#/components/schemas/Pet" },
        "tags": { "type": "array", "items": { "type": "object", "properties": { "name": {} } } },
    } });
    let answers = json!({
        "200": { "description": "", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } } } },
        "4XX": { "description": "" },
    });
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Pets", "version": "1" },
        "paths": {
            "/pets/{id}": { "get": { "responses": answers }, "delete": { "responses": { "204": { "description": "" } } } },
        },
        "components": { "schemas": { "Pet": pet } },
    });
    let bundle = fixture::bundle(&document);
    let contract = read(&bundle);
    let observer = Observer::new(&contract, "pets", &|_, _| false);
    let mut shapes = BTreeMap::new();
    for (status, body) in [
        (200, r#"{"id":"a","tags":[{}],"odd":1}"#),
        (404, ""),
        (418, ""),
        (500, ""),
    ] {
        let headers = [("content-type", "application/json")];
        let mut exchange = fixture::answered("GET", "https://a.example/", status, &headers, body);
        exchange.request.operation = "op:GET /pets/{}".to_owned();
        gather(&mut shapes, observer.observe(&exchange).unwrap());
    }
    let asked = BTreeSet::from([("pets".to_owned(), "op:GET /pets/{}".to_owned())]);
    let fields = |seen, of| Fields { seen, of };
    let status = |status: &str, declared, samples| StatusCovered {
        status: status.to_owned(),
        declared,
        samples,
        fields: Fields::default(),
        unseen: Vec::new(),
    };
    let expected = Coverage {
        operations: fields(1, 2),
        statuses: fields(2, 3),
        fields: fields(2, 4),
        asked: vec![Covered {
            contract: "pets".to_owned(),
            operation: "op:GET /pets/{}".to_owned(),
            statuses: vec![
                StatusCovered {
                    fields: fields(2, 4),
                    unseen: vec![".parent".to_owned(), ".tags[].name".to_owned()],
                    ..status("200", true, 1)
                },
                status("4XX", true, 2),
                status("500", false, 1),
            ],
        }],
        never: vec![("pets".to_owned(), "op:DELETE /pets/{}".to_owned())],
    };
    assert_eq!(coverage(&[("pets", &contract)], &shapes, &asked), expected);
}
