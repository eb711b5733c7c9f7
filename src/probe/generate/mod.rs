//! Valid data and requests out of a contract: what it says by example first, then what its schemas allow.

mod bodies;
mod body;
mod build;
mod examples;
mod request;
mod scalar;
#[cfg(test)]
mod tests;

pub use body::{Encoded, encode};
pub use examples::{Known, Source};
pub use request::{Asked, BuildError, Builder, Fixed, base_paths};

use crate::inclusion::Prover;
use crate::spec::{At, Bundle, Lowering, Referee, SchemaId, Schemas, Shape};
use crate::variance::Direction;
use serde_json::Value;
use std::cell::RefCell;

/// How much of an object is filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fill {
    /// What the contract shows as an example, else what is required.
    #[default]
    Shown,
    /// What is required and no more.
    Required,
    /// All that is declared.
    All,
}

/// Why there is no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoValue(pub String);

/// Makes values of one contract's schemas; the same seed makes the same.
#[derive(Debug)]
pub struct Sampler<'d> {
    pub(crate) bundle: &'d Bundle,
    pub(crate) schemas: Schemas<'d>,
    pub(crate) referee: Referee<'d>,
    lowering: RefCell<Lowering<'d>>,
    prover: RefCell<Prover>,
    seed: u64,
}

/// How many values are drawn before a schema counts as too hard.
const DRAWN: usize = 12;

impl<'d> Sampler<'d> {
    /// A sampler over one contract's files.
    #[must_use]
    pub fn new(bundle: &'d Bundle, seed: u64) -> Self {
        Self {
            bundle,
            schemas: Schemas::new(bundle),
            referee: Referee::new(bundle, false),
            lowering: RefCell::new(Lowering::new(bundle, false)),
            prover: RefCell::default(),
            seed,
        }
    }

    /// A value that the contract's schema accepts in a request; the referee has confirmed it.
    ///
    /// # Errors
    /// When none was found.
    pub fn value(&self, shape: &Shape, fill: Fill) -> Result<Value, NoValue> {
        let id = self.schemas.of_shape(shape);
        if let Some(value) = build::build(self, id, fill)
            && self.accepts(id, &value)
        {
            return Ok(value);
        }
        self.drawn(id).ok_or_else(|| {
            NoValue("no value was found that its schema accepts; give an example".to_owned())
        })
    }

    /// Whether the contract's schema accepts a value in a request.
    #[must_use]
    pub fn allows(&self, shape: &Shape, value: &Value) -> Option<bool> {
        self.judged(self.schemas.of_shape(shape), value)
    }

    fn judged(&self, id: SchemaId, value: &Value) -> Option<bool> {
        let key = self.schemas.key_of(id);
        let ruling = self
            .referee
            .judge_key(&key, Some(Direction::Input), value)?;
        Some(ruling.valid)
    }

    fn accepts(&self, id: SchemaId, value: &Value) -> bool {
        self.judged(id, value) == Some(true)
    }

    /// A value that the prover's search draws, smallest first, if the referee agrees.
    fn drawn(&self, id: SchemaId) -> Option<Value> {
        let key = self.schemas.key_of(id);
        let mut prover = self.prover.borrow_mut();
        let node = self
            .lowering
            .borrow_mut()
            .key(prover.arena(), &key, Some(Direction::Input));
        let values = prover.samples(node, DRAWN, self.seed);
        let mut values: Vec<Value> = values.iter().map(Value::from).collect();
        values.sort_by_cached_key(|value| {
            let text = value.to_string();
            (odd(&text), text.len(), text)
        });
        values.into_iter().find(|value| self.accepts(id, value))
    }

    /// A value as the document writes it.
    fn json(&self, at: At) -> Option<Value> {
        self.bundle.tree(at.file).to_json(at.node).ok()
    }
}

/// How many characters of a text a vendor may stumble over although its contract allows them.
fn odd(text: &str) -> usize {
    text.chars().filter(|c| !matches!(c, ' '..='~')).count()
}
