//! How element ids spell what stands on the surface.

use crate::spec::{In, Operation, Parameter, Server, positional, quoted};

/// The label of a bare schema.
pub(super) fn schema_label(name: &str) -> String {
    format!("schema:{}", quoted_loosely(name))
}

/// The label of a webhook.
pub(super) fn webhook_label(webhook: &Operation<'_>) -> String {
    let method = unless_post(&webhook.method);
    format!("webhook:{}{method}", quoted_loosely(webhook.path))
}

/// Webhooks are posted, unless they say otherwise.
pub(super) fn unless_post(method: &str) -> String {
    if method == "POST" {
        String::new()
    } else {
        format!(" {method}")
    }
}

/// The label of an operation that is called back.
pub(super) fn callback_label(name: &str, callback: &Operation<'_>) -> String {
    let path = positional(callback.path);
    format!(
        "callback:{} {} {path}",
        quoted_loosely(name),
        callback.method
    )
}

/// The label of a parameter.
pub(super) fn parameter_label(parameter: &Parameter<'_>) -> String {
    match (parameter.place, parameter.position) {
        (In::Header, _) => format!("header:{}", quoted(&parameter.name)),
        (In::Path, Some(position)) => format!("param:path:{position}"),
        (place, _) => format!("param:{}:{}", place.word(), quoted(&parameter.name)),
    }
}

/// The URL as written, or what Swagger 2.0 makes of its parts.
pub(super) fn server_name(server: &Server<'_>) -> String {
    if server.url.contains("//") || server.origin.is_empty() {
        server.url.to_owned()
    } else {
        format!("{}{}", server.origin, server.base_path)
    }
}

/// A webhook or callback name; dots are usual there and read well.
fn quoted_loosely(name: &str) -> String {
    let plain = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'));
    if plain { name.to_owned() } else { quoted(name) }
}
