//! What the positive schemas say about each member.

use super::{
    super::{
        super::{
            Reason,
            schema::{Arena, NodeId, Objects},
            value::Value,
        },
        Ask, Outcome,
    },
    Found,
    demands::Demand,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// The positive schemas together.
pub(super) struct Base<'a> {
    positives: &'a [&'a Objects],
    /// Every name that a keyword spells out, of positive and negative schemas.
    pub(super) spelled: BTreeSet<Rc<str>>,
    pub(super) required: BTreeSet<Rc<str>>,
    pub(super) fewest: u64,
    pub(super) most: Option<u64>,
    /// What every name has to be.
    pub(super) names: Vec<NodeId>,
    /// Every pattern of a positive schema, without doubles.
    pub(super) patterns: Vec<Rc<str>>,
    /// What was found for the member of a name.
    values: BTreeMap<Rc<str>, Rc<[NodeId]>>,
    /// The spelled names as one schema.
    spelled_node: Option<NodeId>,
}

impl<'a> Base<'a> {
    pub(super) fn new(positives: &'a [&'a Objects], negatives: &[&Objects]) -> Self {
        let mut spelled = BTreeSet::new();
        for objects in positives.iter().chain(negatives) {
            spelled.extend(objects.members.keys().cloned());
            spelled.extend(objects.required.iter().cloned());
        }
        let mut patterns: Vec<Rc<str>> = Vec::new();
        for (pattern, _) in positives.iter().flat_map(|positive| &positive.patterns) {
            if !patterns.contains(pattern) {
                patterns.push(Rc::clone(pattern));
            }
        }
        let required = positives.iter().flat_map(|positive| &positive.required);
        let names: BTreeSet<_> = positives
            .iter()
            .filter_map(|positive| positive.names)
            .collect();
        Self {
            positives,
            spelled,
            required: required.cloned().collect(),
            fewest: positives
                .iter()
                .map(|positive| positive.fewest)
                .max()
                .unwrap_or(0),
            most: positives.iter().filter_map(|positive| positive.most).min(),
            names: names
                .into_iter()
                .filter(|id| *id != Arena::ANYTHING)
                .collect(),
            patterns,
            values: BTreeMap::new(),
            spelled_node: None,
        }
    }

    /// Whether the counts alone leave no object.
    pub(super) fn contradicts(&self) -> bool {
        self.most
            .is_some_and(|most| most < self.fewest || most < self.required.len() as u64)
    }

    /// What the value of a member has to belong to; without doubles, in order.
    pub(super) fn value(
        &mut self,
        name: &Rc<str>,
        ask: &mut dyn Ask,
    ) -> Result<Rc<[NodeId]>, Reason> {
        if let Some(found) = self.values.get(name) {
            return Ok(Rc::clone(found));
        }
        let mut schemas = Vec::new();
        for positive in self.positives {
            applying(positive, name, ask, &mut schemas)?;
        }
        if !self.names.is_empty() && self.misnamed(name, ask)? {
            schemas = vec![Arena::NOTHING];
        }
        schemas.retain(|id| *id != Arena::ANYTHING);
        schemas.sort_unstable();
        schemas.dedup();
        let schemas: Rc<[NodeId]> = schemas.into();
        self.values.insert(Rc::clone(name), Rc::clone(&schemas));
        Ok(schemas)
    }

    fn misnamed(&self, name: &Rc<str>, ask: &mut dyn Ask) -> Result<bool, Reason> {
        let mut names = self.names.clone();
        names.push(ask.arena().values([Value::String(Rc::clone(name))]));
        match ask.ask(&names, &[]) {
            Outcome::Empty => Ok(true),
            Outcome::Model(_) => Ok(false),
            Outcome::Unknown(reason) => Err(reason),
        }
    }

    /// What the value of a member has to belong to whose name none of the keywords spells out and that matches
    /// exactly these of the patterns.
    pub(super) fn value_by_patterns(&self, matched: &[Rc<str>]) -> Vec<NodeId> {
        let mut schemas = BTreeSet::new();
        for positive in self.positives {
            let mut named = false;
            for (pattern, schema) in &positive.patterns {
                if matched.contains(pattern) {
                    named = true;
                    schemas.insert(*schema);
                }
            }
            if !named {
                schemas.extend(positive.rest);
            }
        }
        schemas.remove(&Arena::ANYTHING);
        schemas.into_iter().collect()
    }

    /// What the patterns alone say about the values of names that match these.
    pub(super) fn value_of_matched(&self, matched: &[Rc<str>]) -> Vec<NodeId> {
        self.positives
            .iter()
            .flat_map(|positive| &positive.patterns)
            .filter(|(pattern, _)| matched.contains(pattern))
            .map(|(_, schema)| *schema)
            .collect()
    }

    /// The spelled names as a schema.
    pub(super) fn spelled_node(&mut self, ask: &mut dyn Ask) -> NodeId {
        let spelled = &self.spelled;
        *self.spelled_node.get_or_insert_with(|| {
            let names = spelled.iter().cloned().map(Value::String);
            ask.arena().values(names)
        })
    }

    /// Whether none of these demands can be met, each looked at alone.
    pub(super) fn none_possible(
        &mut self,
        demands: &[Demand],
        ask: &mut dyn Ask,
    ) -> Result<bool, Reason> {
        for demand in demands {
            ask.spend(1)?;
            if self.possible(demand, ask)? != Found::No {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a member of this kind can stand.
    pub(super) fn possible(&mut self, demand: &Demand, ask: &mut dyn Ask) -> Result<Found, Reason> {
        Ok(match demand {
            Demand::Missing(_) | Demand::AtMost(_) | Demand::AtLeast(_) => Found::Yes,
            Demand::Member { name, not } => self.member(name, not.as_slice(), ask)?.into(),
            Demand::Other { class, not } => ask.ask(&class.values, not.as_slice()).into(),
        })
    }

    /// A value for a member.
    pub(super) fn member(
        &mut self,
        name: &Rc<str>,
        not: &[NodeId],
        ask: &mut dyn Ask,
    ) -> Result<Outcome, Reason> {
        let value = self.value(name, ask)?;
        Ok(ask.ask(&value, not))
    }

    /// Whether a required member can have no value.
    pub(super) fn lacks_required(&mut self, ask: &mut dyn Ask) -> Result<bool, Reason> {
        for name in self.required.clone() {
            if self.member(&name, &[], ask)? == Outcome::Empty {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// What one schema says about the member of a name.
pub(super) fn applying(
    objects: &Objects,
    name: &Rc<str>,
    ask: &mut dyn Ask,
    schemas: &mut Vec<NodeId>,
) -> Result<(), Reason> {
    let member = objects.members.get(name);
    let mut named = member.is_some();
    schemas.extend(member);
    for (pattern, schema) in &objects.patterns {
        match ask.matches(pattern, name) {
            Some(true) => {
                named = true;
                schemas.push(*schema);
            }
            Some(false) => {}
            None => return Err(beyond(pattern)),
        }
    }
    if !named {
        schemas.extend(objects.rest);
    }
    Ok(())
}

/// Why a pattern leaves a question open.
fn beyond(pattern: &str) -> Reason {
    Reason(format!("whether a name matches the pattern `{pattern}`").into())
}
