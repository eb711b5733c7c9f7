//! Both provers, the seeded search, and a validator on schemas made from bytes: what one proves none may refute.

use super::super::{
    Budget,
    canonical::{Canonical, covers},
    emit::document,
    emptiness::{Mood, Outcome},
    evaluate::Evaluator,
    generated::{Choices, Kinds},
    schema::NodeId,
    search::{sample, witness},
    unevaluated::classical,
    value::Value,
};
use super::{CANONICAL_NODES, Prover};
use jsonschema::Validator;

/// Values of the first schema that are tried.
const SAMPLES: usize = 30;

/// What two engines disagree about for the schemas that two lists of bytes make.
#[must_use]
#[cfg_attr(
    not(fuzzing),
    expect(unreachable_pub, reason = "fuzz targets are another crate")
)]
pub fn contradiction(small: &[u8], large: &[u8]) -> Option<String> {
    let mut prover = Prover::new(Budget {
        candidates: 300,
        ..Budget::default()
    });
    let small = Choices::new(small, Kinds::Every).schema(prover.arena(), 3);
    let large = Choices::new(large, Kinds::Every).schema(prover.arena(), 3);
    let plain = (
        classical(&mut prover.arena, small),
        classical(&mut prover.arena, large),
    );
    let own = prover.solve(plain, Mood::Careful).outcome;
    let canonical = covers(&prover.arena, large, small, CANONICAL_NODES);
    let Prover {
        arena,
        languages,
        budget,
        ..
    } = &mut prover;
    let mut values = sample(arena, small, SAMPLES, 5, languages);
    let found = witness(arena, small, large, *budget, languages);
    values.extend(found.witness);
    if let Outcome::Model(value) = &own {
        values.push(value.clone());
    }
    let validators = [small, large].map(|id| validator(&prover, id));
    let mut refuting = None;
    for value in &values {
        let held = [small, large]
            .map(|id| Evaluator::new(&prover.arena, &mut prover.languages).holds(id, value));
        for (held, validator) in held.iter().zip(&validators) {
            if let (Some(held), Some(validator)) = (held, validator)
                && *held != validator.is_valid(&value.into())
            {
                return Some(format!(
                    "the evaluator says {held} of {value}, the validator not"
                ));
            }
        }
        if held == [Some(true), Some(false)] {
            refuting = Some(value);
        }
    }
    match (own, canonical, refuting) {
        (Outcome::Empty, _, Some(value)) => Some(format!("the search proves what {value} refutes")),
        (_, Canonical::Yes, Some(value)) => {
            Some(format!("the canonical form proves what {value} refutes"))
        }
        (Outcome::Empty, Canonical::No, None) => {
            Some("the canonical form denies what the search proves".to_owned())
        }
        (Outcome::Model(value), _, None) if is_known(&mut prover, [small, large], &value) => {
            Some(format!("the search gives {value}, which shows nothing"))
        }
        (Outcome::Empty | Outcome::Model(_) | Outcome::Unknown(_), _, _) => None,
    }
}

fn is_known(prover: &mut Prover, schemas: [NodeId; 2], value: &Value) -> bool {
    schemas
        .into_iter()
        .all(|schema| prover.holds(schema, value).is_some())
}

/// The validator of a schema, where JSON Schema has words for it.
fn validator(prover: &Prover, id: NodeId) -> Option<Validator> {
    let written = document(&prover.arena, id, "it", CANONICAL_NODES)?;
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .build(&written.json)
        .ok()
}
