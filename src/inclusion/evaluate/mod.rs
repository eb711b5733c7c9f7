//! Whether a value belongs to a schema: true, false, or not known.

mod failure;
mod marks;
mod records;
#[cfg(test)]
mod tests;

pub use failure::Failure;

use super::{
    languages::Languages,
    schema::{Arena, Node, NodeId, Record, WRITTEN_WHOLE},
    types::Types,
    value::Value,
};
use foldhash::HashMap;
use marks::{Mark, Marks};
use std::rc::Rc;

/// How deep schemas and values may stand in each other; beyond that nothing is said.
const DEEPEST: usize = 400;

/// Schemas visited for one question; beyond that nothing is said.
const MOST_VISITS: u64 = 200_000;

/// Steps of matching texts that are one visit.
const STEPS_PER_VISIT: u64 = 4;

/// Visits after which answers are kept, for schemas that ask for the same thing again and again.
const VISITS_BEFORE_MEMO: u64 = 2_000;

/// Puts values into schemas or out of them.
pub struct Evaluator<'a> {
    arena: &'a Arena,
    languages: &'a mut Languages,
    /// Schemas being asked for a value, by the address of the value.
    open: Vec<(NodeId, usize)>,
    /// The lowest place in `open` that an answer rested on since it was last reset.
    rests_on: usize,
    /// Answers that rest on nothing open; for one question, as addresses live no longer.
    memo: HashMap<(NodeId, usize), Option<bool>>,
    /// Names of members asked for as values, kept so that no two share an address.
    names: Vec<Rc<Value>>,
    visits: u64,
    /// Steps of matching that others made.
    matched: u64,
    depth: usize,
}

impl<'a> Evaluator<'a> {
    /// An evaluator for the schemas of an arena.
    pub(super) fn new(arena: &'a Arena, languages: &'a mut Languages) -> Self {
        let matched = languages.matched();
        Self {
            arena,
            languages,
            matched,
            open: Vec::new(),
            rests_on: usize::MAX,
            memo: HashMap::default(),
            names: Vec::new(),
            visits: 0,
            depth: 0,
        }
    }

    /// Whether a value belongs to a schema; `None` where an opaque schema or a pattern decides that nobody can, and
    /// beyond the limits of depth and work.
    pub fn holds(&mut self, id: NodeId, value: &Value) -> Option<bool> {
        self.forget();
        self.visit(id, value, None)
    }

    /// Whether a value holds to the keywords of a record.
    pub(super) fn record_holds(&mut self, record: &Record, value: &Value) -> Option<bool> {
        self.forget();
        self.record(record, value, None)
    }

    /// How much work the last question was.
    pub(super) fn visits(&self) -> u64 {
        self.visits + (self.languages.matched() - self.matched) / STEPS_PER_VISIT
    }

    /// Begins a new question.
    fn forget(&mut self) {
        self.open.clear();
        self.memo.clear();
        self.names.clear();
        self.visits = 0;
        self.matched = self.languages.matched();
        self.depth = 0;
        self.rests_on = usize::MAX;
    }

    /// The same inside a question; `marks` collects which children were evaluated, provided that the schema holds.
    fn visit(&mut self, id: NodeId, value: &Value, marks: Option<&mut Marks>) -> Option<bool> {
        let id = self.arena.follow(id);
        match self.arena.get(id) {
            // A circle of links says nothing.
            Node::Anything | Node::Link(_) => return Some(true),
            Node::Nothing => return Some(false),
            Node::Values(values) => return Some(values.contains(value)),
            Node::Opaque(name) => return (&**name == WRITTEN_WHOLE).then_some(true),
            Node::Open => return None,
            Node::Record(_)
            | Node::All(_)
            | Node::Any(_)
            | Node::One(_)
            | Node::Not(_)
            | Node::Unevaluated { .. } => {}
        }
        self.visits += 1;
        if self.visits() > MOST_VISITS || self.depth >= DEEPEST {
            return None;
        }
        self.depth += 1;
        let answer = self.guarded(id, value, marks);
        self.depth -= 1;
        answer
    }

    /// A schema that is asked again for the same value while it is open says nothing new.
    fn guarded(&mut self, id: NodeId, value: &Value, marks: Option<&mut Marks>) -> Option<bool> {
        let arena = self.arena;
        if let Node::Record(record) = arena.get(id) {
            // Records never hold themselves for the same value.
            return self.record(record, value, marks);
        }
        let key = (id, std::ptr::from_ref(value) as usize);
        if let Some(place) = self.place(key) {
            self.rests_on = self.rests_on.min(place);
            return Some(true);
        }
        if marks.is_none()
            && let Some(answer) = self.memo.get(&key)
        {
            return *answer;
        }
        let (outer, own) = (self.rests_on, self.open.len());
        let remember = marks.is_none() && self.visits > VISITS_BEFORE_MEMO;
        self.rests_on = usize::MAX;
        self.open.push(key);
        let answer = self.composite(id, value, marks);
        self.open.truncate(own);
        let rests_on = if self.rests_on >= own {
            usize::MAX
        } else {
            self.rests_on
        };
        if remember && rests_on == usize::MAX {
            self.memo.insert(key, answer);
        }
        self.rests_on = outer.min(rests_on);
        answer
    }

    /// Where a schema is open for a value: those of one value stand together at the end.
    fn place(&self, key: (NodeId, usize)) -> Option<usize> {
        let same = self.open.iter().rev().take_while(|open| open.1 == key.1);
        let back = same.into_iter().position(|open| open.0 == key.0)?;
        Some(self.open.len() - 1 - back)
    }

    fn composite(&mut self, id: NodeId, value: &Value, marks: Option<&mut Marks>) -> Option<bool> {
        let arena = self.arena;
        match arena.get(id) {
            Node::All(parts) => self.all(parts, value, marks),
            Node::Any(parts) => self.any(parts, value, marks),
            Node::One(parts) => self.one(parts, value, marks),
            Node::Not(part) => self.visit(*part, value, None).map(|holds| !holds),
            Node::Unevaluated {
                base,
                members,
                items,
            } => self.unevaluated(*base, *members, *items, value, marks),
            Node::Anything
            | Node::Nothing
            | Node::Record(_)
            | Node::Values(_)
            | Node::Link(_)
            | Node::Opaque(_)
            | Node::Open => None,
        }
    }

    fn all(
        &mut self,
        parts: &[NodeId],
        value: &Value,
        mut marks: Option<&mut Marks>,
    ) -> Option<bool> {
        let mut answer = Some(true);
        for part in parts {
            answer = and(answer, self.visit(*part, value, marks.as_deref_mut()));
            if answer == Some(false) {
                break;
            }
        }
        answer
    }

    fn any(
        &mut self,
        parts: &[NodeId],
        value: &Value,
        mut marks: Option<&mut Marks>,
    ) -> Option<bool> {
        let mut answer = Some(false);
        for part in parts {
            answer = or(answer, self.branch(*part, value, marks.as_deref_mut()));
            if answer == Some(true) && marks.is_none() {
                break;
            }
        }
        answer
    }

    fn one(
        &mut self,
        parts: &[NodeId],
        value: &Value,
        mut marks: Option<&mut Marks>,
    ) -> Option<bool> {
        let (mut certain, mut possible) = (0, 0);
        for part in parts {
            match self.branch(*part, value, marks.as_deref_mut()) {
                Some(true) => certain += 1,
                Some(false) => {}
                None => possible += 1,
            }
            if certain > 1 {
                return Some(false);
            }
        }
        if possible == 0 {
            return Some(certain == 1);
        }
        None
    }

    /// A branch, whose marks count only where it holds.
    fn branch(&mut self, part: NodeId, value: &Value, marks: Option<&mut Marks>) -> Option<bool> {
        let Some(marks) = marks else {
            return self.visit(part, value, None);
        };
        let mut own = marks.blank();
        let answer = self.visit(part, value, Some(&mut own));
        marks.join(&own, answer);
        answer
    }

    fn unevaluated(
        &mut self,
        base: NodeId,
        members: Option<NodeId>,
        items: Option<NodeId>,
        value: &Value,
        marks: Option<&mut Marks>,
    ) -> Option<bool> {
        let mut own = Marks::none(children(value));
        let mut answer = self.visit(base, value, Some(&mut own));
        let rest = match value {
            Value::Object(_) => members,
            Value::Array(_) => items,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        };
        if let Some(rest) = rest {
            for (child, inner) in inside(value).enumerate() {
                let said = match own.get(child) {
                    Mark::Yes => continue,
                    Mark::Maybe => weaken(self.visit(rest, inner, None)),
                    Mark::No => self.visit(rest, inner, None),
                };
                answer = and(answer, said);
                if answer == Some(false) {
                    return answer;
                }
            }
            own.fill();
        }
        if let Some(marks) = marks {
            marks.join(&own, Some(true));
        }
        answer
    }
}

/// How many members or items a value has.
pub(super) fn children(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
    }
}

/// The members' values in the order of their names, or the items.
fn inside(value: &Value) -> impl Iterator<Item = &Value> {
    let (members, items) = match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => (None, None),
        Value::Array(items) => (None, Some(items.iter())),
        Value::Object(members) => (Some(members.values()), None),
    };
    members
        .into_iter()
        .flatten()
        .chain(items.into_iter().flatten())
}

/// The type of a value; of numbers whether they are whole.
pub(super) fn type_of(value: &Value) -> Types {
    match value {
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::BOOLEAN,
        Value::Number(number) if number.is_whole() => Types::INTEGER,
        Value::Number(_) => Types::NUMBER.without(Types::INTEGER),
        Value::String(_) => Types::STRING,
        Value::Array(_) => Types::ARRAY,
        Value::Object(_) => Types::OBJECT,
    }
}

/// True where both are, false where one is.
pub(super) fn and(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// True where one is, false where both are.
pub(super) fn or(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// What a schema says that perhaps does not apply: no restriction where it holds anyway.
fn weaken(holds: Option<bool>) -> Option<bool> {
    holds.filter(|holds| *holds)
}
