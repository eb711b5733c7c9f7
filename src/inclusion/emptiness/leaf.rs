//! Nothing left but records and values: one type after the other.

use super::{
    super::{
        Reason,
        number::Rational,
        schema::{Node, NodeId, Record},
        types::Types,
        value::Value,
    },
    Outcome, arrays, constants, numbers, objects,
    solver::{Mood, Solver, first_model},
    split::of_types,
    state::{State, is_written_whole, mystery},
    strings,
};
use std::rc::Rc;

/// Negative schemas of strings that are taken at once.
const FEW_NEGATIVES: usize = 3;

/// The literals of a state.
struct Literals {
    positives: Vec<Rc<Record>>,
    negatives: Vec<Rc<Record>>,
    excluded: Vec<Value>,
    /// Why a value that holds to all of these is still not known to belong.
    doubt: Option<Reason>,
}

/// A value of a state in which nothing is left to choose.
pub(super) fn leaf(solver: &mut Solver<'_>, state: &State) -> Outcome {
    let literals = match literals(solver, state) {
        Ok(literals) => literals,
        Err(reason) => return Outcome::Unknown(reason),
    };
    let outcome = first_model(of_types(state.types), |one| typed(solver, &literals, one));
    match (outcome, literals.doubt) {
        (Outcome::Model(_), Some(reason)) if solver.mood == Mood::Careful => {
            solver.doubted = true;
            Outcome::Unknown(reason)
        }
        (outcome, _) => outcome,
    }
}

fn literals(solver: &mut Solver<'_>, state: &State) -> Result<Literals, Reason> {
    let mut literals = Literals {
        positives: Vec::new(),
        negatives: Vec::new(),
        excluded: Vec::new(),
        doubt: None,
    };
    for id in &state.positives {
        if let Some(record) = record(solver, *id) {
            literals.positives.push(record);
        } else if !is_written_whole(solver.arena, *id) {
            literals.doubt = literals.doubt.or_else(|| Some(doubt(solver, *id)));
        }
    }
    for id in &state.negatives {
        if let Some(record) = record(solver, *id) {
            literals.negatives.push(record);
            continue;
        }
        let Node::Values(values) = solver.arena.get(*id) else {
            literals.doubt = literals.doubt.or_else(|| Some(doubt(solver, *id)));
            continue;
        };
        let values = Rc::clone(values);
        super::Ask::spend(solver, values.len() as u64 / 16)?;
        for value in values.iter() {
            match constants::structural(solver.arena, value) {
                Some(id) => literals.negatives.extend(record(solver, id)),
                None => literals.excluded.push(value.clone()),
            }
        }
    }
    Ok(literals)
}

fn record(solver: &mut Solver<'_>, id: NodeId) -> Option<Rc<Record>> {
    solver.memory.facts.record(solver.arena, id)
}

fn doubt(solver: &mut Solver<'_>, id: NodeId) -> Reason {
    let reason = mystery(solver.arena, &mut solver.memory.facts, id);
    let reason = reason.unwrap_or_else(|| "a schema of an unknown kind".to_owned());
    Reason(reason.into())
}

/// The part of every record that speaks about one type.
fn pick<'a, T>(
    records: &'a [Rc<Record>],
    one: Types,
    part: impl Fn(&'a Record) -> &'a T,
) -> Vec<&'a T> {
    let records = records.iter().filter(|record| record.types.meets(one));
    records.map(|record| part(record)).collect()
}

fn typed(solver: &mut Solver<'_>, literals: &Literals, one: Types) -> Outcome {
    let Literals {
        positives,
        negatives,
        excluded,
        ..
    } = literals;
    match one {
        Types::NULL => scalar(&[Value::Null], excluded),
        Types::BOOLEAN => scalar(&[Value::Bool(false), Value::Bool(true)], excluded),
        Types::STRING => {
            let excluded: Vec<&str> = excluded.iter().filter_map(text).collect();
            let (positives, negatives) = (
                pick(positives, one, |record| &record.strings),
                pick(negatives, one, |record| &record.strings),
            );
            unless_covered(&positives, &negatives, || {
                let (languages, mut purse) = solver.split();
                // Where many are negated, what is wanted may contradict itself already.
                if positives.len() > 1
                    && negatives.len() > FEW_NEGATIVES
                    && strings::strings(&positives, &[], &[], languages, &mut purse)
                        == Outcome::Empty
                {
                    return Outcome::Empty;
                }
                strings::strings(&positives, &negatives, &excluded, languages, &mut purse)
            })
        }
        Types::ARRAY => {
            let (positives, negatives) = (
                pick(positives, one, |record| &record.arrays),
                pick(negatives, one, |record| &record.arrays),
            );
            unless_covered(&positives, &negatives, || {
                arrays::arrays(&positives, &negatives, solver)
            })
        }
        Types::OBJECT => {
            let (positives, negatives) = (
                pick(positives, one, |record| &record.objects),
                pick(negatives, one, |record| &record.objects),
            );
            unless_covered(&positives, &negatives, || {
                objects::objects(&positives, &negatives, solver)
            })
        }
        _ => {
            let excluded: Vec<Rational> = excluded.iter().filter_map(number).cloned().collect();
            let (positives, negatives) = (
                pick(positives, one, |record| &record.numbers),
                pick(negatives, one, |record| &record.numbers),
            );
            let whole = one == Types::INTEGER;
            unless_covered(&positives, &negatives, || {
                numbers::numbers(whole, &positives, &negatives, &excluded, solver)
            })
        }
    }
}

/// One of these, if it is not excluded.
fn scalar(values: &[Value], excluded: &[Value]) -> Outcome {
    let left = values.iter().find(|value| !excluded.contains(value));
    left.map_or(Outcome::Empty, |value| Outcome::Model(value.clone()))
}

/// Nothing is outside of a schema that says nothing, or that says what is demanded anyway.
fn unless_covered<T: PartialEq + Default>(
    positives: &[&T],
    negatives: &[&T],
    solve: impl FnOnce() -> Outcome,
) -> Outcome {
    let nothing = T::default();
    let covered = negatives
        .iter()
        .any(|negative| **negative == nothing || positives.contains(negative));
    if covered { Outcome::Empty } else { solve() }
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn number(value: &Value) -> Option<&Rational> {
    match value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}
