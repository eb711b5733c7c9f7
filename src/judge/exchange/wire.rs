//! Values in the style of their parameter: RFC 6570 as OpenAPI uses it.

use super::encode::percent;
use crate::spec::{In, Media, Parameter, Wire};
use serde_json::Value;

/// How a value's parts come out, each already encoded.
enum Pieces {
    One(String),
    List(Vec<String>),
    Pairs(Vec<(String, String)>),
}

/// Which characters stay as they are.
#[derive(Clone, Copy)]
pub(super) enum Escape {
    /// In a URL.
    Percent,
    /// In a URL, reserved characters left alone but for those that would end the value.
    Reserved,
    /// In a header.
    Nothing,
}

impl Escape {
    fn text(self, text: &str) -> String {
        match self {
            Self::Percent => percent(text, ""),
            Self::Reserved => percent(text, ":/?@!$'()*,;="),
            Self::Nothing => text.to_owned(),
        }
    }
}

/// A scalar as text; what has parts of its own, where no style reaches, as JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn pieces(value: &Value, escape: Escape) -> Pieces {
    match value {
        Value::Array(items) => {
            Pieces::List(items.iter().map(|item| escape.text(&plain(item))).collect())
        }
        Value::Object(members) => Pieces::Pairs(
            members
                .iter()
                .map(|(name, value)| (escape.text(name), escape.text(&plain(value))))
                .collect(),
        ),
        scalar => Pieces::One(escape.text(&plain(scalar))),
    }
}

fn pair((name, value): &(String, String)) -> String {
    format!("{name}={value}")
}

/// All parts in a row.
fn joined(pieces: Pieces, between: &str) -> String {
    match pieces {
        Pieces::One(text) => text,
        Pieces::List(items) => items.join(between),
        Pieces::Pairs(pairs) => {
            let parts: Vec<String> = pairs.into_iter().flat_map(<[String; 2]>::from).collect();
            parts.join(between)
        }
    }
}

/// `name=value` parts of a query, a form, or a cookie, in their order.
#[must_use]
pub fn form(name: &str, value: &Value, wire: &Wire<'_>) -> Vec<String> {
    let escape = match (wire.style, wire.allow_reserved) {
        ("cookie", _) => Escape::Nothing,
        (_, true) => Escape::Reserved,
        (_, false) => Escape::Percent,
    };
    let key = escape.text(name);
    if wire.style == "deepObject" {
        let mut parts = Vec::new();
        deep(&key, value, escape, &mut parts);
        return parts;
    }
    let between = match wire.style {
        "spaceDelimited" => "%20",
        "pipeDelimited" => "%7C",
        "tabDelimited" => "%09",
        _ => ",",
    };
    match pieces(value, escape) {
        Pieces::List(items) if wire.explode && !items.is_empty() => {
            let parts = items.into_iter().map(|item| format!("{key}={item}"));
            parts.collect()
        }
        Pieces::Pairs(pairs) if wire.explode && !pairs.is_empty() => {
            pairs.iter().map(pair).collect()
        }
        other => vec![format!("{key}={}", joined(other, between))],
    }
}

/// `filter[price][gte]=5`.
fn deep(key: &str, value: &Value, escape: Escape, parts: &mut Vec<String>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                let key = format!("{key}%5B{}%5D", escape.text(name));
                deep(&key, value, escape, parts);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                parts.push(format!("{key}={}", escape.text(&plain(item))));
            }
        }
        Value::Object(_) | Value::Array(_) => parts.push(format!("{key}=")),
        scalar => parts.push(format!("{key}={}", escape.text(&plain(scalar)))),
    }
}

/// A path parameter in place of its placeholder.
#[must_use]
pub fn path(name: &str, value: &Value, wire: &Wire<'_>) -> String {
    let escape = if wire.allow_reserved {
        Escape::Reserved
    } else {
        Escape::Percent
    };
    let pieces = pieces(value, escape);
    match wire.style {
        "label" => {
            let between = if wire.explode { "." } else { "," };
            format!(".{}", simple(pieces, between, wire.explode))
        }
        "matrix" => matrix(&escape.text(name), pieces, wire.explode),
        _ => simple(pieces, ",", wire.explode),
    }
}

fn simple(pieces: Pieces, between: &str, explode: bool) -> String {
    match pieces {
        Pieces::Pairs(pairs) if explode => {
            let pairs: Vec<String> = pairs.iter().map(pair).collect();
            pairs.join(between)
        }
        other => joined(other, between),
    }
}

fn matrix(name: &str, pieces: Pieces, explode: bool) -> String {
    match pieces {
        Pieces::One(text) if text.is_empty() => format!(";{name}"),
        Pieces::List(items) if explode => {
            let items = items.into_iter().map(|item| format!(";{name}={item}"));
            items.collect()
        }
        Pieces::Pairs(pairs) if explode => {
            let pairs = pairs.iter().map(|one| format!(";{}", pair(one)));
            pairs.collect()
        }
        other => format!(";{name}={}", joined(other, ",")),
    }
}

/// The value of a header.
#[must_use]
pub fn header(value: &Value, wire: &Wire<'_>) -> String {
    simple(pieces(value, Escape::Nothing), ",", wire.explode)
}

/// A value that a media type describes rather than a style.
#[must_use]
pub fn content(value: &Value, media: &Media<'_>) -> String {
    match value {
        Value::String(text) if !media.range.is_json() => text.clone(),
        value => value.to_string(),
    }
}

/// What stands in the query for a parameter.
#[must_use]
pub fn query(parameter: &Parameter<'_>, value: &Value) -> String {
    match (parameter.place, parameter.content.first()) {
        (In::QueryString, Some(media)) if media.range.is_form() => body(value, media),
        (In::QueryString, Some(media)) => percent(&content(value, media), ""),
        (_, Some(media)) => {
            let name = percent(&parameter.name, "");
            format!("{name}={}", percent(&content(value, media), ""))
        }
        (_, None) => form(&parameter.name, value, &parameter.wire).join("&"),
    }
}

/// A form as `application/x-www-form-urlencoded`.
#[must_use]
pub fn body(value: &Value, media: &Media<'_>) -> String {
    let Value::Object(members) = value else {
        return percent(&plain(value), "");
    };
    let plain_form = Wire {
        style: "form",
        explode: true,
        allow_reserved: false,
    };
    let parts: Vec<String> = members
        .iter()
        .flat_map(|(name, value)| {
            let said = media.encoding.iter().find(|said| said.name == name);
            match (said, value) {
                (None, Value::Object(_)) => {
                    vec![format!(
                        "{}={}",
                        percent(name, ""),
                        percent(&plain(value), "")
                    )]
                }
                (said, value) => form(name, value, said.map_or(&plain_form, |said| &said.wire)),
            }
        })
        .collect();
    parts.join("&")
}
