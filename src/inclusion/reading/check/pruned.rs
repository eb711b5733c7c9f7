//! Values with members left out, by the schemas of each place.

use super::{
    super::inside::{Inside, inside},
    super::place::{Choose, atoms, cases},
    Check,
};
use crate::inclusion::{
    schema::{Arena, Node, NodeId},
    value::Value,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Ways to leave members out that are tried for one value.
const MOST_PRUNINGS: usize = 64;

/// Cases of branches for one way.
const MOST_CASES: usize = 32;

/// Which members of one object stay; what stands inside them is another matter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Named,
    All,
}

/// Values with members left out.
pub(super) struct Prunings {
    pub(super) values: Vec<Value>,
    /// Whether no way was left untried.
    pub(super) is_complete: bool,
}

impl Prunings {
    fn of(value: &Value) -> Self {
        Self {
            values: vec![value.clone()],
            is_complete: true,
        }
    }
}

impl Check<'_> {
    /// Ways to leave out members that no schema of the place names, over all branches and branch by branch.
    pub(super) fn prunings(&mut self, roots: &[NodeId], value: &Value) -> Prunings {
        let arena = self.arena;
        if roots.is_empty()
            || matches!(
                value,
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)
            )
        {
            return Prunings::of(value);
        }
        let mut ways = vec![atoms(arena, roots).atoms];
        for case in cases(arena, roots, Choose::Every, MOST_CASES).list {
            let way = case.certain.union(&case.possible).copied().collect();
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        let mut found = Prunings {
            values: Vec::new(),
            is_complete: ways.len() < MOST_CASES,
        };
        let keeps = [Keep::Named, Keep::All];
        for (way, keep) in ways.iter().flat_map(|way| keeps.map(|keep| (way, keep))) {
            let pruned = match value {
                Value::Object(members) => self.prune_members(way, members, keep),
                Value::Array(_) if keep == Keep::All => continue,
                Value::Array(items) => self.prune_items(way, items),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => continue,
            };
            found.is_complete &= pruned.is_complete;
            for value in pruned.values {
                if !found.values.contains(&value) {
                    found.values.push(value);
                }
            }
        }
        if found.values.len() > MOST_PRUNINGS {
            found.is_complete = false;
            found.values.truncate(MOST_PRUNINGS);
        }
        found
    }

    fn prune_members(
        &mut self,
        way: &BTreeSet<NodeId>,
        members: &BTreeMap<Rc<str>, Value>,
        keep: Keep,
    ) -> Prunings {
        let arena = self.arena;
        let own = innermost(self.arena, way);
        let way = inside(arena, way);
        let keeps_all = keep == Keep::All || way.is_free(arena) || way.declares_all(arena);
        let (mut names, mut columns) = (Vec::new(), Vec::new());
        for (name, inner) in members {
            let named = way
                .records
                .iter()
                .any(|record| self.names(record, name) != Some(false));
            if keeps_all || named {
                names.push(name.clone());
                let mut below: Vec<NodeId> = Vec::new();
                for record in &way.records {
                    below.extend(self.of_record(record, name).unwrap_or_default());
                }
                if below.is_empty() {
                    below.extend(&own.members);
                }
                columns.push(self.prunings(&below, inner));
            }
        }
        combine(&columns, |values| {
            let members = names.iter().cloned().zip(values).collect();
            Value::Object(Rc::new(members))
        })
    }

    fn prune_items(&mut self, way: &BTreeSet<NodeId>, items: &[Value]) -> Prunings {
        let own = innermost(self.arena, way);
        let way = inside(self.arena, way);
        let mut columns = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let mut below = way.of_position(index);
            if below.is_empty() {
                below.extend(&own.items);
            }
            columns.push(self.prunings(&below, item));
        }
        combine(&columns, |values| Value::Array(values.into()))
    }
}
/// The values with one choice for each part.
fn combine(columns: &[Prunings], whole: impl Fn(Vec<Value>) -> Value) -> Prunings {
    let ways = columns.iter().try_fold(1_usize, |ways, column| {
        ways.checked_mul(column.values.len())
    });
    let ways = ways.unwrap_or(usize::MAX);
    let values = (0..ways.min(MOST_PRUNINGS)).map(|way| {
        let mut left = way;
        whole(
            columns
                .iter()
                .map(|column| {
                    let choice = left % column.values.len();
                    left /= column.values.len();
                    column.values[choice].clone()
                })
                .collect(),
        )
    });
    Prunings {
        values: values.collect(),
        is_complete: ways <= MOST_PRUNINGS && columns.iter().all(|column| column.is_complete),
    }
}

/// The keywords about what is unevaluated that have something left to speak about: one inside takes all.
fn innermost<'a>(arena: &'a Arena, way: &BTreeSet<NodeId>) -> Inside<'a> {
    let takes = |id: &NodeId, of: fn(&Inside) -> bool| match arena.get(*id) {
        Node::Unevaluated { base, .. } => {
            let within = atoms(arena, &[*base]).atoms;
            let taken = within.intersection(way).copied().collect();
            !of(&inside(arena, &taken))
        }
        _ => true,
    };
    let members = way
        .iter()
        .copied()
        .filter(|id| takes(id, |inside| !inside.members.is_empty()));
    let items = way
        .iter()
        .copied()
        .filter(|id| takes(id, |inside| !inside.items.is_empty()));
    Inside {
        records: Vec::new(),
        members: inside(arena, &members.collect()).members,
        items: inside(arena, &items.collect()).items,
    }
}
