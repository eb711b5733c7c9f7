//! An array of a plan.

use super::{
    counts, distinct,
    items::Items,
    model::Array,
    plan::{Item, Plan, Twins},
};
use crate::inclusion::{Reason, emptiness::Outcome};
use std::{collections::BTreeSet, rc::Rc};

/// Longer arrays are not shown.
const LONGEST: u64 = 100_000;

/// Two equal items are looked for among as many places, and in the tail.
const MOST_TWIN_PLACES: usize = 64;

/// What is known about the arrays of a plan.
#[derive(Debug)]
pub(super) enum Filled {
    /// There is none.
    Empty,
    /// This is one.
    Array(Array),
    /// Not decided.
    Unknown(Reason),
}

/// An array of a plan, as short as can be had cheaply.
pub(super) fn fill(plan: &Plan, items: &mut Items) -> Filled {
    let filled = match plan.twins {
        Twins::Wanted => twins(plan, items),
        Twins::Free | Twins::At(..) => placed(plan, items),
    };
    match filled {
        Filled::Array(array) if array.len() > LONGEST => too_long(array.len()),
        Filled::Empty | Filled::Array(_) | Filled::Unknown(_) => filled,
    }
}

fn too_long(length: u64) -> Filled {
    Filled::Unknown(Reason(
        format!("an array of {length} items is too long to show").into(),
    ))
}

fn placed(plan: &Plan, items: &mut Items) -> Filled {
    let distinct = plan.unique && (plan.fewest > 1 || !plan.counts.is_empty());
    let each = plain(plan, items);
    match each {
        Filled::Empty => Filled::Empty,
        Filled::Array(_) | Filled::Unknown(_) if distinct => distinct::fill(plan, items),
        Filled::Array(_) | Filled::Unknown(_) if plan.counts.is_empty() => each,
        Filled::Array(_) | Filled::Unknown(_) => counts::fill(plan, items),
    }
}

/// Each item for itself, whether they differ and what they match left aside.
fn plain(plan: &Plan, items: &mut Items) -> Filled {
    let (mut array, mut doubt) = (Array::default(), None);
    let places = plan.places.iter().map(|place| (&**place, 1));
    let after = plan.fewest.saturating_sub(plan.places.len() as u64);
    let length = usize::try_from(plan.fewest).unwrap_or(usize::MAX);
    let tail = (after > 0).then_some((&*plan.tail, after));
    for (item, times) in places.take(length).chain(tail) {
        match items.one(item) {
            Outcome::Empty => return Filled::Empty,
            Outcome::Model(value) => array.push(value, times),
            Outcome::Unknown(reason) => doubt = doubt.or(Some(reason)),
        }
    }
    doubt.map_or(Filled::Array(array), Filled::Unknown)
}

/// An array with two equal items.
fn twins(plan: &Plan, items: &mut Items) -> Filled {
    let known = plan.places.len().min(MOST_TWIN_PLACES);
    let mut doubt = (known < plan.places.len())
        .then(|| Reason(format!("equal items beyond the first {MOST_TWIN_PLACES} places").into()));
    let mut met: BTreeSet<[Rc<Item>; 2]> = BTreeSet::new();
    let mut places: Vec<usize> = (0..known).collect();
    places.extend([plan.places.len(), plan.places.len() + 1]);
    let pairs = places.iter().enumerate();
    let pairs = pairs.flat_map(|(count, last)| places[..count].iter().map(|first| (*first, *last)));
    for (first, last) in pairs {
        let item = |at: usize| Rc::clone(plan.places.get(at).unwrap_or(&plan.tail));
        let mut pair = [item(first), item(last)];
        pair.sort();
        let mut tighter = plan.clone();
        if !met.insert(pair.clone()) || tighter.reach(last).is_none() {
            continue;
        }
        let joined = Rc::new(pair[0].joined(&pair[1]));
        tighter.places[first] = Rc::clone(&joined);
        tighter.places[last] = joined;
        tighter.twins = Twins::At(first, last);
        match placed(&tighter, items) {
            Filled::Empty => {}
            Filled::Array(array) => return Filled::Array(array),
            Filled::Unknown(reason) => doubt = doubt.or(Some(reason)),
        }
    }
    doubt.map_or(Filled::Empty, Filled::Unknown)
}
