//! How loud a change is here: its verdict's level, unless the policy says otherwise.

use crate::judge::{Finding, Reach};
use crate::policy::files::{LevelOverride, element_matches};
use crate::spec::Level;
use crate::variance::{Direction, Verdict};

/// The level of a finding under the policy, and the reason where it is not the one of its verdict.
///
/// The last entry that applies wins. One for elements applies when it lowers the level only if it names all of them, and
/// when it raises it if it names any.
#[must_use]
pub(super) fn level(
    finding: &Finding,
    contract: &str,
    overrides: &[&LevelOverride],
) -> (Level, Option<String>) {
    let mut level = finding.level;
    let mut because = None;
    for entry in overrides {
        if entry.rule != finding.rule.id
            || entry.contract.as_deref().is_some_and(|id| id != contract)
        {
            continue;
        }
        let Some(wanted) = directed(finding, entry) else {
            continue;
        };
        let lowers = wanted < finding.level;
        if let Some(glob) = &entry.element {
            let mut elements = finding.sites.elements();
            let applies = if lowers {
                elements.all(|element| element_matches(glob, &element))
            } else {
                elements.any(|element| element_matches(glob, &element))
            };
            if !applies {
                continue;
            }
        }
        level = wanted;
        let reason = entry.reason.clone();
        because = Some(reason.unwrap_or_else(|| "a level of the policy".to_owned()));
    }
    (level, because)
}

/// The level an entry asks for; where it is about one of two directions, the other one keeps its own.
fn directed(finding: &Finding, entry: &LevelOverride) -> Option<Level> {
    let Some(direction) = entry.direction else {
        return Some(entry.level);
    };
    match finding.reach {
        Reach::None => None,
        Reach::One(only) => (only == direction).then_some(entry.level),
        Reach::Both => {
            let other = match direction {
                Direction::Input => finding.output,
                Direction::Output => finding.input,
            };
            Some(entry.level.max(other.map_or(Level::Off, level_of)))
        }
    }
}

fn level_of(verdict: Verdict) -> Level {
    match verdict {
        Verdict::Breaking | Verdict::Undecided => Level::Error,
        Verdict::Risky => Level::Warning,
        Verdict::Additive | Verdict::Neutral => Level::Note,
    }
}
