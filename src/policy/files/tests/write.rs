//! What is written is read back.

use super::example;
use crate::policy::files::*;
use jiff::civil::{Date, date};
use proptest::{collection::vec, option, prelude::*};

#[test]
fn what_is_written_looks_as_a_person_would_write_it() {
    let text = |kind| example(kind).as_bytes();
    let signoff = Signoff::read("f", text(FileKind::Signoff)).expect("no fault");
    assert_eq!(signoff.yaml(), example(FileKind::Signoff));
    let waiver = Waiver::read("f", text(FileKind::Waiver)).expect("no fault");
    assert_eq!(waiver.yaml(), example(FileKind::Waiver));
    let request = Request::read("f", text(FileKind::Request)).expect("no fault");
    assert_eq!(request.yaml(), example(FileKind::Request));
    let baseline = Baseline::read("f", text(FileKind::Baseline)).expect("no fault");
    assert_eq!(baseline.yaml(), example(FileKind::Baseline));
    let consumers = Consumers::read("f", text(FileKind::Consumers)).expect("no fault");
    assert_eq!(
        consumers.list[0].yaml(),
        "- id: mobile-app
  name: \"Mobile app\"
  tier: critical
  kind: internal
  contact: mobile-team@example.com
  approvers: [dana@mobile, lee@mobile]
  quorum: 2
  uses:
    - contract: orders
      usage: usage/mobile-app.orders.yaml
    - contract: catalog
"
    );
    let ledger = Ledger::read("f", text(FileKind::Deprecations)).expect("no fault");
    assert_eq!(
        ledger.list[1].yaml(),
        "- contract: orders
  element: \"op:GET /v1/orders/{} > resp:200 > media:application/json > body > .total\"
  kind: change
  after: sha256:3ad0c8483ad0c8483ad0c8483ad0c8483ad0c8483ad0c8483ad0c8483ad0c848
  since: \"2026-11-20\"
  sunset: \"2027-03-01\"
  replacement: none
  guide: https://example.com/totals
  reason: \"Totals become integers of cents\"
"
    );
}

#[test]
fn an_entry_is_added_without_touching_the_others() {
    let consumer = Consumer {
        id: "web".into(),
        name: None,
        tier: Tier::Standard,
        kind: ConsumerKind::Internal,
        contact: None,
        approvers: vec!["w@web".into()],
        quorum: 1,
        min_window: None,
        uses: vec![Use {
            contract: "orders".into(),
            usage: None,
            place: Place::default(),
        }],
        place: Place::default(),
    };
    let item = "- id: web\n  tier: standard\n  kind: internal\n  approvers: [w@web]\n  quorum: 1\n  uses:\n    - contract: orders\n";
    let deep = item.replace('\n', "\n  ");
    let deep = deep.trim_end();
    let json = r#"{"id":"web","tier":"standard","kind":"internal","approvers":["w@web"],"quorum":1,"uses":[{"contract":"orders"}]}"#;
    let old = "{id: a, approvers: [b], uses: [{contract: c}]}";
    let head = "schema: contract.consumers/v1 # us\n";
    for (before, after) in [
        (
            format!("{head}consumers:\n  - {old} # first\n# end\n"),
            format!("{head}consumers:\n  - {old} # first\n  {deep}\n# end\n"),
        ),
        (
            format!("{head}consumers:\n- {old}"),
            format!("{head}consumers:\n- {old}\n{}", item.trim_end()),
        ),
        (
            format!("consumers:\n- {old}\n{head}"),
            format!("consumers:\n- {old}\n{item}{head}"),
        ),
        (
            format!("{head}consumers: []\n"),
            format!("{head}consumers:\n  {deep}\n"),
        ),
        (
            format!("{head}consumers: [{old} ]\n"),
            format!("{head}consumers: [{old}, {json} ]\n"),
        ),
        (
            format!("{head}consumers: [\n  {old}, # last\n]\n"),
            format!("{head}consumers: [\n  {old}, {json}, # last\n]\n"),
        ),
        (
            r#"{"schema": "contract.consumers/v1", "consumers": []}"#.to_owned(),
            format!(r#"{{"schema": "contract.consumers/v1", "consumers": [{json}]}}"#),
        ),
    ] {
        assert_eq!(
            Consumers::append("f.yaml", before.as_bytes(), &consumer),
            Ok(after.clone())
        );
        let twice = Consumers::append("f.yaml", after.as_bytes(), &consumer);
        let messages: Vec<_> = twice
            .expect_err("it is there")
            .into_iter()
            .map(|fault| fault.message)
            .collect();
        assert_eq!(messages, ["the consumer `web` is there twice"]);
    }
    let ledger = example(FileKind::Deprecations);
    let mut record = Ledger::read("f", ledger.as_bytes())
        .expect("no fault")
        .list
        .remove(0);
    record.element = "op:GET /x".into();
    let longer = Ledger::append("f", ledger.as_bytes(), &record).expect("no fault");
    assert_eq!(
        longer.strip_prefix(ledger),
        Some(
            "  - contract: orders\n    element: \"op:GET /x\"\n    kind: removal\n    since: \"2026-11-20\"\n    sunset: \"2027-03-01\"\n    replacement: \"op:GET /v1/orders/{} > resp:200 > media:application/json > body > .status > enum:\\\"OPEN\\\"\"\n    guide: docs/migrations/order-status.md\n    reason: \"Two words for one state\"\n"
        )
    );
}

/// Texts of what trips writers of YAML.
fn text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        ":",
        "#",
        "-",
        "?",
        "!",
        "&",
        "*",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        "\"",
        "\\",
        "|",
        ">",
        "%",
        "@",
        "`",
        " ",
        "~",
        "=",
        "<<",
        "null",
        "true",
        "no",
        "on",
        "y",
        "0x1F",
        "1e5",
        "1:30",
        "0777",
        ".inf",
        "2026-11-20",
        "---",
        "...",
        "\n",
        "\t",
        "\u{2028}",
        "\u{feff}",
        "é",
        "😀",
        "$",
        "/",
    ]);
    let any = any::<char>()
        .prop_filter("no control character", |c| !c.is_control())
        .prop_map(|c| c.to_string());
    vec(
        prop_oneof![4 => odd.prop_map(str::to_owned), 1 => any, 3 => "[a-z]{1,4}"],
        1..8,
    )
    .prop_map(|parts| parts.concat())
    .prop_filter("not empty", |text| !text.trim().is_empty())
}

/// The same in one line, without spaces around.
fn line() -> impl Strategy<Value = String> {
    text()
        .prop_map(|text| text.replace(['\n', '\t'], " ").trim().to_owned())
        .prop_filter("not empty", |text| !text.is_empty())
}

fn kebab() -> impl Strategy<Value = String> {
    "[a-z0-9]{1,3}(-[a-z0-9]{1,3})?"
}

fn day() -> impl Strategy<Value = Date> {
    (0..60_000).prop_map(|days| date(1950, 1, 1).saturating_add(jiff::Span::new().days(days)))
}

fn changes() -> impl Strategy<Value = Vec<SignedChange>> {
    let change = ("cf1:[0-9a-f]{40}", line(), line(), option::of(text()));
    vec(change, 1..4).prop_map(|list| {
        let change = |(fingerprint, rule, element, summary)| SignedChange {
            fingerprint,
            rule,
            element,
            summary,
            place: Place::default(),
        };
        list.into_iter().map(change).collect()
    })
}

fn two_days() -> impl Strategy<Value = (Date, Date)> {
    (day(), day()).prop_map(|(one, other)| (one.min(other), one.max(other)))
}

/// A list of changes without its places, which the writer does not have.
fn placeless(changes: &mut [SignedChange]) {
    for change in changes {
        change.place = Place::default();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_signoff_is_read_back(
        (consumer, approver, contract, request) in (kebab(), line(), "[a-z/.+_-]{1,2}x", option::of(line())),
        (changes, reason, (issued, expires)) in (changes(), text(), two_days()),
        decision in prop::sample::select(Decision::ALL),
        conditions in vec(text(), 0..3),
    ) {
        prop_assume!(!contract.starts_with('-'));
        let signoff = Signoff { consumer, approver, decision, contract, request, changes, reason, issued, expires, conditions };
        let mut read = Signoff::read("f.yaml", signoff.yaml().as_bytes());
        if let Ok(read) = &mut read {
            placeless(&mut read.changes);
        }
        prop_assert_eq!(read, Ok(signoff));
    }

    #[test]
    fn a_waiver_and_a_request_are_read_back(
        (approver, contract) in (line(), "[a-z]{1,5}"),
        (changes, reason, (issued, expires)) in (changes(), text(), two_days()),
        kind in prop::sample::select(WaiverKind::ALL),
        consumers in prop::collection::btree_set(kebab(), 0..3),
    ) {
        let waiver = Waiver { kind, approver, contract: contract.clone(), changes: changes.clone(), reason, issued, expires };
        let mut read = Waiver::read("f.yaml", waiver.yaml().as_bytes());
        if let Ok(read) = &mut read {
            placeless(&mut read.changes);
        }
        prop_assert_eq!(read, Ok(waiver));
        let consumers: Vec<_> = consumers.into_iter().collect();
        let changes = changes.into_iter().map(|change| RequestedChange { change, consumers: consumers.clone() });
        let request = Request { id: "sr-1".into(), contract, issued, changes: changes.collect() };
        let mut read = Request::read("x/sr-1.yaml", request.yaml().as_bytes());
        if let Ok(read) = &mut read {
            for asked in &mut read.changes {
                asked.change.place = Place::default();
            }
        }
        prop_assert_eq!(read, Ok(request));
    }

    #[test]
    fn a_consumer_is_read_back(
        (id, name, contact) in (kebab(), option::of(line()), option::of(line())),
        tier in prop::sample::select(Tier::ALL),
        kind in prop::sample::select(ConsumerKind::ALL),
        approvers in prop::collection::btree_set(line(), 1..4),
        min_window in option::of(0_u32..36_525),
        uses in prop::collection::btree_map("[a-z]{1,5}", option::of("[a-z]{1,5}/[a-z]{1,5}"), 0..3),
    ) {
        let place = Place::default();
        let uses = uses.into_iter().map(|(contract, usage)| Use { contract, usage, place });
        let consumer = Consumer {
            id, name, tier, kind, contact,
            quorum: u32::try_from(approvers.len()).unwrap(),
            approvers: approvers.into_iter().collect(),
            min_window,
            uses: uses.collect(),
            place,
        };
        let consumers = Consumers { list: vec![consumer] };
        let mut read = Consumers::read("f.yaml", consumers.yaml().as_bytes());
        if let Ok(read) = &mut read {
            for consumer in &mut read.list {
                consumer.place = place;
                for used in &mut consumer.uses {
                    used.place = place;
                }
            }
        }
        prop_assert_eq!(read, Ok(consumers));
    }

    #[test]
    fn a_record_is_read_back(
        (element, replacement, reason) in (line(), option::of(option::of(line())), option::of(text())),
        ((since, sunset), set) in (two_days(), any::<bool>()),
        after in option::of("sha256:[0-9a-f]{64}"),
        guide in option::of(prop_oneof!["[a-z]{1,5}/[a-z]{1,5}[.]md", "https://[a-z]{1,9}[.]example/[a-z#?=&]{0,9}"]),
        grandfathered in any::<bool>(),
    ) {
        prop_assume!(replacement != Some(Some("none".into())));
        let record = LedgerRecord {
            contract: "orders".into(),
            element,
            kind: after.map_or(Kind::Removal, |after| Kind::Change { after }),
            record: Record {
                since: Some(since),
                sunset: if set { Sunset::On(sunset) } else { Sunset::Unset },
                replacement: replacement.map(|element| element.map_or(Replacement::Nothing, Replacement::Element)),
                guide,
                reason,
            },
            grandfathered,
            place: Place::default(),
        };
        let ledger = Ledger { list: vec![record] };
        let mut read = Ledger::read("f.yaml", ledger.yaml().as_bytes());
        if let Ok(read) = &mut read {
            for record in &mut read.list {
                record.place = Place::default();
            }
        }
        prop_assert_eq!(read, Ok(ledger));
    }
}
