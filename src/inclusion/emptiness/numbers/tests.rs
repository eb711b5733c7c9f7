use super::numbers;
use crate::inclusion::{
    Reason,
    emptiness::{Ask, Outcome},
    number::Rational,
    schema::{Arena, Limit, NodeId, Numbers},
    value::Value,
};
use proptest::prelude::*;

/// Nothing to ask for inside a number.
struct Alone(Arena, u64);

impl Ask for Alone {
    fn arena(&mut self) -> &mut Arena {
        &mut self.0
    }

    fn ask(&mut self, _: &[NodeId], _: &[NodeId]) -> Outcome {
        unreachable!("a number has no inside")
    }

    fn spend(&mut self, steps: u64) -> Result<(), Reason> {
        self.1 += steps;
        Ok(())
    }
}

fn number(text: &str) -> Rational {
    Rational::parse(text).unwrap()
}

/// Reads `>=1 <2 *0.5`.
fn said(text: &str) -> Numbers {
    let mut numbers = Numbers::default();
    for word in text.split_whitespace() {
        let limit = |at: &str, exclusive| {
            Some(Limit {
                at: number(at),
                exclusive,
            })
        };
        if let Some(at) = word.strip_prefix(">=") {
            numbers.lower = limit(at, false);
        } else if let Some(at) = word.strip_prefix("<=") {
            numbers.upper = limit(at, false);
        } else if let Some(at) = word.strip_prefix('>') {
            numbers.lower = limit(at, true);
        } else if let Some(at) = word.strip_prefix('<') {
            numbers.upper = limit(at, true);
        } else if let Some(step) = word.strip_prefix('*') {
            numbers.multiples.push(number(step));
        }
    }
    numbers
}

fn found(whole: bool, positive: &str, negatives: &[&str], excluded: &[&str]) -> String {
    let (positive, negatives) = (
        said(positive),
        negatives.iter().map(|one| said(one)).collect::<Vec<_>>(),
    );
    let excluded: Vec<_> = excluded.iter().map(|one| number(one)).collect();
    let mut ask = Alone(Arena::default(), 0);
    let negatives: Vec<_> = negatives.iter().collect();
    match numbers(whole, &[&positive], &negatives, &excluded, &mut ask) {
        Outcome::Empty => "none".to_string(),
        Outcome::Model(value) => value.to_string(),
        Outcome::Unknown(reason) => format!("unknown: {}", reason.0),
    }
}

#[test]
fn a_tighter_range_is_implied_and_a_wider_one_is_not() {
    assert_eq!(found(true, ">=1 <=5", &[">=0 <=9"], &[]), "none");
    assert_eq!(found(true, ">=0 <=9", &[">=1 <=9"], &[]), "0");
    assert_eq!(found(true, ">=1 <=9", &["<=5"], &[]), "9");
    assert_eq!(found(true, ">=1 <=9", &["<=5"], &["6", "9"]), "8");
    assert_eq!(found(false, ">=1 <=9", &["<=5"], &[]), "8.5");
    assert_eq!(found(true, ">0 <1", &[], &[]), "none");
    assert_eq!(found(false, ">0 <1", &[], &[]), "0.5");
    assert_eq!(found(false, ">=1 <=1", &[], &[]), "none");
    assert_eq!(found(true, ">=2 <1", &[], &[]), "none");
    assert_eq!(found(true, ">1 <=1", &[], &[]), "none");
    assert_eq!(found(true, ">4", &[">=5"], &[]), "none");
    assert_eq!(found(false, ">4", &[">=5"], &[]), "4.5");
}

#[test]
fn ranges_that_leave_a_point_are_not_all() {
    assert_eq!(found(true, "", &["<0", ">0"], &[]), "0");
    assert_eq!(found(true, "", &["<=0", ">=0"], &[]), "none");
    assert_eq!(found(true, "", &["<=0", ">=1"], &[]), "none");
    assert_eq!(found(false, "", &["<=0", ">=1"], &[]), "0.5");
    assert_eq!(found(true, ">=0 <=3", &["<=1", ">=3"], &[]), "2");
    assert_eq!(found(true, ">=0 <=3", &["<=1", ">=3"], &["2"]), "none");
}

#[test]
fn multiples_are_lattices() {
    assert_eq!(found(false, "*0.3", &["*0.1"], &[]), "none");
    assert_eq!(found(true, "*0.3", &["*0.1"], &[]), "none");
    assert_eq!(found(false, "*0.1", &["*0.3"], &[]), "0.1");
    assert_eq!(found(true, "*2 *3", &["*6"], &[]), "none");
    assert_eq!(found(true, "*2", &["*4", "*6"], &[]), "2");
    assert_eq!(found(true, "", &["*2", "*3"], &["1", "-1"]), "5");
    assert_eq!(found(true, "*2.5", &["*5"], &[]), "none");
    assert_eq!(found(false, "*2.5", &["*5"], &[]), "2.5");
    assert_eq!(found(true, "*1.5", &["*3"], &[]), "none");
    assert_eq!(found(false, "*3", &[], &[]), "none");
    assert_eq!(found(true, ">=1 <=6", &["*2", "*3", "*5"], &["1"]), "none");
    assert_eq!(found(true, "", &["*2 *3"], &[]), "1");
    assert_eq!(found(true, "*2", &["*2 *3"], &["2", "-2"]), "4");
    assert_eq!(found(true, "*6", &["*2 *3"], &[]), "none");
}

#[test]
fn what_is_broken_already_vanishes() {
    assert_eq!(found(true, ">=10 <=20 *2", &["<=9 *2", ">=30"], &[]), "10");
    assert_eq!(
        found(true, ">=10 <=20 *2", &["<=15 *2", ">=16 *4"], &[]),
        "18"
    );
    assert_eq!(
        found(true, ">=10 <=20 *2", &["<=15 *2", ">=16 *4"], &["18"]),
        "none"
    );
}

#[test]
fn numbers_past_doubles_are_exact() {
    assert_eq!(
        found(true, ">=9007199254740993 <=9007199254740993", &[], &[]),
        "9007199254740993"
    );
    assert_eq!(
        found(
            true,
            ">9007199254740992 <9007199254740994",
            &["<9007199254740993"],
            &[]
        ),
        "9007199254740993"
    );
    assert_eq!(
        found(true, ">=0 <=1e400", &["<=1e399"], &[]),
        format!("1{}", "0".repeat(400))
    );
    assert_eq!(
        found(false, ">0 <1e-400", &[], &[]),
        format!("0.{}1", "0".repeat(400))
    );
    assert_eq!(found(true, ">=1e400 <=1e400", &["*7"], &[]).len(), 401);
}

#[test]
fn a_decimal_off_every_lattice_stands_in_any_gap() {
    assert_eq!(
        found(false, ">1 <1.0000001", &["*0.00000001"], &[]).len(),
        11
    );
    assert_eq!(found(false, "", &["*0.5", "*0.1", "*0.25"], &[]), "0.001");
    assert_eq!(found(false, "", &["*0.125"], &["0.5"]), "0.0001");
}

#[test]
fn many_constants_cost_few_steps() {
    let negatives: Vec<Numbers> = (0..2_000)
        .map(|at| said(&format!(">={at} <={at}")))
        .collect();
    let (positive, mut ask) = (said(">=0 <=1999"), Alone(Arena::default(), 0));
    let negatives: Vec<_> = negatives.iter().collect();
    let outcome = numbers(true, &[&positive], &negatives, &[], &mut ask);
    assert_eq!(outcome, Outcome::Empty);
    assert!(ask.1 < 20_000, "{}", ask.1);
}

const STEPS: [&str; 8] = ["0.25", "0.5", "0.75", "1", "1.5", "2", "2.5", "3"];

fn quarter(at: i64) -> Rational {
    &Rational::from(at) * &number("0.25")
}

fn limit() -> impl Strategy<Value = Option<Limit>> {
    let limit = (-24_i64..=24, any::<bool>()).prop_map(|(at, exclusive)| Limit {
        at: quarter(at),
        exclusive,
    });
    proptest::option::of(limit)
}

fn some_numbers() -> impl Strategy<Value = Numbers> {
    let steps =
        proptest::collection::vec(proptest::sample::select(&STEPS[..]).prop_map(number), 0..=2);
    (limit(), limit(), steps).prop_map(|(lower, upper, multiples)| Numbers {
        lower,
        upper,
        multiples,
    })
}

fn belongs(numbers: &Numbers, number: &Rational) -> bool {
    let above = |limit: &Limit| *number > limit.at || (*number == limit.at && !limit.exclusive);
    let below = |limit: &Limit| *number < limit.at || (*number == limit.at && !limit.exclusive);
    numbers.lower.as_ref().is_none_or(above)
        && numbers.upper.as_ref().is_none_or(below)
        && numbers
            .multiples
            .iter()
            .all(|step| number.is_multiple_of(step))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000.max(ProptestConfig::default().cases), ..ProptestConfig::default() })]

    /// Over quarters from -6 to 6 every number can be tried.
    #[test]
    fn agrees_with_trying_every_number(
        whole: bool,
        closed: bool,
        positives in proptest::collection::vec(some_numbers(), 0..3),
        negatives in proptest::collection::vec(some_numbers(), 0..5),
        excluded in proptest::collection::vec((-24_i64..=24).prop_map(quarter), 0..8),
    ) {
        let all = Numbers {
            lower: Some(Limit { at: quarter(-24), exclusive: false }),
            upper: Some(Limit { at: quarter(24), exclusive: false }),
            multiples: vec![quarter(1)],
        };
        let mut positives: Vec<&Numbers> = positives.iter().collect();
        if closed {
            positives.push(&all);
        }
        let negatives: Vec<&Numbers> = negatives.iter().collect();
        let fits = |number: &Rational| {
            number.is_whole() == whole
                && positives.iter().all(|one| belongs(one, number))
                && !negatives.iter().any(|one| belongs(one, number))
                && !excluded.contains(number)
        };
        let tried = (-24..=24).map(quarter).any(|number| fits(&number));
        let mut ask = Alone(Arena::default(), 0);
        match numbers(whole, &positives, &negatives, &excluded, &mut ask) {
            Outcome::Empty => prop_assert!(!tried),
            Outcome::Model(Value::Number(number)) => {
                prop_assert!(fits(&number), "{}", number);
                prop_assert!(number.places().is_some());
                prop_assert!(tried || !closed);
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }
}
