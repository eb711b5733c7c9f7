//! The YAML tags that contracts may use.

use super::{
    error::{Flaw, Read},
    scalar::{Scalar, resolve},
};
use crate::text::Span;
use granit_parser::Tag;

/// Where the tags of YAML 1.2.2, section 10, live.
const TAGS: &str = "tag:yaml.org,2002:";

/// The core schema, and the tag that some writers give to merge keys.
const NAMES: [&str; 8] = ["str", "int", "float", "bool", "null", "map", "seq", "merge"];

/// The name of a tag, if there is one; it must be one that contracts may use.
pub(super) fn name(tag: Option<&Tag>, at: u32) -> Read<Option<&'static str>> {
    let Some(tag) = tag else {
        return Ok(None);
    };
    // The tag `!` alone says that a plain scalar is a string.
    let name = match tag.suffix_in_namespace(TAGS) {
        _ if tag.parts() == ("!", "") || tag.parts() == ("", "!") => Some("str"),
        Some(name) => NAMES.into_iter().find(|known| *known == name),
        None => None,
    };
    match name {
        Some(name) => Ok(Some(name)),
        None => Err(Flaw::new(
            at,
            format!("the tag `{}` has no meaning in a contract", tag.original()),
        )
        .help("remove it; known are !!str, !!int, !!float, !!bool, !!null, !!map, and !!seq")),
    }
}

/// Checks that the tag of a container, if there is one, is the expected one.
pub(super) fn fits(tag: Option<&str>, expected: &str, at: u32) -> Read<()> {
    match tag {
        Some(tag) if tag != expected => Err(Flaw::new(
            at,
            format!("this value does not fit its tag `!!{tag}`"),
        )
        .help("correct the value, or remove the tag")),
        _ => Ok(()),
    }
}

/// What a scalar with a tag means.
pub(super) fn scalar<'t>(text: &'t str, tag: &str, span: Span) -> Read<Scalar<'t>> {
    let meaning = resolve(text);
    let fits = match (&meaning, tag) {
        (Scalar::Number(number), "int") => !number.contains(['.', 'e', 'E']),
        (Scalar::Number(_) | Scalar::NotFinite, "float")
        | (Scalar::Bool(_), "bool")
        | (Scalar::Null, "null") => true,
        _ => false,
    };
    if fits {
        return Ok(meaning);
    }
    let text: String = text.chars().take(40).collect();
    Err(Flaw::new(
        span.start,
        format!("`{text}` does not fit its tag `!!{tag}`"),
    )
    .help("correct the value, or remove the tag"))
}
