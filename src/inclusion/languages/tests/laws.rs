//! Laws of languages, by trying everything.

use super::{super::pattern::Pattern, *};
use proptest::prelude::*;
use std::collections::BTreeSet;

const LETTERS: [char; 4] = ['a', 'b', '\n', '1'];

/// Every text of these letters up to a length.
fn texts(longest: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut last = all.clone();
    for _ in 0..longest {
        last = last
            .iter()
            .flat_map(|text| LETTERS.map(|letter| format!("{text}{letter}")))
            .collect();
        all.extend(last.iter().cloned());
    }
    all
}

/// Where a pattern that begins at a place may end, by trying everything.
fn ends(pattern: &Pattern, text: &[char], at: usize) -> BTreeSet<usize> {
    let word = |index: Option<usize>| {
        index
            .and_then(|index| text.get(index))
            .is_some_and(|c| Class::word().contains(*c))
    };
    let here = |holds: bool| {
        if holds {
            BTreeSet::from([at])
        } else {
            BTreeSet::new()
        }
    };
    match pattern {
        Pattern::Empty => here(true),
        Pattern::Class(class) => match text.get(at) {
            Some(c) if class.contains(*c) => BTreeSet::from([at + 1]),
            _ => BTreeSet::new(),
        },
        Pattern::Sequence(parts) => parts.iter().fold(here(true), |from, part| {
            from.iter().flat_map(|at| ends(part, text, *at)).collect()
        }),
        Pattern::Choice(choices) => choices
            .iter()
            .flat_map(|choice| ends(choice, text, at))
            .collect(),
        Pattern::Repeat { of, fewest, most } => {
            let (mut level, mut all) = (here(true), BTreeSet::new());
            for round in 0..=most.unwrap_or(20).min(20) {
                if round >= *fewest {
                    all.extend(&level);
                }
                level = level.iter().flat_map(|at| ends(of, text, *at)).collect();
            }
            all
        }
        Pattern::Start => here(at == 0),
        Pattern::End => here(at == text.len()),
        Pattern::Edge(holds) => here((word(at.checked_sub(1)) != word(Some(at))) == *holds),
        Pattern::Ahead(of, holds) => here(ends(of, text, at).is_empty() != *holds),
        Pattern::Behind(of, holds) => {
            here((0..=at).any(|from| ends(of, text, from).contains(&at)) == *holds)
        }
    }
}

fn found(pattern: &Pattern, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    (0..=text.len()).any(|at| !ends(pattern, &text, at).is_empty())
}

fn patterns() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "a", "b", "1", ".", "[ab]", "[^a]", r"\d", r"\w", r"\W", r"\s", r"\n", "^", "$", "", r"\b",
        r"\B", "ab",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(4, 20, 3, |inner| {
        let closed = prop::sample::select(vec!["a", "^", "a|b1", "a*b", "^1?", "[^a].", "(?:ab){2}", r"\w\n", ""]);
        prop_oneof![
            1 => (closed, prop::sample::select(vec!["?<=", "?<!"])).prop_map(|(of, mark)| format!("({mark}{of})")),
            3 => prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| parts.concat()),
            2 => prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("(?:{})", parts.join("|"))),
            2 => (inner.clone(), prop::sample::select(vec!["*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}", "*?"]))
                .prop_map(|(of, times)| format!("(?:{of}){times}")),
            1 => (inner, prop::sample::select(vec!["?=", "?!"])).prop_map(|(of, mark)| format!("({mark}{of})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn membership_is_what_trying_everything_says(pattern in patterns()) {
        let parsed = parse::parse(&pattern, Reading::Standard).map_err(|why| TestCaseError::fail(why.why()))?;
        let mut languages = Languages::new(10_000);
        for text in texts(4) {
            prop_assert_eq!(languages.matches(&pattern, &text), Some(found(&parsed.pattern, &text)), "{:?}", text);
        }
    }

    #[test]
    fn a_difference_has_a_shortest_text_or_none(small in patterns(), large in patterns()) {
        let both = Texts::All(vec![one(r"^[ab1\n]*$"), one(&small), not(one(&large))]);
        let parsed = [&small, &large].map(|pattern| parse::parse(pattern, Reading::Standard).unwrap().pattern);
        let mut brute = texts(4).into_iter().filter(|text| found(&parsed[0], text) && !found(&parsed[1], text));
        match (find(&both, Some(4)), brute.next()) {
            (Found::Nothing, None) => {}
            (Found::Text(text), Some(first)) => {
                prop_assert_eq!(text.len(), first.len());
                prop_assert!(found(&parsed[0], &text) && !found(&parsed[1], &text));
            }
            (answer, first) => prop_assert!(false, "{:?}, but {:?}", answer, first),
        }
    }

    #[test]
    fn lengths_are_exact(pattern in patterns(), shortest in 0_u64..5, more in 0_u64..3) {
        let parsed = parse::parse(&pattern, Reading::Standard).unwrap().pattern;
        let set = Texts::All(vec![one(r"^[ab1\n]*$"), one(&pattern)]);
        let longest = shortest + more;
        let question = Question { texts: &set, shortest, longest: Some(longest), bound: Bound::Outer };
        let lengths = texts(6).into_iter().filter(|text| {
            (shortest..=longest).contains(&(text.len() as u64)) && found(&parsed, text)
        });
        match (Languages::new(10_000).find(&question).0, lengths.map(|text| text.len()).min()) {
            (Found::Nothing, None) => {}
            (Found::Text(text), Some(least)) => prop_assert!(text.len() == least && found(&parsed, &text)),
            (answer, least) => prop_assert!(false, "{:?}, but {:?}", answer, least),
        }
    }

    #[test]
    fn regular_expressions_of_another_engine_agree(pattern in patterns()) {
        let Ok(other) = fancy_regex::Regex::new(&pattern) else {
            return Ok(());
        };
        let mut languages = Languages::new(10_000);
        for text in texts(4) {
            prop_assert_eq!(languages.matches(&pattern, &text), other.is_match(&text).ok(), "{:?}", text);
        }
    }
}
