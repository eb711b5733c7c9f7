//! What is deprecated, told: a table and a timeline, Markdown, or JSON.

mod json;
mod markdown;
mod text;

use super::{Version, catalogue::Listing, text::Look};
use crate::policy::deprecations::{Deprecation, Stage};
use jiff::civil::Date;

/// What is deprecated in one tree on a day.
#[derive(Clone, Debug)]
pub struct Deprecations<'d> {
    /// The day.
    pub today: Date,
    /// The tree.
    pub version: Version,
    /// How many contracts were looked at.
    pub contracts: usize,
    /// What is deprecated, the most urgent first.
    pub list: &'d [Deprecation],
    /// Within how many days something has to be gone, if that was asked.
    pub due: Option<u32>,
}

impl Deprecations<'_> {
    /// The numbers, from 1, of what is due.
    #[must_use]
    pub fn due(&self) -> Vec<usize> {
        let Some(days) = self.due else {
            return Vec::new();
        };
        let numbered = self.list.iter().enumerate();
        let due = numbered.filter(|(_, one)| one.is_due(days));
        due.map(|(index, _)| index + 1).collect()
    }

    /// How many of each stage, without those that there are none of.
    fn counts(&self) -> Vec<(Stage, usize)> {
        let count = |stage: Stage| self.list.iter().filter(|it| it.stage == stage).count();
        let counts = Stage::ALL.into_iter().map(|stage| (stage, count(stage)));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// `4 deprecations in the working tree on 2026-11-21: 1 overdue, 3 active`, without what says too much of nothing.
    fn heading(&self) -> String {
        let place = place(&self.version);
        let in_contracts = counted(self.contracts, "contract");
        if self.list.is_empty() {
            return format!(
                "nothing is deprecated in {place} on {} ({in_contracts})",
                self.today
            );
        }
        let counts: Vec<String> = self
            .counts()
            .into_iter()
            .map(|(stage, count)| format!("{count} {}", stage.word()))
            .collect();
        format!(
            "{} in {place} on {}: {}",
            counted(self.list.len(), "deprecation"),
            self.today,
            counts.join(", ")
        )
    }

    /// What is due, in one line.
    fn due_line(&self) -> Option<String> {
        let days = self.due?;
        let within = counted(usize::try_from(days).unwrap_or(usize::MAX), "day");
        let due = self.due();
        if due.is_empty() {
            return Some(format!("nothing is due within {within}"));
        }
        let numbers: Vec<String> = due.iter().map(usize::to_string).collect();
        Some(format!(
            "{} due within {within}: {}",
            due.len(),
            numbers.join(", ")
        ))
    }
}

fn place(version: &Version) -> String {
    match &version.commit {
        Some(_) => format!("commit {}", version.label),
        None => format!("the {}", version.label),
    }
}

pub(super) fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}

/// The users in one line; of those who only may use it, that is said.
fn users(one: &Deprecation) -> String {
    let named: Vec<String> = one
        .users
        .iter()
        .map(|(consumer, uses)| {
            if *uses == crate::policy::affected::Use::Uses {
                consumer.clone()
            } else {
                format!("{consumer} (may)")
            }
        })
        .collect();
    if named.is_empty() {
        "nobody known".to_owned()
    } else {
        named.join(", ")
    }
}

/// The list in one of its forms.
#[must_use]
pub fn deprecations(listing: Listing, told: &Deprecations<'_>, look: Look) -> String {
    match listing {
        Listing::Text => text::text(told, look),
        Listing::Markdown => markdown::markdown(told),
        Listing::Json => json::json(told),
    }
}
