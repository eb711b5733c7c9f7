//! The small values of scenarios: ids, texts with expressions, queries, times, and statuses.

use super::Context;
use crate::probe::{
    expression::{Template, Written},
    jsonpath::{JsonPath, Singular},
    workflow::{Pattern, StatusPattern},
};
use crate::tree::{Kind, fields::Value};
use serde_json::Value as Json;
use std::time::Duration;

/// What ids are made of.
pub(super) const NAMES: &str = "use letters, digits, `_`, and `-`";
/// The longest time that a scenario can ask for.
const LONGEST: Duration = Duration::from_secs(86_400);

pub(super) fn is_id(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !text.is_empty() && text.chars().all(plain)
}

/// An id, which expressions can name.
pub(super) fn id(value: Value<'_>) -> Option<&str> {
    let text = value.line()?;
    if !is_id(text) {
        value.fault(format!("{} cannot be `{text}`", value.name()), NAMES);
        return None;
    }
    Some(text)
}

/// Any value, as it stands.
pub(super) fn json(value: Value<'_>) -> Option<Json> {
    let (tree, id) = value.node();
    match tree.to_json(id) {
        Ok(json) => Some(json),
        Err(error) => {
            value.fault(error.to_string(), "write less");
            None
        }
    }
}

/// A text that may hold expressions.
pub(super) fn template(value: Value<'_>, context: &Context) -> Option<Template> {
    let (tree, id) = value.node();
    let read = Template::parse(tree.str(id)?).and_then(|template| {
        context.known.borrow().check(&template)?;
        Ok(template)
    });
    match read {
        Ok(template) => Some(template),
        Err(error) => {
            let help = error.help.unwrap_or_else(|| {
                "names are `inputs`, `env`, `run`, `uuid`, `now`, `steps`, and what steps captured"
                    .to_owned()
            });
            value.fault(error.message, help);
            None
        }
    }
}

/// A value whose texts may hold expressions.
pub(super) fn written(value: Value<'_>, context: &Context) -> Option<Written> {
    match value.kind() {
        Kind::Null | Kind::Bool | Kind::Number => json(value).map(Written::Plain),
        Kind::String => {
            let template = template(value, context)?;
            Some(match template.as_plain() {
                Some(text) => Written::Plain(Json::from(text)),
                None => Written::Text(template),
            })
        }
        Kind::Seq => {
            let items = value.items()?.into_iter();
            let items: Vec<Written> = items.filter_map(|item| written(item, context)).collect();
            Some(Written::Array(items))
        }
        Kind::Map => {
            let members = value.entries()?.into_iter();
            let members = members
                .filter_map(|(key, value)| Some((key.text.to_owned(), written(value, context)?)));
            Some(Written::Object(members.collect()))
        }
    }
}

/// A query.
pub(super) fn jsonpath(value: Value<'_>) -> Option<JsonPath> {
    match JsonPath::parse(value.text()?) {
        Ok(path) => Some(path),
        Err(error) => {
            value.fault(error.message, "write it as RFC 9535 has it: `$.data[*].id`");
            None
        }
    }
}

/// A query that names one place.
pub(super) fn singular(value: Value<'_>) -> Option<Singular> {
    match Singular::parse(value.text()?) {
        Ok(path) => Some(path),
        Err(error) => {
            value.fault(
                error.message,
                "write names and indexes only: `$.data[0].id`",
            );
            None
        }
    }
}

/// A regular expression.
pub(super) fn pattern(value: Value<'_>) -> Option<Pattern> {
    match Pattern::parse(value.text()?) {
        Ok(pattern) => Some(pattern),
        Err(message) => {
            value.fault(message, "write a regular expression");
            None
        }
    }
}

/// `400ms`, `2s`, `10m`, `1h`.
pub(super) fn duration(value: Value<'_>) -> Option<Duration> {
    let help = "write it as `400ms`, `2s`, `10m`, or `1h`";
    let (tree, id) = value.node();
    let text = tree.str(id).or_else(|| tree.number(id)).unwrap_or_default();
    let parsed = parse_duration(text);
    match parsed {
        Some(duration) if duration > LONGEST => {
            value.fault(format!("{} is longer than a day", value.name()), help);
            None
        }
        Some(duration) => Some(duration),
        None => {
            value.fault(format!("{} is not a time", value.name()), help);
            None
        }
    }
}

fn parse_duration(text: &str) -> Option<Duration> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().ok()?;
    let millis = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    Some(Duration::from_millis(number.checked_mul(millis)?))
}

/// `50%`, `20pp`, with this unit.
pub(super) fn share(value: Value<'_>, unit: &str, example: &'static str) -> Option<u32> {
    let (tree, id) = value.node();
    let text = tree.str(id).unwrap_or_default();
    let number = text
        .strip_suffix(unit)
        .and_then(|digits| digits.parse::<u32>().ok())
        .filter(|number| *number <= 1_000);
    if number.is_none() {
        value.fault(
            format!("{} cannot be `{text}`", value.name()),
            format!("write it as `{example}`"),
        );
    }
    number
}

/// A status that an answer may have.
pub(super) fn status(value: Value<'_>) -> Option<u16> {
    let number = value.whole(100..=599)?;
    u16::try_from(number).ok()
}

/// Statuses: one, or a list.
pub(super) fn statuses(value: Value<'_>) -> Option<Vec<u16>> {
    match value.kind() {
        Kind::Seq => value.distinct(status),
        _ => Some(vec![status(value)?]),
    }
}

/// A status, or `2XX`.
pub(super) fn status_pattern(value: Value<'_>) -> Option<StatusPattern> {
    let (tree, id) = value.node();
    let Some(text) = tree.str(id) else {
        return status(value).map(StatusPattern::Code);
    };
    if let [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] = text.as_bytes() {
        return Some(StatusPattern::Class(u16::from(digit - b'0')));
    }
    value.fault(
        format!("{} cannot be `{text}`", value.name()),
        "write a status as `201`, or a class as `2XX`",
    );
    None
}
