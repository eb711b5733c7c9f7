//! Shares with the doubt that their sample leaves.

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// So many.
    pub count: u64,
    /// Of so many.
    pub of: u64,
}

/// The quantile of the normal distribution for 95 % in the middle.
const Z: f64 = 1.959_963_984_540_054;

impl Rate {
    /// So many of so many; more than all are all.
    #[must_use]
    pub const fn new(count: u64, of: u64) -> Self {
        let count = if count > of { of } else { count };
        Self { count, of }
    }

    /// The share, between 0 and 1; of nothing, 0.
    #[must_use]
    pub fn share(self) -> f64 {
        if self.of == 0 {
            0.0
        } else {
            float(self.count) / float(self.of)
        }
    }

    /// The share in whole points of a hundred, rounded.
    #[must_use]
    pub fn percent(self) -> u64 {
        let (count, of) = (u128::from(self.count), u128::from(self.of));
        let rounded = (count * 200 + of).checked_div(of * 2).unwrap_or_default();
        u64::try_from(rounded).unwrap_or(100)
    }

    /// Whether it is all of them.
    #[must_use]
    pub const fn is_all(self) -> bool {
        self.of > 0 && self.count == self.of
    }

    /// Where the true share lies with a probability of 95 % (Wilson's score interval); without a sample, anywhere.
    #[must_use]
    pub fn interval(self) -> (f64, f64) {
        if self.of == 0 {
            return (0.0, 1.0);
        }
        let (n, p) = (float(self.of), self.share());
        let denominator = 1.0 + Z * Z / n;
        let center = (p + Z * Z / (2.0 * n)) / denominator;
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / denominator;
        // At the ends the formula is exact, floats are not.
        let low = if self.count == 0 { 0.0 } else { center - half };
        let high = if self.is_all() { 1.0 } else { center + half };
        (low.max(0.0), high.min(1.0))
    }

    /// Whether the true shares differ, as far as the samples tell: the intervals do not overlap.
    #[must_use]
    pub fn differs_from(self, other: Self) -> bool {
        let ((low, high), (other_low, other_high)) = (self.interval(), other.interval());
        low > other_high || high < other_low
    }

    /// By how many points of a hundred the other share is lower.
    #[must_use]
    pub fn points_above(self, other: Self) -> f64 {
        (self.share() - other.share()) * 100.0
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "beyond 2^53 samples a share is exact enough"
)]
const fn float(count: u64) -> f64 {
    count as f64
}

impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {}", self.count, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn intervals_are_wilson_s() {
        // Published figures, four places.
        let table = [
            ((0, 1), (0.0, 0.7935)),
            ((1, 1), (0.2065, 1.0)),
            ((0, 20), (0.0, 0.1611)),
            ((20, 20), (0.8389, 1.0)),
            ((8, 10), (0.4902, 0.9433)),
            ((81, 263), (0.2553, 0.3662)),
        ];
        for ((count, of), (low, high)) in table {
            let (found_low, found_high) = Rate::new(count, of).interval();
            assert!((found_low - low).abs() < 5e-5, "{count}/{of}: {found_low}");
            assert!(
                (found_high - high).abs() < 5e-5,
                "{count}/{of}: {found_high}"
            );
        }
    }

    #[test]
    fn one_sample_never_tells_a_difference() {
        assert!(!Rate::new(1, 1).differs_from(Rate::new(0, 1)));
        assert!(!Rate::new(0, 0).differs_from(Rate::new(1000, 1000)));
        assert!(!Rate::new(3, 3).differs_from(Rate::new(0, 3)));
        assert!(Rate::new(4, 4).differs_from(Rate::new(0, 4)));
        assert!(Rate::new(20, 20).differs_from(Rate::new(0, 20)));
    }

    #[test]
    fn points_are_rounded() {
        for ((count, of), percent) in [((1, 3), 33), ((2, 3), 67), ((0, 0), 0), ((5, 5), 100)] {
            assert_eq!(Rate::new(count, of).percent(), percent);
        }
    }

    proptest! {
        #[test]
        fn the_share_lies_inside_its_interval(count in 0_u64..10_000, more in 0_u64..10_000) {
            let rate = Rate::new(count, count + more);
            let (low, high) = rate.interval();
            prop_assert!(0.0 <= low && high <= 1.0);
            prop_assert!(rate.of == 0 || (low <= rate.share() && rate.share() <= high));
            prop_assert!(!rate.differs_from(rate));
        }
    }
}
