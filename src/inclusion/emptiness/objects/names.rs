//! Members by classes of names that no keyword spells out.

use super::{
    super::{
        super::{
            Reason,
            schema::{Arena, NodeId, Record},
            types::Types,
            value::Value,
        },
        Ask, Outcome,
    },
    base::Base,
};
use std::{collections::BTreeSet, rc::Rc};

/// Classes that one demand may fall into.
const CLASSES: usize = 256;
/// Patterns of a class that are a step of work.
const PATTERNS: u64 = 8;
/// Names that are asked for one by one.
const FRESH_NAMES: usize = 256;

/// Names that match the same patterns of the positive schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Class {
    /// What the names belong to.
    pub(super) within: Vec<NodeId>,
    /// What the names are outside of; the spelled names always are.
    pub(super) outside: Vec<NodeId>,
    /// What the values have to belong to.
    pub(super) values: Vec<NodeId>,
    /// Whether every name that is not spelled out will do.
    pub(super) any_name: bool,
}

/// Which names are meant.
#[derive(Clone, Debug, Default)]
pub(super) struct Which<'a> {
    pub(super) matching: Vec<&'a Rc<str>>,
    pub(super) avoiding: Vec<&'a Rc<str>>,
    /// The names have to fail this.
    pub(super) failing: Option<NodeId>,
}

/// The classes of names that no keyword spells out, as far as there are such names and values for them.
/// `wanted` drops classes by what their values have to belong to; what it drops, it drops with more of them, too.
pub(super) fn classes(
    base: &mut Base<'_>,
    which: &Which<'_>,
    wanted: &dyn Fn(&[NodeId]) -> bool,
    ask: &mut dyn Ask,
) -> Result<Vec<Rc<Class>>, Reason> {
    let mut fixed: Vec<Rc<str>> = Vec::new();
    let mut free: Vec<Rc<str>> = Vec::new();
    for pattern in &base.patterns {
        if which.matching.contains(&pattern) {
            fixed.push(Rc::clone(pattern));
        } else if !which.avoiding.contains(&pattern) {
            free.push(Rc::clone(pattern));
        }
    }
    let mut start = Names::default();
    start
        .matching
        .extend(which.matching.iter().map(|pattern| Rc::clone(pattern)));
    start
        .avoiding
        .extend(which.avoiding.iter().map(|pattern| Rc::clone(pattern)));
    for pattern in &base.patterns {
        if which.avoiding.contains(&pattern) {
            start.avoiding.insert(Rc::clone(pattern));
        }
    }
    let mut found = Vec::new();
    let mut stack = vec![(0, start, fixed)];
    while let Some((index, names, matched)) = stack.pop() {
        let patterns = names.matching.len() + names.avoiding.len();
        ask.spend(1 + patterns as u64 / PATTERNS)?;
        if found.len() > CLASSES {
            return Err(Reason(
                format!("more than {CLASSES} classes of member names").into(),
            ));
        }
        let Some(pattern) = free.get(index) else {
            let values = base.value_by_patterns(&matched);
            if !values.contains(&Arena::NOTHING) && wanted(&values) {
                found.extend(names.class(base, which.failing, values, ask));
            }
            continue;
        };
        let mut without = names.clone();
        without.avoiding.insert(Rc::clone(pattern));
        let (mut with, mut matched_with) = (names, matched.clone());
        with.matching.insert(Rc::clone(pattern));
        matched_with.push(Rc::clone(pattern));
        // Patterns to come add schemas, so what is dropped by now need not be told apart any further.
        let values = base.value_of_matched(&matched_with);
        let has_value = !values.contains(&Arena::NOTHING) && wanted(&values);
        let is_plain = with.matching.len() < 2 && with.avoiding.is_empty();
        if has_value && (is_plain || with.exist(base, ask)) {
            stack.push((index + 1, with, matched_with));
        }
        if without.exist(base, ask) {
            stack.push((index + 1, without, matched));
        }
    }
    Ok(found)
}

/// Names by patterns.
#[derive(Clone, Debug, Default)]
struct Names {
    matching: BTreeSet<Rc<str>>,
    avoiding: BTreeSet<Rc<str>>,
}

impl Names {
    /// The question whether there is such a name.
    fn question(
        &self,
        base: &mut Base<'_>,
        failing: Option<NodeId>,
        ask: &mut dyn Ask,
    ) -> (Vec<NodeId>, Vec<NodeId>) {
        let mut record = Record::of(Types::STRING);
        record.strings.patterns = self.matching.iter().cloned().collect();
        let mut within = vec![ask.arena().record(record)];
        within.extend(&base.names);
        let mut outside: Vec<NodeId> = Vec::new();
        for pattern in &self.avoiding {
            let mut record = Record::of(Types::STRING);
            record.strings.patterns = vec![Rc::clone(pattern)];
            outside.push(ask.arena().record(record));
        }
        outside.extend(failing);
        if !base.spelled.is_empty() {
            outside.push(base.spelled_node(ask));
        }
        (within, outside)
    }

    /// Whether there may be such a name, whatever `propertyNames` says.
    fn exist(&self, base: &mut Base<'_>, ask: &mut dyn Ask) -> bool {
        let (within, outside) = self.question(base, None, ask);
        ask.ask(&within, &outside) != Outcome::Empty
    }

    /// The class of these names, if there are any.
    fn class(
        &self,
        base: &mut Base<'_>,
        failing: Option<NodeId>,
        values: Vec<NodeId>,
        ask: &mut dyn Ask,
    ) -> Option<Rc<Class>> {
        let (within, outside) = self.question(base, failing, ask);
        let any_name = self.matching.is_empty()
            && self.avoiding.is_empty()
            && failing.is_none()
            && base.names.is_empty();
        if !any_name && ask.ask(&within, &outside) == Outcome::Empty {
            return None;
        }
        Some(Rc::new(Class {
            within,
            outside,
            values,
            any_name,
        }))
    }
}

/// A name of a class that was not used.
pub(super) fn fresh(
    class: &Class,
    used: &BTreeSet<Rc<str>>,
    spelled: &BTreeSet<Rc<str>>,
    ask: &mut dyn Ask,
) -> Result<Option<Rc<str>>, Reason> {
    if class.any_name {
        // Most names below are used: so many further ones cannot all be.
        let start = u32::try_from(used.len()).unwrap_or(u32::MAX);
        let enough = u32::try_from(used.len() + spelled.len()).unwrap_or(u32::MAX);
        return Ok((start..=start.saturating_add(enough))
            .map(plain)
            .find(|name| !used.contains(name) && !spelled.contains(name)));
    }
    let others: Vec<_> = used
        .difference(spelled)
        .cloned()
        .map(Value::String)
        .collect();
    if others.len() > FRESH_NAMES {
        return Err(Reason(
            format!("more than {FRESH_NAMES} members by pattern").into(),
        ));
    }
    let mut outside = class.outside.clone();
    if !others.is_empty() {
        outside.push(ask.arena().values(others));
    }
    // Validators differ in what they make of control characters.
    let mut letters = Record::of(Types::STRING);
    letters.strings.patterns = vec!["^[a-z]+$".into()];
    let mut legible = class.within.clone();
    legible.push(ask.arena().record(letters));
    if let Outcome::Model(Value::String(name)) = ask.ask(&legible, &outside) {
        return Ok(Some(name));
    }
    match ask.ask(&class.within, &outside) {
        Outcome::Empty => Ok(None),
        Outcome::Model(Value::String(name)) => Ok(Some(name)),
        Outcome::Model(_) => Err(Reason("a member's name that is no string".into())),
        Outcome::Unknown(reason) => Err(reason),
    }
}

impl Class {
    /// The names that belong to both, with values that belong to both.
    pub(super) fn join(&mut self, other: &Self) {
        for (mine, others) in [
            (&mut self.within, &other.within),
            (&mut self.outside, &other.outside),
            (&mut self.values, &other.values),
        ] {
            mine.extend(others);
            mine.sort_unstable();
            mine.dedup();
        }
        self.any_name &= other.any_name;
    }
}

/// `a`, `b`, … `z`, `a1`, `b1`, …
pub(super) fn plain(index: u32) -> Rc<str> {
    let letter = char::from(b'a' + u8::try_from(index % 26).unwrap_or_default());
    match index / 26 {
        0 => letter.to_string().into(),
        round => format!("{letter}{round}").into(),
    }
}
