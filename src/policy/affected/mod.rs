//! Who is affected by a change, from what consumers declare to use. What is not known counts as used.

mod hurt;
mod operation;
mod paths;
mod strays;
#[cfg(test)]
mod tests;

pub use hurt::{Asked, Hurt, Known, Site, hurt};
pub use strays::{Stray, strays};

use crate::diff::labels_of;
use crate::policy::files::{OperationUsage, Usage};
use crate::spec::positional;
use crate::variance::Direction;
use operation::{called, received, schema};

/// Whether a consumer uses what changes; the greater counts where several are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Use {
    /// It is proved not to.
    NotUsed,
    /// Nobody knows, so it counts as used.
    Unknown,
    /// It does, or says nothing about what it uses.
    Uses,
}

impl Use {
    /// The word used in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotUsed => "not used",
            Self::Unknown => "unknown",
            Self::Uses => "uses",
        }
    }

    /// Whether the consumer counts as affected.
    #[must_use]
    pub const fn affects(self) -> bool {
        !matches!(self, Self::NotUsed)
    }
}

/// What a change does to its element, as far as consumers are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The element goes.
    Removed,
    /// Something new is there: wanted from whoever sends, or sent to whoever reads.
    Added,
    /// The element stays, and changes.
    Changed,
}

impl Kind {
    /// Rules that ask for something more, or send something more.
    const ADDED: [&str; 19] = [
        "enum-value-added",
        "extensible-enum-value-added",
        "property-added",
        "property-required-added",
        "property-became-required",
        "required-name-added",
        "pattern-property-added",
        "prefix-item-added",
        "parameter-added",
        "parameter-required-added",
        "parameter-became-required",
        "path-parameter-added",
        "request-body-added",
        "request-body-required-added",
        "request-body-became-required",
        "header-added",
        "header-became-required",
        "response-added",
        "error-response-added",
    ];

    /// What the changes that a rule finds do.
    #[must_use]
    pub fn of(rule: &str) -> Self {
        if Self::ADDED.contains(&rule) {
            Self::Added
        } else if rule.ends_with("-removed") {
            Self::Removed
        } else {
            Self::Changed
        }
    }
}

/// A change at one element, as far as it decides whom it affects.
#[derive(Clone, Copy, Debug)]
pub struct Affecting<'a> {
    /// The element's id.
    pub element: &'a str,
    /// The id of the rule that found it.
    pub rule: &'static str,
    /// What it does to the element.
    pub kind: Kind,
    /// Who writes the values there; `None` where nothing travels, or both do.
    pub direction: Option<Direction>,
}

/// Whether a consumer uses what changes. `usage` is what it declares about this contract; without one it uses everything.
#[must_use]
pub fn affected(usage: Option<&Usage>, change: &Affecting<'_>) -> Use {
    let Some(usage) = usage else {
        return Use::Uses;
    };
    match sought(usage, change) {
        Use::NotUsed if !usage.complete => Use::Unknown,
        found => found,
    }
}

/// What a usage that is complete says.
fn sought(usage: &Usage, change: &Affecting<'_>) -> Use {
    let labels = labels_of(change.element);
    let Some((top, rest)) = labels.split_first() else {
        return Use::Unknown;
    };
    let (kind, name) = top.split_once(':').unwrap_or((top, ""));
    match kind {
        "op" if !name.is_empty() => {
            let operation = positional(name);
            let listed = of_operation(usage, |listed| positional(listed) == operation);
            // What is called back is declared by itself.
            let back = rest
                .iter()
                .rposition(|label| label.starts_with("callback:"));
            match (listed, back) {
                (None, _) => Use::NotUsed,
                (Some(listed), None) => called(listed, change, rest),
                (Some(_), Some(at)) => of_operation(usage, |listed| listed == rest[at])
                    .map_or(Use::Unknown, |listed| {
                        received(listed, change, &rest[at + 1..])
                    }),
            }
        }
        "webhook" => of_operation(usage, |listed| listed == *top)
            .map_or(Use::Unknown, |listed| received(listed, change, rest)),
        "schema" => of_operation(usage, |listed| listed == *top)
            .map_or(Use::Unknown, |listed| schema(listed, change, rest)),
        // Whoever calls anything meets them.
        "security" | "server" | "contract" | "version" => {
            if usage.operations.is_empty() {
                Use::NotUsed
            } else {
                Use::Uses
            }
        }
        // Components, and whatever else there may be.
        _ => Use::Unknown,
    }
}

fn of_operation(usage: &Usage, is: impl Fn(&str) -> bool) -> Option<&OperationUsage> {
    let mut listed = usage.operations.iter();
    listed.find(|listed| is(&listed.operation))
}
