//! What is counted at one place of a body: figures only, and values only where they are few and may be kept.

use super::format::Format;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many values a list of values has before it counts as open.
pub const FEW: usize = 32;

/// A type of JSON, `null` aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number with a fraction.
    Number,
    /// A text.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

impl Type {
    /// The word of JSON Schema.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// The shortest and the longest: characters of a text, items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Length {
    /// The shortest.
    pub min: u64,
    /// The longest.
    pub max: u64,
}

impl Length {
    pub(super) const fn of(length: u64) -> Self {
        Self {
            min: length,
            max: length,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }
}

/// The values of a place, as long as they are few.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Values {
    /// How often each was seen: as JSON where it may be kept, else as `#` and a hash.
    Few(BTreeMap<String, u64>),
    /// Too many, or such as must not be kept.
    Open,
}

impl Default for Values {
    fn default() -> Self {
        Self::Few(BTreeMap::new())
    }
}

impl Values {
    /// One value, seen once.
    #[must_use]
    pub fn one(value: String) -> Self {
        Self::Few(BTreeMap::from([(value, 1)]))
    }

    /// No value at all so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Few(values) if values.is_empty())
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Few(mut all), Self::Few(more)) => {
                add(&mut all, more);
                if all.len() > FEW {
                    Self::Open
                } else {
                    Self::Few(all)
                }
            }
            (Self::Open, _) | (_, Self::Open) => Self::Open,
        }
    }
}

/// What is counted at one place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// How often something was there, `null` included.
    pub seen: u64,
    /// How often it was `null`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub nulls: u64,
    /// How often it was of each type.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub types: BTreeMap<Type, u64>,
    /// How often a text looked like each format.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub formats: BTreeMap<Format, u64>,
    /// How long texts and lists were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
    /// Which values there were.
    #[serde(default, skip_serializing_if = "Values::is_empty")]
    pub values: Values,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Field {
    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        let Self {
            seen,
            nulls,
            types,
            formats,
            length,
            values,
        } = other;
        self.seen = self.seen.saturating_add(seen);
        self.nulls = self.nulls.saturating_add(nulls);
        add(&mut self.types, types);
        add(&mut self.formats, formats);
        self.length = match (self.length, length) {
            (Some(one), Some(other)) => Some(one.and(other)),
            (one, other) => one.or(other),
        };
        self.values = self.values.and(values);
        self
    }

    /// How often it was of a type.
    #[must_use]
    pub fn of_type(&self, kind: Type) -> u64 {
        self.types.get(&kind).copied().unwrap_or_default()
    }

    /// How often it was anything but `null`.
    #[must_use]
    pub const fn present(&self) -> u64 {
        self.seen.saturating_sub(self.nulls)
    }
}

/// Adds counts to counts.
pub(super) fn add<K: Ord>(all: &mut BTreeMap<K, u64>, more: BTreeMap<K, u64>) {
    for (key, count) in more {
        let sum = all.entry(key).or_default();
        *sum = sum.saturating_add(count);
    }
}
