//! From which schema a question has to be asked: an edit inside a branch, a `not`, or an `if` is rescued or made worse by
//! what stands around it, an edit at a member or an item is not.

use crate::diff::{Comparison, PairId};
use crate::spec::Segment;
use crate::variance::Polarity;

/// Ways outward from one pair that are followed.
const MOST: usize = 8;

/// Steps outward.
const LONGEST: usize = 24;

/// Pairs from the one to ask about, the outermost first, down to the one with the edit.
pub(super) type Chain = Vec<PairId>;

/// Whether the subschema speaks of a value of its own that any value of the schema around may hold.
const fn stands_alone(segment: &Segment) -> bool {
    match segment {
        Segment::Property(_)
        | Segment::Pattern(_)
        | Segment::Additional
        | Segment::Items
        | Segment::Prefix(_) => true,
        Segment::Contains
        | Segment::Names
        | Segment::Branch(_)
        | Segment::Not
        | Segment::If
        | Segment::Then
        | Segment::Else
        | Segment::Dependent(_)
        | Segment::Content => false,
    }
}

/// Below what pairs stand: the tolerant reading leaves alone what is under a negation, even where two of them cancel out.
struct Under {
    /// Whether a pair is reached without one.
    nothing: Vec<bool>,
    /// Whether it is reached through one.
    negation: Vec<bool>,
}

impl Under {
    fn of(comparison: &Comparison<'_, '_>) -> Self {
        let graph = &comparison.graph;
        let mut under = Self {
            nothing: vec![false; graph.pairs.len()],
            negation: vec![false; graph.pairs.len()],
        };
        let mut open: Vec<(PairId, bool)> =
            graph.roots.iter().map(|root| (root.pair, false)).collect();
        while let Some((pair, negated)) = open.pop() {
            let side = if negated {
                &mut under.negation
            } else {
                &mut under.nothing
            };
            if std::mem::replace(&mut side[pair.0 as usize], true) {
                continue;
            }
            for (segment, inner) in &graph.pairs[pair.0 as usize].edges {
                let negates = matches!(
                    segment,
                    Segment::Not | Segment::If | Segment::Contains | Segment::Names
                );
                open.push((*inner, negated || negates));
            }
        }
        under
    }
}

/// How pairs are reached from others.
#[derive(Debug)]
pub(super) struct Chains {
    /// Whether a pair may be asked about by itself.
    alone: Vec<bool>,
    /// The pairs around it whose answer decides with it.
    around: Vec<Vec<PairId>>,
    /// Whether it is no matter of validation at all (`contentSchema`).
    unread: Vec<bool>,
    /// Whether a place of the surface holds it.
    roots: Vec<bool>,
    /// The pairs it stands in, each with the position of the edge that leads there.
    holders: Vec<Vec<(PairId, usize)>>,
}

impl Chains {
    pub(super) fn of(comparison: &Comparison<'_, '_>) -> Self {
        let graph = &comparison.graph;
        let count = graph.pairs.len();
        let positive = |pair: usize| graph.pairs[pair].question.polarity == Polarity::Positive;
        let mut chains = Self {
            alone: vec![false; count],
            around: vec![Vec::new(); count],
            unread: vec![true; count],
            roots: vec![false; count],
            holders: vec![Vec::new(); count],
        };
        let under = Under::of(comparison);
        for root in &graph.roots {
            chains.alone[root.pair.0 as usize] = true;
            chains.unread[root.pair.0 as usize] = false;
            chains.roots[root.pair.0 as usize] = true;
        }
        for (index, held) in (0u32..).zip(&graph.pairs) {
            for (edge, (segment, inner)) in held.edges.iter().enumerate() {
                let inner = inner.0 as usize;
                if matches!(segment, Segment::Content) {
                    continue;
                }
                chains.unread[inner] = false;
                chains.holders[inner].push((PairId(index), edge));
                let holder = index as usize;
                let stands_alone = stands_alone(segment) && positive(inner);
                chains.alone[inner] |= stands_alone && under.nothing[holder];
                let is_tied = !stands_alone || under.negation[holder];
                if is_tied && !chains.around[inner].contains(&PairId(index)) {
                    chains.around[inner].push(PairId(index));
                }
            }
        }
        chains
    }

    /// Whether values never meet the pair.
    pub(super) fn is_unread(&self, pair: PairId) -> bool {
        self.unread[pair.0 as usize]
    }

    /// Whether the pair may be asked about by itself.
    pub(super) fn is_alone(&self, pair: PairId) -> bool {
        self.alone[pair.0 as usize]
    }

    /// Whether a place of the surface holds the pair.
    pub(super) fn is_root(&self, pair: PairId) -> bool {
        self.roots[pair.0 as usize]
    }

    /// The pairs that this one stands in, each with the position of the edge that leads here.
    pub(super) fn holders(&self, pair: PairId) -> &[(PairId, usize)] {
        &self.holders[pair.0 as usize]
    }

    /// Marks a pair and all that it stands in.
    pub(super) fn mark_around(&self, pair: PairId, marks: &mut [bool]) {
        let mut open = vec![pair];
        while let Some(pair) = open.pop() {
            if !std::mem::replace(&mut marks[pair.0 as usize], true) {
                let holders = self.holders(pair).iter();
                open.extend(holders.map(|(holder, _)| *holder));
            }
        }
    }

    /// The pairs whose answer decides together with this one's.
    pub(super) fn around(&self, pair: PairId) -> &[PairId] {
        &self.around[pair.0 as usize]
    }

    /// The questions that decide about an edit in a pair; `None` when there are too many.
    pub(super) fn to(&self, pair: PairId) -> Option<Vec<Chain>> {
        let mut done = Vec::new();
        let mut open = vec![vec![pair]];
        while let Some(chain) = open.pop() {
            let outermost = chain[0];
            let index = outermost.0 as usize;
            if self.alone[index] {
                done.push(chain.clone());
            }
            for next in &self.around[index] {
                if chain.contains(next) {
                    continue;
                }
                let mut longer = vec![*next];
                longer.extend(&chain);
                open.push(longer);
            }
            if done.len() > MOST || open.len() > MOST || chain.len() > LONGEST {
                return None;
            }
        }
        done.sort();
        Some(done)
    }
}
