//! How long answers took, in fixed buckets: they add up over weeks, where percentiles would not.

use super::wilson::Rate;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, time::Duration};

/// Upper bounds of the buckets, in milliseconds; what is slower is in one more.
pub const BOUNDS: [u64; 15] = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000,
];

/// How many answers took how long, by the bucket's position in [`BOUNDS`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Histogram(BTreeMap<u8, u64>);

impl Histogram {
    /// No answer.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// One answer.
    #[must_use]
    pub fn one(time: Duration) -> Self {
        let within = BOUNDS
            .iter()
            .position(|bound| time <= Duration::from_millis(*bound));
        let bucket = u8::try_from(within.unwrap_or(BOUNDS.len())).unwrap_or(u8::MAX);
        Self(BTreeMap::from([(bucket, 1)]))
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        super::field::add(&mut self.0, other.0);
        self
    }

    /// Whether every bucket is one of those there are.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.0
            .keys()
            .all(|bucket| usize::from(*bucket) <= BOUNDS.len())
    }

    /// How many answers there were.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0
            .values()
            .fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// No answer so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.total() == 0
    }

    /// The bucket in which this many of a hundred answers are done.
    #[must_use]
    pub fn percentile(&self, percent: u64) -> Option<u8> {
        let total = u128::from(self.total());
        let mut done = 0_u128;
        let reached = |done: u128| done * 100 >= total * u128::from(percent);
        self.0.iter().find_map(|(bucket, count)| {
            done += u128::from(*count);
            (*count > 0 && reached(done)).then_some(*bucket)
        })
    }

    /// The upper bound of a percentile's bucket; of the slowest the last bound.
    #[must_use]
    pub fn bound(&self, percent: u64) -> Option<Duration> {
        let bucket = usize::from(self.percentile(percent)?).min(BOUNDS.len() - 1);
        Some(Duration::from_millis(BOUNDS[bucket]))
    }

    /// How many answers were slower than a bucket.
    #[must_use]
    pub fn slower_than(&self, bucket: u8) -> Rate {
        let slower = self.0.range(bucket.saturating_add(1)..);
        let count = slower.fold(0_u64, |sum, (_, count)| sum.saturating_add(*count));
        Rate::new(count, self.total())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_the_bounds_of_their_buckets() {
        let mut all = Histogram::default();
        assert_eq!(all.bound(95), None);
        for time in [3, 3, 3, 3, 3, 3, 3, 3, 3, 90_000] {
            all = all.and(Histogram::one(Duration::from_millis(time)));
        }
        assert_eq!(all.total(), 10);
        assert_eq!(all.bound(50), Some(Duration::from_millis(5)));
        assert_eq!(all.bound(90), Some(Duration::from_millis(5)));
        assert_eq!(all.bound(95), Some(Duration::from_mins(1)));
        assert_eq!(all.slower_than(2), Rate::new(1, 10));
        assert_eq!(
            Histogram::one(Duration::from_millis(5)).percentile(1),
            Some(2)
        );
        assert_eq!(
            Histogram::one(Duration::from_micros(5_001)).percentile(1),
            Some(3)
        );
    }
}
