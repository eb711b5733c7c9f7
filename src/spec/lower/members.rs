//! Keywords about members of objects and items of arrays.

use super::Part;
use crate::spec::{
    bundle::{At, Bundle},
    schema::{Property, Rest},
};
use crate::tree::Kind;
use foldhash::HashMap;

impl Part<'_, '_> {
    pub(super) fn objects(&mut self) {
        let bundle = self.bundle;
        if let Some(map) = self.child("properties") {
            // A list, not a search per member: objects of thousands of members are real.
            let known: HashMap<&str, usize> = self
                .schema
                .properties
                .iter()
                .enumerate()
                .map(|(index, property)| (property.name, index))
                .collect();
            for (name, at) in bundle.entries(map) {
                match known.get(name) {
                    Some(index) => self.schema.properties[*index].nodes.push(at),
                    None => self.schema.properties.push(Property {
                        name,
                        nodes: vec![at],
                    }),
                }
            }
        }
        for (keyword, dependent) in [("patternProperties", false), ("dependentSchemas", true)] {
            let Some(map) = self.get(keyword) else {
                continue;
            };
            let list = if dependent {
                &mut self.schema.dependent_schemas
            } else {
                &mut self.schema.pattern_properties
            };
            merge_named(bundle, map, list);
        }
        if let Some(list) = self.child("required") {
            let tree = bundle.tree(list.file);
            let names = bundle
                .items(list)
                .filter_map(|at| Some((tree.str(at.node)?, at)));
            self.schema.required.extend(names);
        }
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            if let Some(at) = self.get(keyword) {
                self.rest(at, keyword, false);
            }
        }
        self.schema.names.extend(self.get("propertyNames"));
        if let Some(map) = self.get("dependentRequired") {
            for (name, list) in bundle.entries(map) {
                let names = self.strings(list);
                self.schema.dependent_required.insert(name, (names, list));
            }
        }
        // Until draft 7 one keyword held both kinds.
        if let Some(map) = self.get("dependencies") {
            for (name, value) in bundle.entries(map) {
                if bundle.tree(value.file).kind(value.node) == Kind::Seq {
                    let names = self.strings(value);
                    self.schema.dependent_required.insert(name, (names, value));
                } else {
                    self.schema.dependent_schemas.push(Property {
                        name,
                        nodes: vec![value],
                    });
                }
            }
        }
    }

    fn rest(&mut self, at: At, keyword: &'static str, items: bool) {
        let tree = self.bundle.tree(at.file);
        let open = tree.bool(at.node) == Some(true)
            || (tree.kind(at.node) == Kind::Map && tree.size(at.node) == 0);
        if open {
            return;
        }
        let closed = tree.bool(at.node) == Some(false);
        let list = if items {
            &mut self.schema.rest_items
        } else {
            &mut self.schema.rest
        };
        list.push(Rest {
            at,
            keyword,
            closed,
        });
    }

    pub(super) fn arrays(&mut self) {
        let bundle = self.bundle;
        let mut positions = self.get("prefixItems");
        let mut after = self.get("items");
        if let Some(list) = after
            && bundle.tree(list.file).kind(list.node) == Kind::Seq
        {
            // Until 2019-09 a list of items was the prefix.
            positions = after;
            after = None;
            if let Some(at) = self.get("additionalItems") {
                after = Some(at);
            }
        }
        if let Some(list) = positions {
            for (index, at) in bundle.items(list).enumerate() {
                match self.schema.prefix.get_mut(index) {
                    Some(nodes) => nodes.push(at),
                    None => self.schema.prefix.push(vec![at]),
                }
            }
        }
        if let Some(at) = after {
            if bundle.tree(at.file).bool(at.node) == Some(false) {
                self.rest(at, "items", true);
            } else {
                self.schema.items.push(at);
            }
        }
        if let Some(at) = self.get("unevaluatedItems") {
            self.rest(at, "unevaluatedItems", true);
        }
        if self.bundle.flag(self.at, "uniqueItems") == Some(true) {
            self.schema.unique = self.schema.unique.or(self.get("uniqueItems"));
        }
        self.schema.contains.extend(self.get("contains"));
    }
}

fn merge_named<'d>(bundle: &'d Bundle, map: At, list: &mut Vec<Property<'d>>) {
    for (name, at) in bundle.entries(map) {
        match list.iter_mut().find(|held| held.name == name) {
            Some(held) => held.nodes.push(at),
            None => list.push(Property {
                name,
                nodes: vec![at],
            }),
        }
    }
}
