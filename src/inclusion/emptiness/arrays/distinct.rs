//! Arrays whose items all differ: a value of its own for each place, found by matching places to values.

use super::{
    fill::Filled,
    items::{Items, Values},
    kinds::Kinds,
    model::Array,
    plan::{Item, Plan},
};
use crate::inclusion::{Reason, value::Value};
use std::{
    collections::{BTreeMap, VecDeque},
    rc::Rc,
};

/// Ways to say which item matches what.
const MOST_WAYS: u32 = 4_096;

/// Longer arrays of different items are not looked for.
const LONGEST: u64 = 256;

/// An array of a plan whose items all differ.
pub(super) fn fill(plan: &Plan, items: &mut Items) -> Filled {
    let Some(kinds) = Kinds::of(&plan.counts, items) else {
        return Filled::Unknown(Reason("too many `contains` at once".into()));
    };
    // An item after the last place is of use only for the length or for a count.
    let needs = plan
        .counts
        .iter()
        .fold(plan.places.len() as u64, |needs, count| {
            needs.saturating_add(count.fewest)
        });
    let needs = if plan.counts.is_empty() { 0 } else { needs };
    let longest = plan.fewest.max(needs);
    let longest = plan.most.map_or(longest, |most| most.min(longest));
    let mut search = Search {
        doubt: kinds.doubt(),
        plan,
        kinds,
        longest,
        ways: 0,
    };
    let tally = vec![0; plan.counts.len()];
    match search.from(&Matching::default(), &tally, usize::MAX, items) {
        Ok(Some(array)) => Filled::Array(array),
        Ok(None) => search.doubt.map_or(Filled::Empty, Filled::Unknown),
        Err(reason) => Filled::Unknown(reason),
    }
}

struct Search<'a> {
    plan: &'a Plan,
    kinds: Kinds<'a>,
    longest: u64,
    ways: u32,
    doubt: Option<Reason>,
}

impl Search<'_> {
    /// Continues an array whose items so far are matched; `last` is the kind before, because items of the tail may stand
    /// in the order of their kinds, those of many matches first. The depth is at most [`LONGEST`].
    fn from(
        &mut self,
        matching: &Matching,
        tally: &[u64],
        last: usize,
        items: &mut Items,
    ) -> Result<Option<Array>, Reason> {
        let length = matching.places.len() as u64;
        if length >= self.plan.fewest && self.kinds.enough(tally) {
            return Ok(Some(matching.array()));
        }
        if length >= self.longest || self.kinds.missing(tally) > self.longest - length {
            return Ok(None);
        }
        self.pay(length)?;
        let place = self.plan.places.get(matching.places.len());
        let all = self.kinds.masks.len() - 1;
        let (item, last) = place.map_or((&self.plan.tail, last.min(all)), |place| (place, all));
        for kind in (0..=last).rev() {
            let mask = self.kinds.masks[kind];
            let Some(more) = self.kinds.add(tally, mask, 1) else {
                continue;
            };
            // Beyond the shortest length an item of the tail has to serve a count.
            if place.is_none() && length >= self.plan.fewest && !self.kinds.serves(tally, mask) {
                continue;
            }
            let longer = match matching.with(self.values(&self.kinds.item(item, mask), items)) {
                Ok(longer) => longer,
                Err(open) => {
                    self.doubt = self.doubt.take().or(open);
                    continue;
                }
            };
            let last = if place.is_some() { all } else { kind };
            if let Some(array) = self.from(&longer, &more, last, items)? {
                return Ok(Some(array));
            }
        }
        Ok(None)
    }

    fn pay(&mut self, length: u64) -> Result<(), Reason> {
        if length >= LONGEST {
            return Err(Reason(
                format!("uniqueItems over more than {LONGEST} items").into(),
            ));
        }
        self.ways += 1;
        if self.ways > MOST_WAYS {
            return Err(Reason("too many ways to place different items".into()));
        }
        Ok(())
    }

    /// As many values of an item as there may be places: with these no more are needed.
    fn values(&self, item: &Item, items: &mut Items) -> Rc<Values> {
        let longest = self.longest.min(LONGEST);
        items.several(item, usize::try_from(longest).unwrap_or(usize::MAX))
    }
}

/// Places and the values they have, all different.
#[derive(Clone, Debug, Default)]
struct Matching {
    /// The values that each place may have.
    places: Vec<Rc<Values>>,
    /// Which place has a value.
    owners: BTreeMap<Value, usize>,
}

impl Matching {
    /// With one more place, the others moved to other values where needed.
    ///
    /// # Errors
    /// When that cannot be, with the reason why the places concerned may have more values, if they may.
    fn with(&self, values: Rc<Values>) -> Result<Self, Option<Reason>> {
        let mut longer = self.clone();
        let new = self.places.len();
        longer.places.push(values);
        // Breadth first from the new place along values that are taken, to one that is free.
        let mut came: BTreeMap<Value, usize> = BTreeMap::new();
        let (mut queue, mut more) = (VecDeque::from([new]), None);
        while let Some(place) = queue.pop_front() {
            let values = Rc::clone(&longer.places[place]);
            more = more.or_else(|| values.more.clone());
            for value in values
                .list
                .iter()
                .filter(|value| !came.contains_key(*value))
                .collect::<Vec<_>>()
            {
                came.insert(value.clone(), place);
                let Some(owner) = self.owners.get(value) else {
                    longer.hand_over(value, new, &came);
                    return Ok(longer);
                };
                queue.push_back(*owner);
            }
        }
        Err(more)
    }

    /// Gives a free value to the place that led to it, that place's value to the one before, and so on to the new place.
    fn hand_over(&mut self, free: &Value, new: usize, came: &BTreeMap<Value, usize>) {
        let mut free = free.clone();
        while let Some(place) = came.get(&free).copied() {
            let had = self.owners.iter().find(|(_, owner)| **owner == place);
            let had = had.map(|(value, _)| value.clone());
            self.owners.insert(free, place);
            match had {
                Some(had) if place != new => free = had,
                _ => return,
            }
        }
    }

    fn array(&self) -> Array {
        let mut placed: Vec<_> = self.owners.iter().collect();
        placed.sort_by_key(|(_, place)| **place);
        let mut array = Array::default();
        for (value, _) in placed {
            array.push(value.clone(), 1);
        }
        array
    }
}
