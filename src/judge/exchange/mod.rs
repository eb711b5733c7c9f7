//! A witness as what travels: the request or the response with its payload, who accepts it, and who does not.

mod encode;
mod find;
mod lines;
mod scene;
mod whole;
pub mod wire;

#[cfg(test)]
mod tests;

pub use encode::{path as path_text, percent};
pub use find::Scenes;
pub use scene::{Part, Scene};
pub use whole::wrapped;

use super::finding::Side;
use crate::spec::Ruling;
use crate::variance::Direction;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Which message carries the payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The payload is in a request.
    Request,
    /// The payload is in a response.
    Response,
}

/// A value that is only a part of what travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inner {
    /// Where in the payload: a JSON Pointer, with `*` for any item or name.
    pub at: String,
    /// The value there.
    pub value: Value,
}

/// What a witness looks like on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exchange {
    /// Which message carries the payload.
    pub kind: Kind,
    /// The method of the request.
    pub method: String,
    /// The path and query of the request; what the payload does not decide stays a `{placeholder}`.
    pub path: String,
    /// The status of a response, as the document names it.
    pub status: Option<String>,
    /// Headers by name.
    pub headers: BTreeMap<String, String>,
    /// The payload of a body as JSON, whatever its media type.
    pub body: Option<Value>,
    /// The part that is known, where no whole payload is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<Inner>,
    /// The message in a few lines.
    pub text: String,
    /// Who takes it, or sends it.
    pub accepted_by: &'static str,
    /// Who refuses it.
    pub rejected_by: &'static str,
    /// The keyword that refuses it, and where.
    pub why: String,
}

impl Exchange {
    /// "the old version accepts this request; the new version rejects it: `maximum` of query parameter `limit`".
    #[must_use]
    pub fn told(&self) -> String {
        let message = match self.kind {
            Kind::Request => "request",
            Kind::Response => "response",
        };
        let Self {
            accepted_by,
            rejected_by,
            why,
            ..
        } = self;
        if rejected_by.starts_with("consumers") {
            format!("{accepted_by} may send this {message}; {rejected_by} reject it: {why}")
        } else {
            format!("{accepted_by} accepts this {message}; {rejected_by} rejects it: {why}")
        }
    }
}

/// A payload of a place, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Payload<'v> {
    /// All that the place describes.
    Whole(&'v Value),
    /// A value below it, at a path such as `/items/*/price`.
    Inner(&'v str, &'v Value),
}

/// Shows a payload that `valid_under` accepts, and the other side refuses as `ruling` says.
#[must_use]
pub fn exchange(
    scene: &Scene<'_, '_>,
    payload: Payload<'_>,
    valid_under: Side,
    ruling: &Ruling,
) -> Exchange {
    let (accepted_by, rejected_by) = parties(scene.direction(), valid_under);
    let message = lines::message(scene, payload);
    let kind = match scene.part {
        Part::Parameter(_) | Part::RequestBody(_) => Kind::Request,
        Part::ResponseBody(..) | Part::ResponseHeader(..) => Kind::Response,
    };
    Exchange {
        kind,
        method: encode::visible(&scene.operation.method),
        path: message.target,
        status: scene.status().map(|status| status.to_string()),
        headers: message.headers,
        body: message.body,
        part: match payload {
            Payload::Whole(_) => None,
            Payload::Inner(at, value) => Some(Inner {
                at: at.to_owned(),
                value: value.clone(),
            }),
        },
        text: message.lines.join("\n"),
        accepted_by,
        rejected_by,
        why: why(scene, payload, ruling),
    }
}

/// Whoever writes keeps to one version, and whoever reads to the other.
fn parties(direction: Direction, valid_under: Side) -> (&'static str, &'static str) {
    match (direction, valid_under) {
        (Direction::Input, Side::Old) => ("the old version", "the new version"),
        (Direction::Input, Side::New) => ("the new version", "the old version"),
        (Direction::Output, Side::New) => ("the new version", "consumers of the old version"),
        (Direction::Output, Side::Old) => ("the old version", "consumers of the new version"),
    }
}

/// "`required` at /items/0 of the request body: `price` is missing".
fn why(scene: &Scene<'_, '_>, payload: Payload<'_>, ruling: &Ruling) -> String {
    let keyword = ruling.keyword.as_deref().unwrap_or("schema");
    let outer = match payload {
        Payload::Whole(_) => "",
        Payload::Inner(at, _) => at,
    };
    let at = format!("{outer}{}", ruling.at.as_deref().unwrap_or_default());
    let place = if at.is_empty() {
        String::new()
    } else {
        format!(" at {}", encode::visible(&at))
    };
    let carrier = encode::visible(&scene.carrier());
    let member = ruling.member.as_deref().map(encode::visible);
    let about = match (keyword, member) {
        ("required", Some(name)) => format!(": `{name}` is missing"),
        (_, Some(name)) => format!(": `{name}` is not expected"),
        (_, None) => String::new(),
    };
    format!("`{keyword}`{place} of {carrier}{about}")
}
