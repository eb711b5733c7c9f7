//! What holds for every pair of schemas.

use super::contradiction::contradiction;
use super::{
    super::{
        Budget, Prover, Side,
        emptiness::{Mood, Outcome},
        evaluate::Evaluator,
        generated::{Choices, Kinds},
        languages::Languages,
        schema::NodeId,
        search::sample,
        unevaluated::classical,
        value::Value,
    },
    Checked,
};
use proptest::{collection::vec, prelude::*};

/// A pair of schemas: the second is the first with some bytes changed.
fn pairs() -> impl Strategy<Value = (Vec<u8>, Vec<u8>)> {
    let changes = vec((any::<prop::sample::Index>(), any::<u8>()), 0..4);
    (vec(any::<u8>(), 4..60), changes).prop_map(|(bytes, changes)| {
        let mut changed = bytes.clone();
        for (at, byte) in changes {
            let at = at.index(changed.len());
            changed[at] = byte;
        }
        (bytes, changed)
    })
}

/// Whether a value belongs to one schema and not to another.
fn refutes(prover: &Prover, small: NodeId, large: NodeId, value: &Value) -> bool {
    let mut languages = Languages::default();
    let mut evaluator = Evaluator::new(&prover.arena, &mut languages);
    evaluator.holds(small, value) == Some(true) && evaluator.holds(large, value) == Some(false)
}

/// Values that might refute a proof.
fn values(prover: &Prover, small: NodeId, bytes: &[u8]) -> Vec<Value> {
    let mut languages = Languages::default();
    let mut values = sample(&prover.arena, small, 60, 7, &mut languages);
    let mut choices = Choices::new(bytes, Kinds::Classical);
    values.extend((0..20).map(|_| choices.value(2)));
    values
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn no_value_refutes_a_proof((left, right) in pairs(), bytes in vec(any::<u8>(), 0..120)) {
        let mut prover = Prover::new(Budget { candidates: 0, ..Budget::default() });
        let small = Choices::new(&left, Kinds::Every).schema(prover.arena(), 3);
        let large = Choices::new(&right, Kinds::Every).schema(prover.arena(), 3);
        let plain = (
            classical(&mut prover.arena, small),
            classical(&mut prover.arena, large),
        );
        if let Outcome::Model(value) = prover.solve(plain, Mood::Careful).outcome {
            prop_assert!(
                !matches!(prover.check(small, large, &value), Checked::Refuted),
                "{value} does not show the difference"
            );
        }
        match prover.included(small, large) {
            Side::Included(proof) => {
                for value in values(&prover, small, &bytes) {
                    prop_assert!(!refutes(&prover, small, large, &value), "{proof:?} but {value}");
                }
            }
            Side::NotIncluded(value) => prop_assert!(refutes(&prover, small, large, &value)),
            Side::Unknown { .. } => {}
        }
    }

    #[test]
    fn no_engine_contradicts_another((left, right) in pairs()) {
        prop_assert_eq!(contradiction(&left, &right), None);
    }
}

/// Many where time is given, few otherwise.
fn cases() -> u32 {
    // Set when the tests are built: only `world` reads the environment.
    if option_env!("CONTRACT_LONG").is_some() {
        20_000
    } else {
        400
    }
}
