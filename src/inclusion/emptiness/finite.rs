//! Few values: each is looked at.

use super::{
    super::{
        Reason,
        evaluate::Evaluator,
        schema::{Arena, Node},
        types::Types,
        value::Value,
    },
    Ask as _, Outcome,
    constants::type_of,
    facts::Facts,
    solver::{Mood, Solver, first_model},
    state::State,
};
use std::rc::Rc;

/// All values a state can have, if they are given one by one.
pub(super) fn candidates(arena: &Arena, facts: &mut Facts, state: &State) -> Option<Rc<[Value]>> {
    if Types::NULL.or(Types::BOOLEAN).holds(state.types) {
        return Some(Rc::from([
            Value::Null,
            Value::Bool(false),
            Value::Bool(true),
        ]));
    }
    let given = state
        .positives
        .iter()
        .filter_map(|id| match arena.get(*id) {
            Node::Values(values) => Some(Rc::clone(values)),
            _ => None,
        });
    let fewest = given.min_by_key(|values| values.len());
    fewest.or_else(|| {
        let choices = state.choices.iter();
        choices
            .filter_map(|id| facts.shape(arena, *id).values)
            .min_by_key(|values| values.len())
    })
}

/// The first of these values that belongs to a state.
pub(super) fn enumerate(solver: &mut Solver<'_>, state: &State, candidates: &[Value]) -> Outcome {
    let fitting = candidates
        .iter()
        .filter(|value| state.types.meets(type_of(value)));
    first_model(fitting, |value| match belongs(solver, state, value) {
        Ok(true) => Outcome::Model(value.clone()),
        Ok(false) => Outcome::Empty,
        Err(reason) => Outcome::Unknown(reason),
    })
}

fn belongs(solver: &mut Solver<'_>, state: &State, value: &Value) -> Result<bool, Reason> {
    solver.spend(1)?;
    let hopeful = solver.mood == Mood::Hopeful;
    let mut evaluator = Evaluator::new(solver.arena, solver.languages);
    let mut open = false;
    let positives = state
        .positives
        .iter()
        .chain(&state.choices)
        .map(|id| (*id, true));
    let negatives = state
        .negatives
        .iter()
        .chain(&state.breaches)
        .map(|id| (*id, false));
    for (id, wanted) in positives.chain(negatives) {
        if solver.memory.facts.circles.holds(solver.arena, id) {
            open = true;
            continue;
        }
        match evaluator.holds(id, value) {
            Some(holds) if holds != wanted => return Ok(false),
            Some(_) => {}
            None => open = true,
        }
    }
    if open && !hopeful {
        solver.doubted = true;
        return Err(Reason(
            "a value of which it is not known whether it belongs".into(),
        ));
    }
    Ok(true)
}
