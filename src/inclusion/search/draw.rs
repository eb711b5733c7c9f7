//! Draws a value that is meant to belong to some schemas and to break others; whether it does is checked afterwards.

use super::{breaks::Break, goal::Goal, patterns, pool::Pool, random::Random};
use crate::inclusion::{
    evaluate::{Evaluator, type_of},
    languages::Languages,
    schema::{Arena, NodeId, Record},
    types::Types,
    value::Value,
};
use foldhash::HashMap;
use regex_syntax::hir::Hir;
use std::rc::Rc;

/// Values stand in each other no deeper than this.
const DEEPEST: usize = 60;

/// Steps of matching texts that are one step here.
const STEPS: u64 = 4;

/// From this depth on only what is required is drawn.
const FRUGAL: usize = 4;

/// The types, one by one.
const TYPES: [Types; 7] = [
    Types::OBJECT,
    Types::ARRAY,
    Types::STRING,
    Types::INTEGER,
    Types::NUMBER.without(Types::INTEGER),
    Types::BOOLEAN,
    Types::NULL,
];

/// Draws values from the schemas of an arena.
pub(super) struct Drawing<'a> {
    pub(super) arena: &'a Arena,
    pub(super) languages: &'a mut Languages,
    pub(super) pool: &'a Pool,
    pub(super) random: Random,
    /// Steps left for everything that is drawn.
    pub(super) effort: u64,
    /// Steps left for the value at hand.
    fuel: u64,
    /// Steps of matching that are counted.
    matched: u64,
    /// How often each schema with alternatives was met, so that none is left out.
    turns: HashMap<usize, usize>,
    /// Patterns as trees, for samples.
    trees: HashMap<Rc<str>, Option<Hir>>,
    pub(super) depth: usize,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(
        arena: &'a Arena,
        languages: &'a mut Languages,
        pool: &'a Pool,
        seed: u64,
        effort: u64,
    ) -> Self {
        let matched = languages.matched();
        Self {
            matched,
            arena,
            languages,
            pool,
            random: Random::new(seed),
            effort,
            fuel: 0,
            turns: HashMap::default(),
            trees: HashMap::default(),
            depth: 0,
        }
    }

    /// A value meant to belong to all the positives and to none of the negatives.
    pub(super) fn draw(&mut self, positives: &[NodeId], negatives: &[NodeId]) -> Option<Value> {
        self.fuel = 20_000;
        self.depth = 0;
        self.matched = self.languages.matched();
        self.inside(positives, negatives)
    }

    /// Whether a value belongs to a schema, at the cost of the work.
    pub(super) fn holds(&mut self, id: NodeId, value: &Value) -> Option<bool> {
        let mut evaluator = Evaluator::new(self.arena, self.languages);
        let holds = evaluator.holds(id, value);
        self.effort = self.effort.saturating_sub(1 + evaluator.visits() / 4);
        self.matched = self.languages.matched();
        holds
    }

    /// The same for a value inside the one at hand.
    pub(super) fn inside(&mut self, positives: &[NodeId], negatives: &[NodeId]) -> Option<Value> {
        if self.depth >= DEEPEST {
            return None;
        }
        self.spend(1)?;
        let goal = self.goal(positives, negatives)?;
        self.depth += 1;
        let value = self.reach(&goal);
        self.depth -= 1;
        value
    }

    /// Whether a pattern matches in a text, at the cost of the work.
    pub(super) fn matches(&mut self, pattern: &str, text: &str) -> Option<bool> {
        self.counted(|languages| languages.matches(pattern, text))
    }

    /// Whether a text is of a format, at the cost of the work.
    pub(super) fn is_of(&mut self, format: &str, text: &str) -> Option<bool> {
        self.counted(|languages| languages.format(format, text))
    }

    fn counted(&mut self, ask: impl FnOnce(&mut Languages) -> Option<bool>) -> Option<bool> {
        let answer = ask(self.languages);
        // What is less than a step counts with what comes next.
        let steps = (self.languages.matched() - self.matched) / STEPS;
        self.matched += steps * STEPS;
        self.effort = self.effort.saturating_sub(steps);
        self.fuel = self.fuel.saturating_sub(steps);
        answer
    }

    /// A text that is likely to match a pattern.
    pub(super) fn sample(&mut self, pattern: &Rc<str>) -> Option<String> {
        let tree = self
            .trees
            .entry(Rc::clone(pattern))
            .or_insert_with(|| patterns::tree(pattern));
        let text = patterns::sample(tree.as_ref()?, &mut self.random)?;
        self.spend(1 + text.len() as u64 / 64)?;
        Some(text)
    }

    pub(super) fn spend(&mut self, steps: u64) -> Option<()> {
        self.effort = self.effort.checked_sub(steps)?;
        self.fuel = self.fuel.checked_sub(steps)?;
        Some(())
    }

    /// Whether parts that may be left out are left out here.
    pub(super) fn is_frugal(&self) -> bool {
        self.depth > FRUGAL || self.fuel < 10_000
    }

    /// One of the alternatives of a schema: those that the other schema does not have first, each in turn, or any.
    pub(super) fn choose(&mut self, id: NodeId, parts: &[NodeId]) -> Option<usize> {
        let key = std::ptr::from_ref(self.arena.get(id)) as usize;
        self.prefer(key, parts.len(), |pool, index| pool.is_novel(parts[index]))
    }

    /// One of the keywords of a record to be broken, or one more.
    pub(super) fn choose_break(
        &mut self,
        record: &Record,
        list: &[Break<'_>],
        more: usize,
    ) -> Option<usize> {
        // Records are asked for their alternatives by their own address, apart from their node's.
        let key = std::ptr::from_ref(record) as usize;
        self.prefer(key, list.len() + more, |pool, index| {
            let inner = list.get(index).and_then(|one| one.inner());
            inner.is_none_or(|inner| pool.is_novel(inner))
        })
    }

    fn prefer(
        &mut self,
        key: usize,
        count: usize,
        is_novel: impl Fn(&Pool, usize) -> bool,
    ) -> Option<usize> {
        self.spend(count as u64 / 32)?;
        if count > 1 && !self.random.once_in(4) {
            let novel: Vec<usize> = (0..count)
                .filter(|index| is_novel(self.pool, *index))
                .collect();
            if !novel.is_empty() {
                return Some(novel[self.turn(key, novel.len())?]);
            }
        }
        self.turn(key, count)
    }

    fn turn(&mut self, key: usize, count: usize) -> Option<usize> {
        match count {
            0 => None,
            1 => Some(0),
            _ if self.random.once_in(2) => Some(self.random.below(count)),
            _ => {
                let turn = self.turns.entry(key).or_insert(0);
                *turn += 1;
                Some((*turn - 1) % count)
            }
        }
    }

    fn reach(&mut self, goal: &Goal<'a>) -> Option<Value> {
        for _ in 0..4 {
            let value = self.attempt(goal)?;
            if !goal.avoided.iter().any(|list| list.contains(&value)) {
                return Some(value);
            }
        }
        None
    }

    fn attempt(&mut self, goal: &Goal<'a>) -> Option<Value> {
        if !goal.listed.is_empty() {
            return self.listed(goal);
        }
        let mut types: Vec<Types> = TYPES
            .into_iter()
            .filter(|one| goal.types.holds(*one))
            .collect();
        while !types.is_empty() {
            let chosen = types.swap_remove(self.random.below(types.len()));
            let value = match chosen {
                Types::OBJECT => self.object(goal),
                Types::ARRAY => self.array(goal),
                Types::STRING => self.string(goal),
                Types::BOOLEAN => Some(Value::Bool(self.random.once_in(2))),
                Types::NULL => Some(Value::Null),
                _ => self.number(goal, chosen == Types::INTEGER),
            };
            if value.is_some() {
                return value;
            }
            self.spend(1)?;
        }
        None
    }

    /// One of the listed values that hold to the records.
    fn listed(&mut self, goal: &Goal<'a>) -> Option<Value> {
        let (first, others) = goal.listed.split_first()?;
        let start = self.random.below(first.len());
        self.spend(first.len() as u64 / 16)?;
        let mut rotated = first[start..].iter().chain(&first[..start]);
        let mut evaluator = Evaluator::new(self.arena, self.languages);
        rotated
            .find(|value| {
                goal.types.holds(type_of(value))
                    && others.iter().all(|list| list.contains(value))
                    && !goal.avoided.iter().any(|list| list.contains(value))
                    && goal
                        .records
                        .iter()
                        .all(|record| evaluator.record_holds(record, value) != Some(false))
            })
            .cloned()
    }
}
