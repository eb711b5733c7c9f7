//! Arazzo documents, run.

use super::{Fake, json_answer, ran, told};
use crate::probe::{
    arazzo::{JsonPathMode, read},
    check::Verdict,
    exchange::Request,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const SHOP: &str = r#"
arazzo: 1.1.0
info: { title: Shop, version: "1" }
sourceDescriptions: [ { name: shop, url: ./shop.yaml } ]
workflows:
  - workflowId: all
    steps:
      - { stepId: pay, workflowId: pay, parameters: [ { name: amount, value: 7 } ], outputs: { paid: $outputs.id } }
      - stepId: read
        operationPath: "{$sourceDescriptions.shop.url}#/paths/~1payments~1{id}/get"
        parameters: [ { name: id, in: path, value: $steps.pay.outputs.paid } ]
        successCriteria:
          - { condition: "$statusCode == 200 && $response.body#/status == 'CAPTURED'" }
          - { context: $response.body, condition: "$.lines[?@.n > 1]", type: jsonpath }
        outputs: { seen: $response.body#/id }
        onSuccess: [ { name: enough, type: end } ]
      - { stepId: never, operationId: list }
    outputs: { id: $steps.read.outputs.seen, from: $workflows.pay.outputs.id }
  - workflowId: pay
    inputs: { properties: { amount: { type: integer } }, required: [amount] }
    steps:
      - stepId: make
        operationId: create
        requestBody: { payload: { amount: $inputs.amount, reference: "for {$inputs.amount}" }, replacements: [ { target: /status, value: new } ] }
        successCriteria: [ { condition: $statusCode == 201 } ]
        outputs: { id: $response.body#/id }
    outputs: { id: $steps.make.outputs.id }
"#;

#[test]
fn workflows_call_each_other_and_give_outputs() {
    let (scenario, lints) =
        read("shop.arazzo.yaml", SHOP.as_bytes(), JsonPathMode::Strict).expect("no fault");
    assert_eq!(lints, []);
    let vendor = Fake::new(|request: &Request| match request.method.as_str() {
        "POST" => {
            let mut body: Value =
                serde_json::from_slice(request.body.as_deref().expect("a body")).expect("JSON");
            assert_eq!(
                body,
                json!({ "amount": 7, "reference": "for 7", "status": "new" })
            );
            body["id"] = json!("p1");
            json_answer(201, &body)
        }
        _ => json_answer(
            200,
            &json!({ "id": "p1", "status": "captured", "lines": [{ "n": 2 }] }),
        ),
    });
    let done = ran(&scenario, &vendor);
    assert_eq!(
        told(&done),
        ["read: Warn field-undeclared: the contract does not declare `lines`"]
    );
    assert_eq!(vendor.log(), ["POST /payments", "GET /payments/p1"]);
    let ids = |names: &[&str]| {
        names
            .iter()
            .map(|name| ((*name).to_owned(), json!("p1")))
            .collect::<BTreeMap<_, _>>()
    };
    assert_eq!(done.outputs["all"], ids(&["id", "from"]));
    assert_eq!(done.outputs["pay"], ids(&["id"]));
}

#[test]
fn a_failed_step_ends_its_workflow() {
    let (scenario, _) =
        read("shop.arazzo.yaml", SHOP.as_bytes(), JsonPathMode::Strict).expect("no fault");
    let vendor = Fake::new(|_: &Request| json_answer(422, &json!({})));
    let done = ran(&scenario, &vendor);
    assert_eq!(
        (done.verdict(), vendor.log()),
        (Verdict::Fail, vec!["POST /payments".to_owned()])
    );
    let busy = Fake::new(|_: &Request| json_answer(503, &json!({})));
    assert_eq!(ran(&scenario, &busy).verdict(), Verdict::Inconclusive);
}
