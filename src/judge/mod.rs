//! Rules asked of places, and what they saw merged into findings.

mod canon;
mod complaints;
mod contracts;
mod finding;
mod fingerprint;
mod fold;
mod merge;
mod parents;
mod reach;
mod run;
mod sites;

pub use complaints::{complaints, complaints_of};
pub use contracts::{identity, one_sided};
pub use finding::{Complaint, Finding, Mark, Proof, Reach, Side, Site, Witness};
pub use sites::Sites;

use crate::diff::Comparison;

/// Everything that changed, the worst first.
#[must_use]
pub fn judge(comparison: &Comparison<'_, '_>) -> Vec<Finding> {
    merge::merge(comparison, run::run(comparison))
}
