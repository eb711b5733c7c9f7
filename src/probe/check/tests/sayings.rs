//! What files say of answers, and which answers say anything.

use super::{line, lines};
use crate::probe::{
    check::{Against, Answer, auth_enforced, criterion, error_model, evidence, expectations},
    exchange::{Credentials, FailureKind},
    expression::{Name, Run, Scope, Written},
    fixture::{answered, bundle, failed, operation, response},
    generate::Sampler,
    jsonpath::JsonPath,
    workflow::{
        Assertion, Criterion, ErrorModel, Expect, HeaderExpect, Pattern, Presence, Relation,
        Selector, StatusPattern, Statuses, Strictness,
    },
};
use crate::spec::read;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) fn scope() -> Scope {
    let now = "2026-11-20T12:00:00Z".parse().expect("a time");
    let inputs = BTreeMap::from([("amount".to_owned(), json!(1250))]);
    Scope::new(Run::new(1, now), now, "w", inputs, BTreeMap::new())
}

pub(super) fn path(text: &str) -> JsonPath {
    JsonPath::parse(text).expect("a query")
}

#[test]
fn an_assertion_is_strict_and_matching_nothing_is_no_pass() {
    let response = response(
        200,
        &[("location", "/v1/p/1")],
        r#"{"status":"Captured","amount":1250.0,"list":[1,2],"no":null}"#,
    );
    let answer = Answer::new(&response);
    let plain = |value: Value| Written::Plain(value);
    let ask = |of: &str, relation: Relation| {
        let of = match of.strip_prefix("header:") {
            Some(name) => Selector::Header(name.to_owned()),
            None => Selector::JsonPath(path(of)),
        };
        line(&criterion(
            &Criterion::Assertion(Assertion { of, relation }),
            &answer,
            &scope(),
        ))
    };
    let amount = Written::Text(crate::probe::expression::Template::of(Name::Input(
        "amount".to_owned(),
    )));
    assert_eq!(
        ask("$.amount", Relation::Equals(amount)),
        "pass assertion body:/amount: `$.amount` equals 1250"
    );
    assert_eq!(
        ask("$.amount", Relation::Equals(plain(json!("1250")))),
        "fail assertion body:/amount: `$.amount` is 1250.0, expected that it equals \"1250\""
    );
    assert_eq!(
        ask("$.status", Relation::Equals(plain(json!("captured")))),
        "fail assertion body:/status: `$.status` is \"Captured\", expected that it equals \"captured\""
    );
    assert_eq!(
        ask("$.gone", Relation::Differs(plain(json!(1)))),
        "fail assertion body:: `$.gone` matched nothing"
    );
    assert_eq!(
        ask("$.list[*]", Relation::Equals(plain(json!(1)))),
        "fail assertion body:/list/0: `$.list[*]` matched 2 values, and one is asked for"
    );
    assert_eq!(
        ask("$.list[*]", Relation::Count(plain(json!(2)))),
        "pass assertion body:/list/0: `$.list[*]` selects 2, expected 2"
    );
    assert_eq!(
        ask("$.gone", Relation::Exists(Presence::Absent)),
        "pass assertion body:: `$.gone` does not exist"
    );
    assert_eq!(
        ask("$.no", Relation::Exists(Presence::Present)),
        "pass assertion body:/no: `$.no` exists"
    );
    assert_eq!(
        ask(
            "$.status",
            Relation::In(vec![plain(json!("a")), plain(json!("Captured"))])
        ),
        "pass assertion body:/status: `$.status` is one of [\"a\",\"Captured\"]"
    );
    assert_eq!(
        ask(
            "header:Location",
            Relation::Matches(Pattern::parse("^/v1/").expect("a pattern"))
        ),
        "pass assertion header:location: `header:Location` matches \"^/v1/\""
    );
    assert_eq!(
        ask("$.amount", Relation::AtLeast(plain(json!(1250)))),
        "pass assertion body:/amount: `$.amount` is at least 1250"
    );
    assert_eq!(
        ask("$.status", Relation::AtMost(plain(json!(9)))),
        "fail assertion body:/status: `$.status` is \"Captured\", expected that it is at most 9"
    );
    let later = Written::Text(crate::probe::expression::Template::of(Name::Captured(
        "later".to_owned(),
    )));
    assert_eq!(
        ask("$.amount", Relation::Equals(later)),
        "inconclusive assertion: `later` has no value: no step captured it"
    );
}

#[test]
fn busy_vendors_and_refused_credentials_are_no_evidence() {
    let ask = |status: u16, expected: &Statuses| {
        evidence(
            &answered("GET", "https://a.example/", status, &[], ""),
            expected,
        )
        .map(|one| one.status)
        .map_err(|check| line(&check))
    };
    for status in [429, 503] {
        let told = format!(
            "inconclusive evidence status: the vendor answers {status}: it may be too busy, and that says nothing of the contract"
        );
        assert_eq!(ask(status, &Statuses::Success), Err(told));
    }
    let told = "inconclusive evidence status: missing auth: the vendor answers 401, so it does not know who asks";
    assert_eq!(ask(401, &Statuses::Declared), Err(told.to_owned()));
    assert_eq!(
        ask(401, &Statuses::OneOf(vec![StatusPattern::Code(401)])),
        Ok(401)
    );
    assert_eq!(ask(500, &Statuses::Success), Ok(500));
    let failed = failed(FailureKind::TimeoutResponse, "no answer within 10 s");
    assert_eq!(
        evidence(&failed, &Statuses::Success).map_err(|check| line(&check)),
        Err("inconclusive evidence: no answer within 10 s".to_owned())
    );
}

#[test]
fn a_vendor_that_lets_anyone_in_fails_where_the_contract_asks_for_credentials() {
    let document = json!({
        "openapi": "3.0.3", "info": { "title": "t", "version": "1" }, "security": [{ "key": [] }],
        "paths": { "/": { "get": { "operationId": "closed", "responses": {} }, "head": { "operationId": "open", "security": [], "responses": {} } } },
        "components": { "securitySchemes": { "key": { "type": "http", "scheme": "bearer" } } }
    });
    let bundle = bundle(&document);
    let contract = read(&bundle);
    let ask = |id: &str, credentials: Credentials, status: u16| {
        let mut exchange = answered("GET", "https://a.example/", status, &[], "");
        exchange.request.credentials = credentials;
        line(&auth_enforced(operation(&contract, id), &exchange))
    };
    assert_eq!(
        ask("closed", Credentials::None, 401),
        "pass auth-enforced status: a request without credentials is refused with 401"
    );
    assert_eq!(
        ask("closed", Credentials::Invalid, 200),
        "fail auth-enforced status: a request with made-up credentials is answered with 200"
    );
    assert_eq!(
        ask("closed", Credentials::None, 404),
        "inconclusive auth-enforced status: a request without credentials gives 404, which does not tell why"
    );
    assert_eq!(
        ask("open", Credentials::None, 200),
        "skipped auth-enforced status: the contract says that the operation is open to all"
    );
    assert_eq!(
        ask("closed", Credentials::All, 200),
        "skipped auth-enforced: the request carried real credentials"
    );
}

#[test]
fn errors_have_a_media_type_a_code_and_a_way_to_be_found_again() {
    let model = ErrorModel {
        media_type: Some("application/problem+json".to_owned()),
        code: Some(path("$.code")),
        correlation: vec![
            Selector::Header("X-Request-Id".to_owned()),
            Selector::JsonPath(path("$.trace_id")),
        ],
    };
    let ask = |status: u16, headers: &[(&str, &str)], body: &str| {
        lines(&error_model(
            &model,
            &Answer::new(&response(status, headers, body)),
            &scope(),
        ))
    };
    assert_eq!(
        ask(
            404,
            &[("content-type", "application/problem+json")],
            r#"{"code":"not_found","trace_id":"t1"}"#
        ),
        [
            "pass error-model header:content-type: the error is `application/problem+json`",
            "pass error-model body:/code: `$.code` is a code for machines",
            "pass error-model body:/trace_id: `$.trace_id` correlates the error",
        ]
    );
    assert_eq!(
        ask(404, &[("content-type", "text/html")], "<h1>no</h1>"),
        [
            "fail error-model header:content-type: the error is `text/html`, not `application/problem+json`",
            "fail error-model body:: `$.code` matched nothing: a machine cannot tell what went wrong",
            "fail error-model: no `header:X-Request-Id` and no `$.trace_id`: support cannot find the request again",
        ]
    );
    assert_eq!(
        ask(200, &[], ""),
        ["skipped error-model status: 200 is no error"]
    );
}

#[test]
fn a_step_says_what_it_expects_of_its_answer() {
    let document = json!({ "openapi": "3.0.3", "info": { "title": "t", "version": "1" }, "paths": { "/": { "get": { "operationId": "get", "responses": { "200": { "description": "d" }, "404": { "description": "d" } } } } } });
    let bundle = bundle(&document);
    let contract = read(&bundle);
    let sampler = Sampler::new(&bundle, 7);
    let against = Against {
        contract: &contract,
        operation: operation(&contract, "get"),
        sampler: &sampler,
        strictness: Strictness::Tolerant,
    };
    let ask = |expect: &Expect, status: u16| {
        lines(&expectations(
            expect,
            &[],
            &Answer::new(&response(status, &[("Location", "/a")], "")),
            &scope(),
            &against,
        ))
    };
    let expect = Expect {
        headers: vec![
            (
                "Location".to_owned(),
                HeaderExpect::Presence(Presence::Present),
            ),
            ("X-Old".to_owned(), HeaderExpect::Presence(Presence::Absent)),
            (
                "location".to_owned(),
                HeaderExpect::Equals(Written::Plain(json!("/b"))),
            ),
        ],
        ..Expect::default()
    };
    assert_eq!(
        ask(&expect, 200),
        [
            "pass status-expected status: 200 is what the step expects",
            "pass header-expected header:location: `Location` is there",
            "pass header-expected header:x-old: `X-Old` is not there",
            "fail header-expected header:location: `location` is not equal to `/b`",
        ]
    );
    assert_eq!(
        ask(&expect, 404),
        ["fail status-expected status: the vendor answers 404, and the step expects 2XX"]
    );
    let declared = Expect {
        status: Statuses::Declared,
        ..Expect::default()
    };
    assert_eq!(
        ask(&declared, 404),
        [
            "pass status-expected status: 404 is what the step expects",
            "inconclusive success-seen status: the vendor answers 404, so its success was not seen; give test data by a scenario",
        ]
    );
    // `status-declared` tells it.
    assert_eq!(ask(&declared, 410), Vec::<String>::new());
}

#[test]
fn an_error_that_nobody_expects_is_told_in_the_vendors_words() {
    let said = |body: &str| {
        let response = response(400, &[], body);
        super::super::expect::words(&Answer::new(&response))
    };
    assert_eq!(
        said(r#"{"code": 400, "error": "Invalid", "message": "no id"}"#),
        ": \"no id\""
    );
    assert_eq!(said(r#"{"error": {"message": "no id"}}"#), ": \"no id\"");
    assert_eq!(
        said(r#"{"errors": [{"detail": "no id"}], "title": "Bad"}"#),
        ": \"no id\""
    );
    assert_eq!(said("no id\n"), ": \"no id\"");
    assert_eq!(
        said(&"x".repeat(121)),
        format!(": \"{}…\"", "x".repeat(120))
    );
    assert_eq!(said(r#"{"code": 400}"#), "");
    assert_eq!(said(""), "");
}
