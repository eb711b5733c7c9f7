//! Bodies on the wire: JSON, forms, and multipart.

use super::NoValue;
use crate::judge::wire;
use crate::spec::{Media, MediaRange};
use serde_json::Value;

/// A body as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded {
    /// The value of `content-type`.
    pub content_type: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A value in a media type; `mark` goes into the boundary of a multipart body, which is the same for the same.
///
/// # Errors
/// When the media type is none that can be written here.
pub fn encode(value: &Value, media: &Media<'_>, mark: &str) -> Result<Encoded, NoValue> {
    let range = concrete(&media.range);
    let name = range.to_string();
    let essence = name.split(';').next().unwrap_or_default();
    if range.is_json() {
        return Ok(Encoded {
            content_type: name,
            bytes: value.to_string().into_bytes(),
        });
    }
    if essence == "application/x-www-form-urlencoded" {
        return Ok(Encoded {
            content_type: name,
            bytes: wire::body(value, media).into_bytes(),
        });
    }
    if essence.starts_with("multipart/") {
        return Ok(multipart(value, media, essence, mark));
    }
    match value {
        Value::String(text) => Ok(Encoded {
            content_type: name,
            bytes: text.clone().into_bytes(),
        }),
        Value::Number(_) | Value::Bool(_) if essence.starts_with("text/") => Ok(Encoded {
            content_type: name,
            bytes: value.to_string().into_bytes(),
        }),
        _ => Err(NoValue(format!(
            "a body of `{name}` cannot be written from a value; give it as a text"
        ))),
    }
}

/// A media type of a range; JSON where it may be.
pub(super) fn concrete(range: &MediaRange) -> MediaRange {
    let json = MediaRange::parse("application/json");
    if range.to_string().contains('*') && range.covers(&json) {
        return json;
    }
    range.clone()
}

/// RFC 7578, one part for each member.
fn multipart(value: &Value, media: &Media<'_>, essence: &str, mark: &str) -> Encoded {
    let mut boundary = format!("probe-{mark}");
    // What the boundary must not do is to occur in a part.
    while value.to_string().contains(&boundary) {
        boundary.push('x');
    }
    let mut bytes = Vec::new();
    let empty = serde_json::Map::new();
    for (name, member) in value.as_object().unwrap_or(&empty) {
        let said = media.encoding.iter().find(|said| said.name == name);
        let content_type = said.and_then(|said| said.content_type);
        let items = match member {
            Value::Array(items) if content_type.is_none() => items.iter().collect(),
            one => vec![one],
        };
        for item in items {
            let (written, text) = match item {
                Value::String(text) => (content_type, text.clone()),
                Value::Object(_) | Value::Array(_) => (
                    Some(content_type.unwrap_or("application/json")),
                    item.to_string(),
                ),
                scalar => (content_type, scalar.to_string()),
            };
            let name = name.replace('"', "%22").replace(['\r', '\n'], " ");
            let mut head =
                format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n");
            if let Some(written) = written.map(|list| list.split(',').next().unwrap_or(list)) {
                head.push_str("Content-Type: ");
                head.push_str(written.trim());
                head.push_str("\r\n");
            }
            head.push_str("\r\n");
            bytes.extend_from_slice(head.as_bytes());
            bytes.extend_from_slice(text.as_bytes());
            bytes.extend_from_slice(b"\r\n");
        }
    }
    bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Encoded {
        content_type: format!("{essence}; boundary={boundary}"),
        bytes,
    }
}
