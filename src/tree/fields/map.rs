//! A mapping whose keys are known.

use super::{Form, Value, value::cut};
use crate::text::{Position, nearest};
use crate::tree::Kind;

/// A mapping as it is read; [`finish`](Self::finish) refuses the keys that nobody asked for.
#[derive(Debug)]
#[must_use = "finish it, or unknown keys go unseen"]
pub struct Fields<'t> {
    value: Value<'t>,
    what: &'static str,
    asked: Vec<&'static str>,
}

impl<'t> Fields<'t> {
    pub(super) fn new(value: Value<'t>, what: &'static str) -> Self {
        Self {
            value,
            what,
            asked: Vec::new(),
        }
    }

    /// The mapping itself.
    #[must_use]
    pub fn value(&self) -> Value<'t> {
        self.value
    }

    /// Where the mapping starts.
    #[must_use]
    pub fn position(&self) -> Position {
        self.value.position()
    }

    /// The value of a key, if it is there. A key without a value is a fault.
    pub fn optional(&mut self, key: &'static str) -> Option<Value<'t>> {
        let value = self.nullable(key)?;
        if value.kind() == Kind::Null {
            value.fault(
                format!("`{key}` has no value"),
                "write the value, or remove the key",
            );
            return None;
        }
        Some(value)
    }

    /// The value of a key, if it is there, `null` and nothing included.
    pub fn nullable(&mut self, key: &'static str) -> Option<Value<'t>> {
        self.asked.push(key);
        let entry = self.form().tree().entry(self.value.id, key)?;
        Some(Value::of(self.form(), entry))
    }

    /// The value of a key that has to be there.
    pub fn required(&mut self, key: &'static str) -> Option<Value<'t>> {
        if self.has(key) {
            return self.optional(key);
        }
        self.asked.push(key);
        let what = self.what;
        self.value.fault(
            format!("{what} needs the key `{key}`"),
            format!("add `{key}:` with its value"),
        );
        None
    }

    /// Whether the key is there.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.form().tree().entry(self.value.id, key).is_some()
    }

    /// Refuses the keys that nobody asked for.
    pub fn finish(self) {
        let tree = self.form().tree();
        for entry in tree.entries(self.value.id) {
            let key = tree.key(entry.key);
            if self.asked.contains(&key) {
                continue;
            }
            let help = match nearest(key, self.asked.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if self.asked.len() == 1 => {
                    format!("the only key is {}", listed(&self.asked, "and"))
                }
                None => format!("the keys are {}", listed(&self.asked, "and")),
            };
            let message = format!("{} has no key `{}`", self.what, cut(key));
            self.form().fault(entry.key_span.start, message, Some(help));
        }
    }

    fn form(&self) -> &'t Form {
        self.value.form
    }
}

/// Words in backticks: `` `a`, `b`, and `c` ``.
pub(super) fn listed(words: &[&str], last: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one} {last} {other}"),
        [more @ .., end] => format!("{}, {last} {end}", more.join(", ")),
    }
}
