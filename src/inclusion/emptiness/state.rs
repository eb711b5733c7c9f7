//! One question taken apart as far as that needs no choice.

use super::{
    super::{
        schema::{Arena, Node, NodeId, WRITTEN_WHOLE},
        types::Types,
    },
    assumptions::Question,
    facts::Facts,
};
use foldhash::HashSet;

/// Schemas of one state that are compared by how they were made.
const NOTED: usize = 8;

/// No value can belong here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Contradiction;

/// Whether a value has to belong to a schema or must not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    In,
    Out,
}

/// What a value has to hold to.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// Everything the value has to belong to, also what was taken apart.
    pub(super) held: HashSet<NodeId>,
    /// Everything the value must not belong to, also what was taken apart.
    pub(super) denied: HashSet<NodeId>,
    /// Records, values, and sets of which nothing is known, to belong to.
    pub(super) positives: Vec<NodeId>,
    /// The same, to be outside of.
    pub(super) negatives: Vec<NodeId>,
    /// `Any` and `One` of which a branch is still to be chosen.
    pub(super) choices: Vec<NodeId>,
    /// `All` and `One` that are still to be broken.
    pub(super) breaches: Vec<NodeId>,
    /// The types the value may have.
    pub(super) types: Types,
}

impl Default for State {
    fn default() -> Self {
        Self {
            held: HashSet::default(),
            denied: HashSet::default(),
            positives: Vec::new(),
            negatives: Vec::new(),
            choices: Vec::new(),
            breaches: Vec::new(),
            types: Types::ALL,
        }
    }
}

impl State {
    /// The state in which a question starts.
    pub(super) fn start(
        arena: &Arena,
        facts: &mut Facts,
        positives: &[NodeId],
        negatives: &[NodeId],
    ) -> Result<Self, Contradiction> {
        let mut state = Self::default();
        for id in positives {
            state.take(arena, facts, Sign::In, *id)?;
        }
        for id in negatives {
            state.take(arena, facts, Sign::Out, *id)?;
        }
        Ok(state)
    }

    /// The question this state asks, the same for every spelling that comes apart alike.
    pub(super) fn question(&self) -> Question {
        let sorted = |left: &[NodeId], right: &[NodeId]| {
            let mut ids: Vec<_> = left.iter().chain(right).copied().collect();
            ids.sort_unstable();
            ids.dedup();
            ids.into_boxed_slice()
        };
        Question {
            positives: sorted(&self.positives, &self.choices),
            negatives: sorted(&self.negatives, &self.breaches),
        }
    }

    /// The steps it takes to look at it.
    pub(super) fn work(&self) -> u64 {
        let schemas = self.positives.len() + self.negatives.len();
        let open = self.choices.len() + self.breaches.len();
        1 + (schemas + open) as u64 / 32
    }

    /// Adds a schema and whatever follows from it at once.
    pub(super) fn take(
        &mut self,
        arena: &Arena,
        facts: &mut Facts,
        sign: Sign,
        id: NodeId,
    ) -> Result<(), Contradiction> {
        let mut todo = vec![(sign, id)];
        while let Some((sign, id)) = todo.pop() {
            let (same, other) = match sign {
                Sign::In => (&mut self.held, &self.denied),
                Sign::Out => (&mut self.denied, &self.held),
            };
            if other.contains(&id) || noted(arena, other, sign, id) {
                return Err(Contradiction);
            }
            if same.insert(id) {
                self.open_up(arena, facts, sign, id, &mut todo)?;
            }
        }
        Ok(())
    }

    fn open_up(
        &mut self,
        arena: &Arena,
        facts: &mut Facts,
        sign: Sign,
        id: NodeId,
        todo: &mut Vec<(Sign, NodeId)>,
    ) -> Result<(), Contradiction> {
        if facts.circles.holds(arena, id) {
            self.literal(sign, id);
            return Ok(());
        }
        let push = |todo: &mut Vec<(Sign, NodeId)>, parts: &[NodeId]| {
            todo.extend(parts.iter().rev().map(|part| (sign, *part)));
        };
        match (arena.get(id), sign) {
            (Node::Anything, Sign::In) | (Node::Nothing, Sign::Out) => {}
            (Node::Nothing, Sign::In) | (Node::Anything, Sign::Out) => return Err(Contradiction),
            (Node::All(parts), Sign::In) | (Node::Any(parts), Sign::Out) => push(todo, parts),
            (Node::Link(target), _) => todo.push((sign, *target)),
            (Node::Not(inner), Sign::In) => todo.push((Sign::Out, *inner)),
            (Node::Not(inner), Sign::Out) => todo.push((Sign::In, *inner)),
            (Node::One(parts), Sign::Out) if facts.apart(arena, id) => push(todo, parts),
            (Node::Any(_) | Node::One(_), Sign::In) => self.choices.push(id),
            (Node::All(_) | Node::One(_), Sign::Out) => self.breaches.push(id),
            (
                Node::Record(_)
                | Node::Values(_)
                | Node::Unevaluated { .. }
                | Node::Opaque(_)
                | Node::Open,
                _,
            ) => self.literal(sign, id),
        }
        Ok(())
    }

    fn literal(&mut self, sign: Sign, id: NodeId) {
        match sign {
            Sign::In => self.positives.push(id),
            Sign::Out => self.negatives.push(id),
        }
    }
}

/// Whether a value cannot be on both sides because of how one schema was made from the other.
fn noted(arena: &Arena, other: &HashSet<NodeId>, sign: Sign, id: NodeId) -> bool {
    other.len() <= NOTED
        && other.iter().any(|other| match sign {
            Sign::In => arena.is_noted(id, *other),
            Sign::Out => arena.is_noted(*other, id),
        })
}

/// Whether nothing is known of a node, and why.
pub(super) fn mystery(arena: &Arena, facts: &mut Facts, id: NodeId) -> Option<String> {
    if facts.circles.holds(arena, id) {
        return Some("a schema that is nothing but itself".to_owned());
    }
    match arena.get(id) {
        Node::Opaque(name) => Some(format!("nothing is known of {name}")),
        Node::Unevaluated { .. } => {
            Some("`unevaluatedProperties` or `unevaluatedItems`".to_owned())
        }
        Node::Open => Some("a schema that was never defined".to_owned()),
        Node::Anything
        | Node::Nothing
        | Node::Record(_)
        | Node::Values(_)
        | Node::All(_)
        | Node::Any(_)
        | Node::One(_)
        | Node::Not(_)
        | Node::Link(_) => None,
    }
}

/// Whether every value that can be named belongs to this node although it is not known.
pub(super) fn is_written_whole(arena: &Arena, id: NodeId) -> bool {
    matches!(arena.get(id), Node::Opaque(name) if &**name == WRITTEN_WHOLE)
}
