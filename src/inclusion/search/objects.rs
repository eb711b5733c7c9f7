//! Draws objects: names first, then the value of each.

use super::{
    breaks::{Break, ObjectBreak},
    draw::Drawing,
    goal::Goal,
    strings::at_most,
};
use crate::inclusion::{
    schema::{NodeId, Objects},
    value::Value,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Objects with more members are not drawn.
const MOST_MEMBERS: u64 = 2_000;

/// What an object has to be.
#[derive(Default)]
struct Plan {
    fewest: u64,
    most: Option<u64>,
    /// Members that have to stand, each with what its value has to break.
    members: BTreeMap<Rc<str>, Vec<NodeId>>,
    missing: BTreeSet<Rc<str>>,
    /// What every name has to be.
    names: Vec<NodeId>,
    /// What the values of members have to be that nobody names.
    rests: Vec<NodeId>,
}

impl<'a> Drawing<'a> {
    pub(super) fn object(&mut self, goal: &Goal<'a>) -> Option<Value> {
        let mut plan = Plan::default();
        for record in &goal.records {
            let objects = &record.objects;
            plan.fewest = plan.fewest.max(objects.fewest);
            at_most(&mut plan.most, objects.most);
            plan.names.extend(objects.names);
            for name in &objects.required {
                plan.members.entry(Rc::clone(name)).or_default();
            }
        }
        for broken in &goal.breaks {
            if let Break::Object(broken) = broken {
                self.break_object(*broken, goal, &mut plan)?;
            }
        }
        for unnamed in &goal.unnamed {
            match unnamed.members {
                Some(members) if unnamed.broken => {
                    let name = self.undeclared(goal, &plan)?;
                    plan.members.entry(name).or_default().push(members);
                }
                Some(members) => plan.rests.push(members),
                None => {}
            }
        }
        if plan.members.keys().any(|name| plan.missing.contains(name)) {
            return None;
        }
        self.fill(goal, plan)
    }

    fn break_object(
        &mut self,
        broken: ObjectBreak<'a>,
        goal: &Goal<'a>,
        plan: &mut Plan,
    ) -> Option<()> {
        match broken {
            ObjectBreak::Missing(name) => {
                plan.missing.insert(Rc::clone(name));
            }
            ObjectBreak::TooFew(fewest) => at_most(&mut plan.most, Some(fewest.saturating_sub(1))),
            ObjectBreak::TooMany(most) => plan.fewest = plan.fewest.max(most.saturating_add(1)),
            ObjectBreak::Member(name, schema) => {
                plan.members
                    .entry(Rc::clone(name))
                    .or_default()
                    .push(schema);
            }
            ObjectBreak::PatternMember(pattern, schema) => {
                let name = self.matching(pattern, goal)?;
                plan.members.entry(name).or_default().push(schema);
            }
            ObjectBreak::RestMember(objects, schema) => {
                let name = self.unnamed_by(objects, goal, plan)?;
                plan.members.entry(name).or_default().push(schema);
            }
            ObjectBreak::Name(schema) => {
                let names = plan.names.clone();
                let Value::String(name) = self.inside(&names, &[schema])? else {
                    return None;
                };
                plan.members.entry(name).or_default();
            }
        }
        Some(())
    }

    /// A name that a pattern matches: one that is named already, or a sample.
    fn matching(&mut self, pattern: &Rc<str>, goal: &Goal<'a>) -> Option<Rc<str>> {
        if self.random.once_in(2) {
            let named = named(goal);
            let start = self.random.below(named.len());
            for name in named[start..].iter().chain(&named[..start]) {
                if self.matches(pattern, name) == Some(true) {
                    return Some(Rc::clone(name));
                }
            }
        }
        self.sample(pattern).map(Rc::from)
    }

    /// A name that one record does not name.
    fn unnamed_by(&mut self, objects: &Objects, goal: &Goal<'a>, plan: &Plan) -> Option<Rc<str>> {
        for _ in 0..8 {
            let name = match self.random.below(4) {
                0 => self.random.of(&named(goal)).cloned(),
                1 => plan
                    .members
                    .keys()
                    .nth(self.random.below(plan.members.len()))
                    .cloned(),
                _ => None,
            };
            let name = match name {
                Some(name) => name,
                None => self.undeclared(goal, plan)?,
            };
            if !self.names_it(objects, &name) {
                return Some(name);
            }
        }
        None
    }

    fn names_it(&mut self, objects: &Objects, name: &str) -> bool {
        objects.members.contains_key(name)
            || objects
                .patterns
                .iter()
                .any(|(pattern, _)| self.matches(pattern, name) == Some(true))
    }

    /// A name that the records need not name.
    fn undeclared(&mut self, goal: &Goal<'a>, plan: &Plan) -> Option<Rc<str>> {
        let pool = self.pool;
        if !plan.names.is_empty() && self.random.below(4) > 0 {
            let names = plan.names.clone();
            return match self.inside(&names, &[])? {
                Value::String(name) => Some(name),
                Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::Array(_)
                | Value::Object(_) => None,
            };
        }
        let pattern = goal
            .records
            .iter()
            .flat_map(|record| &record.objects.patterns)
            .nth(self.random.below(3));
        let drawn = match (self.random.below(6), pattern) {
            (0, _) => self.random.of(&pool.names).cloned(),
            (1 | 2, Some((pattern, _))) => self.sample(pattern).map(Rc::from),
            (3, _) => {
                let pattern = self.random.of(&pool.patterns);
                let sample = pattern.and_then(|pattern| self.sample(pattern));
                sample.map(Rc::from)
            }
            (4, _) => Some(Rc::from("")),
            _ => None,
        };
        if let Some(drawn) = drawn {
            return Some(drawn);
        }
        let letter = ["x", "a", "0", "A", "_", "\u{e9}"][self.random.below(6)];
        Some(letter.repeat(1 + self.random.below(3)).into())
    }

    fn fill(&mut self, goal: &Goal<'a>, mut plan: Plan) -> Option<Value> {
        if plan.fewest > plan.most.unwrap_or(MOST_MEMBERS).min(MOST_MEMBERS) {
            return None;
        }
        let mut members = BTreeMap::new();
        for (name, negatives) in std::mem::take(&mut plan.members) {
            let value = self.member(goal, &plan, &name, &negatives)?;
            members.insert(name, value);
        }
        self.optional(goal, &plan, &mut members);
        for attempt in 0.. {
            if members.len() as u64 >= plan.fewest || attempt > 2 * plan.fewest + 10 {
                break;
            }
            self.spend(1)?;
            let mut name = self.undeclared(goal, &plan)?;
            if members.contains_key(&name) && plan.names.is_empty() {
                name = format!("{name}{attempt}").into();
            }
            self.add(goal, &plan, name, &mut members);
        }
        (members.len() as u64 >= plan.fewest).then(|| Value::Object(Rc::new(members)))
    }

    /// Adds members that may be left out: none, some, or all of them, and sometimes one that nobody names.
    fn optional(&mut self, goal: &Goal<'a>, plan: &Plan, members: &mut BTreeMap<Rc<str>, Value>) {
        if self.is_frugal() {
            return;
        }
        let share = self.random.below(4);
        for name in named(goal) {
            let wanted = share > 0 && self.random.below(3) < share;
            if wanted && !members.contains_key(&name) {
                self.add(goal, plan, name, members);
            }
        }
        if self.random.once_in(4)
            && let Some(name) = self.undeclared(goal, plan)
        {
            self.add(goal, plan, name, members);
        }
    }

    /// Adds a member where its value can be drawn.
    fn add(
        &mut self,
        goal: &Goal<'a>,
        plan: &Plan,
        name: Rc<str>,
        members: &mut BTreeMap<Rc<str>, Value>,
    ) {
        let full = plan.most.is_some_and(|most| members.len() as u64 >= most);
        if full || plan.missing.contains(&name) || members.contains_key(&name) {
            return;
        }
        if let Some(value) = self.member(goal, plan, &name, &[]) {
            members.insert(name, value);
        }
    }

    fn member(
        &mut self,
        goal: &Goal<'a>,
        plan: &Plan,
        name: &str,
        negatives: &[NodeId],
    ) -> Option<Value> {
        let mut positives = Vec::new();
        let mut declared = false;
        for record in &goal.records {
            let objects = &record.objects;
            let before = positives.len();
            positives.extend(objects.members.get(name));
            for (pattern, schema) in &objects.patterns {
                if self.matches(pattern, name) != Some(false) {
                    positives.push(*schema);
                }
            }
            if positives.len() == before {
                positives.extend(objects.rest);
            }
            declared |= positives.len() > before;
        }
        if !declared {
            positives.extend(&plan.rests);
        }
        self.inside(&positives, negatives)
    }
}

/// The names that the records name.
fn named(goal: &Goal<'_>) -> Vec<Rc<str>> {
    let names: BTreeSet<&Rc<str>> = goal
        .records
        .iter()
        .flat_map(|record| record.objects.members.keys())
        .collect();
    names.into_iter().cloned().collect()
}
