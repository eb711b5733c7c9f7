//! A part of a payload in the smallest payload around it.

use crate::spec::Segment;
use serde_json::{Map, Value};

/// The value within what the steps lead through, and a JSON Pointer to it.
///
/// `None` where the steps do not say what to write. Whether the result is a payload of the place is for the referee.
#[must_use]
pub fn wrapped(steps: &[Segment], value: Value) -> Option<(Value, String)> {
    let mut names: Vec<String> = Vec::new();
    for step in steps {
        match step {
            Segment::Property(name) => names.push(name.clone()),
            Segment::Additional => names.push("extra".to_owned()),
            Segment::Items | Segment::Contains | Segment::Prefix(0) => names.push("0".to_owned()),
            Segment::Branch(_) | Segment::Then | Segment::Else | Segment::Dependent(_) => {}
            Segment::Pattern(_)
            | Segment::Prefix(_)
            | Segment::Names
            | Segment::Not
            | Segment::If
            | Segment::Content => return None,
        }
    }
    let whole = steps.iter().rev().fold(value, |inner, step| match step {
        Segment::Property(name) => object(name, inner),
        Segment::Additional => object("extra", inner),
        Segment::Items | Segment::Contains | Segment::Prefix(_) => Value::Array(vec![inner]),
        _ => inner,
    });
    let escaped = names
        .iter()
        .map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1")));
    Some((whole, escaped.collect()))
}

fn object(name: &str, value: Value) -> Value {
    let mut members = Map::new();
    members.insert(name.to_owned(), value);
    Value::Object(members)
}
