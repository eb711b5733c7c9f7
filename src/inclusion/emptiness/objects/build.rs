//! An object that shows what is planned.

use super::{
    super::{
        super::{Reason, schema::NodeId, value::Value},
        Ask, Outcome,
    },
    base::Base,
    names::{Class, Which, classes, fresh, plain},
    plan::Plan,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Members of unspelled names that are tried to be one and the same.
const SHARED: usize = 6;

/// Larger objects are not shown.
const LARGEST: usize = 100_000;

/// An object under construction.
struct Building<'b, 'a> {
    base: &'b mut Base<'a>,
    plan: &'b Plan,
    members: BTreeMap<Rc<str>, Value>,
    /// Why an object that was not found may still be there.
    doubt: Option<Reason>,
}

/// One member for several demands.
#[derive(Clone, Debug)]
struct Block {
    class: Class,
    nots: Vec<NodeId>,
}

/// An object that shows what is planned.
pub(super) fn build(base: &mut Base<'_>, plan: &Plan, ask: &mut dyn Ask) -> Outcome {
    let mut building = Building {
        base,
        plan,
        members: BTreeMap::new(),
        doubt: None,
    };
    match (building.build(ask), building.doubt) {
        (Ok(true), _) => Outcome::Model(Value::Object(Rc::new(building.members))),
        (Ok(false), None) => Outcome::Empty,
        (Ok(false), Some(reason)) | (Err(reason), _) => Outcome::Unknown(reason),
    }
}

impl Building<'_, '_> {
    fn build(&mut self, ask: &mut dyn Ask) -> Result<bool, Reason> {
        Ok(self.present(ask)? && self.others(ask)? && self.fill(ask)?)
    }

    /// Members that have to stand.
    fn present(&mut self, ask: &mut dyn Ask) -> Result<bool, Reason> {
        let mut open = None;
        for (name, nots) in &self.plan.present {
            ask.spend(1)?;
            match self.base.member(name, nots, ask)? {
                Outcome::Empty => return Ok(false),
                Outcome::Model(value) => {
                    self.members.insert(Rc::clone(name), value);
                }
                Outcome::Unknown(reason) => open = open.or(Some(reason)),
            }
        }
        open.map_or(Ok(true), Err)
    }

    /// Members of unspelled names: each for itself if there is room, else shared.
    fn others(&mut self, ask: &mut dyn Ask) -> Result<bool, Reason> {
        let blocks: Vec<_> = self.plan.others.iter().map(Block::of).collect();
        if blocks.is_empty() {
            return Ok(true);
        }
        let room = self.room();
        if blocks.len() as u64 <= room && self.place(&blocks, ask)? {
            return Ok(true);
        }
        if room == 0 {
            return Ok(false);
        }
        if blocks.len() > SHARED {
            return Err(Reason(
                format!("more than {SHARED} negated object schemas share members").into(),
            ));
        }
        for partition in partitions(blocks.len()) {
            let shared = merge(&blocks, &partition);
            if shared.len() < blocks.len()
                && shared.len() as u64 <= room
                && self.place(&shared, ask)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How many members more there may be.
    fn room(&self) -> u64 {
        let present = self.plan.present.len() as u64;
        self.plan
            .most
            .map_or(u64::MAX, |most| most.saturating_sub(present))
    }

    /// Gives every block a name of its own and a value.
    fn place(&mut self, blocks: &[Block], ask: &mut dyn Ask) -> Result<bool, Reason> {
        let mut placed: BTreeMap<Rc<str>, Value> = BTreeMap::new();
        let mut used: BTreeSet<Rc<str>> = BTreeSet::new();
        for block in blocks {
            ask.spend(1)?;
            let value = match ask.ask(&block.class.values, &block.nots) {
                Outcome::Empty => return Ok(false),
                Outcome::Model(value) => value,
                Outcome::Unknown(reason) => {
                    self.doubt.get_or_insert(reason);
                    return Ok(false);
                }
            };
            let Some(name) = fresh(&block.class, &used, &self.base.spelled, ask)? else {
                let alike = blocks.iter().all(|other| {
                    other.class.within == block.class.within
                        && other.class.outside == block.class.outside
                });
                if !used.is_empty() && !alike {
                    // Another choice of names might have left one for this class.
                    self.doubt
                        .get_or_insert(Reason("few names for several members".into()));
                }
                return Ok(false);
            };
            used.insert(Rc::clone(&name));
            placed.insert(name, value);
        }
        self.members.extend(placed);
        Ok(true)
    }

    /// Adds members until there are enough.
    fn fill(&mut self, ask: &mut dyn Ask) -> Result<bool, Reason> {
        let wanted = usize::try_from(self.plan.fewest).unwrap_or(usize::MAX);
        if self.members.len() >= wanted {
            return Ok(true);
        }
        for name in self.base.spelled.clone() {
            if self.members.len() >= wanted {
                return Ok(true);
            }
            if self.members.contains_key(&name) || self.plan.absent.contains(&name) {
                continue;
            }
            ask.spend(1)?;
            match self.base.member(&name, &[], ask)? {
                Outcome::Empty => {}
                Outcome::Model(value) => {
                    self.members.insert(name, value);
                }
                Outcome::Unknown(reason) => {
                    self.doubt.get_or_insert(reason);
                }
            }
        }
        self.fill_with_others(wanted, ask)
    }

    fn fill_with_others(&mut self, wanted: usize, ask: &mut dyn Ask) -> Result<bool, Reason> {
        for class in classes(self.base, &Which::default(), &|_| true, ask)? {
            let value = match ask.ask(&class.values, &[]) {
                Outcome::Empty => continue,
                Outcome::Model(value) => value,
                Outcome::Unknown(reason) => {
                    self.doubt.get_or_insert(reason);
                    continue;
                }
            };
            if class.any_name {
                self.fill_with_plain(wanted, &value, ask)?;
            }
            let mut used: BTreeSet<_> = self.members.keys().cloned().collect();
            while self.members.len() < wanted {
                ask.spend(1)?;
                let Some(name) = fresh(&class, &used, &self.base.spelled, ask)? else {
                    break;
                };
                used.insert(Rc::clone(&name));
                self.members.insert(name, value.clone());
            }
        }
        Ok(self.members.len() >= wanted)
    }

    /// Adds members of any names at all; there may have to be many.
    fn fill_with_plain(
        &mut self,
        wanted: usize,
        value: &Value,
        ask: &mut dyn Ask,
    ) -> Result<(), Reason> {
        if wanted > LARGEST {
            return Err(Reason(
                format!("an object of {wanted} members is too large to show").into(),
            ));
        }
        ask.spend(wanted as u64 / 64)?;
        for name in (0..).map(plain) {
            if self.members.len() >= wanted {
                break;
            }
            if !self.base.spelled.contains(&name) {
                self.members.entry(name).or_insert_with(|| value.clone());
            }
        }
        Ok(())
    }
}

impl Block {
    fn of((class, nots): &(Rc<Class>, Vec<NodeId>)) -> Self {
        Self {
            class: Class::clone(class),
            nots: nots.clone(),
        }
    }
}

/// The blocks of a partition, each as one.
fn merge(blocks: &[Block], partition: &[usize]) -> Vec<Block> {
    let mut merged: Vec<Option<Block>> = vec![None; blocks.len()];
    for (block, at) in blocks.iter().zip(partition) {
        match merged.get_mut(*at) {
            Some(Some(have)) => {
                have.class.join(&block.class);
                have.nots.extend(&block.nots);
            }
            Some(none) => *none = Some(block.clone()),
            None => {}
        }
    }
    merged.into_iter().flatten().collect()
}

/// Every way to put so many things into groups: for each thing the number of its group.
fn partitions(count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for _ in 0..count {
        all = all
            .into_iter()
            .flat_map(|partition: Vec<usize>| {
                let groups = partition.iter().max().map_or(0, |most| most + 1);
                (0..=groups).map(move |group| {
                    let mut next = partition.clone();
                    next.push(group);
                    next
                })
            })
            .collect();
    }
    all
}
