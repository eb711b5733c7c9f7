//! One run in every format, and a history.

use super::*;
use crate::probe::{
    check::{Check, Place},
    drift::{Acceptance, Change, Drift, Evidence, Key, Path, Rate, Remark, What},
    history::{FirstSeen, Point, Trend},
    steps::Leak,
    summary::{
        Answered, Compared, Counts, Coverage, Covered, Exit, Fields, Scenario, StatusCovered, Step,
        Summary,
    },
};
use crate::report::Verbosity;
use crate::variance;
use jiff::civil::{Date, date};
use serde_json::Value;
use std::collections::BTreeMap;

fn step(name: &str, verdict: Verdict, check: Check, status: Option<u16>) -> Step {
    Step {
        workflow: "pay".to_owned(),
        step: name.to_owned(),
        operation: Some("op:GET /payments/{}".to_owned()),
        verdict,
        checks: vec![check],
        answers: vec![Answered {
            method: "GET".to_owned(),
            status,
            failure: status.is_none().then_some("timeout-response"),
            retries: 0,
            micros: status.map(|_| 12_345),
        }],
    }
}

fn drift(name: &str, verdict: Verdict, accepted: Option<Acceptance>) -> Drift {
    Drift {
        of: Key {
            contract: "pay".to_owned(),
            operation: "op:GET /payments/{}".to_owned(),
            status: 200,
            media: Some("application/json".to_owned()),
        },
        what: What::FieldGone {
            path: Path::parse(&format!(".{name}")).unwrap(),
            before: Rate::new(20, 20),
            after: Rate::new(0, 20),
        },
        evidence: Evidence::Strong,
        allowed: false,
        changes: vec![Change {
            rule: "property-removed",
            verdict: variance::Verdict::Breaking,
            element: format!(
                "op:GET /payments/{{}} > resp:200 > media:application/json > body > .{name}"
            ),
            fingerprint: format!("cf1:{}", "a".repeat(40)),
            message: "gone".to_owned(),
            pointer: String::new(),
        }],
        verdict,
        accepted,
    }
}

fn today() -> Date {
    date(2026, 11, 20)
}

fn summary() -> Summary {
    let acceptance = Acceptance {
        until: date(2026, 12, 15),
        reason: "they <fix> it".to_owned(),
        who: "ana@shop.example".to_owned(),
    };
    let undeclared = Check::fail(
        "status-declared",
        "the vendor answers 418, and the contract declares 200",
    )
    .at(Place::Status)
    .expected(vec!["200"])
    .found(418);
    let steps = vec![
        step(
            "get",
            Verdict::Pass,
            Check::pass("status-declared", "the contract declares 200"),
            Some(200),
        ),
        step("odd", Verdict::Fail, undeclared, Some(418)),
        step(
            "slow",
            Verdict::Inconclusive,
            Check::new(
                "evidence",
                Verdict::Inconclusive,
                "no answer \u{1b}[31min time",
            ),
            None,
        ),
    ];
    Summary {
        run: "r-1".to_owned(),
        environment: "acme-sandbox".to_owned(),
        date: today(),
        verdict: Verdict::Fail,
        reason: None,
        exit: Exit::Leak,
        scenarios: vec![Scenario {
            id: "payments".to_owned(),
            file: "probes/payments.probe.yaml".to_owned(),
            owner: Some("checkout".to_owned()),
            consumers: vec!["web".to_owned()],
            verdict: Verdict::Fail,
            steps,
        }],
        drifts: vec![
            drift("config", Verdict::Pending, Some(acceptance)),
            drift("amount", Verdict::Fail, None),
        ],
        remarks: vec![Remark {
            message: "the acceptance of df1:b ended on 2026-11-01: `.fee` is gone".to_owned(),
            help: "decide again".to_owned(),
            line: 3,
        }],
        coverage: Coverage {
            operations: Fields { seen: 1, of: 2 },
            statuses: Fields { seen: 1, of: 3 },
            fields: Fields { seen: 4, of: 5 },
            asked: vec![Covered {
                contract: "pay".to_owned(),
                operation: "op:GET /payments/{}".to_owned(),
                statuses: vec![StatusCovered {
                    status: "200".to_owned(),
                    declared: true,
                    samples: 20,
                    fields: Fields { seen: 4, of: 5 },
                    unseen: vec![".amount".to_owned()],
                }],
            }],
            never: vec![("pay".to_owned(), "op:POST /payments".to_owned())],
        },
        baseline: Compared {
            accepted: None,
            runs: 4,
        },
        leaks: vec![Leak {
            step: "create".to_owned(),
            request: Some("DELETE https://a.example/payments/1".to_owned()),
            why: "it answers 500".to_owned(),
            run: "r-1".to_owned(),
        }],
        counts: Counts {
            steps: BTreeMap::from([("pass", 1), ("fail", 1), ("inconclusive", 1)]),
            drifts: BTreeMap::from([("pending", 1), ("fail", 1)]),
            requests: 5,
            retries: 2,
        },
    }
}

#[test]
fn a_run_reads_well_at_a_terminal() {
    let id = |name: &str| drift(name, Verdict::Fail, None).id();
    let expected = format!(
        "\
payments (probes/payments.probe.yaml), owner checkout
  fail          odd  GET /payments/{{}}  418  12 ms
      status-declared: the vendor answers 418, and the contract declares 200 (status)
      promised [\"200\"], found 418
  inconclusive  slow  GET /payments/{{}}  timeout-response
      evidence: no answer \\u{{1b}}[31min time

drift from 4 earlier runs
  fail          GET /payments/{{}} > resp:200 > media:application/json
      `.amount` is gone: there in 0 of 20, before in 20 of 20
      as an edit of the contract: breaking property-removed
      cf1:{a} at op:GET /payments/{{}} > resp:200 > media:application/json > body > .amount
      contract probe accept {amount} --until DATE --reason TEXT
  pending       GET /payments/{{}} > resp:200 > media:application/json
      `.config` is gone: there in 0 of 20, before in 20 of 20
      as an edit of the contract: breaking property-removed
      cf1:{a} at op:GET /payments/{{}} > resp:200 > media:application/json > body > .config
      accepted until 2026-12-15 by ana@shop.example: they <fix> it

warn: the acceptance of df1:b ended on 2026-11-01: `.fee` is gone; decide again
left at the vendor's by step create: DELETE https://a.example/payments/1: it answers 500; it carries r-1
seen: 1 of 2 operations, 1 of 3 answers, 4 of 5 members of those answers
never asked: POST /payments
fail acme-sandbox; steps: 1 fail, 1 inconclusive, 1 pass; 2 drifts; 5 requests, 2 of them again
",
        a = "a".repeat(40),
        amount = id("amount"),
    );
    let look = Look {
        width: 200,
        ..Look::default()
    };
    assert_eq!(text(&summary(), look), expected);
    let quiet = Look {
        verbosity: Verbosity::Quiet,
        ..look
    };
    let last = expected.lines().last().unwrap();
    assert_eq!(text(&summary(), quiet), format!("{last}\n"));
    let loud = text(
        &summary(),
        Look {
            verbosity: Verbosity::Verbose,
            color: true,
            ..look
        },
    );
    assert!(loud.contains("\x1b[1;32mpass        \x1b[0m  get  GET /payments/{}  200  12 ms"));
}

#[test]
fn json_meets_its_schema() {
    let schema: Value = serde_json::from_str(probe_report_schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let text = json(&summary());
    assert!(!text.contains('\u{1b}'));
    let report: Value = serde_json::from_str(&text).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&report)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, [""; 0]);
    assert_eq!(report["exit"], 4);
    assert_eq!(
        report["drifts"][1]["changes"][0]["rule"],
        "property-removed"
    );
    assert_eq!(
        report["scenarios"][0]["steps"][1]["checks"][0]["where"],
        "status"
    );
    let mut wrong = report.clone();
    wrong["drifts"][0]["kind"] = Value::from("odd");
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn junit_fails_what_breaks_the_contract() {
    let id = |name: &str| drift(name, Verdict::Fail, None).id();
    let change = |name: &str| {
        format!(
            "`.{name}` is gone: there in 0 of 20, before in 20 of 20&#10;breaking property-removed at op:GET /payments/{{}} &gt; resp:200 &gt; media:application/json &gt; body &gt; .{name} (cf1:{})&#10;",
            "a".repeat(40)
        )
    };
    let expected = format!(
        "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<testsuites name=\"contract probe acme-sandbox\" tests=\"6\" failures=\"2\" errors=\"1\">
  <testsuite name=\"payments\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\">
    <testcase classname=\"payments\" name=\"get GET /payments/{{}}\" time=\"0.012345\"/>
    <testcase classname=\"payments\" name=\"odd GET /payments/{{}}\" time=\"0.012345\"><failure message=\"status-declared: the vendor answers 418, and the contract declares 200\">fail status-declared: the vendor answers 418, and the contract declares 200&#10;</failure></testcase>
    <testcase classname=\"payments\" name=\"slow GET /payments/{{}}\" time=\"0.000000\"><skipped message=\"inconclusive: evidence: no answer \\u{{1b}}[31min time\"/></testcase>
  </testsuite>
  <testsuite name=\"drift\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\">
    <testcase classname=\"drift\" name=\"GET /payments/{{}} &gt; resp:200 &gt; media:application/json: field-gone {config}\" time=\"0.000000\"><skipped message=\"pending: `.config` is gone: there in 0 of 20, before in 20 of 20\"/></testcase>
    <testcase classname=\"drift\" name=\"GET /payments/{{}} &gt; resp:200 &gt; media:application/json: field-gone {amount}\" time=\"0.000000\"><failure message=\"`.amount` is gone: there in 0 of 20, before in 20 of 20\">{gone}</failure></testcase>
  </testsuite>
  <testsuite name=\"run\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">
    <testcase classname=\"run\" name=\"clean-up of create\" time=\"0.000000\"><error message=\"it answers 500\">DELETE https://a.example/payments/1</error></testcase>
  </testsuite>
</testsuites>
",
        config = id("config"),
        amount = id("amount"),
        gone = change("amount"),
    );
    assert_eq!(junit(&summary()), expected);
    let silent = Summary {
        exit: Exit::Inconclusive,
        reason: Some("missing auth: the vendor let nothing in".to_owned()),
        leaks: Vec::new(),
        drifts: Vec::new(),
        scenarios: Vec::new(),
        ..summary()
    };
    assert_eq!(
        junit(&silent),
        "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<testsuites name=\"contract probe acme-sandbox\" tests=\"1\" failures=\"0\" errors=\"1\">
  <testsuite name=\"run\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">
    <testcase classname=\"run\" name=\"conclusive\" time=\"0.000000\"><error message=\"missing auth: the vendor let nothing in\"></error></testcase>
  </testsuite>
</testsuites>
"
    );
}

#[test]
fn a_history_is_a_strip_and_two_lines() {
    let point = |day: i8, p95: u64, presence: Option<u64>| Point {
        date: date(2026, 11, day),
        samples: 20,
        p95: Some(p95),
        presence,
    };
    let trend = Trend {
        contract: "pay".to_owned(),
        operation: "op:GET /payments".to_owned(),
        runs: 3,
        strip: vec![
            Some(Verdict::Pass),
            None,
            Some(Verdict::Drift),
            Some(Verdict::Fail),
        ],
        points: vec![
            point(1, 50, Some(100)),
            point(8, 100, None),
            point(15, 500, Some(50)),
        ],
        drifts: vec![FirstSeen {
            id: "df1:a".to_owned(),
            message: "`.fee` is gone".to_owned(),
            first: date(2026, 11, 8),
            last: date(2026, 11, 15),
            runs: 2,
            verdict: Verdict::Fail,
        }],
    };
    let expected = "\
acme-sandbox: 1 operation

GET /payments (pay)
  verdicts  . dF  3 runs
  presence  █ ▄  50 to 100 %
  p95       ▁▂█  50 to 500 ms
  since 2026-11-08, last 2026-11-15, 2 runs: `.fee` is gone (df1:a)

. pass  w warn  d drift  F fail  ? inconclusive  p pending  s skipped
";
    let trends = [trend];
    let look = Look::default();
    assert_eq!(history("acme-sandbox", &trends, look), expected);
    let ascii = expected
        .replace('█', "#")
        .replace('▄', "-")
        .replace('▁', "_")
        .replace('▂', ".");
    let plain = Look {
        unicode: false,
        ..look
    };
    assert_eq!(history("acme-sandbox", &trends, plain), ascii);
}
