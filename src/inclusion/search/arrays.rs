//! Draws arrays: positions first, then the item of each.

use super::{
    breaks::{Break, ListBreak},
    draw::Drawing,
    goal::Goal,
    strings::at_most,
};
use crate::inclusion::{
    schema::{Contains, NodeId},
    value::Value,
};
use num_bigint::BigInt;
use std::{collections::BTreeSet, rc::Rc};

/// Arrays longer than this are not drawn.
const LONGEST: u64 = 50_000;

/// Items drawn one by one; those after them are copies, unless all have to differ.
const DRAWN: usize = 48;

/// What an array has to be.
#[derive(Default)]
struct List<'a> {
    fewest: u64,
    most: Option<u64>,
    unique: bool,
    doubled: bool,
    contains: Vec<&'a Contains>,
    /// Schemas that every item has to break.
    every: Vec<NodeId>,
    /// Items that have to match or to break a schema, wherever they stand.
    wanted: Vec<(NodeId, Want)>,
    /// Positions that have to break a schema.
    broken: Vec<(usize, NodeId)>,
    rests: Vec<NodeId>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    Match,
    Break,
}

/// What the item of one position has to be.
#[derive(Clone, Default, PartialEq, Eq)]
struct Item {
    positives: Vec<NodeId>,
    negatives: Vec<NodeId>,
}

impl<'a> Drawing<'a> {
    pub(super) fn array(&mut self, goal: &Goal<'a>) -> Option<Value> {
        let list = self.list(goal);
        let count = self.count(&list)?;
        let mut plan = vec![Item::default(); count];
        for record in &goal.records {
            let arrays = &record.arrays;
            for (index, item) in plan.iter_mut().enumerate() {
                item.positives
                    .extend(arrays.prefix.get(index).copied().or(arrays.rest));
            }
        }
        self.spend(count as u64 / 32)?;
        for (index, schema) in &list.broken {
            plan.get_mut(*index)?.negatives.push(*schema);
        }
        for item in &mut plan {
            item.negatives.extend(&list.every);
        }
        self.assign(&list, goal, &mut plan);
        let mut items = self.items(&plan, list.unique)?;
        if list.doubled && items.len() > 1 {
            let first = self.random.below(items.len() - 1);
            items[first] = items[items.len() - 1].clone();
        }
        Some(Value::Array(items.into()))
    }

    fn list(&mut self, goal: &Goal<'a>) -> List<'a> {
        let mut list = List::default();
        for record in &goal.records {
            let arrays = &record.arrays;
            list.fewest = list.fewest.max(arrays.fewest);
            at_most(&mut list.most, arrays.most);
            list.unique |= arrays.unique;
            list.contains.extend(&arrays.contains);
        }
        for broken in &goal.breaks {
            if let Break::List(broken) = broken {
                self.break_list(*broken, &mut list);
            }
        }
        for unnamed in &goal.unnamed {
            let Some(items) = unnamed.items else {
                continue;
            };
            if unnamed.broken {
                list.wanted.push((items, Want::Break));
            } else {
                list.rests.push(items);
            }
        }
        list
    }

    fn break_list(&mut self, broken: ListBreak<'a>, list: &mut List<'a>) {
        match broken {
            ListBreak::TooFew(fewest) => at_most(&mut list.most, Some(fewest.saturating_sub(1))),
            ListBreak::TooMany(most) => list.fewest = list.fewest.max(most.saturating_add(1)),
            ListBreak::Item(index, schema) => list.broken.push((index, schema)),
            ListBreak::RestItem(start, schema) => {
                list.broken.push((start + self.random.below(2), schema));
            }
            ListBreak::Doubled => {
                list.doubled = true;
                list.fewest = list.fewest.max(2);
            }
            ListBreak::FewMatches(contains) if contains.fewest == 1 => {
                list.every.push(contains.schema);
            }
            ListBreak::FewMatches(contains) => {
                let few = self
                    .random
                    .below(usize::try_from(contains.fewest).unwrap_or(usize::MAX));
                let matching = std::iter::repeat_n((contains.schema, Want::Match), few.min(64));
                list.wanted.extend(matching);
            }
            ListBreak::ManyMatches(contains, most) => {
                let many = usize::try_from(most.min(500)).unwrap_or(0) + 1;
                list.wanted
                    .extend(std::iter::repeat_n((contains.schema, Want::Match), many));
            }
        }
    }

    /// How many items: as few as needed, one more, as many as allowed.
    fn count(&mut self, list: &List<'a>) -> Option<usize> {
        let contained = list.contains.iter().map(|contains| contains.fewest).max();
        let broken = list.broken.iter().map(|(index, _)| *index as u64 + 1).max();
        let needed = list
            .fewest
            .max(contained.unwrap_or(0))
            .max(broken.unwrap_or(0))
            .max(list.wanted.len() as u64);
        if needed > list.most.unwrap_or(LONGEST) || needed > LONGEST {
            return None;
        }
        let more = match self.random.below(6) {
            0 | 1 => 0,
            2 => 1,
            3 => 2,
            4 => list
                .contains
                .iter()
                .map(|contains| contains.fewest)
                .sum::<u64>()
                .min(100),
            _ => list.most.unwrap_or(3).saturating_sub(needed).min(40),
        };
        let more = if self.is_frugal() { 0 } else { more };
        let count = (needed + more).min(list.most.unwrap_or(u64::MAX));
        usize::try_from(count).ok()
    }

    /// Gives the positions what has to stand somewhere.
    fn assign(&mut self, list: &List<'a>, goal: &Goal<'a>, plan: &mut [Item]) {
        let free = goal
            .records
            .iter()
            .map(|record| record.arrays.prefix.len())
            .max()
            .unwrap_or(0);
        let start = if self.random.once_in(2) { free } else { 0 };
        let count = plan.len().max(1);
        let mut next = start;
        for (schema, want) in &list.wanted {
            if let Some(item) = plan.get_mut(next % count) {
                match want {
                    Want::Match => item.positives.push(*schema),
                    Want::Break => item.negatives.push(*schema),
                }
            }
            next += 1;
        }
        for contains in &list.contains {
            let shared = self.random.once_in(2);
            let first = if shared { start } else { next };
            let fewest = usize::try_from(contains.fewest).unwrap_or(0).min(count);
            for offset in 0..count {
                let Some(item) = plan.get_mut((first + offset) % count) else {
                    continue;
                };
                if offset < fewest {
                    item.positives.push(contains.schema);
                } else if contains.most.is_some_and(|most| offset as u64 >= most) {
                    item.negatives.push(contains.schema);
                }
            }
            next = first + fewest;
        }
        // What nobody names has to hold to the rest; an item that is named holds to both as well.
        for rest in &list.rests {
            for item in plan.iter_mut().filter(|item| item.positives.is_empty()) {
                item.positives.push(*rest);
            }
        }
    }

    fn items(&mut self, plan: &[Item], unique: bool) -> Option<Vec<Value>> {
        let mut items: Vec<Value> = Vec::with_capacity(plan.len());
        let mut met: BTreeSet<Value> = BTreeSet::new();
        for (index, item) in plan.iter().enumerate() {
            let copied = index
                .checked_sub(DRAWN / 2)
                .filter(|back| index > DRAWN && plan[*back] == *item);
            let mut value = match copied {
                Some(back) => items[back].clone(),
                None => self.inside(&item.positives, &item.negatives)?,
            };
            if unique && met.contains(&value) {
                value = self.fresh(value, item, &met)?;
            }
            if unique {
                met.insert(value.clone());
            }
            items.push(value);
        }
        Some(items)
    }

    /// A value like this one that was not met yet.
    fn fresh(&mut self, value: Value, item: &Item, met: &BTreeSet<Value>) -> Option<Value> {
        for _ in 0..6 {
            let other = self.inside(&item.positives, &item.negatives)?;
            if !met.contains(&other) {
                return Some(other);
            }
        }
        let mut next = value;
        for step in 1..200_i64 {
            self.spend(1)?;
            next = successor(&next, step);
            let fits = |drawing: &mut Self| {
                item.positives
                    .iter()
                    .all(|id| drawing.holds(*id, &next) != Some(false))
                    && item
                        .negatives
                        .iter()
                        .all(|id| drawing.holds(*id, &next) != Some(true))
            };
            if !met.contains(&next) && fits(self) {
                return Some(next);
            }
        }
        None
    }
}

/// Another value, of the same type where there are many.
fn successor(value: &Value, step: i64) -> Value {
    match value {
        Value::Number(number) => Value::Number((number.exact() + BigInt::from(step)).into()),
        Value::String(text) => Value::String(Rc::from(format!("{text}a"))),
        Value::Null => Value::Bool(true),
        Value::Bool(_) => Value::Number(0_i64.into()),
        Value::Array(items) => Value::Array(items.iter().cloned().chain([Value::Null]).collect()),
        Value::Object(members) => {
            let mut members = (**members).clone();
            members.insert(Rc::from(format!("x{step}")), Value::Null);
            Value::Object(Rc::new(members))
        }
    }
}
