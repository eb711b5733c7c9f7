//! What a run is compared with.

use super::{History, Seen};
use crate::probe::drift::{Key, Shape, gather};
use std::collections::{BTreeMap, BTreeSet};

/// Shapes to compare with, and where they come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// The shapes.
    pub shapes: BTreeMap<Key, Shape>,
    /// The accepted run, if there is one.
    pub accepted: Option<String>,
    /// The runs of all shapes.
    pub runs: BTreeSet<String>,
}

impl Baseline {
    /// The p95 of an operation's answers, whatever their status.
    #[must_use]
    pub fn p95(&self, operation: &str) -> Option<std::time::Duration> {
        let shapes = self.shapes.values();
        let of_operation = shapes.filter(|shape| shape.of.operation == operation);
        let all = of_operation.map(|shape| shape.latency.clone());
        all.reduce(crate::probe::drift::Histogram::and)?.bound(95)
    }
}

impl History {
    /// The accepted run, with the last so many runs that had not drifted for what it did not see; without an accepted run, those
    /// alone. What has drifted becomes a baseline only by being accepted, else it would be told once and forgotten.
    #[must_use]
    pub fn baseline(&self, last: usize) -> Baseline {
        let mut pins: Vec<_> = self.pins.iter().collect();
        // Of two on one day, the later in the file.
        pins.sort_by_key(|pin| pin.date);
        let mut baseline = Baseline::default();
        if let Some(pin) = pins.last() {
            baseline.accepted = Some(pin.run.clone());
            for seen in self.seen.iter().filter(|seen| seen.runs.contains(&pin.run)) {
                baseline.runs.extend(seen.runs.iter().cloned());
                gather(&mut baseline.shapes, seen.shape.clone());
            }
        }
        let order: BTreeMap<&str, usize> = self
            .ordered()
            .into_iter()
            .enumerate()
            .map(|(place, run)| (run.run.as_str(), place))
            .collect();
        let mut by_key: BTreeMap<&Key, Vec<(usize, &Seen)>> = BTreeMap::new();
        for seen in self.seen.iter().filter(|seen| seen.clean) {
            if !baseline.shapes.contains_key(&seen.shape.of) {
                let latest = seen.runs.iter().filter_map(|run| order.get(run.as_str()));
                let latest = latest.max().copied().unwrap_or_default();
                by_key
                    .entry(&seen.shape.of)
                    .or_default()
                    .push((latest, seen));
            }
        }
        for mut all in by_key.into_values() {
            all.sort_by_key(|(latest, seen)| (*latest, seen.to));
            let mut runs = 0;
            for (_, seen) in all.into_iter().rev() {
                if runs >= last {
                    break;
                }
                runs += seen.runs.len();
                baseline.runs.extend(seen.runs.iter().cloned());
                gather(&mut baseline.shapes, seen.shape.clone());
            }
        }
        baseline
    }
}
