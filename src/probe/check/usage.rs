//! What consumers say they read, against what is there.

use super::{Answer, Check, Place, Verdict};
use crate::probe::workflow::Read;
use serde_json::Value;

/// One check for each part that a consumer reads of answers with this status. What is optional may be missing, so that is told and
/// does not fail; what is required is missed by its schema.
#[must_use]
pub fn used(reads: &[Read], answer: &Answer<'_>) -> Vec<Check> {
    let status = answer.response.status;
    let mine = reads.iter().filter(|read| covers(&read.status, status));
    mine.map(|read| one(read, answer)).collect()
}

/// `200`, `4xx`, or `default`.
fn covers(written: &str, status: u16) -> bool {
    let digits = status.to_string();
    written.eq_ignore_ascii_case("default")
        || written == digits
        || written.eq_ignore_ascii_case(&format!("{}xx", &digits[..1]))
}

fn one(read: &Read, answer: &Answer<'_>) -> Check {
    let id = "usage-read";
    let Read { consumer, path, .. } = read;
    if let Some(name) = path.strip_prefix("header:") {
        let place = Place::Header(name.to_ascii_lowercase());
        return match answer.response.header(name) {
            Some(_) => Check::pass(id, format!("`{path}`, which {consumer} reads, is there")),
            None => missing(read),
        }
        .at(place);
    }
    let steps = steps(path);
    let Some(body) = &answer.body else {
        return missing(read);
    };
    match is_there(body, &steps) {
        Some(true) => Check::pass(id, format!("`{path}`, which {consumer} reads, is there")),
        Some(false) => missing(read),
        None => {
            let message = format!("a list is empty, so `{path}` was not seen");
            Check::new(id, Verdict::Skipped, message)
        }
    }
}

fn missing(Read { consumer, path, .. }: &Read) -> Check {
    let message = format!("{consumer} reads `{path}`, and it is not in this answer");
    Check::new("usage-read", Verdict::Warn, message)
}

/// A step of a path as element ids write it.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Name(String),
    /// Any item, or any member of a map.
    Any,
}

/// `.items[].sku`, `."a b"`, `{}`; all beneath (`/**`) is there when its top is.
fn steps(path: &str) -> Vec<Step> {
    let mut rest = path.strip_suffix("/**").unwrap_or(path);
    let mut steps = Vec::new();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '.' if rest.starts_with('"') => {
                let end = rest[1..].find('"').map_or(rest.len(), |end| end + 2);
                let (quoted, after) = rest.split_at(end);
                let name = serde_json::from_str(quoted).unwrap_or_default();
                steps.push(Step::Name(name));
                rest = after;
            }
            '.' => {
                let end = rest.find(['.', '[', '{', '|']).unwrap_or(rest.len());
                let (name, after) = rest.split_at(end);
                if !name.is_empty() {
                    steps.push(Step::Name(name.to_owned()));
                }
                rest = after;
            }
            '[' | '{' => {
                let close = if c == '[' { ']' } else { '}' };
                rest = rest.split_once(close).map_or("", |(_, after)| after);
                steps.push(Step::Any);
            }
            // A branch says which schema is meant, not where its members are.
            '|' => {
                let end = rest.find(['.', '[', '{']).unwrap_or(rest.len());
                rest = &rest[end..];
            }
            _ => {}
        }
    }
    steps
}

/// Whether a value is there at least once; `None` where only empty lists are on the way.
fn is_there(value: &Value, steps: &[Step]) -> Option<bool> {
    let Some((step, rest)) = steps.split_first() else {
        return Some(true);
    };
    match (step, value) {
        (Step::Name(name), Value::Object(members)) => match members.get(name) {
            Some(member) => is_there(member, rest),
            None => Some(false),
        },
        (Step::Any, Value::Array(items)) => any(items.iter(), rest),
        (Step::Any, Value::Object(members)) => any(members.values(), rest),
        (Step::Name(_) | Step::Any, _) => Some(false),
    }
}

fn any<'v>(values: impl Iterator<Item = &'v Value>, rest: &[Step]) -> Option<bool> {
    let seen: Vec<bool> = values.filter_map(|value| is_there(value, rest)).collect();
    (!seen.is_empty()).then(|| seen.contains(&true))
}
