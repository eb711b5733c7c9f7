//! Runs merged to weeks, so that the file stays small.

use super::{History, Seen};
use crate::probe::drift::Key;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

impl History {
    /// Adds up the shapes of each week that was over by a day, week by week. Runs and baselines stay, and so do the shapes of runs
    /// that are baselines.
    #[must_use]
    pub fn merged(self, before: Date) -> Self {
        let pinned: BTreeSet<&String> = self.pins.iter().map(|pin| &pin.run).collect();
        let this_week = week(before);
        let mut weeks: BTreeMap<((i16, i8), bool, Key), Seen> = BTreeMap::new();
        let mut kept = Vec::new();
        for seen in self.seen {
            let held = seen.runs.iter().any(|run| pinned.contains(run));
            if held || week(seen.from) >= this_week || week(seen.from) != week(seen.to) {
                kept.push(seen);
                continue;
            }
            let key = (week(seen.from), seen.clean, seen.shape.of.clone());
            let sum = match weeks.remove(&key) {
                Some(sum) => sum.and(seen),
                None => seen,
            };
            weeks.insert(key, sum);
        }
        kept.extend(weeks.into_values());
        Self {
            seen: kept,
            runs: self.runs,
            pins: self.pins,
        }
    }
}

/// The week of ISO 8601.
fn week(date: Date) -> (i16, i8) {
    let week = date.iso_week_date();
    (week.year(), week.week())
}
