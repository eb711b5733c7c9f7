//! What an array has to be: the places, the tail, the length, the counts.

use crate::inclusion::schema::{Arena, Arrays, NodeId};
use std::rc::Rc;

/// What an item has to be: a value of all of `of` and of none of `not`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Item {
    pub(super) of: Vec<NodeId>,
    pub(super) not: Vec<NodeId>,
}

impl Item {
    /// Also a value of this.
    pub(super) fn also(&mut self, id: NodeId) {
        if let (true, Err(at)) = (id != Arena::ANYTHING, self.of.binary_search(&id)) {
            self.of.insert(at, id);
        }
    }

    /// No value of this.
    pub(super) fn never(&mut self, id: NodeId) {
        if let (true, Err(at)) = (id != Arena::NOTHING, self.not.binary_search(&id)) {
            self.not.insert(at, id);
        }
    }

    /// A value of both.
    pub(super) fn joined(&self, other: &Self) -> Self {
        let mut joined = self.clone();
        other.of.iter().for_each(|id| joined.also(*id));
        other.not.iter().for_each(|id| joined.never(*id));
        joined
    }
}

/// How many items have to match a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) schema: NodeId,
    pub(super) fewest: u64,
    pub(super) most: Option<u64>,
}

/// Whether two items are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Twins {
    /// Nothing is said.
    Free,
    /// Some two are.
    Wanted,
    /// These two are; the first place comes first.
    At(usize, usize),
}

/// One way to break a record.
#[derive(Clone, Debug)]
pub(super) enum Demand {
    Shorter { most: u64 },
    Longer { fewest: u64 },
    Place { at: usize, not: NodeId },
    Tail { not: NodeId },
    Count(Count),
    Twins,
}

/// What an array has to be.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// By position; those from `fixed` on are items of the tail of which something more is said.
    pub(super) places: Vec<Rc<Item>>,
    pub(super) tail: Rc<Item>,
    pub(super) fewest: u64,
    pub(super) most: Option<u64>,
    pub(super) counts: Vec<Count>,
    pub(super) unique: bool,
    pub(super) twins: Twins,
    fixed: usize,
    /// Whether every demand on the tail may have an item of its own.
    roomy: bool,
}

impl Plan {
    /// What all positive records say, with a place for every position that any record names; `None` where they contradict
    /// each other.
    pub(super) fn of(positives: &[&Arrays], negatives: &[&Arrays]) -> Option<Self> {
        let all = || positives.iter().chain(negatives);
        let fixed = all().map(|record| record.prefix.len()).max().unwrap_or(0);
        let mut plan = Self {
            places: vec![Rc::default(); fixed],
            tail: Rc::default(),
            fewest: 0,
            most: None,
            counts: Vec::new(),
            unique: positives.iter().any(|record| record.unique),
            twins: Twins::Free,
            fixed,
            roomy: false,
        };
        for record in positives {
            for (at, place) in plan.places.iter_mut().enumerate() {
                Rc::make_mut(place).also(said_at(record, at));
            }
            Rc::make_mut(&mut plan.tail).also(record.rest.unwrap_or(Arena::ANYTHING));
            plan.at_least(record.fewest)?;
            plan.at_most(record.most)?;
        }
        for contains in positives.iter().flat_map(|record| &record.contains) {
            plan.count(&Count {
                schema: contains.schema,
                fewest: contains.fewest,
                most: contains.most,
            })?;
        }
        plan.roomy = plan.most.is_none()
            && !plan.unique
            && all().all(|record| record.contains.is_empty())
            && negatives.iter().all(|record| record.fewest <= plan.fewest);
        Some(plan)
    }

    /// Whether a record is broken by the length alone.
    pub(super) fn breaks_by_length(&self, record: &Arrays) -> bool {
        self.most.is_some_and(|most| most < record.fewest)
            || record.most.is_some_and(|most| most < self.fewest)
    }

    /// The ways to break a record that the lengths leave open, those of short arrays first.
    pub(super) fn demands(&self, record: &Arrays) -> Vec<Demand> {
        let mut demands = Vec::new();
        if record.fewest > self.fewest {
            demands.push(Demand::Shorter {
                most: record.fewest - 1,
            });
        }
        let said = |at| (at, said_at(record, at));
        let places = (0..self.fixed)
            .map(said)
            .filter(|(_, not)| *not != Arena::ANYTHING);
        demands.extend(places.map(|(at, not)| Demand::Place { at, not }));
        if let Some(not) = record.rest.filter(|rest| *rest != Arena::ANYTHING) {
            demands.push(Demand::Tail { not });
        }
        for contains in &record.contains {
            let schema = contains.schema;
            let counts = [
                contains.fewest.checked_sub(1).map(|most| (0, Some(most))),
                contains
                    .most
                    .and_then(|most| Some((most.checked_add(1)?, None))),
            ];
            demands.extend(counts.into_iter().flatten().map(|(fewest, most)| {
                Demand::Count(Count {
                    schema,
                    fewest,
                    most,
                })
            }));
        }
        if record.unique {
            demands.push(Demand::Twins);
        }
        if let Some(fewest) = record.most.and_then(|most| most.checked_add(1)) {
            demands.push(Demand::Longer { fewest });
        }
        demands.retain(|demand| self.allows(demand));
        demands
    }

    /// Whether a demand does not contradict the plan at once.
    fn allows(&self, demand: &Demand) -> bool {
        let longer_than = |length: u64| self.most.is_none_or(|most| most > length);
        match demand {
            Demand::Shorter { most } => *most >= self.fewest,
            Demand::Longer { fewest } => longer_than(fewest - 1),
            Demand::Place { at, .. } => longer_than(*at as u64),
            Demand::Tail { .. } => longer_than(self.fixed as u64),
            Demand::Count(count) => self.clone().count(count).is_some(),
            Demand::Twins => !self.unique && longer_than(1),
        }
    }

    /// The plans that meet a demand: several where an item of the tail may serve two demands or one.
    pub(super) fn with(&self, demand: &Demand) -> Vec<Self> {
        if let Demand::Tail { not } = demand {
            let shared = if self.roomy {
                self.places.len()
            } else {
                self.fixed
            };
            let places = (shared..=self.places.len()).rev();
            return places.filter_map(|at| self.differing(at, *not)).collect();
        }
        self.tightened(demand).into_iter().collect()
    }

    fn tightened(&self, demand: &Demand) -> Option<Self> {
        let mut plan = self.clone();
        match demand {
            Demand::Shorter { most } => plan.at_most(Some(*most))?,
            Demand::Longer { fewest } => plan.at_least(*fewest)?,
            Demand::Place { at, not } => return self.differing(*at, *not),
            Demand::Tail { not } => return self.differing(self.places.len(), *not),
            Demand::Count(count) => plan.count(count)?,
            Demand::Twins => {
                if plan.unique {
                    return None;
                }
                plan.twins = Twins::Wanted;
                plan.at_least(2)?;
            }
        }
        Some(plan)
    }

    /// What is left of the plan where a demand is not met, as far as that makes it no harder; `None` where nothing is left.
    pub(super) fn without(&self, demand: &Demand) -> Option<Self> {
        let mut plan = self.clone();
        match demand {
            Demand::Shorter { most } => plan.at_least(most.checked_add(1)?)?,
            Demand::Longer { fewest } => plan.at_most(fewest.checked_sub(1))?,
            Demand::Place { at, not } if plan.fewest > *at as u64 => {
                Rc::make_mut(&mut plan.places[*at]).also(*not);
            }
            Demand::Tail { not } => {
                Rc::make_mut(&mut plan.tail).also(*not);
                let tail = plan.places.iter_mut().skip(self.fixed);
                tail.for_each(|place| Rc::make_mut(place).also(*not));
            }
            Demand::Place { .. } | Demand::Count(_) | Demand::Twins => {}
        }
        Some(plan)
    }

    /// The plan with an item that is no value of `not`, at a place or next to the last one.
    fn differing(&self, at: usize, not: NodeId) -> Option<Self> {
        let mut plan = self.clone();
        plan.reach(at)?;
        Rc::make_mut(&mut plan.places[at]).never(not);
        Some(plan)
    }

    /// Makes sure that there is an item at this place, with a place for it.
    pub(super) fn reach(&mut self, at: usize) -> Option<()> {
        self.at_least(at as u64 + 1)?;
        while self.places.len() <= at {
            self.places.push(Rc::clone(&self.tail));
        }
        Some(())
    }

    fn at_least(&mut self, fewest: u64) -> Option<()> {
        self.fewest = self.fewest.max(fewest);
        self.most
            .is_none_or(|most| self.fewest <= most)
            .then_some(())
    }

    fn at_most(&mut self, most: Option<u64>) -> Option<()> {
        let Some(most) = most else { return Some(()) };
        self.most = Some(self.most.map_or(most, |known| known.min(most)));
        (self.fewest <= most).then_some(())
    }

    fn count(&mut self, count: &Count) -> Option<()> {
        let Count {
            schema,
            fewest,
            most,
        } = *count;
        if schema == Arena::ANYTHING {
            self.at_least(fewest)?;
            return self.at_most(most);
        }
        if schema == Arena::NOTHING {
            return (fewest == 0).then_some(());
        }
        self.at_least(fewest)?;
        let known = self.counts.iter().position(|known| known.schema == schema);
        let mut joint = count.clone();
        if let Some(known) = known.map(|at| self.counts.remove(at)) {
            joint.fewest = fewest.max(known.fewest);
            joint.most = most.map_or(known.most, |most| {
                Some(known.most.map_or(most, |one| one.min(most)))
            });
        }
        if joint.most.is_some_and(|most| most < joint.fewest) {
            return None;
        }
        if joint.most == Some(0) {
            Rc::make_mut(&mut self.tail).never(schema);
            for place in &mut self.places {
                Rc::make_mut(place).never(schema);
            }
        } else if joint.fewest > 0 || joint.most.is_some() {
            self.counts.push(joint);
        }
        Some(())
    }
}

/// What a record says about the item at a position.
fn said_at(record: &Arrays, at: usize) -> NodeId {
    let rest = record.rest.unwrap_or(Arena::ANYTHING);
    record.prefix.get(at).copied().unwrap_or(rest)
}
