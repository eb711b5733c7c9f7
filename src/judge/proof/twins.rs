//! Subschemas of both versions that stand in the same place: told apart by questions of their own, so that a question
//! about the schema around them may take each pair for one.

use crate::diff::{Comparison, PairId};
use crate::spec::{At, Property, Schema, SchemaId, Schemas};
use foldhash::{HashMap, HashMapExt as _};

/// Schemas that stand in the same place.
#[derive(Debug)]
pub(super) struct Twin {
    /// Which they are, old and new.
    pub(super) ids: (SchemaId, SchemaId),
    pub(super) old: Vec<At>,
    pub(super) new: Vec<At>,
}

/// The twins beneath a pair of schemas, its steps to members, items, and branches.
pub(super) fn twins(comparison: &Comparison<'_, '_>, pair: PairId) -> Vec<Twin> {
    let graph = &comparison.graph;
    let held = &graph.pairs[pair.0 as usize];
    let (old, new) = (
        graph.old.get(held.question.old),
        graph.new.get(held.question.new),
    );
    let mut found = Finder {
        comparison,
        list: Vec::new(),
    };
    found.members(&old, &new);
    found.items(&old, &new);
    found.logic(&old, &new);
    for group in &held.branches {
        found.branches(group, &old, &new);
    }
    found.list
}

struct Finder<'a, 'c, 'd> {
    comparison: &'a Comparison<'c, 'd>,
    list: Vec<Twin>,
}

impl Finder<'_, '_, '_> {
    fn push(&mut self, old: &[At], new: &[At]) {
        if old.is_empty() || new.is_empty() {
            return;
        }
        let graph = &self.comparison.graph;
        let ids = (graph.old.of_nodes(old), graph.new.of_nodes(new));
        self.list.push(Twin {
            ids,
            old: old.to_vec(),
            new: new.to_vec(),
        });
    }

    fn named(&mut self, old: &[Property<'_>], new: &[Property<'_>]) {
        for property in new {
            if let Some(before) = old.iter().find(|held| held.name == property.name) {
                self.push(&before.nodes, &property.nodes);
            }
        }
    }

    fn members(&mut self, old: &Schema<'_>, new: &Schema<'_>) {
        for property in &new.properties {
            if let Some(before) = old.property(property.name) {
                self.push(&before.nodes, &property.nodes);
            }
        }
        self.named(&old.pattern_properties, &new.pattern_properties);
        self.named(&old.dependent_schemas, &new.dependent_schemas);
        let rest = |schema: &Schema<'_>| -> Vec<At> {
            let open = schema.rest.iter().filter(|rest| !rest.closed);
            open.map(|rest| rest.at).collect()
        };
        let (before, after) = (rest(old), rest(new));
        // Where one side is closed besides, the edit is about that.
        if before.len() == old.rest.len() && after.len() == new.rest.len() {
            self.push(&before, &after);
        }
        self.push(&old.names, &new.names);
    }

    fn items(&mut self, old: &Schema<'_>, new: &Schema<'_>) {
        for (before, after) in old.prefix.iter().zip(&new.prefix) {
            self.push(before, after);
        }
        self.push(&old.items, &new.items);
        if old.contains.len() == 1 && new.contains.len() == 1 {
            self.push(&old.contains, &new.contains);
        }
    }

    fn logic(&mut self, old: &Schema<'_>, new: &Schema<'_>) {
        if old.nots.len() == new.nots.len() {
            for (before, after) in old.nots.iter().zip(&new.nots) {
                self.push(&[*before], &[*after]);
            }
        }
        if old.conditionals.len() == new.conditionals.len() {
            for (before, after) in old.conditionals.iter().zip(&new.conditionals) {
                self.push(&[before.when], &[after.when]);
                for (before, after) in [
                    (before.then, after.then),
                    (before.otherwise, after.otherwise),
                ] {
                    if let (Some(before), Some(after)) = (before, after) {
                        self.push(&[before], &[after]);
                    }
                }
            }
        }
    }

    fn branches(&mut self, group: &crate::diff::BranchPairs, old: &Schema<'_>, new: &Schema<'_>) {
        let graph = &self.comparison.graph;
        let nodes = |schemas: &Schemas<'_>, schema: &Schema<'_>, at: Option<At>| {
            let mut nodes: HashMap<SchemaId, At> = HashMap::new();
            let held = schema.groups.iter().find(|held| Some(held.at) == at);
            for at in held.iter().flat_map(|held| &held.branches) {
                nodes.entry(schemas.of_node(*at)).or_insert(*at);
            }
            nodes
        };
        let before = nodes(&graph.old, old, group.old);
        let after = nodes(&graph.new, new, group.new);
        for matched in &group.matched {
            let sides = (before.get(&matched.old), after.get(&matched.new));
            if let (Some(old), Some(new)) = sides {
                self.push(&[*old], &[*new]);
            }
        }
    }
}
