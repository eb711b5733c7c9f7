//! `JSONPath` (RFC 9535) behind one interface, so that a query that matches nothing is an answer of its own.

mod singular;
#[cfg(test)]
mod tests;

pub use singular::{Singular, Step};

use crate::text::Pointer;
use serde_json::Value;
use std::fmt;

/// The longest query.
const LONGEST: usize = 1_024;
/// The deepest nesting of brackets and parentheses: the parser underneath is recursive.
const DEEPEST: usize = 16;
/// The most `..` in a query: each multiplies the work by the depth of the value.
const DESCENTS: usize = 3;

/// A query that can be run.
#[derive(Clone)]
pub struct JsonPath {
    text: String,
    query: serde_json_path::JsonPath,
}

/// Why a text is no query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PathError {
    /// A lower-case fragment.
    pub message: String,
    /// Byte offset in the text.
    pub at: usize,
}

/// One value that a query selects.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<'v> {
    /// Where it stands.
    pub at: Pointer,
    /// The value.
    pub value: &'v Value,
}

/// What a query that should select one value selects.
#[derive(Clone, Debug, PartialEq)]
pub enum Selected<'v> {
    /// No value at all: neither yes nor no to anything that is asked of it.
    Nothing,
    /// Just one.
    One(Found<'v>),
    /// So many, at least two.
    Several(usize),
}

impl JsonPath {
    /// Reads a query, as RFC 9535 section 2.1 has it: well-formed and valid, functions well-typed.
    ///
    /// # Errors
    /// When it is none, or is longer or deeper than a query that a person writes.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        within_limits(text)?;
        match serde_json_path::JsonPath::parse(text) {
            Ok(query) => Ok(Self {
                text: text.to_owned(),
                query,
            }),
            Err(error) => Err(PathError {
                // The parser counts from 1 within the query; its own words say no more than that.
                at: error.position().saturating_sub(1).min(text.len()),
                message: format!(
                    "`{text}` is not a JSONPath of RFC 9535: {}",
                    error.message()
                ),
            }),
        }
    }

    /// The query as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// All values it selects, in the order of the query.
    #[must_use]
    pub fn select<'v>(&self, value: &'v Value) -> Vec<Found<'v>> {
        let located = self.query.query_located(value);
        located
            .into_iter()
            .map(|node| Found {
                at: pointer(node.location()),
                value: node.node(),
            })
            .collect()
    }

    /// The one value it selects in a body; where there is none, in the one member that has one, as in `{"data": {"id": 1}}`.
    #[must_use]
    pub fn one_within<'v>(&self, body: &'v Value) -> Selected<'v> {
        let selected = self.one(body);
        let (Selected::Nothing, Value::Object(members)) = (&selected, body) else {
            return selected;
        };
        let mut inside = members.iter().filter_map(|(name, member)| {
            let Selected::One(found) = self.one(member) else {
                return None;
            };
            let at = format!("{}{}", Pointer::root().child(name), found.at);
            let at = Pointer::parse(&at).unwrap_or_default();
            Some(Found { at, ..found })
        });
        match (inside.next(), inside.next()) {
            (Some(found), None) => Selected::One(found),
            _ => selected,
        }
    }

    /// The one value it selects.
    #[must_use]
    pub fn one<'v>(&self, value: &'v Value) -> Selected<'v> {
        let mut found = self.select(value);
        match found.len() {
            0 => Selected::Nothing,
            1 => found.pop().map_or(Selected::Nothing, Selected::One),
            several => Selected::Several(several),
        }
    }
}

fn pointer(path: &serde_json_path::NormalizedPath<'_>) -> Pointer {
    let mut pointer = Pointer::root();
    for element in path.iter() {
        match element {
            serde_json_path::PathElement::Name(name) => pointer.push(name),
            serde_json_path::PathElement::Index(index) => pointer.push(&index.to_string()),
        }
    }
    pointer
}

impl fmt::Debug for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("JsonPath").field(&self.text).finish()
    }
}

impl PartialEq for JsonPath {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for JsonPath {}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn within_limits(text: &str) -> Result<(), PathError> {
    let refuse = |at: usize, message: String| Err(PathError { message, at });
    if text.len() > LONGEST {
        return refuse(0, format!("a JSONPath of more than {LONGEST} bytes"));
    }
    let (mut depth, mut descents) = (0_usize, 0_usize);
    let mut quote = None;
    let mut escaped = false;
    let mut before = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth = depth.saturating_sub(1),
            (None, '.') if before == Some('.') => descents += 1,
            (Some(_) | None, _) => {}
        }
        before = Some(c);
        if depth > DEEPEST {
            return refuse(at, format!("a JSONPath that nests deeper than {DEEPEST}"));
        }
        if descents > DESCENTS {
            return refuse(at, format!("a JSONPath with more than {DESCENTS} `..`"));
        }
    }
    Ok(())
}
