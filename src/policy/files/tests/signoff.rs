//! Sign-offs, waivers, and requests.

use super::{edited, example};
use crate::policy::files::*;
use jiff::civil::date;

fn change(summary: &str, line: u32) -> SignedChange {
    SignedChange {
        fingerprint: "cf1:593dfaa16f6d38c9ec434c5ec00f4774895d34c6".into(),
        rule: "property-removed".into(),
        element: "op:GET /v1/orders/{} > resp:200 > media:application/json > body > .legacyTotal"
            .into(),
        summary: Some(summary.into()),
        place: Place { line, column: 5 },
    }
}

const SUMMARY: &str = "removed (string/decimal), deprecated 2026-03-01, sunset 2026-06-01";

#[test]
fn everything_that_these_files_say_is_read() {
    let signoff = Signoff::read("f.yaml", example(FileKind::Signoff).as_bytes());
    let expected = Signoff {
        consumer: "mobile-app".into(),
        approver: "dana@mobile".into(),
        decision: Decision::Accept,
        contract: "orders".into(),
        request: Some("sr-2026-11-20-orders".into()),
        changes: vec![change(SUMMARY, 8)],
        reason: "App 8.2 reads .total; 8.1 is below 0.1 % since 2026-10-30".into(),
        issued: date(2026, 11, 20),
        expires: date(2027, 2, 18),
        conditions: vec!["Not before the release of 8.3".into()],
    };
    assert_eq!(signoff, Ok(expected));
    let waiver = Waiver::read("f.yaml", example(FileKind::Waiver).as_bytes());
    let expected = Waiver {
        kind: WaiverKind::Security,
        approver: "ana@governance".into(),
        contract: "orders".into(),
        changes: vec![change("removed (string/decimal)", 6)],
        reason: "It leaks the totals of other customers".into(),
        issued: date(2026, 11, 20),
        expires: date(2026, 12, 4),
    };
    assert_eq!(waiver, Ok(expected));
    let name = ".contract/requests/sr-2026-11-20-orders.yaml";
    let request = Request::read(name, example(FileKind::Request).as_bytes());
    let expected = Request {
        id: "sr-2026-11-20-orders".into(),
        contract: "orders".into(),
        issued: date(2026, 11, 20),
        changes: vec![RequestedChange {
            change: change(SUMMARY, 5),
            consumers: vec!["mobile-app".into(), "acme-partner".into()],
        }],
    };
    assert_eq!(request, Ok(expected));
}

#[test]
fn what_is_wrong_with_a_signoff_is_told() {
    edited(FileKind::Signoff, SIGNOFF);
}

#[test]
fn what_is_wrong_with_a_waiver_is_told() {
    edited(FileKind::Waiver, WAIVER);
}

#[test]
fn what_is_wrong_with_a_request_is_told() {
    edited(FileKind::Request, REQUEST);
}

const SIGNOFF: &[(&str, &str, &[&str])] = &[
    (
        "consumer: mobile-app",
        "consumer: ../mobile-app",
        &[
            "2:11 `consumer` cannot be `../mobile-app` | use small letters, digits, and hyphens between them: `mobile-app`",
        ],
    ),
    (
        "approver: dana@mobile\n",
        "",
        &["1:1 a sign-off needs the key `approver` | add `approver:` with its value"],
    ),
    (
        "decision: accept",
        "decision: accepted",
        &["4:11 `decision` cannot be `accepted` | did you mean `accept`?"],
    ),
    (
        "decision: accept",
        "decision: yes",
        &["4:11 `decision` cannot be `yes` | write `accept`, `object`, or `abstain`"],
    ),
    (
        "contract: orders",
        "contract: orders > op",
        &[
            "5:11 `contract` cannot be `orders > op`: it is the id of a contract | use letters, digits, and `-`, `_`, `.`, or `/` between them",
        ],
    ),
    (
        "cf1:593dfaa1",
        "cf1:593DFAA1",
        &[
            "8:18 `fingerprint` is no `cf1:` with 40 hexadecimal digits | copy it whole from the report; its letters are small",
        ],
    ),
    (
        "cf1:593dfaa1",
        "cf2:593dfaa1",
        &[
            "8:18 `fingerprint` is no `cf1:` with 40 hexadecimal digits | copy it whole from the report; its letters are small",
        ],
    ),
    (
        "cf1:593dfaa16f",
        "cf1:593d",
        &[
            "8:18 `fingerprint` is no `cf1:` with 40 hexadecimal digits | copy it whole from the report; its letters are small",
        ],
    ),
    (
        "    rule: property-removed\n",
        "    rule: property-removed\n    verdict: neutral\n",
        &[
            "10:5 a change has no key `verdict` | the keys are `fingerprint`, `rule`, `element`, and `summary`",
        ],
    ),
    (
        "    rule: property-removed\n",
        "",
        &["8:5 a change needs the key `rule` | add `rule:` with its value"],
    ),
    (
        "expires: \"2027-02-18\"",
        "expires: \"2026-11-19\"",
        &["14:10 `expires` lies before `issued` | write 2026-11-20 or a later day"],
    ),
    (
        "expires: \"2027-02-18\"",
        "expires: \"2027-02-30\"",
        &["14:10 there is no day 2027-02-30 | write a day of the calendar"],
    ),
    (
        "expires: \"2027-02-18\"",
        "expries: \"2027-02-18\"",
        &[
            "1:1 a sign-off needs the key `expires` | add `expires:` with its value",
            "14:1 a sign-off has no key `expries` | did you mean `expires`?",
        ],
    ),
    (
        "issued: \"2026-11-20\"",
        "issued: 20.11.2026",
        &["13:9 `issued` cannot be `20.11.2026`: it is a day | write a day as \"2026-11-20\""],
    ),
    (
        "reason: \"App 8.2 reads .total; 8.1 is below 0.1 % since 2026-10-30\"",
        "reason: \"\"",
        &["12:9 `reason` is empty | write the value, or remove the key"],
    ),
    (
        "reason: \"App 8.2 reads .total; 8.1 is below 0.1 % since 2026-10-30\"",
        "reason: \"\\e[2J\"",
        &["12:9 `reason` has a control character | remove it"],
    ),
    (
        "conditions:\n  - \"Not before the release of 8.3\"",
        "conditions: Not before the release of 8.3",
        &[
            "15:13 `conditions` has to be a list, not a string | write each item on a line of its own after `- `, or all in `[…]`",
        ],
    ),
];

const WAIVER: &[(&str, &str, &[&str])] = &[
    (
        "kind: security",
        "kind: hurry",
        &[
            "2:7 `kind` cannot be `hurry` | write `security`, `legal`, `spec-correction`, `never-shipped`, `benign`, or `previously-approved`",
        ],
    ),
    (
        "kind: security\n",
        "",
        &["1:1 a waiver needs the key `kind` | add `kind:` with its value"],
    ),
    (
        "expires: \"2026-12-04\"",
        "expires: \"2026-11-01\"",
        &["12:10 `expires` lies before `issued` | write 2026-11-20 or a later day"],
    ),
    (
        "approver: ana@governance",
        "approver: [ana@governance, bo@governance]",
        &["3:11 `approver` has to be a text, not a list | write one text"],
    ),
    (
        "reason: \"It leaks the totals of other customers\"",
        "decision: accept",
        &[
            "1:1 a waiver needs the key `reason` | add `reason:` with its value",
            "10:1 a waiver has no key `decision` | the keys are `schema`, `kind`, `approver`, `contract`, `changes`, `reason`, `issued`, and `expires`",
        ],
    ),
];

const REQUEST: &[(&str, &str, &[&str])] = &[
    (
        "consumers: [mobile-app, acme-partner]",
        "consumers: [mobile-app, mobile-app]",
        &["9:29 an item of `consumers` is there twice: `mobile-app` | remove one of the two"],
    ),
    (
        "    consumers: [mobile-app, acme-partner]\n",
        "",
        &["5:5 a change needs the key `consumers` | add `consumers:` with its value"],
    ),
    (
        "issued: \"2026-11-20\"",
        "issued: \"2026-13-20\"",
        &["3:9 there is no day 2026-13-20 | write a day of the calendar"],
    ),
    (
        "contract: orders",
        "contracts: orders",
        &[
            "1:1 a sign-off request needs the key `contract` | add `contract:` with its value",
            "2:1 a sign-off request has no key `contracts` | did you mean `contract`?",
        ],
    ),
];
