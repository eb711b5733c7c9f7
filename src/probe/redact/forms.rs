//! The forms in which a secret may be written.

use std::{collections::BTreeSet, fmt::Write};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};

use crate::probe::environment::SHORTEST;

/// What stays as it is when a text is URL-encoded: nothing but RFC 3986's unreserved, what JavaScript keeps, and what URLs keep in a query, in
/// a path, and in a form.
const KEPT: [&str; 5] = [
    "-._~",
    "-_.!~*'()",
    "-_.~!$&()*+,/:;=?@[\\]^`{|}%",
    "-_.~!$&'()*+,/:;=@[\\]^|%",
    "-._*",
];

/// All forms of a secret, none of them shorter than the shortest secret.
pub(super) fn of(secret: &str) -> BTreeSet<Vec<u8>> {
    let mut forms = BTreeSet::new();
    let mut add = |form: String| {
        if form.len() >= SHORTEST {
            forms.insert(form.into_bytes());
        }
    };
    for kept in KEPT {
        let (upper, lower) = (url(secret, kept, true), url(secret, kept, false));
        // Forms write a space as a plus.
        add(upper.replace("%20", "+"));
        add(lower.replace("%20", "+"));
        add(upper);
        add(lower);
    }
    for bytes in [secret.to_owned(), secret.replace('\n', "\r\n")] {
        for skipped in 0..3 {
            add(base64(bytes.as_bytes(), skipped, |bytes| {
                STANDARD_NO_PAD.encode(bytes)
            }));
            add(base64(bytes.as_bytes(), skipped, |bytes| {
                URL_SAFE_NO_PAD.encode(bytes)
            }));
        }
    }
    for escaped in [json(secret), ascii(secret, false), ascii(secret, true)] {
        // A text in JSON in a text in JSON.
        add(json(&escaped));
        add(escaped.replace('/', "\\/"));
        add(escaped);
    }
    add(markup(secret, "&#39;"));
    add(markup(secret, "&apos;"));
    add(markup(secret, "'"));
    add(secret.to_owned());
    forms
}

fn url(text: &str, kept: &str, upper: bool) -> String {
    text.bytes().fold(String::new(), |mut form, byte| {
        let keep = byte.is_ascii_alphanumeric() || kept.as_bytes().contains(&byte);
        // Writing to a string does not fail.
        let _ = match (keep, upper) {
            (true, _) => write!(form, "{}", char::from(byte)),
            (false, true) => write!(form, "%{byte:02X}"),
            (false, false) => write!(form, "%{byte:02x}"),
        };
        form
    })
}

/// The digits that do not depend on what stands before and after, when so many bytes of a group of three stand before.
fn base64(bytes: &[u8], before: usize, encode: impl Fn(&[u8]) -> String) -> String {
    let mut padded = vec![0; before];
    padded.extend_from_slice(bytes);
    let first = (before * 8).div_ceil(6);
    let end = padded.len() * 8 / 6;
    let digits = encode(&padded);
    digits.get(first..end).unwrap_or_default().to_owned()
}

fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

/// As writers of JSON do that keep to ASCII.
fn ascii(text: &str, upper: bool) -> String {
    let mut form = String::new();
    for unit in json(text).encode_utf16() {
        // Writing to a string does not fail.
        let _ = match (u8::try_from(unit).ok().filter(u8::is_ascii), upper) {
            (Some(byte), _) => write!(form, "{}", char::from(byte)),
            (None, true) => write!(form, "\\u{unit:04X}"),
            (None, false) => write!(form, "\\u{unit:04x}"),
        };
    }
    form
}

fn markup(text: &str, apostrophe: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', apostrophe)
}
