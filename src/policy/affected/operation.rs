//! What one operation's usage says about a change inside of it.

use super::{
    Affecting, Kind, Use,
    paths::{Path, is_value},
};
use crate::policy::files::OperationUsage;
use crate::spec::{Status, quoted};
use crate::variance::Direction;
use std::collections::BTreeSet;

/// An operation that consumers call; `labels` follow its own.
pub(super) fn called(usage: &OperationUsage, change: &Affecting<'_>, labels: &[&str]) -> Use {
    let Some((first, rest)) = labels.split_first() else {
        // Whatever changes for the operation as a whole, its callers meet.
        return Use::Uses;
    };
    let (kind, name) = first.split_once(':').unwrap_or((first, ""));
    match kind {
        "param" => match name.split_once(':') {
            Some(("path", _)) => Use::Uses,
            Some((place @ ("query" | "cookie"), name)) => {
                parameter(usage, change, (place, name), rest)
            }
            Some(_) | None => Use::Unknown,
        },
        "header" => parameter(usage, change, ("header", name), rest),
        "req" => request(usage, change, rest),
        "resp" => response(usage, change, name, rest),
        "security" => Use::Uses,
        _ => Use::Unknown,
    }
}

/// Whether a change asks every caller for something, or decides for those who leave something out.
fn asks_all(change: &Affecting<'_>) -> bool {
    change.kind == Kind::Added || change.rule.starts_with("default-")
}

fn parameter(
    usage: &OperationUsage,
    change: &Affecting<'_>,
    (place, name): (&str, &str),
    labels: &[&str],
) -> Use {
    if asks_all(change) {
        return Use::Uses;
    }
    let sent = usage
        .sends
        .get(place)
        .is_some_and(|names| holds(names, name));
    // Values are listed by the parameter's name, so they are those of the parameter or of its items.
    if let Some((value, path)) = enum_value(labels)
        && matches!(path, [] | ["[]"])
        && let Some(values) = usage.enums_sent.iter().find(|(key, _)| quoted(key) == name)
    {
        return used(lists(values.1, value));
    }
    used(sent)
}

/// Whether a list of names has the one that an element id spells.
fn holds(names: &BTreeSet<String>, spelt: &str) -> bool {
    names.iter().any(|name| quoted(name) == spelt)
}

const fn used(is: bool) -> Use {
    if is { Use::Uses } else { Use::NotUsed }
}

/// The value that an element id ends with, and the labels before it.
fn enum_value<'l, 't>(labels: &'l [&'t str]) -> Option<(&'t str, &'l [&'t str])> {
    let (last, before) = labels.split_last()?;
    Some((last.strip_prefix("enum:")?, before))
}

/// Whether declared values, which are plain text, have one that is spelt as JSON.
fn lists(values: &BTreeSet<String>, spelt: &str) -> bool {
    let text: Option<String> = serde_json::from_str(spelt).ok();
    let mut values = values.iter();
    values.any(|value| Some(value) == text.as_ref() || value == spelt)
}

fn request(usage: &OperationUsage, change: &Affecting<'_>, labels: &[&str]) -> Use {
    let nothing = BTreeSet::new();
    let sent = usage.sends.get("body").unwrap_or(&nothing);
    match labels {
        [] => used(asks_all(change) || !sent.is_empty()),
        ["body", path @ ..] => written(usage, sent, change, path),
        [part, ..] => match part.strip_prefix("encoding:") {
            Some(_) if asks_all(change) => Use::Uses,
            Some(name) => meets(sent, &[&format!(".{name}")], |it| it),
            // Streams, and what is not known here.
            None if sent.is_empty() => Use::NotUsed,
            None => Use::Unknown,
        },
    }
}

/// A change beneath a body that consumers send.
fn written(
    usage: &OperationUsage,
    sent: &BTreeSet<String>,
    change: &Affecting<'_>,
    path: &[&str],
) -> Use {
    if asks_all(change) {
        return Use::Uses;
    }
    if let Some((value, [place])) = enum_value(path)
        && let Some(values) = usage.enums_sent.get(*place)
    {
        return used(lists(values, value));
    }
    meets(sent, path, |it| it)
}

/// Whether one of the declared paths meets an element, or what `of` makes of it.
fn meets(declared: &BTreeSet<String>, labels: &[&str], of: impl Fn(Path) -> Path) -> Use {
    let Some(element) = Path::of_element(labels).map(of) else {
        return Use::Unknown;
    };
    let found = declared.iter().map(|text| match Path::declared(text) {
        Some(path) => path.meets(&element),
        // Headers are no members; what else cannot be read may be anything.
        None if text.starts_with("header:") => Use::NotUsed,
        None => Use::Unknown,
    });
    found.max().unwrap_or(Use::NotUsed)
}

fn response(usage: &OperationUsage, change: &Affecting<'_>, status: &str, labels: &[&str]) -> Use {
    let Some(status) = Status::parse(status) else {
        return Use::Unknown;
    };
    // What a new status brings, every caller may meet.
    if labels.is_empty() && change.kind == Kind::Added {
        return Use::Uses;
    }
    let found = usage.reads.iter().map(|(key, read)| {
        let grade = Status::parse(key).map_or(Use::Unknown, |key| covers(key, status));
        grade.min(content(usage, read, change, labels))
    });
    found.max().unwrap_or(Use::NotUsed)
}

/// Whether someone who reads one status meets what another one stands for.
fn covers(read: Status, element: Status) -> Use {
    match (read, element) {
        (Status::Default, _) => Use::Uses,
        // Only where no nearer response stands for it.
        (_, Status::Default) => Use::Unknown,
        (Status::Code(one), Status::Code(other)) => used(one == other),
        (Status::Range(one), Status::Range(other)) => used(one == other),
        (Status::Code(code), Status::Range(range)) | (Status::Range(range), Status::Code(code)) => {
            used(code / 100 == u16::from(range))
        }
    }
}

/// A change inside a response of which `read` is read.
fn content(
    usage: &OperationUsage,
    read: &BTreeSet<String>,
    change: &Affecting<'_>,
    labels: &[&str],
) -> Use {
    let Some((first, rest)) = labels.split_first() else {
        return Use::Uses;
    };
    match first.split_once(':') {
        Some(("header", name)) => used(reads_header(read, name)),
        Some(("media", _)) => match rest {
            // Another type, or none: nothing of the body can be read.
            [] => Use::Uses,
            ["body", path @ ..] => received_body(usage, read, change, path),
            _ => Use::Unknown,
        },
        Some(_) | None => Use::Unknown,
    }
}

fn reads_header(read: &BTreeSet<String>, name: &str) -> bool {
    let mut headers = read.iter().filter_map(|text| text.strip_prefix("header:"));
    headers.any(|header| quoted(header) == name)
}

/// A change beneath a body that consumers read.
fn received_body(
    usage: &OperationUsage,
    read: &BTreeSet<String>,
    change: &Affecting<'_>,
    path: &[&str],
) -> Use {
    let Some(element) = Path::of_element(path) else {
        return Use::Unknown;
    };
    if change.rule == "null-allowed" {
        let tolerated = usage
            .tolerates
            .null
            .iter()
            .filter_map(|text| Path::declared(text));
        if tolerated.into_iter().any(|null| null.names(&element)) {
            return Use::NotUsed;
        }
    }
    if change.kind != Kind::Added {
        return meets(read, path, |it| it);
    }
    if path.last().is_some_and(|label| is_value(label)) {
        return if usage.tolerates.unknown_enum {
            Use::NotUsed
        } else {
            meets(read, path, |it| it)
        };
    }
    if element.is_member() && usage.tolerates.unknown_fields {
        return Use::NotUsed;
    }
    meets(read, path, |it| it.around())
}

/// A webhook, or what is called back: its request is what consumers read, whatever status it is declared under.
pub(super) fn received(usage: &OperationUsage, change: &Affecting<'_>, labels: &[&str]) -> Use {
    let Some((first, rest)) = labels.split_first() else {
        return Use::Uses;
    };
    let read: BTreeSet<String> = usage.reads.values().flatten().cloned().collect();
    match first.split_once(':') {
        None if *first == "req" => Use::Uses,
        Some(("req", _)) => match rest {
            [] => Use::Uses,
            ["body", path @ ..] => received_body(usage, &read, change, path),
            _ => Use::Unknown,
        },
        Some(("header", name)) => used(reads_header(&read, name)),
        Some(_) | None => Use::Unknown,
    }
}

/// A bare schema: read where providers write its values, sent where consumers do.
pub(super) fn schema(usage: &OperationUsage, change: &Affecting<'_>, labels: &[&str]) -> Use {
    let nothing = BTreeSet::new();
    let sent = usage.sends.get("body").unwrap_or(&nothing);
    let read: BTreeSet<String> = usage.reads.values().flatten().cloned().collect();
    let reading = || received_body(usage, &read, change, labels);
    let writing = || {
        if sent.is_empty() {
            Use::NotUsed
        } else {
            written(usage, sent, change, labels)
        }
    };
    match change.direction {
        Some(Direction::Output) => reading(),
        Some(Direction::Input) => writing(),
        None => reading().max(writing()),
    }
}
