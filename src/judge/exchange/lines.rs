//! The message itself, as a person reads it.

use super::{
    Payload, encode,
    scene::{Part, Scene},
    wire,
};
use crate::spec::{In, Media, MediaRange, Parameter};
use serde_json::Value;
use std::collections::BTreeMap;

/// A message, and how it is shown.
#[derive(Debug, Default)]
pub(super) struct Message {
    /// Path and query.
    pub(super) target: String,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: Option<Value>,
    pub(super) lines: Vec<String>,
}

/// How wide a line may be.
const WIDTH: usize = 80;
/// How many lines of a payload are shown.
const MOST: usize = 8;

/// The message that carries a payload.
pub(super) fn message(scene: &Scene<'_, '_>, payload: Payload<'_>) -> Message {
    let mut message = Message::default();
    match (scene.part, payload) {
        (Part::Parameter(parameter), Payload::Whole(value)) => {
            request(scene, Some((parameter, value)), &mut message);
        }
        (Part::Parameter(_) | Part::RequestBody(_), _) => request(scene, None, &mut message),
        (Part::ResponseBody(..) | Part::ResponseHeader(..), _) => {
            message.target = target(scene, None, &[]);
        }
    }
    match (scene.part, payload) {
        (Part::RequestBody(media) | Part::ResponseBody(_, media), _) => {
            let media_type = media_type(media);
            message
                .headers
                .insert("content-type".to_owned(), media_type);
        }
        (Part::ResponseHeader(_, header), Payload::Whole(value)) => {
            let text = match header.content.first() {
                Some(media) => wire::content(value, media),
                None => wire::header(value, &header.wire),
            };
            let name = encode::visible(&header.name);
            message.headers.insert(name, encode::visible(&text));
        }
        _ => {}
    }
    first_line(scene, &mut message);
    let headers = message.headers.iter();
    let headers = headers.map(|(name, value)| clipped(&format!("{name}: {value}")));
    let headers: Vec<String> = headers.collect();
    message.lines.extend(headers);
    match (scene.part, payload) {
        (_, Payload::Inner(at, value)) => {
            let place = encode::visible(&format!("{at} of {}", scene.carrier()));
            message.lines.push(clipped(&format!("... at {place}:")));
            message.lines.extend(json(value));
        }
        (Part::RequestBody(media) | Part::ResponseBody(_, media), Payload::Whole(value)) => {
            message.body = Some(value.clone());
            message.lines.extend(body(value, media));
        }
        (Part::Parameter(_) | Part::ResponseHeader(..), Payload::Whole(_)) => {}
    }
    message
}

fn first_line(scene: &Scene<'_, '_>, message: &mut Message) {
    let method = encode::visible(&scene.operation.method);
    let target = &message.target;
    // The path and query stay whole, so that they can be copied.
    let line = match scene.status() {
        Some(status) => format!("{method} {target} answers {status}"),
        None => format!("{method} {target}"),
    };
    message.lines.push(line);
}

/// The target and the headers of a request; what it needs beside the payload are placeholders.
fn request(
    scene: &Scene<'_, '_>,
    witness: Option<(&Parameter<'_>, &Value)>,
    message: &mut Message,
) {
    let mut query = Vec::new();
    let mut cookies = Vec::new();
    for parameter in &scene.operation.parameters {
        let value = witness
            .filter(|(witnessed, _)| std::ptr::eq(*witnessed, parameter))
            .map(|(_, value)| value);
        if value.is_none() && !parameter.required {
            continue;
        }
        let name = encode::percent(&parameter.name, "");
        let placeholder = format!("{{{name}}}");
        match parameter.place {
            In::Query | In::QueryString => query.push(match value {
                Some(value) => wire::query(parameter, value),
                None => format!("{name}={placeholder}"),
            }),
            In::Cookie => {
                let together = if parameter.wire.style == "cookie" {
                    "; "
                } else {
                    "&"
                };
                cookies.push(match (value, parameter.content.first()) {
                    (Some(value), Some(media)) => {
                        let text = wire::content(value, media);
                        format!("{name}={}", encode::percent(&text, ""))
                    }
                    (Some(value), None) => {
                        wire::form(&parameter.name, value, &parameter.wire).join(together)
                    }
                    (None, _) => format!("{name}={placeholder}"),
                });
            }
            In::Header => {
                let text = match (value, parameter.content.first()) {
                    (Some(value), Some(media)) => wire::content(value, media),
                    (Some(value), None) => wire::header(value, &parameter.wire),
                    (None, _) => placeholder,
                };
                let name = encode::visible(&parameter.name);
                message.headers.insert(name, encode::visible(&text));
            }
            In::Path => {}
        }
    }
    if !cookies.is_empty() {
        let cookies = encode::visible(&cookies.join("; "));
        message.headers.insert("cookie".to_owned(), cookies);
    }
    message.target = target(scene, witness, &query);
}

fn target(
    scene: &Scene<'_, '_>,
    witness: Option<(&Parameter<'_>, &Value)>,
    query: &[String],
) -> String {
    let mut target = scene.template();
    if let Some((parameter, value)) = witness
        && parameter.place == In::Path
    {
        let text = match parameter.content.first() {
            Some(media) => encode::percent(&wire::content(value, media), ""),
            None => wire::path(&parameter.name, value, &parameter.wire),
        };
        let placeholder = encode::path(&format!("{{{}}}", parameter.name));
        target = target.replacen(&placeholder, &text, 1);
    }
    if !query.is_empty() {
        target.push('?');
        target.push_str(&query.join("&"));
    }
    target
}

/// A media type that the range allows, JSON before others.
fn media_type(media: &Media<'_>) -> String {
    let json = MediaRange::parse("application/json");
    let shown = media.range.to_string();
    if shown.contains('*') && media.range.covers(&json) {
        return json.to_string();
    }
    encode::visible(&shown)
}

fn body(value: &Value, media: &Media<'_>) -> Vec<String> {
    let shown = media_type(media);
    let urlencoded = shown.starts_with("application/x-www-form-urlencoded");
    if urlencoded && value.is_object() {
        return vec![clipped(&wire::body(value, media))];
    }
    match value {
        Value::String(text) if shown.starts_with("text/") => vec![clipped(&encode::visible(text))],
        value => json(value),
    }
}

/// JSON on one line if it fits, else on as many as are read.
fn json(value: &Value) -> Vec<String> {
    let compact = encode::visible_json(&value.to_string());
    if compact.chars().count() <= WIDTH {
        return vec![compact];
    }
    let tall = serde_json::to_string_pretty(value).unwrap_or(compact);
    let mut lines: Vec<String> = tall
        .lines()
        .map(|line| clipped(&encode::visible_json(line)))
        .collect();
    if lines.len() > MOST {
        let rest = lines.len() + 1 - MOST;
        lines.truncate(MOST - 1);
        lines.push(format!("... {rest} more lines"));
    }
    lines
}

/// A line that is too long, as far as it fits.
fn clipped(line: &str) -> String {
    if line.chars().count() <= WIDTH {
        return line.to_owned();
    }
    let kept: String = line.chars().take(WIDTH - 4).collect();
    format!("{kept} ...")
}
