//! What a step asks: the operation, its parameters, and its body.

use super::{Context, words};
use crate::probe::workflow::{Argument, Call, Origin, Payload, Setting, Target};
use crate::spec::In;
use crate::tree::fields::{Fields, Value};

/// Places of parameters, by their keys.
const PLACES: [(&str, In); 4] = [
    ("path", In::Path),
    ("query", In::Query),
    ("header", In::Header),
    ("cookie", In::Cookie),
];

/// Methods of HTTP that an operation can have.
const METHODS: [&str; 9] = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY",
];

/// The keys of a call, which stand among the keys of a step.
pub(super) fn call(fields: &mut Fields<'_>, context: &Context) -> Option<Call> {
    let position = fields.position();
    let target = fields.required("operation").and_then(target);
    let mut arguments = Vec::new();
    for (key, place) in PLACES {
        let entries = fields.optional(key).and_then(Value::entries);
        for (name, value) in entries.unwrap_or_default() {
            if let Some(value) = words::written(value, context) {
                arguments.push(Argument {
                    place: Some(place),
                    name: name.text.to_owned(),
                    value,
                });
            }
        }
    }
    let body = match fields.optional("body") {
        Some(value) => Some(payload(value, context)?),
        None => None,
    };
    Some(Call {
        target: target?,
        arguments,
        body,
        position,
    })
}

/// A mapping that is nothing but a call.
pub(super) fn only_call(value: Value<'_>, what: &'static str, context: &Context) -> Option<Call> {
    let mut fields = value.fields(what)?;
    let call = call(&mut fields, context);
    fields.finish();
    call
}

/// `createPayment`, or `POST /v1/payments`.
fn target(value: Value<'_>) -> Option<Target> {
    let text = value.line()?;
    let split = text
        .split_once(' ')
        .filter(|(_, path)| path.starts_with('/'));
    // An operationId may be any text.
    let Some((method, path)) = split else {
        if text.starts_with('/') {
            value.fault(
                format!("`{text}` has no method"),
                format!("write `GET {text}`"),
            );
            return None;
        }
        return Some(Target::Operation {
            source: None,
            id: text.to_owned(),
        });
    };
    let method = method.to_ascii_uppercase();
    if !METHODS.contains(&method.as_str()) {
        value.fault(
            format!("`{method}` is no method of HTTP"),
            format!("write one of {}", METHODS.join(", ")),
        );
        return None;
    }
    Some(Target::Endpoint {
        source: None,
        method,
        path: path.to_owned(),
    })
}

fn payload(value: Value<'_>, context: &Context) -> Option<Payload> {
    let mut fields = value.fields("a body")?;
    let example = fields.optional("example");
    let generate = fields.optional("generate");
    let inline = fields.nullable("inline");
    let media_type = fields.optional("media_type").and_then(Value::line);
    let set = fields
        .optional("set")
        .map_or_else(Vec::new, |value| settings(value, context));
    fields.finish();
    let origin = match (example, generate, inline) {
        (Some(name), None, None) => Origin::Example(name.line()?.to_owned()),
        (None, Some(word), None) => {
            word.choice(&[("valid", ())])?;
            Origin::Generated
        }
        (None, None, Some(value)) => Origin::Inline(words::written(value, context)?),
        _ => {
            value.fault(
                "a body comes from one of `example`, `generate`, and `inline`",
                "write `example: NAME`, `generate: valid`, or `inline: …`",
            );
            return None;
        }
    };
    Some(Payload {
        origin,
        media_type: media_type.map(str::to_owned),
        set,
    })
}

/// `$.amount: 5` lines.
pub(super) fn settings(value: Value<'_>, context: &Context) -> Vec<Setting> {
    let mut settings = Vec::new();
    for (key, value) in value.entries().unwrap_or_default() {
        let at = match crate::probe::jsonpath::Singular::parse(key.text) {
            Ok(at) => at,
            Err(error) => {
                key.fault(
                    error.message,
                    "write names and indexes only: `$.data[0].id`",
                );
                continue;
            }
        };
        if let Some(value) = words::written(value, context) {
            settings.push(Setting { at, value });
        }
    }
    settings
}
