//! The same key twice: one effect, one object, and no other payload under it.

use super::{Answer, Check, Place, Verdict, evidence, same};
use crate::probe::{
    exchange::Exchange,
    jsonpath::{JsonPath, Selected},
    workflow::{Idempotency, Ignored, Mismatch, StatusPattern, Statuses},
};
use crate::text::Pointer;
use serde_json::Value;

/// The most differences that are told.
const DIFFERENCES: usize = 10;
/// Headers that are a part of the result.
const HEADERS: [&str; 2] = ["location", "content-type"];

/// The second answer to the same request with the same key: same class of status, same id; what else differs is told.
#[must_use]
pub fn replay(first: &Answer<'_>, second: &Exchange, rules: &Idempotency) -> Vec<Check> {
    let id = "idempotency-replay";
    let class = first.response.status / 100;
    let expected = Statuses::OneOf(vec![StatusPattern::Class(class)]);
    let response = match evidence(second, &expected) {
        Ok(response) => response,
        Err(check) => return vec![Check { id, ..*check }],
    };
    if response.status / 100 != class {
        let message = format!(
            "the same key gives {} the second time, after {}",
            response.status, first.response.status
        );
        let check = Check::fail(id, message).at(Place::Status);
        return vec![check.expected(first.response.status).found(response.status)];
    }
    let second = Answer::new(response);
    let one = |answer: &Answer<'_>| match answer.body.as_ref().map(|body| rules.id.one_within(body))
    {
        Some(Selected::One(found)) => Some((found.value.clone(), Place::Body(found.at))),
        _ => None,
    };
    let mut checks = vec![match (one(first), one(&second)) {
        (Some((made, _)), Some((again, place))) if same(&made, &again) => {
            Check::pass(id, format!("the same key gives the same `{}`", rules.id)).at(place)
        }
        (Some((made, _)), Some((again, place))) => {
            let message = format!(
                "the same key gives another `{}`: the key is ignored",
                rules.id
            );
            Check::fail(id, message)
                .at(place)
                .expected(made)
                .found(again)
        }
        (None, _) => {
            let message = format!("`{}` matched nothing in the first answer", rules.id);
            Check::new(id, Verdict::Inconclusive, message)
        }
        (Some((made, place)), None) => {
            let message = format!("`{}` matched nothing in the second answer", rules.id);
            Check::fail(id, message).at(place).expected(made)
        }
    }];
    checks.extend(differences(first, &second, rules));
    checks
}

/// What differs although the key is the same, but for what may.
fn differences(first: &Answer<'_>, second: &Answer<'_>, rules: &Idempotency) -> Vec<Check> {
    let id = "idempotency-result";
    let mut checks = Vec::new();
    for name in HEADERS {
        let ignored = rules
            .ignore
            .iter()
            .any(|one| matches!(one, Ignored::Header(header) if header.eq_ignore_ascii_case(name)));
        let (made, again) = (first.response.header(name), second.response.header(name));
        if !ignored && made != again {
            let message = format!("`{name}` differs in the second answer");
            let mut check =
                Check::new(id, Verdict::Warn, message).at(Place::Header(name.to_owned()));
            check.expected = made.map(Value::from);
            check.found = again.map(Value::from);
            checks.push(check);
        }
    }
    if let (Some(made), Some(again)) = (&first.body, &second.body) {
        let (mut made, mut again) = (made.clone(), again.clone());
        // The id is told by a check of its own.
        let ids = std::iter::once(&rules.id);
        let ignored = rules.ignore.iter().filter_map(|one| match one {
            Ignored::JsonPath(path) => Some(path),
            Ignored::Header(_) => None,
        });
        for path in ids.chain(ignored) {
            blank(&mut made, path);
            blank(&mut again, path);
        }
        let mut places = Vec::new();
        differ(&made, &again, &Pointer::root(), &mut places);
        for place in places {
            let message = "differs in the second answer";
            checks.push(Check::new(id, Verdict::Warn, message).at(Place::Body(place)));
        }
    }
    checks
}

fn blank(value: &mut Value, path: &JsonPath) {
    let places: Vec<Pointer> = path
        .select(value)
        .into_iter()
        .map(|found| found.at)
        .collect();
    for place in places {
        if let Some(inner) = value.pointer_mut(place.as_str()) {
            *inner = Value::Null;
        }
    }
}

fn differ(one: &Value, other: &Value, at: &Pointer, into: &mut Vec<Pointer>) {
    if into.len() >= DIFFERENCES {
        return;
    }
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            for (name, member) in one {
                match other.get(name) {
                    Some(same) => differ(member, same, &at.child(name), into),
                    None => into.push(at.child(name)),
                }
            }
            let added = other.keys().filter(|name| !one.contains_key(*name));
            into.extend(added.map(|name| at.child(name)));
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (place, (one, other)) in one.iter().zip(other).enumerate() {
                differ(one, other, &at.child(&place.to_string()), into);
            }
        }
        (one, other) if same(one, other) => {}
        _ => into.push(at.clone()),
    }
}

/// The same key with another payload, which has to be refused.
#[must_use]
pub fn mismatch(answered: &Exchange, rules: &Mismatch) -> Check {
    let id = "idempotency-mismatch";
    let patterns = rules.expect.iter().copied().map(StatusPattern::Code);
    let expected = Statuses::OneOf(patterns.collect());
    let response = match evidence(answered, &expected) {
        Ok(response) => response,
        Err(check) => return Check { id, ..*check },
    };
    let status = response.status;
    let check = if expected.covers(status) == Some(true) {
        Check::pass(
            id,
            format!("another payload under the same key is refused with {status}"),
        )
    } else if status < 400 {
        Check::fail(
            id,
            format!("another payload under the same key is taken with {status}"),
        )
    } else {
        Check::fail(
            id,
            format!("another payload under the same key gives {status}, expected {expected}"),
        )
    };
    check
        .at(Place::Status)
        .expected(rules.expect.clone())
        .found(status)
}

/// How many objects there are after all.
#[must_use]
pub fn count(listed: &Exchange, path: &JsonPath, expected: &Value) -> Check {
    let id = "idempotency-count";
    let response = match evidence(listed, &Statuses::Success) {
        Ok(response) => response,
        Err(check) => return Check { id, ..*check },
    };
    if !(200..300).contains(&response.status) {
        let message = format!("the list is answered with {}", response.status);
        return Check::new(id, Verdict::Inconclusive, message).at(Place::Status);
    }
    let answer = Answer::new(response);
    let found = answer
        .body
        .as_ref()
        .map_or(0, |body| path.select(body).len());
    let found = Value::from(found);
    let check = if same(&found, expected) {
        Check::pass(id, format!("`{path}` selects {found}"))
    } else {
        Check::fail(id, format!("`{path}` selects {found}, expected {expected}"))
    };
    check
        .at(Place::Body(Pointer::root()))
        .expected(expected.clone())
        .found(found)
}
