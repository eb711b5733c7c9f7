//! What the prover shows, confirmed by the validator and by the reading's definition.

use super::engine::{Answer, Engine, Lost};
use crate::diff::{PairId, Reading};
use crate::inclusion::{NodeId, Side as Inclusion, Value, shrink};
use crate::judge::finding::{Side, Witness};
use crate::variance::Direction;
use std::borrow::Cow;

/// Steps of making a payload smaller.
const SHRINKS: u64 = 400;

/// Steps of matching texts for the same.
const SHRINK_STEPS: u64 = 500_000;

/// What a payload that the validator judges otherwise is worth.
const UNCONFIRMED: &str = "the payload that was found is not confirmed by the validator";

/// What a payload is worth that the validator cannot judge.
const UNJUDGED: &str =
    "the validator cannot read one of the schemas, so that no payload is confirmed";

impl Engine<'_, '_, '_> {
    /// Whether what may be sent is understood, and a payload that shows that it is not.
    pub(super) fn answer(
        &mut self,
        anchor: PairId,
        read: (NodeId, NodeId),
        written: (NodeId, NodeId),
    ) -> Answer {
        match self.prover.included(read.0, read.1) {
            Inclusion::Included(_) => Answer::Kept,
            Inclusion::NotIncluded(value) => match self.confirmed(anchor, read, written, &value) {
                Some(witness) => Answer::Lost(Box::new(Lost { witness, anchor })),
                None if self.is_judged(anchor, &value) => Answer::Open(UNCONFIRMED.into()),
                None => Answer::Open(UNJUDGED.into()),
            },
            Inclusion::Unknown { reason, candidate } => {
                let witness =
                    candidate.and_then(|value| self.confirmed(anchor, read, written, &value));
                match witness {
                    Some(witness) => Answer::Lost(Box::new(Lost { witness, anchor })),
                    None => Answer::Open(told(&reason.0)),
                }
            }
        }
    }

    fn is_judged(&self, pair: PairId, value: &Value) -> bool {
        self.rulings(pair, &serde_json::Value::from(value))
            .is_some()
    }

    /// The smallest payload made from this one that the validator confirms.
    fn confirmed(
        &mut self,
        anchor: PairId,
        read: (NodeId, NodeId),
        written: (NodeId, NodeId),
        value: &Value,
    ) -> Option<Witness> {
        let prover = &mut self.prover;
        let start = prover.matched();
        let small = shrink(
            value.clone(),
            &mut |value| {
                prover.matched() - start < SHRINK_STEPS
                    && prover.holds(read.0, value) == Some(true)
                    && prover.holds(read.1, value) == Some(false)
            },
            SHRINKS,
        );
        if let Some(witness) = self.ruled(anchor, written, &small) {
            return Some(witness);
        }
        (small != *value)
            .then(|| self.ruled(anchor, written, value))
            .flatten()
    }

    /// What the validator says of a payload under both versions, and what the reading says.
    fn ruled(
        &mut self,
        anchor: PairId,
        written: (NodeId, NodeId),
        value: &Value,
    ) -> Option<Witness> {
        let question = self.question(anchor);
        let (old, new) = self.rulings(anchor, &serde_json::Value::from(value))?;
        let (valid_under, invalid) = match question.direction {
            Direction::Input if old.valid && !new.valid => (Side::Old, new),
            Direction::Output if new.valid && !old.valid => (Side::New, old),
            Direction::Input | Direction::Output => return None,
        };
        if !self.understood_so(written, question.direction, value) {
            return None;
        }
        Some(Witness {
            payload: value.to_string(),
            valid_under,
            keyword: invalid.keyword.unwrap_or_default(),
            at: invalid.at.unwrap_or_default(),
            exchange: None,
        })
    }

    /// Whether the reading agrees that the writer may send it and the reader does not understand it.
    fn understood_so(
        &mut self,
        (small, large): (NodeId, NodeId),
        direction: Direction,
        value: &Value,
    ) -> bool {
        if self.comparison.options.reading == Reading::Strict {
            return true;
        }
        let (readings, arena) = (&mut self.readings, self.prover.arena());
        match direction {
            Direction::Input => readings.written(arena, small, Some(large), value) == Some(true),
            Direction::Output => {
                readings.written(arena, small, None, value) == Some(true)
                    && readings.readable(arena, large, value) == Some(false)
            }
        }
    }
}

/// A reason without the number of the node that keeps sets of one name apart.
fn told(reason: &str) -> Cow<'static, str> {
    let Some((before, rest)) = reason.split_once(" (no. ") else {
        return reason.to_owned().into();
    };
    let after = rest.split_once(')').map_or("", |(_, after)| after);
    format!("{before}{after}").into()
}
