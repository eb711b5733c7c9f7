//! What only the policy of a repository shows: windows, sign-offs, and whom to trust. Raised by `policy`, never an edit.

mod baseline;
mod lifecycle;
mod removals;
mod signoffs;
mod trust;

use super::{Detect, Rule};
use crate::variance::Effect;

/// In the order of a life: announcing, removing and changing, agreeing, and what all of that rests on.
pub(super) static FAMILIES: &[&[Rule]] = &[
    lifecycle::RULES,
    removals::RULES,
    signoffs::RULES,
    baseline::RULES,
    trust::RULES,
];

/// A rule about how a contract is changed; it edits nothing by itself.
const fn governed(id: &'static str, message: &'static str, docs: &'static str) -> Rule {
    Rule {
        id,
        effect: Effect::Annotates,
        except: &[],
        message,
        docs,
        detect: Detect::Governed,
    }
}
