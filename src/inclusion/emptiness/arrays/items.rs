//! What is known about the items: every question is asked once.

use super::plan::Item;
use crate::inclusion::{
    Reason, Record, Types,
    emptiness::{Ask, Outcome},
    schema::{Arena, Limit, NodeId},
    value::Value,
};
use foldhash::HashMap;
use std::rc::Rc;

/// As many different values of one item are asked for by leaving out those known.
const MOST_VALUES: usize = 64;

/// Different values that an item may have, as many as were asked for.
#[derive(Clone, Debug)]
pub(super) struct Values {
    pub(super) list: Vec<Value>,
    /// Why there may be more where there are too few.
    pub(super) more: Option<Reason>,
}

/// The values of an item found so far.
#[derive(Debug, Default)]
struct Found {
    list: Vec<Value>,
    ended: Option<Ended>,
    /// Whether no number lies above those in the list, or none was found.
    bounded: bool,
}

/// Why no more values are asked for.
#[derive(Debug)]
enum Ended {
    /// These are all.
    All,
    /// Not known.
    Doubt(Reason),
}

/// From this many on, numbers are looked for above those known.
const FEW_VALUES: usize = 8;

/// The way to the solver of the whole question.
pub(super) struct Items<'a> {
    ask: &'a mut dyn Ask,
    known: HashMap<Item, Outcome>,
    found: HashMap<Item, Found>,
    members: HashMap<(Value, NodeId), Option<bool>>,
}

impl<'a> Items<'a> {
    pub(super) fn new(ask: &'a mut dyn Ask) -> Self {
        Self {
            ask,
            known: HashMap::default(),
            found: HashMap::default(),
            members: HashMap::default(),
        }
    }

    pub(super) fn spend(&mut self, steps: u64) -> Result<(), Reason> {
        self.ask.spend(steps)
    }

    /// A value that an item may have.
    pub(super) fn one(&mut self, item: &Item) -> Outcome {
        if item.of.is_empty() && item.not.is_empty() {
            return Outcome::Model(Value::Null);
        }
        let contradicts = |id: &NodeId| item.of.binary_search(id).is_ok();
        if item.not.contains(&Arena::ANYTHING)
            || item.of.contains(&Arena::NOTHING)
            || item.not.iter().any(contradicts)
        {
            return Outcome::Empty;
        }
        if let Some(outcome) = self.known.get(item) {
            return outcome.clone();
        }
        let outcome = self.ask.ask(&item.of, &item.not);
        self.known.insert(item.clone(), outcome.clone());
        outcome
    }

    /// Different values that an item may have: `count` of them or more, if there are as many.
    pub(super) fn several(&mut self, item: &Item, count: usize) -> Rc<Values> {
        let mut found = self.found.remove(item).unwrap_or_default();
        while found.ended.is_none() && found.list.len() < count {
            self.another(item, &mut found);
        }
        let more = match &found.ended {
            Some(Ended::Doubt(reason)) if found.list.len() < count => Some(reason.clone()),
            Some(Ended::Doubt(_) | Ended::All) | None => None,
        };
        let list = found.list.clone();
        self.found.insert(item.clone(), found);
        Rc::new(Values { list, more })
    }

    /// Adds one more value of an item to those known, or says why not.
    fn another(&mut self, item: &Item, found: &mut Found) {
        if let Some(value) = self.beyond(item, found) {
            found.list.push(value);
            return;
        }
        if found.list.len() >= MOST_VALUES {
            found.ended = Some(Ended::Doubt(Reason(
                format!("uniqueItems over more than {MOST_VALUES} values").into(),
            )));
            return;
        }
        let mut fresh = item.clone();
        if !found.list.is_empty() {
            fresh.never(self.ask.arena().values(found.list.iter().cloned()));
        }
        match self.one(&fresh) {
            Outcome::Empty => found.ended = Some(Ended::All),
            Outcome::Model(value) if found.list.contains(&value) => {
                found.ended = Some(Ended::Doubt(Reason(
                    "no different item was found under uniqueItems".into(),
                )));
            }
            Outcome::Model(value) => found.list.push(value),
            Outcome::Unknown(reason) => found.ended = Some(Ended::Doubt(reason)),
        }
    }

    /// A number above all that are known: many of them are cheaper to find so than by leaving out all before.
    fn beyond(&mut self, item: &Item, found: &mut Found) -> Option<Value> {
        if found.list.len() < FEW_VALUES || found.bounded {
            return None;
        }
        let numbers = found.list.iter().filter_map(|value| match value {
            Value::Number(number) => Some(number),
            Value::Null
            | Value::Bool(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => None,
        });
        let mut above = Record::of(Types::NUMBER);
        above.numbers.lower = numbers.max().map(|number| Limit {
            at: number.clone(),
            exclusive: true,
        });
        let mut next = item.clone();
        next.also(self.ask.arena().record(above));
        match self.one(&next) {
            Outcome::Model(value) if !found.list.contains(&value) => Some(value),
            Outcome::Model(_) | Outcome::Empty | Outcome::Unknown(_) => {
                found.bounded = true;
                None
            }
        }
    }

    /// Whether a value belongs to a schema.
    pub(super) fn member(&mut self, value: &Value, schema: NodeId) -> Option<bool> {
        if schema == Arena::ANYTHING || schema == Arena::NOTHING {
            return Some(schema == Arena::ANYTHING);
        }
        let key = (value.clone(), schema);
        if let Some(known) = self.members.get(&key) {
            return *known;
        }
        let exactly = self.ask.arena().values([value.clone()]);
        let member = match self.ask.ask(&[exactly], &[schema]) {
            Outcome::Empty => Some(true),
            Outcome::Model(_) => Some(false),
            Outcome::Unknown(_) => None,
        };
        self.members.insert(key, member);
        member
    }
}
