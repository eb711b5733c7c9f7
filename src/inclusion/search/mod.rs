//! Looks for a value that belongs to one schema and not to another, by drawing values where they are likely to differ.

mod arrays;
mod breaks;
mod documents;
mod draw;
mod goal;
mod mutate;
mod numbers;
mod objects;
mod patterns;
mod pool;
mod random;
mod strings;
#[cfg(test)]
mod tests;

use super::{
    Budget, canonical,
    evaluate::Evaluator,
    languages::Languages,
    schema::{Arena, NodeId},
    value::Value,
};
use draw::Drawing;
use pool::Pool;

/// The seed of every search, so that one question always gets one answer.
const SEED: u64 = 3;

/// Schemas larger than this are not brought into the canonical form for a search.
const MOST_NODES: usize = 400;

/// Values drawn from what the canonical forms leave.
const DIFFERENCE_CANDIDATES: u64 = 100;

/// Steps for each value that may be tried.
const STEPS_PER_CANDIDATE: u64 = 60;

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// A value of the first schema that does not belong to the second.
    pub witness: Option<Value>,
    /// A value that may be one: of one of the two schemas it is not known.
    pub candidate: Option<Value>,
}

/// Searches for a value of `small` that does not belong to `large`, with `budget.candidates` values tried.
pub(super) fn witness(
    arena: &Arena,
    small: NodeId,
    large: NodeId,
    budget: Budget,
    languages: &mut Languages,
) -> Found {
    let pool = Pool::of_both(arena, small, large);
    let mut question = Question {
        arena,
        small,
        large,
        left: budget.candidates,
        found: Found::default(),
    };
    for value in &pool.values {
        question.check(value, languages);
    }
    question.hunt(languages, &pool, budget.candidates / 2);
    if !question.is_over() {
        question.differ(languages, &pool);
        let left = question.left;
        question.hunt(languages, &pool, left);
    }
    question.found
}

/// Values that belong to a schema, at most `count`, as varied as the schema says.
pub(super) fn sample(
    arena: &Arena,
    id: NodeId,
    count: usize,
    seed: u64,
    languages: &mut Languages,
) -> Vec<Value> {
    let pool = Pool::of(arena, id);
    let attempts = count.saturating_mul(4).saturating_add(40);
    let effort = attempts as u64 * STEPS_PER_CANDIDATE;
    let mut drawing = Drawing::new(arena, languages, &pool, seed, effort);
    let mut values = Vec::new();
    for attempt in 0..attempts {
        if values.len() >= count || drawing.effort == 0 {
            break;
        }
        let drawn = match values.last() {
            Some(last) if attempt % 4 == 3 => Some(drawing.mutate(last)),
            _ => drawing.draw(&[id], &[]),
        };
        if let Some(value) = drawn
            && drawing.holds(id, &value) == Some(true)
        {
            values.push(value);
        }
    }
    values
}

/// A search under way.
struct Question<'a> {
    arena: &'a Arena,
    small: NodeId,
    large: NodeId,
    /// Values that may still be tried.
    left: u64,
    found: Found,
}

impl Question<'_> {
    fn is_over(&self) -> bool {
        self.found.witness.is_some() || self.left == 0
    }

    /// Draws values from both schemas, aimed at their difference, and changes them.
    fn hunt(&mut self, languages: &mut Languages, pool: &Pool, candidates: u64) {
        let steps = (pool.schemas as u64 / 4).clamp(STEPS_PER_CANDIDATE, 5 * STEPS_PER_CANDIDATE);
        let effort = candidates.saturating_mul(steps);
        let seed = SEED ^ self.left;
        let mut drawing = Drawing::new(self.arena, languages, pool, seed, effort);
        let mut changed: Option<Value> = None;
        for round in 0..candidates {
            if self.is_over() || drawing.effort == 0 {
                return;
            }
            let drawn = match (round % 8, &changed) {
                (0..=3, _) => drawing.draw(&[self.small], &[self.large]),
                (4, _) => drawing.draw(&[self.small], &[]),
                (5, _) => drawing.draw(&[self.large], &[]),
                (_, Some(value)) => Some(drawing.mutate(value)),
                (_, None) => Some(drawing.any_value()),
            };
            let Some(value) = drawn else {
                self.left = self.left.saturating_sub(1);
                continue;
            };
            drawing.effort = drawing
                .effort
                .saturating_sub(self.check(&value, drawing.languages));
            if round % 8 == 4 || round % 8 == 5 {
                changed = Some(value);
            }
        }
    }

    /// Draws values from what the canonical forms leave of `small` without `large`.
    fn differ(&mut self, languages: &mut Languages, pool: &Pool) {
        let difference = canonical::difference(self.arena, self.small, self.large, MOST_NODES);
        let Some(difference) = difference else {
            return;
        };
        let mut arena = Arena::default();
        let id = documents::read(&mut arena, &difference);
        let named = Pool::of(&arena, id);
        for value in &named.values {
            self.check(value, languages);
        }
        let effort = DIFFERENCE_CANDIDATES * STEPS_PER_CANDIDATE;
        let mut drawing = Drawing::new(&arena, languages, pool, SEED, effort);
        for _ in 0..DIFFERENCE_CANDIDATES {
            if self.is_over() {
                return;
            }
            if let Some(value) = drawing.draw(&[id], &[]) {
                self.check(&value, drawing.languages);
            }
        }
    }

    /// Whether the value is a witness; how much work it was to say so.
    fn check(&mut self, value: &Value, languages: &mut Languages) -> u64 {
        if self.is_over() {
            return 0;
        }
        self.left -= 1;
        let mut evaluator = Evaluator::new(self.arena, languages);
        let small = evaluator.holds(self.small, value);
        let mut work = evaluator.visits();
        if small != Some(false) {
            let large = evaluator.holds(self.large, value);
            work += evaluator.visits();
            match (small, large) {
                (_, Some(true)) => {}
                (Some(true), Some(false)) => self.found.witness = Some(value.clone()),
                _ if self.found.candidate.is_none() => self.found.candidate = Some(value.clone()),
                _ => {}
            }
        }
        1 + work / 4
    }
}
