//! What the answers to all questions about an edit come to, and what that makes of what a rule saw.

use super::engine::{Answer, Lost};
use crate::judge::{finding::Proof, run::Sighting};
use crate::variance::Verdict;
use std::borrow::Cow;

/// What all questions about one pair come to.
pub(super) enum Settled {
    /// Nothing is lost; whether nothing is gained either.
    Kept {
        equivalent: bool,
    },
    Lost(Box<Lost>),
    Open(Cow<'static, str>),
}

/// The worst of several answers; `None` when there is none.
pub(super) fn worst<'a>(answers: impl Iterator<Item = &'a Answer>) -> Option<Settled> {
    let mut found = None;
    for answer in answers {
        match answer {
            Answer::Lost(lost) => return Some(Settled::Lost(lost.clone())),
            Answer::Open(reason) => found = Some(Settled::Open(reason.clone())),
            Answer::Kept => {
                found.get_or_insert(Settled::Kept { equivalent: false });
            }
        }
    }
    found
}

/// Whether a merge stops at it.
pub(in crate::judge) const fn gates(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Breaking | Verdict::Undecided)
}

/// A rule that sees no break, and a proof that there is none.
pub(super) fn confirm(sighting: &mut Sighting, settled: &Settled) {
    match (settled, sighting.verdict) {
        (Settled::Kept { equivalent: true }, Verdict::Additive | Verdict::Neutral)
        | (Settled::Kept { equivalent: false }, Verdict::Additive) => apply(sighting, settled),
        (Settled::Kept { .. } | Settled::Lost(_) | Settled::Open(_), _) => {}
    }
}

pub(super) fn apply(sighting: &mut Sighting, settled: &Settled) {
    let (verdict, proof) = match settled {
        Settled::Kept { equivalent: true } => (Verdict::Neutral, Proof::Equivalent),
        Settled::Kept { equivalent: false } => (Verdict::Additive, Proof::Compatible),
        Settled::Lost(lost) => (
            Verdict::Breaking,
            Proof::Witness(Box::new(lost.witness.clone())),
        ),
        Settled::Open(reason) => (Verdict::Undecided, Proof::Undecided(reason.clone())),
    };
    sighting.verdict = verdict;
    sighting.proof = Some(proof);
    sighting.shown = match settled {
        Settled::Lost(lost) => Some(lost.anchor),
        Settled::Kept { .. } | Settled::Open(_) => None,
    };
}
