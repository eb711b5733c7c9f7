//! Cases, when nothing more follows without one: the smallest choice first.

use super::{
    super::{
        schema::{Arena, Node, NodeId},
        types::Types,
    },
    facts::Facts,
    propagate::{others, parts},
    state::{Sign, State},
};

/// The types a value has one of.
pub(super) const EACH_TYPE: [Types; 7] = [
    Types::NULL,
    Types::BOOLEAN,
    Types::INTEGER,
    Types::NUMBER.without(Types::INTEGER),
    Types::STRING,
    Types::ARRAY,
    Types::OBJECT,
];

/// What splits a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Branch(NodeId),
    Breach(NodeId),
    Type,
}

/// A way to go on.
pub(super) enum Case {
    /// The value has to hold to these as well.
    Takes(Vec<(Sign, NodeId)>),
    /// The value has this type.
    Type(Types),
}

/// The cases of the smallest choice and what is left once it is made; `None` where there is nothing to choose.
pub(super) fn split(arena: &Arena, facts: &mut Facts, state: &mut State) -> Option<Vec<Case>> {
    let (_, choice) = smallest(arena, facts, state)?;
    Some(match choice {
        Choice::Type => of_types(state.types).map(Case::Type).collect(),
        Choice::Branch(id) => {
            state.choices.retain(|other| *other != id);
            branches(arena, facts, state, id)
        }
        Choice::Breach(id) => {
            state.breaches.retain(|other| *other != id);
            breaches(arena, facts, state, id)
        }
    })
}

/// The single types of a set.
pub(super) fn of_types(types: Types) -> impl Iterator<Item = Types> {
    EACH_TYPE.into_iter().filter(move |one| types.meets(*one))
}

fn smallest(arena: &Arena, facts: &mut Facts, state: &State) -> Option<(usize, Choice)> {
    let mut best: Option<(usize, Choice)> = None;
    let mut offer = |width: usize, choice: Choice| {
        if best.is_none_or(|(have, _)| width < have) {
            best = Some((width, choice));
        }
    };
    for id in &state.choices {
        offer(live(arena, facts, state, *id).len(), Choice::Branch(*id));
    }
    for id in &state.breaches {
        let width = match arena.get(*id) {
            Node::One(_) => {
                let live = live(arena, facts, state, *id).len();
                1 + live * live.saturating_sub(1) / 2
            }
            _ => breakable(arena, facts, state, *id).count(),
        };
        offer(width, Choice::Breach(*id));
    }
    if state.choices.len() + state.breaches.len() > 1 {
        let width = of_types(state.types).count();
        if width > 1 {
            offer(width, Choice::Type);
        }
    }
    best
}

/// Branches that were not excluded; by types only, since the rest was looked at before.
fn live(arena: &Arena, facts: &mut Facts, state: &State, id: NodeId) -> Vec<NodeId> {
    let branches = parts(arena, id).iter().copied();
    branches
        .filter(|branch| {
            !state.denied.contains(branch) && facts.types(arena, *branch).meets(state.types)
        })
        .collect()
}

fn breakable<'a>(
    arena: &'a Arena,
    facts: &'a mut Facts,
    state: &'a State,
    id: NodeId,
) -> impl Iterator<Item = NodeId> + 'a {
    parts(arena, id).iter().copied().filter(move |part| {
        !state.held.contains(part) && !facts.shape(arena, *part).covers.holds(state.types)
    })
}

fn branches(arena: &Arena, facts: &mut Facts, state: &State, id: NodeId) -> Vec<Case> {
    let live = live(arena, facts, state, id);
    let exclusive = matches!(arena.get(id), Node::One(_)) && !facts.apart(arena, id);
    let cases = live.iter().enumerate().map(|(at, branch)| {
        let mut takes = vec![(Sign::In, *branch)];
        if exclusive {
            takes.extend(others(&live, at, Sign::Out));
        }
        Case::Takes(takes)
    });
    cases.collect()
}

fn breaches(arena: &Arena, facts: &mut Facts, state: &State, id: NodeId) -> Vec<Case> {
    if !matches!(arena.get(id), Node::One(_)) {
        let parts = breakable(arena, facts, state, id);
        return parts
            .map(|part| Case::Takes(vec![(Sign::Out, part)]))
            .collect();
    }
    let live = live(arena, facts, state, id);
    let mut cases = Vec::new();
    if !live.iter().any(|branch| state.held.contains(branch)) {
        cases.push(Case::Takes(
            live.iter().map(|branch| (Sign::Out, *branch)).collect(),
        ));
    }
    for (index, left) in live.iter().enumerate() {
        for right in live.iter().skip(index + 1) {
            if left == right
                || !(facts.disjoint(arena, *left, *right) || apart(arena, state, *left, *right))
            {
                cases.push(Case::Takes(vec![(Sign::In, *left), (Sign::In, *right)]));
            }
        }
    }
    cases
}

/// Whether a `oneOf` that the value has to belong to has both as branches, so that they cannot both hold.
fn apart(arena: &Arena, state: &State, left: NodeId, right: NodeId) -> bool {
    state.choices.iter().any(|choice| {
        matches!(arena.get(*choice), Node::One(branches)
            if branches.contains(&left) && branches.contains(&right))
    })
}
