//! What follows from a state without a choice: branches that are impossible go, and the last one left is taken.

use super::{
    super::{
        schema::{Arena, Node, NodeId},
        types::Types,
    },
    facts::Facts,
    pins::{Pins, join, overlap},
    state::{Contradiction, Sign, State},
};
use std::rc::Rc;

/// What is left of a choice or a breach.
enum Left {
    /// It holds already.
    Done,
    /// It cannot hold.
    Never,
    /// These follow.
    Takes(Vec<(Sign, NodeId)>),
    /// Several ways are left.
    Open,
}

/// A state that is being thinned out.
struct Thin<'a> {
    arena: &'a Arena,
    facts: &'a mut Facts,
    state: &'a mut State,
    /// What the schemas to belong to pin.
    positive: Rc<Pins>,
    /// The same, and what follows from the schemas to be outside of.
    pins: Rc<Pins>,
}

/// Thins out a state until nothing more follows.
pub(super) fn propagate(
    arena: &Arena,
    facts: &mut Facts,
    state: &mut State,
) -> Result<(), Contradiction> {
    loop {
        state.types = types(arena, facts, state);
        if state.types.is_empty() {
            return Err(Contradiction);
        }
        if state.negatives.is_empty() && state.choices.is_empty() && state.breaches.is_empty() {
            return Ok(());
        }
        let positive = pins(arena, facts, state);
        let pins = forbidden(arena, state, &positive);
        let mut thin = Thin {
            arena,
            facts,
            state,
            positive,
            pins,
        };
        thin.drop_negatives();
        if !thin.choices()? && !thin.breaches()? {
            return Ok(());
        }
    }
}

/// The types that are left.
fn types(arena: &Arena, facts: &mut Facts, state: &State) -> Types {
    let mut types = state.types;
    for id in state.positives.iter().chain(&state.choices) {
        types = types.and(facts.types(arena, *id));
    }
    for id in state.negatives.iter().chain(&state.breaches) {
        types = types.without(facts.shape(arena, *id).covers);
    }
    types
}

fn pins(arena: &Arena, facts: &mut Facts, state: &State) -> Rc<Pins> {
    if !state.types.meets(Types::OBJECT) {
        return Rc::default();
    }
    let mut joined: Rc<Pins> = Rc::default();
    for id in state.positives.iter().chain(&state.choices) {
        let pins = facts.pins(arena, *id);
        if joined.is_empty() {
            joined = pins;
        } else if !pins.is_empty() {
            join(Rc::make_mut(&mut joined), &pins);
        }
    }
    joined
}

/// The pins with the members that no object outside of the negative schemas has.
fn forbidden(arena: &Arena, state: &State, pins: &Rc<Pins>) -> Rc<Pins> {
    let mut joined = Rc::clone(pins);
    if !state.types.meets(Types::OBJECT) {
        return joined;
    }
    for id in &state.negatives {
        if let Some(name) = only_required(arena, *id) {
            join(Rc::make_mut(&mut joined), &Pins::without(name));
        }
    }
    joined
}

/// The member that a schema requires, if it says nothing else about objects.
fn only_required(arena: &Arena, id: NodeId) -> Option<Rc<str>> {
    let Node::Record(record) = arena.get(id) else {
        return None;
    };
    let objects = &record.objects;
    let alone = record.types.holds(Types::OBJECT)
        && objects.required.len() == 1
        && objects.fewest == 0
        && objects.most.is_none()
        && objects.members.is_empty()
        && objects.patterns.is_empty()
        && objects.rest.is_none()
        && objects.names.is_none();
    objects.required.first().filter(|_| alone).cloned()
}

/// The branches or parts of a node.
pub(super) fn parts(arena: &Arena, id: NodeId) -> &[NodeId] {
    match arena.get(id) {
        Node::All(parts) | Node::Any(parts) | Node::One(parts) => parts,
        Node::Anything
        | Node::Nothing
        | Node::Record(_)
        | Node::Values(_)
        | Node::Not(_)
        | Node::Link(_)
        | Node::Unevaluated { .. }
        | Node::Opaque(_)
        | Node::Open => &[],
    }
}

impl Thin<'_> {
    /// Whether a value of this state may belong to a schema, as far as types and pinned members tell.
    fn may_hold(&mut self, id: NodeId) -> bool {
        let pins = Rc::clone(&self.pins);
        self.may_hold_by(id, &pins)
    }

    fn may_hold_by(&mut self, id: NodeId, pins: &Pins) -> bool {
        let common = self.facts.types(self.arena, id).and(self.state.types);
        if common != Types::OBJECT {
            return !common.is_empty();
        }
        overlap(&self.facts.pins(self.arena, id), pins)
    }

    /// Whether a value of this state may be outside of a schema.
    fn may_break(&mut self, id: NodeId) -> bool {
        !self.state.held.contains(&id)
            && !self
                .facts
                .shape(self.arena, id)
                .covers
                .holds(self.state.types)
    }

    /// A schema that no value of this state belongs to takes none away; what it forbids itself does not count.
    fn drop_negatives(&mut self) {
        let positive = Rc::clone(&self.positive);
        let negatives = std::mem::take(&mut self.state.negatives);
        let kept = negatives
            .into_iter()
            .filter(|id| self.may_hold_by(*id, &positive))
            .collect();
        self.state.negatives = kept;
    }

    /// Whether anything followed from the choices.
    fn choices(&mut self) -> Result<bool, Contradiction> {
        let mut follows = false;
        for id in std::mem::take(&mut self.state.choices) {
            let left = match self.arena.get(id) {
                Node::One(_) => self.choose_one(id),
                _ => self.choose_any(id),
            };
            follows |= self.settle(left, id, Sign::In)?;
        }
        Ok(follows)
    }

    /// Whether anything followed from the breaches.
    fn breaches(&mut self) -> Result<bool, Contradiction> {
        let mut follows = false;
        for id in std::mem::take(&mut self.state.breaches) {
            let left = match self.arena.get(id) {
                Node::One(_) => self.break_one(id),
                _ => self.break_all(id),
            };
            follows |= self.settle(left, id, Sign::Out)?;
        }
        Ok(follows)
    }

    fn settle(&mut self, left: Left, id: NodeId, sign: Sign) -> Result<bool, Contradiction> {
        match left {
            Left::Done => Ok(false),
            Left::Never => Err(Contradiction),
            Left::Open => {
                match sign {
                    Sign::In => self.state.choices.push(id),
                    Sign::Out => self.state.breaches.push(id),
                }
                Ok(false)
            }
            Left::Takes(takes) => {
                for (sign, id) in takes {
                    self.state.take(self.arena, self.facts, sign, id)?;
                }
                Ok(true)
            }
        }
    }

    /// The branches that may hold.
    fn live(&mut self, id: NodeId) -> Vec<NodeId> {
        let branches = parts(self.arena, id);
        branches
            .iter()
            .copied()
            .filter(|branch| !self.state.denied.contains(branch) && self.may_hold(*branch))
            .collect()
    }

    fn choose_any(&mut self, id: NodeId) -> Left {
        if parts(self.arena, id)
            .iter()
            .any(|branch| self.state.held.contains(branch))
        {
            return Left::Done;
        }
        match self.live(id).as_slice() {
            [] => Left::Never,
            [only] => Left::Takes(vec![(Sign::In, *only)]),
            _ => Left::Open,
        }
    }

    fn choose_one(&mut self, id: NodeId) -> Left {
        let live = self.live(id);
        let held: Vec<_> = self.held_among(&live);
        match (held.as_slice(), live.as_slice()) {
            ([_, _, ..], _) | (_, []) => Left::Never,
            ([at], _) => Left::Takes(others(&live, *at, Sign::Out)),
            ([], [only]) => Left::Takes(vec![(Sign::In, *only)]),
            ([], _) => Left::Open,
        }
    }

    fn break_all(&mut self, id: NodeId) -> Left {
        let parts = parts(self.arena, id);
        if parts.iter().any(|part| self.state.denied.contains(part)) || !self.may_hold(id) {
            return Left::Done;
        }
        let mut breakable = parts.iter().filter(|part| self.may_break(**part));
        match (breakable.next(), breakable.next()) {
            (None, _) => Left::Never,
            (Some(only), None) => Left::Takes(vec![(Sign::Out, *only)]),
            (Some(_), Some(_)) => Left::Open,
        }
    }

    fn break_one(&mut self, id: NodeId) -> Left {
        let live = self.live(id);
        let held: Vec<_> = self.held_among(&live);
        match (held.as_slice(), live.as_slice()) {
            ([_, _, ..], _) | (_, []) => Left::Done,
            ([_], [_]) => Left::Never,
            ([at], [left, right]) => {
                let other = if *at == 0 { *right } else { *left };
                Left::Takes(vec![(Sign::In, other)])
            }
            ([], [only]) => Left::Takes(vec![(Sign::Out, *only)]),
            ([_] | [], _) => Left::Open,
        }
    }

    /// Where a branch stands that the value has to belong to.
    fn held_among(&self, live: &[NodeId]) -> Vec<usize> {
        let held = live.iter().enumerate();
        held.filter(|(_, branch)| self.state.held.contains(branch))
            .map(|(index, _)| index)
            .collect()
    }
}

/// Every branch but one, by its place: the same schema may stand twice.
pub(super) fn others(branches: &[NodeId], at: usize, sign: Sign) -> Vec<(Sign, NodeId)> {
    let branches = branches.iter().enumerate();
    branches
        .filter(|(index, _)| *index != at)
        .map(|(_, branch)| (sign, *branch))
        .collect()
}
