//! `.contract/consumers.yaml`

use super::{edited, example};
use crate::policy::files::*;

#[test]
fn everything_that_a_registry_says_is_read() {
    let text = example(FileKind::Consumers).as_bytes();
    let consumers = Consumers::read("f.yaml", text).expect("no fault");
    let place = |line, column| Place { line, column };
    let expected = Consumers {
        list: vec![
            Consumer {
                id: "mobile-app".into(),
                name: Some("Mobile app".into()),
                tier: Tier::Critical,
                kind: ConsumerKind::Internal,
                contact: Some("mobile-team@example.com".into()),
                approvers: vec!["dana@mobile".into(), "lee@mobile".into()],
                quorum: 2,
                min_window: None,
                uses: vec![
                    Use {
                        contract: "orders".into(),
                        usage: Some("usage/mobile-app.orders.yaml".into()),
                        place: place(11, 9),
                    },
                    Use {
                        contract: "catalog".into(),
                        usage: None,
                        place: place(13, 9),
                    },
                ],
                place: place(3, 5),
            },
            Consumer {
                id: "acme-partner".into(),
                name: None,
                tier: Tier::Standard,
                kind: ConsumerKind::Partner,
                contact: None,
                approvers: vec!["api@acme.example".into()],
                quorum: 1,
                min_window: Some(180),
                uses: vec![Use {
                    contract: "orders".into(),
                    usage: None,
                    place: place(19, 12),
                }],
                place: place(14, 5),
            },
        ],
    };
    assert_eq!(consumers, expected);
    assert_eq!(consumers.get("acme-partner"), expected.list.get(1));
    assert_eq!(consumers.get("acme"), None);
}

#[test]
fn what_is_wrong_with_a_registry_is_told() {
    edited(FileKind::Consumers, TABLE);
}

const TABLE: &[(&str, &str, &[&str])] = &[
    (
        "id: acme-partner",
        "id: mobile-app",
        &[
            "14:5 the consumer `mobile-app` is there twice | the first one is in line 3; remove or rename one",
        ],
    ),
    (
        "id: acme-partner",
        "id: Acme Partner",
        &[
            "14:9 `id` cannot be `Acme Partner` | use small letters, digits, and hyphens between them: `mobile-app`",
        ],
    ),
    (
        "id: acme-partner",
        "id: ../acme",
        &[
            "14:9 `id` cannot be `../acme` | use small letters, digits, and hyphens between them: `mobile-app`",
        ],
    ),
    (
        "  - id: acme-partner\n    tier",
        "  - tier",
        &["14:5 a consumer needs the key `id` | add `id:` with its value"],
    ),
    (
        "tier: critical",
        "tier: critcal",
        &["5:11 `tier` cannot be `critcal` | did you mean `critical`?"],
    ),
    (
        "tier: critical",
        "teir: critical",
        &["5:5 a consumer has no key `teir` | did you mean `tier`?"],
    ),
    (
        "kind: partner",
        "kind: vendor",
        &["16:11 `kind` cannot be `vendor` | write `internal`, `partner`, or `public`"],
    ),
    (
        "approvers: [api@acme.example]",
        "approvers: []",
        &["17:16 its quorum is 1, and it has 0 approvers | add approvers, or lower `quorum`"],
    ),
    (
        "approvers: [api@acme.example]",
        "approvers: api@acme.example",
        &[
            "17:16 `approvers` has to be a list, not a string | write each item on a line of its own after `- `, or all in `[…]`",
        ],
    ),
    (
        "approvers: [api@acme.example]",
        "approvers:",
        &["17:15 `approvers` has no value | write the value, or remove the key"],
    ),
    (
        "approvers: [dana@mobile, lee@mobile]",
        "approvers: [dana@mobile, dana@mobile]",
        &["8:30 an item of `approvers` is there twice: `dana@mobile` | remove one of the two"],
    ),
    (
        "quorum: 2",
        "quorum: 3",
        &["9:13 its quorum is 3, and it has 2 approvers | add approvers, or lower `quorum`"],
    ),
    (
        "quorum: 2",
        "quorum: 0",
        &["9:13 `quorum` cannot be 0 | write a whole number from 1 to 100"],
    ),
    (
        "min_window: 180d",
        "min_window: half a year",
        &[
            "18:17 `min_window` cannot be `half a year`: it is a number of days | write it as `90` or `90d`",
        ],
    ),
    (
        "contract: catalog",
        "contract: orders",
        &[
            "13:9 the contract `orders` is there twice | the first one is in line 11; remove or rename one",
        ],
    ),
    (
        "usage: usage/mobile-app.orders.yaml",
        "usage: ../../etc/passwd",
        &[
            "12:16 `usage` climbs out by `..`: `../../etc/passwd` | write it from `.contract` on, without `..`",
        ],
    ),
    (
        "usage: usage/mobile-app.orders.yaml",
        "usage: C:\\usage.yaml",
        &["12:16 `usage` has a backslash: `C:\\usage.yaml` | write `/` between folders"],
    ),
    (
        "uses: [{contract: orders}]",
        "uses: [orders]",
        &[
            "19:12 an item of `uses` has to be a mapping, not a string | write it as `key: value` lines",
        ],
    ),
    (
        "    uses: [{contract: orders}]\n",
        "",
        &["14:5 a consumer needs the key `uses` | add `uses:` with its value"],
    ),
];
