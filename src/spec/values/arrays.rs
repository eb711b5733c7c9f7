//! Keywords about arrays.

use super::{plan::ContainsPlan, read::Reader};
use crate::spec::{At, Draft};
use crate::tree::Kind;

impl Reader<'_, '_> {
    pub(super) fn arrays(&mut self) {
        if let Some(count) = self.count("minItems") {
            self.record.arrays.fewest = count;
        }
        self.record.arrays.most = self.count("maxItems");
        if let Some(at) = self.get("uniqueItems") {
            match self.flag("uniqueItems") {
                Some(unique) => self.record.arrays.unique = unique,
                None => self.complain("uniqueItems", at, "a boolean"),
            }
        }
        self.item_schemas();
        if self.draft >= Draft::D6 {
            self.contains();
        }
    }

    fn item_schemas(&mut self) {
        let positions = if self.draft >= Draft::D2020 {
            self.get("prefixItems")
        } else {
            None
        };
        if let Some(list) = positions {
            self.prefix("prefixItems", list);
        }
        let Some(at) = self.get("items") else { return };
        if self.kind(at) != Kind::Seq {
            let rest = self.inside(at);
            self.record.arrays.rest = Some(rest);
        } else if self.draft >= Draft::D2020 {
            self.complain("items", at, "a schema");
        } else {
            self.prefix("items", at);
            self.record.arrays.rest = self.subschema("additionalItems");
        }
    }

    fn prefix(&mut self, keyword: &str, list: At) {
        if self.kind(list) != Kind::Seq {
            return self.complain(keyword, list, "a list of schemas");
        }
        let items = self.items(list);
        self.record.arrays.prefix = items.into_iter().map(|at| self.inside(at)).collect();
    }

    fn contains(&mut self) {
        let Some(schema) = self.subschema("contains") else {
            return;
        };
        let counted = self.draft >= Draft::D2019;
        let fewest = counted.then(|| self.count("minContains")).flatten();
        let most = counted.then(|| self.count("maxContains")).flatten();
        self.record.arrays.contains = Some(ContainsPlan {
            schema,
            fewest: fewest.unwrap_or(1),
            most,
            evaluates: self.draft >= Draft::D2020,
        });
    }
}
