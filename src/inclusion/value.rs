//! JSON values with exact numbers, equal when JSON Schema calls them equal.

use super::number::Rational;
use std::{collections::BTreeMap, fmt, rc::Rc};

/// A JSON value: `1` equals `1.0`, and the order of members does not count (JSON Schema 2020-12 core, section 4.2.2).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number.
    Number(Rational),
    /// Any string.
    String(Rc<str>),
    /// Items in order.
    Array(Rc<[Value]>),
    /// Members by name.
    Object(Rc<BTreeMap<Rc<str>, Value>>),
}

impl fmt::Display for Value {
    /// JSON text without spaces.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::String(text) => string(f, text),
            Self::Array(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        f.write_str(",")?;
                    }
                    write!(f, "{item}")?;
                }
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        f.write_str(",")?;
                    }
                    string(f, name)?;
                    write!(f, ":{value}")?;
                }
                f.write_str("}")
            }
        }
    }
}

fn string(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    // Strings always have a JSON form.
    f.write_str(&serde_json::to_string(text).unwrap_or_default())
}

impl From<&Value> for serde_json::Value {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(number.to_json()),
            Value::String(text) => Self::String(text.to_string()),
            Value::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(
                members
                    .iter()
                    .map(|(name, value)| (name.to_string(), Self::from(value)))
                    .collect(),
            ),
        }
    }
}

impl Value {
    /// A value from JSON; `None` where a number has an exponent beyond what can be held exactly.
    #[must_use]
    pub fn from_json(json: &serde_json::Value) -> Option<Self> {
        Some(match json {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(value) => Self::Bool(*value),
            serde_json::Value::Number(number) => Self::Number(Rational::parse(number.as_str())?),
            serde_json::Value::String(text) => Self::String(text.as_str().into()),
            serde_json::Value::Array(items) => {
                Self::Array(items.iter().map(Self::from_json).collect::<Option<_>>()?)
            }
            serde_json::Value::Object(members) => Self::Object(Rc::new(
                members
                    .iter()
                    .map(|(name, value)| Some((Rc::from(name.as_str()), Self::from_json(value)?)))
                    .collect::<Option<_>>()?,
            )),
        })
    }

    /// How many objects and arrays stand around the innermost value; 0 for a scalar.
    #[must_use]
    pub fn depth(&self) -> usize {
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => 0,
            Self::Array(items) => 1 + items.iter().map(Self::depth).max().unwrap_or(0),
            Self::Object(members) => 1 + members.values().map(Self::depth).max().unwrap_or(0),
        }
    }
}
