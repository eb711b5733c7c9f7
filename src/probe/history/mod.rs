//! What earlier runs saw: `.contract/probes/history/<environment>.jsonl`, a line for each shape and each run.
//!
//! Lines may stand in any order, so that two branches that both have appended merge by keeping both sides.

mod baseline;
mod read;
mod record;
#[cfg(test)]
mod tests;
mod trend;
mod weeks;

pub use baseline::Baseline;
pub use read::Fault;
pub use record::{Pin, Run, Seen, Sighted, Told};
pub use trend::{FirstSeen, Point, Trend, trends};

use std::collections::BTreeSet;

/// The history of one environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// What answers looked like: of one run, or of the runs of a week.
    pub seen: Vec<Seen>,
    /// The runs.
    pub runs: Vec<Run>,
    /// Which runs were made baselines.
    pub pins: Vec<Pin>,
}

impl History {
    /// The runs, the earliest first.
    #[must_use]
    pub fn ordered(&self) -> Vec<&Run> {
        let mut runs: Vec<&Run> = self.runs.iter().collect();
        runs.sort_by(|one, other| (one.date, &one.run).cmp(&(other.date, &other.run)));
        runs
    }

    /// The file's text: by days, then runs, shapes, and baselines.
    ///
    /// # Panics
    /// Never: everything in it can be written as JSON.
    #[must_use]
    pub fn text(&self) -> String {
        let line = |value: serde_json::Result<String>| {
            let mut text = value.expect("texts, numbers, and maps by text can be written");
            text.push('\n');
            text
        };
        let runs = self.runs.iter().map(|run| {
            let key = (run.date, 0, BTreeSet::from([&run.run]), None);
            (key, line(serde_json::to_string(run)))
        });
        let seen = self.seen.iter().map(|seen| {
            let key = (seen.to, 1, seen.runs.iter().collect(), Some(&seen.shape.of));
            (key, line(serde_json::to_string(seen)))
        });
        let pins = self.pins.iter().map(|pin| {
            let key = (pin.date, 2, BTreeSet::from([&pin.run]), None);
            (key, line(serde_json::to_string(pin)))
        });
        let mut lines: Vec<_> = runs.chain(seen).chain(pins).collect();
        lines.sort();
        lines.into_iter().map(|(_, line)| line).collect()
    }

    /// The lines that a run adds at the end of the file: `bytes` is what the file has now.
    ///
    /// # Errors
    /// What is wrong with the file, or would be: a run that is there already.
    pub fn append(bytes: &[u8], run: Run, seen: Vec<Seen>) -> Result<String, Vec<Fault>> {
        Self::read(bytes)?;
        let more = Self {
            seen,
            runs: vec![run],
            pins: Vec::new(),
        };
        Self::extended(bytes, &more)
    }

    /// The text of the file after a run was made the baseline.
    ///
    /// # Errors
    /// What is wrong with the file, or would be: a run that is not in it.
    pub fn pin(bytes: &[u8], pin: Pin) -> Result<String, Vec<Fault>> {
        Self::read(bytes)?;
        let more = Self {
            pins: vec![pin],
            ..Self::default()
        };
        Self::extended(bytes, &more)
    }

    fn extended(bytes: &[u8], more: &Self) -> Result<String, Vec<Fault>> {
        let mut text = String::from_utf8_lossy(bytes).into_owned();
        text.push_str(&more.text());
        Self::read(text.as_bytes()).map(|_| text)
    }
}
