//! Schemas and values made from bytes, for property tests: every list of bytes makes one, and shorter lists smaller ones.

use super::{
    number::Rational,
    schema::{Arena, Contains, Limit, Node, NodeId, Record},
    types::Types,
    value::Value,
};
use std::{collections::BTreeMap, rc::Rc};

const NAMES: [&str; 5] = ["a", "b", "c", "ab", ""];
const PATTERNS: [&str; 5] = ["^a", "b", "^[ab]*$", "^.$", "[0-9]"];
const TYPES: [Types; 9] = [
    Types::ALL,
    Types::OBJECT,
    Types::ARRAY,
    Types::STRING,
    Types::INTEGER,
    Types::NUMBER,
    Types::BOOLEAN,
    Types::NULL,
    Types::NUMBER.without(Types::INTEGER),
];
const NUMBERS: [&str; 10] = ["0", "1", "2", "3", "-1", "0.5", "1.5", "6", "10", "0.3"];

/// Choices read from bytes.
pub(super) struct Choices<'a> {
    bytes: std::slice::Iter<'a, u8>,
    /// What kinds of schemas may be made.
    kinds: Kinds,
}

/// What kinds of schemas may be made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinds {
    /// All but those that nobody can decide.
    Every,
    /// All of those but `Unevaluated`.
    Classical,
}

impl<'a> Choices<'a> {
    pub(super) fn new(bytes: &'a [u8], kinds: Kinds) -> Self {
        Self {
            bytes: bytes.iter(),
            kinds,
        }
    }

    /// A number below `count`; 0 where no byte is left.
    fn below(&mut self, count: usize) -> usize {
        self.bytes
            .next()
            .map_or(0, |byte| usize::from(*byte) % count)
    }

    fn flip(&mut self) -> bool {
        self.below(2) == 1
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    fn number(&mut self) -> Rational {
        Rational::parse(self.of(&NUMBERS)).expect("a decimal")
    }

    /// A value.
    pub(super) fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 5 } else { 9 }) {
            0 => Value::Null,
            1 => Value::Bool(self.flip()),
            2 | 3 => Value::Number(self.number()),
            4 => Value::String(self.text()),
            5 | 6 => {
                let count = self.below(4);
                Value::Array((0..count).map(|_| self.value(depth - 1)).collect())
            }
            _ => {
                let count = self.below(4);
                let members: BTreeMap<Rc<str>, Value> = (0..count)
                    .map(|_| (Rc::from(self.of(&NAMES)), self.value(depth - 1)))
                    .collect();
                Value::Object(Rc::new(members))
            }
        }
    }

    fn text(&mut self) -> Rc<str> {
        let count = self.below(4);
        (0..count)
            .map(|_| self.of(&["a", "b", "1", "\u{e9}"]))
            .collect::<String>()
            .into()
    }

    /// A schema; some of its parts may be itself.
    pub(super) fn schema(&mut self, arena: &mut Arena, depth: usize) -> NodeId {
        let own = arena.reserve();
        let made = self.part(arena, depth, &[own]);
        arena.define(own, Node::Link(made));
        made
    }

    fn part(&mut self, arena: &mut Arena, depth: usize, around: &[NodeId]) -> NodeId {
        if depth == 0 {
            return match self.below(6) {
                0 => Arena::ANYTHING,
                1 => Arena::NOTHING,
                2 => {
                    let types = self.of(&TYPES);
                    arena.types(types)
                }
                3 => self.values(arena),
                _ => self.record(arena, 0, around),
            };
        }
        let kinds = if self.kinds == Kinds::Every { 13 } else { 10 };
        match self.below(kinds) {
            0 => Arena::ANYTHING,
            1 => self.values(arena),
            2 => {
                let part = self.part(arena, depth - 1, around);
                arena.not(part)
            }
            3 => {
                let parts = self.parts(arena, depth, around);
                arena.add(Node::All(parts.into()))
            }
            4 => {
                let parts = self.parts(arena, depth, around);
                arena.add(Node::Any(parts.into()))
            }
            5 => {
                let parts = self.parts(arena, depth, around);
                arena.add(Node::One(parts.into()))
            }
            6..=9 => self.record(arena, depth, around),
            _ => {
                let base = self.part(arena, depth - 1, around);
                let members = self.flip().then(|| self.part(arena, 0, around));
                let items = self.flip().then(|| self.part(arena, 0, around));
                arena.add(Node::Unevaluated {
                    base,
                    members,
                    items,
                })
            }
        }
    }

    fn parts(&mut self, arena: &mut Arena, depth: usize, around: &[NodeId]) -> Vec<NodeId> {
        let count = 1 + self.below(3);
        (0..count)
            .map(|_| self.part(arena, depth - 1, around))
            .collect()
    }

    fn values(&mut self, arena: &mut Arena) -> NodeId {
        let count = 1 + self.below(3);
        let values: Vec<Value> = (0..count).map(|_| self.value(1)).collect();
        arena.values(values)
    }

    /// A schema of a member or an item, which may be one around it.
    fn inner(&mut self, arena: &mut Arena, depth: usize, around: &[NodeId]) -> NodeId {
        if self.below(8) == 7 {
            return self.of(around);
        }
        self.part(arena, depth.saturating_sub(1), around)
    }

    fn record(&mut self, arena: &mut Arena, depth: usize, around: &[NodeId]) -> NodeId {
        let mut record = Record::of(self.of(&TYPES));
        match self.below(4) {
            0 => self.numbers(&mut record),
            1 => self.strings(&mut record),
            2 => self.arrays(&mut record, arena, depth, around),
            _ => self.objects(&mut record, arena, depth, around),
        }
        arena.record(record)
    }

    fn limit(&mut self) -> Option<Limit> {
        self.flip().then(|| Limit {
            at: self.number(),
            exclusive: self.flip(),
        })
    }

    fn numbers(&mut self, record: &mut Record) {
        record.numbers.lower = self.limit();
        record.numbers.upper = self.limit();
        let multiples = self.below(3);
        let steps = ["1", "2", "3", "0.5", "0.3", "0.1"];
        record.numbers.multiples = (0..multiples)
            .map(|_| Rational::parse(self.of(&steps)).expect("a decimal"))
            .collect();
    }

    fn strings(&mut self, record: &mut Record) {
        record.strings.shortest = self.below(3) as u64;
        record.strings.longest = self.flip().then(|| self.below(4) as u64);
        let patterns = self.below(3);
        record.strings.patterns = (0..patterns).map(|_| self.of(&PATTERNS).into()).collect();
    }

    fn arrays(&mut self, record: &mut Record, arena: &mut Arena, depth: usize, around: &[NodeId]) {
        let prefix = self.below(3);
        record.arrays.prefix = (0..prefix)
            .map(|_| self.inner(arena, depth, around))
            .collect();
        record.arrays.rest = self.flip().then(|| self.inner(arena, depth, around));
        record.arrays.fewest = self.below(3) as u64;
        record.arrays.most = self.flip().then(|| self.below(4) as u64);
        record.arrays.unique = self.flip();
        let contains = self.below(3);
        record.arrays.contains = (0..contains)
            .map(|_| Contains {
                schema: self.inner(arena, depth, around),
                fewest: self.below(3) as u64,
                most: self.flip().then(|| self.below(3) as u64),
                evaluates: self.flip(),
            })
            .collect();
    }

    fn objects(&mut self, record: &mut Record, arena: &mut Arena, depth: usize, around: &[NodeId]) {
        let members = self.below(4);
        record.objects.members = (0..members)
            .map(|_| (Rc::from(self.of(&NAMES)), self.inner(arena, depth, around)))
            .collect();
        let patterns = self.below(3);
        record.objects.patterns = (0..patterns)
            .map(|_| {
                (
                    Rc::from(self.of(&PATTERNS)),
                    self.inner(arena, depth, around),
                )
            })
            .collect();
        record.objects.rest = self.flip().then(|| self.inner(arena, depth, around));
        record.objects.names = (self.below(4) == 3).then(|| self.part(arena, 0, around));
        let required = self.below(3);
        record.objects.required = (0..required).map(|_| Rc::from(self.of(&NAMES))).collect();
        record.objects.fewest = self.below(3) as u64;
        record.objects.most = self.flip().then(|| self.below(4) as u64);
    }
}
