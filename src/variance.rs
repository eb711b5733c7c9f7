//! How one edit reads from each end of the wire: the whole theory of breaking on one page.

/// What an edit does to the set of values, or to the surface, that a contract describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Fewer values than before.
    Narrows,
    /// More values than before.
    Widens,
    /// Some values lost, others gained.
    Shifts,
    /// A declared element is gone: someone may use it, whichever way it travels.
    Removes,
    /// A new element that nobody has to use.
    Adds,
    /// The values agree, the behaviour may differ.
    Alters,
    /// The edit alone does not tell whether values were lost or gained.
    Obscures,
    /// Words only; the values stay the same.
    Annotates,
}

/// Which way values travel on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Consumer writes, provider reads: contravariant.
    Input,
    /// Provider writes, consumer reads: covariant.
    Output,
}

impl Direction {
    /// Both directions, for tables and tests.
    pub const ALL: [Self; 2] = [Self::Input, Self::Output];

    /// Callbacks and webhooks turn the wire round.
    #[must_use]
    pub const fn flip(self) -> Self {
        match self {
            Self::Input => Self::Output,
            Self::Output => Self::Input,
        }
    }

    /// The word used in reports and policies.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Output => "output",
        }
    }
}

/// How a subschema bears on the values of the schema around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// More values inside are more values outside.
    Positive,
    /// Under `not`: more values inside are fewer outside.
    Negative,
    /// Under `if`, or counted by `maxContains`: no telling.
    Mixed,
}

impl Polarity {
    /// The polarity of a subschema of a subschema.
    #[must_use]
    pub const fn then(self, inner: Self) -> Self {
        match (self, inner) {
            (Self::Mixed, _) | (_, Self::Mixed) => Self::Mixed,
            (Self::Positive, inner) => inner,
            (Self::Negative, Self::Positive) => Self::Negative,
            (Self::Negative, Self::Negative) => Self::Positive,
        }
    }
}

/// What an edit means for consumers already in production, mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing on the wire changes.
    Neutral,
    /// Everything that worked still works.
    Additive,
    /// The values agree, but behaviour may shift.
    Risky,
    /// Neither proved safe nor shown to break; gates like a break.
    Undecided,
    /// Breaks a consumer that kept the contract.
    Breaking,
}

impl Verdict {
    /// Every verdict, worst first.
    pub const ALL: [Self; 5] = [
        Self::Breaking,
        Self::Undecided,
        Self::Risky,
        Self::Additive,
        Self::Neutral,
    ];

    /// The word used in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Undecided => "undecided",
            Self::Risky => "risky",
            Self::Additive => "additive",
            Self::Neutral => "neutral",
        }
    }
}

impl Effect {
    /// The effect outside of a subschema that stands under `polarity`.
    #[must_use]
    pub const fn under(self, polarity: Polarity) -> Self {
        match (polarity, self) {
            (Polarity::Positive, effect) => effect,
            (_, Self::Annotates) => Self::Annotates,
            (Polarity::Negative, Self::Narrows) => Self::Widens,
            (Polarity::Negative, Self::Widens) => Self::Narrows,
            (Polarity::Negative, Self::Shifts) => Self::Shifts,
            // An element under `not` or `if` is no promise; what its loss does to the values outside is open.
            (Polarity::Negative | Polarity::Mixed, _) => Self::Obscures,
        }
    }

    /// The verdict that variance alone gives.
    #[must_use]
    pub const fn verdict(self, direction: Direction) -> Verdict {
        use Direction::{Input, Output};
        match (self, direction) {
            (Self::Annotates, _) => Verdict::Neutral,
            (Self::Shifts | Self::Removes, _) | (Self::Narrows, Input) | (Self::Widens, Output) => {
                Verdict::Breaking
            }
            (Self::Adds, _) | (Self::Widens, Input) | (Self::Narrows, Output) => Verdict::Additive,
            (Self::Alters, _) => Verdict::Risky,
            (Self::Obscures, _) => Verdict::Undecided,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrowing_breaks_the_writer_and_a_widening_breaks_the_reader() {
        let table = [
            (Effect::Narrows, Verdict::Breaking, Verdict::Additive),
            (Effect::Widens, Verdict::Additive, Verdict::Breaking),
            (Effect::Shifts, Verdict::Breaking, Verdict::Breaking),
            (Effect::Removes, Verdict::Breaking, Verdict::Breaking),
            (Effect::Adds, Verdict::Additive, Verdict::Additive),
            (Effect::Alters, Verdict::Risky, Verdict::Risky),
            (Effect::Obscures, Verdict::Undecided, Verdict::Undecided),
            (Effect::Annotates, Verdict::Neutral, Verdict::Neutral),
        ];
        for (effect, input, output) in table {
            assert_eq!(effect.verdict(Direction::Input), input, "{effect:?}");
            assert_eq!(effect.verdict(Direction::Output), output, "{effect:?}");
        }
    }

    #[test]
    fn not_turns_an_effect_round_and_if_hides_it() {
        assert_eq!(Effect::Narrows.under(Polarity::Negative), Effect::Widens);
        assert_eq!(Effect::Widens.under(Polarity::Negative), Effect::Narrows);
        assert_eq!(Effect::Removes.under(Polarity::Negative), Effect::Obscures);
        assert_eq!(Effect::Widens.under(Polarity::Mixed), Effect::Obscures);
        assert_eq!(Effect::Annotates.under(Polarity::Mixed), Effect::Annotates);
        assert_eq!(
            Polarity::Negative.then(Polarity::Negative),
            Polarity::Positive
        );
        assert_eq!(Polarity::Mixed.then(Polarity::Negative), Polarity::Mixed);
    }
}
