//! The provers and the search in turn, cheapest first; nothing is said that the evaluator does not confirm.

#[cfg(any(test, fuzzing))]
pub(super) mod contradiction;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod tests;

use super::{
    Budget, Proof, Reason, Side,
    canonical::{Canonical, covers},
    emit::parts,
    emptiness::{Memory, Mood, Outcome, Solver},
    evaluate::Evaluator,
    languages::Languages,
    schema::{Arena, Node, NodeId, WRITTEN_WHOLE},
    search::{sample, witness},
    unevaluated::classical,
    value::Value,
};
use foldhash::{HashMap, HashMapExt as _};
use std::collections::BTreeSet;

/// Schemas of more nodes than this are not brought into canonical form.
const CANONICAL_NODES: usize = 100;

/// Decides inclusions between the schemas of one arena; what was found for one question helps with the next.
#[derive(Debug)]
pub struct Prover {
    arena: Arena,
    languages: Languages,
    memory: Memory,
    budget: Budget,
    /// Questions with their answers.
    answers: HashMap<(NodeId, NodeId), Side>,
}

/// What the search says.
struct Solved {
    outcome: Outcome,
    /// Whether sets of which nothing is known left something open.
    doubted: bool,
    /// Whether the steps did not suffice.
    exhausted: bool,
}

/// What the evaluator says about a value that was found.
enum Checked {
    Confirmed,
    Refuted,
    Open,
}

impl Default for Prover {
    fn default() -> Self {
        Self::new(Budget::default())
    }
}

impl Prover {
    /// A prover with these limits for each question.
    #[must_use]
    pub fn new(budget: Budget) -> Self {
        Self {
            arena: Arena::default(),
            languages: Languages::new(budget.states),
            memory: Memory::default(),
            budget,
            answers: HashMap::new(),
        }
    }

    /// The schemas, to add some. Defined nodes must not be defined anew.
    pub fn arena(&mut self) -> &mut Arena {
        &mut self.arena
    }

    /// Whether every value of one schema belongs to another.
    pub fn included(&mut self, small: NodeId, large: NodeId) -> Side {
        let (small, large) = (self.arena.follow(small), self.arena.follow(large));
        if small == large {
            return Side::Included(Proof::Same);
        }
        if let Some(known) = self.answers.get(&(small, large)) {
            return known.clone();
        }
        let answer = self.decide(small, large);
        self.answers.insert((small, large), answer.clone());
        answer
    }

    fn decide(&mut self, small: NodeId, large: NodeId) -> Side {
        let plain = (
            classical(&mut self.arena, small),
            classical(&mut self.arena, large),
        );
        let solved = self.solve(plain, Mood::Careful);
        let (reason, candidate) = match solved.outcome {
            Outcome::Empty => return Side::Included(Proof::Empty),
            Outcome::Model(value) => match self.check(small, large, &value) {
                Checked::Confirmed => return Side::NotIncluded(value),
                // A value that the evaluator refutes is a fault of the search, and nothing it says is taken.
                Checked::Refuted => (wrong(), None),
                Checked::Open => (open(), Some(value)),
            },
            Outcome::Unknown(reason) if !solved.doubted => (reason, None),
            Outcome::Unknown(reason) => match self.hope(small, large, plain) {
                Ok(value) => return Side::NotIncluded(value),
                Err(candidate) => (reason, candidate),
            },
        };
        // What takes too many steps here is no better there, and there nothing counts them.
        if !solved.exhausted && self.is_covered(small, large) {
            return Side::Included(Proof::Canonical);
        }
        self.hunt(small, large, reason, candidate)
    }

    /// Whether a value belongs to a schema; `None` where that is not known.
    pub fn holds(&mut self, schema: NodeId, value: &Value) -> Option<bool> {
        Evaluator::new(&self.arena, &mut self.languages).holds(schema, value)
    }

    /// Steps of matching texts so far, to count the work of asking whether values belong.
    #[must_use]
    pub fn matched(&self) -> u64 {
        self.languages.matched()
    }

    /// Values that belong to a schema, at most `count`, as varied as the schema says; other seeds give others.
    pub fn samples(&mut self, schema: NodeId, count: usize, seed: u64) -> Vec<Value> {
        sample(&self.arena, schema, count, seed, &mut self.languages)
    }

    /// The search once more, leaving out what nothing is known of: a value, or what may be one.
    fn hope(
        &mut self,
        small: NodeId,
        large: NodeId,
        plain: (NodeId, NodeId),
    ) -> Result<Value, Option<Value>> {
        let Outcome::Model(value) = self.solve(plain, Mood::Hopeful).outcome else {
            return Err(None);
        };
        match self.check(small, large, &value) {
            Checked::Confirmed => Ok(value),
            Checked::Refuted => Err(None),
            Checked::Open => Err(Some(value)),
        }
    }

    /// Whether the canonical forms prove it; they know no numbers written with a fraction that is zero.
    fn is_covered(&self, small: NodeId, large: NodeId) -> bool {
        let mut met = BTreeSet::from([small, large]);
        let mut waiting = vec![small, large];
        while let Some(id) = waiting.pop() {
            if met.len() > 2 * CANONICAL_NODES
                || matches!(self.arena.get(id), Node::Opaque(name) if &**name == WRITTEN_WHOLE)
            {
                return false;
            }
            waiting.extend(
                parts(&self.arena, id)
                    .into_iter()
                    .filter(|part| met.insert(*part)),
            );
        }
        covers(&self.arena, large, small, CANONICAL_NODES) == Canonical::Yes
    }

    /// Values drawn from both schemas.
    fn hunt(
        &mut self,
        small: NodeId,
        large: NodeId,
        reason: Reason,
        candidate: Option<Value>,
    ) -> Side {
        let found = witness(&self.arena, small, large, self.budget, &mut self.languages);
        if let Some(value) = found.witness
            && let Checked::Confirmed = self.check(small, large, &value)
        {
            return Side::NotIncluded(value);
        }
        let candidate = candidate.or(found.candidate);
        Side::Unknown { reason, candidate }
    }

    fn solve(&mut self, (small, large): (NodeId, NodeId), mood: Mood) -> Solved {
        let mut passing = Memory::default();
        let memory = match mood {
            Mood::Careful => &mut self.memory,
            Mood::Hopeful => &mut passing,
        };
        let steps = self.budget.steps;
        let mut solver = Solver::new(&mut self.arena, &mut self.languages, memory, steps, mood);
        let outcome = solver.solve(&[small], &[large]);
        Solved {
            outcome,
            doubted: solver.doubted,
            exhausted: solver.is_exhausted(),
        }
    }

    /// Asks the evaluator, on the schemas as they were given.
    fn check(&mut self, small: NodeId, large: NodeId, value: &Value) -> Checked {
        let mut evaluator = Evaluator::new(&self.arena, &mut self.languages);
        match (evaluator.holds(small, value), evaluator.holds(large, value)) {
            (Some(true), Some(false)) => Checked::Confirmed,
            (Some(false), _) | (_, Some(true)) => Checked::Refuted,
            (None, _) | (_, None) => Checked::Open,
        }
    }
}

fn wrong() -> Reason {
    Reason("a value was found that does not show the difference".into())
}

fn open() -> Reason {
    Reason("a value of which it is not known whether it belongs".into())
}
