//! Rules asked of places, and what they saw merged into findings.

mod canon;
mod complaints;
mod contracts;
mod exchange;
mod finding;
mod fingerprint;
mod fold;
mod marked;
mod merge;
mod parents;
mod proof;
mod reach;
mod run;
mod sites;
mod spots;

pub use complaints::{complaints, complaints_of};
pub use contracts::{identity, one_sided, raised};
pub use exchange::{
    Exchange, Inner, Kind as Message, Part, Payload, Scene, Scenes, exchange, path_text, percent,
    wire, wrapped,
};
pub use finding::{Complaint, Finding, Mark, Proof, Reach, Side, Site, Witness};
pub use marked::{MARKS, Marked, marked};
pub use sites::Sites;

use crate::diff::Comparison;

/// Everything that changed, the worst first.
#[must_use]
pub fn judge(comparison: &Comparison<'_, '_>) -> Vec<Finding> {
    let mut sightings = run::run(comparison);
    let (engine, safe) = proof::settle(comparison, &mut sightings);
    merge::merge(comparison, sightings, engine, safe)
}
