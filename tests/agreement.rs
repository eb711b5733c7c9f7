//! The proofs' reading of a schema and the referee's translation of it share no code; they must agree on every payload.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a long test says what it did"
)]

#[path = "values/corpus.rs"]
#[allow(dead_code, reason = "each test file uses its own part")]
mod corpus;

use contract::{
    inclusion::{Arena, Node, NodeId, Prover, Side, Value},
    spec::{At, Bundle, Lowering, Referee},
    variance::Direction,
};
use serde_json::{Map, Value as Json, json};

/// One in so many schemas of a contract is asked about; `CONTRACT_LONG=1` asks about each.
const SAMPLED: usize = 25;
/// The most payloads made of one.
const PAYLOADS: usize = 60;

/// A payload with one thing changed: another value at a place, a member or an item more, a member less.
fn changed(value: &Json, around: &dyn Fn(Json) -> Json, made: &mut Vec<Json>) {
    if made.len() > PAYLOADS {
        return;
    }
    let others = [
        json!(null),
        json!("a"),
        json!("2020-01-01"),
        json!(1),
        json!(-1.5),
        json!(5_000_000_000_i64),
        json!([]),
        json!({}),
        json!(true),
    ];
    made.extend(others.into_iter().map(around));
    match value {
        Json::Object(members) => {
            let with = |name: &str, value: Option<Json>| {
                let mut members = members.clone();
                members.remove(name);
                members.extend(value.map(|value| (name.to_owned(), value)));
                around(Json::Object(members))
            };
            made.push(with("surplus", Some(json!(1))));
            for (name, member) in members {
                made.push(with(name, None));
                changed(member, &|value| with(name, Some(value)), made);
            }
        }
        Json::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                let with = |value: Json| {
                    let mut items = items.clone();
                    items[place] = value;
                    around(Json::Array(items))
                };
                changed(item, &with, made);
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

/// A payload that a schema accepts.
fn accepted(prover: &mut Prover, id: NodeId) -> Option<Json> {
    match prover.included(id, Arena::NOTHING) {
        Side::NotIncluded(value) => Some(Json::from(&value)),
        Side::Included(_) | Side::Unknown { .. } => None,
    }
}

/// Payloads around those that a schema accepts.
fn payloads(prover: &mut Prover, id: NodeId) -> Vec<Json> {
    let mut models = vec![json!({})];
    models.extend(accepted(prover, id));
    if let Node::Record(record) = prover.arena().get(id).clone() {
        let members = record.objects.members.iter();
        let full: Map<String, Json> = members
            .filter_map(|(name, member)| Some((name.to_string(), accepted(prover, *member)?)))
            .collect();
        models.push(Json::Object(full));
    }
    let mut made = Vec::new();
    for model in models {
        let mut around = vec![model.clone()];
        changed(&model, &|value| value, &mut around);
        made.extend(around);
    }
    made
}

/// How many payloads were judged by both.
fn judged(bundle: &Bundle, roots: &[At], direction: Direction) -> usize {
    let referee = Referee::new(bundle, false);
    let (mut prover, mut lowering) = (Prover::default(), Lowering::new(bundle, false));
    let mut count = 0;
    for at in roots {
        let id = lowering.node(prover.arena(), *at, Some(direction));
        for payload in payloads(&mut prover, id) {
            let value = Value::from_json(&payload).expect("small numbers");
            let theirs = referee.judge(&[*at], false, Some(direction), &payload);
            let ours = prover.holds(id, &value);
            if let (Some(ours), Some(theirs)) = (ours, theirs) {
                let place = bundle.describe(*at);
                assert_eq!(ours, theirs.valid, "{place} {direction:?} {payload}");
                count += 1;
            }
        }
    }
    count
}

#[test]
fn both_readings_agree() {
    let long = std::env::var("CONTRACT_LONG").is_ok_and(|value| value == "1");
    for path in corpus::documents() {
        let bundle = corpus::load(&path);
        let contract = contract::spec::read(&bundle);
        let step = if long { 1 } else { SAMPLED };
        let roots: Vec<At> = corpus::roots(&contract).into_iter().step_by(step).collect();
        let counts = Direction::ALL.map(|direction| judged(&bundle, &roots, direction));
        println!("{}: {counts:?} payloads", path.display());
        assert!(counts.iter().sum::<usize>() > roots.len());
    }
}
