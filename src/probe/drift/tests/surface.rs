//! What no contract declares, and what is around bodies.

use super::super::{Observer, gather};
use super::changes::{Shapes, drifts, rules};
use super::shapes::{answer, payments};
use crate::diff::{self, Options};
use crate::judge;
use crate::probe::{check::Verdict, fixture};
use crate::spec::read;
use serde_json::{Value, json};

/// What kinto publishes: an object of which nothing is said, in two dialects.
fn open(swagger: bool) -> Value {
    let schema = json!({ "type": "object", "additionalProperties": {} });
    let response = if swagger {
        json!({ "description": "Root", "schema": schema })
    } else {
        json!({ "description": "Root", "content": { "application/json": { "schema": schema } } })
    };
    let paths = json!({ "/": { "get": { "responses": { "200": response } } } });
    let info = json!({ "title": "Root", "version": "1" });
    if swagger {
        json!({ "swagger": "2.0", "basePath": "/v1", "info": info, "paths": paths })
    } else {
        json!({ "openapi": "3.0.3", "info": info, "paths": paths })
    }
}

#[test]
fn a_member_that_no_contract_declares_comes_and_goes_as_a_contract_change() {
    for swagger in [true, false] {
        let document = open(swagger);
        let bundle = fixture::bundle(&document);
        let contract = read(&bundle);
        let shapes = |body: &Value| {
            let observer = Observer::new(&contract, "pay", &|_, _| false);
            let mut all = Shapes::new();
            for _ in 0..25 {
                let mut exchange = answer(body);
                exchange.request.operation = "op:GET /".to_owned();
                gather(&mut all, observer.observe(&exchange).unwrap());
            }
            all
        };
        let plain = json!({ "project_name": "kinto", "settings": { "readonly": false } });
        let mut more = plain.clone();
        more["config"] = json!({ "explicit_permissions": true });
        let (old, new) = (shapes(&plain), shapes(&more));
        let element = if swagger { "op:GET /v1/" } else { "op:GET /" };
        let element = format!("{element} > resp:200 > media:application/json > body > .config");

        let came = drifts(&contract, &old, &new, &rules());
        assert_eq!(came.len(), 1);
        assert_eq!(came[0].what.word(), "field-new");
        assert_eq!(came[0].verdict, Verdict::Drift);
        let change = &came[0].changes[0];
        assert_eq!((change.rule, &change.element), ("property-added", &element));
        assert_eq!(change.verdict, crate::variance::Verdict::Additive);

        let went = drifts(&contract, &new, &old, &rules());
        assert_eq!(went.len(), 1);
        assert_eq!(went[0].what.word(), "field-gone");
        assert_eq!(went[0].verdict, Verdict::Fail);
        let change = &went[0].changes[0];
        assert_eq!(
            (change.rule, &change.element),
            ("property-removed", &element)
        );
        assert_eq!(change.verdict, crate::variance::Verdict::Breaking);

        // The same as if the file had declared it all along.
        let schema = if swagger {
            "/paths/~1/get/responses/200/schema"
        } else {
            "/paths/~1/get/responses/200/content/application~1json/schema"
        };
        let mut declared = document.clone();
        declared.pointer_mut(schema).unwrap()["properties"] = json!({ "config": {
            "type": "object",
            "properties": { "explicit_permissions": { "type": "boolean" } },
        } });
        let (old, new) = (fixture::bundle(&declared), fixture::bundle(&document));
        let (old, new) = (read(&old), read(&new));
        let options = Options {
            contract: "pay".to_owned(),
            ..Options::default()
        };
        let findings = judge::judge(&diff::compare(&old, &new, options));
        let sites: Vec<String> = findings
            .iter()
            .flat_map(|finding| finding.sites.spelled())
            .map(|site| site.fingerprint)
            .collect();
        assert_eq!(sites, std::slice::from_ref(&change.fingerprint));

        // What is inside of it is told as well.
        let mut other = more.clone();
        other["config"] = json!({ "explicit_permissions": "yes" });
        let inside = drifts(&contract, &shapes(&more), &shapes(&other), &rules());
        assert_eq!(inside.len(), 1);
        let change = &inside[0].changes[0];
        assert_eq!(
            (change.rule, &change.element),
            ("type-changed", &format!("{element}.explicit_permissions"))
        );
    }
}

/// A drift, what it amounts to, and its changes.
type Told = (String, Verdict, Vec<(&'static str, String)>);

#[test]
fn statuses_media_types_and_headers_are_compared_too() {
    let bundle = fixture::bundle(&payments());
    let contract = read(&bundle);
    let observer = Observer::new(&contract, "pay", &|_, _| false);
    let shapes = |status: u16, media: &str, headers: &[(&str, &str)]| {
        let mut all = Shapes::new();
        for _ in 0..25 {
            let headers = [headers, &[("content-type", media)]].concat();
            let mut exchange =
                fixture::answered("GET", "https://a.example/", status, &headers, "{}");
            exchange.request.operation = "op:GET /payments".to_owned();
            gather(&mut all, observer.observe(&exchange).unwrap());
        }
        all
    };
    let json = "application/json";
    let old = shapes(
        200,
        json,
        &[("x-total", "1"), ("x-odd", "1"), ("date", "x")],
    );
    let told = |new: &Shapes| -> Vec<Told> {
        let found = drifts(&contract, &old, new, &rules()).into_iter();
        let told = found.map(|drift| {
            let changes = drift.changes.into_iter();
            let changes = changes.map(|change| {
                let element = change.element.strip_prefix("op:GET /payments > ");
                (change.rule, element.unwrap().to_owned())
            });
            (
                drift.what.word().to_owned(),
                drift.verdict,
                changes.collect(),
            )
        });
        told.collect()
    };
    let gone = told(&shapes(200, json, &[("x-new", "1")]));
    let header = |word: &str, verdict, rule, name: &str| {
        let change = (rule, format!("resp:200 > header:{name}"));
        (word.to_owned(), verdict, vec![change])
    };
    assert_eq!(
        gone,
        [
            header("header-new", Verdict::Drift, "header-added", "x-new"),
            header("header-gone", Verdict::Fail, "header-removed", "x-odd"),
            header("header-gone", Verdict::Fail, "header-removed", "x-total"),
        ]
    );
    let status = told(&shapes(418, json, &[]));
    assert_eq!(
        status,
        [(
            "status-new".to_owned(),
            Verdict::Drift,
            vec![("error-response-added", "resp:418".to_owned())]
        )]
    );
    let media = told(&shapes(200, "text/html", &[]));
    assert_eq!(
        media,
        [(
            "media-type-new".to_owned(),
            Verdict::Drift,
            vec![("media-type-added", "resp:200 > media:text/html".to_owned())]
        )]
    );
}
