//! Keywords about members and items, as far as the payload has any.

use super::{
    reach::Part,
    translate::{Spot, Translation},
};
use crate::spec::bundle::At;
use crate::tree::Kind;
use serde_json::{Map, Value};

impl<'d> Translation<'d, '_> {
    /// One step below; `None` where the payload ends, or has no such part anywhere.
    fn step(
        &mut self,
        spot: &Spot<'d>,
        part: Part,
        pick: &dyn Fn(At) -> Option<At>,
    ) -> Option<Spot<'d>> {
        let left = spot.left.checked_sub(1)?;
        if !self.reach.goes(part) {
            return None;
        }
        Some(Spot {
            place: self.places.part(&spot.place, pick),
            left,
            inline: spot.inline,
        })
    }

    pub(super) fn properties(
        &mut self,
        map: At,
        spot: &Spot<'d>,
        out: &mut Map<String, Value>,
    ) -> Option<()> {
        let bundle = self.bundle;
        let map = bundle.follow(map)?;
        self.is_map(map)?;
        let mut members = Map::new();
        for (name, schema) in bundle.entries(map) {
            // A name that the payload does not have is no matter to `additionalProperties` either.
            if !self.reach.has(name) || spot.place.hides(name) {
                continue;
            }
            let pick = |at: At| bundle.get(bundle.child(at, "properties")?, name);
            if let Some(below) = self.step(spot, Part::Member, &pick) {
                members.insert(name.to_owned(), self.schema(schema, &below)?);
            }
        }
        out.insert("properties".to_owned(), members.into());
        Some(())
    }

    pub(super) fn required(
        &mut self,
        value: At,
        spot: &Spot<'d>,
        out: &mut Map<String, Value>,
    ) -> Option<()> {
        // In Swagger 2.0 a parameter's own flag; elsewhere the flag of draft 3, which means nothing any more.
        if self.bundle.tree(value.file).kind(value.node) == Kind::Bool {
            return Some(());
        }
        let names = self.names(self.bundle.follow(value)?)?;
        let travelling = names.into_iter().filter(|name| !spot.place.hides(name));
        out.insert("required".to_owned(), travelling.collect());
        Some(())
    }

    /// A keyword with one schema for members or items.
    pub(super) fn below(
        &mut self,
        keyword: &str,
        value: At,
        spot: &Spot<'d>,
        out: &mut Map<String, Value>,
    ) -> Option<()> {
        let bundle = self.bundle;
        let pick = |at: At| bundle.get(at, keyword);
        let part = match keyword {
            "items" | "unevaluatedItems" => Part::Item,
            _ => Part::Member,
        };
        if let Some(below) = self.step(spot, part, &pick) {
            out.insert(keyword.to_owned(), self.schema(value, &below)?);
        }
        Some(())
    }

    /// Keywords of 2020-12 only.
    pub(super) fn modern_members(
        &mut self,
        keyword: &str,
        value: At,
        spot: &Spot<'d>,
        out: &mut Map<String, Value>,
    ) -> Option<()> {
        match keyword {
            "unevaluatedProperties" | "unevaluatedItems" => self.below(keyword, value, spot, out),
            // It counts even where there is no item to apply it to.
            "contains" => {
                let schema = match self.step(spot, Part::Item, &|_| None) {
                    Some(below) => self.placed(value, &below)?,
                    None => Value::Bool(true),
                };
                out.insert(keyword.to_owned(), schema);
                Some(())
            }
            // A name is a value of its own, not a part of one.
            "propertyNames" => {
                let below = Spot {
                    left: 0,
                    ..spot.clone()
                };
                let schema = self.placed(value, &below)?;
                out.insert(keyword.to_owned(), schema);
                Some(())
            }
            "prefixItems" => {
                let bundle = self.bundle;
                let mut items = Vec::new();
                for (place, item) in self.list(value)?.into_iter().enumerate() {
                    let pick = |at: At| bundle.items(bundle.get(at, "prefixItems")?).nth(place);
                    let Some(below) = self.step(spot, Part::Item, &pick) else {
                        return Some(());
                    };
                    items.push(self.schema(item, &below)?);
                }
                out.insert(keyword.to_owned(), items.into());
                Some(())
            }
            "patternProperties" => {
                self.is_map(value)?;
                let mut members = Map::new();
                for (pattern, schema) in self.bundle.entries(value) {
                    if let Some(below) = self.step(spot, Part::Member, &|_| None) {
                        members.insert(pattern.to_owned(), self.placed(schema, &below)?);
                    }
                }
                out.insert(keyword.to_owned(), members.into());
                Some(())
            }
            "dependentRequired" => {
                self.is_map(value)?;
                let mut members = Map::new();
                for (name, list) in self.bundle.entries(value) {
                    let names = self.names(list)?;
                    if self.reach.has(name) && !spot.place.hides(name) {
                        let travelling = names.into_iter().filter(|name| !spot.place.hides(name));
                        members.insert(name.to_owned(), travelling.collect());
                    }
                }
                out.insert(keyword.to_owned(), members.into());
                Some(())
            }
            "dependentSchemas" => {
                self.is_map(value)?;
                let mut members = Map::new();
                for (name, schema) in self.bundle.entries(value) {
                    if self.reach.has(name) {
                        members.insert(name.to_owned(), self.branch(schema, spot)?);
                    }
                }
                out.insert(keyword.to_owned(), members.into());
                Some(())
            }
            _ => Some(()),
        }
    }

    /// A schema at a place where nothing else is known to apply.
    fn placed(&mut self, at: At, spot: &Spot<'d>) -> Option<Value> {
        let spot = Spot {
            place: self.places.alone(&spot.place, at),
            ..spot.clone()
        };
        self.schema(at, &spot)
    }

    fn names(&self, list: At) -> Option<Vec<&'d str>> {
        let names: Option<Vec<&str>> = self
            .list(list)?
            .into_iter()
            .map(|item| self.text(item))
            .collect();
        let mut names = names?;
        names.sort_unstable();
        names.dedup();
        Some(names)
    }

    fn is_map(&self, at: At) -> Option<()> {
        (self.bundle.tree(at.file).kind(at.node) == Kind::Map).then_some(())
    }
}
