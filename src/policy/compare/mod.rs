//! Two states of what governs, compared: every difference, and whether it asks for less than before.
//!
//! A loosening takes effect only after it has landed, so it is told where it is proposed. What cannot be ranked counts as a
//! loosening. Everything is taken apart field by field, so that a new field does not compile before it has a rank.

mod contracts;
mod entry;
mod ledger;
mod overrides;
mod policy;
mod registry;
mod usage;

#[cfg(test)]
mod tests;

pub use entry::compare_entries;
pub use ledger::compare_ledgers;
pub use policy::compare;
pub use registry::compare_consumers;
pub use usage::compare_usage;

use super::files::Place;
use std::fmt::Display;

/// One difference between two states of a governance file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyChange {
    /// What differs, by its path with ids in place of positions: `windows.stable`, `contracts.orders.releases`,
    /// `consumers.mobile-app.tier`. A whole entry has the path of the entry.
    pub setting: String,
    /// How it was, as the file writes it; `none` for what was not there.
    pub before: String,
    /// How it is, likewise.
    pub after: String,
    /// Whether less is asked for than before.
    pub loosens: bool,
    /// Where head says so; `None` when it is head's silence.
    pub place: Option<Place>,
}

/// What a value that is not there is called.
const NONE: &str = "none";

/// Collects differences.
struct Differences {
    list: Vec<PolicyChange>,
}

impl Differences {
    fn new() -> Self {
        Self { list: Vec::new() }
    }

    /// Notes a difference that has been ranked already.
    fn put(
        &mut self,
        setting: impl Into<String>,
        before: impl Display,
        after: impl Display,
        loosens: bool,
        place: Option<Place>,
    ) {
        self.list.push(PolicyChange {
            setting: setting.into(),
            before: before.to_string(),
            after: after.to_string(),
            loosens,
            place,
        });
    }

    /// Notes the difference between two values, if there is one; `loosens` ranks them.
    fn value<T: PartialEq + Copy>(
        &mut self,
        setting: impl Into<String>,
        [before, after]: [T; 2],
        show: impl Fn(T) -> String,
        loosens: impl FnOnce(T, T) -> bool,
        place: Option<Place>,
    ) {
        if before != after {
            let loosens = loosens(before, after);
            self.put(setting, show(before), show(after), loosens, place);
        }
    }

    /// Notes what a list lost and gained, one by one.
    fn list(
        &mut self,
        setting: &str,
        [before, after]: [&[String]; 2],
        [losing, gaining]: [bool; 2],
        place: Option<Place>,
    ) {
        for gone in before.iter().filter(|name| !after.contains(name)) {
            self.put(setting, gone, NONE, losing, place);
        }
        for new in after.iter().filter(|name| !before.contains(name)) {
            self.put(setting, NONE, new, gaining, place);
        }
    }
}

fn shown<T: Display>(value: T) -> String {
    value.to_string()
}

fn text(text: Option<&str>) -> String {
    text.unwrap_or(NONE).to_owned()
}

fn never<T>(_: T, _: T) -> bool {
    false
}

fn always<T>(_: T, _: T) -> bool {
    true
}

fn lower<T: PartialOrd + Copy>(before: T, after: T) -> bool {
    after < before
}

fn higher<T: PartialOrd + Copy>(before: T, after: T) -> bool {
    after > before
}
