//! What a vendor does, and what a run makes of it.

use std::net::TcpListener;

use serde_json::json;

use super::common::{honest, loud, repository, steps};
use crate::sandbox::vendor::Options;

#[test]
fn a_vendor_that_keeps_its_contract_passes() {
    let repository = repository(honest());
    let (code, report) = repository.run(&["--allow-writes"]);
    assert_eq!(
        (code, &report["verdict"], steps(&report)),
        (
            0,
            &json!("pass"),
            vec![
                "payments/create pass".to_owned(),
                "payments/create pass".to_owned(),
                "acme-payments/getPayment pass".to_owned(),
                "acme-payments/listPayments pass".to_owned(),
                "acme-payments/getStatus pass".to_owned(),
            ]
        )
    );
    assert_eq!(repository.books.made(), 1);
    assert_eq!(repository.books.references(), Vec::<String>::new());
}

#[test]
fn a_field_of_another_type_breaks_the_contract() {
    let repository = repository(Options {
        amounts_are_numbers: false,
        ..honest()
    });
    let (code, report) = repository.run(&["--allow-writes"]);
    assert_eq!((code, &report["verdict"]), (1, &json!("fail")));
    let schema = "body-schema fail: `type` does not hold";
    let assertion = "assertion fail: `$.amount` is \"1250\", expected that it equals 1250";
    assert_eq!(loud(&report), [assertion, schema, schema, schema]);
    assert_eq!(repository.books.references(), Vec::<String>::new());
}

#[test]
fn a_vendor_that_is_down_is_not_a_broken_contract() {
    let mut repository = repository(honest());
    // Nobody listens there any more.
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.local_addr().expect("bound").port()
    };
    repository.replace(
        ".contract/contract.yaml",
        "${ACME_URL:-http://127.0.0.1:8899}",
        &format!("http://127.0.0.1:{port}"),
    );
    let (code, report) = repository.run(&["--contract", "payments.openapi.yaml"]);
    assert_eq!(
        (code, &report["verdict"], &report["reason"]),
        (
            3,
            &json!("inconclusive"),
            &json!("no answer says anything of the contract: mostly connect-refused")
        )
    );
    repository.key = None;
}

#[test]
fn a_vendor_that_lets_nobody_in_says_nothing() {
    let mut repository = repository(honest());
    repository.replace(
        ".contract/contract.yaml",
        "    auth:\n      acmeKey: {api_key: {env: ACME_KEY}}\n",
        "",
    );
    repository.key = None;
    let (code, report) = repository.run(&[
        "--contract",
        "payments.openapi.yaml",
        "--include",
        "tag:payments",
    ]);
    assert_eq!(
        (code, &report["verdict"], &report["reason"]),
        (
            3,
            &json!("inconclusive"),
            &json!("missing auth: the vendor let nothing in")
        )
    );
}

#[test]
fn a_key_that_is_ignored_fails_and_both_payments_are_removed() {
    let repository = repository(Options {
        honour_keys: false,
        ..honest()
    });
    let (code, report) = repository.run(&["payments", "--allow-writes"]);
    let ignored = "idempotency-replay fail: the same key gives another `$.id`: the key is ignored";
    let differs = "idempotency-result warn: differs in the second answer";
    assert_eq!(
        (code, loud(&report)),
        (1, vec![ignored.to_owned(), differs.to_owned()])
    );
    assert_eq!(repository.books.made(), 2);
    assert_eq!(repository.books.references(), Vec::<String>::new());
}

const PAGES: &str = "\
probe: contract-probe/1
id: pages
contract: acme-payments
environment: acme-sandbox
steps:
  - id: walk
    operation: listPayments
    paginate: {style: cursor, items: '$.data[*]', id: $.id, next: $.next_cursor, param: cursor, pages: 5}
";

#[test]
fn pages_that_repeat_fail() {
    let twice = "pagination-duplicates fail: 1 item comes twice; \"pay_0\" is on pages 1 and 2";
    let again = "pagination-ends fail: page 2 points to a page that was read already";
    for (ends, expected, told) in [(true, 0, vec![]), (false, 1, vec![twice, again])] {
        let repository = repository(Options {
            pages_end: ends,
            ..honest()
        });
        repository.write(".contract/probes/pages.probe.yaml", PAGES);
        let (code, report) = repository.run(&["pages"]);
        assert_eq!(code, expected);
        assert_eq!(loud(&report), told);
    }
}

const ARAZZO: &str = "\
arazzo: 1.0.1
info: {title: status, version: '1'}
sourceDescriptions:
  - {name: acme, url: payments.openapi.yaml, type: openapi}
workflows:
  - workflowId: well
    steps:
      - stepId: ask
        operationId: getStatus
        successCriteria:
          - condition: $statusCode == 200
          - condition: $response.body#/status == 'well'
";

#[test]
fn an_arazzo_document_runs_as_it_is() {
    let repository = repository(honest());
    repository.write("status.arazzo.yaml", ARAZZO);
    let (code, report) = repository.run(&["status.arazzo.yaml"]);
    assert_eq!(
        (code, steps(&report), loud(&report)),
        (0, vec!["well/ask pass".to_owned()], Vec::new())
    );
}

#[test]
fn every_exit_code_says_who_has_to_do_something() {
    let acme = |options: Options| repository(options);
    let write = ["payments", "--allow-writes"];
    let ended = |repository: &super::common::Repository| repository.run(&write).0;
    // Nobody.
    assert_eq!(ended(&acme(honest())), 0);
    // The vendor, who does not keep the contract.
    let ignoring = Options {
        honour_keys: false,
        ..honest()
    };
    assert_eq!(ended(&acme(ignoring.clone())), 1);
    // Whoever keeps our files and secrets.
    let mut keyless = acme(honest());
    keyless.key = None;
    let mut all = vec!["run", "--environment", "acme-sandbox"];
    all.extend(write);
    assert_eq!(keyless.probe(&all).code, 2);
    // Nobody yet: it says nothing.
    let closed = acme(Options {
        key: Some("another key altogether".to_owned()),
        ..honest()
    });
    assert_eq!(ended(&closed), 3);
    // Whoever can remove what is left, which comes before all else.
    let keeping = Options {
        deletes: false,
        ..ignoring
    };
    assert_eq!(ended(&acme(keeping)), 4);
}
