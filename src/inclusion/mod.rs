//! Is one set of JSON values included in another? Proofs, witnesses, or the reason why neither was found.

pub mod number;
pub mod reading;
pub mod schema;
pub mod types;
pub mod unevaluated;
pub mod value;

mod annotations;
mod canonical;
mod emit;
mod emptiness;
mod evaluate;
mod facets;
#[cfg(any(test, fuzzing))]
mod generated;
mod languages;
mod prover;
mod rebuild;
mod search;
mod shrink;
#[cfg(test)]
mod sketch;
#[cfg(test)]
mod written;

#[cfg(fuzzing)]
pub use prover::contradiction::contradiction;

pub use evaluate::{Evaluator, Failure};
pub use facets::{Facet, facets};
pub use prover::Prover;
pub use search::Found;
pub use shrink::shrink;

pub use schema::{Arena, Node, NodeId, Record};
pub use types::Types;
pub use value::Value;

/// Why a question was not decided: which budget ran out, or which keyword is beyond the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(pub std::borrow::Cow<'static, str>);

/// An answer about one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// Every value of the first schema belongs to the second; which prover said so.
    Included(Proof),
    /// This value belongs to the first schema and not to the second.
    NotIncluded(Value),
    /// Neither was found.
    Unknown {
        /// Why.
        reason: Reason,
        /// A value that may show the difference; nothing in here could tell.
        candidate: Option<Value>,
    },
}

/// What proved an inclusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Both schemas are one.
    Same,
    /// The search found no value that belongs to the first and not to the second.
    Empty,
    /// The canonical form of the `jsonschema` crate.
    Canonical,
}

/// Limits, all of them counters, so that an answer is the same on every machine.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Steps of the emptiness search for one question.
    pub steps: u64,
    /// Steps of one automaton.
    pub states: u64,
    /// Values tried by the search for a witness.
    pub candidates: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            steps: 20_000,
            states: 10_000,
            candidates: 2_000,
        }
    }
}
