//! Objects of Arazzo: known keys, and extensions, which are nobody's business.

use crate::text::nearest;
use crate::tree::fields::{Key, Value};

/// An object as it is read; [`finish`](Self::finish) refuses the keys that nobody asked for and that are no `x-`.
#[derive(Debug)]
pub(super) struct Object<'t> {
    value: Value<'t>,
    what: &'static str,
    entries: Vec<(Key<'t>, Value<'t>)>,
    asked: Vec<&'static str>,
}

impl<'t> Object<'t> {
    pub(super) fn new(value: Value<'t>, what: &'static str) -> Option<Self> {
        Some(Self {
            value,
            what,
            entries: value.entries()?,
            asked: Vec::new(),
        })
    }

    pub(super) fn value(&self) -> Value<'t> {
        self.value
    }

    pub(super) fn optional(&mut self, key: &'static str) -> Option<Value<'t>> {
        self.asked.push(key);
        let found = self.entries.iter().find(|(name, _)| name.text == key);
        found.map(|(_, value)| *value)
    }

    pub(super) fn required(&mut self, key: &'static str) -> Option<Value<'t>> {
        let found = self.optional(key);
        if found.is_none() {
            self.value.fault(
                format!("{} needs the key `{key}`", self.what),
                format!("add `{key}:` with its value"),
            );
        }
        found
    }

    /// A key of something that is not run here.
    pub(super) fn refused(&mut self, key: &'static str, why: &str, help: &str) {
        if let Some(value) = self.optional(key) {
            value.fault(format!("`{key}`: {why}"), help);
        }
    }

    pub(super) fn finish(self) {
        for (key, _) in &self.entries {
            if self.asked.contains(&key.text) || key.text.starts_with("x-") {
                continue;
            }
            let help = match nearest(key.text, self.asked.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "remove it, or start its name with `x-`".to_owned(),
            };
            key.fault(format!("{} has no key `{}`", self.what, key.text), help);
        }
    }
}
