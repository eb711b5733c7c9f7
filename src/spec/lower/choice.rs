//! Keywords that combine schemas, and what they come down to in the plain cases.

use super::Part;
use crate::inclusion::Types;
use crate::spec::{
    bundle::At,
    dialect::Draft,
    schema::{Conditional, Discriminator, Group, Values},
};

impl Part<'_, '_> {
    pub(super) fn composition(&mut self) {
        let bundle = self.bundle;
        for (keyword, exclusive) in [("anyOf", false), ("oneOf", true)] {
            let Some(at) = self.get(keyword) else {
                continue;
            };
            let branches: Vec<At> = bundle.items(at).collect();
            if branches.len() <= 1
                || self.types_only(at, &branches, exclusive)
                || self.constants_only(at, &branches)
            {
                continue;
            }
            self.schema.groups.push(Group {
                at,
                exclusive,
                branches,
            });
        }
        self.schema.nots.extend(self.get("not"));
        if let Some(when) = self.get("if") {
            let (then, otherwise) = (self.get("then"), self.get("else"));
            if then.is_some() || otherwise.is_some() {
                self.schema.conditionals.push(Conditional {
                    when,
                    then,
                    otherwise,
                });
            }
        }
    }

    /// `anyOf: [{type: string}, {type: integer}]` is a list of types.
    fn types_only(&mut self, at: At, branches: &[At], exclusive: bool) -> bool {
        let bundle = self.bundle;
        let mut union = Types::NONE;
        for branch in branches {
            let plain = bundle.entries(*branch).all(|(keyword, _)| {
                keyword == "type" || matches!(keyword, "title" | "description")
            });
            let Some(types) = bundle
                .text(*branch, "type")
                .and_then(Types::named)
                .filter(|_| plain)
            else {
                return false;
            };
            if exclusive && union.meets(types) {
                return false;
            }
            union = union.or(types);
        }
        self.schema.types = self.schema.types.and(union);
        self.schema.types_at = self.schema.types_at.or(Some(at));
        true
    }

    /// `oneOf: [{const: a}, {const: b}]` is a closed list with room for descriptions.
    fn constants_only(&mut self, at: At, branches: &[At]) -> bool {
        let bundle = self.bundle;
        if bundle.dialect.draft() < Draft::D6 {
            return false;
        }
        let mut list = Vec::with_capacity(branches.len());
        for branch in branches {
            let plain = bundle.entries(*branch).all(|(keyword, _)| {
                matches!(keyword, "const" | "type" | "title" | "description")
                    || keyword.starts_with("x-")
            });
            match bundle.get(*branch, "const").filter(|_| plain) {
                Some(value) => list.push(value),
                None => return false,
            }
        }
        self.schema.values.push(Values {
            at,
            list,
            single: false,
        });
        true
    }

    pub(super) fn discriminator(&mut self) {
        let bundle = self.bundle;
        let Some(at) = self.get("discriminator") else {
            return;
        };
        // Swagger 2.0 names the member only.
        let property = bundle
            .tree(at.file)
            .str(at.node)
            .or_else(|| bundle.text(at, "propertyName"));
        let Some(property) = property else { return };
        let mapping = bundle
            .get(at, "mapping")
            .map_or_else(Default::default, |map| {
                bundle
                    .entries(map)
                    .filter_map(|(value, at)| {
                        Some((value, (bundle.tree(at.file).str(at.node)?, at)))
                    })
                    .collect()
            });
        if self.schema.discriminator.is_none() {
            self.schema.discriminator = Some(Discriminator {
                at,
                property,
                mapping,
            });
        }
    }
}
