//! Items by which of the counted schemas they match.

use super::{
    items::Items,
    plan::{Count, Item},
};
use crate::inclusion::{Reason, emptiness::Outcome};

/// More kinds of items are not told apart.
const MOST_KINDS: usize = 32;

/// The kinds of items: for each counted schema, whether it has to match.
#[derive(Debug)]
pub(super) struct Kinds<'a> {
    counts: &'a [Count],
    /// A bit for each counted schema.
    pub(super) masks: Vec<u64>,
    /// Whether kinds were left aside.
    pub(super) partial: bool,
}

impl<'a> Kinds<'a> {
    /// Every kind that some item can be of; `None` where there are too many schemas for any answer.
    pub(super) fn of(counts: &'a [Count], items: &mut Items) -> Option<Self> {
        let schemas = u32::try_from(counts.len())
            .ok()
            .filter(|schemas| *schemas < 64)?;
        let (mut masks, mut partial, mut next) = (vec![0_u64], false, 0);
        while let Some(mask) = masks.get(next).copied() {
            next += 1;
            // Schemas join in order, so that each kind comes up once; what fails for some fails with more.
            for more in u64::BITS - mask.leading_zeros()..schemas {
                let kind = mask | 1 << more;
                let both = counts
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| kind & (1 << at) != 0);
                let mut item = Item::default();
                both.for_each(|(_, count)| item.also(count.schema));
                if matches!(items.one(&item), Outcome::Empty) {
                    continue;
                }
                partial |= masks.len() == MOST_KINDS;
                if !partial {
                    masks.push(kind);
                }
            }
        }
        Some(Self {
            counts,
            masks,
            partial,
        })
    }

    /// An item that is of a kind too. A match too many matters only where there is an upper limit.
    pub(super) fn item(&self, item: &Item, mask: u64) -> Item {
        let mut item = item.clone();
        for (at, count) in self.counts.iter().enumerate() {
            if mask & (1 << at) != 0 {
                item.also(count.schema);
            } else if count.most.is_some() {
                item.never(count.schema);
            }
        }
        item
    }

    /// The counts after some more items of a kind; `None` where they are too many. More than enough counts as enough.
    pub(super) fn add(&self, tally: &[u64], mask: u64, times: u64) -> Option<Vec<u64>> {
        let mut tally = tally.to_vec();
        for (at, count) in self
            .counts
            .iter()
            .enumerate()
            .filter(|(at, _)| mask & (1 << at) != 0)
        {
            tally[at] += times;
            match count.most {
                Some(most) if tally[at] > most => return None,
                Some(_) => {}
                None => tally[at] = tally[at].min(count.fewest),
            }
        }
        Some(tally)
    }

    /// Whether no more items have to match.
    pub(super) fn enough(&self, tally: &[u64]) -> bool {
        tally
            .iter()
            .zip(self.counts)
            .all(|(tally, count)| *tally >= count.fewest)
    }

    /// How many more items have to match at least.
    pub(super) fn missing(&self, tally: &[u64]) -> u64 {
        let left = tally.iter().zip(self.counts);
        let left = left.map(|(tally, count)| count.fewest.saturating_sub(*tally));
        left.max().unwrap_or(0)
    }

    /// Whether an item of a kind is one of those that have to match.
    pub(super) fn serves(&self, tally: &[u64], mask: u64) -> bool {
        let counts = tally.iter().zip(self.counts).enumerate();
        let mut missing = counts.filter(|(_, (tally, count))| **tally < count.fewest);
        missing.any(|(at, _)| mask & (1 << at) != 0)
    }

    /// The reason for not trusting that nothing was found.
    pub(super) fn doubt(&self) -> Option<Reason> {
        self.partial.then(|| {
            Reason(format!("more than {MOST_KINDS} kinds of items under `contains`").into())
        })
    }
}
