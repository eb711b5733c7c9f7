//! `${…}` in scenarios: a closed grammar of names, with no calls and no templates, so a file can say what to send and nothing else.

mod known;
mod name;
mod scope;
#[cfg(test)]
mod tests;

pub use known::Known;
pub use name::{Name, Part, Reference};
pub use scope::{Run, Scope, Seen, Unresolved};

use serde_json::Value;
use std::fmt::Write as _;

/// Why a text is not an expression, or names nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExpressionError {
    /// A lower-case fragment.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Byte offset in the text.
    pub at: usize,
}

/// A text that may hold expressions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// What stands here, and its byte offset in the text.
    Value(Reference, usize),
}

/// A JSON value whose strings may hold expressions; names of members never do.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// A value without an expression.
    Plain(Value),
    /// A string.
    Text(Template),
    /// Items.
    Array(Vec<Written>),
    /// Members, in the order they are written.
    Object(Vec<(String, Written)>),
}

impl Template {
    /// Reads a text of a scenario: `${name}` stands for a value, `$${` for `${` itself.
    ///
    /// # Errors
    /// When a `${` is not closed, or does not hold one of the names of the grammar.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut at = 0;
        while let Some(found) = text[at..].find("${") {
            let start = at + found;
            if text[at..start].ends_with('$') {
                plain.push_str(&text[at..start - 1]);
                plain.push_str("${");
                at = start + 2;
                continue;
            }
            plain.push_str(&text[at..start]);
            let Some(length) = text[start + 2..].find('}') else {
                return Err(ExpressionError {
                    message: "`${` is not closed".to_owned(),
                    help: Some("write `$${` for the characters themselves".to_owned()),
                    at: start,
                });
            };
            let inside = &text[start + 2..start + 2 + length];
            let name = name::parse(inside).map_err(|(message, help)| ExpressionError {
                message,
                help,
                at: start,
            })?;
            if !plain.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
            }
            pieces.push(Piece::Value(name.into(), start));
            at = start + length + 3;
        }
        plain.push_str(&text[at..]);
        if !plain.is_empty() || pieces.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Ok(Self { pieces })
    }

    /// A text without expressions, whatever characters it has.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            pieces: vec![Piece::Text(text.into())],
        }
    }

    /// Nothing but one value.
    #[must_use]
    pub fn of(reference: impl Into<Reference>) -> Self {
        Self {
            pieces: vec![Piece::Value(reference.into(), 0)],
        }
    }

    /// This text with a value after it; `at` is the place of the value in what was read.
    #[must_use]
    pub fn then(mut self, reference: impl Into<Reference>, at: usize) -> Self {
        self.pieces
            .retain(|piece| *piece != Piece::Text(String::new()));
        self.pieces.push(Piece::Value(reference.into(), at));
        self
    }

    /// This text with another after it.
    #[must_use]
    pub fn then_text(mut self, text: &str) -> Self {
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text.to_owned()));
        }
        self
    }

    /// The text, where no expression is in it.
    #[must_use]
    pub fn as_plain(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [Piece::Text(text)] => Some(text),
            [] => Some(""),
            _ => None,
        }
    }

    /// What it refers to, each with its byte offset.
    pub fn references(&self) -> impl Iterator<Item = (&Reference, usize)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Value(reference, at) => Some((reference, *at)),
            Piece::Text(_) => None,
        })
    }

    /// Its value: a single expression keeps the type of what it stands for, anything else is a string. What an expression
    /// stands for is never read again, so a value that holds `${` stays what it is.
    ///
    /// # Errors
    /// When something it names has no value.
    pub fn value(&self, scope: &Scope) -> Result<Value, Unresolved> {
        if let [Piece::Value(reference, _)] = self.pieces.as_slice() {
            return scope.get(reference);
        }
        Ok(Value::String(self.text(scope)?))
    }

    /// Its value spelt out: strings as they are, other values as JSON.
    ///
    /// # Errors
    /// When something it names has no value.
    pub fn text(&self, scope: &Scope) -> Result<String, Unresolved> {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Value(reference, _) => match scope.get(reference)? {
                    Value::String(text) => out.push_str(&text),
                    other => {
                        // Writing to a string cannot fail.
                        let _ = write!(out, "{other}");
                    }
                },
            }
        }
        Ok(out)
    }

    /// How it reads with what is known put in and the rest left as its name, for a plan.
    #[must_use]
    pub fn shown(&self, scope: &Scope) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Value(reference, _) => match scope.get(reference) {
                    Ok(Value::String(text)) => out.push_str(&text),
                    Ok(other) => {
                        let _ = write!(out, "{other}");
                    }
                    Err(_) => {
                        let _ = write!(out, "${{{reference}}}");
                    }
                },
            }
        }
        out
    }
}

impl Written {
    /// The value, all expressions replaced.
    ///
    /// # Errors
    /// When something it names has no value.
    pub fn value(&self, scope: &Scope) -> Result<Value, Unresolved> {
        Ok(match self {
            Self::Plain(value) => value.clone(),
            Self::Text(template) => template.value(scope)?,
            Self::Array(items) => {
                let items: Result<_, _> = items.iter().map(|item| item.value(scope)).collect();
                Value::Array(items?)
            }
            Self::Object(members) => {
                let members: Result<_, Unresolved> = members
                    .iter()
                    .map(|(name, value)| Ok((name.clone(), value.value(scope)?)))
                    .collect();
                Value::Object(members?)
            }
        })
    }

    /// The value with what has none yet left as the text of its expression, for a plan.
    #[must_use]
    pub fn shown(&self, scope: &Scope) -> Value {
        match self {
            Self::Plain(value) => value.clone(),
            Self::Text(template) => match template.value(scope) {
                Ok(value) => value,
                Err(_) => Value::String(template.shown(scope)),
            },
            Self::Array(items) => items.iter().map(|item| item.shown(scope)).collect(),
            Self::Object(members) => members
                .iter()
                .map(|(name, value)| (name.clone(), value.shown(scope)))
                .collect(),
        }
    }

    /// All texts in it.
    #[must_use]
    pub fn templates(&self) -> Vec<&Template> {
        match self {
            Self::Plain(_) => Vec::new(),
            Self::Text(template) => vec![template],
            Self::Array(items) => items.iter().flat_map(Self::templates).collect(),
            Self::Object(members) => members
                .iter()
                .flat_map(|(_, value)| value.templates())
                .collect(),
        }
    }
}
