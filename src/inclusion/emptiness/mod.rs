//! Prover B: is there a value that belongs to all of some schemas and to none of others?

mod arrays;
mod assumptions;
mod circles;
mod constants;
mod facts;
mod finite;
mod leaf;
mod numbers;
mod objects;
mod pins;
mod propagate;
mod shape;
mod solver;
mod split;
mod state;
mod strings;

use super::{
    Reason,
    schema::{Arena, NodeId},
    value::Value,
};

pub(super) use solver::{Memory, Mood, Solver};

/// What is known about the values that belong to every positive and to no negative schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// There is none.
    Empty,
    /// This is one.
    Model(Value),
    /// Not decided.
    Unknown(Reason),
}

/// What the solvers of one type ask for: the values inside.
pub(super) trait Ask {
    /// The arena, to make schemas in.
    fn arena(&mut self) -> &mut Arena;
    /// A value *inside* the one at hand (an item, a member's value, a member's name) that belongs to every positive
    /// and to no negative schema.
    fn ask(&mut self, positives: &[NodeId], negatives: &[NodeId]) -> Outcome;
    /// Takes steps from the budget.
    ///
    /// # Errors
    /// When the budget is used up.
    fn spend(&mut self, steps: u64) -> Result<(), Reason>;
    /// Whether a pattern matches somewhere in a text; `None` where that cannot be decided.
    fn matches(&mut self, _pattern: &str, _text: &str) -> Option<bool> {
        None
    }
}
