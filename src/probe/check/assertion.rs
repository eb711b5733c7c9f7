//! What a file says of an answer: assertions of scenarios, criteria of Arazzo.

use super::{Check, Place, Verdict, condition, same};
use crate::probe::{
    exchange::Response,
    expression::{Scope, Unresolved, Written},
    workflow::{Assertion, Criterion, PartPath, Presence, Relation, Selector},
};
use crate::text::{Decimal, Pointer};
use serde_json::Value;

/// An answer with its body read.
#[derive(Clone, Debug)]
pub struct Answer<'e> {
    /// The answer.
    pub response: &'e Response,
    /// The body: JSON, else its text, else nothing.
    pub body: Option<Value>,
}

impl<'e> Answer<'e> {
    /// Reads the body, whatever the media type says it is.
    #[must_use]
    pub fn new(response: &'e Response) -> Self {
        let body = if response.body.is_empty() {
            None
        } else {
            serde_json::from_slice(response.unmarked())
                .ok()
                .or_else(|| Some(Value::from(std::str::from_utf8(&response.body).ok()?)))
        };
        Self { response, body }
    }
}

/// The values that a selector selects, and where the first of them is.
///
/// # Errors
/// When something it names has no value.
pub fn selected(
    selector: &Selector,
    answer: &Answer<'_>,
    scope: &Scope,
) -> Result<(Vec<Value>, Option<Place>), Unresolved> {
    let root = || Place::Body(Pointer::root());
    Ok(match selector {
        Selector::JsonPath(path) => {
            let found = answer.body.as_ref().map(|body| path.select(body));
            let found = found.unwrap_or_default();
            let place = found.first().map(|one| Place::Body(one.at.clone()));
            let values = found.into_iter().map(|one| one.value.clone()).collect();
            (values, Some(place.unwrap_or_else(root)))
        }
        Selector::Header(name) => {
            let values = answer.response.headers_named(name).map(Value::from);
            let place = Place::Header(name.to_ascii_lowercase());
            (values.collect(), Some(place))
        }
        Selector::Reference(reference) => (vec![scope.get(reference)?], None),
        Selector::Part { context, path } => {
            let value = scope.get(context)?;
            let values = match path {
                PartPath::JsonPath(path) => {
                    let found = path.select(&value).into_iter();
                    found.map(|one| one.value.clone()).collect()
                }
                PartPath::Pointer(pointer) => value
                    .pointer(pointer.as_str())
                    .cloned()
                    .into_iter()
                    .collect(),
            };
            (values, None)
        }
        Selector::Written(written) => (vec![written.value(scope)?], None),
    })
}

/// One assertion. A selector that matches nothing fails whatever is said of it, and says so.
#[must_use]
pub fn assertion(assertion: &Assertion, answer: &Answer<'_>, scope: &Scope) -> Check {
    let id = "assertion";
    let (found, place) = match selected(&assertion.of, answer, scope) {
        Ok(found) => found,
        Err(error) => return Check::new(id, Verdict::Inconclusive, error.to_string()),
    };
    let of = &assertion.of;
    let told = match judge(of, &assertion.relation, &found, scope) {
        Ok(told) => told,
        Err(error) => return Check::new(id, Verdict::Inconclusive, error.to_string()),
    };
    let verdict = if told.holds {
        Verdict::Pass
    } else {
        Verdict::Fail
    };
    let mut check = Check::new(id, verdict, told.message);
    check.place = place;
    check.expected = told.expected;
    if !told.holds
        && let [one] = found.as_slice()
    {
        check = check.found(one.clone());
    }
    check
}

struct Told {
    holds: bool,
    message: String,
    expected: Option<Value>,
}

fn judge(
    of: &Selector,
    relation: &Relation,
    found: &[Value],
    scope: &Scope,
) -> Result<Told, Unresolved> {
    let said = |holds: bool, message: String, expected: Option<Value>| {
        Ok(Told {
            holds,
            message,
            expected,
        })
    };
    match relation {
        Relation::Exists(wanted) => {
            let is_there = !found.is_empty();
            let exists = if is_there { "exists" } else { "does not exist" };
            let holds = is_there == (*wanted == Presence::Present);
            said(holds, format!("`{of}` {exists}"), None)
        }
        Relation::Count(count) => {
            let expected = count.value(scope)?;
            let holds = same(&Value::from(found.len()), &expected);
            let message = format!("`{of}` selects {}, expected {expected}", found.len());
            said(holds, message, Some(expected))
        }
        Relation::Equals(_)
        | Relation::Differs(_)
        | Relation::In(_)
        | Relation::Matches(_)
        | Relation::AtLeast(_)
        | Relation::AtMost(_) => match found {
            [one] => compare(of, relation, one, scope),
            [] => said(false, format!("`{of}` matched nothing"), None),
            several => {
                let count = several.len();
                let message = format!("`{of}` matched {count} values, and one is asked for");
                said(false, message, None)
            }
        },
    }
}

/// What is said of one value.
fn compare(
    of: &Selector,
    relation: &Relation,
    value: &Value,
    scope: &Scope,
) -> Result<Told, Unresolved> {
    let written = |written: &Written| written.value(scope);
    let (holds, word, expected) = match relation {
        Relation::Equals(other) => {
            let other = written(other)?;
            (same(value, &other), "equals", other)
        }
        Relation::Differs(other) => {
            let other = written(other)?;
            (!same(value, &other), "differs from", other)
        }
        Relation::In(list) => {
            let list = list.iter().map(written).collect::<Result<Vec<_>, _>>()?;
            let holds = list.iter().any(|one| same(value, one));
            (holds, "is one of", Value::Array(list))
        }
        Relation::Matches(pattern) => {
            let text = value.as_str();
            let holds = text.is_some_and(|text| pattern.is_in(text) == Some(true));
            (holds, "matches", Value::from(pattern.as_str()))
        }
        Relation::AtLeast(other) => {
            let other = written(other)?;
            (ordered(&other, value) == Some(true), "is at least", other)
        }
        Relation::AtMost(other) => {
            let other = written(other)?;
            (ordered(value, &other) == Some(true), "is at most", other)
        }
        Relation::Exists(_) | Relation::Count(_) => (true, "is", value.clone()),
    };
    let message = if holds {
        format!("`{of}` {word} {expected}")
    } else {
        let value = short(value);
        format!("`{of}` is {value}, expected that it {word} {expected}")
    };
    Ok(Told {
        holds,
        message,
        expected: Some(expected),
    })
}

/// Whether two numbers are in order; `None` where one is no number.
fn ordered(small: &Value, large: &Value) -> Option<bool> {
    let number = |value: &Value| Decimal::parse(&value.as_number()?.to_string());
    Some(number(small)? <= number(large)?)
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// One criterion. What cannot be evaluated does not hold (Arazzo 1.1, Criterion Object).
#[must_use]
pub fn criterion(criterion: &Criterion, answer: &Answer<'_>, scope: &Scope) -> Check {
    let id = "criterion";
    let said = |holds: bool, text: String| {
        if holds {
            Check::pass(id, format!("{text} holds"))
        } else {
            Check::fail(id, format!("{text} does not hold"))
        }
    };
    match criterion {
        Criterion::Assertion(one) => assertion(one, answer, scope),
        Criterion::Simple { text, condition } => {
            said(condition::holds(condition, scope), format!("`{text}`"))
        }
        Criterion::Regex { context, pattern } => {
            let holds = scope.get(context).ok().is_some_and(|value| {
                let text = match value {
                    Value::String(text) => text,
                    other => other.to_string(),
                };
                pattern.is_in(&text) == Some(true)
            });
            said(holds, format!("`{}` on `${context}`", pattern.as_str()))
        }
        Criterion::JsonPath {
            context,
            path,
            wrapped,
        } => {
            let holds = scope.get(context).ok().is_some_and(|value| {
                let value = if *wrapped {
                    Value::Array(vec![value])
                } else {
                    value
                };
                !path.select(&value).is_empty()
            });
            said(holds, format!("`{path}` on `${context}`"))
        }
    }
}
