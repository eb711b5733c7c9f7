//! `contract.usage/v1`

use super::{edited, example};
use crate::policy::files::*;
use jiff::civil::date;
use std::collections::{BTreeMap, BTreeSet};

fn sets(sets: &[(&str, &[&str])]) -> BTreeMap<String, BTreeSet<String>> {
    let set = |(key, names): &(&str, &[&str])| {
        let names = names.iter().map(|&name| name.to_owned());
        ((*key).to_owned(), names.collect())
    };
    sets.iter().map(set).collect()
}

#[test]
fn everything_that_a_usage_file_says_is_read() {
    let usage = Usage::read("f.yaml", example(FileKind::Usage).as_bytes());
    let expected = Usage {
        consumer: "mobile-app".into(),
        contract: "orders".into(),
        source: UsageSource::Declared,
        complete: true,
        collected: Some(Collected {
            from: date(2026, 10, 20),
            to: date(2026, 11, 19),
            requests: 184_223,
        }),
        operations: vec![
            OperationUsage {
                operation: "GET /v1/orders/{}".into(),
                sends: sets(&[
                    ("query", &["status", "cursor"]),
                    ("header", &["x-correlation-id"]),
                    ("path", &["id"]),
                    ("cookie", &["session"]),
                ]),
                enums_sent: sets(&[("status", &["OPEN", "CLOSED"])]),
                reads: sets(&[
                    ("200", &[".id", ".items[].sku", ".total", "header:etag"]),
                    ("4xx", &[".code"]),
                    ("default", &["/**"]),
                ]),
                tolerates: Tolerates {
                    unknown_enum: true,
                    unknown_fields: true,
                    null: BTreeSet::from([".total".to_owned()]),
                },
                place: Place { line: 8, column: 5 },
            },
            OperationUsage {
                operation: "POST /v1/orders".into(),
                sends: sets(&[("body", &[".items[].sku", ".note"])]),
                place: Place {
                    line: 20,
                    column: 5,
                },
                ..OperationUsage::default()
            },
        ],
    };
    assert_eq!(usage, Ok(expected));
}

#[test]
fn what_is_wrong_with_a_usage_file_is_told() {
    edited(FileKind::Usage, TABLE);
}

const TABLE: &[(&str, &str, &[&str])] = &[
    (
        "consumer: mobile-app",
        "consumer: Mobile",
        &[
            "2:11 `consumer` cannot be `Mobile` | use small letters, digits, and hyphens between them: `mobile-app`",
        ],
    ),
    (
        "contract: orders\n",
        "",
        &["1:1 a usage file needs the key `contract` | add `contract:` with its value"],
    ),
    (
        "source: declared",
        "source: pact",
        &[
            "4:9 usage from the source `pact` is not supported yet | write what is used by hand, as `source: declared`",
        ],
    ),
    (
        "source: declared",
        "source: guessed",
        &["4:9 `source` cannot be `guessed` | write `declared`"],
    ),
    (
        "complete: true",
        "complete: maybe",
        &["5:11 `complete` has to be true or false, not a string | write `true` or `false`"],
    ),
    (
        "to: \"2026-11-19\"",
        "to: \"2026-10-19\"",
        &["6:37 `to` lies before `from` | write 2026-10-20 or a later day"],
    ),
    (
        "to: \"2026-11-19\"",
        "to: \"2026-11-31\"",
        &["6:37 there is no day 2026-11-31 | write a day of the calendar"],
    ),
    (
        "requests: 184223",
        "requests: lots",
        &["6:61 `requests` has to be a whole number, not a string | write digits"],
    ),
    (
        "op: POST /v1/orders",
        "op: post /v1/orders",
        &[
            "20:9 `op` cannot be `post /v1/orders` | write it as `GET /v1/orders/{}`, `webhook:NAME`, or `schema:NAME`, as element ids begin",
        ],
    ),
    (
        "op: POST /v1/orders",
        "op: \"GET /v1/orders/{}\"",
        &[
            "20:5 the operation `GET /v1/orders/{}` is there twice | the first one is in line 8; remove or rename one",
        ],
    ),
    (
        "op: POST /v1/orders",
        "operation: POST /v1/orders",
        &[
            "20:5 an operation has no key `operation` | the keys are `op`, `sends`, `enums_sent`, `reads`, and `tolerates`",
            "20:5 an operation needs the key `op` | add `op:` with its value",
        ],
    ),
    (
        "query: [status, cursor]",
        "querry: [status, cursor]",
        &["10:7 `sends` has no key `querry` | did you mean `query`?"],
    ),
    (
        "query: [status, cursor]",
        "query: [status, status]",
        &["10:23 an item of `query` is there twice: `status` | remove one of the two"],
    ),
    (
        "enums_sent: {status: [OPEN, CLOSED]}",
        "enums_sent: {status: OPEN}",
        &[
            "14:26 `status` has to be a list, not a string | write each item on a line of its own after `- `, or all in `[…]`",
        ],
    ),
    (
        "4xx: [.code]",
        "4xx: [code]",
        &[
            "17:13 an item of `4xx` cannot be `code` | write members as `.items[].sku`, all beneath as `.items/**`",
        ],
    ),
    (
        "4xx: [.code]",
        "600: [.code]",
        &[
            "17:7 there is no status `600` | write a status, a class, or `default`: `\"200\"`, `4xx`",
        ],
    ),
    (
        "null: [.total]",
        "null: total",
        &[
            "19:65 `null` has to be a list, not a string | write each item on a line of its own after `- `, or all in `[…]`",
        ],
    ),
    (
        "unknown_enum: true",
        "unknown_enums: true",
        &["19:17 `tolerates` has no key `unknown_enums` | did you mean `unknown_enum`?"],
    ),
    (
        "\".note\"]",
        "\".note\"], share_deprecated: 0.004",
        &[
            "21:46 `sends` has no key `share_deprecated` | the keys are `query`, `header`, `path`, `cookie`, and `body`",
        ],
    ),
];
