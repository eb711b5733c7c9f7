//! Shapes of bodies, and that they add up in any order.

use super::super::{Field, Format, Length, Observer, Path, Rate, Shape, Type, Values};
use crate::probe::{exchange::Exchange, fixture};
use crate::spec::{Contract, read};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A contract with declared members, an enum, a map, and an open object.
pub(super) fn payments() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Payments", "version": "1" },
        "paths": { "/payments": { "get": {
            "operationId": "listPayments",
            "responses": { "200": {
                "description": "Payments",
                "headers": { "X-Total": { "schema": { "type": "integer" } } },
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/List" } } },
            } },
        } } },
        "components": { "schemas": {
            "List": { "type": "object", "properties": {
                "data": { "type": "array", "items": { "$ref": "#/components/schemas/Payment" } },
                "labels": { "type": "object", "additionalProperties": { "type": "string" } },
                "meta": { "type": "object" },
            } },
            "Payment": { "type": "object", "required": ["id", "amount"], "properties": {
                "id": { "type": "string" },
                "amount": { "type": "integer" },
                "status": { "enum": ["open", "paid"] },
                "note": { "type": ["string", "null"] },
                "created": { "type": "string", "format": "date-time" },
            } },
        } },
    })
}

/// An answer to `listPayments`.
pub(super) fn answer(body: &Value) -> Exchange {
    let headers = [("content-type", "application/json"), ("x-total", "3")];
    let mut exchange = fixture::answered(
        "GET",
        "https://a.example/payments",
        200,
        &headers,
        &body.to_string(),
    );
    exchange.request.operation = "op:GET /payments".to_owned();
    exchange
}

pub(super) fn shape_of(contract: &Contract<'_>, bodies: &[Value]) -> Shape {
    let observer = Observer::new(contract, "pay", &|_, _| false);
    let shapes = bodies
        .iter()
        .map(|body| observer.observe(&answer(body)).unwrap());
    shapes.reduce(Shape::and).unwrap()
}

fn field(seen: u64, nulls: u64, types: &[(Type, u64)]) -> Field {
    Field {
        seen,
        nulls,
        types: types.iter().copied().collect(),
        ..Field::default()
    }
}

fn path(text: &str) -> Path {
    Path::parse(text).unwrap()
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn a_shape_counts_and_keeps_nothing_personal() {
    let bundle = fixture::bundle(&payments());
    let contract = read(&bundle);
    let shape = shape_of(
        &contract,
        &[json!({
            "data": [
                { "id": "ana@shop.example", "amount": 3, "status": "open", "note": null },
                { "id": "bob@shop.example", "amount": 4.5, "status": "odd", "note": "call Ana", "extra": [true] },
            ],
            "labels": { "a": "x", "b": "y" },
            "meta": { "node": "eu", "018f4e1c-7d5a-7cc0-8a0b-0123456789ab": {} },
        })],
    );
    assert_eq!((shape.samples, shape.bodies), (1, 1));
    assert_eq!(
        shape.headers,
        [("content-type", 1), ("x-total", 1)]
            .map(|(name, count)| (name.to_owned(), count))
            .into()
    );
    let text = |length: Length, format: Format, seen: u64| Field {
        formats: BTreeMap::from([(format, seen)]),
        length: Some(length),
        ..field(seen, 0, &[(Type::String, seen)])
    };
    let expected = [
        ("", field(1, 0, &[(Type::Object, 1)])),
        (
            ".data",
            Field {
                length: Some(Length { min: 2, max: 2 }),
                ..field(1, 0, &[(Type::Array, 1)])
            },
        ),
        (".data[]", field(2, 0, &[(Type::Object, 2)])),
        (
            ".data[].amount",
            field(2, 0, &[(Type::Integer, 1), (Type::Number, 1)]),
        ),
        (
            ".data[].id",
            Field {
                values: Values::Open,
                ..text(Length { min: 16, max: 16 }, Format::Email, 2)
            },
        ),
        (
            ".data[].note",
            Field {
                nulls: 1,
                seen: 2,
                values: Values::one("#9b38b23b5cb4".to_owned()),
                ..text(Length { min: 8, max: 8 }, Format::Text, 1)
            },
        ),
        (
            ".data[].status",
            Field {
                values: Values::one("\"open\"".to_owned()).and(Values::one("\"odd\"".to_owned())),
                ..text(Length { min: 3, max: 4 }, Format::Text, 2)
            },
        ),
        (".labels", field(1, 0, &[(Type::Object, 1)])),
        (
            ".labels{}",
            Field {
                values: Values::one("#07fe7b603560".to_owned())
                    .and(Values::one("#510a3331b49b".to_owned())),
                ..text(Length { min: 1, max: 1 }, Format::Text, 2)
            },
        ),
        (".meta", field(1, 0, &[(Type::Object, 1)])),
    ];
    let expected: BTreeMap<Path, Field> = expected
        .into_iter()
        .map(|(text, field)| (path(text), field))
        .collect();
    let told = |fields: &BTreeMap<Path, Field>| serde_json::to_string_pretty(fields).unwrap();
    assert_eq!(told(&shape.declared), told(&expected));
    let beyond: Vec<String> = shape
        .undeclared
        .iter()
        .flat_map(|(around, beyond)| {
            beyond
                .fields
                .keys()
                .map(move |rest| format!("{around} + {rest}"))
        })
        .collect();
    assert_eq!(
        beyond,
        [
            ".data[] + .extra",
            ".data[] + .extra[]",
            ".meta + .node",
            ".meta + {}"
        ]
    );
    assert_eq!(shape.presence(&path(".data[].extra")), Rate::new(1, 2));
    assert_eq!(shape.presence(&path(".data[].id")), Rate::new(2, 2));
    let written = serde_json::to_string(&shape).unwrap();
    for personal in ["ana", "Ana", "018f", "bob"] {
        assert!(!written.contains(personal), "{personal}: {written}");
    }
    assert_eq!(serde_json::from_str::<Shape>(&written).unwrap(), shape);
}

#[test]
fn a_crowd_of_names_is_one_place() {
    let bundle = fixture::bundle(&payments());
    let contract = read(&bundle);
    let crowd = |from: u32, to: u32| {
        let members = (from..to).map(|n| (format!("x{n}"), json!({ "a": 1 })));
        json!({ "meta": members.collect::<serde_json::Map<_, _>>() })
    };
    let shape = shape_of(&contract, &[crowd(0, 64)]);
    assert!(!shape.is_lost(&path(".meta.x1")));
    let shape = shape_of(&contract, &[crowd(0, 40), crowd(30, 65)]);
    assert!(shape.is_lost(&path(".meta.x1")) && shape.is_lost(&path(".meta.x1.a")));
    assert!(!shape.is_lost(&path(".meta")));
    assert_eq!(shape.field(&path(".meta.x1")), None);
}

#[test]
fn only_answers_that_say_something_have_a_shape() {
    let bundle = fixture::bundle(&payments());
    let contract = read(&bundle);
    let observer = Observer::new(&contract, "pay", &|_, _| false);
    let statuses: Vec<u16> = [200, 401, 403, 404, 429, 500, 502, 503]
        .into_iter()
        .filter(|status| {
            let exchange = fixture::answered("GET", "https://a.example/", *status, &[], "");
            observer.observe(&exchange).is_some()
        })
        .collect();
    assert_eq!(statuses, [200, 404, 500]);
    let failed = fixture::failed(crate::probe::exchange::FailureKind::TimeoutResponse, "late");
    assert_eq!(observer.observe(&failed), None);
}

/// Bodies that share members, and differ in what is in them.
pub(super) fn bodies() -> impl Strategy<Value = Vec<Value>> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i8>().prop_map(Value::from),
        "[a-c]{0,2}".prop_map(Value::from),
        Just(json!("2026-11-20")),
        Just(json!(1.5)),
    ];
    let value = leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("data|meta|labels|id|amount|status|x", inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    });
    prop::collection::vec(value, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_samples_does_not_matter(bodies in bodies(), cut in 0_usize..6, turn in 0_usize..6) {
        let bundle = fixture::bundle(&payments());
        let contract = read(&bundle);
        let whole = shape_of(&contract, &bodies);
        let mut turned = bodies.clone();
        turned.rotate_left(turn % bodies.len());
        turned.reverse();
        prop_assert_eq!(&shape_of(&contract, &turned), &whole);
        let cut = cut % bodies.len();
        if cut > 0 {
            let (first, second) = bodies.split_at(cut);
            let (first, second) = (shape_of(&contract, first), shape_of(&contract, second));
            prop_assert_eq!(&first.clone().and(second.clone()), &whole);
            prop_assert_eq!(&second.and(first), &whole);
        }
        let written = serde_json::to_string(&whole).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Shape>(&written).unwrap(), &whole);
    }
}

/// Shapes as they may be, crowds and open lists among them, rather than as bodies make them.
fn any_shape() -> impl Strategy<Value = Shape> {
    let values = prop_oneof![
        4 => prop::collection::btree_map("[a-z]", 1_u64..3, 0..26).prop_map(Values::Few),
        1 => Just(Values::Open),
    ];
    let field = (0_u64..9, values).prop_map(|(seen, values)| Field {
        seen,
        values,
        ..Field::default()
    });
    let place = prop_oneof![
        4 => "[a-z]{1,2}".prop_map(|name| format!(".{name}")),
        1 => "[ab]".prop_map(|name| format!(".{name}.{name}")),
        1 => "[ab]\\.[a-z]{1,2}".prop_map(|names| format!(".{names}")),
    ];
    let fields = prop::collection::btree_map(place, field, 0..50);
    (fields.clone(), fields).prop_map(|(declared, beyond)| {
        let paths = |fields: BTreeMap<String, Field>| -> BTreeMap<Path, Field> {
            fields
                .into_iter()
                .map(|(text, field)| (path(&text), field))
                .collect()
        };
        let bundle = fixture::bundle(&payments());
        let mut shape = shape_of(&read(&bundle), &[json!({})]);
        shape.declared = paths(declared);
        let mut beneath = super::super::Beyond {
            fields: paths(beyond),
            ..Default::default()
        };
        beneath.settle();
        shape.undeclared = BTreeMap::from([(Path::root(), beneath)]);
        shape
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn adding_shapes_is_associative_and_commutative(a in any_shape(), b in any_shape(), c in any_shape()) {
        let left = a.clone().and(b.clone()).and(c.clone());
        let right = a.clone().and(b.clone().and(c.clone()));
        prop_assert_eq!(&left, &right);
        prop_assert_eq!(&c.and(b).and(a), &left);
    }
}
