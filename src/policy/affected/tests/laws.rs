//! Laws that no declaration breaks.

use super::{change, usage};
use crate::policy::affected::{Use, affected};
use crate::policy::files::{OperationUsage, Tolerates, Usage};
use proptest::{collection, prelude::*, sample};

const RULES: [&str; 8] = [
    "property-removed",
    "property-added",
    "type-changed",
    "null-allowed",
    "enum-value-added",
    "enum-value-removed",
    "parameter-required-added",
    "response-removed",
];

fn path() -> impl Strategy<Value = String> {
    let step = sample::select(vec![".a", ".b", "[]", "[0]", "{}", "|A", "?then", "!not"]);
    collection::vec(step, 0..4).prop_map(|steps| steps.concat())
}

fn read() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => path(),
        2 => path().prop_map(|path| format!("{path}/**")),
        1 => Just("header:a".to_owned()),
    ]
}

fn status() -> impl Strategy<Value = String> {
    sample::select(vec!["200", "404", "4xx", "2xx", "default"]).prop_map(str::to_owned)
}

fn element() -> impl Strategy<Value = String> {
    let place = prop_oneof![
        6 => status().prop_map(|status| format!("op:GET /a > resp:{status} > media:a/b > body")),
        1 => Just("op:GET /a > req:media:a/b > body".to_owned()),
        1 => Just("webhook:x > req:media:a/b > body".to_owned()),
    ];
    let body = (place, path(), any::<bool>()).prop_map(|(place, path, is_value)| {
        let arrow = if path.is_empty() { "" } else { " > " };
        let value = if is_value { " > enum:\"A\"" } else { "" };
        format!("{place}{arrow}{path}{value}")
    });
    let header = status().prop_map(|status| format!("op:GET /a > resp:{status} > header:a"));
    prop_oneof![8 => body, 1 => header, 1 => Just("op:GET /a".to_owned())]
}

fn listed() -> impl Strategy<Value = OperationUsage> {
    let reads = collection::btree_map(status(), collection::btree_set(read(), 0..4), 0..3);
    let null = collection::btree_set(path(), 0..2);
    (reads, null, any::<bool>(), any::<bool>()).prop_map(
        |(reads, null, unknown_enum, unknown_fields)| OperationUsage {
            operation: "GET /a".to_owned(),
            reads,
            tolerates: Tolerates {
                unknown_enum,
                unknown_fields,
                null,
            },
            ..OperationUsage::default()
        },
    )
}

proptest! {
    #[test]
    fn without_a_usage_a_consumer_is_affected(
        element in element(),
        rule in sample::select(&RULES[..]),
    ) {
        prop_assert_eq!(affected(None, &change(rule, &element)), Use::Uses);
    }

    #[test]
    fn reading_more_never_makes_unaffected(
        element in element(),
        rule in sample::select(&RULES[..]),
        listed in listed(),
        (status, more) in (status(), read()),
        complete in any::<bool>(),
    ) {
        let mut usage = Usage { complete, operations: vec![listed], ..usage() };
        let change = change(rule, &element);
        let before = affected(Some(&usage), &change);
        usage.operations[0].reads.entry(status).or_default().insert(more);
        prop_assert!(affected(Some(&usage), &change) >= before);
    }

    #[test]
    fn reading_everything_is_using_everything_that_is_not_coped_with(
        element in element(),
        rule in sample::select(&RULES[..]),
        mut listed in listed(),
    ) {
        listed.tolerates = Tolerates::default();
        listed.reads.entry("default".to_owned()).or_default().insert("/**".to_owned());
        listed.reads.entry("default".to_owned()).or_default().insert("header:a".to_owned());
        let usage = Usage { complete: true, operations: vec![listed], ..usage() };
        let found = affected(Some(&usage), &change(rule, &element));
        let is_sent = element.contains(" > req:");
        prop_assert!(is_sent || found == Use::Uses, "{:?}", found);
    }
}
