//! What a value has to be, with every alternative chosen: schemas to hold to, keywords to break.

use super::{
    breaks::{Break, breaks},
    draw::Drawing,
};
use crate::inclusion::{
    schema::{Node, NodeId, Record},
    types::Types,
    value::Value,
};
use std::rc::Rc;

/// Schemas opened for one value.
const MOST_SCHEMAS: usize = 3_000;

/// One choice out of all the alternatives of some schemas.
#[derive(Debug)]
pub(super) struct Goal<'a> {
    pub(super) types: Types,
    pub(super) records: Vec<&'a Record>,
    pub(super) breaks: Vec<Break<'a>>,
    /// Lists it has to be in.
    pub(super) listed: Vec<&'a Rc<[Value]>>,
    /// Lists it must not be in.
    pub(super) avoided: Vec<&'a Rc<[Value]>>,
    /// What members and items that nobody names have to be, or break.
    pub(super) unnamed: Vec<Unnamed>,
}

/// What children that nobody names have to be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unnamed {
    pub(super) members: Option<NodeId>,
    pub(super) items: Option<NodeId>,
    /// Whether one of them has to break it.
    pub(super) broken: bool,
}

/// Schemas still to be opened.
#[derive(Default)]
struct Waiting {
    positives: Vec<NodeId>,
    negatives: Vec<NodeId>,
}

impl Waiting {
    fn push(&mut self, ids: impl IntoIterator<Item = NodeId>, positive: bool) {
        if positive {
            self.positives.extend(ids);
        } else {
            self.negatives.extend(ids);
        }
    }
}

impl<'a> Drawing<'a> {
    /// Chooses among the alternatives; `None` where the choice contradicts itself.
    pub(super) fn goal(&mut self, positives: &[NodeId], negatives: &[NodeId]) -> Option<Goal<'a>> {
        let mut goal = Goal {
            types: Types::ALL,
            records: Vec::new(),
            breaks: Vec::new(),
            listed: Vec::new(),
            avoided: Vec::new(),
            unnamed: Vec::new(),
        };
        let mut waiting = Waiting::default();
        waiting.push(positives.iter().rev().copied(), true);
        waiting.push(negatives.iter().rev().copied(), false);
        for _ in 0..MOST_SCHEMAS {
            // What has to hold narrows first what can be broken.
            if let Some(id) = waiting.positives.pop() {
                self.open(id, true, &mut goal, &mut waiting)?;
            } else if let Some(id) = waiting.negatives.pop() {
                self.open(id, false, &mut goal, &mut waiting)?;
            } else {
                return (!goal.types.is_empty()).then_some(goal);
            }
        }
        None
    }

    fn open(
        &mut self,
        id: NodeId,
        positive: bool,
        goal: &mut Goal<'a>,
        waiting: &mut Waiting,
    ) -> Option<()> {
        self.spend(1)?;
        let id = self.arena.follow(id);
        match (self.arena.get(id), positive) {
            (Node::Anything, false) | (Node::Nothing, true) => return None,
            (Node::Anything | Node::Nothing | Node::Opaque(_) | Node::Link(_) | Node::Open, _) => {}
            (Node::Values(values), true) => goal.listed.push(values),
            (Node::Values(values), false) => goal.avoided.push(values),
            (Node::Record(record), true) => {
                goal.types = goal.types.and(record.types);
                goal.records.push(record);
            }
            (Node::Record(record), false) => self.break_one(record, goal)?,
            (Node::All(parts), true) | (Node::Any(parts), false) => {
                waiting.push(parts.iter().rev().copied(), positive);
            }
            (Node::All(parts), false) | (Node::Any(parts), true) => {
                let part = parts[self.choose(id, parts)?];
                waiting.push([part], positive);
            }
            (Node::One(parts), true) => {
                let chosen = self.choose(id, parts)?;
                waiting.push([parts[chosen]], true);
                let others = parts
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| *index != chosen);
                if self.random.below(4) > 0 {
                    waiting.push(others.map(|(_, part)| *part), false);
                }
            }
            (Node::One(parts), false) => self.not_one(id, parts, waiting)?,
            (Node::Not(part), _) => waiting.push([*part], !positive),
            (
                Node::Unevaluated {
                    base,
                    members,
                    items,
                },
                _,
            ) => {
                let broken = !positive && !self.random.once_in(3);
                waiting.push([*base], positive || broken);
                if positive || broken {
                    goal.unnamed.push(Unnamed {
                        members: *members,
                        items: *items,
                        broken,
                    });
                }
            }
        }
        Some(())
    }

    /// None of the branches, or two of them.
    fn not_one(&mut self, id: NodeId, parts: &[NodeId], waiting: &mut Waiting) -> Option<()> {
        if parts.len() < 2 || self.random.once_in(2) {
            waiting.push(parts.iter().rev().copied(), false);
            return Some(());
        }
        let first = self.choose(id, parts)?;
        let second = (first + 1 + self.random.below(parts.len() - 1)) % parts.len();
        waiting.push([parts[first], parts[second]], true);
        Some(())
    }

    /// Another type, or one keyword broken.
    fn break_one(&mut self, record: &'a Record, goal: &mut Goal<'a>) -> Option<()> {
        let outside = goal.types.without(record.types);
        let list = breaks(record, goal.types.and(record.types));
        let chosen = self.choose_break(record, &list, usize::from(!outside.is_empty()))?;
        match list.get(chosen) {
            None => goal.types = outside,
            Some(chosen) => {
                goal.types = goal.types.and(chosen.types()).and(record.types);
                goal.breaks.push(*chosen);
            }
        }
        Some(())
    }
}
