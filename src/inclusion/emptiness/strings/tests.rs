use super::*;
use crate::inclusion::{NodeId, schema::Arena};
use proptest::prelude::*;
use std::rc::Rc;

struct Alone(Arena);

impl Ask for Alone {
    fn arena(&mut self) -> &mut Arena {
        &mut self.0
    }

    fn ask(&mut self, _: &[NodeId], _: &[NodeId]) -> Outcome {
        Outcome::Empty
    }

    fn spend(&mut self, _: u64) -> Result<(), Reason> {
        Ok(())
    }
}

fn lengths(shortest: u64, longest: Option<u64>) -> Strings {
    Strings {
        shortest,
        longest,
        ..Strings::default()
    }
}

fn pattern(pattern: &str) -> Strings {
    Strings {
        patterns: vec![pattern.into()],
        ..Strings::default()
    }
}

fn format(name: &str) -> Strings {
    Strings {
        formats: vec![name.into()],
        ..Strings::default()
    }
}

fn ask(positives: &[&Strings], negatives: &[&Strings], excluded: &[&str]) -> Outcome {
    let mut languages = Languages::new(10_000);
    strings(
        positives,
        negatives,
        excluded,
        &mut languages,
        &mut Alone(Arena::default()),
    )
}

fn less(small: &Strings, large: &Strings) -> Outcome {
    ask(&[small], &[large], &[])
}

fn text(text: &str) -> Outcome {
    Outcome::Model(Value::String(Rc::from(text)))
}

#[test]
fn lengths_alone() {
    assert_eq!(
        less(&lengths(2, Some(5)), &lengths(1, Some(6))),
        Outcome::Empty
    );
    assert_eq!(less(&lengths(2, Some(5)), &lengths(3, Some(6))), text("aa"));
    assert_eq!(less(&lengths(2, None), &lengths(2, Some(3))), text("aaaa"));
    assert_eq!(
        less(&lengths(5, Some(4)), &lengths(9, None)),
        Outcome::Empty
    );
    assert_eq!(ask(&[&lengths(0, Some(0))], &[], &[""]), Outcome::Empty);
    assert_eq!(
        ask(&[&lengths(0, Some(1))], &[], &["", "a", "b"]),
        text("c")
    );
    assert_eq!(
        ask(&[], &[&lengths(1, Some(3)), &lengths(0, Some(2))], &[]),
        text("aaaa")
    );
    assert_eq!(
        ask(
            &[&lengths(0, Some(7))],
            &[&lengths(0, Some(3)), &lengths(4, None)],
            &[]
        ),
        Outcome::Empty
    );
}

#[test]
fn one_character_at_least() {
    assert_eq!(less(&lengths(1, None), &pattern(".+")), text("\n"));
    assert_eq!(less(&pattern(".+"), &lengths(1, None)), Outcome::Empty);
    assert_eq!(less(&lengths(1, None), &pattern("[^]")), Outcome::Empty);
}

#[test]
fn patterns_widened_and_narrowed() {
    assert_eq!(less(&pattern("^a+$"), &pattern("^[ab]+$")), Outcome::Empty);
    assert_eq!(less(&pattern("^[ab]+$"), &pattern("^a+$")), text("b"));
    assert_eq!(less(&pattern(r"^\d$"), &pattern("^[0-9]$")), Outcome::Empty);
    assert_eq!(less(&pattern("^[0-9]$"), &pattern(r"^\d$")), Outcome::Empty);
    assert_eq!(
        less(&pattern("^(foo|bar)$"), &pattern("foo|^bar$")),
        Outcome::Empty
    );
    assert_eq!(
        less(&pattern("^foo|bar$"), &pattern("^(foo|bar)$")),
        text("fooa")
    );
}

#[test]
fn lengths_and_patterns() {
    assert_eq!(
        less(&pattern("^[a-z]{1,63}$"), &lengths(1, Some(63))),
        Outcome::Empty
    );
    assert_eq!(
        less(&pattern("^[a-z]{1,64}$"), &lengths(1, Some(63))),
        text(&"a".repeat(64))
    );
    let code = Strings {
        shortest: 3,
        longest: Some(3),
        ..pattern("^[A-Z]*$")
    };
    assert_eq!(less(&code, &pattern("^[A-Z]{3}$")), Outcome::Empty);
    assert_eq!(less(&pattern("^[A-Z]{3}$"), &code), Outcome::Empty);
    assert_eq!(
        less(&pattern("^(ab)*$"), &lengths(0, Some(40_000))),
        text(&"ab".repeat(20_001))
    );
    let odd = Strings {
        shortest: 40_001,
        longest: Some(40_001),
        ..pattern("^(ab)*$")
    };
    assert_eq!(ask(&[&odd], &[], &[]), Outcome::Empty);
}

#[test]
fn single_texts_are_left_out() {
    assert_eq!(ask(&[&pattern("^[ab]$")], &[], &["a", "b"]), Outcome::Empty);
    assert_eq!(ask(&[&pattern("^[abc]$")], &[], &["a", "b"]), text("c"));
}

#[test]
fn formats_by_name_and_by_language() {
    assert_eq!(less(&format("date"), &format("date")), Outcome::Empty);
    assert_eq!(
        less(&format("uri"), &format("uri-reference")),
        Outcome::Empty
    );
    assert_eq!(
        less(&format("date"), &lengths(10, Some(10))),
        Outcome::Empty
    );
    assert_eq!(
        less(&format("date"), &pattern(r"^\d{4}-\d\d-\d\d$")),
        Outcome::Empty
    );
    assert_eq!(
        less(&format("date"), &format("date-time")),
        text("2024-01-31")
    );
    assert_eq!(less(&format("ipv4"), &format("hostname")), Outcome::Empty);
    assert_eq!(less(&lengths(0, None), &format("uuid")), text(""));
    assert_eq!(less(&pattern("^a"), &format("email")), text("a"));
    assert_eq!(less(&format("email"), &pattern("@")), Outcome::Empty);
    assert_eq!(less(&pattern("^[ab]@c$"), &format("email")), Outcome::Empty);
    assert_eq!(
        less(&pattern("^(a|\"\")@c[.]d$"), &format("email")),
        Outcome::Empty
    );
    assert_eq!(
        less(&format("email"), &pattern("^a")),
        text("user@example.com")
    );
    assert_eq!(
        less(&format("shoe-size"), &format("shoe-size")),
        Outcome::Empty
    );
    assert_eq!(
        less(&lengths(0, None), &format("shoe-size")),
        Outcome::Unknown(Reason(
            "the format `shoe-size` has no exact language".into()
        ))
    );
}

#[test]
fn what_is_not_regular_is_tried() {
    assert_eq!(
        less(&pattern(r"^(a|b)\1$"), &pattern(r"^(a|b)\1$")),
        Outcome::Empty
    );
    assert_eq!(less(&pattern("^ab$"), &pattern(r"^(a|b)\1$")), text("ab"));
    assert_eq!(
        less(&pattern("^(aa|bb)$"), &pattern(r"^(a|b)\1$")),
        Outcome::Empty
    );
    assert_eq!(
        less(&pattern("^(aa)*$"), &pattern(r"^((a|b)\2)*$")),
        Outcome::Unknown(Reason(
            r"the pattern `^((a|b)\2)*$` refers back to a group".into()
        ))
    );
}

fn some() -> impl Strategy<Value = Strings> {
    let patterns = [
        "a", "^a", "b$", "^[ab]*$", "aa|b", "^.{2}$", "^(?!a)", "(?<=a)b", "^(ab)*$", "^$",
    ];
    let patterns = prop::collection::vec(prop::sample::select(patterns.to_vec()), 0..3);
    (0_u64..4, prop::option::of(0_u64..5), patterns).prop_map(|(shortest, longest, patterns)| {
        Strings {
            shortest,
            longest,
            patterns: patterns.into_iter().map(Rc::from).collect(),
            formats: Vec::new(),
        }
    })
}

fn holds(strings: &Strings, text: &str, languages: &mut Languages) -> bool {
    let length = text.chars().count() as u64;
    length >= strings.shortest
        && strings.longest.is_none_or(|longest| length <= longest)
        && strings
            .patterns
            .iter()
            .all(|pattern| languages.matches(pattern, text) == Some(true))
}

proptest! {
    #[test]
    fn what_trying_everything_says(
        positives in prop::collection::vec(some(), 0..3),
        negatives in prop::collection::vec(some(), 0..4),
        excluded in prop::sample::subsequence(vec!["", "a", "b", "aa", "ab", "ba"], 0..5),
    ) {
        let fence = Strings { longest: Some(5), ..pattern("^[ab]*$") };
        let mut positives: Vec<&Strings> = positives.iter().collect();
        positives.push(&fence);
        let negatives: Vec<&Strings> = negatives.iter().collect();
        let mut languages = Languages::new(10_000);
        let answer = strings(&positives, &negatives, &excluded, &mut languages, &mut Alone(Arena::default()));
        let mut all = vec![String::new()];
        for at in 0..31 {
            let text = all[at].clone();
            all.extend(["a", "b"].map(|letter| format!("{text}{letter}")));
        }
        let mut is_one = |text: &str| {
            !excluded.contains(&text)
                && positives.iter().all(|strings| holds(strings, text, &mut languages))
                && !negatives.iter().any(|strings| holds(strings, text, &mut languages))
        };
        match answer {
            Outcome::Empty => prop_assert!(!all.iter().any(|text| is_one(text))),
            Outcome::Model(Value::String(text)) => prop_assert!(is_one(&text)),
            other => prop_assert!(false, "{:?}", other),
        }
    }
}
