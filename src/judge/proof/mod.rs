//! Rules name edits, the proof engine decides what they do to the values.
//!
//! | the rule says | the engine says | the finding |
//! |---|---|---|
//! | breaks | a payload | breaks, with the payload |
//! | breaks | nothing is lost | Neutral (the same values) or Additive |
//! | breaks | unknown | Undecided, with the reason |
//! | nothing | a payload | `schema-narrowed` or `schema-widened`, with the payload |

mod chains;
mod confirm;
mod engine;
mod keywords;
mod outward;
mod overlaps;
mod raise;
mod settled;
mod twice;
mod twins;
mod whole;

pub(super) use engine::Engine;
pub(super) use settled::gates;

use super::run::{Seen, Sighting};
use crate::diff::{Comparison, PairId, Reading};
use crate::rules::Detect;
use crate::variance::{Direction, Effect, Verdict};
use chains::{Chain, Chains};
use engine::{Answer, Asked};
use foldhash::HashSet;
use keywords::Bearing;
use settled::{Settled, apply, confirm, worst};

/// Why a pair with very many schemas around it is not asked about.
const ENTANGLED: &str = "too many schemas around the edit would have to be asked";

/// Settles what the rules saw in schemas, and adds what no rule saw; gives the engine for further questions, and the
/// pairs of places that lose nothing, whatever breaks within.
pub(super) fn settle<'a, 'c, 'd>(
    comparison: &'a Comparison<'c, 'd>,
    sightings: &mut Vec<Sighting>,
) -> (Engine<'a, 'c, 'd>, HashSet<PairId>) {
    let count = comparison.graph.pairs.len();
    let mut by_pair: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (index, sighting) in sightings.iter().enumerate() {
        if let Seen::Schemas(pair) = sighting.seen {
            by_pair[pair.0 as usize].push(index);
        }
    }
    let mut settler = Settler {
        comparison,
        chains: Chains::of(comparison),
        engine: Engine::new(comparison),
    };
    let mut unnamed = Vec::new();
    let mut named = vec![false; count];
    let wholes = settler.wholes();
    for (index, held) in (0u32..).zip(&by_pair) {
        let pair = PairId(index);
        if wholes.kept[index as usize] {
            settler.keep(held, sightings);
            continue;
        }
        let raised = settler.pair(pair, held, sightings);
        unnamed.extend(raised.map(|settled| (pair, settled)));
        named[index as usize] = held.iter().any(|index| gates(sightings[*index].verdict));
    }
    for (pair, settled) in unnamed {
        if !settler.is_told_beside(pair, &named) {
            sightings.push(settler.raised(pair, &settled));
            named[pair.0 as usize] = true;
        }
    }
    let overlaps = settler.overlaps(sightings);
    let mut broken = vec![false; count];
    for sighting in sightings.iter() {
        if let Seen::Schemas(pair) = sighting.seen {
            broken[pair.0 as usize] |= sighting.verdict == Verdict::Breaking;
        }
    }
    for (pair, lost) in overlaps.into_iter().chain(wholes.lost) {
        settler.tell_lost(pair, &lost, &broken, sightings);
    }
    (settler.engine, wholes.safe)
}

struct Settler<'a, 'c, 'd> {
    comparison: &'a Comparison<'c, 'd>,
    chains: Chains,
    engine: Engine<'a, 'c, 'd>,
}

impl Settler<'_, '_, '_> {
    /// Settles the sightings in a pair; gives what none of them tells.
    fn pair(
        &mut self,
        pair: PairId,
        held: &[usize],
        sightings: &mut [Sighting],
    ) -> Option<Settled> {
        if self.chains.is_unread(pair) || self.is_open_list(pair) {
            return None;
        }
        let Some(chains) = self.questions(pair, held, sightings) else {
            for index in held {
                let sighting = &mut sightings[*index];
                if self.is_asked(sighting) && gates(sighting.verdict) {
                    apply(sighting, &Settled::Open(ENTANGLED.into()));
                }
            }
            return None;
        };
        let asked: Vec<Asked> = chains.iter().flat_map(|chain| self.ask(chain)).collect();
        let whole = self.joined(&asked);
        let edits: Vec<usize> = held
            .iter()
            .copied()
            .filter(|index| self.is_asked(&sightings[*index]))
            .collect();
        for index in &edits {
            confirm(&mut sightings[*index], &whole);
        }
        let gating: Vec<usize> = edits
            .iter()
            .copied()
            .filter(|index| gates(sightings[*index].verdict))
            .collect();
        match (gating.as_slice(), edits.as_slice()) {
            // The only edit is what breaks, whichever keyword shows it.
            ([only], [_]) => self.conclude(&asked, &mut sightings[*only], &whole),
            (gating, _) => self.edits(&asked, &whole, gating, sightings),
        }
        if held.iter().any(|index| gates(sightings[*index].verdict)) {
            return None;
        }
        match whole {
            Settled::Kept { .. } => None,
            // Rules that see only additions at a place where that is safe stand without a proof.
            Settled::Open(_) if !held.is_empty() => None,
            Settled::Lost(_) | Settled::Open(_) => Some(whole),
        }
    }

    /// What to ask about a pair; `None` when there is too much.
    fn questions(
        &self,
        pair: PairId,
        held: &[usize],
        sightings: &[Sighting],
    ) -> Option<Vec<Chain>> {
        let is_edited = held.iter().any(|index| self.is_asked(&sightings[*index]));
        if !is_edited && self.chains.is_alone(pair) {
            // Whatever differs around it has questions of its own.
            return Some(vec![vec![pair]]);
        }
        self.chains.to(pair)
    }

    /// The edits of schemas that lose nothing as a whole lose nothing.
    fn keep(&self, held: &[usize], sightings: &mut [Sighting]) {
        for index in held {
            let sighting = &mut sightings[*index];
            if self.is_asked(sighting) && gates(sighting.verdict) {
                apply(sighting, &Settled::Kept { equivalent: false });
            }
        }
    }

    /// Settles the edits that a rule takes for breaks, each by the demands that it is about.
    fn edits(
        &mut self,
        asked: &[Asked],
        whole: &Settled,
        gating: &[usize],
        sightings: &mut [Sighting],
    ) {
        let ([one], false) = (
            asked,
            matches!(whole, Settled::Kept { .. }) || gating.is_empty(),
        ) else {
            for index in gating {
                self.conclude(asked, &mut sightings[*index], whole);
            }
            return;
        };
        let sides = (
            self.comparison.graph.old.bundle,
            self.comparison.graph.new.bundle,
        );
        let demands = self.engine.demands(one);
        let mut claimed = vec![false; demands.len()];
        let mut left = Vec::new();
        for index in gating {
            let hit = &sightings[*index].hit;
            let mut answers = Vec::new();
            for (place, (facet, answer)) in demands.iter().enumerate() {
                let bearing = keywords::bearing(hit, facet, sides);
                // In other words a demand may be broken, not kept: it may not be the one that was edited.
                let counts = match bearing {
                    Bearing::None => false,
                    Bearing::Loose => !matches!(answer, Answer::Kept),
                    Bearing::Exact => true,
                };
                if counts {
                    claimed[place] = true;
                    answers.push(answer);
                }
            }
            match worst(answers.into_iter()) {
                Some(settled) => self.conclude(asked, &mut sightings[*index], &settled),
                None => left.push(*index),
            }
        }
        // Who is about no demand in particular answers for those that nobody else is about.
        let rest = demands.iter().zip(&claimed);
        let rest = rest.filter(|(_, claimed)| !**claimed);
        let rest = worst(rest.map(|((_, answer), _)| answer));
        let alone = claimed.iter().all(|claimed| !claimed);
        for index in left {
            let settled = match &rest {
                _ if alone => whole,
                Some(settled) => settled,
                None => &Settled::Kept { equivalent: false },
            };
            self.conclude(asked, &mut sightings[index], settled);
        }
    }

    /// Applies an answer to a break, unless it says less than the rule knows.
    fn conclude(&mut self, asked: &[Asked], sighting: &mut Sighting, settled: &Settled) {
        if matches!(settled, Settled::Kept { .. }) {
            let hollow = self.comparison.options.reading == Reading::Tolerant
                && asked.iter().all(|one| self.engine.is_hollow(one));
            if hollow || self.is_promise(sighting) {
                return;
            }
        }
        apply(sighting, settled);
    }

    /// Whether a branch was removed that someone may have chosen for what it is: by the discriminator's value, which no
    /// validator reads, or for members that no other branch declares.
    fn is_promise(&self, sighting: &Sighting) -> bool {
        let Seen::Schemas(pair) = sighting.seen else {
            return false;
        };
        if !matches!(sighting.rule.detect, Detect::Branches(_))
            || self.comparison.options.reading == Reading::Strict
        {
            return false;
        }
        let graph = &self.comparison.graph;
        let question = graph.pairs[pair.0 as usize].question;
        let (old, new) = (graph.old.get(question.old), graph.new.get(question.new));
        if old.discriminator.is_some() || new.discriminator.is_some() {
            return true;
        }
        question.direction == Direction::Input && self.removes_members(pair, sighting)
    }

    /// Whether a removed branch declares a member that nothing declares any more.
    fn removes_members(&self, pair: PairId, sighting: &Sighting) -> bool {
        let graph = &self.comparison.graph;
        let held = &graph.pairs[pair.0 as usize];
        let new = graph.new.get(held.question.new);
        let kept = |name: &str| {
            new.property(name).is_some()
                || new
                    .groups
                    .iter()
                    .flat_map(|group| &group.branches)
                    .any(|at| {
                        let branch = graph.new.get(graph.new.of_node(*at));
                        branch.property(name).is_some()
                    })
        };
        let removed = held.branches.iter().flat_map(|group| &group.removed);
        removed
            .filter(|branch| sighting.hit.old == Some(branch.at))
            .any(|branch| {
                let schema = graph.old.get(branch.id);
                schema
                    .properties
                    .iter()
                    .any(|property| !kept(property.name))
            })
    }

    /// Whether new values are expected: an open list of values, where the provider writes.
    fn is_open_list(&self, pair: PairId) -> bool {
        let graph = &self.comparison.graph;
        let question = graph.pairs[pair.0 as usize].question;
        question.direction == Direction::Output
            && (graph.old.get(question.old).extensible.is_some()
                || graph.new.get(question.new).extensible.is_some())
    }

    /// Whether the sets of values decide about a sighting.
    fn is_asked(&self, sighting: &Sighting) -> bool {
        let by_values = matches!(
            sighting.rule.detect,
            Detect::Schema(_) | Detect::Branches(_)
        );
        let by_policy = match sighting.effect {
            // A declared element is a promise of its own, unless only the sets are to count.
            Effect::Removes | Effect::Adds => self.comparison.options.reading == Reading::Tolerant,
            Effect::Alters => true,
            Effect::Annotates
            | Effect::Narrows
            | Effect::Widens
            | Effect::Shifts
            | Effect::Obscures => false,
        };
        by_values && !by_policy
    }

    /// The worst of several questions about the same edit.
    fn joined(&mut self, asked: &[Asked]) -> Settled {
        let mut equivalent = true;
        let mut open = None;
        for one in asked {
            match &one.answer {
                Answer::Kept => equivalent = equivalent && self.engine.gains_nothing(one),
                Answer::Lost(lost) => return Settled::Lost(lost.clone()),
                Answer::Open(reason) => open = open.or_else(|| Some(reason.clone())),
            }
        }
        match open {
            Some(reason) => Settled::Open(reason),
            None => Settled::Kept { equivalent },
        }
    }
}
