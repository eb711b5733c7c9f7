//! Text that is safe where it is put: in a URL, in a header, on a terminal.

use crate::text::{spell, spell_json, steers};
use std::fmt::Write as _;

/// Percent-encodes what RFC 3986 does not leave unreserved; `also` stays as it is too.
#[must_use]
pub fn percent(text: &str, also: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if plain || also.as_bytes().contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// A path template: what a path may hold, and the braces of its placeholders.
#[must_use]
pub fn path(template: &str) -> String {
    percent(template, "/{}:@!$&'()*+,;=%")
}

/// A text that neither ends its line nor steers a terminal.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) {
            spell(c, &mut out);
        } else {
            out.push(c);
        }
    }
    out
}

/// The same for JSON text, which keeps its value.
pub(super) fn visible_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) {
            spell_json(c, &mut out);
        } else {
            out.push(c);
        }
    }
    out
}
