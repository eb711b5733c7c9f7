//! An array, its repetitions counted rather than written out.

use super::items::Items;
use crate::inclusion::{
    schema::{Arrays, NodeId},
    value::Value,
};
use std::collections::BTreeSet;

/// Items, each as often as said, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Array {
    runs: Vec<(Value, u64)>,
}

impl Array {
    /// Adds an item at the end, several times.
    pub(super) fn push(&mut self, value: Value, times: u64) {
        if times > 0 {
            self.runs.push((value, times));
        }
    }

    pub(super) fn len(&self) -> u64 {
        self.runs.iter().map(|(_, times)| times).sum()
    }

    /// The array written out; [`super::fill`] makes none that is too long for that.
    pub(super) fn value(&self) -> Value {
        let mut items = Vec::with_capacity(usize::try_from(self.len()).unwrap_or(0));
        for (value, times) in &self.runs {
            items.extend((0..*times).map(|_| value.clone()));
        }
        Value::Array(items.into())
    }

    /// Whether it breaks a keyword of a record; `None` where no item decides it.
    pub(super) fn breaks(&self, record: &Arrays, items: &mut Items) -> Option<bool> {
        let length = self.len();
        if length < record.fewest || record.most.is_some_and(|most| length > most) {
            return Some(true);
        }
        if record.unique && self.has_twins() {
            return Some(true);
        }
        let mut sure = true;
        for (value, schema) in self.said(record) {
            match items.member(value, schema) {
                Some(true) => {}
                Some(false) => return Some(true),
                None => sure = false,
            }
        }
        for contains in &record.contains {
            let (fewest, most) = self.matching(contains.schema, items);
            if most < contains.fewest || contains.most.is_some_and(|limit| fewest > limit) {
                return Some(true);
            }
            sure &= fewest == most;
        }
        sure.then_some(false)
    }

    /// The items and what a record says about them, repetitions left out.
    fn said<'a>(&'a self, record: &'a Arrays) -> Vec<(&'a Value, NodeId)> {
        let (mut said, mut at) = (Vec::new(), 0_usize);
        for (value, times) in &self.runs {
            let end = at.saturating_add(usize::try_from(*times).unwrap_or(usize::MAX));
            let prefix = record.prefix.get(at..end.min(record.prefix.len()));
            said.extend(
                prefix
                    .unwrap_or_default()
                    .iter()
                    .map(|schema| (value, *schema)),
            );
            if end > record.prefix.len() {
                said.extend(record.rest.map(|rest| (value, rest)));
            }
            at = end;
        }
        said
    }

    /// How many items match a schema: at least and at most.
    fn matching(&self, schema: NodeId, items: &mut Items) -> (u64, u64) {
        let (mut fewest, mut most) = (0, 0);
        for (value, times) in &self.runs {
            match items.member(value, schema) {
                Some(true) => {
                    fewest += times;
                    most += times;
                }
                Some(false) => {}
                None => most += times,
            }
        }
        (fewest, most)
    }

    fn has_twins(&self) -> bool {
        let mut met = BTreeSet::new();
        self.runs
            .iter()
            .any(|(value, times)| *times > 1 || !met.insert(value))
    }
}
