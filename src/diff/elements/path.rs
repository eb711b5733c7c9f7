//! Element ids taken apart: labels at ` > `, and steps inside schemas.

use crate::spec::Segment;

/// One step beneath a schema, and how it was spelt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'t> {
    /// How it was spelt.
    pub text: &'t str,
    /// What it says.
    pub segment: Segment,
}

/// The labels of an element id; ` > ` inside a quoted name separates nothing.
#[must_use]
pub fn labels_of(element: &str) -> Vec<&str> {
    let mut labels = Vec::new();
    let (mut start, mut at, mut inside) = (0, 0, false);
    let bytes = element.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if inside => at += 1,
            b'"' => inside = !inside,
            b' ' if !inside && bytes[at..].starts_with(b" > ") => {
                labels.push(&element[start..at]);
                at += 2;
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    labels.push(&element[start..]);
    labels
}

/// The steps of a path such as `.items[].sku`; `None` when it is no path.
#[must_use]
pub fn steps_of(path: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let (segment, length) = step(rest)?;
        let (text, after) = rest.split_at_checked(length)?;
        steps.push(Step { text, segment });
        rest = after;
    }
    Some(steps)
}

fn step(text: &str) -> Option<(Segment, usize)> {
    const FIXED: [(&str, Segment); 8] = [
        ("{}", Segment::Additional),
        ("[]", Segment::Items),
        ("[?]", Segment::Contains),
        ("{name}", Segment::Names),
        ("!not", Segment::Not),
        ("?if", Segment::If),
        ("?then", Segment::Then),
        ("?else", Segment::Else),
    ];
    if let Some((name, length)) = named(text, '.') {
        return Some((Segment::Property(name), length));
    }
    if let Some((name, length)) = named(text, '|') {
        return Some((Segment::Branch(name), length));
    }
    if let Some(rest) = text.strip_prefix("{/") {
        let end = rest.find("/}")?;
        return Some((Segment::Pattern(rest[..end].to_owned()), end + 4));
    }
    for (spelt, segment) in FIXED {
        if let Some(rest) = text.strip_prefix(spelt) {
            // `?iffy` is a member that others depend on.
            let longer = spelt.starts_with('?') && rest.starts_with(is_plain);
            if !longer {
                return Some((segment, spelt.len()));
            }
        }
    }
    if text.starts_with("~content") {
        return Some((Segment::Content, "~content".len()));
    }
    if let Some(rest) = text.strip_prefix('[') {
        let end = rest.find(']')?;
        return Some((Segment::Prefix(rest[..end].parse().ok()?), end + 2));
    }
    let (name, length) = named(text, '?')?;
    Some((Segment::Dependent(name), length))
}

/// A name after its sign, quoted or plain, and how long both are.
fn named(text: &str, sign: char) -> Option<(String, usize)> {
    let rest = text.strip_prefix(sign)?;
    if rest.starts_with('"') {
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<String>();
        let name = values.next()?.ok()?;
        return Some((name, 1 + values.byte_offset()));
    }
    let end = rest.find(|c| !is_plain(c)).unwrap_or(rest.len());
    (end > 0).then(|| (rest[..end].to_owned(), 1 + end))
}

/// What a name may consist of without quotes, as [`crate::spec::quoted`] has it.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@' | '+')
}
