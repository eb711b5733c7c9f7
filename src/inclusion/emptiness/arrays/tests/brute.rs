use super::*;
use proptest::{collection::vec, option, prelude::*};

/// A schema by the values that belong to it, of which the world has four.
type Set = u8;

#[derive(Clone, Debug)]
struct Said {
    prefix: Vec<Set>,
    rest: Option<Set>,
    fewest: u64,
    most: Option<u64>,
    unique: bool,
    contains: Vec<(Set, u64, Option<u64>)>,
}

fn said() -> impl Strategy<Value = Said> {
    let set = prop_oneof![3 => 1_u8..15, 1 => Just(15_u8), 1 => 0_u8..1];
    let contains = (set.clone(), 0_u64..4, option::weighted(0.4, 0_u64..4));
    (
        vec(set.clone(), 0..4),
        option::of(set),
        prop_oneof![2 => Just(0_u64), 1 => 0_u64..5],
        option::weighted(0.3, 0_u64..5),
        proptest::bool::weighted(0.3),
        vec(contains, 0..3),
    )
        .prop_map(|(prefix, rest, fewest, most, unique, contains)| Said {
            prefix,
            rest,
            fewest,
            most,
            unique,
            contains,
        })
}

fn schema(world: &mut World, set: Set) -> NodeId {
    if set == 15 {
        return Arena::ANYTHING;
    }
    let chosen = (0..4).filter(|at| set & (1 << at) != 0);
    let values: Vec<Value> = chosen.map(|at| world.values[at].clone()).collect();
    world.arena.values(values)
}

fn record(world: &mut World, said: &Said) -> Arrays {
    Arrays {
        prefix: said.prefix.iter().map(|set| schema(world, *set)).collect(),
        rest: said.rest.map(|set| schema(world, set)),
        fewest: said.fewest,
        most: said.most,
        unique: said.unique,
        contains: said
            .contains
            .iter()
            .map(|(set, fewest, most)| contains(schema(world, *set), *fewest, *most))
            .collect(),
    }
}

/// Every array of the world up to four items.
fn every(world: &World) -> Vec<Vec<Value>> {
    let (mut all, mut last) = (vec![Vec::new()], vec![Vec::new()]);
    for _ in 0..4 {
        let longer = last.iter().flat_map(|array: &Vec<Value>| {
            world.values.iter().map(move |value| {
                let mut longer = array.clone();
                longer.push(value.clone());
                longer
            })
        });
        last = longer.collect();
        all.extend(last.iter().cloned());
    }
    all
}

fn agrees(
    positives: &[Said],
    negatives: &[Said],
    longest: Option<u64>,
    hazy: Option<usize>,
) -> Result<(), TestCaseError> {
    let mut world = World::small();
    let mut positives: Vec<Arrays> = positives
        .iter()
        .map(|one| record(&mut world, one))
        .collect();
    let negatives: Vec<Arrays> = negatives
        .iter()
        .map(|one| record(&mut world, one))
        .collect();
    positives.push(Arrays {
        most: longest,
        ..Arrays::default()
    });
    world.hazy = hazy;
    let (all, none) = (
        positives.iter().collect::<Vec<_>>(),
        negatives.iter().collect::<Vec<_>>(),
    );
    let outcome = arrays(&all, &none, &mut world);
    let fits = |items: &[Value]| {
        positives.iter().all(|one| world.holds(one, items))
            && !negatives.iter().any(|one| world.holds(one, items))
    };
    let tried = every(&world).iter().any(|items| fits(items));
    match outcome {
        Outcome::Empty => prop_assert!(!tried),
        Outcome::Model(Value::Array(items)) => {
            prop_assert!(fits(&items), "{:?}", items);
            prop_assert!(tried || longest.is_none());
        }
        Outcome::Unknown(reason) => prop_assert!(hazy.is_some(), "{:?}", reason),
        Outcome::Model(other) => prop_assert!(false, "{other}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000.max(ProptestConfig::default().cases), ..ProptestConfig::default() })]

    #[test]
    fn up_to_four_items_agree_with_trying_every_array(
        positives in vec(said(), 0..3),
        negatives in vec(said(), 0..8),
    ) {
        agrees(&positives, &negatives, Some(4), None)?;
    }

    #[test]
    fn arrays_of_any_length_agree_with_trying_short_ones(
        positives in vec(said(), 0..3),
        negatives in vec(said(), 0..4),
    ) {
        agrees(&positives, &negatives, None, None)?;
    }

    #[test]
    fn what_is_not_known_of_items_makes_no_wrong_answer(
        positives in vec(said(), 0..3),
        negatives in vec(said(), 0..3),
        hazy in 2_usize..6,
    ) {
        agrees(&positives, &negatives, Some(4), Some(hazy))?;
    }
}
