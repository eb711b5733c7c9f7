//! Arrays that hold to some keywords and break others.
//!
//! What all positive records say is one plan: what stands at each place, how long, how many of which kind. A negative record
//! is broken by one of its demands (too short, a wrong item at some place, too few of a kind, two equal items, …), each
//! of which makes the plan tighter. The search asks a plan for an array first and branches only on a record that this array does
//! not break.

mod counts;
mod distinct;
mod fill;
mod items;
mod kinds;
mod model;
mod plan;
#[cfg(test)]
mod tests;

use super::{Ask, Outcome};
use crate::inclusion::{Reason, schema::Arrays};
use fill::{Filled, fill};
use items::Items;
use plan::{Demand, Plan};

/// Plans tried for one question.
const MOST_PLANS: u64 = 4_096;

/// From this many other records on, each way to break one leaves out the ways before it.
const MANY_RECORDS: usize = 3;

/// Records that one array may have to break by demands of their own.
const MOST_BRANCHES: usize = 64;

/// An array that holds to every positive record and breaks a keyword of each negative one.
pub(super) fn arrays(positives: &[&Arrays], negatives: &[&Arrays], ask: &mut dyn Ask) -> Outcome {
    let Some(plan) = Plan::of(positives, negatives) else {
        return Outcome::Empty;
    };
    let mut search = Search {
        items: Items::new(ask),
        plans: 0,
    };
    match search.all(&plan, negatives) {
        Filled::Empty => Outcome::Empty,
        Filled::Array(array) => Outcome::Model(array.value()),
        Filled::Unknown(reason) => Outcome::Unknown(reason),
    }
}

/// A record to break, and how.
struct Barred<'a> {
    record: &'a Arrays,
    demands: Vec<Demand>,
}

struct Search<'a> {
    items: Items<'a>,
    plans: u64,
}

impl Search<'_> {
    fn all(&mut self, plan: &Plan, negatives: &[&Arrays]) -> Filled {
        let mut barred = Vec::new();
        for record in negatives {
            if plan.breaks_by_length(record) {
                continue;
            }
            let demands = plan.demands(record);
            if demands.is_empty() {
                return Filled::Empty;
            }
            barred.push(Barred { record, demands });
        }
        if barred.len() > 1 && barred.len() <= MOST_BRANCHES {
            for record in &mut barred {
                match self.possible(plan, &record.demands) {
                    Ok(demands) if demands.is_empty() => return Filled::Empty,
                    Ok(demands) => record.demands = demands,
                    Err(reason) => return Filled::Unknown(reason),
                }
            }
        }
        barred.sort_by_key(|record| record.demands.len());
        let barred: Vec<&Barred> = barred.iter().collect();
        self.from(plan, &barred, 0)
    }

    /// The demands that the plan can meet, one at a time: what fails alone fails beside others.
    fn possible(&mut self, plan: &Plan, demands: &[Demand]) -> Result<Vec<Demand>, Reason> {
        let mut possible = Vec::new();
        for demand in demands {
            for tighter in plan.with(demand) {
                self.pay()?;
                if !matches!(fill(&tighter, &mut self.items), Filled::Empty) {
                    possible.push(demand.clone());
                    break;
                }
            }
        }
        Ok(possible)
    }

    /// An array of a plan that breaks every one of these records.
    fn from(&mut self, plan: &Plan, barred: &[&Barred], depth: usize) -> Filled {
        if let Err(reason) = self.pay() {
            return Filled::Unknown(reason);
        }
        let mut at = 0;
        match fill(plan, &mut self.items) {
            Filled::Empty => return Filled::Empty,
            Filled::Array(array) => {
                let unbroken = barred
                    .iter()
                    .position(|one| array.breaks(one.record, &mut self.items) != Some(true));
                match unbroken {
                    None => return Filled::Array(array),
                    Some(unbroken) => at = unbroken,
                }
            }
            Filled::Unknown(reason) if barred.is_empty() => return Filled::Unknown(reason),
            Filled::Unknown(_) => {}
        }
        if depth >= MOST_BRANCHES {
            return Filled::Unknown(Reason(
                format!("more than {MOST_BRANCHES} arrays to differ from").into(),
            ));
        }
        let mut others = barred.to_vec();
        let next = others.remove(at);
        let (mut left, mut doubt) = (plan.clone(), None);
        for demand in &next.demands {
            for tighter in left.with(demand) {
                match self.from(&tighter, &others, depth + 1) {
                    Filled::Empty => {}
                    Filled::Array(array) => return Filled::Array(array),
                    Filled::Unknown(reason) => doubt = doubt.or(Some(reason)),
                }
            }
            // With few records the ways hardly overlap, and simple items are easier to decide.
            if others.len() < MANY_RECORDS {
                continue;
            }
            match left.without(demand) {
                Some(rest) => left = rest,
                None => break,
            }
        }
        doubt.map_or(Filled::Empty, Filled::Unknown)
    }

    fn pay(&mut self) -> Result<(), Reason> {
        self.plans += 1;
        if self.plans > MOST_PLANS {
            return Err(Reason(
                "more than 4,096 ways to break the other arrays".into(),
            ));
        }
        self.items.spend(1)
    }
}
