//! The numbers strictly between two neighbouring limits.

use super::span::Span;
use crate::inclusion::{Reason, number::Rational};
use num_bigint::BigInt;

/// How many neighbours of a lattice are tried before giving up. As many consecutive ones are left out by lattices only
/// when thousands of these have no common factor.
const MOST_NEIGHBOURS: usize = 100_000;

/// An open interval; a missing end is infinite.
#[derive(Debug)]
pub(super) struct Gap<'a> {
    pub(super) above: Option<&'a Rational>,
    pub(super) below: Option<&'a Rational>,
}

impl Gap<'_> {
    /// How far it lies from nought, and whether below it.
    pub(super) fn distance(&self) -> (Rational, bool) {
        match (self.above, self.below) {
            (Some(above), _) if !above.is_negative() => (above.clone(), false),
            (_, Some(below)) if *below <= Rational::ZERO => (-below, true),
            _ => (Rational::ZERO, false),
        }
    }

    /// A number inside, a multiple of `step`, that belongs to none of the spans; each of them encloses the whole gap or
    /// nothing of it.
    pub(super) fn number(
        &self,
        step: Option<&Rational>,
        barred: &[Span],
    ) -> Result<Option<Rational>, Reason> {
        let mut lattices = Vec::new();
        for span in barred.iter().filter(|span| self.lies_in(span)) {
            match &span.step {
                None => return Ok(None),
                Some(step) => lattices.push(step),
            }
        }
        match step {
            None => Ok(Some(self.decimal(&lattices))),
            Some(step) => self.multiple(step, &lattices),
        }
    }

    fn lies_in(&self, span: &Span) -> bool {
        let low = span
            .lower
            .as_ref()
            .is_none_or(|limit| self.above.is_some_and(|above| limit.at <= *above));
        low && span
            .upper
            .as_ref()
            .is_none_or(|limit| self.below.is_some_and(|below| limit.at >= *below))
    }

    fn has(&self, number: &Rational) -> bool {
        self.above.is_none_or(|above| above < number)
            && self.below.is_none_or(|below| number < below)
    }

    /// A multiple of a number that is no multiple of others.
    fn multiple(
        &self,
        step: &Rational,
        lattices: &[&Rational],
    ) -> Result<Option<Rational>, Reason> {
        // In terms of the step: whole numbers, none of them a multiple of some whole numbers.
        let mut factors: Vec<Rational> = Vec::new();
        for lattice in lattices {
            let factor = step.common_multiple(lattice).over(step);
            factors.extend(factor.filter(|factor| !factors.contains(factor)));
        }
        if factors.contains(&Rational::ONE) {
            return Ok(None);
        }
        let bound = |end: Option<&Rational>| end.and_then(|end| end.over(step));
        let (above, below) = (bound(self.above), bound(self.below));
        let first = above.as_ref().map(|above| &above.floor() + &Rational::ONE);
        let last = below.as_ref().map(|below| &below.ceil() - &Rational::ONE);
        for times in neighbours(first, last).take(MOST_NEIGHBOURS) {
            let Some(times) = times else { return Ok(None) };
            if !factors.iter().any(|factor| times.is_multiple_of(factor)) {
                return Ok(Some(&times * step));
            }
        }
        Err(Reason("too many multiples to leave out".into()))
    }

    /// A finite decimal that is a multiple of none of some numbers: in a gap there always is one.
    fn decimal(&self, lattices: &[&Rational]) -> Rational {
        // An odd number over a power of ten with more twos than any of them has is a multiple of none.
        let twos = lattices
            .iter()
            .map(|lattice| lattice.denominator_factors().0)
            .max();
        let mut places = twos.map_or(0, |twos| twos + 1).max(self.needed_places());
        loop {
            let ten =
                Rational::from(BigInt::from(10).pow(u32::try_from(places).unwrap_or(u32::MAX)));
            let scaled = |end: Option<&Rational>| end.map(|end| end * &ten);
            let first = scaled(self.above)
                .map(|above| odd(&above.floor() + &Rational::ONE, &Rational::ONE));
            let last = scaled(self.below)
                .map(|below| odd(&below.ceil() - &Rational::ONE, &-&Rational::ONE));
            let nearest = match (first, last) {
                (Some(first), _) if !first.is_negative() => first,
                (_, Some(last)) if last.is_negative() => last,
                _ => Rational::ONE,
            };
            let found = nearest.over(&ten).filter(|number| self.has(number));
            if let Some(number) = found {
                return number;
            }
            places += 1;
        }
    }

    /// About how many digits behind the point a number in the gap needs, never too many by more than one.
    fn needed_places(&self) -> u64 {
        let (Some(above), Some(below)) = (self.above, self.below) else {
            return 0;
        };
        let width = (below - above).exact();
        let bits = width.denom().bits().saturating_sub(width.numer().bits());
        bits.saturating_sub(1) * 30_103 / 100_000
    }
}

/// This whole number, or its neighbour in a direction where it is even.
fn odd(number: Rational, direction: &Rational) -> Rational {
    if number.is_multiple_of(&Rational::from(2_i64)) {
        &number + direction
    } else {
        number
    }
}

/// Whole numbers from `first` to `last`, those near nought first, then `None` for ever.
fn neighbours(
    first: Option<Rational>,
    last: Option<Rational>,
) -> impl Iterator<Item = Option<Rational>> {
    let mut up = match &first {
        Some(first) if !first.is_negative() => first.clone(),
        _ => Rational::ZERO,
    };
    let mut down = -&Rational::ONE;
    if let Some(last) = last.as_ref().filter(|last| last.is_negative()) {
        down = last.clone();
    }
    let mut upwards = false;
    std::iter::from_fn(move || {
        let can_rise = last.as_ref().is_none_or(|last| up <= *last);
        let can_fall = first.as_ref().is_none_or(|first| down >= *first);
        upwards = can_rise && (!upwards || !can_fall);
        if upwards {
            let next = &up + &Rational::ONE;
            return Some(Some(std::mem::replace(&mut up, next)));
        }
        if !can_fall {
            return Some(None);
        }
        let next = &down - &Rational::ONE;
        Some(Some(std::mem::replace(&mut down, next)))
    })
}
