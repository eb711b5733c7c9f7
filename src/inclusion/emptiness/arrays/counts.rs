//! Arrays with `contains`: items by which of the counted schemas they match.

use super::{
    fill::Filled,
    items::Items,
    kinds::Kinds,
    model::Array,
    plan::{Item, Plan, Twins},
};
use crate::inclusion::{Reason, emptiness::Outcome};
use std::{collections::BTreeMap, rc::Rc};

mod shares;

/// Different counts kept for one place.
const MOST_TALLIES: usize = 10_000;

/// The counts after a place, and how they came about: the counts before it and the kind of its item.
type Layer = BTreeMap<Vec<u64>, (Vec<u64>, u64)>;

/// An array of a plan with counts whose items need not differ, as short as possible.
pub(super) fn fill(plan: &Plan, items: &mut Items) -> Filled {
    let Some(kinds) = Kinds::of(&plan.counts, items) else {
        return Filled::Unknown(Reason("too many `contains` at once".into()));
    };
    let mut walk = Walk {
        doubt: kinds.doubt(),
        plan,
        kinds,
        layers: Vec::new(),
    };
    match walk.run(items) {
        Ok(Some(array)) => Filled::Array(array),
        Ok(None) => walk.doubt.map_or(Filled::Empty, Filled::Unknown),
        Err(reason) => Filled::Unknown(reason),
    }
}

struct Walk<'a> {
    plan: &'a Plan,
    kinds: Kinds<'a>,
    layers: Vec<Layer>,
    doubt: Option<Reason>,
}

impl Walk<'_> {
    fn run(&mut self, items: &mut Items) -> Result<Option<Array>, Reason> {
        let nothing = vec![0; self.plan.counts.len()];
        self.layers
            .push(Layer::from([(nothing.clone(), (nothing, 0))]));
        for at in 0..self.plan.places.len() {
            if let Some(tally) = self.complete(at as u64) {
                return Ok(self.array(&tally, &[], items));
            }
            if self.plan.most.is_some_and(|most| at as u64 >= most) {
                return Ok(None);
            }
            let next = self.next(at, items)?;
            if next.is_empty() {
                return Ok(None);
            }
            self.layers.push(next);
        }
        Ok(self.tail(items))
    }

    /// Counts that suffice at this length.
    fn complete(&self, length: u64) -> Option<Vec<u64>> {
        let tallies = self.layers.last().filter(|_| length >= self.plan.fewest)?;
        tallies
            .keys()
            .find(|tally| self.kinds.enough(tally))
            .cloned()
    }

    /// The counts after the next place.
    fn next(&mut self, at: usize, items: &mut Items) -> Result<Layer, Reason> {
        let times = match self.plan.twins {
            // The other one was counted with the first.
            Twins::At(_, last) if last == at => 0,
            Twins::At(first, _) if first == at => 2,
            Twins::At(..) | Twins::Free | Twins::Wanted => 1,
        };
        if times == 0 {
            let same = self
                .layers
                .last()
                .into_iter()
                .flat_map(|layer| layer.keys());
            return Ok(same
                .map(|tally| (tally.clone(), (tally.clone(), 0)))
                .collect());
        }
        let place = Rc::clone(&self.plan.places[at]);
        let masks = self.possible(&place, items);
        let mut next = Layer::new();
        for tally in self
            .layers
            .last()
            .into_iter()
            .flat_map(|layer| layer.keys())
        {
            for mask in &masks {
                if let Some(more) = self.kinds.add(tally, *mask, times) {
                    next.entry(more).or_insert((tally.clone(), *mask));
                }
            }
        }
        items.spend(next.len() as u64 / 64)?;
        if next.len() > MOST_TALLIES {
            return Err(Reason("too many counts under `contains`".into()));
        }
        Ok(next)
    }

    /// The kinds that an item can be of.
    fn possible(&mut self, item: &Item, items: &mut Items) -> Vec<u64> {
        let mut possible = Vec::new();
        for mask in &self.kinds.masks {
            match items.one(&self.kinds.item(item, *mask)) {
                Outcome::Empty => {}
                Outcome::Model(_) => possible.push(*mask),
                Outcome::Unknown(reason) => self.doubt = Some(reason),
            }
        }
        possible
    }

    /// Items after the last place, as few as possible over all counts there.
    fn tail(&mut self, items: &mut Items) -> Option<Array> {
        let length = self.plan.places.len() as u64;
        if self.plan.most.is_some_and(|most| length > most) {
            return None;
        }
        if let Some(tally) = self.complete(length) {
            return self.array(&tally, &[], items);
        }
        let masks = self.possible(&self.plan.tail, items);
        let room = shares::Range {
            fewest: self.plan.fewest.saturating_sub(length),
            most: self.plan.most.map(|most| most - length),
        };
        let mut best: Option<(Vec<u64>, Vec<u64>)> = None;
        for tally in self
            .layers
            .last()
            .into_iter()
            .flat_map(|layer| layer.keys())
        {
            let left = self
                .plan
                .counts
                .iter()
                .zip(tally)
                .map(|(count, tally)| shares::Range {
                    fewest: count.fewest.saturating_sub(*tally),
                    most: count.most.map(|most| most - tally),
                });
            let left: Vec<_> = left.collect();
            match shares::shares(&masks, &left, &room) {
                Ok(Some(shares)) => {
                    let shorter =
                        |(_, best): &(_, Vec<u64>)| shares.iter().sum::<u64>() < best.iter().sum();
                    if best.as_ref().is_none_or(shorter) {
                        best = Some((tally.clone(), shares));
                    }
                }
                Ok(None) => {}
                Err(reason) => self.doubt = Some(reason),
            }
        }
        let (tally, shares) = best?;
        let after: Vec<_> = masks.iter().copied().zip(shares).collect();
        self.array(&tally, &after, items)
    }

    /// The array whose counts at the last layer are these, with more items of some kinds after it.
    fn array(&self, tally: &[u64], after: &[(u64, u64)], items: &mut Items) -> Option<Array> {
        let mut masks = Vec::new();
        let mut tally = tally;
        for layer in self.layers.iter().skip(1).rev() {
            let (before, mask) = layer.get(tally)?;
            masks.push(*mask);
            tally = before;
        }
        masks.reverse();
        if let Twins::At(first, last) = self.plan.twins {
            masks[last] = masks[first];
        }
        let placed = self
            .plan
            .places
            .iter()
            .zip(masks)
            .map(|(place, mask)| (place, mask, 1));
        let tail = after
            .iter()
            .map(|(mask, times)| (&self.plan.tail, *mask, *times));
        let mut array = Array::default();
        for (item, mask, times) in placed.chain(tail).filter(|(_, _, times)| *times > 0) {
            // Every kind in use was found possible, so its value is known.
            let Outcome::Model(value) = items.one(&self.kinds.item(item, mask)) else {
                return None;
            };
            array.push(value, times);
        }
        Some(array)
    }
}
