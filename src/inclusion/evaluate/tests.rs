use super::*;
use crate::inclusion::{
    emit,
    generated::{Choices, Kinds},
    schema::{Contains, Record},
};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn value(json: &Json) -> Value {
    Value::from_json(json).unwrap()
}

fn holds(arena: &Arena, id: NodeId, json: &Json) -> Option<bool> {
    Evaluator::new(arena, &mut Languages::default()).holds(id, &value(json))
}

fn failure(arena: &Arena, id: NodeId, json: &Json) -> Option<(&'static str, String)> {
    Evaluator::new(arena, &mut Languages::default())
        .failure(id, &value(json))
        .map(|failure| (failure.keyword, failure.at))
}

fn required(arena: &mut Arena, name: &str) -> NodeId {
    let mut record = Record::of(Types::ALL);
    record.objects.required.insert(name.into());
    arena.record(record)
}

fn closed(arena: &mut Arena, name: &str, schema: NodeId) -> NodeId {
    let mut record = Record::of(Types::OBJECT);
    record.objects.members.insert(name.into(), schema);
    record.objects.rest = Some(Arena::NOTHING);
    arena.record(record)
}

/// An object whose member `name` has a schema.
fn member(arena: &mut Arena, name: &str, schema: NodeId) -> NodeId {
    let mut record = Record::of(Types::ALL);
    record.objects.members.insert(name.into(), schema);
    arena.record(record)
}

#[test]
fn opaque_schemas_leave_open_only_what_they_decide() {
    let mut arena = Arena::default();
    let opaque = arena.add(Node::Opaque("x".into()));
    let text = arena.types(Types::STRING);
    let both = arena.all(vec![opaque, text]);
    let either = arena.any(vec![opaque, text]);
    let one = arena.one(vec![opaque, text, text]);
    let not = arena.not(opaque);
    assert_eq!(holds(&arena, both, &json!(1)), Some(false));
    assert_eq!(holds(&arena, both, &json!("")), None);
    assert_eq!(holds(&arena, either, &json!("")), Some(true));
    assert_eq!(holds(&arena, either, &json!(1)), None);
    assert_eq!(holds(&arena, one, &json!("")), Some(false));
    assert_eq!(holds(&arena, one, &json!(1)), None);
    assert_eq!(holds(&arena, not, &json!(1)), None);
    let whole = arena.add(Node::Opaque(WRITTEN_WHOLE.into()));
    assert_eq!(holds(&arena, whole, &json!(1.5)), Some(true));
}

#[test]
fn a_branch_that_may_hold_may_evaluate() {
    let mut arena = Arena::default();
    let opaque = arena.add(Node::Opaque("x".into()));
    let names = member(&mut arena, "a", Arena::ANYTHING);
    let perhaps = arena.all(vec![opaque, names]);
    let base = arena.any(vec![perhaps, Arena::ANYTHING]);
    let text = arena.types(Types::STRING);
    let id = arena.add(Node::Unevaluated {
        base,
        members: Some(text),
        items: None,
    });
    assert_eq!(holds(&arena, id, &json!({"a": 1})), None);
    assert_eq!(holds(&arena, id, &json!({"a": ""})), Some(true));
    assert_eq!(holds(&arena, id, &json!({"b": 1})), Some(false));
}

#[test]
fn circles_in_place_end() {
    let mut arena = Arena::default();
    let link = arena.reserve();
    arena.define(link, Node::Link(link));
    assert_eq!(holds(&arena, link, &json!(1)), Some(true));
    let own = arena.reserve();
    let text = arena.types(Types::STRING);
    arena.define(own, Node::All([own, text].into()));
    assert_eq!(holds(&arena, own, &json!(1)), Some(false));
    assert_eq!(holds(&arena, own, &json!("")), Some(true));
}

#[test]
fn deep_schemas_end() {
    let mut arena = Arena::default();
    let mut deep = arena.types(Types::STRING);
    for _ in 0..150 {
        deep = arena.add(Node::All([deep, Arena::ANYTHING].into()));
    }
    assert_eq!(holds(&arena, deep, &json!(1)), Some(false));
    for _ in 0..100_000 {
        deep = arena.add(Node::Not(deep));
    }
    assert_eq!(holds(&arena, deep, &json!(1)), None);
    assert_eq!(failure(&arena, deep, &json!(1)), None);
}

#[test]
fn deep_values_end() {
    let mut arena = Arena::default();
    let own = arena.reserve();
    let mut record = Record::of(Types::OBJECT.or(Types::NULL));
    record.objects.patterns.push(("^a$".into(), own));
    record.objects.rest = Some(Arena::NOTHING);
    let record = arena.record(record);
    let base = arena.any(vec![record, own]);
    let node = Node::Unevaluated {
        base,
        members: Some(own),
        items: Some(own),
    };
    arena.define(own, node);
    let nested = |depth| {
        (0..depth).fold(Value::Null, |inside, _| {
            Value::Object(Rc::new([("a".into(), inside)].into()))
        })
    };
    let mut languages = Languages::default();
    let mut evaluator = Evaluator::new(&arena, &mut languages);
    assert_eq!(evaluator.holds(own, &nested(20)), Some(true));
    assert_eq!(evaluator.holds(own, &nested(2_000)), None);
    assert_eq!(evaluator.failure(own, &nested(2_000)), None);
}

/// Each layer asks twice for the layer below.
#[test]
fn schemas_that_double_at_every_layer_are_answered() {
    let mut arena = Arena::default();
    let mut layer = arena.types(Types::STRING);
    for index in 0..60 {
        let name = required(&mut arena, &index.to_string());
        let guarded = arena.any(vec![name, layer]);
        let not = arena.not(layer);
        let other = arena.not(not);
        layer = arena.all(vec![guarded, other]);
    }
    assert_eq!(holds(&arena, layer, &json!("")), Some(true));
    assert_eq!(holds(&arena, layer, &json!(1)), Some(false));
}

#[test]
fn failures_name_the_innermost_keyword() {
    let mut arena = Arena::default();
    let mut limit = Record::of(Types::INTEGER);
    limit.numbers.upper = Some(crate::inclusion::schema::Limit {
        at: 10_i64.into(),
        exclusive: false,
    });
    let limit = arena.record(limit);
    let mut list = Record::of(Types::ARRAY);
    list.arrays.rest = Some(limit);
    list.arrays.contains = vec![Contains {
        schema: arena.values([value(&json!(7))]),
        fewest: 1,
        most: None,
        evaluates: true,
    }];
    let list = arena.record(list);
    let object = closed(&mut arena, "a/b", list);
    let name = required(&mut arena, "a/b");
    let both = arena.all(vec![object, name]);
    let null = arena.types(Types::NULL);
    let nullable = arena.any(vec![both, null]);
    assert_eq!(failure(&arena, nullable, &json!(null)), None);
    let says = |json: Json| failure(&arena, nullable, &json).unwrap();
    assert_eq!(says(json!({"a/b": [7, 11]})), ("maximum", "/a~1b/1".into()));
    assert_eq!(says(json!({"a/b": [7, "x"]})), ("type", "/a~1b/1".into()));
    assert_eq!(says(json!({"a/b": [1]})), ("contains", "/a~1b".into()));
    assert_eq!(says(json!({"c": 1})), ("additionalProperties", "/c".into()));
    assert_eq!(says(json!({})), ("required", String::new()));
    assert_eq!(says(json!(1)), ("anyOf", String::new()));
}

#[test]
fn failures_of_combinations() {
    let mut arena = Arena::default();
    let text = arena.types(Types::STRING);
    let short = arena.values([value(&json!("a")), value(&json!("b"))]);
    let one = arena.one(vec![text, short]);
    let not = arena.not(short);
    assert_eq!(
        failure(&arena, one, &json!("a")),
        Some(("oneOf", String::new()))
    );
    assert_eq!(
        failure(&arena, not, &json!("a")),
        Some(("not", String::new()))
    );
    assert_eq!(
        failure(&arena, short, &json!(1)),
        Some(("enum", String::new()))
    );
    assert_eq!(
        failure(&arena, Arena::NOTHING, &json!(1)),
        Some(("false schema", String::new()))
    );
    let known = member(&mut arena, "a", text);
    let rest = arena.add(Node::Unevaluated {
        base: known,
        members: Some(Arena::NOTHING),
        items: None,
    });
    assert_eq!(
        failure(&arena, rest, &json!({"a": "", "b": 1})),
        Some(("unevaluatedProperties", "/b".into()))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// The validator of the `jsonschema` crate says the same about the schema written as a document.
    #[test]
    fn agrees_with_the_validator(
        schema in prop::collection::vec(any::<u8>(), 0..90),
        values in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..24), 8),
    ) {
        let mut arena = Arena::default();
        let id = Choices::new(&schema, Kinds::Every).schema(&mut arena, 3);
        let document = emit::document(&arena, id, "s", 1_000).unwrap().json;
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .build(&document)
            .unwrap();
        for bytes in values {
            let value = Choices::new(&bytes, Kinds::Every).value(3);
            let holds = Evaluator::new(&arena, &mut Languages::default()).holds(id, &value);
            prop_assert_eq!(
                holds,
                Some(validator.is_valid(&Json::from(&value))),
                "{} under {}", value, document
            );
        }
    }
}
