//! Values as JSON again.

use super::{
    document::Tree,
    node::{NodeId, Shape},
};
use crate::text::quote;
use serde_json::Value;

/// The most nodes worth writing out, aliases expanded.
const LIMIT: u64 = 1_000_000;

/// A value with so many aliases that writing it out would not end well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the value has {weight} parts once its aliases are expanded, too many to write out")]
pub struct TooLarge {
    /// How many nodes it would have.
    pub weight: u64,
}

/// What to write next.
enum Step<'t> {
    Value(NodeId),
    Key(&'t str),
    Text(&'static str),
}

impl Tree {
    /// Appends a value as compact JSON: keys in document order, numbers with all their digits.
    ///
    /// # Errors
    /// When aliases make it more than a million nodes; nothing is written then.
    pub fn write_json(&self, id: NodeId, out: &mut String) -> Result<(), TooLarge> {
        self.check(id)?;
        let mut steps = vec![Step::Value(id)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Text(text) => out.push_str(text),
                Step::Key(key) => {
                    quote(key, out);
                    out.push(':');
                }
                Step::Value(id) => self.write_node(id, out, &mut steps),
            }
        }
        Ok(())
    }

    fn write_node<'t>(&'t self, id: NodeId, out: &mut String, steps: &mut Vec<Step<'t>>) {
        let node = self.node(id);
        match node.shape() {
            Shape::Null => out.push_str("null"),
            Shape::False => out.push_str("false"),
            Shape::True => out.push_str("true"),
            Shape::Number => out.push_str(self.text(node.text())),
            Shape::String => quote(self.text(node.text()), out),
            Shape::Seq => {
                out.push('[');
                steps.push(Step::Text("]"));
                for (place, item) in self.items(id).iter().enumerate().rev() {
                    steps.push(Step::Value(*item));
                    if place > 0 {
                        steps.push(Step::Text(","));
                    }
                }
            }
            Shape::Map => {
                out.push('{');
                steps.push(Step::Text("}"));
                for (place, entry) in self.entry_slice(id).iter().enumerate().rev() {
                    steps.push(Step::Value(entry.value));
                    steps.push(Step::Key(self.key(entry.key)));
                    if place > 0 {
                        steps.push(Step::Text(","));
                    }
                }
            }
        }
    }

    /// A value for crates that speak `serde_json`; numbers beyond its reach become the nearest float.
    ///
    /// # Errors
    /// When aliases make it more than a million nodes.
    pub fn to_json(&self, id: NodeId) -> Result<Value, TooLarge> {
        self.check(id)?;
        // Values of finished children, innermost last; a container takes its own off the end.
        let mut done: Vec<Value> = Vec::new();
        let mut todo = vec![(id, false)];
        while let Some((id, children_done)) = todo.pop() {
            let node = self.node(id);
            let value = match node.shape() {
                Shape::Null => Value::Null,
                Shape::False => Value::Bool(false),
                Shape::True => Value::Bool(true),
                Shape::Number => number(self.text(node.text())),
                Shape::String => Value::String(self.text(node.text()).to_owned()),
                Shape::Seq | Shape::Map if !children_done => {
                    todo.push((id, true));
                    let from = todo.len();
                    todo.extend(self.children(id).map(|child| (child, false)));
                    todo[from..].reverse();
                    continue;
                }
                Shape::Seq => Value::Array(done.split_off(done.len() - self.size(id))),
                Shape::Map => {
                    let values = done.split_off(done.len() - self.size(id));
                    let keys = self.entries(id).map(|entry| self.key(entry.key).to_owned());
                    Value::Object(keys.zip(values).collect())
                }
            };
            done.push(value);
        }
        Ok(done.pop().unwrap_or_default())
    }

    fn check(&self, id: NodeId) -> Result<(), TooLarge> {
        // Without aliases a value is no larger than its file.
        match self.weight(id) {
            weight if weight > LIMIT && self.has_aliases() => Err(TooLarge { weight }),
            _ => Ok(()),
        }
    }
}

fn number(text: &str) -> Value {
    let float = || match text.parse::<f64>() {
        Ok(float) if float.is_finite() => float,
        _ if text.starts_with('-') => f64::MIN,
        _ => f64::MAX,
    };
    // A negative zero is a float, or its sign is lost.
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(float()))
}
