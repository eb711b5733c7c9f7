//! Whether a value is written or read, by the definitions of the tolerant reading.

mod pruned;

use super::{
    inside::inside,
    narrow::{MOST_COMPARED, atoms_beside},
    place::{atoms, speaking},
};
use crate::inclusion::{
    evaluate::Evaluator,
    languages::Languages,
    rebuild::in_place,
    schema::{Arena, Node, NodeId, Record, WRITTEN_WHOLE},
    value::Value,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// How deep values are looked into.
const DEEPEST: usize = 100;

/// Whether a writer of a schema writes a value; `against` as in [`super::Readings::writer_against`].
pub(super) fn written(
    arena: &Arena,
    id: NodeId,
    against: Option<NodeId>,
    value: &Value,
    languages: &mut Languages,
) -> Option<bool> {
    let mut check = Check { arena, languages };
    match check.holds(id, value) {
        Some(true) if value.depth() > DEEPEST => None,
        Some(true) => check.is_declared(&[id], &Vec::from_iter(against), value),
        other => other,
    }
}

/// Whether a reader takes a value: as it is, or with some undeclared members left out.
pub(super) fn readable(
    arena: &Arena,
    id: NodeId,
    value: &Value,
    languages: &mut Languages,
) -> Option<bool> {
    let mut check = Check { arena, languages };
    let as_it_is = check.holds(id, value);
    if as_it_is == Some(true) {
        return as_it_is;
    }
    if value.depth() > DEEPEST {
        return None;
    }
    let prunings = check.prunings(&[id], value);
    let mut is_known = as_it_is.is_some() && prunings.is_complete;
    for pruned in prunings.values {
        let takes = match check.holds(id, &pruned) {
            Some(true) => check.is_undeclared(&[id], value, &pruned),
            other => other,
        };
        match takes {
            Some(true) => return Some(true),
            Some(false) => {}
            None => is_known = false,
        }
    }
    is_known.then_some(false)
}

struct Check<'a> {
    arena: &'a Arena,
    languages: &'a mut Languages,
}

impl Check<'_> {
    fn holds(&mut self, id: NodeId, value: &Value) -> Option<bool> {
        Evaluator::new(self.arena, self.languages).holds(id, value)
    }

    /// The records and `Unevaluated` that accept a value, of schemas that do.
    fn applied(&mut self, roots: &[NodeId], value: &Value) -> Option<BTreeSet<NodeId>> {
        let arena = self.arena;
        let (mut found, mut met) = (BTreeSet::new(), BTreeSet::new());
        let mut pending = roots.to_vec();
        while let Some(id) = pending.pop() {
            if !met.insert(id) {
                continue;
            }
            match arena.get(id) {
                Node::Record(_) => {
                    found.insert(id);
                }
                Node::All(parts) => pending.extend(parts.iter().copied()),
                Node::Any(parts) | Node::One(parts) => {
                    for part in parts {
                        if self.holds(*part, value)? {
                            pending.push(*part);
                        }
                    }
                }
                Node::Link(inner) => pending.push(*inner),
                Node::Unevaluated { base, .. } => {
                    found.insert(id);
                    pending.push(*base);
                }
                Node::Opaque(name) if &**name != WRITTEN_WHOLE => return None,
                Node::Open => return None,
                Node::Opaque(_)
                | Node::Anything
                | Node::Nothing
                | Node::Values(_)
                | Node::Not(_) => {}
            }
        }
        Some(found)
    }

    /// The branches that accept a value, of schemas that do.
    fn branches(&mut self, roots: &[NodeId], value: &Value) -> Option<Vec<NodeId>> {
        let arena = self.arena;
        let (mut found, mut met) = (Vec::new(), BTreeSet::new());
        let mut pending = roots.to_vec();
        while let Some(id) = pending.pop() {
            if !met.insert(id) {
                continue;
            }
            if let Node::Any(parts) | Node::One(parts) = arena.get(id) {
                for part in parts {
                    if self.holds(*part, value)? {
                        pending.push(*part);
                        found.push(*part);
                    }
                }
            } else {
                pending.extend(in_place(arena.get(id)));
            }
        }
        (found.len() <= MOST_COMPARED).then_some(found)
    }

    fn is_declared(&mut self, roots: &[NodeId], against: &[NodeId], value: &Value) -> Option<bool> {
        let arena = self.arena;
        if matches!(
            value,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)
        ) {
            return Some(true);
        }
        let applied = self.applied(roots, value)?;
        let mut against = speaking(arena, against.to_vec());
        if against == speaking(arena, roots.to_vec()) {
            // A schema narrows nothing of itself.
            against.clear();
        }
        let branches = if against.is_empty() {
            Vec::new()
        } else {
            self.branches(roots, value)?
        };
        let narrows = atoms_beside(arena, &against, &branches);
        let narrows = inside(arena, &narrows);
        match value {
            Value::Object(members) => {
                let own = atoms(arena, roots);
                let is_open =
                    narrows.is_narrow(arena) && !inside(arena, &own.atoms).is_narrow(arena);
                if !is_open && !self.declares(&applied, members)? {
                    return Some(false);
                }
                for (name, inner) in members.iter() {
                    let below = self.of_member(&applied, value, name)?;
                    if !self.is_declared(&below, &narrows.of_name(name), inner)? {
                        return Some(false);
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let below = self.of_item(&applied, value, index)?;
                    let mut against = narrows.of_position(index);
                    against.extend(&narrows.items);
                    if !self.is_declared(&below, &against, item)? {
                        return Some(false);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        Some(true)
    }

    /// Whether every member is declared, or none is named.
    fn declares(
        &mut self,
        applied: &BTreeSet<NodeId>,
        members: &BTreeMap<Rc<str>, Value>,
    ) -> Option<bool> {
        let applied = inside(self.arena, applied);
        if applied.is_free(self.arena) || applied.declares_all(self.arena) {
            return Some(true);
        }
        for name in members.keys() {
            let mut is_declared = false;
            for record in &applied.records {
                is_declared |= self.names(record, name)?;
            }
            if !is_declared {
                return Some(false);
            }
        }
        Some(true)
    }

    /// Whether nothing that accepts the value declares what was left out of it.
    fn is_undeclared(&mut self, roots: &[NodeId], whole: &Value, left: &Value) -> Option<bool> {
        if whole == left {
            return Some(true);
        }
        let applied = self.applied(roots, left)?;
        match (whole, left) {
            (Value::Object(whole), Value::Object(members)) => {
                for (name, inner) in whole.iter() {
                    let fair = if let Some(kept) = members.get(name) {
                        let below = self.of_member(&applied, left, name)?;
                        self.is_undeclared(&below, inner, kept)?
                    } else {
                        !self.declares_name(&applied, name)?
                    };
                    if !fair {
                        return Some(false);
                    }
                }
            }
            (Value::Array(whole), Value::Array(items)) => {
                for (index, (inner, kept)) in whole.iter().zip(items.iter()).enumerate() {
                    let below = self.of_item(&applied, left, index)?;
                    if !self.is_undeclared(&below, inner, kept)? {
                        return Some(false);
                    }
                }
            }
            _ => return Some(false),
        }
        Some(true)
    }

    fn declares_name(&mut self, applied: &BTreeSet<NodeId>, name: &Rc<str>) -> Option<bool> {
        let applied = inside(self.arena, applied);
        if applied.is_free(self.arena) || applied.declares_all(self.arena) {
            return Some(true);
        }
        for record in &applied.records {
            if self.names(record, name)? {
                return Some(true);
            }
        }
        Some(false)
    }

    /// Whether a record names a member.
    fn names(&mut self, record: &Record, name: &Rc<str>) -> Option<bool> {
        let objects = &record.objects;
        if objects.members.contains_key(name)
            || objects.required.contains(name)
            || objects.declared.contains(name)
        {
            return Some(true);
        }
        for (pattern, _) in &objects.patterns {
            if self.languages.matches(pattern, name)? {
                return Some(true);
            }
        }
        Some(false)
    }

    /// The schemas that apply to a member.
    fn of_member(
        &mut self,
        applied: &BTreeSet<NodeId>,
        value: &Value,
        name: &Rc<str>,
    ) -> Option<Vec<NodeId>> {
        let arena = self.arena;
        let mut found = Vec::new();
        for id in applied {
            match arena.get(*id) {
                Node::Record(record) => found.extend(self.of_record(record, name)?),
                Node::Unevaluated {
                    base,
                    members: Some(rest),
                    ..
                } => {
                    let base = self.applied(&[*base], value)?;
                    if !self.evaluates(&base, name)? {
                        found.push(*rest);
                    }
                }
                _ => {}
            }
        }
        Some(found)
    }

    fn of_record(&mut self, record: &Record, name: &Rc<str>) -> Option<Vec<NodeId>> {
        let objects = &record.objects;
        let mut found: Vec<NodeId> = objects.members.get(name).copied().into_iter().collect();
        for (pattern, schema) in &objects.patterns {
            if self.languages.matches(pattern, name)? {
                found.push(*schema);
            }
        }
        if found.is_empty() {
            found.extend(objects.rest);
        }
        Some(found)
    }

    fn evaluates(&mut self, applied: &BTreeSet<NodeId>, name: &Rc<str>) -> Option<bool> {
        let applied = inside(self.arena, applied);
        for record in &applied.records {
            if !self.of_record(record, name)?.is_empty() {
                return Some(true);
            }
        }
        Some(!applied.members.is_empty())
    }

    /// The schemas that apply to an item.
    fn of_item(
        &mut self,
        applied: &BTreeSet<NodeId>,
        value: &Value,
        index: usize,
    ) -> Option<Vec<NodeId>> {
        let arena = self.arena;
        let mut found = inside(arena, applied).of_position(index);
        for id in applied {
            if let Node::Unevaluated {
                base,
                items: Some(rest),
                ..
            } = arena.get(*id)
            {
                let base = self.applied(&[*base], value)?;
                let base = inside(arena, &base);
                let counts = base
                    .records
                    .iter()
                    .any(|record| !record.arrays.contains.is_empty());
                if base.of_position(index).is_empty() && base.items.is_empty() {
                    // Which items `contains` took is not asked here.
                    if counts {
                        return None;
                    }
                    found.push(*rest);
                }
            }
        }
        Some(found)
    }
}
