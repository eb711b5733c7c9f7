//! How many items of each kind: whole numbers whose sums lie in ranges.

use crate::inclusion::Reason;

/// Combinations tried before giving up.
const MOST_TRIES: u32 = 100_000;

/// How many items, at least and at most.
#[derive(Clone, Debug)]
pub(super) struct Range {
    pub(super) fewest: u64,
    pub(super) most: Option<u64>,
}

/// How many items of each kind there have to be, so that every count and the length are within their ranges; few rather
/// than many.
pub(super) fn shares(
    masks: &[u64],
    counts: &[Range],
    room: &Range,
) -> Result<Option<Vec<u64>>, Reason> {
    let mut sums: Vec<Sum> = Vec::new();
    for (at, range) in counts.iter().enumerate() {
        let kinds = masks.iter().map(|mask| mask & (1 << at) != 0).collect();
        sums.push(Sum {
            kinds,
            range: range.clone(),
        });
    }
    let kinds = vec![true; masks.len()];
    sums.push(Sum {
        kinds,
        range: room.clone(),
    });
    let mut tries = Tries { left: MOST_TRIES };
    let Some(some) = tries.from(0, masks.len(), &sums)? else {
        return Ok(None);
    };
    // Some solution there is: now the shortest one, as far as the tries reach.
    for length in room.fewest..some.iter().sum() {
        if let Some(sum) = sums.last_mut() {
            sum.range = Range {
                fewest: length,
                most: Some(length),
            };
        }
        match tries.from(0, masks.len(), &sums) {
            Ok(Some(shorter)) => return Ok(Some(shorter)),
            Ok(None) => {}
            Err(_) => break,
        }
    }
    Ok(Some(some))
}

/// A sum over some kinds, and where it has to lie.
#[derive(Clone, Debug)]
struct Sum {
    kinds: Vec<bool>,
    range: Range,
}

impl Sum {
    fn after(&self, kind: usize, times: u64) -> Self {
        let mut sum = self.clone();
        if self.kinds[kind] {
            sum.range.fewest = self.range.fewest.saturating_sub(times);
            sum.range.most = self.range.most.map(|most| most.saturating_sub(times));
        }
        sum
    }
}

struct Tries {
    left: u32,
}

impl Tries {
    /// Numbers for the kinds from one on; the depth is that of the kinds.
    fn from(
        &mut self,
        kind: usize,
        kinds: usize,
        sums: &[Sum],
    ) -> Result<Option<Vec<u64>>, Reason> {
        self.left = self
            .left
            .checked_sub(1)
            .ok_or_else(|| Reason("too many counts under `contains`".into()))?;
        if kind == kinds {
            let met = sums.iter().all(|sum| sum.range.fewest == 0);
            return Ok(met.then(Vec::new));
        }
        let short =
            |sum: &Sum| at_most(kind, sum, sums).is_some_and(|most| most < sum.range.fewest);
        if sums.iter().any(short) {
            return Ok(None);
        }
        let (mut fewest, mut useful, mut most) = (0, 0, None);
        for sum in sums.iter().filter(|sum| sum.kinds[kind]) {
            let others = at_most(kind + 1, sum, sums);
            fewest = fewest.max(others.map_or(0, |others| sum.range.fewest.saturating_sub(others)));
            // More of a kind than the largest need left serves nothing.
            useful = useful.max(sum.range.fewest);
            most = lower(most, sum.range.most);
        }
        let last = most.map_or(useful, |most: u64| most.min(useful));
        for times in fewest..=last {
            let rest: Vec<Sum> = sums.iter().map(|sum| sum.after(kind, times)).collect();
            if let Some(mut shares) = self.from(kind + 1, kinds, &rest)? {
                shares.insert(0, times);
                return Ok(Some(shares));
            }
        }
        Ok(None)
    }
}

/// How much the kinds from one on can add to a sum; `None` where there is no limit.
fn at_most(from: usize, sum: &Sum, sums: &[Sum]) -> Option<u64> {
    let kinds = || (from..sum.kinds.len()).filter(|kind| sum.kinds[*kind]);
    let around = sums
        .iter()
        .filter(|other| kinds().all(|kind| other.kinds[kind]));
    let joint = around.fold(None, |most, other| lower(most, other.range.most));
    let each = kinds().try_fold(0_u64, |total, kind| {
        let limits = sums.iter().filter(|other| other.kinds[kind]);
        let most = limits.fold(None, |most, other| lower(most, other.range.most))?;
        Some(total.saturating_add(most))
    });
    lower(joint, each)
}

fn lower(one: Option<u64>, two: Option<u64>) -> Option<u64> {
    match (one, two) {
        (Some(one), Some(two)) => Some(one.min(two)),
        (one, two) => one.or(two),
    }
}
