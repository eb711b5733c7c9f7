//! Singular queries (RFC 9535 section 2.3.5.1): the ones that name one place, so that something can be put there.

use super::{JsonPath, PathError};
use crate::text::Pointer;
use serde_json::{Map, Value};
use std::iter::Peekable;

/// A query that names one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Singular {
    text: String,
    steps: Vec<Step>,
}

/// A step to a member or an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The member of this name.
    Name(String),
    /// The item at this place, from 0.
    Index(usize),
    /// A token of a JSON Pointer: a name in an object, an index in an array (RFC 6901 section 4).
    Token(String),
}

impl Singular {
    /// Reads `$.a['b'][0]`.
    ///
    /// # Errors
    /// When it is no `JSONPath`, or may select more than one value.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        JsonPath::parse(text)?;
        let Some(steps) = steps(text) else {
            return Err(PathError {
                message: format!("`{text}` does not name one place, as `$.a.b[0]` does"),
                at: 0,
            });
        };
        Ok(Self {
            text: text.to_owned(),
            steps,
        })
    }

    /// The place of a JSON Pointer.
    #[must_use]
    pub fn of_pointer(pointer: &Pointer) -> Self {
        Self {
            text: pointer.to_string(),
            steps: pointer
                .segments()
                .map(|token| Step::Token(token.into_owned()))
                .collect(),
        }
    }

    /// The query as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The steps from the root.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Puts a value there; objects on the way are made, items may be added at the end of an array.
    ///
    /// # Errors
    /// When a step leads into something that has no such part.
    pub fn put(&self, root: &mut Value, value: Value) -> Result<(), String> {
        let mut at = root;
        for step in &self.steps {
            let step = &match (step, &*at) {
                (Step::Token(token), Value::Array(items)) if token == "-" => {
                    Step::Index(items.len())
                }
                (Step::Token(token), Value::Array(_)) => match token.parse() {
                    Ok(index) => Step::Index(index),
                    Err(_) => Step::Name(token.clone()),
                },
                (Step::Token(token), _) => Step::Name(token.clone()),
                (other, _) => other.clone(),
            };
            if at.is_null() {
                *at = match step {
                    Step::Name(_) | Step::Token(_) => Value::Object(Map::new()),
                    Step::Index(_) => Value::Array(Vec::new()),
                };
            }
            at = match (step, at) {
                (Step::Name(name), Value::Object(members)) => {
                    members.entry(name.clone()).or_insert(Value::Null)
                }
                (Step::Index(index), Value::Array(items)) if *index <= items.len() => {
                    if *index == items.len() {
                        items.push(Value::Null);
                    }
                    &mut items[*index]
                }
                (Step::Name(name) | Step::Token(name), _) => {
                    return Err(format!(
                        "`{}`: nothing there has a member `{name}`",
                        self.text
                    ));
                }
                (Step::Index(index), _) => {
                    return Err(format!(
                        "`{}`: nothing there has an item {index}",
                        self.text
                    ));
                }
            };
        }
        *at = value;
        Ok(())
    }
}

/// The steps of a query known to be well-formed; `None` when it is not singular.
fn steps(text: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = text.strip_prefix('$')?.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            c if c.is_whitespace() => {}
            '.' => steps.push(Step::Name(shorthand(&mut rest)?)),
            '[' => {
                skip(&mut rest);
                let step = match rest.next()? {
                    quote @ ('\'' | '"') => Step::Name(quoted(&mut rest, quote)?),
                    digit @ '0'..='9' => {
                        let mut digits = digit.to_string();
                        while let Some(more) = rest.next_if(char::is_ascii_digit) {
                            digits.push(more);
                        }
                        Step::Index(digits.parse().ok()?)
                    }
                    _ => return None,
                };
                skip(&mut rest);
                if rest.next() != Some(']') {
                    return None;
                }
                steps.push(step);
            }
            _ => return None,
        }
    }
    Some(steps)
}

fn skip(rest: &mut Peekable<std::str::Chars<'_>>) {
    while rest.next_if(|c| c.is_whitespace()).is_some() {}
}

/// RFC 9535 section 2.5.1.1: `name-first` and `name-char`.
fn shorthand(rest: &mut Peekable<std::str::Chars<'_>>) -> Option<String> {
    let mut name = String::new();
    while let Some(c) = rest.next_if(|c| c.is_alphanumeric() || *c == '_' || !c.is_ascii()) {
        name.push(c);
    }
    (!name.is_empty()).then_some(name)
}

/// The rest of a string literal; its escapes are those of JSON, and `\'`.
fn quoted(rest: &mut Peekable<std::str::Chars<'_>>, quote: char) -> Option<String> {
    let mut json = String::from("\"");
    loop {
        match rest.next()? {
            c if c == quote => break,
            '"' => json.push_str("\\\""),
            '\\' => match rest.next()? {
                '\'' => json.push('\''),
                other => json.extend(['\\', other]),
            },
            c => json.push(c),
        }
    }
    json.push('"');
    serde_json::from_str(&json).ok()
}
