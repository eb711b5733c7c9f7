//! A body against its schema.

use super::{Against, Check, Place, Verdict, undeclared};
use crate::probe::{exchange::Response, redact::MASK};
use crate::spec::Media;
use crate::text::Pointer;
use crate::variance::Direction;
use serde_json::Value;

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
        match serde_json::from_slice::<Value>(&response.body) {
            Ok(value) => value,
            Err(error) => {
                // What is read without being kept may be nested as deeply as it likes.
                if serde_json::from_slice::<serde::de::IgnoredAny>(&response.body).is_ok() {
                    let message = "the body is nested too deeply to be looked into";
                    return vec![Check::new(id, Verdict::Inconclusive, message).at(root())];
                }
                let message = format!("the body is not JSON: {error}");
                let text = String::from_utf8_lossy(&response.body).into_owned();
                return vec![Check::fail("body-syntax", message).at(root()).found(text)];
            }
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
    let ruling = against
        .sampler
        .referee
        .judge_key(&key, Some(Direction::Output), &value);
    let Some(ruling) = ruling else {
        let message = "the schema cannot be judged by: a part of it is missing or is no schema";
        return vec![Check::new(id, Verdict::Skipped, message).at(root())];
    };
    if !actual.is_json() && !ruling.valid {
        let message = format!("bodies of `{}` are not looked into", media.range);
        return vec![Check::new(id, Verdict::Skipped, message).at(root())];
    }
    let mut checks = Vec::new();
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

/// Whether something stands in place of a secret, as in recordings.
fn is_masked(value: Option<&Value>) -> bool {
    let text = value.and_then(Value::as_str);
    text.is_some_and(|text| text.contains(MASK))
}
