//! Makes a value smaller as long as it still shows what it has to show.

#[cfg(test)]
mod tests;

use super::value::Value;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, Zero as _};
use std::{cell::Cell, collections::BTreeMap, rc::Rc};

/// Parts further inside stay as they are.
const DEEPEST: usize = 64;

/// The name of a member whose name does not matter.
const PLAIN_NAME: &str = "x";

type Shows<'a> = &'a mut dyn FnMut(&Value) -> bool;

/// Parts of a value that are as much work as a small one.
const PARTS: u64 = 100;

/// The smallest value found that still shows it, with at most so many small values tried, or fewer large ones. The value
/// given is taken to show it.
pub fn shrink(value: Value, shows: &mut dyn FnMut(&Value) -> bool, budget: u64) -> Value {
    let left = Cell::new(budget);
    let mut counted = |candidate: &Value| {
        if left.get() == 0 {
            return false;
        }
        left.set(left.get().saturating_sub(1 + parts(candidate) / PARTS));
        shows(candidate)
    };
    let mut best = value;
    loop {
        let smaller = pass(best.clone(), &mut counted, &left, 0);
        if smaller == best {
            return best;
        }
        best = smaller;
    }
}

/// How much there is to a value.
fn parts(value: &Value) -> u64 {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 1,
        Value::String(text) => 1 + text.len() as u64 / PARTS,
        Value::Array(items) => items.iter().map(parts).sum::<u64>() + 1,
        Value::Object(members) => members.values().map(parts).sum::<u64>() + 1,
    }
}

/// Tries every kind of step once, from the outside in.
fn pass(value: Value, shows: Shows<'_>, left: &Cell<u64>, depth: usize) -> Value {
    let value = hoist(simplest(value, shows, depth), shows);
    if depth == DEEPEST || left.get() == 0 {
        return value;
    }
    match value {
        Value::Null | Value::Bool(_) => value,
        Value::Number(number) => {
            Value::Number(toward_zero(number.exact().clone(), shows, left).into())
        }
        Value::String(text) => Value::String(shorten(&text, shows, left)),
        Value::Array(items) => array(&smaller_items(items.to_vec(), shows, left, depth)),
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, value)| (Rc::clone(name), value.clone()));
            object(&smaller_members(members.collect(), shows, left, depth))
        }
    }
}

/// Fewer items, and smaller ones; equal items stay equal where that shows it.
fn smaller_items(
    items: Vec<Value>,
    shows: Shows<'_>,
    left: &Cell<u64>,
    depth: usize,
) -> Vec<Value> {
    let mut items = drop_chunks(items, left, &mut |items| shows(&array(items)));
    for index in 0..items.len() {
        if left.get() == 0 {
            break;
        }
        let item = items[index].clone();
        let replaced = |other: &Value| -> Vec<Value> {
            let replace = |old: &Value| {
                if *old == item {
                    other.clone()
                } else {
                    old.clone()
                }
            };
            items.iter().map(replace).collect()
        };
        let mut together = |other: &Value| shows(&array(&replaced(other)));
        items = replaced(&pass(item.clone(), &mut together, left, depth + 1));
        let item = items[index].clone();
        let mut alone = |item: &Value| shows(&array(&with(&items, index, item)));
        items[index] = pass(item, &mut alone, left, depth + 1);
    }
    items
}

/// Fewer members, smaller ones, and plain names.
fn smaller_members(
    members: Vec<(Rc<str>, Value)>,
    shows: Shows<'_>,
    left: &Cell<u64>,
    depth: usize,
) -> Vec<(Rc<str>, Value)> {
    let mut members = drop_chunks(members, left, &mut |members| shows(&object(members)));
    for index in 0..members.len() {
        if left.get() == 0 {
            break;
        }
        let (name, member) = members[index].clone();
        let mut inside = |member: &Value| {
            let member = (Rc::clone(&name), member.clone());
            shows(&object(&with(&members, index, &member)))
        };
        members[index].1 = pass(member, &mut inside, left, depth + 1);
        let taken = is_word(&name) || members.iter().any(|(name, _)| **name == *PLAIN_NAME);
        let renamed = with(
            &members,
            index,
            &(PLAIN_NAME.into(), members[index].1.clone()),
        );
        if !taken && shows(&object(&renamed)) {
            members = renamed;
        }
    }
    members
}

/// Whether a name is likely to be one that a schema gives, and says more than a plain one.
fn is_word(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters.next();
    letters.any(|letter| Some(letter) != first)
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-')
}

fn array(items: &[Value]) -> Value {
    Value::Array(items.into())
}

fn object(members: &[(Rc<str>, Value)]) -> Value {
    Value::Object(Rc::new(members.iter().cloned().collect::<BTreeMap<_, _>>()))
}

fn with<T: Clone>(list: &[T], index: usize, item: &T) -> Vec<T> {
    let mut list = list.to_vec();
    list[index] = item.clone();
    list
}

/// The simplest values of all types, simplest first.
fn simple() -> [Value; 6] {
    [
        Value::Null,
        Value::Bool(false),
        Value::Number(0_i64.into()),
        Value::String("".into()),
        Value::Array([].into()),
        Value::Object(Rc::default()),
    ]
}

/// Where a value stands among the simplest of all types.
fn rank(value: &Value) -> usize {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}

/// The first simplest value that shows it; the whole keeps its type, as a value of the type that was meant says more.
fn simplest(value: Value, shows: Shows<'_>, depth: usize) -> Value {
    let own = rank(&value);
    let simple = simple();
    let others = if depth == 0 { &[] } else { &simple[..own] };
    let simpler = others.iter().chain([&simple[own]]);
    simpler
        .filter(|other| **other != value)
        .find(|other| shows(other))
        .cloned()
        .unwrap_or(value)
}

/// A part in place of the whole.
fn hoist(mut value: Value, shows: Shows<'_>) -> Value {
    loop {
        let part = match &value {
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
            Value::Array(items) => items.iter().find(|item| shows(item)),
            Value::Object(members) => members.values().find(|member| shows(member)),
        };
        match part {
            None => return value,
            Some(part) => value = part.clone(),
        }
    }
}

/// Drops as many parts as can be spared: large chunks first, then smaller ones.
fn drop_chunks<T: Clone>(
    mut list: Vec<T>,
    left: &Cell<u64>,
    shows: &mut dyn FnMut(&[T]) -> bool,
) -> Vec<T> {
    let mut chunk = list.len();
    while chunk > 0 {
        let mut start = 0;
        while start < list.len() && left.get() > 0 {
            let end = (start + chunk).min(list.len());
            let mut rest = list[..start].to_vec();
            rest.extend_from_slice(&list[end..]);
            if shows(&rest) {
                list = rest;
            } else {
                start = end;
            }
        }
        chunk /= 2;
    }
    list
}

fn shorten(text: &str, shows: Shows<'_>, left: &Cell<u64>) -> Rc<str> {
    let made = |letters: &[char]| Value::String(letters.iter().collect::<String>().into());
    let mut letters = drop_chunks(text.chars().collect(), left, &mut |letters: &[char]| {
        shows(&made(letters))
    });
    for index in 0..letters.len() {
        if left.get() == 0 {
            break;
        }
        for plain in ['a', '0'] {
            let simpler = !letters[index].is_ascii_alphanumeric();
            if simpler && shows(&made(&with(&letters, index, &plain))) {
                letters[index] = plain;
            }
        }
    }
    letters.into_iter().collect::<String>().into()
}

fn toward_zero(mut number: BigRational, shows: Shows<'_>, left: &Cell<u64>) -> BigRational {
    let mut fits = |number: &BigRational| shows(&Value::Number(number.clone().into()));
    if number.is_negative() && fits(&-&number) {
        number = -number;
    }
    for rounded in roundings(&number) {
        if rounded.abs() < number.abs() && fits(&rounded) {
            number = rounded;
            break;
        }
    }
    let mut step = BigRational::from_integer(number.to_integer().abs());
    while step >= BigRational::one() && left.get() > 0 {
        let nearer = if number.is_negative() {
            &number + &step
        } else {
            &number - &step
        };
        let is_beyond = !nearer.is_zero() && nearer.is_negative() != number.is_negative();
        if !is_beyond && fits(&nearer) {
            number = nearer;
        } else {
            step = BigRational::from_integer(step.to_integer() / 2);
        }
    }
    number
}

/// The number with fewer decimal places: none, one, two.
fn roundings(number: &BigRational) -> Vec<BigRational> {
    if number.is_integer() {
        return Vec::new();
    }
    [1_i64, 10, 100]
        .iter()
        .map(|scale| {
            let scale = BigInt::from(*scale);
            BigRational::new((number * &scale).to_integer(), scale)
        })
        .collect()
}
