//! Whether a value holds to the keywords of its type.

use super::{Evaluator, Mark, Marks, and, or, type_of, weaken};
use crate::inclusion::{
    number::Rational,
    schema::{Arrays, Contains, Limit, NodeId, Numbers, Objects, Record, Strings},
    value::Value,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

impl Evaluator<'_> {
    pub(super) fn record(
        &mut self,
        record: &Record,
        value: &Value,
        marks: Option<&mut Marks>,
    ) -> Option<bool> {
        if !record.types.holds(type_of(value)) {
            return Some(false);
        }
        match value {
            Value::Null | Value::Bool(_) => Some(true),
            Value::Number(number) => Some(number_holds(&record.numbers, number)),
            Value::String(text) => self.string(&record.strings, text),
            Value::Array(items) => self.array(&record.arrays, items, marks),
            Value::Object(members) => self.object(&record.objects, members, marks),
        }
    }

    fn string(&mut self, strings: &Strings, text: &str) -> Option<bool> {
        if !length_holds(strings, text) {
            return Some(false);
        }
        let mut answer = Some(true);
        for pattern in &strings.patterns {
            answer = and(answer, self.languages.matches(pattern, text));
        }
        for format in &strings.formats {
            answer = and(answer, self.languages.format(format, text));
        }
        answer
    }

    fn array(
        &mut self,
        arrays: &Arrays,
        items: &[Value],
        mut marks: Option<&mut Marks>,
    ) -> Option<bool> {
        if !counts(items.len(), arrays.fewest, arrays.most) || (arrays.unique && doubled(items)) {
            return Some(false);
        }
        let mut answer = Some(true);
        for (index, item) in items.iter().enumerate() {
            let Some(schema) = arrays.prefix.get(index).copied().or(arrays.rest) else {
                break;
            };
            if let Some(marks) = marks.as_deref_mut() {
                marks.raise(index, Mark::Yes);
            }
            answer = and(answer, self.visit(schema, item, None));
            if answer == Some(false) {
                return answer;
            }
        }
        for contains in &arrays.contains {
            answer = and(answer, self.contains(contains, items, marks.as_deref_mut()));
            if answer == Some(false) {
                return answer;
            }
        }
        answer
    }

    pub(super) fn contains(
        &mut self,
        contains: &Contains,
        items: &[Value],
        mut marks: Option<&mut Marks>,
    ) -> Option<bool> {
        let (mut certain, mut possible) = (0, 0);
        for (index, item) in items.iter().enumerate() {
            let mark = match self.visit(contains.schema, item, None) {
                Some(true) => Mark::Yes,
                None => Mark::Maybe,
                Some(false) => continue,
            };
            certain += u64::from(mark == Mark::Yes);
            possible += 1;
            if let Some(marks) = marks.as_deref_mut().filter(|_| contains.evaluates) {
                marks.raise(index, mark);
            }
        }
        let most = contains.most.unwrap_or(u64::MAX);
        if possible < contains.fewest || certain > most {
            return Some(false);
        }
        (certain >= contains.fewest && possible <= most).then_some(true)
    }

    fn object(
        &mut self,
        objects: &Objects,
        members: &BTreeMap<Rc<str>, Value>,
        mut marks: Option<&mut Marks>,
    ) -> Option<bool> {
        if !counts(members.len(), objects.fewest, objects.most)
            || !objects
                .required
                .iter()
                .all(|name| members.contains_key(name))
        {
            return Some(false);
        }
        let mut answer = Some(true);
        for (index, (name, value)) in members.iter().enumerate() {
            let (holds, mark) = self.member(objects, name, value);
            if let Some(marks) = marks.as_deref_mut() {
                marks.raise(index, mark);
            }
            answer = and(answer, holds);
            if answer != Some(false)
                && let Some(names) = objects.names
            {
                answer = and(answer, self.name(names, name));
            }
            if answer == Some(false) {
                return answer;
            }
        }
        answer
    }

    /// What a record says about one member, and whether it evaluates it.
    fn member(&mut self, objects: &Objects, name: &str, value: &Value) -> (Option<bool>, Mark) {
        let mut answer = Some(true);
        let mut named = Some(false);
        if let Some(schema) = objects.members.get(name) {
            named = Some(true);
            answer = self.visit(*schema, value, None);
        }
        for (pattern, schema) in &objects.patterns {
            if answer == Some(false) {
                break;
            }
            let matches = self.languages.matches(pattern, name);
            named = or(named, matches);
            answer = and(answer, self.applied(matches, *schema, value));
        }
        if let Some(rest) = objects.rest {
            let applies = named.map(|named| !named);
            if answer != Some(false) {
                answer = and(answer, self.applied(applies, rest, value));
            }
            return (answer, Mark::Yes);
        }
        let mark = match named {
            Some(true) => Mark::Yes,
            Some(false) => Mark::No,
            None => Mark::Maybe,
        };
        (answer, mark)
    }

    /// What a schema says that applies, does not, or perhaps does.
    fn applied(&mut self, applies: Option<bool>, schema: NodeId, value: &Value) -> Option<bool> {
        match applies {
            Some(true) => self.visit(schema, value, None),
            Some(false) => Some(true),
            None => weaken(self.visit(schema, value, None)),
        }
    }

    pub(super) fn name(&mut self, names: NodeId, name: &Rc<str>) -> Option<bool> {
        let value = Rc::new(Value::String(Rc::clone(name)));
        self.names.push(Rc::clone(&value));
        self.visit(names, &value, None)
    }
}

pub(super) fn above(lower: Option<&Limit>, number: &Rational) -> bool {
    lower.is_none_or(|limit| *number > limit.at || (!limit.exclusive && *number == limit.at))
}

pub(super) fn below(upper: Option<&Limit>, number: &Rational) -> bool {
    upper.is_none_or(|limit| *number < limit.at || (!limit.exclusive && *number == limit.at))
}

fn number_holds(numbers: &Numbers, number: &Rational) -> bool {
    above(numbers.lower.as_ref(), number)
        && below(numbers.upper.as_ref(), number)
        && numbers
            .multiples
            .iter()
            .all(|multiple| number.is_multiple_of(multiple))
}

fn length_holds(strings: &Strings, text: &str) -> bool {
    if strings.shortest == 0 && strings.longest.is_none() {
        return true;
    }
    let length = text.chars().count() as u64;
    strings.shortest <= length && strings.longest.is_none_or(|longest| length <= longest)
}

pub(super) fn counts(count: usize, fewest: u64, most: Option<u64>) -> bool {
    let count = count as u64;
    fewest <= count && most.is_none_or(|most| count <= most)
}

pub(super) fn doubled(items: &[Value]) -> bool {
    let mut met = BTreeSet::new();
    !items.iter().all(|item| met.insert(item))
}
