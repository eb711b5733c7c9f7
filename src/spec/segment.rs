//! Steps from a schema to its subschemas, as element ids spell them.

use std::fmt;

/// One step from a schema to a subschema; its text is part of element ids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// A declared member.
    Property(String),
    /// Members whose name matches a pattern.
    Pattern(String),
    /// Other members: `additionalProperties` or `unevaluatedProperties`.
    Additional,
    /// Items, or the items after a prefix.
    Items,
    /// The item at a position.
    Prefix(usize),
    /// `contains`.
    Contains,
    /// `propertyNames`.
    Names,
    /// A branch of `anyOf` or `oneOf`, by discriminator value or title, else by position.
    Branch(String),
    /// `not`.
    Not,
    /// `if`.
    If,
    /// `then`.
    Then,
    /// `else`.
    Else,
    /// `dependentSchemas` of a member.
    Dependent(String),
    /// `contentSchema`.
    Content,
}

/// A name as it stands in an element id: quoted when its characters would read as syntax.
#[must_use]
pub fn quoted(name: &str) -> String {
    let plain = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@' | '+'));
    if plain {
        name.to_owned()
    } else {
        serde_json::Value::from(name).to_string()
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Property(name) => write!(f, ".{}", quoted(name)),
            Self::Pattern(pattern) => write!(f, "{{/{pattern}/}}"),
            Self::Additional => f.write_str("{}"),
            Self::Items => f.write_str("[]"),
            Self::Prefix(index) => write!(f, "[{index}]"),
            Self::Contains => f.write_str("[?]"),
            Self::Names => f.write_str("{name}"),
            Self::Branch(label) => write!(f, "|{}", quoted(label)),
            Self::Not => f.write_str("!not"),
            Self::If => f.write_str("?if"),
            Self::Then => f.write_str("?then"),
            Self::Else => f.write_str("?else"),
            Self::Dependent(name) => write!(f, "?{}", quoted(name)),
            Self::Content => f.write_str("~content"),
        }
    }
}
