//! How far a deprecation is on a day.

use crate::policy::files::{Record, Sunset};
use crate::policy::lifecycle::plus;
use jiff::civil::Date;

/// How far a deprecation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Its sunset passed so long ago that it should be gone.
    Overdue,
    /// Its sunset has come, and it may go.
    Removable,
    /// Its window is open.
    Active,
    /// It begins on a day to come.
    Scheduled,
    /// Nobody said when it may go.
    WithoutSunset,
    /// It was there before there was a policy, and nobody said when it may go.
    Grandfathered,
    /// The contract has no such element any more; only the ledger speaks of it.
    Gone,
}

impl Stage {
    /// All, the most urgent first.
    pub const ALL: [Self; 7] = [
        Self::Overdue,
        Self::Removable,
        Self::Active,
        Self::Scheduled,
        Self::WithoutSunset,
        Self::Grandfathered,
        Self::Gone,
    ];

    /// The word used in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Removable => "removable",
            Self::Active => "active",
            Self::Scheduled => "scheduled",
            Self::WithoutSunset => "no sunset",
            Self::Grandfathered => "grandfathered",
            Self::Gone => "gone",
        }
    }

    /// The stage of a record on a day; it is overdue when it has been removable for more than `overdue_after` days.
    #[must_use]
    pub fn of(record: &Record, grandfathered: bool, today: Date, overdue_after: u32) -> Self {
        match record.sunset {
            Sunset::Unset if grandfathered => Self::Grandfathered,
            Sunset::Unset => Self::WithoutSunset,
            Sunset::On(_) if record.since.is_some_and(|since| today < since) => Self::Scheduled,
            Sunset::On(sunset) if today < sunset => Self::Active,
            Sunset::On(sunset) if today <= plus(sunset, overdue_after) => Self::Removable,
            Sunset::On(_) => Self::Overdue,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn stages_change_on_their_days() {
        let record = |sunset| Record {
            since: Some(date(2026, 3, 1)),
            sunset,
            ..Record::default()
        };
        let dated = record(Sunset::On(date(2026, 6, 1)));
        for (today, stage) in [
            (date(2026, 2, 28), Stage::Scheduled),
            (date(2026, 3, 1), Stage::Active),
            (date(2026, 5, 31), Stage::Active),
            (date(2026, 6, 1), Stage::Removable),
            (date(2026, 7, 1), Stage::Removable),
            (date(2026, 7, 2), Stage::Overdue),
        ] {
            assert_eq!(Stage::of(&dated, false, today, 30), stage, "{today}");
        }
        let unset = record(Sunset::Unset);
        let today = date(2026, 7, 1);
        assert_eq!(Stage::of(&unset, true, today, 30), Stage::Grandfathered);
        assert_eq!(Stage::of(&unset, false, today, 30), Stage::WithoutSunset);
    }
}
