//! Sign-offs and waivers that can match nothing any more.

use super::{
    Found, Loaded, Proposal,
    change::{Change, Step},
    problems::Problem,
};
use crate::cli::{gate::Gate, sides::Sides, signoff::stale};

/// One proposal for each that is told about.
pub(super) fn proposals<'b>(
    sides: &Sides,
    loaded: &Loaded,
    found: &Found<'_>,
) -> Vec<Proposal<'b>> {
    let (Loaded::Governed(gate), Some(governance)) = (loaded, &found.governance) else {
        return Vec::new();
    };
    let gate: &Gate = gate;
    if gate.base.policy.is_none() {
        return Vec::new();
    }
    let mut proposals = Vec::new();
    for (files, why) in stale(gate, &governance.papers) {
        let told = governance.notices.iter();
        let mut told = told.filter(|notice| notice.file.as_ref() == files.first());
        let Some(notice) = told.next() else {
            continue;
        };
        let delete = |file: &String| Step {
            file: sides.head.path(file),
            change: Change::Delete,
        };
        proposals.push(Proposal {
            problem: Problem::told(notice),
            ways: vec![(
                format!("deleted, for {why}"),
                files.iter().map(delete).collect(),
            )],
        });
    }
    proposals
}
