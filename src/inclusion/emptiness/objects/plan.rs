//! Demands that are to be met together.

use super::{
    super::{
        super::{Reason, schema::NodeId},
        Ask,
    },
    Found,
    base::Base,
    demands::Demand,
    names::Class,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// What an object has to show beside what the positive schemas say.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) absent: BTreeSet<Rc<str>>,
    /// Members that have to stand, and what their values are outside of.
    pub(super) present: BTreeMap<Rc<str>, Vec<NodeId>>,
    pub(super) others: Vec<(Rc<Class>, Vec<NodeId>)>,
    pub(super) fewest: u64,
    pub(super) most: Option<u64>,
    /// The member that the last demand narrowed.
    last: Option<Rc<str>>,
}

impl Plan {
    pub(super) fn new(base: &Base<'_>) -> Self {
        Self {
            fewest: base.fewest.max(base.required.len() as u64),
            most: base.most,
            present: base
                .required
                .iter()
                .map(|name| (Rc::clone(name), Vec::new()))
                .collect(),
            ..Self::default()
        }
    }

    /// Whether what is planned breaks the schema of a demand anyway.
    pub(super) fn fulfils(&self, demand: &Demand) -> bool {
        match demand {
            Demand::Missing(name) => self.absent.contains(name),
            Demand::AtMost(most) => self.most.is_some_and(|have| have <= *most),
            Demand::AtLeast(fewest) => self.fewest >= *fewest,
            Demand::Member { name, not } => self
                .present
                .get(name)
                .is_some_and(|nots| not.is_none_or(|not| nots.contains(&not))),
            Demand::Other { class, not } => self
                .others
                .iter()
                .any(|(other, nots)| other == class && not.is_none_or(|not| nots.contains(&not))),
        }
    }

    /// The plan with one demand more; `None` where it contradicts.
    pub(super) fn with(&self, demand: &Demand) -> Option<Self> {
        let mut plan = self.clone();
        plan.last = None;
        match demand {
            Demand::Missing(name) if self.present.contains_key(name) => return None,
            Demand::Missing(name) => {
                plan.absent.insert(Rc::clone(name));
            }
            Demand::AtMost(most) => {
                plan.most = Some(self.most.map_or(*most, |have| have.min(*most)));
            }
            Demand::AtLeast(fewest) => plan.fewest = self.fewest.max(*fewest),
            Demand::Member { name, .. } if self.absent.contains(name) => return None,
            Demand::Member { name, not } => {
                plan.present
                    .entry(Rc::clone(name))
                    .or_default()
                    .extend(*not);
                plan.last = Some(Rc::clone(name));
            }
            Demand::Other { class, not } => {
                plan.others
                    .push((Rc::clone(class), not.iter().copied().collect()));
            }
        }
        let least = plan.fewest.max(plan.present.len() as u64);
        plan.most.is_none_or(|most| least <= most).then_some(plan)
    }

    /// Whether the member that was narrowed last still has a value.
    pub(super) fn stands(&self, base: &mut Base<'_>, ask: &mut dyn Ask) -> Result<Found, Reason> {
        let Some((name, nots)) = self
            .last
            .as_ref()
            .and_then(|name| self.present.get_key_value(name))
        else {
            return Ok(Found::Yes);
        };
        Ok(base.member(name, nots, ask)?.into())
    }
}
