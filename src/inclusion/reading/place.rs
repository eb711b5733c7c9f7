//! A place of a value: the schemas that apply there together, and the cases of their branches.

use super::{
    facts::{Facts, facts, is_structured, types},
    narrow::Narrowing,
};
use crate::inclusion::{
    schema::{Arena, Node, NodeId, WRITTEN_WHOLE},
    types::Types,
};
use std::{collections::BTreeSet, rc::Rc};

/// Branches that are compared with each other.
const MOST_COMPARED: usize = 64;

/// The schemas that apply to a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Place {
    /// Those that every value here belongs to.
    pub(super) certain: Rc<[NodeId]>,
    /// Those that may apply as well.
    pub(super) possible: Rc<[NodeId]>,
    /// Those of the schema that the values are held against.
    pub(super) against: Rc<[NodeId]>,
}

/// Schemas of a place, put together while walking down.
#[derive(Clone, Debug, Default)]
pub(super) struct Below {
    pub(super) certain: Vec<NodeId>,
    pub(super) possible: Vec<NodeId>,
    pub(super) against: Vec<NodeId>,
}

impl Below {
    /// The place; `None` where nothing certain is said about objects or arrays.
    pub(super) fn place(self, arena: &Arena, narrowing: &Narrowing) -> Option<Place> {
        let certain = speaking(arena, self.certain);
        if certain.is_empty() {
            return None;
        }
        let mut possible = speaking(arena, self.possible);
        possible.retain(|id| !certain.contains(id));
        let mut against = speaking(arena, self.against);
        let is_same = possible.is_empty() && against == certain;
        // A schema narrows nothing of itself.
        if is_same || !against.iter().any(|id| narrowing.below(*id)) {
            against.clear();
        }
        Some(Place {
            certain: certain.into(),
            possible: possible.into(),
            against: against.into(),
        })
    }
}

/// The schemas that say something about objects or arrays, in order.
pub(super) fn speaking(arena: &Arena, ids: Vec<NodeId>) -> Vec<NodeId> {
    let mut ids: Vec<NodeId> = ids.into_iter().map(|id| arena.follow(id)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| *id != Arena::ANYTHING && is_structured(arena, *id));
    ids
}

/// One way in which branches of a place accept its value.
#[derive(Clone, Debug, Default)]
pub(super) struct Case {
    /// The branches that were chosen.
    pub(super) guard: Vec<NodeId>,
    /// Records and `Unevaluated` that apply.
    pub(super) certain: BTreeSet<NodeId>,
    /// Records and `Unevaluated` of branches that were not chosen among.
    pub(super) possible: BTreeSet<NodeId>,
    /// Choices whose branches were not chosen among.
    pub(super) choices: Vec<NodeId>,
    /// Whether a part is unknown.
    pub(super) is_unknown: bool,
    met: BTreeSet<NodeId>,
}

/// The cases of schemas that all apply.
pub(super) struct Cases {
    pub(super) list: Vec<Case>,
    /// The types of objects and arrays that may stand here.
    within: Types,
    choose: Choose,
    /// Whether a branch was left out because it says nothing about objects and arrays.
    pub(super) is_partial: bool,
}

/// Among which branches to choose.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Choose {
    /// Those that exclude each other.
    Exclusive,
    /// All.
    Every,
}

/// The cases of schemas that all apply.
pub(super) fn cases(arena: &Arena, certain: &[NodeId], choose: Choose, most: usize) -> Cases {
    let mut cases = Cases {
        list: Vec::new(),
        within: certain
            .iter()
            .fold(Types::OBJECT.or(Types::ARRAY), |within, id| {
                within.and(types(arena, *id))
            }),
        choose,
        is_partial: false,
    };
    let case = Case::default();
    cases.resolve(arena, certain.to_vec(), case, Vec::new(), most);
    cases
}

impl Cases {
    fn resolve(
        &mut self,
        arena: &Arena,
        mut pending: Vec<NodeId>,
        mut case: Case,
        mut choices: Vec<(NodeId, Vec<NodeId>)>,
        budget: usize,
    ) {
        while let Some(id) = pending.pop() {
            if !case.met.insert(id) {
                continue;
            }
            match arena.get(id) {
                Node::Record(_) => {
                    case.certain.insert(id);
                }
                Node::All(parts) => pending.extend(parts.iter().copied()),
                Node::Link(inner) => pending.push(*inner),
                Node::Unevaluated { base, .. } => {
                    case.certain.insert(id);
                    pending.push(*base);
                }
                Node::Any(parts) | Node::One(parts) => {
                    let structured: Vec<NodeId> = branches(arena, parts);
                    self.is_partial |= structured.len() < parts.len();
                    match structured.as_slice() {
                        [] => {}
                        [only] => pending.push(*only),
                        _ if self.excludes(arena, id, &structured) => {
                            choices.push((id, structured));
                        }
                        _ => case.keep(arena, id),
                    }
                }
                Node::Opaque(name) => case.is_unknown |= &**name != WRITTEN_WHOLE,
                Node::Open => case.is_unknown = true,
                Node::Anything | Node::Nothing | Node::Values(_) | Node::Not(_) => {}
            }
        }
        let fits = |choice: &(NodeId, Vec<NodeId>)| choice.1.len() <= budget;
        let Some(chosen) = choices.iter().position(fits) else {
            for (choice, _) in choices {
                case.keep(arena, choice);
            }
            self.list.push(case);
            return;
        };
        let (_, branches) = choices.remove(chosen);
        let budget = budget / branches.len();
        for branch in branches {
            let mut next = case.clone();
            next.guard.push(branch);
            self.resolve(arena, vec![branch], next, choices.clone(), budget);
        }
    }

    /// Whether at most one branch accepts a value.
    fn excludes(&self, arena: &Arena, choice: NodeId, branches: &[NodeId]) -> bool {
        self.choose == Choose::Every
            || matches!(arena.get(choice), Node::One(_))
            || apart(arena, branches, self.within, Facts::are_apart)
    }
}

/// The branches that may accept an object or an array.
pub(super) fn branches(arena: &Arena, parts: &[NodeId]) -> Vec<NodeId> {
    let mut branches = parts.to_vec();
    branches.retain(|part| is_structured(arena, *part));
    branches
}

/// Whether every two of some schemas are told apart.
pub(super) fn apart(
    arena: &Arena,
    branches: &[NodeId],
    within: Types,
    are_apart: fn(&Facts, &Facts, &Arena, Types) -> bool,
) -> bool {
    if branches.len() > MOST_COMPARED {
        return false;
    }
    let facts: Vec<Facts> = branches.iter().map(|id| facts(arena, *id)).collect();
    facts.iter().enumerate().all(|(index, one)| {
        facts[index + 1..]
            .iter()
            .all(|other| are_apart(one, other, arena, within))
    })
}

impl Case {
    fn keep(&mut self, arena: &Arena, choice: NodeId) {
        self.choices.push(choice);
        let atoms = atoms(arena, &[choice]);
        self.is_unknown |= atoms.is_unknown;
        self.possible.extend(atoms.atoms);
    }
}

/// Everything that may apply in place.
#[derive(Default)]
pub(super) struct Atoms {
    /// Records and `Unevaluated`.
    pub(super) atoms: BTreeSet<NodeId>,
    /// Whether a part is unknown.
    pub(super) is_unknown: bool,
}

/// Everything that may apply in place, whichever branches accept.
pub(super) fn atoms(arena: &Arena, roots: &[NodeId]) -> Atoms {
    let mut found = Atoms::default();
    let mut met = BTreeSet::new();
    let mut pending = roots.to_vec();
    while let Some(id) = pending.pop() {
        if !met.insert(id) {
            continue;
        }
        match arena.get(id) {
            Node::Record(_) => {
                found.atoms.insert(id);
            }
            Node::All(parts) | Node::Any(parts) | Node::One(parts) => {
                pending.extend(parts.iter().copied());
            }
            Node::Link(inner) => pending.push(*inner),
            Node::Unevaluated { base, .. } => {
                found.atoms.insert(id);
                pending.push(*base);
            }
            Node::Opaque(name) => found.is_unknown |= &**name != WRITTEN_WHOLE,
            Node::Open => found.is_unknown = true,
            Node::Anything | Node::Nothing | Node::Values(_) | Node::Not(_) => {}
        }
    }
    found
}
