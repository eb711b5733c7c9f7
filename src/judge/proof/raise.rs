//! What no rule sees and the proof engine does.

use super::{Settled, Settler, apply, engine::Answer};
use crate::diff::{PairId, Reading};
use crate::judge::run::{Seen, Sighting};
use crate::rules::{Content, Hit, Rule};
use crate::variance::{Direction, Verdict};
use foldhash::{HashSet, HashSetExt as _};

/// The schemas of the surface as a whole.
pub(super) struct Wholes {
    /// The schemas that lose nothing.
    pub(super) safe: HashSet<PairId>,
    /// By pair: whether all schemas that hold it lose nothing.
    pub(super) kept: Vec<bool>,
    /// What others lose.
    pub(super) lost: Vec<(PairId, Settled)>,
}

impl Settler<'_, '_, '_> {
    /// What the schemas of the surface come to as a whole, read to the letter: there a part may lose what something around
    /// it never allowed, and parts that only gain may lose together, as branches of `oneOf` that come to overlap do.
    pub(super) fn wholes(&mut self) -> Wholes {
        let graph = &self.comparison.graph;
        let strict = self.comparison.options.reading == Reading::Strict;
        let mut wholes = Wholes {
            kept: vec![strict; graph.pairs.len()],
            lost: Vec::new(),
            safe: HashSet::new(),
        };
        if !strict {
            return wholes;
        }
        let mut roots: Vec<PairId> = graph.roots.iter().map(|root| root.pair).collect();
        roots.sort_unstable();
        roots.dedup();
        let mut open = Vec::new();
        for root in roots {
            match self.engine.ask_all(root).answer {
                Answer::Kept => {
                    wholes.safe.insert(root);
                    continue;
                }
                Answer::Lost(lost) => wholes.lost.push((root, Settled::Lost(lost))),
                Answer::Open(_) => {}
            }
            open.push(root);
        }
        while let Some(pair) = open.pop() {
            if std::mem::replace(&mut wholes.kept[pair.0 as usize], false) {
                let edges = &graph.pairs[pair.0 as usize].edges;
                open.extend(edges.iter().map(|(_, inner)| *inner));
            }
        }
        wholes
    }

    /// Tells what a schema loses as a whole, or may lose, where nothing inside is known to break: it is the only edit that
    /// is not decided there, or what no rule saw.
    pub(super) fn tell_lost(
        &self,
        pair: PairId,
        lost: &Settled,
        broken: &[bool],
        sightings: &mut Vec<Sighting>,
    ) {
        if self.is_told_within(pair, broken) {
            return;
        }
        if let Settled::Open(_) = lost {
            sightings.push(self.raised(pair, lost));
            return;
        }
        let mut open = sightings
            .iter_mut()
            .filter(|sighting| self.is_asked(sighting) && sighting.verdict == Verdict::Undecided);
        if let (Some(only), None) = (open.next(), open.next())
            && matches!(only.seen, Seen::Schemas(seen) if seen == pair)
        {
            apply(only, lost);
            return;
        }
        sightings.push(self.raised(pair, lost));
    }

    /// Whether a schema, or one at any depth inside, is told to break already.
    fn is_told_within(&self, pair: PairId, named: &[bool]) -> bool {
        let (mut open, mut met) = (vec![pair], vec![false; named.len()]);
        while let Some(pair) = open.pop() {
            let index = pair.0 as usize;
            if std::mem::replace(&mut met[index], true) {
                continue;
            }
            if named[index] {
                return true;
            }
            let edges = &self.comparison.graph.pairs[index].edges;
            open.extend(edges.iter().map(|(_, inner)| *inner));
        }
        false
    }

    /// Whether a schema that this one stands in or holds is told to break already.
    pub(super) fn is_told_beside(&self, pair: PairId, named: &[bool]) -> bool {
        let edges = &self.comparison.graph.pairs[pair.0 as usize].edges;
        let beneath = edges.iter().map(|(_, inner)| *inner);
        let around = self.chains.around(pair).iter().copied();
        beneath.chain(around).any(|other| named[other.0 as usize])
    }

    /// What no rule saw.
    pub(super) fn raised(&self, pair: PairId, settled: &Settled) -> Sighting {
        let graph = &self.comparison.graph;
        let question = graph.pairs[pair.0 as usize].question;
        let lost = matches!(settled, Settled::Lost(_));
        let id = match (lost, question.direction) {
            (false, _) => "schema-changed",
            (true, Direction::Input) => "schema-narrowed",
            (true, Direction::Output) => "schema-widened",
        };
        let rule = Rule::find(id).expect("the catalogue has it");
        let (old, new) = (graph.old.get(question.old), graph.new.get(question.new));
        let mut sighting = Sighting {
            rule,
            seen: Seen::Schemas(pair),
            direction: Some(question.direction),
            effect: rule.effect,
            verdict: Verdict::Undecided,
            around: (Some(old.at), Some(new.at)),
            entries: (None, None),
            hit: Hit::at(Some(old.at), Some(new.at))
                .before(Content::Schema(question.old))
                .after(Content::Schema(question.new)),
            proof: None,
            shown: None,
        };
        apply(&mut sighting, settled);
        sighting
    }
}
