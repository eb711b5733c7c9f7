//! A body against its schema.

use super::{Against, Check, Place, Verdict, nullable, undeclared};
use crate::probe::{exchange::Response, redact::MASK};
use crate::spec::{Media, Ruling, Shape};
use crate::text::Pointer;
use crate::variance::Direction;
use serde_json::Value;
use std::borrow::Cow;

/// So many nulls of one body are forgiven where a contract calls them nullable and forgets them in an `enum`.
const NULLS: usize = 50;

pub(super) fn body(
    against: &Against<'_, '_>,
    media: &Media<'_>,
    response: &Response,
) -> Vec<Check> {
    let id = "body-schema";
    let root = || Place::Body(Pointer::root());
    if response.truncated {
        let message = "the body was too large to be read whole";
        return vec![Check::new(id, Verdict::Inconclusive, message).at(root())];
    }
    let actual =
        crate::spec::MediaRange::parse(response.header("content-type").unwrap_or_default());
    let value = if actual.is_json() {
        match parsed(response) {
            Ok(value) => value,
            Err(check) => return vec![check.at(root())],
        }
    } else if media.range.is_json() {
        return Vec::new();
    } else {
        match std::str::from_utf8(&response.body) {
            Ok(text)
                if response
                    .media_type()
                    .is_some_and(|name| name.starts_with("text/")) =>
            {
                Value::from(text)
            }
            _ => {
                let message = format!("bodies of `{}` are not looked into", media.range);
                return vec![Check::new(id, Verdict::Skipped, message).at(root())];
            }
        }
    };
    let Some(shape) = &media.shape else {
        return Vec::new();
    };
    let schema = against.sampler.schemas.of_shape(shape);
    let key = against.sampler.schemas.key_of(schema);
    let mut checks = Vec::new();
    if actual.is_json() && response.unmarked().len() < response.body.len() {
        let message = "the body begins with a mark of the byte order, which JSON does not have";
        checks.push(Check::new("body-syntax", Verdict::Warn, message).at(root()));
    }
    let judge = |value: &Value| {
        let referee = &against.sampler.referee;
        referee.judge_key(&key, Some(Direction::Output), value)
    };
    let ruling = forgiving(against, shape, &value, &judge, &mut checks);
    let Some(ruling) = ruling else {
        let message = "the schema cannot be judged by: a part of it is missing or is no schema";
        return vec![Check::new(id, Verdict::Skipped, message).at(root())];
    };
    if !actual.is_json() && !ruling.valid {
        let message = format!("bodies of `{}` are not looked into", media.range);
        return vec![Check::new(id, Verdict::Skipped, message).at(root())];
    }
    if ruling.valid {
        checks.push(Check::pass(id, "the body is as its schema says").at(root()));
    } else {
        let at = ruling.at.as_deref().unwrap_or_default();
        let pointer = Pointer::parse(at).unwrap_or_default();
        let found = value.pointer(at);
        if is_masked(found) {
            let message = "a recording does not say whether what it hides is as its schema says";
            let check = Check::new(id, Verdict::Skipped, message);
            return vec![check.at(Place::Body(pointer))];
        }
        let keyword = ruling.keyword.as_deref().unwrap_or("schema");
        let message = match (keyword, &ruling.member) {
            ("required", Some(member)) => format!("`{member}` is missing"),
            (_, Some(member)) => format!("`{member}` is not allowed by `{keyword}`"),
            (_, None) => format!("`{keyword}` does not hold"),
        };
        let mut check = Check::fail(id, message)
            .at(Place::Body(pointer))
            .expected(keyword);
        if let Some(found) = found {
            check = check.found(found.clone());
        }
        checks.push(check);
    }
    checks.extend(undeclared::undeclared(against, schema, &value));
    checks
}

/// A body as JSON, else what is wrong with it.
fn parsed(response: &Response) -> Result<Value, Box<Check>> {
    let body = response.unmarked();
    serde_json::from_slice(body).map_err(|error| {
        let check = if str::from_utf8(body).is_err() {
            Check::fail("body-syntax", "the body is not UTF-8, as JSON has to be")
        } else if serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok() {
            // What is read without being kept may be nested as deeply as it likes.
            let message = "the body is nested too deeply to be looked into";
            Check::new("body-schema", Verdict::Inconclusive, message)
        } else {
            let text = String::from_utf8_lossy(body).into_owned();
            Check::fail("body-syntax", format!("the body is not JSON: {error}")).found(text)
        };
        Box::new(check)
    })
}

/// What the schema says of a body, nulls aside that it calls nullable; each of them is told.
fn forgiving(
    against: &Against<'_, '_>,
    shape: &Shape,
    value: &Value,
    judge: &dyn Fn(&Value) -> Option<Ruling>,
    told: &mut Vec<Check>,
) -> Option<Ruling> {
    let mut ruling = judge(value)?;
    let mut read = Cow::Borrowed(value);
    for _ in 0..NULLS {
        if ruling.valid {
            break;
        }
        let at = Pointer::parse(ruling.at.as_deref().unwrap_or_default()).unwrap_or_default();
        let Some(other) = nullable::stand_in(against, shape, &read, &at) else {
            break;
        };
        if let Some(null) = read.to_mut().pointer_mut(at.as_str()) {
            *null = other;
        }
        let message =
            "it is null and `nullable`, and its `enum` has no null: by the letter it is refused";
        told.push(Check::new("body-schema", Verdict::Warn, message).at(Place::Body(at)));
        ruling = judge(&read)?;
    }
    Some(ruling)
}

/// Whether something stands in place of a secret, as in recordings.
fn is_masked(value: Option<&Value>) -> bool {
    let text = value.and_then(Value::as_str);
    text.is_some_and(|text| text.contains(MASK))
}
