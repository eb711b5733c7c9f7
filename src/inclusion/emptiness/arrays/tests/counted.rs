use super::*;

#[test]
fn contains_counts() {
    let mut world = World::small();
    let one = world.arena.values([number(1)]);
    let numbers = world.arena.types(Types::NUMBER);
    for (positive, negative, expected) in [
        (
            containing(one, 1, None),
            containing(numbers, 1, None),
            "none",
        ),
        (
            containing(numbers, 1, None),
            containing(one, 1, None),
            "[0]",
        ),
        (
            containing(one, 3, None),
            containing(numbers, 2, None),
            "none",
        ),
        (containing(one, 3, None), sized(3, None), "none"),
        (
            containing(one, 3, None),
            containing(one, 0, Some(5)),
            "[1,1,1,1,1,1]",
        ),
        (containing(one, 1, Some(0)), sized(9, None), "none"),
        (containing(one, 0, None), sized(0, None), "none"),
        (
            containing(numbers, 0, Some(1)),
            containing(one, 0, Some(1)),
            "none",
        ),
        (
            containing(one, 0, Some(1)),
            containing(numbers, 0, Some(1)),
            "[0,1]",
        ),
        (containing(Arena::ANYTHING, 2, None), sized(2, None), "none"),
        (
            sized(2, Some(3)),
            containing(Arena::ANYTHING, 2, Some(3)),
            "none",
        ),
        (containing(Arena::NOTHING, 1, None), sized(9, None), "none"),
        (
            containing(one, 1_000, None),
            containing(numbers, 999, None),
            "none",
        ),
    ] {
        let shown = answer(
            &mut world,
            std::slice::from_ref(&positive),
            std::slice::from_ref(&negative),
        );
        assert_eq!(shown, expected, "{positive:?} {negative:?}");
    }
}

#[test]
fn contains_counts_large_numbers_without_writing_them_out() {
    let mut world = World::small();
    let one = world.arena.values([number(1)]);
    let numbers = world.arena.types(Types::NUMBER);
    let many = containing(numbers, 30_000, Some(31_000));
    let some = containing(one, 2_000, Some(2_000));
    let shown = answer(
        &mut world,
        &[many.clone(), some.clone(), sized(32_000, None)],
        &[],
    );
    assert_eq!(shown.matches(',').count(), 31_999);
    assert_eq!(
        answer(
            &mut world,
            &[many.clone(), some, sized(0, Some(29_000))],
            &[]
        ),
        "none"
    );
    assert_eq!(
        answer(&mut world, &[many, containing(one, 31_001, None)], &[]),
        "none"
    );
}

#[test]
fn contains_of_more_schemas_than_can_be_split_is_shown_or_unknown() {
    let mut world = World::of((0..7).map(number));
    let single: Vec<NodeId> = (0..7).map(|at| world.arena.values([number(at)])).collect();
    let six: Vec<Arrays> = single[..6]
        .iter()
        .map(|one| containing(*one, 1, None))
        .collect();
    assert_eq!(answer(&mut world, &six, &[]), "[0,1,2,3,4,5]");
    let short = [six.as_slice(), &[sized(0, Some(5))]].concat();
    assert_eq!(answer(&mut world, &short, &[]), "none");
    let pairs = (0..6).map(|at| world.arena.values([number(at), number(at + 1)]));
    let pairs: Vec<Arrays> = pairs
        .collect::<Vec<_>>()
        .into_iter()
        .map(|pair| containing(pair, 1, None))
        .collect();
    assert_eq!(
        answer(
            &mut world,
            &[pairs.as_slice(), &[sized(0, Some(2))]].concat(),
            &[]
        ),
        "none"
    );
    assert_eq!(
        answer(
            &mut world,
            &[pairs.as_slice(), &[sized(0, Some(3))]].concat(),
            &[]
        ),
        "[1,3,5]"
    );
    let wide = (0..6).map(|at| {
        world
            .arena
            .values((0..7).filter(|one| *one != at).map(number))
    });
    let wide: Vec<Arrays> = wide
        .collect::<Vec<_>>()
        .into_iter()
        .map(|wide| containing(wide, 2, Some(2)))
        .collect();
    let short = [wide.as_slice(), &[sized(0, Some(2))]].concat();
    assert_eq!(
        answer(&mut world, &short, &[]),
        "unknown: more than 32 kinds of items under `contains`"
    );
}
