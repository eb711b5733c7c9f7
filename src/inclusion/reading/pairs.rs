//! Pairs of schemas with the verdict that each direction gets in the tolerant reading.

use super::Readings;
use crate::inclusion::{Prover, Side, sketch};
use serde_json::{Value as Json, json};

/// What comes out of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Everything that is written is read.
    Safe,
    /// A value that is written is not read, by the definitions.
    Breaks,
    /// Neither was found.
    Open,
}
use Verdict::{Breaks, Safe};

fn input(old: &Json, new: &Json) -> Verdict {
    let (mut prover, mut readings) = (Prover::default(), Readings::default());
    let (old, new) = (
        sketch::lower(prover.arena(), old),
        sketch::lower(prover.arena(), new),
    );
    let small = readings.writer_against(prover.arena(), old, new);
    match prover.included(small, new) {
        Side::Included(_) => Safe,
        Side::NotIncluded(value)
            if readings.written(prover.arena(), old, Some(new), &value) == Some(true) =>
        {
            Breaks
        }
        Side::NotIncluded(_) | Side::Unknown { .. } => Verdict::Open,
    }
}

fn output(old: &Json, new: &Json) -> Verdict {
    let (mut prover, mut readings) = (Prover::default(), Readings::default());
    let (old, new) = (
        sketch::lower(prover.arena(), old),
        sketch::lower(prover.arena(), new),
    );
    let small = readings.writer(prover.arena(), new);
    let large = readings.reader(prover.arena(), old);
    match prover.included(small, large) {
        Side::Included(_) => Safe,
        Side::NotIncluded(value)
            if readings.written(prover.arena(), new, None, &value) == Some(true)
                && readings.readable(prover.arena(), old, &value) == Some(false) =>
        {
            Breaks
        }
        Side::NotIncluded(_) | Side::Unknown { .. } => Verdict::Open,
    }
}

#[track_caller]
fn pair(old: &Json, new: &Json, in_input: Verdict, in_output: Verdict) {
    assert_eq!(
        (input(old, new), output(old, new)),
        (in_input, in_output),
        "{old}\n{new}"
    );
}

fn object(members: &Json) -> Json {
    json!({"type": "object", "properties": members})
}

fn closed(members: &Json) -> Json {
    json!({"type": "object", "properties": members, "additionalProperties": false})
}

fn with(mut schema: Json, keyword: &str, said: Json) -> Json {
    schema[keyword] = said;
    schema
}

#[test]
fn members_of_one_object() {
    let (text, number) = (json!({"type": "string"}), json!({"type": "integer"}));
    let a = object(&json!({"a": text}));
    let ab = object(&json!({"a": text, "b": text}));
    let wrong = object(&json!({"a": number}));
    // An optional member comes or goes.
    pair(&a, &ab, Safe, Safe);
    pair(&ab, &a, Safe, Safe);
    // A member's type changes, widens, narrows.
    pair(&a, &wrong, Breaks, Breaks);
    let both = object(&json!({"a": {"type": ["string", "integer"]}}));
    pair(&a, &both, Safe, Breaks);
    pair(&both, &a, Breaks, Safe);
    // A member becomes required, or optional.
    let required = with(ab.clone(), "required", json!(["b"]));
    pair(&ab, &required, Breaks, Safe);
    pair(&required, &ab, Safe, Breaks);
    pair(&a, &required, Breaks, Safe);
    // A required member goes: its readers miss it.
    pair(&required, &a, Safe, Breaks);
    // A required name without a schema.
    let named = json!({"type": "object", "required": ["id"]});
    let typed = with(object(&json!({"id": number})), "required", json!(["id"]));
    pair(&named, &typed, Breaks, Safe);
    pair(&typed, &named, Safe, Breaks);
    let declared = json!({"type": "object", "properties": {"a": text}, "x-declared": ["t"]});
    let narrowed = object(&json!({"a": text, "t": text}));
    pair(&declared, &narrowed, Breaks, Safe);
}

#[test]
fn closing_and_opening() {
    let text = json!({"type": "string"});
    let (open, shut) = (object(&json!({"a": text})), closed(&json!({"a": text})));
    pair(&open, &shut, Breaks, Safe);
    pair(&shut, &open, Safe, Safe);
    // A closed object gets a member, or loses one.
    let more = closed(&json!({"a": text, "b": text}));
    pair(&shut, &more, Safe, Safe);
    pair(&more, &shut, Breaks, Safe);
    pair(
        &with(shut.clone(), "required", json!(["a"])),
        &more,
        Safe,
        Breaks,
    );
    // What is unknown is narrowed to a schema.
    let map = with(open.clone(), "additionalProperties", text.clone());
    pair(&open, &map, Breaks, Safe);
    let anything = with(open.clone(), "additionalProperties", json!({}));
    pair(&anything, &map, Breaks, Safe);
    pair(&anything, &shut, Breaks, Safe);
    // By the other keyword.
    let unevaluated = with(open.clone(), "unevaluatedProperties", json!(false));
    pair(&open, &unevaluated, Breaks, Safe);
    pair(&unevaluated, &shut, Safe, Safe);
    pair(&unevaluated, &open, Safe, Safe);
    // One place further in.
    pair(
        &object(&json!({"o": open})),
        &object(&json!({"o": shut})),
        Breaks,
        Safe,
    );
    pair(
        &json!({"items": open}),
        &json!({"items": shut}),
        Breaks,
        Safe,
    );
    pair(
        &object(&json!({"o": shut})),
        &object(&json!({"o": more})),
        Safe,
        Safe,
    );
    // An empty closed object gets its first member.
    pair(&closed(&json!({})), &shut, Safe, Safe);
}

#[test]
fn maps_and_free_form_objects() {
    let (text, number) = (json!({"type": "string"}), json!({"type": "integer"}));
    let map = |of: &Json| json!({"type": "object", "additionalProperties": of});
    pair(&map(&text), &map(&number), Breaks, Breaks);
    pair(
        &map(&number),
        &map(&json!({"type": "number"})),
        Safe,
        Breaks,
    );
    let a = object(&json!({"a": text}));
    pair(
        &map(&a),
        &map(&object(&json!({"a": text, "b": text}))),
        Safe,
        Safe,
    );
    pair(
        &map(&a),
        &map(&object(&json!({"a": number}))),
        Breaks,
        Breaks,
    );
    // Free-form.
    let free = json!({"type": "object"});
    pair(&free, &a, Breaks, Safe);
    pair(&a, &free, Safe, Breaks);
    pair(&free, &map(&text), Breaks, Safe);
    pair(
        &free,
        &with(free.clone(), "maxProperties", json!(3)),
        Breaks,
        Safe,
    );
    let patterns = json!({"type": "object", "patternProperties": {"^x-": text}});
    pair(
        &patterns,
        &with(patterns.clone(), "additionalProperties", json!(false)),
        Breaks,
        Safe,
    );
    pair(
        &patterns,
        &json!({"type": "object", "patternProperties": {"^x-": number}}),
        Breaks,
        Breaks,
    );
}

#[test]
fn objects_put_together() {
    let text = json!({"type": "string"});
    let (a, b) = (object(&json!({"a": text})), object(&json!({"b": text})));
    let all = json!({"allOf": [a, b]});
    let flat = object(&json!({"a": text, "b": text}));
    pair(&all, &flat, Safe, Safe);
    pair(&flat, &all, Safe, Safe);
    let more = json!({"allOf": [a, object(&json!({"b": text, "c": text}))]});
    pair(&all, &more, Safe, Safe);
    pair(&more, &all, Safe, Safe);
    pair(
        &all,
        &json!({"allOf": [a, object(&json!({"b": {"type": "integer"}}))]}),
        Breaks,
        Breaks,
    );
    // The same member in both parts.
    let deep = |one: &Json, other: &Json| json!({"allOf": [object(&json!({"p": one})), object(&json!({"p": other}))]});
    pair(&deep(&a, &b), &object(&json!({"p": flat})), Safe, Safe);
    pair(&object(&json!({"p": flat})), &deep(&a, &b), Safe, Safe);
    // Closed over both parts.
    let shut = json!({"allOf": [a, b], "unevaluatedProperties": false});
    pair(&shut, &closed(&json!({"a": text, "b": text})), Safe, Safe);
    pair(&closed(&json!({"a": text, "b": text})), &shut, Safe, Safe);
    pair(
        &shut,
        &json!({"allOf": [a, object(&json!({"b": text, "c": text}))], "unevaluatedProperties": false}),
        Safe,
        Safe,
    );
}

#[test]
fn branches() {
    let (text, number) = (json!({"type": "string"}), json!({"type": "integer"}));
    let tagged = |tag: &str, member: &str, of: &Json| json!({"type": "object", "required": ["kind"], "properties": {"kind": {"const": tag}, member: of}});
    let one = |branches: &[Json]| json!({"oneOf": branches});
    let (a, b, c) = (
        tagged("a", "x", &text),
        tagged("b", "y", &text),
        tagged("c", "z", &text),
    );
    let ab = one(&[a.clone(), b.clone()]);
    // A branch comes or goes.
    pair(&ab, &one(&[a.clone(), b.clone(), c.clone()]), Safe, Breaks);
    pair(&one(&[a.clone(), b.clone(), c.clone()]), &ab, Breaks, Safe);
    // A branch gets a member; a member that another branch knows.
    let mut more = a.clone();
    more["properties"]["n"] = text.clone();
    pair(&ab, &one(&[more.clone(), b.clone()]), Safe, Safe);
    pair(&one(&[more, b.clone()]), &ab, Safe, Safe);
    let mut shared = a.clone();
    shared["properties"]["y"] = number.clone();
    pair(&ab, &one(&[shared.clone(), b.clone()]), Safe, Safe);
    // A branch's member changes its type.
    pair(
        &ab,
        &one(&[tagged("a", "x", &number), b.clone()]),
        Breaks,
        Breaks,
    );
    // Closed branches.
    let shut = |schema: &Json| with(schema.clone(), "additionalProperties", json!(false));
    let both = one(&[shut(&a), shut(&b)]);
    pair(&both, &one(&[shut(&shared), shut(&b)]), Safe, Safe);
    pair(&ab, &both, Breaks, Safe);
    pair(&both, &ab, Safe, Safe);
    pair(&both, &json!({"anyOf": [shut(&a), shut(&b)]}), Safe, Safe);
    // One branch's member is closed, and another branch's member of that name grows.
    let (small, large) = (
        object(&json!({"u": text})),
        object(&json!({"u": text, "w": text})),
    );
    let beside = |of: &Json| {
        one(&[
            tagged("a", "p", of),
            tagged("b", "p", &closed(&json!({"v": text}))),
        ])
    };
    pair(&beside(&small), &beside(&large), Safe, Safe);
    // What is nullable.
    let null = |schema: &Json| json!({"anyOf": [schema, {"type": "null"}]});
    pair(&a, &null(&a), Safe, Breaks);
    pair(&null(&a), &null(&shut(&a)), Breaks, Safe);
    pair(&null(&shut(&a)), &null(&shut(&shared)), Safe, Safe);
    // Branches that go together.
    let any = |x: &Json, y: &Json| json!({"anyOf": [with(object(&json!({"x": x})), "required", json!(["x"])), with(object(&json!({"y": y})), "required", json!(["y"]))]});
    pair(&any(&text, &text), &any(&text, &text), Safe, Safe);
    pair(&any(&text, &text), &any(&text, &number), Breaks, Breaks);
}

#[test]
fn branches_that_only_closing_keeps_apart() {
    let text = json!({"type": "string"});
    let one = |more: &str| {
        json!({"oneOf": [
            closed(&json!({"a": text, more: text})),
            with(closed(&json!({"a": text, "b": text})), "required", json!(["b"])),
        ]})
    };
    pair(&one("a"), &one("c"), Safe, Safe);
    pair(&one("c"), &one("a"), Breaks, Safe);
}

#[test]
fn lists_and_recursion() {
    let text = json!({"type": "string"});
    let list = |of: &Json| json!({"type": "array", "items": of});
    let (a, ab) = (
        object(&json!({"a": text})),
        object(&json!({"a": text, "b": text})),
    );
    pair(&list(&a), &list(&ab), Safe, Safe);
    pair(&list(&ab), &list(&a), Safe, Safe);
    pair(
        &list(&a),
        &list(&object(&json!({"a": {"type": "integer"}}))),
        Breaks,
        Breaks,
    );
    let node = |members: Json, rest: Option<bool>| {
        let mut schema = object(&members);
        schema["properties"]["next"] = json!({"$ref": "#"});
        if let Some(rest) = rest {
            schema["additionalProperties"] = json!(rest);
        }
        schema
    };
    let (plain, more) = (
        node(json!({"v": text}), None),
        node(json!({"v": text, "w": text}), None),
    );
    pair(&plain, &more, Safe, Safe);
    pair(&more, &plain, Safe, Safe);
    pair(
        &plain,
        &node(json!({"v": {"type": "integer"}}), None),
        Breaks,
        Breaks,
    );
    let (shut, wider) = (
        node(json!({"v": text}), Some(false)),
        node(json!({"v": text, "w": text}), Some(false)),
    );
    pair(&plain, &shut, Breaks, Safe);
    pair(&shut, &plain, Safe, Safe);
    pair(&shut, &wider, Safe, Safe);
    pair(&wider, &shut, Breaks, Safe);
}

#[test]
fn conditions() {
    let when = |then: Json| {
        json!({
            "type": "object",
            "properties": {"k": {"type": "string"}},
            "required": ["k"],
            "if": {"properties": {"k": {"const": "a"}}},
            "then": then,
        })
    };
    let a = when(json!({"properties": {"t": {"type": "string"}}}));
    pair(
        &a,
        &when(json!({"properties": {"t": {"type": "string"}, "u": {}}})),
        Safe,
        Safe,
    );
    pair(
        &a,
        &when(json!({"properties": {"t": {"type": "string"}}, "required": ["t"]})),
        Breaks,
        Safe,
    );
    pair(
        &a,
        &when(json!({"properties": {"t": {"type": "integer"}}})),
        Breaks,
        Breaks,
    );
}
