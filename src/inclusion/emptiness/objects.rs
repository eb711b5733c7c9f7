//! Objects: which members must stand, which may, and which of them break each negative schema.
//!
//! A negative schema is broken by one of its demands: a required member is missing, there are too few or too many
//! members, some member's value or name is outside of what it says. Most demands vanish at once because the positive
//! schemas say the same about that member. What is left is combined, one demand for each negative schema.

mod base;
mod build;
mod demands;
mod names;
mod plan;

use super::{
    super::{Reason, schema::Objects},
    Ask, Outcome,
};
use base::Base;
use demands::Demand;
use plan::Plan;

/// Combinations of demands that are looked at.
const COMBINATIONS: usize = 4_096;

/// What a part of the question came to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Found {
    Yes,
    No,
    Maybe,
}

impl From<Outcome> for Found {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Model(_) => Self::Yes,
            Outcome::Empty => Self::No,
            Outcome::Unknown(_) => Self::Maybe,
        }
    }
}

/// An object that holds to all positives and breaks every negative.
pub(super) fn objects(
    positives: &[&Objects],
    negatives: &[&Objects],
    ask: &mut dyn Ask,
) -> Outcome {
    match search(positives, negatives, ask) {
        Ok(outcome) => outcome,
        Err(reason) => Outcome::Unknown(reason),
    }
}

fn search(
    positives: &[&Objects],
    negatives: &[&Objects],
    ask: &mut dyn Ask,
) -> Result<Outcome, Reason> {
    let mut base = Base::new(positives, negatives);
    if base.contradicts() {
        return Ok(Outcome::Empty);
    }
    let start = Plan::new(&base);
    let mut open: Vec<Vec<Demand>> = Vec::new();
    let mut doubt = None;
    for negative in negatives {
        match demands::of(&mut base, negative, ask) {
            Ok(demands) if demands.is_empty() => return Ok(Outcome::Empty),
            Ok(demands) if demands.iter().any(|demand| start.fulfils(demand)) => {}
            Ok(demands) => open.push(demands),
            Err(reason) => doubt = doubt.or(Some(reason)),
        }
    }
    open.sort_by_key(Vec::len);
    for demands in &open {
        if base.none_possible(demands, ask)? {
            return Ok(Outcome::Empty);
        }
    }
    if base.lacks_required(ask)? {
        return Ok(Outcome::Empty);
    }
    doubt.map_or_else(|| combine(&mut base, start, &open, ask), Err)
}

/// One demand of each negative schema, in all combinations, until an object stands.
fn combine(
    base: &mut Base<'_>,
    start: Plan,
    open: &[Vec<Demand>],
    ask: &mut dyn Ask,
) -> Result<Outcome, Reason> {
    let mut stack = vec![(0, start)];
    let mut doubt = None;
    for _ in 0..COMBINATIONS {
        let Some((index, plan)) = stack.pop() else {
            return Ok(doubt.map_or(Outcome::Empty, Outcome::Unknown));
        };
        ask.spend(1)?;
        if plan.stands(base, ask)? == Found::No {
            continue;
        }
        let Some(demands) = open.get(index) else {
            match build::build(base, &plan, ask) {
                Outcome::Empty => {}
                Outcome::Model(value) => return Ok(Outcome::Model(value)),
                Outcome::Unknown(reason) => doubt = doubt.or(Some(reason)),
            }
            continue;
        };
        if demands.iter().any(|demand| plan.fulfils(demand)) {
            stack.push((index + 1, plan));
            continue;
        }
        for demand in demands.iter().rev() {
            if let Some(next) = plan.with(demand) {
                stack.push((index + 1, next));
            }
        }
    }
    Ok(super::solver::unknown(format!(
        "more than {COMBINATIONS} ways to break negated object schemas together"
    )))
}
