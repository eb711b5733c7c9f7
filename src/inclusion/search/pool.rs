//! What two schemas name: the constants, limits, names, and patterns where their values are likely to differ.

use crate::inclusion::{
    emit::parts,
    number::Rational,
    schema::{Arena, Node, NodeId, Record},
    value::Value,
};
use std::{collections::BTreeSet, rc::Rc};

/// Schemas looked at.
const MOST_SCHEMAS: usize = 20_000;

/// Things of one kind looked at.
const MOST_VALUES: usize = 10_000;

/// Things of one kind kept.
const MOST_THINGS: usize = 400;

/// Everything named, in the order it was met.
#[derive(Debug, Default)]
pub(super) struct Pool {
    pub(super) values: Vec<Value>,
    pub(super) numbers: Vec<Rational>,
    pub(super) names: Vec<Rc<str>>,
    pub(super) patterns: Vec<Rc<str>>,
    /// Schemas that stand in one of the two only: values differ where these stand.
    novel: BTreeSet<NodeId>,
    /// How many schemas there are.
    pub(super) schemas: usize,
}

impl Pool {
    /// What one schema and all inside it name.
    pub(super) fn of(arena: &Arena, root: NodeId) -> Self {
        let mut pool = Self::default();
        pool.walk(arena, root);
        pool.finish();
        pool
    }

    /// What two schemas and all inside them name.
    pub(super) fn of_both(arena: &Arena, small: NodeId, large: NodeId) -> Self {
        let mut pool = Self::default();
        let small = pool.walk(arena, small);
        let large = pool.walk(arena, large);
        pool.novel = small.symmetric_difference(&large).copied().collect();
        pool.finish();
        pool
    }

    /// Whether a schema stands in one of the two only.
    pub(super) fn is_novel(&self, id: NodeId) -> bool {
        self.novel.contains(&id)
    }

    fn walk(&mut self, arena: &Arena, root: NodeId) -> BTreeSet<NodeId> {
        let mut waiting = vec![root];
        let mut met = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if met.len() >= MOST_SCHEMAS || !met.insert(id) {
                continue;
            }
            match arena.get(id) {
                Node::Values(values) if self.values.len() < MOST_VALUES => {
                    self.values.extend(values.iter().take(MOST_THINGS).cloned());
                }
                Node::Record(record) if self.names.len() < MOST_VALUES => self.record(record),
                Node::Anything
                | Node::Nothing
                | Node::Record(_)
                | Node::Values(_)
                | Node::All(_)
                | Node::Any(_)
                | Node::One(_)
                | Node::Not(_)
                | Node::Link(_)
                | Node::Unevaluated { .. }
                | Node::Opaque(_)
                | Node::Open => {}
            }
            waiting.extend(parts(arena, id).into_iter().rev());
        }
        self.schemas += met.len();
        met
    }

    fn record(&mut self, record: &Record) {
        let numbers = &record.numbers;
        let limits = [&numbers.lower, &numbers.upper];
        self.numbers
            .extend(limits.into_iter().flatten().map(|limit| limit.at.clone()));
        self.numbers.extend(numbers.multiples.iter().cloned());
        self.patterns
            .extend(record.strings.patterns.iter().cloned());
        let objects = &record.objects;
        self.names.extend(objects.members.keys().cloned());
        self.names.extend(objects.required.iter().cloned());
        self.patterns.extend(
            objects
                .patterns
                .iter()
                .map(|(pattern, _)| Rc::clone(pattern)),
        );
    }

    /// Keeps the first of equal things, and not too many.
    fn finish(&mut self) {
        distinct(&mut self.values);
        for value in &self.values {
            match value {
                Value::Number(number) => self.numbers.push(number.clone()),
                Value::Object(members) => self.names.extend(members.keys().cloned()),
                Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) => {}
            }
        }
        distinct(&mut self.numbers);
        distinct(&mut self.names);
        distinct(&mut self.patterns);
    }
}

fn distinct<T: Ord + Clone>(list: &mut Vec<T>) {
    let mut met = BTreeSet::new();
    list.retain(|thing| met.len() < MOST_THINGS && met.insert(thing.clone()));
}
