//! Draws numbers: limits and their neighbours, multiples, and what lies between.

use super::{
    breaks::{Break, NumberBreak},
    draw::Drawing,
    goal::Goal,
};
use crate::inclusion::{number::Rational, schema::Limit, value::Value};
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, Zero as _};

/// What a number has to be.
#[derive(Default)]
struct Range<'a> {
    lower: Vec<Limit>,
    upper: Vec<Limit>,
    multiples: Vec<&'a Rational>,
    no_multiples: Vec<&'a Rational>,
}

impl Range<'_> {
    fn holds(&self, number: &BigRational, whole: bool) -> bool {
        let number = Rational::from(number.clone());
        number.is_whole() == whole
            && self
                .lower
                .iter()
                .all(|limit| number > limit.at || (!limit.exclusive && number == limit.at))
            && self
                .upper
                .iter()
                .all(|limit| number < limit.at || (!limit.exclusive && number == limit.at))
            && self
                .multiples
                .iter()
                .all(|multiple| number.is_multiple_of(multiple))
            && !self
                .no_multiples
                .iter()
                .any(|multiple| number.is_multiple_of(multiple))
    }

    /// The smallest number that every number has to be a multiple of.
    fn step(&self, whole: bool) -> Option<BigRational> {
        let mut step = whole.then(BigRational::one);
        for multiple in &self.multiples {
            let multiple = multiple.exact().abs();
            step = Some(match step {
                None => multiple,
                Some(step) => BigRational::new(
                    step.numer().lcm(multiple.numer()),
                    step.denom().gcd(multiple.denom()),
                ),
            });
        }
        step.filter(|step| !step.is_zero())
    }
}

impl<'a> Drawing<'a> {
    pub(super) fn number(&mut self, goal: &Goal<'a>, whole: bool) -> Option<Value> {
        let range = range(goal);
        let step = range.step(whole);
        let mut candidates = Vec::new();
        for anchor in self.anchors(&range) {
            match &step {
                Some(step) => on_lattice(&anchor, step, &mut candidates),
                None => around(&anchor, &mut candidates),
            }
        }
        self.spend(candidates.len() as u64)?;
        candidates.retain(|number| range.holds(number, whole));
        let number = self.random.of(&candidates)?.clone();
        Some(Value::Number(number.into()))
    }

    fn anchors(&mut self, range: &Range<'a>) -> Vec<BigRational> {
        let limits = range.lower.iter().chain(&range.upper);
        let mut anchors: Vec<BigRational> = limits.map(|limit| limit.at.exact().clone()).collect();
        if let (Some(lower), Some(upper)) = (range.lower.first(), range.upper.first()) {
            anchors.push((lower.at.exact() + upper.at.exact()) / BigInt::from(2));
        }
        let multiples = range.no_multiples.iter();
        anchors.extend(multiples.map(|multiple| multiple.exact() / BigInt::from(2)));
        for _ in 0..2 {
            let pool = self.pool;
            anchors.extend(
                self.random
                    .of(&pool.numbers)
                    .map(|number| number.exact().clone()),
            );
        }
        if anchors.len() < 3 || self.random.once_in(4) {
            anchors.push(BigRational::zero());
            anchors.push(BigRational::from_integer(self.random.below(1_000).into()));
        }
        anchors
    }
}

fn range<'a>(goal: &Goal<'a>) -> Range<'a> {
    let mut range = Range::default();
    for record in &goal.records {
        range.lower.extend(record.numbers.lower.clone());
        range.upper.extend(record.numbers.upper.clone());
        range.multiples.extend(&record.numbers.multiples);
    }
    for broken in &goal.breaks {
        let Break::Number(broken) = broken else {
            continue;
        };
        match broken {
            NumberBreak::TooLow(limit) => range.upper.push(beyond(limit)),
            NumberBreak::TooHigh(limit) => range.lower.push(beyond(limit)),
            NumberBreak::NoMultiple(multiple) => range.no_multiples.push(multiple),
        }
    }
    range
}

fn beyond(limit: &Limit) -> Limit {
    Limit {
        at: limit.at.clone(),
        exclusive: !limit.exclusive,
    }
}

/// Multiples of a step next to a number.
fn on_lattice(anchor: &BigRational, step: &BigRational, candidates: &mut Vec<BigRational>) {
    let below = (anchor / step).floor();
    for offset in [-2_i64, -1, 0, 1, 2, 3] {
        candidates.push((&below + BigInt::from(offset)) * step);
    }
}

/// A number and its neighbours.
fn around(anchor: &BigRational, candidates: &mut Vec<BigRational>) {
    candidates.push(anchor.clone());
    for (offset, scale) in [(1_i64, 1_i64), (1, 2), (1, 10), (1, 1_000)] {
        let offset = BigRational::new(offset.into(), scale.into());
        candidates.push(anchor + &offset);
        candidates.push(anchor - &offset);
    }
}
