use super::*;

#[test]
fn lengths_are_compared() {
    let mut world = World::small();
    for (positive, negative, expected) in [
        (sized(2, Some(5)), sized(1, Some(6)), "none"),
        (sized(1, Some(5)), sized(2, None), "[null]"),
        (
            sized(2, Some(5)),
            sized(0, Some(3)),
            "[null,null,null,null]",
        ),
        (sized(3, Some(2)), sized(9, None), "none"),
        (sized(2, None), sized(3, Some(1)), "[null,null]"),
        (
            sized(1_000_000_000_000, None),
            sized(1_000_000, None),
            "none",
        ),
        (sized(0, None), sized(0, None), "none"),
        (sized(0, None), sized(0, Some(u64::MAX)), "none"),
    ] {
        let shown = answer(
            &mut world,
            std::slice::from_ref(&positive),
            std::slice::from_ref(&negative),
        );
        assert_eq!(shown, expected, "{positive:?} {negative:?}");
    }
    assert_eq!(world.asked, 0);
}

#[test]
fn long_arrays_are_made_by_repetition() {
    let mut world = World::small();
    let one = world.arena.values([number(1)]);
    let mut long = all(one);
    long.fewest = 32_724;
    let shown = answer(&mut world, &[long.clone()], &[sized(32_725, None)]);
    assert_eq!(shown, format!("[1{}]", ",1".repeat(32_723)));
    assert!(world.asked < 5, "{}", world.asked);
    assert!(world.spent < 5, "{}", world.spent);
    long.fewest = 200_000;
    assert_eq!(
        answer(&mut world, &[long], &[unique()]),
        "unknown: an array of 200000 items is too long to show"
    );
}

#[test]
fn items_are_compared_place_by_place() {
    let mut world = World::small();
    let numbers = world.arena.types(Types::NUMBER);
    let strings = world.arena.types(Types::STRING);
    let one = world.arena.values([number(1)]);
    assert_eq!(answer(&mut world, &[all(one)], &[all(numbers)]), "none");
    assert_eq!(answer(&mut world, &[all(numbers)], &[all(one)]), "[0]");
    assert_eq!(
        answer(&mut world, &[all(strings)], &[all(numbers)]),
        "[\"a\"]"
    );
    let tuple = |prefix: &[NodeId], rest| Arrays {
        prefix: prefix.to_vec(),
        rest,
        ..Arrays::default()
    };
    let pair = tuple(&[numbers, strings], None);
    assert_eq!(
        answer(
            &mut world,
            std::slice::from_ref(&pair),
            &[tuple(&[numbers], Some(strings))]
        ),
        "[0,\"a\",0]"
    );
    let closed = tuple(&[numbers, strings], Some(Arena::NOTHING));
    assert_eq!(
        answer(
            &mut world,
            std::slice::from_ref(&closed),
            &[tuple(&[numbers], Some(strings))]
        ),
        "none"
    );
    assert_eq!(
        answer(
            &mut world,
            std::slice::from_ref(&closed),
            &[tuple(&[numbers], Some(numbers))]
        ),
        "[0,\"a\"]"
    );
    assert_eq!(answer(&mut world, &[pair], &[closed]), "[0,\"a\",null]");
}

#[test]
fn two_negatives_need_an_item_each_or_one_for_both() {
    let mut world = World::small();
    let numbers = world.arena.types(Types::NUMBER);
    let strings = world.arena.types(Types::STRING);
    let (numbers, strings) = (all(numbers), all(strings));
    let both = [numbers, strings];
    assert_eq!(answer(&mut world, &[sized(0, None)], &both), "[\"a\",0]");
    assert_eq!(answer(&mut world, &[sized(0, Some(1))], &both), "[null]");
    let scalars = world.arena.values([number(0), Value::String("a".into())]);
    let short = Arrays {
        most: Some(1),
        ..all(scalars)
    };
    assert_eq!(answer(&mut world, &[short], &both), "none");
}

#[test]
fn many_constants_to_differ_from_are_met_one_by_one() {
    let mut world = World::small();
    let bits = world.arena.values([number(0), number(1)]);
    let digits = [number(0), number(1)].map(|digit| world.arena.values([digit]));
    let spelt = |word: usize| Arrays {
        prefix: (0..8).map(|at| digits[(word >> at) & 1]).collect(),
        fewest: 8,
        most: Some(8),
        ..Arrays::default()
    };
    let eight = Arrays {
        fewest: 8,
        most: Some(8),
        ..all(bits)
    };
    let words: Vec<Arrays> = (0..256).map(spelt).collect();
    let eight = std::slice::from_ref(&eight);
    assert_eq!(answer(&mut world, eight, &words), "none");
    assert_eq!(
        answer(&mut world, eight, &words[..255]),
        "[1,1,1,1,1,1,1,1]"
    );
    assert!(world.spent < 2_500, "{}", world.spent);
}

#[test]
fn different_items_are_matched_to_places() {
    let mut world = World::small();
    let bits = world.arena.values([number(0), number(1)]);
    let zero = world.arena.values([number(0)]);
    let three = Arrays {
        fewest: 3,
        ..all(bits)
    };
    assert_eq!(
        answer(&mut world, std::slice::from_ref(&three), &[unique()]),
        "[0,0,0]"
    );
    assert_eq!(answer(&mut world, &[three, unique()], &[]), "none");
    let places = Arrays {
        prefix: vec![bits, zero],
        fewest: 2,
        unique: true,
        ..Arrays::default()
    };
    assert_eq!(
        answer(&mut world, std::slice::from_ref(&places), &[sized(3, None)]),
        "[1,0]"
    );
    assert_eq!(
        answer(&mut world, &[places.clone(), all(zero)], &[]),
        "none"
    );
    let one = world.arena.values([number(1)]);
    assert_eq!(
        answer(
            &mut world,
            &[places],
            &[Arrays {
                prefix: vec![one],
                ..Arrays::default()
            }]
        ),
        "none"
    );
}

#[test]
fn equal_items_break_unique() {
    let mut world = World::small();
    let numbers = world.arena.types(Types::NUMBER);
    let strings = world.arena.types(Types::STRING);
    assert_eq!(
        answer(&mut world, &[sized(0, None)], &[unique()]),
        "[null,null]"
    );
    assert_eq!(
        answer(&mut world, &[sized(0, Some(1))], &[unique()]),
        "none"
    );
    assert_eq!(answer(&mut world, &[unique()], &[unique()]), "none");
    let pair = Arrays {
        prefix: vec![numbers, strings],
        most: Some(2),
        ..Arrays::default()
    };
    assert_eq!(
        answer(&mut world, std::slice::from_ref(&pair), &[unique()]),
        "none"
    );
    let triple = Arrays {
        prefix: vec![numbers, strings],
        rest: Some(strings),
        ..Arrays::default()
    };
    assert_eq!(
        answer(&mut world, &[triple], &[unique()]),
        "[0,\"a\",\"a\"]"
    );
    let zero = world.arena.values([number(0)]);
    let once = containing(zero, 0, Some(1));
    assert_eq!(answer(&mut world, &[once, all(zero)], &[unique()]), "none");
}

#[test]
fn many_different_items_are_found_while_the_world_has_them() {
    let mut world = World::of((0..60).map(number));
    let numbers = world.arena.types(Types::NUMBER);
    let of = |fewest| Arrays {
        fewest,
        unique: true,
        ..all(numbers)
    };
    let shown = answer(&mut world, &[of(60)], &[]);
    assert_eq!(shown.matches(',').count(), 59);
    assert_eq!(answer(&mut world, &[of(61)], &[]), "none");
    assert_eq!(answer(&mut world, &[of(32_724)], &[]), "none");
    let mut world = World::of((0..300).map(number));
    let numbers = world.arena.types(Types::NUMBER);
    let of = |fewest| Arrays {
        fewest,
        unique: true,
        ..all(numbers)
    };
    let shown = answer(&mut world, &[of(150)], &[sized(151, None)]);
    assert_eq!(shown.matches(',').count(), 149);
    assert_eq!(
        answer(&mut world, &[of(32_724)], &[]),
        "unknown: uniqueItems over more than 256 items"
    );
}

#[test]
fn a_record_says_something_about_arrays_alone() {
    let mut world = World::small();
    let strings = world.arena.record(Record::of(Types::STRING));
    let none = world.arena.not(strings);
    assert_eq!(answer(&mut world, &[all(strings)], &[all(none)]), "[\"a\"]");
    assert_eq!(
        answer(&mut world, &[all(strings), all(none), sized(1, None)], &[]),
        "none"
    );
    assert_eq!(answer(&mut world, &[all(strings), all(none)], &[]), "[]");
}
