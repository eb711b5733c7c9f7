//! Schemas and values that are wide or deep.

use super::{
    super::{
        Prover, Side,
        schema::{Arena, Node, Record},
        types::Types,
        value::Value,
    },
    tests::{equal, fails, holds},
};
use serde_json::{Value as Json, json};

#[test]
fn wide_and_deep_schemas_stay_within_the_budget() {
    let branch = |kind: usize, last: &str| {
        json!({"type": "object", "required": ["kind", "a"],
        "properties": {"kind": {"const": kind}, "a": {"type": last}}})
    };
    let old: Vec<_> = (0..500).map(|kind| branch(kind, "null")).collect();
    let mut new = old.clone();
    new.push(branch(500, "null"));
    holds(&json!({"oneOf": old}), &json!({"oneOf": new}));
    new[250] = branch(250, "boolean");
    fails(&json!({"oneOf": old}), &json!({"oneOf": new}));

    let mut deep = json!({"type": "null"});
    for _ in 0..150 {
        deep = json!({"allOf": [deep, {"maxLength": 5}]});
    }
    holds(&deep, &json!({"enum": [null]}));
    equal(&deep, &json!({"const": null}));

    let mut prover = Prover::default();
    let mut at = prover.arena().types(Types::NULL);
    for _ in 0..2_000 {
        let link = prover.arena().reserve();
        prover.arena().define(link, Node::Link(at));
        at = link;
    }
    assert_eq!(
        prover.included(at, Arena::NOTHING),
        Side::NotIncluded(Value::Null)
    );
}

#[test]
fn values_nested_too_deep_are_not_decided() {
    let (mut old, mut new) = (
        json!({"type": ["null", "boolean"]}),
        json!({"type": "null"}),
    );
    for _ in 0..60 {
        old = json!({"type": "object", "properties": {"a": old}});
        new = json!({"type": "object", "properties": {"a": new}});
    }
    fails(&old, &new);
    holds(&new, &old);
    let mut prover = Prover::default();
    let mut at =
        [Types::NULL.or(Types::BOOLEAN), Types::NULL].map(|types| prover.arena().types(types));
    for _ in 0..5_000 {
        at = at.map(|id| {
            let mut record = Record::of(Types::OBJECT);
            record.objects.members.insert("a".into(), id);
            prover.arena().record(record)
        });
    }
    let [old, new] = at;
    assert!(matches!(prover.included(old, new), Side::Unknown { .. }));
}

#[test]
fn names_that_may_match_many_patterns_are_not_told_apart_in_vain() {
    let letters: Vec<String> = ('a'..='p').map(String::from).collect();
    let text = json!({"type": "string"});
    let patterns: serde_json::Map<String, Json> = letters
        .iter()
        .map(|letter| (letter.clone(), text.clone()))
        .collect();
    equal(
        &json!({"patternProperties": patterns}),
        &json!({"patternProperties": {"[a-p]": text}}),
    );
}
