//! The catalogue of rules, for people and for other tools.

mod example;
mod explain;
mod list;

pub use explain::{explain, nearest};
pub use list::rules;

use crate::diff::Reading;
use crate::rules::{Detect, Rule};
use crate::variance::{Direction, Effect, Verdict};

/// How the catalogue is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Listing {
    /// For a terminal.
    #[default]
    Text,
    /// For a page.
    Markdown,
    /// For other tools.
    Json,
}

/// The family a rule is listed with.
pub(super) const fn family(detect: Detect) -> &'static str {
    match detect {
        Detect::Document(_) => "Documents",
        Detect::Server(_) => "Servers",
        Detect::Scheme(_) => "Security schemes",
        Detect::Operation(_) => "Operations, webhooks, and callbacks",
        Detect::Parameter(_) => "Parameters",
        Detect::Body(_) => "Request bodies",
        Detect::Media(_) => "Media types",
        Detect::Encoding(_) => "Form members",
        Detect::Response(_) => "Responses",
        Detect::Header(_) => "Headers",
        Detect::Link(_) => "Links",
        Detect::Component(_) => "Components that no operation uses",
        Detect::Schema(_) | Detect::Hint(_) | Detect::Proved => "Schemas",
        Detect::Branches(_) => "Branches of anyOf and oneOf",
        Detect::Raised => "Contracts",
        Detect::Diagnostic => "What is wrong with one document",
        Detect::Governed => "Governance",
    }
}

/// The first line of a rule's docs.
pub(super) fn title(rule: &Rule) -> &'static str {
    rule.docs.lines().next().unwrap_or_default()
}

/// The paragraphs after the title, each on one line.
pub(super) fn paragraphs(rule: &Rule) -> Vec<String> {
    let rest = rule.docs.split_once('\n').map_or("", |(_, rest)| rest);
    rest.split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|paragraph| !paragraph.is_empty())
        .collect()
}

/// What to do instead, on one line: in the last paragraph, what begins a line of its own after whom the edit hurts.
pub(super) fn advice(rule: &Rule) -> String {
    let last = rule.docs.trim_end().rsplit("\n\n").next();
    let lines: Vec<&str> = last.unwrap_or_default().lines().collect();
    let begins = lines.windows(2).position(|pair| pair[0].ends_with('.'));
    lines[begins.map_or(0, |before| before + 1)..].join(" ")
}

/// What an edit means in each direction; `None` for what is no edit.
pub(super) fn verdicts(rule: &Rule, reading: Reading) -> Option<[(Direction, Verdict); 2]> {
    match rule.detect {
        Detect::Diagnostic | Detect::Governed => None,
        _ => Some(
            Direction::ALL
                .map(|direction| (direction, rule.verdict(rule.effect, direction, reading))),
        ),
    }
}

/// What stands where a verdict would, for a rule that is about no edit.
const fn instead(detect: Detect) -> &'static str {
    if matches!(detect, Detect::Governed) {
        "None by itself: `contract check` says how loud it is by the state of the repository, and the policy may say otherwise."
    } else {
        "An error when the new version brings it; a warning when the old one had it too."
    }
}

/// Where values travel in a direction.
const fn travels(direction: Direction) -> &'static str {
    match direction {
        Direction::Input => "where consumers write (input)",
        Direction::Output => "where consumers read (output)",
    }
}

/// The word for machines.
const fn effect_word(effect: Effect) -> &'static str {
    match effect {
        Effect::Narrows => "narrows",
        Effect::Widens => "widens",
        Effect::Shifts => "shifts",
        Effect::Removes => "removes",
        Effect::Adds => "adds",
        Effect::Alters => "alters",
        Effect::Obscures => "obscures",
        Effect::Annotates => "annotates",
    }
}

/// What the effect does, for people.
const fn effect_sentence(effect: Effect) -> &'static str {
    match effect {
        Effect::Narrows => "Fewer values are allowed than before.",
        Effect::Widens => "More values are allowed than before.",
        Effect::Shifts => "Some values are no longer allowed, and others now are.",
        Effect::Removes => {
            "Something declared is gone, and someone may use it, whichever way it travels."
        }
        Effect::Adds => "Something new is there that nobody has to use.",
        Effect::Alters => "The same values are allowed, and the behaviour may differ.",
        Effect::Obscures => "The edit alone does not tell whether values were lost or gained.",
        Effect::Annotates => "Only words changed; the same values are allowed.",
    }
}
