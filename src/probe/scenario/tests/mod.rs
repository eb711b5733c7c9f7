//! Scenarios read, refused, and damaged.

mod schema;

use super::read;
use crate::probe::{
    exchange::Credentials,
    expression::{Name, Template, Written},
    jsonpath::{JsonPath, Singular},
    workflow::{
        Assertion, Carrier, Criterion, Idempotency, KeyFormat, Latency, Mode, Origin, PageCheck,
        PageStyle, Payload, Poll, Relation, Selector, Setting, StatusPattern, Statuses, Strictness,
        Target,
    },
};
use serde_json::json;
use std::time::Duration;

const WHOLE: &str = include_str!("whole.probe.yaml");

fn faults(text: &str) -> Vec<String> {
    let env = ["KIND".to_owned()];
    let Err(faults) = read("a.probe.yaml", text.as_bytes(), Some(&env)) else {
        return Vec::new();
    };
    let told = faults.into_iter().map(|fault| {
        let help = fault.help.unwrap_or_default();
        format!("{}: {} ({help})", fault.position, fault.message)
    });
    told.collect()
}

/// A scenario with these lines for its one step.
fn with_step(lines: &str) -> String {
    format!(
        "probe: contract-probe/1\nid: a\ncontract: c.yaml\nenvironment: e\nsteps:\n  - id: one\n    operation: getOne\n{lines}"
    )
}

#[test]
#[expect(clippy::too_many_lines, reason = "one file, all that becomes of it")]
fn the_format_of_the_design_is_read_whole() {
    let env = ["KIND".to_owned()];
    let scenario = read("a.probe.yaml", WHOLE.as_bytes(), Some(&env)).expect("no fault");
    assert_eq!(
        (
            scenario.id.as_str(),
            scenario.mode,
            scenario.consumers.as_slice()
        ),
        (
            "payments-refund",
            Mode::Write,
            ["checkout-web".to_owned()].as_slice()
        )
    );
    let steps = &scenario.workflows[0].steps;
    let ids: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "create", "settled", "export", "page", "numbered", "linked", "counted", "bad",
            "unknown"
        ]
    );
    let create = &steps[0];
    let at = |text: &str| Singular::parse(text).expect("a place");
    assert_eq!(
        create.call.body,
        Some(Payload {
            origin: Origin::Example("card-ok".to_owned()),
            media_type: Some("application/json".to_owned()),
            set: vec![
                Setting {
                    at: at("$.amount"),
                    value: Written::Text(Template::of(Name::Input("amount".to_owned())))
                },
                Setting {
                    at: at("$.reference"),
                    value: Written::Text(Template::parse("${run.id}-${uuid}").expect("names"))
                },
            ],
        })
    );
    assert_eq!(
        create.expect.status,
        Statuses::OneOf(vec![StatusPattern::Code(201)])
    );
    assert_eq!(create.expect.contract, Strictness::Strict);
    let path = |text: &str| JsonPath::parse(text).expect("a query");
    assert_eq!(
        create.criteria[0],
        Criterion::Assertion(Assertion {
            of: Selector::JsonPath(path("$.status")),
            relation: Relation::In(vec![
                Written::Plain(json!("pending")),
                Written::Plain(json!("captured"))
            ]),
        })
    );
    let captures: Vec<(&str, bool)> = create
        .captures
        .iter()
        .map(|one| (one.name.as_str(), one.secret))
        .collect();
    assert_eq!(
        captures,
        [("payment_id", false), ("token", true), ("place", false)]
    );
    assert_eq!(
        create.cleanup.as_ref().map(|cleanup| cleanup.ok.clone()),
        Some(vec![200, 204, 404])
    );
    assert_eq!(
        steps[1].poll,
        Some(Poll {
            until: Some(Assertion {
                of: Selector::JsonPath(path("$.status")),
                relation: Relation::Equals(Written::Plain(json!("captured")))
            }),
            every: Duration::from_secs(2),
            max: Duration::from_secs(60),
            follow: false,
        })
    );
    assert_eq!(
        steps[1].latency,
        Some(Latency {
            samples: 20,
            warmup: 2,
            p50: Some(Duration::from_millis(200)),
            p95: Some(Duration::from_millis(400)),
            p99: Some(Duration::from_millis(900)),
            max: Some(Duration::from_secs(2)),
            over_baseline: Some(50),
        })
    );
    assert_eq!(
        steps[2].call.target,
        Target::Endpoint {
            source: None,
            method: "POST".to_owned(),
            path: "/v1/exports".to_owned()
        }
    );
    assert_eq!(
        steps[2].idempotency,
        Some(Idempotency {
            carrier: Carrier::Body(at("$.idempotency_key")),
            format: KeyFormat::SfString,
            key: Written::Text(Template::of(Name::Uuid)),
            id: path("$.id"),
            ignore: Vec::new(),
            mismatch: None,
            count_check: None,
        })
    );
    let walk = steps[3].paginate.as_ref().expect("a walk");
    assert_eq!(
        walk.style,
        PageStyle::Cursor {
            next: path("$.next_cursor"),
            param: "cursor".to_owned()
        }
    );
    assert_eq!(
        walk.check,
        [
            PageCheck::NoDuplicates,
            PageCheck::PageSize,
            PageCheck::Ends,
            PageCheck::TotalIfDeclared
        ]
    );
    assert_eq!(steps[8].credentials, Credentials::None);
    assert_eq!(
        (
            scenario.drift.presence_drop,
            scenario.drift.ignore.as_slice()
        ),
        (20, [path("$..updated_at")].as_slice())
    );
}

#[test]
fn every_fault_is_found_at_its_place() {
    let text = "probe: contract-probe/2\nid: a b\ncontract: c.yaml\nenvironment: https://api.acme.example\nmodes: write\nsteps:\n  - id: one\n    opration: getOne\n    expect: { status: 99, asert: [] }\n";
    assert_eq!(
        faults(text),
        [
            "1:8: `probe` cannot be `contract-probe/2` (did you mean `contract-probe/1`?)",
            "2:5: `id` cannot be `a b` (use letters, digits, `_`, and `-`)",
            "4:14: `environment` cannot be `https://api.acme.example`: it is a name (name an environment of `.contract/contract.yaml`; its URL stands there)",
            "5:1: a scenario has no key `modes` (did you mean `mode`?)",
            "7:5: a step needs the key `operation` (add `operation:` with its value)",
            "8:5: a step has no key `opration` (did you mean `operation`?)",
            "9:23: `status` cannot be 99 (write a whole number from 100 to 599)",
            "9:27: an expectation has no key `asert` (did you mean `assert`?)",
        ]
    );
}

#[test]
fn a_name_without_a_value_is_a_fault_where_it_stands() {
    assert_eq!(
        faults(&with_step(
            "    path: { id: \"${payment_id}\" }\n    query: { a: \"${env.HOME}\", b: \"${now()}\" }\n    capture: { payment_id: { jsonpath: $.id } }\n"
        )),
        [
            "8:17: no earlier step captures `payment_id` (names are `inputs`, `env`, `run`, `uuid`, `now`, `steps`, and what steps captured)",
            "9:17: the environment does not allow the variable `HOME` (names are `inputs`, `env`, `run`, `uuid`, `now`, `steps`, and what steps captured)",
            "9:35: `${now()}` holds `(`, and an expression is a name and nothing else (write `$${` for the characters themselves)",
        ]
    );
    // What a step captures is there when it is cleaned up.
    let own = with_step(
        "    capture: { it: { jsonpath: $.id } }\n    cleanup: { operation: drop, path: { id: \"${it}\" } }\n",
    );
    assert_eq!(faults(&own), Vec::<String>::new());
}

#[test]
fn what_says_two_things_or_none_is_a_fault() {
    let cases = [
        (
            "    body: { generate: valid, inline: {} }\n",
            "8:11: a body comes from one of `example`, `generate`, and `inline` (write `example: NAME`, `generate: valid`, or `inline: …`)",
        ),
        (
            "    expect: { assert: [{ jsonpath: $.a, equals: 1, in: [1] }] }\n",
            "8:24: an assertion says one thing of one part of the answer (write one of `equals`, `not_equals`, `in`, `matches`, `exists`, `count`, `at_least`, and `at_most`)",
        ),
        (
            "    poll: { every: 2s, max: 4s }\n",
            "8:11: a poll needs an end (add `until:` with an assertion, or `follow: location`)",
        ),
        (
            "    poll: { every: 2, max: 4s, follow: location }\n",
            "8:20: `every` is not a time (write it as `400ms`, `2s`, `10m`, or `1h`)",
        ),
        (
            "    capture: { uuid: { jsonpath: $.id } }\n",
            "8:16: `uuid` cannot be the name of a capture (use letters, digits, `_`, and `-`)",
        ),
        (
            "    body: { inline: {}, set: { \"$.a.*\": 1 } }\n",
            "8:32: `$.a.*` does not name one place, as `$.a.b[0]` does (write names and indexes only: `$.data[0].id`)",
        ),
        (
            "    latency: { compare: 50% }\n",
            "8:25: `compare` says how much slower than the baseline is right (write `compare: baseline+50%`)",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(faults(&with_step(lines)), [expected], "{lines}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn a_file_that_was_damaged_is_read_or_refused(cut in 0..WHOLE.len(), put in "[ -~\n]{0,3}", drop in 0_usize..12) {
        let mut bytes = WHOLE.as_bytes().to_vec();
        let end = (cut + drop).min(bytes.len());
        bytes.splice(cut..end, put.bytes());
        let _ = read("a.probe.yaml", &bytes, None);
    }
}
