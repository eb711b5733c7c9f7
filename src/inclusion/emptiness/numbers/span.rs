//! An interval of a lattice: what one record, or several at once, say about numbers.

use crate::inclusion::{
    number::Rational,
    schema::{Limit, Numbers},
};

/// Numbers between two limits that are multiples of `step`, where there is one.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub(super) lower: Option<Limit>,
    pub(super) upper: Option<Limit>,
    /// Above zero, a finite decimal.
    pub(super) step: Option<Rational>,
}

impl Span {
    /// What all of these records say.
    pub(super) fn of(records: &[&Numbers]) -> Self {
        let mut span = Self {
            lower: None,
            upper: None,
            step: None,
        };
        for record in records {
            span.lower_also(record.lower.as_ref());
            span.upper_also(record.upper.as_ref());
            for step in &record.multiples {
                span.step_also(step);
            }
        }
        span
    }

    /// Every number without a fraction.
    pub(super) fn whole_numbers() -> Self {
        Self {
            lower: None,
            upper: None,
            step: Some(Rational::ONE),
        }
    }

    /// Multiples of this number only; one that is not above zero says nothing.
    pub(super) fn step_also(&mut self, step: &Rational) {
        if *step <= Rational::ZERO {
            return;
        }
        // JSON can write finite decimals only, so multiples of a third are multiples of one.
        let step = step.decimal_multiple();
        self.step = Some(match &self.step {
            None => step,
            Some(known) => known.common_multiple(&step),
        });
    }

    fn lower_also(&mut self, limit: Option<&Limit>) {
        let Some(limit) = limit else { return };
        let tighter = self
            .lower
            .as_ref()
            .is_none_or(|known| limit.at > known.at || (limit.at == known.at && limit.exclusive));
        if tighter {
            self.lower = Some(limit.clone());
        }
    }

    fn upper_also(&mut self, limit: Option<&Limit>) {
        let Some(limit) = limit else { return };
        let tighter = self
            .upper
            .as_ref()
            .is_none_or(|known| limit.at < known.at || (limit.at == known.at && limit.exclusive));
        if tighter {
            self.upper = Some(limit.clone());
        }
    }

    /// Whether a number belongs.
    pub(super) fn holds(&self, number: &Rational) -> bool {
        self.encloses(number)
            && self
                .limits()
                .all(|limit| limit != number || !self.exclusive_at(limit))
            && self
                .step
                .as_ref()
                .is_none_or(|step| number.is_multiple_of(step))
    }

    fn exclusive_at(&self, number: &Rational) -> bool {
        let at = |limit: &Limit| limit.exclusive && limit.at == *number;
        self.lower.as_ref().is_some_and(at) || self.upper.as_ref().is_some_and(at)
    }

    /// Whether a number is not beyond the limits, which may be exclusive.
    pub(super) fn encloses(&self, number: &Rational) -> bool {
        self.lower.as_ref().is_none_or(|limit| limit.at <= *number)
            && self.upper.as_ref().is_none_or(|limit| limit.at >= *number)
    }

    /// Whether no number can lie between the limits.
    pub(super) fn is_void(&self) -> bool {
        crossed(self.lower.as_ref(), self.upper.as_ref())
    }

    /// Whether the intervals have a point in common.
    pub(super) fn meets(&self, other: &Self) -> bool {
        !crossed(self.lower.as_ref(), other.upper.as_ref())
            && !crossed(other.lower.as_ref(), self.upper.as_ref())
    }

    /// Whether every number of the other one belongs to this one, judged by limits and steps alone.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let (mut joint, mut steps) = (other.clone(), true);
        joint.lower_also(self.lower.as_ref());
        joint.upper_also(self.upper.as_ref());
        if let Some(step) = &self.step {
            steps = other
                .step
                .as_ref()
                .is_some_and(|other| other.is_multiple_of(step));
        }
        steps && joint.lower == other.lower && joint.upper == other.upper
    }

    /// The limits there are.
    pub(super) fn limits(&self) -> impl Iterator<Item = &Rational> {
        self.lower.iter().chain(&self.upper).map(|limit| &limit.at)
    }

    /// The multiple of the step at or below a number; without a step the number itself.
    pub(super) fn rounded(&self, number: &Rational) -> Rational {
        let times = self
            .step
            .as_ref()
            .and_then(|step| Some(&number.over(step)?.floor() * step));
        times.unwrap_or_else(|| number.clone())
    }
}

fn crossed(lower: Option<&Limit>, upper: Option<&Limit>) -> bool {
    let (Some(lower), Some(upper)) = (lower, upper) else {
        return false;
    };
    lower.at > upper.at || (lower.at == upper.at && (lower.exclusive || upper.exclusive))
}
