//! `enum` and `const`: values of a document with exact numbers.

use super::{
    files::{Files, shorten},
    plan::Plan,
    read::Reader,
};
use crate::inclusion::{Value, number::Rational};
use crate::spec::{At, Draft};
use crate::tree::Kind;
use std::rc::Rc;

/// The most values, aliases expanded, that a list is taken apart for.
const MOST: u64 = 1_000_000;

impl Reader<'_, '_> {
    pub(super) fn constants(&mut self) {
        if let Some(list) = self.child("enum") {
            if self.kind(list) == Kind::Seq {
                let plan = self.list(list);
                self.parts.push(plan);
            } else {
                self.complain("enum", list, "a list");
            }
        }
        // `const` came with draft 6; OpenAPI 3.0 has no such keyword.
        if self.draft >= Draft::D6
            && let Some(at) = self.get("const")
        {
            let plan = self.values("const", at, &[at]);
            self.parts.push(plan);
        }
    }

    fn list(&self, list: At) -> Plan {
        let items = self.items(list);
        self.values("enum", list, &items)
    }

    fn values(&self, keyword: &str, at: At, list: &[At]) -> Plan {
        let files = &self.context.files;
        if files.tree(at.file).weight(at.node) > MOST {
            return Plan::Opaque(format!("`{keyword}` of {}", files.quote(at)));
        }
        let values: Result<Vec<Value>, String> = list.iter().map(|at| files.value(*at)).collect();
        match values {
            Ok(values) => Plan::Values(values),
            // The whole list stands for the set, not the number that is in the way.
            Err(number) => Plan::Opaque(format!(
                "`{keyword}` has {number}, too large a number: {}",
                files.quote(at)
            )),
        }
    }
}

impl Files<'_> {
    /// A value of a document; an error has the text of a number that cannot be held.
    fn value(&self, at: At) -> Result<Value, String> {
        let tree = self.tree(at.file);
        Ok(match tree.kind(at.node) {
            Kind::Null => Value::Null,
            Kind::Bool => Value::Bool(tree.bool(at.node) == Some(true)),
            Kind::Number => {
                let text = tree.number(at.node).unwrap_or_default();
                Value::Number(Rational::parse(text).ok_or_else(|| shorten(text))?)
            }
            Kind::String => Value::String(tree.str(at.node).unwrap_or_default().into()),
            Kind::Seq => Value::Array(
                self.items(at)
                    .map(|item| self.value(item))
                    .collect::<Result<_, _>>()?,
            ),
            Kind::Map => Value::Object(Rc::new(
                self.entries(at)
                    .map(|(name, member)| Ok((name.into(), self.value(member)?)))
                    .collect::<Result<_, String>>()?,
            )),
        })
    }
}
