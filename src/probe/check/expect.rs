//! What a step expects of its answer: status, headers, criteria, and time.

use super::{Against, Answer, Check, Place, Verdict, criterion, error_model, within};
use crate::probe::{
    expression::Scope,
    workflow::{Criterion, Expect, HeaderExpect, Presence, Statuses, Strictness},
};
use serde_json::Value;

/// Where vendors say what is wrong.
const SAID: [&str; 9] = [
    "/detail",
    "/message",
    "/error/message",
    "/error_description",
    "/errors/0/detail",
    "/errors/0/message",
    "/title",
    "/error",
    "",
];
/// How much of it is repeated.
const LONGEST: usize = 120;

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
        let check = status(&expect.status, answer, against);
        let failed = check.verdict == Verdict::Fail;
        // That the contract does not declare it is told by a check of its own.
        let told = expect.status == Statuses::Declared && against.strictness != Strictness::Off;
        if !(failed && told) {
            checks.push(check);
        }
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

fn status(expected: &Statuses, answer: &Answer<'_>, against: &Against<'_, '_>) -> Check {
    let found = answer.response.status;
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
            format!(
                "the vendor answers {found}, and the step expects {expected}{}",
                words(answer)
            ),
        )
    };
    check
        .at(Place::Status)
        .expected(expected.to_string())
        .found(found)
}

/// What the vendor says of an error, where it says it in one of the usual places.
pub(super) fn words(answer: &Answer<'_>) -> String {
    let body = answer.body.as_ref();
    let body = body.filter(|_| answer.response.status >= 400);
    let places = SAID.iter();
    let said = places.filter_map(|place| body?.pointer(place)?.as_str());
    let said = said.map(str::trim).find(|text| !text.is_empty());
    said.map_or_else(String::new, |text| {
        let short: String = text.chars().take(LONGEST).collect();
        let more = if short.len() < text.len() { "…" } else { "" };
        format!(": \"{short}{more}\"")
    })
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
