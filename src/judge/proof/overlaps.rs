//! Edits that only add by themselves, and lose for what stands around them: where just one branch may hold, or where a
//! member is declared in another place as well.

use super::{ENTANGLED, Settled, Settler, engine::Answer, gates};
use crate::diff::PairId;
use crate::judge::run::{Seen, Sighting};
use crate::variance::{Direction, Effect};

impl Settler<'_, '_, '_> {
    /// What schemas lose, or may lose, because edits beneath make values fit two branches of `oneOf`, or narrow what
    /// another part of the schema declares.
    ///
    /// It is asked where none of the edits is told to break.
    pub(super) fn overlaps(&mut self, sightings: &[Sighting]) -> Vec<(PairId, Settled)> {
        let count = self.comparison.graph.pairs.len();
        let (mut edited, mut told) = (vec![false; count], vec![false; count]);
        for sighting in sightings {
            if let Seen::Schemas(pair) = sighting.seen {
                if sighting.effect != Effect::Annotates {
                    self.chains.mark_around(pair, &mut edited);
                }
                if gates(sighting.verdict) {
                    self.chains.mark_around(pair, &mut told);
                }
            }
        }
        let mut found = Vec::new();
        // What was met later stands inside, and is told alone.
        for index in (0..count).rev() {
            let pair = PairId(u32::try_from(index).unwrap_or(u32::MAX));
            if !edited[index] || told[index] || self.chains.is_unread(pair) {
                continue;
            }
            if !self.may_overlap(pair) && !self.is_edited_twice_said(pair, &edited) {
                continue;
            }
            let settled = match self.overlap(pair, &told) {
                Answer::Kept => continue,
                Answer::Lost(lost) => Settled::Lost(lost),
                Answer::Open(reason) => Settled::Open(reason),
            };
            self.chains.mark_around(pair, &mut told);
            found.push((pair, settled));
        }
        found
    }

    /// What all that changed comes to, as far out as it has to be asked.
    fn overlap(&mut self, pair: PairId, told: &[bool]) -> Answer {
        let Some(chains) = self.chains.to(pair) else {
            return Answer::Open(ENTANGLED.into());
        };
        let mut worst = Answer::Kept;
        for chain in chains {
            if told[chain[0].0 as usize] {
                continue;
            }

            match self.engine.ask_all(chain[0]).answer {
                Answer::Kept => {}
                Answer::Open(reason) => worst = Answer::Open(reason),
                lost @ Answer::Lost(_) => return lost,
            }
        }
        worst
    }

    /// Whether a value may come to fit two branches of which it has to fit one.
    fn may_overlap(&self, pair: PairId) -> bool {
        let held = &self.comparison.graph.pairs[pair.0 as usize];
        held.branches.iter().any(|group| {
            let is_exclusive = match held.question.direction {
                Direction::Input => group.exclusive.1,
                Direction::Output => group.exclusive.0,
            };
            is_exclusive && !group.disjoint && !group.matched.is_empty()
        })
    }
}
