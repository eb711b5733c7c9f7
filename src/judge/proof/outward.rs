//! From where a break is asked about when no payload around it can hold the value that was found: what stands around an
//! edit may forbid the value, as `not`, a pattern of names, or another branch does, and then it shows no break.

use super::{
    Settler,
    chains::Chain,
    engine::{Answer, Asked},
};
use crate::diff::PairId;
use crate::judge::finding::{Side, Witness};
use crate::spec::{Schema, Segment};

/// Schemas around an edit that are looked at.
const MOST: usize = 16;

/// A name for a member that no keyword names.
const FREE_NAME: &str = "key";

/// A way from a schema to the one that was asked about.
struct Way {
    /// The outermost first; the last one is the one that was asked about.
    pairs: Vec<PairId>,
    steps: Vec<Segment>,
}

impl Settler<'_, '_, '_> {
    /// What a question comes to: asked from further out where the value that was found is sent nowhere.
    pub(super) fn ask(&mut self, chain: &Chain) -> Vec<Asked> {
        let asked = self.engine.ask(chain);
        let outward = match &asked.answer {
            Answer::Lost(lost) => self.outward(lost.anchor, &lost.witness),
            Answer::Kept | Answer::Open(_) => None,
        };
        let Some(outward) = outward else {
            return vec![asked];
        };
        let mut answers = Vec::new();
        for around in outward {
            // The question begins with the schema that was asked about, which the way ends with.
            let longer: Chain = around
                .into_iter()
                .chain(chain.iter().skip(1).copied())
                .collect();
            let one = self.engine.ask(&longer);
            if matches!(one.answer, Answer::Open(_)) {
                // The value stands for what it shows where it was found.
                return vec![asked];
            }
            answers.push(one);
        }
        answers
    }

    /// The ways to a schema from those around it that allow no payload with the value; `None` where one may be sent.
    fn outward(&mut self, anchor: PairId, witness: &Witness) -> Option<Vec<Chain>> {
        let mut open = vec![Way {
            pairs: vec![anchor],
            steps: Vec::new(),
        }];
        let (mut closed, mut seen) = (Vec::new(), 0);
        while let Some(way) = open.pop() {
            if self.chains.is_root(way.pairs[0]) {
                return None;
            }
            let holders = self.chains.holders(way.pairs[0]).to_vec();
            for (holder, edge) in holders {
                if way.pairs.contains(&holder) {
                    continue;
                }
                seen += 1;
                if seen > MOST {
                    return None;
                }
                let longer = self.longer(&way, holder, edge, witness.valid_under);
                if self.is_entangled(holder, witness.valid_under)
                    && self.engine.carries(holder, &longer.steps, witness) == Some(false)
                {
                    closed.push(longer.pairs);
                } else {
                    open.push(longer);
                }
            }
        }
        let mut ways = Vec::new();
        for way in closed {
            for mut chain in self.chains.to(way[0])? {
                chain.extend(&way[1..]);
                ways.push(chain);
            }
        }
        (!ways.is_empty() && ways.len() <= MOST).then_some(ways)
    }

    /// A way that begins one schema further out.
    fn longer(&self, way: &Way, holder: PairId, edge: usize, sender: Side) -> Way {
        let (segment, _) = &self.comparison.graph.pairs[holder.0 as usize].edges[edge];
        let step = self.with_sender(holder, sender, |schema| concrete(segment, schema));
        Way {
            pairs: [&[holder], way.pairs.as_slice()].concat(),
            steps: [&[step], way.steps.as_slice()].concat(),
        }
    }

    /// Whether what a schema says of its members and items is not all there is to know of what they may be together.
    fn is_entangled(&self, pair: PairId, sender: Side) -> bool {
        let graph = &self.comparison.graph;
        let question = graph.pairs[pair.0 as usize].question;
        let parts = match sender {
            Side::Old => graph.old.key_of(question.old).atoms.len(),
            Side::New => graph.new.key_of(question.new).atoms.len(),
        };
        self.with_sender(pair, sender, |schema| {
            (parts > 1 && !schema.rest.is_empty()) || has_more_to_say(schema)
        })
    }

    fn with_sender<T>(&self, pair: PairId, sender: Side, ask: impl FnOnce(&Schema<'_>) -> T) -> T {
        let graph = &self.comparison.graph;
        let question = graph.pairs[pair.0 as usize].question;
        match sender {
            Side::Old => ask(&graph.old.get(question.old)),
            Side::New => ask(&graph.new.get(question.new)),
        }
    }
}

/// A step with the name or the position that it leads through.
fn concrete(segment: &Segment, schema: &Schema<'_>) -> Segment {
    match segment {
        Segment::Additional => {
            let is_free = |name: &String| schema.property(name).is_none();
            let names = (0..).map(|index: usize| FREE_NAME.repeat(index + 1));
            names
                .into_iter()
                .find(is_free)
                .map_or(Segment::Additional, Segment::Property)
        }
        Segment::Items => Segment::Prefix(schema.prefix.len()),
        other => other.clone(),
    }
}

/// Whether a keyword ties members or items together, or says of one what its own schema does not.
fn has_more_to_say(schema: &Schema<'_>) -> bool {
    let lists = [
        schema.pattern_properties.is_empty(),
        schema.names.is_empty(),
        schema.dependent_required.is_empty(),
        schema.dependent_schemas.is_empty(),
        schema.contains.is_empty(),
        schema.groups.is_empty(),
        schema.nots.is_empty(),
        schema.conditionals.is_empty(),
        schema.values.is_empty(),
    ];
    let limits = ["maxProperties", "maxItems"];
    lists.contains(&false)
        || schema.unique.is_some()
        || limits.iter().any(|limit| schema.count(limit).is_some())
}
