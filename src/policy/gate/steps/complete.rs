//! What a deprecation has to say beside its dates: what to use instead, and how to get there.

use super::Walk;
use crate::policy::files::{Record, Replacement, Stability};
use crate::spec::Level;

impl Walk<'_, '_, '_> {
    /// Whether a record says all that consumers need: what instead, and how.
    pub(super) fn complete(&mut self, record: &Record, stability: Stability, element: &str) {
        if self.days(stability) == 0 {
            return;
        }
        let rules = &self.ground.policy.deprecation;
        let level = match stability {
            Stability::Stable => Level::Error,
            Stability::Beta => Level::Warning,
            Stability::Draft | Stability::Alpha => return,
        };
        match &record.replacement {
            None if rules.require_replacement => {
                self.notice("deprecation-without-replacement", level, element, &[]);
            }
            Some(Replacement::Nothing) if record.reason.is_none() => {
                self.notice("deprecation-without-replacement", level, element, &[]);
            }
            None | Some(Replacement::Nothing) => {}
            Some(Replacement::Element(other)) => {
                self.replacement(record, stability, element, other);
            }
        }
        match &record.guide {
            None if rules.require_guide.contains(&stability) => {
                self.notice("deprecation-without-guide", level, element, &[]);
            }
            Some(guide) if !(self.ground.has_guide)(guide) => {
                self.notice(
                    "deprecation-guide-missing",
                    Level::Error,
                    element,
                    &[("guide", guide)],
                );
            }
            None | Some(_) => {}
        }
    }

    fn replacement(&mut self, record: &Record, stability: Stability, element: &str, other: &str) {
        let why = match self.subject.head.life(other) {
            // An element of another contract cannot be looked up here.
            None if other.starts_with("contract:") || other.starts_with("version:") => return,
            None => "is not there",
            Some(life) if life.stability < stability => "is less stable",
            Some(life) => match life.effective {
                Some(held) if held.record.sunset <= record.sunset => {
                    "is deprecated itself, and gone no later"
                }
                Some(_) | None => return,
            },
        };
        self.notice(
            "deprecation-bad-replacement",
            Level::Error,
            element,
            &[("replacement", other), ("why", why)],
        );
    }
}
