//! What changed from one version to the next, for whoever has to follow: sections, a migration guide, and the next version.

mod json;
mod markdown;
mod section;
mod version;

pub use version::{Semver, Step};

use super::{Compared, Version};
use crate::judge::Finding;
use crate::policy::files::Record;
use crate::spec::{Bundle, Level};
use crate::variance::Verdict;

/// A changelog of a run.
#[derive(Debug)]
pub struct Changelog<'b> {
    /// What the old side is.
    pub base: Version,
    /// What the new side is.
    pub head: Version,
    /// The date, `YYYY-MM-DD`.
    pub today: String,
    /// From which level on a version that moved too little fails; `None` is never.
    pub fail_on: Option<Level>,
    /// The contracts, in the order of their paths.
    pub chapters: Vec<Chapter<'b>>,
}

/// One contract.
#[derive(Debug)]
pub struct Chapter<'b> {
    /// What changed.
    pub compared: Compared<'b>,
    /// For each finding, the deprecation that announced it on the base.
    pub announced: Vec<Option<Record>>,
    /// How many days the policy wants between an announcement and the change; `None` without a policy.
    pub window: Option<u32>,
}

/// How a version moved, and how it had to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// `info.version` as published.
    pub old: Option<String>,
    /// As proposed.
    pub new: Option<String>,
    /// How far the changes ask it to move.
    pub needed: Step,
    /// How far it moved; `None` where that cannot be told.
    pub moved: Option<Step>,
    /// The next version, where the old one is a semantic version.
    pub recommended: Option<String>,
    /// How loud it is that it moved too little; `None` when it moved enough.
    pub level: Option<Level>,
    /// One sentence.
    pub message: String,
}

impl Changelog<'_> {
    /// Whether every version moved as far as `fail_on` wants.
    #[must_use]
    pub fn passes(&self) -> bool {
        let Some(limit) = self.fail_on else {
            return true;
        };
        let levels = self.chapters.iter().map(|chapter| chapter.movement().level);
        levels.flatten().all(|level| level < limit)
    }
}

impl Chapter<'_> {
    /// How the version of the contract moved.
    #[must_use]
    pub fn movement(&self) -> Movement {
        let version = |bundle: Option<&Bundle>| {
            let bundle = bundle?;
            let info = bundle.get(bundle.root(), "info")?;
            bundle.text(info, "version").map(str::to_owned)
        };
        let (old, new) = (version(self.compared.old), version(self.compared.new));
        let mut needed = Step::None;
        for finding in self.changes() {
            needed = needed.max(Step::asked(finding.verdict));
        }
        let both = self.compared.old.is_some() && self.compared.new.is_some();
        Movement::of(old, new, needed, both)
    }

    /// What is told: the version speaks for itself, and the policy elsewhere.
    fn changes(&self) -> impl Iterator<Item = &Finding> {
        let findings = self.compared.findings.iter();
        findings.filter(|finding| finding.rule.id != "version-changed")
    }

    /// What consumers have to follow, with the deprecation that announced it.
    fn migrations(&self) -> impl Iterator<Item = (&Finding, Option<&Record>)> {
        let announced = self.announced.iter().map(Option::as_ref);
        let all = self.compared.findings.iter().zip(announced);
        all.filter(|(finding, _)| breaks(finding))
    }
}

impl Movement {
    fn of(old: Option<String>, new: Option<String>, needed: Step, both: bool) -> Self {
        let mut movement = Self {
            needed,
            moved: None,
            recommended: None,
            level: None,
            message: String::new(),
            old,
            new,
        };
        let (Some(old), Some(new), true) = (&movement.old, &movement.new, both) else {
            movement.message = match (both, &movement.old, &movement.new) {
                (true, Some(old), None) => {
                    movement.level = Some(Level::Error);
                    format!("`info.version` is gone, formerly `{old}`")
                }
                (true, None, _) => format!("there was no version before: {}", asks(needed)),
                (true, Some(_), Some(_)) | (false, ..) => {
                    "the contract is on one side only, so its version has nothing to move from"
                        .to_owned()
                }
            };
            return movement;
        };
        let (Some(before), Some(after)) = (Semver::parse(old), Semver::parse(new)) else {
            let stands = old == new && needed > Step::None;
            movement.level = stands.then(|| loud(needed));
            movement.message = if stands {
                format!("`info.version` is still `{old}`: {}", asks(needed))
            } else {
                format!(
                    "`info.version` is `{new}`, formerly `{old}`: how far that is cannot be told, \
                     as not both are semantic versions; {}",
                    asks(needed)
                )
            };
            return movement;
        };
        let moved = if before == after {
            Some(Step::None)
        } else {
            before.step_to(&after)
        };
        let recommended = before.next(needed).to_string();
        movement.message = match moved {
            None => format!(
                "`info.version` went back to `{new}`, formerly `{old}`: write `{recommended}`"
            ),
            Some(moved) if moved < needed => {
                let still = if moved == Step::None {
                    format!("`info.version` is still `{old}`")
                } else {
                    format!(
                        "`info.version` is `{new}`, formerly `{old}`, a {} step",
                        moved.word()
                    )
                };
                format!("{still}: {}, so write `{recommended}`", asks(needed))
            }
            Some(Step::None) => format!("`info.version` is `{old}`, and nothing asks for another"),
            Some(moved) => format!(
                "`info.version` is `{new}`, formerly `{old}`, a {} step: {}",
                moved.word(),
                asks(needed)
            ),
        };
        movement.level = match moved {
            None => Some(Level::Error),
            Some(moved) => (moved < needed).then(|| loud(needed)),
        };
        movement.moved = moved;
        movement.recommended = Some(recommended);
        movement
    }
}

/// What a step that was not made is worth: what breaks or is new has to show, a correction should.
const fn loud(needed: Step) -> Level {
    match needed {
        Step::Major | Step::Minor => Level::Error,
        Step::None | Step::Patch => Level::Warning,
    }
}

fn asks(needed: Step) -> String {
    match needed {
        Step::None => "nothing changed that asks for one".to_owned(),
        Step::Patch | Step::Minor | Step::Major => {
            format!("the changes ask for a {} step", needed.word())
        }
    }
}

const fn breaks(finding: &Finding) -> bool {
    match finding.verdict {
        Verdict::Breaking | Verdict::Undecided => true,
        Verdict::Risky | Verdict::Additive | Verdict::Neutral => false,
    }
}

/// The window of a change, in a sentence.
fn window(chapter: &Chapter<'_>, record: Option<&Record>) -> String {
    let wanted = chapter.window.map_or_else(String::new, |days| {
        format!("; the policy asks for {days} days")
    });
    let Some(record) = record else {
        return format!("it was not announced{wanted}");
    };
    let since = record.since.map_or_else(
        || "deprecated".to_owned(),
        |since| format!("deprecated since {since}"),
    );
    match record.sunset.day() {
        Some(day) => format!("{since}, and announced to go from {day} on{wanted}"),
        None => format!("{since}, without a day on which it goes{wanted}"),
    }
}

/// How a changelog is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For people: a section of a CHANGELOG.md, and a migration guide. `all` tells neutral changes too.
    Markdown {
        /// Whether changes that nobody notices are told.
        all: bool,
    },
    /// For other tools.
    Json,
}

/// The changelog in one of its forms.
#[must_use]
pub fn changelog(changelog: &Changelog<'_>, form: Form) -> String {
    match form {
        Form::Markdown { all } => markdown::markdown(changelog, all),
        Form::Json => json::json(changelog),
    }
}
