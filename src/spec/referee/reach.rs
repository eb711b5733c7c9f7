//! How much of a schema a payload can reach.

use serde_json::Value;
use std::collections::BTreeSet;

/// The depth of a payload, and the member names in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    /// Steps from the payload to its deepest part.
    pub(super) depth: usize,
    /// Names of members at any depth; `None` is every name.
    names: Option<BTreeSet<String>>,
    /// Whether some array has items.
    items: bool,
}

/// A part of a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Member,
    Item,
}

/// The deepest payload worth trying.
const DEEPEST: usize = 200;

impl Reach {
    /// What a payload reaches; `None` when it is too deep.
    pub(super) fn of(payload: &Value) -> Option<Self> {
        let mut names = BTreeSet::new();
        let mut depth = 0;
        let mut items = false;
        let mut open = vec![(payload, 0)];
        while let Some((value, at)) = open.pop() {
            depth = depth.max(at);
            match value {
                Value::Object(members) => {
                    names.extend(members.keys().cloned());
                    open.extend(members.values().map(|member| (member, at + 1)));
                }
                Value::Array(list) => {
                    items |= !list.is_empty();
                    open.extend(list.iter().map(|item| (item, at + 1)));
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
        let names = Some(names);
        (depth <= DEEPEST).then_some(Self {
            depth,
            names,
            items,
        })
    }

    /// What no payload goes beyond.
    pub(super) fn everything() -> Self {
        Self {
            depth: DEEPEST,
            names: None,
            items: true,
        }
    }

    /// Whether there are parts of this kind.
    pub(super) fn goes(&self, part: Part) -> bool {
        match part {
            Part::Member => self.names.as_ref().is_none_or(|names| !names.is_empty()),
            Part::Item => self.items,
        }
    }

    /// Whether some member has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.as_ref().is_none_or(|names| names.contains(name))
    }

    /// Whether what is enough for `self` is enough for `other`.
    pub(super) fn covers(&self, other: &Self) -> bool {
        self.depth >= other.depth
            && self.items >= other.items
            && match (&self.names, &other.names) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(mine), Some(theirs)) => mine.is_superset(theirs),
            }
    }
}
