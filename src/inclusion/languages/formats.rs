//! Formats with a defined language: what surely belongs to each, and what surely does not.

use std::rc::Rc;

/// The language of a format, as far as patterns can say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Format {
    /// Every text of the format matches this.
    pub(super) outer: Rc<str>,
    /// Every text that matches this is of the format.
    pub(super) inner: Rc<str>,
    /// Texts of the format that a reader knows at once.
    pub(super) samples: &'static [&'static str],
}

const DATE: &str = r"(?:\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";
const HOUR: &str = r"(?:[01]\d|2[0-3])";
const OFFSET: &str = r"(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)";
const DURATION: &str = r"^P(?:\d+W|(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)(?:T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S))?|T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S))$";
const UUID: &str = r"^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$";
const OCTETS: &str =
    r"(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)";
const POINTER: &str = r"(?:/(?:[^~/]|~[01])*)*";
const LABEL: &str = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
/// A label that no rule about hyphens or lengths touches.
const PLAIN_LABEL: &str = r"[A-Za-z0-9]{1,15}(?:-[A-Za-z0-9]{1,15}){0,2}";
const SEGMENT: &str = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})";
const URI_CHARACTER: &str = r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]";

/// Formats of which every text of the first is one of the second.
const INSIDE: &[(&str, &str)] = &[
    ("uri", "uri-reference"),
    ("uri", "iri"),
    ("uri", "iri-reference"),
    ("uri-reference", "iri-reference"),
    ("iri", "iri-reference"),
];

/// Whether every text of a format is known to be one of another.
pub(crate) fn is_inside(small: &str, large: &str) -> bool {
    small == large || INSIDE.contains(&(small, large))
}

/// The language of a format; none for a format of which nothing is known.
pub(super) fn named(name: &str) -> Option<Format> {
    let any = r"^[\s\S]*$";
    Some(match name {
        "date" => exact(format!("^{DATE}$"), &["2024-01-31"]),
        "time" => between(time("", "60"), time("", ""), &["12:00:00Z"]),
        "date-time" => {
            let date = format!("{DATE}[Tt]");
            between(
                time(&date, "60"),
                time(&date, ""),
                &["2024-01-31T12:00:00Z"],
            )
        }
        "duration" => exact(DURATION.to_owned(), &["P1D", "PT1H"]),
        "uuid" => exact(UUID.to_owned(), &["123e4567-e89b-42d3-a456-426614174000"]),
        "ipv4" => exact(format!("^{OCTETS}$"), &["192.0.2.1"]),
        "ipv6" => exact(ipv6(), &["2001:db8::1", "::1"]),
        "hostname" => between(
            format!(r"^{LABEL}(?:\.{LABEL})*$"),
            format!(r"^{PLAIN_LABEL}(?:\.{PLAIN_LABEL}){{0,3}}$"),
            &["example.com", "localhost"],
        ),
        "email" => between(
            r"^[\s\S]+@[\s\S]+$".to_owned(),
            format!(
                r"^[A-Za-z0-9]{{1,16}}(?:[._+-][A-Za-z0-9]{{1,15}}){{0,2}}@{PLAIN_LABEL}(?:\.{PLAIN_LABEL}){{1,3}}$"
            ),
            &["user@example.com"],
        ),
        "uri" => between(
            format!("^[A-Za-z][A-Za-z0-9+.-]*:{URI_CHARACTER}*$"),
            uri(),
            &[
                "https://example.com/",
                "https://example.com",
                "urn:example:a",
            ],
        ),
        "iri" => between(
            any.to_owned(),
            uri(),
            &["https://example.com/", "urn:example:a"],
        ),
        "uri-reference" => between(format!("^{URI_CHARACTER}*$"), path(), &["/items", "items"]),
        "iri-reference" => between(any.to_owned(), path(), &["/items", "items"]),
        "uri-template" => between(any.to_owned(), path(), &["/items/{id}"]),
        "json-pointer" => exact(format!("^{POINTER}$"), &["/a", ""]),
        "relative-json-pointer" => {
            exact(format!(r"^(?:0|[1-9]\d*)(?:#|{POINTER})$"), &["0/a", "1"])
        }
        _ => return None,
    })
}

fn exact(pattern: String, samples: &'static [&'static str]) -> Format {
    let pattern: Rc<str> = pattern.into();
    Format {
        outer: Rc::clone(&pattern),
        inner: pattern,
        samples,
    }
}

fn between(outer: String, inner: String, samples: &'static [&'static str]) -> Format {
    Format {
        outer: outer.into(),
        inner: inner.into(),
        samples,
    }
}

/// Which leap seconds are right depends on the offset: none surely is, any may be.
fn time(date: &str, leap: &str) -> String {
    let seconds = if leap.is_empty() {
        "[0-5]\\d".to_owned()
    } else {
        format!("(?:[0-5]\\d|{leap})")
    };
    format!("^{date}{HOUR}:[0-5]\\d:{seconds}{OFFSET}$")
}

fn uri() -> String {
    let (s, scheme) = (SEGMENT, "[A-Za-z][A-Za-z0-9+.-]*");
    let host = r"//[A-Za-z0-9._~-]*(?::\d{1,4})?";
    let tail = format!(r"(?:\?(?:{s}|[/?])*)?(?:#(?:{s}|[/?])*)?");
    format!("^{scheme}:(?:{host}(?:/{s}*)*|/?{s}+(?:/{s}*)*|/)?{tail}$")
}

fn path() -> String {
    let segment = "[A-Za-z0-9._~-]+";
    format!("^(?:/|(?:{segment})?(?:/{segment})*)$")
}

/// RFC 4291, 2.2: eight groups, or fewer with one gap; the last two may be an IPv4 address.
fn ipv6() -> String {
    let (group, last) = (
        "[0-9A-Fa-f]{1,4}",
        format!("(?:[0-9A-Fa-f]{{1,4}}:[0-9A-Fa-f]{{1,4}}|{OCTETS})"),
    );
    let mut forms = vec![format!("(?:{group}:){{6}}{last}")];
    for tail in (0..=5).rev() {
        // The gap stands for at least one group.
        let most = 5 - tail;
        let head = if most == 0 {
            String::new()
        } else {
            format!("(?:{group}(?::{group}){{0,{}}})?", most - 1)
        };
        forms.push(format!("{head}::(?:{group}:){{{tail}}}{last}"));
    }
    forms.push(format!("(?:{group}(?::{group}){{0,5}})?::{group}"));
    forms.push(format!("(?:{group}(?::{group}){{0,6}})?::"));
    format!("^(?:{})$", forms.join("|"))
}

#[cfg(test)]
mod tests;
