//! What a step expects of its answer: status, headers, criteria, and time.

use super::{Against, Answer, Check, Place, Verdict, criterion, error_model, within};
use crate::probe::{
    expression::Scope,
    workflow::{Criterion, Expect, HeaderExpect, Presence, Statuses},
};
use serde_json::Value;

/// Everything that a step says of its answer. `against` tells which statuses the contract declares.
#[must_use]
pub fn expectations(
    expect: &Expect,
    criteria: &[Criterion],
    answer: &Answer<'_>,
    scope: &Scope,
    against: &Against<'_, '_>,
) -> Vec<Check> {
    let mut checks = Vec::new();
    if expect.status != Statuses::Any {
        let check = status(&expect.status, answer.response.status, against);
        let failed = check.verdict == Verdict::Fail;
        checks.push(check);
        // What is said of the answer that was hoped for is not said of another one.
        if failed {
            return checks;
        }
    }
    if expect.status == Statuses::Declared && answer.response.status >= 400 {
        let status = answer.response.status;
        let message = format!(
            "the vendor answers {status}, so its success was not seen; give test data by a scenario"
        );
        let check = Check::new("success-seen", Verdict::Inconclusive, message);
        checks.push(check.at(Place::Status).found(status));
    }
    for (name, expected) in &expect.headers {
        checks.push(header(name, expected, answer, scope));
    }
    if let Some(model) = &expect.error_model {
        checks.extend(error_model(model, answer, scope));
    }
    checks.extend(criteria.iter().map(|one| criterion(one, answer, scope)));
    if let Some(limit) = expect.within {
        checks.push(within(answer.response, limit));
    }
    checks
}

fn status(expected: &Statuses, found: u16, against: &Against<'_, '_>) -> Check {
    let holds = expected
        .covers(found)
        .unwrap_or_else(|| against.response(found).is_some());
    let check = if holds {
        Check::pass(
            "status-expected",
            format!("{found} is what the step expects"),
        )
    } else {
        Check::fail(
            "status-expected",
            format!("the vendor answers {found}, and the step expects {expected}"),
        )
    };
    check
        .at(Place::Status)
        .expected(expected.to_string())
        .found(found)
}

fn header(name: &str, expected: &HeaderExpect, answer: &Answer<'_>, scope: &Scope) -> Check {
    let id = "header-expected";
    let found = answer.response.header(name);
    let (holds, message, value) = match expected {
        HeaderExpect::Presence(Presence::Present) => {
            let message = if found.is_some() {
                "is there"
            } else {
                "is not there"
            };
            (found.is_some(), message.to_owned(), None)
        }
        HeaderExpect::Presence(Presence::Absent) => {
            let message = if found.is_some() {
                "is there"
            } else {
                "is not there"
            };
            (found.is_none(), message.to_owned(), None)
        }
        HeaderExpect::Equals(written) => match written.value(scope) {
            Ok(value) => {
                let text = match &value {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                let holds = found == Some(text.as_str());
                let message = if holds {
                    "is equal to"
                } else {
                    "is not equal to"
                };
                (holds, format!("{message} `{text}`"), Some(value))
            }
            Err(error) => return Check::new(id, Verdict::Inconclusive, error.to_string()),
        },
        HeaderExpect::Matches(pattern) => {
            let holds = found.is_some_and(|text| pattern.is_in(text) == Some(true));
            let message = if holds { "matches" } else { "does not match" };
            let value = Value::from(pattern.as_str());
            (
                holds,
                format!("{message} `{}`", pattern.as_str()),
                Some(value),
            )
        }
    };
    let verdict = if holds { Verdict::Pass } else { Verdict::Fail };
    let mut check = Check::new(id, verdict, format!("`{name}` {message}"))
        .at(Place::Header(name.to_ascii_lowercase()));
    check.expected = value;
    match found {
        Some(text) if !holds => check.found(text),
        _ => check,
    }
}
