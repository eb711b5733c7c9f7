//! What schemas of a place say about the members and items inside its value.

use crate::inclusion::schema::{Arena, Node, NodeId, Record};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// What records and `Unevaluated` say about what is inside a value.
#[derive(Default)]
pub(super) struct Inside<'a> {
    pub(super) records: Vec<&'a Record>,
    /// For unevaluated members.
    pub(super) members: Vec<NodeId>,
    /// For unevaluated items.
    pub(super) items: Vec<NodeId>,
}

/// What atoms say about what is inside a value.
pub(super) fn inside<'a>(arena: &'a Arena, atoms: &BTreeSet<NodeId>) -> Inside<'a> {
    let mut inside = Inside::default();
    for id in atoms {
        match arena.get(*id) {
            Node::Record(record) => inside.records.push(record),
            Node::Unevaluated { members, items, .. } => {
                inside.members.extend(members);
                inside.items.extend(items);
            }
            Node::Anything
            | Node::Nothing
            | Node::Values(_)
            | Node::All(_)
            | Node::Any(_)
            | Node::One(_)
            | Node::Not(_)
            | Node::Link(_)
            | Node::Opaque(_)
            | Node::Open => {}
        }
    }
    inside
}

impl Inside<'_> {
    /// Every schema that may apply to a member of this name.
    pub(super) fn of_name(&self, name: &Rc<str>) -> Vec<NodeId> {
        let mut found: Vec<NodeId> = self.patterns().into_values().flatten().collect();
        found.extend(&self.members);
        for record in &self.records {
            let objects = &record.objects;
            found.extend(objects.members.get(name).copied().or(objects.rest));
        }
        found
    }

    /// Every schema that may apply to a member.
    pub(super) fn of_every_name(&self) -> Vec<NodeId> {
        let mut found: Vec<NodeId> = self.patterns().into_values().flatten().collect();
        found.extend(self.names().into_values().flatten());
        found.extend(self.rests());
        found.extend(&self.members);
        found
    }

    /// The schemas that records give an item.
    pub(super) fn of_position(&self, index: usize) -> Vec<NodeId> {
        let of = |record: &&Record| {
            let arrays = &record.arrays;
            arrays.prefix.get(index).copied().or(arrays.rest)
        };
        self.records.iter().filter_map(of).collect()
    }

    /// The schemas that items are counted by.
    pub(super) fn counted(&self) -> Vec<NodeId> {
        let records = self.records.iter();
        let contains = records.flat_map(|record| &record.arrays.contains);
        contains.map(|contains| contains.schema).collect()
    }

    /// The names that records give schemas.
    pub(super) fn names(&self) -> BTreeMap<Rc<str>, Vec<NodeId>> {
        let mut names: BTreeMap<Rc<str>, Vec<NodeId>> = BTreeMap::new();
        for record in &self.records {
            for (name, schema) in &record.objects.members {
                names.entry(name.clone()).or_default().push(*schema);
            }
        }
        names
    }

    /// The patterns that records give schemas.
    pub(super) fn patterns(&self) -> BTreeMap<Rc<str>, Vec<NodeId>> {
        let mut patterns: BTreeMap<Rc<str>, Vec<NodeId>> = BTreeMap::new();
        for record in &self.records {
            for (pattern, schema) in &record.objects.patterns {
                patterns.entry(pattern.clone()).or_default().push(*schema);
            }
        }
        patterns
    }

    /// The schemas of other members.
    pub(super) fn rests(&self) -> Vec<NodeId> {
        let rests = self.records.iter().filter_map(|record| record.objects.rest);
        rests.collect()
    }

    /// Whether no record names a member or says that there is none.
    pub(super) fn is_free(&self, arena: &Arena) -> bool {
        let names_any = |record: &&Record| {
            let objects = &record.objects;
            !(objects.members.is_empty()
                && objects.required.is_empty()
                && objects.declared.is_empty()
                && objects.patterns.is_empty())
        };
        !self.records.iter().any(names_any)
            && !self
                .rests()
                .iter()
                .chain(&self.members)
                .any(|rest| arena.follow(*rest) == Arena::NOTHING)
    }

    /// Whether a keyword about all other members allows some; one about unevaluated members has none left where another
    /// keyword took all.
    pub(super) fn declares_all(&self, arena: &Arena) -> bool {
        let allows = |rest: &NodeId| arena.follow(*rest) != Arena::NOTHING;
        match self.rests().as_slice() {
            [] => !self.members.is_empty() && self.members.iter().all(allows),
            rests => rests.iter().any(allows),
        }
    }

    /// Whether a record closes or narrows what it does not name.
    pub(super) fn is_narrow(&self, arena: &Arena) -> bool {
        let mut rests = self.rests().into_iter().chain(self.members.iter().copied());
        rests.any(|rest| arena.follow(rest) != Arena::ANYTHING)
    }
}
