//! Numbers that hold to some keywords and break others.
//!
//! A record's numbers are an interval of a lattice (the multiples of one number). What breaks it lies outside the interval
//! or off the lattice; so between two neighbouring limits every record is either broken already or leaves its lattice out,
//! and one piece after the other is decided exactly.

mod gaps;
mod span;
#[cfg(test)]
mod tests;

use super::{Ask, Outcome};
use crate::inclusion::{Reason, number::Rational, schema::Numbers, value::Value};
use gaps::Gap;
use span::Span;

/// As many checks of one number or one gap against one record cost a step.
const CHECKS_A_STEP: u64 = 256;

/// Limits beyond this count are not tried as witnesses first.
const PREFERRED_LIMITS: usize = 12;

/// A number (`whole`: an integer, else one with a fraction) that holds to every positive record, breaks a keyword of each
/// negative one, and is none of `excluded`.
pub(super) fn numbers(
    whole: bool,
    positives: &[&Numbers],
    negatives: &[&Numbers],
    excluded: &[Rational],
    ask: &mut dyn Ask,
) -> Outcome {
    let mut wanted = Span::of(positives);
    let mut barred: Vec<Span> = negatives.iter().map(|one| Span::of(&[one])).collect();
    if whole {
        wanted.step_also(&Rational::ONE);
    } else {
        barred.push(Span::whole_numbers());
    }
    barred.retain(|span| span.meets(&wanted));
    if wanted.is_void() || barred.iter().any(|span| span.covers(&wanted)) {
        return Outcome::Empty;
    }
    let question = Question {
        wanted,
        barred,
        excluded: excluded.to_vec(),
    };
    question.answer(ask)
}

struct Question {
    wanted: Span,
    barred: Vec<Span>,
    excluded: Vec<Rational>,
}

impl Question {
    fn answer(mut self, ask: &mut dyn Ask) -> Outcome {
        self.excluded.sort();
        self.excluded.dedup();
        if let Err(reason) = self.pay(ask, 1) {
            return Outcome::Unknown(reason);
        }
        let mut preferred = self.preferred().into_iter();
        if let Some(number) = preferred.find(|one| self.holds(one) && one.survives_double()) {
            return Outcome::Model(Value::Number(number));
        }
        let limits = self.limits();
        if let Err(reason) = self.pay(ask, limits.len() as u64 + 1) {
            return Outcome::Unknown(reason);
        }
        let point = limits.iter().filter(|limit| self.holds(limit));
        if let Some(number) = point.min_by_key(|number| (number.abs(), number.is_negative())) {
            return Outcome::Model(Value::Number(number.clone()));
        }
        self.between(&limits)
    }

    /// Takes the steps for holding this many numbers or gaps against every record.
    fn pay(&self, ask: &mut dyn Ask, times: u64) -> Result<(), Reason> {
        ask.spend(1 + times * self.barred.len() as u64 / CHECKS_A_STEP)
    }

    fn holds(&self, number: &Rational) -> bool {
        self.wanted.holds(number)
            && !self.barred.iter().any(|span| span.holds(number))
            && self.excluded.binary_search(number).is_err()
    }

    /// Every number at which some record begins or ends to matter, inside what is wanted, in order.
    fn limits(&self) -> Vec<Rational> {
        let spans = self.barred.iter().chain([&self.wanted]);
        let mut limits: Vec<Rational> = spans
            .flat_map(Span::limits)
            .chain(&self.excluded)
            .filter(|limit| self.wanted.encloses(limit))
            .cloned()
            .collect();
        limits.sort();
        limits.dedup();
        limits
    }

    /// The gaps between limits, those near nought first.
    fn between(&self, limits: &[Rational]) -> Outcome {
        let mut gaps: Vec<Gap> = Vec::with_capacity(limits.len() + 1);
        if self.wanted.lower.is_none() {
            gaps.push(Gap {
                above: None,
                below: limits.first(),
            });
        }
        gaps.extend(limits.windows(2).map(|pair| Gap {
            above: Some(&pair[0]),
            below: Some(&pair[1]),
        }));
        if self.wanted.upper.is_none() && !(limits.is_empty() && self.wanted.lower.is_none()) {
            gaps.push(Gap {
                above: limits.last(),
                below: None,
            });
        }
        gaps.sort_by_key(Gap::distance);
        let mut doubt = None;
        for gap in gaps {
            match gap.number(self.wanted.step.as_ref(), &self.barred) {
                Ok(Some(number)) => return Outcome::Model(Value::Number(number)),
                Ok(None) => {}
                Err(reason) => doubt = Some(reason),
            }
        }
        doubt.map_or(Outcome::Empty, Outcome::Unknown)
    }

    /// Numbers that people like to read, best first: nought, the limits and their neighbours, small ones.
    fn preferred(&self) -> Vec<Rational> {
        let one = self.wanted.step.clone().unwrap_or(Rational::ONE);
        let half = Rational::parse("0.5").unwrap_or(Rational::ONE);
        let mut list = vec![Rational::ZERO];
        let limits = self.wanted.limits().chain(
            self.barred
                .iter()
                .flat_map(Span::limits)
                .take(PREFERRED_LIMITS),
        );
        for limit in limits {
            let near = self.wanted.rounded(limit);
            list.extend([limit.clone(), &near + &one, &near - &one]);
            list.extend([near, limit + &half, limit - &half]);
        }
        for times in 1..=3_i64 {
            let number = &one * &Rational::from(times);
            list.extend([number.clone(), -&number, &number - &half]);
        }
        list
    }
}
