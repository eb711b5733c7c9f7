//! What a plan says of contracts, usage, and scenarios.

use super::{Pick, Selection, Skipped, Usage, of_contract, of_scenario};
use crate::probe::{
    expression::Run, fixture::bundle, generate::Sampler, scenario, steps::Source,
    workflow::Statuses,
};
use crate::spec::read;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

fn api() -> Value {
    json!({
        "openapi": "3.0.3", "info": { "title": "t", "version": "1" },
        "paths": {
            "/orders": {
                "get": { "operationId": "list orders", "tags": ["orders"], "parameters": [{ "name": "state", "in": "query", "required": true, "schema": { "enum": ["open", "done"] } }], "responses": { "200": { "description": "d" } } },
                "post": { "operationId": "create", "tags": ["orders"], "requestBody": { "content": { "application/json": { "example": { "sku": "a" } } } }, "responses": { "201": { "description": "d" } } }
            },
            "/orders/{id}": {
                "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
                "get": { "operationId": "get", "deprecated": true, "responses": { "200": { "description": "d" } } },
                "delete": { "operationId": "drop", "responses": { "204": { "description": "d" } } }
            },
            "/health": { "get": { "responses": { "200": { "description": "d" } } }, "head": { "responses": { "200": { "description": "d" } } } }
        }
    })
}

fn planned(selection: &Selection, usages: &[Usage]) -> (Vec<String>, Vec<Skipped>, String) {
    let bundle = bundle(&api());
    let contract = read(&bundle);
    let sampler = Sampler::new(&bundle, 7);
    let source = Source {
        name: "",
        contract: &contract,
        sampler: &sampler,
        base: "https://a.example",
    };
    let (scenario, plan) = of_contract("orders", &source, selection, usages);
    let steps = &scenario.workflows[0].steps;
    assert_eq!(steps.len(), plan.steps.len());
    assert!(
        steps
            .iter()
            .all(|step| step.expect.status == Statuses::Declared)
    );
    let lines = plan.steps.iter().map(|step| {
        format!(
            "{} {} {} ({})",
            step.step, step.request.method, step.request.url, step.why
        )
    });
    (lines.collect(), plan.skipped.clone(), plan.to_string())
}

fn skipped(what: &str, why: &str) -> Skipped {
    Skipped {
        what: what.to_owned(),
        why: why.to_owned(),
    }
}

#[test]
fn what_a_contract_names_itself_is_asked_and_the_rest_is_told() {
    let (steps, never, _) = planned(&Selection::default(), &[]);
    assert_eq!(
        steps,
        [
            "orders/get-health GET https://a.example/health (the contract declares it, and it only reads)",
            "orders/head-health HEAD https://a.example/health (the contract declares it, and it only reads)",
            "orders/list-orders GET https://a.example/orders?state=open (the contract declares it, and it only reads)",
        ]
    );
    assert_eq!(
        never,
        [
            skipped(
                "op:POST /orders",
                "POST may write, so only a scenario asks it"
            ),
            skipped(
                "op:GET /orders/{}",
                "the path parameter `id` has no example, default, or enum"
            ),
            skipped(
                "op:DELETE /orders/{}",
                "DELETE may write, so only a scenario asks it"
            ),
        ]
    );
}

#[test]
fn what_consumers_use_comes_first() {
    let usage = |consumer: &str, operation: &str| Usage {
        consumer: consumer.to_owned(),
        operation: operation.to_owned(),
        reads: BTreeMap::from([("200".to_owned(), BTreeSet::from([".data[].id".to_owned()]))]),
    };
    let (steps, never, _) = planned(
        &Selection::default(),
        &[
            usage("web", "GET /orders"),
            usage("app", "GET /orders"),
            usage("app", "POST /orders"),
            usage("app", "GET /gone"),
        ],
    );
    assert_eq!(
        steps[0],
        "orders/list-orders GET https://a.example/orders?state=open (used by app, web)"
    );
    assert_eq!(
        never[0],
        skipped(
            "op:POST /orders",
            "POST may write, so only a scenario asks it, and app rely on it"
        )
    );
    assert_eq!(
        never[3],
        skipped(
            "op:GET /gone",
            "app uses it, and the contract does not have it"
        )
    );
}

#[test]
fn operations_are_picked_by_id_tag_path_and_age() {
    let pick = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| Pick::parse(text).expect("a pick"))
            .collect::<Vec<_>>()
    };
    let names = |include: &[&str], exclude: &[&str]| {
        let selection = Selection {
            include: pick(include),
            exclude: pick(exclude),
        };
        let (steps, _, _) = planned(&selection, &[]);
        steps
            .iter()
            .map(|line| line.split(' ').next().expect("a name").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&["tag:orders"], &[]), ["orders/list-orders"]);
    assert_eq!(names(&["/h*"], &["HEAD /**"]), ["orders/get-health"]);
    assert_eq!(names(&["get /**"], &["tag:orders"]), ["orders/get-health"]);
    assert_eq!(names(&["create", "deprecated"], &[]), Vec::<String>::new());
    assert!(Pick::parse("").is_err() && Pick::parse("GET v1").is_err());
    let selection = Selection {
        include: Vec::new(),
        exclude: pick(&["deprecated"]),
    };
    assert_eq!(
        planned(&selection, &[]).1[1],
        skipped("op:GET /orders/{}", "left out by `deprecated`")
    );
}

#[test]
fn a_plan_of_a_scenario_shows_exact_requests_and_names_what_is_not_known_yet() {
    let text = "probe: contract-probe/1\nid: flow\ncontract: c\nenvironment: e\nmode: write\ninputs: { sku: { default: a1 } }\nsteps:
  - id: make
    operation: create
    header: { X-Key: \"${env.SECRET}\" }
    body: { inline: { sku: \"${inputs.sku}\" } }
    idempotency: { header: Idempotency-Key, key: k1, replay: same_result, mismatch: { set: { $.sku: x } }, count_check: { operation: list orders, jsonpath: \"$.data[*]\", equals: 1 } }
    capture: { order: { jsonpath: $.id } }
    cleanup: { operation: drop, path: { id: \"${order}\" } }
  - id: read
    operation: get
    path: { id: \"${steps.make.order}\" }
    latency: { samples: 20, warmup: 2, p95: 400ms }
  - id: lost
    operation: nowhere\n";
    let scenario = scenario::read("a.probe.yaml", text.as_bytes(), None).expect("no fault");
    let bundle = bundle(&api());
    let contract = read(&bundle);
    let sampler = Sampler::new(&bundle, 7);
    let sources = [Source {
        name: "",
        contract: &contract,
        sampler: &sampler,
        base: "https://a.example",
    }];
    let run = Run {
        id: "cp-1".to_owned(),
        seed: 7,
    };
    let now = "2026-11-20T12:00:00Z".parse().expect("a time");
    let plan = of_scenario(&scenario, &BTreeMap::new(), &sources, &run, now, true);
    let expected = "1. flow/make (scenario `flow`)
   POST https://a.example/orders
   idempotency-key: k1
   x-key: ${env.SECRET}
   content-type: application/json
   {\"sku\":\"a1\"}
   then again with the same key
   then another payload with the same key
   then count: GET https://a.example/orders?state=open
   then clean-up: DELETE https://a.example/orders/${order}
2. flow/read (scenario `flow`)
   GET https://a.example/orders/${steps.make.order}
   values from path id: scenario
   then 20 samples after 2 to warm up

never probed:
  flow/lost: the contract has no operation `nowhere`

2 steps, at most 28 requests; nothing was sent
";
    assert_eq!(plan.to_string(), expected);
    let reading = of_scenario(&scenario, &BTreeMap::new(), &sources, &run, now, false);
    assert_eq!(
        reading.skipped[0],
        skipped("flow/make", "POST may write, and writes are not allowed")
    );
    assert_eq!(
        serde_json::to_value(&plan).expect("JSON")["steps"][1]["requests"],
        json!(23)
    );
}
