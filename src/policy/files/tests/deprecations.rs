//! `.contract/deprecations.yaml`

use super::{edited, example};
use crate::policy::files::*;
use jiff::civil::date;

const STATUS: &str = "op:GET /v1/orders/{} > resp:200 > media:application/json > body > .status";

#[test]
fn everything_that_a_ledger_says_is_read() {
    let ledger = Ledger::read("f.yaml", example(FileKind::Deprecations).as_bytes());
    let record = |element: &str, kind, record, line| LedgerRecord {
        contract: "orders".into(),
        element: element.into(),
        kind,
        record,
        grandfathered: false,
        place: Place { line, column: 5 },
    };
    let expected = Ledger {
        list: vec![
            record(
                &format!("{STATUS} > enum:\"PENDING\""),
                Kind::Removal,
                Record {
                    since: Some(date(2026, 11, 20)),
                    sunset: Sunset::On(date(2027, 3, 1)),
                    replacement: Some(Replacement::Element(format!("{STATUS} > enum:\"OPEN\""))),
                    guide: Some("docs/migrations/order-status.md".into()),
                    reason: Some("Two words for one state".into()),
                },
                3,
            ),
            record(
                "op:GET /v1/orders/{} > resp:200 > media:application/json > body > .total",
                Kind::Change {
                    after: format!("sha256:{}", "3ad0c848".repeat(8)),
                },
                Record {
                    since: Some(date(2026, 11, 20)),
                    sunset: Sunset::On(date(2027, 3, 1)),
                    replacement: Some(Replacement::Nothing),
                    guide: Some("https://example.com/totals".into()),
                    reason: Some("Totals become integers of cents".into()),
                },
                11,
            ),
            LedgerRecord {
                grandfathered: true,
                ..record("op:GET /v0/orders", Kind::Removal, Record::default(), 20)
            },
        ],
    };
    assert_eq!(ledger, Ok(expected));
}

#[test]
fn what_is_wrong_with_a_ledger_is_told() {
    edited(FileKind::Deprecations, TABLE);
}

const TABLE: &[(&str, &str, &[&str])] = &[
    (
        "kind: removal\n    since: \"2026-11-20\"",
        "kind: removal",
        &["3:5 a deprecation needs the key `since` | add `since:` with its value"],
    ),
    (
        "kind: removal\n    since: \"2026-11-20\"",
        "kind: removal\n    since: 2026-11-20T12:00:00Z",
        &["6:12 `since` is a day with a time | write the day alone: \"2026-11-20\""],
    ),
    (
        "kind: removal\n    since: \"2026-11-20\"\n    sunset: \"2027-03-01\"",
        "kind: removal\n    since: \"2026-11-20\"\n    sunset: \"2026-11-19\"",
        &["7:13 `sunset` lies before `since` | write 2026-11-20 or a later day"],
    ),
    (
        "kind: removal\n    since: \"2026-11-20\"\n    sunset: \"2027-03-01\"",
        "kind: removal\n    since: \"2026-11-20\"\n    sunset: \"2027-02-29\"",
        &["7:13 there is no day 2027-02-29 | write a day of the calendar"],
    ),
    (
        "sunset: unset",
        "sunset: never",
        &["22:13 `sunset` cannot be `never`: it is a day | write a day as \"2026-11-20\""],
    ),
    (
        "kind: removal",
        "kind: remove",
        &["5:11 `kind` cannot be `remove` | did you mean `removal`?"],
    ),
    (
        "kind: removal",
        "kind: change",
        &[
            "5:11 `kind: change` needs the key `after` | add `after:` with the digest of the content that is to come, as `contract check` tells it",
        ],
    ),
    (
        "kind: change",
        "kind: removal",
        &[
            "14:12 `after` is what a change leads to, and this is a removal | remove it, or write `kind: change`",
        ],
    ),
    (
        "after: sha256:3ad0c848",
        "after: sha256:3AD0C848",
        &[
            "14:12 `after` is no `sha256:` with 64 hexadecimal digits | copy it whole from the report; its letters are small",
        ],
    ),
    (
        "after: sha256:3ad0c848",
        "after: md5:3ad0c848",
        &[
            "14:12 `after` is no `sha256:` with 64 hexadecimal digits | copy it whole from the report; its letters are small",
        ],
    ),
    (
        "guide: docs/migrations/order-status.md",
        "guide: ../../secrets.md",
        &[
            "9:12 `guide` climbs out by `..`: `../../secrets.md` | write it from the root of the repository on, without `..`",
        ],
    ),
    (
        "guide: docs/migrations/order-status.md",
        "guide: /etc/passwd",
        &[
            "9:12 `guide` is an absolute path: `/etc/passwd` | write it from the root of the repository on",
        ],
    ),
    (
        "grandfathered: true",
        "grandfathered: false",
        &["20:5 a deprecation needs the key `since` | add `since:` with its value"],
    ),
    (
        "grandfathered: true",
        "grand_fathered: true",
        &[
            "20:5 a deprecation needs the key `since` | add `since:` with its value",
            "23:5 a deprecation has no key `grand_fathered` | did you mean `grandfathered`?",
        ],
    ),
    (
        "reason: Two words for one state",
        "reason:",
        &["10:12 `reason` has no value | write the value, or remove the key"],
    ),
    (
        "element: \"op:GET /v0/orders\"",
        "element: \"op:GET /v1/orders/{} > resp:200 > media:application/json > body > .total\"",
        &[
            "20:5 the record of `op:GET /v1/orders/{} > resp:200 > media:application/json > b…` is there twice | the first one is in line 11; remove or rename one",
        ],
    ),
    (
        "deprecations:\n",
        "records:\n",
        &[
            "1:1 a deprecation ledger needs the key `deprecations` | add `deprecations:` with its value",
            "2:1 a deprecation ledger has no key `records` | the keys are `schema` and `deprecations`",
        ],
    ),
];
