//! What the detectors of schema rules share.

use crate::rules::SchemaView;
use crate::spec::{At, Bundle, Schema, Types};
use crate::text::Decimal;
use std::fmt::Write;

/// Longer values are cut in sentences; reports show them whole as before and after.
const LONGEST: usize = 80;

/// The schema before and after.
pub(super) type Sides<'v, 'd> = (&'v Schema<'d>, &'v Schema<'d>);

/// Both sides, unless one of them allows no value, or refers to what cannot be read: then that is all there is to say.
pub(super) fn sides<'v, 'd>(view: &SchemaView<'v, 'd>) -> Option<Sides<'v, 'd>> {
    let forbidden = view.old.never.is_some() || view.new.never.is_some();
    let unread = view.old.opaque.is_empty() != view.new.opaque.is_empty();
    (!forbidden && !unread).then_some((view.old, view.new))
}

/// Both sides, where values of these types are allowed before and after; else the types tell it all.
pub(super) fn sides_with<'v, 'd>(view: &SchemaView<'v, 'd>, types: Types) -> Option<Sides<'v, 'd>> {
    sides(view).filter(|(old, new)| old.types.meets(types) && new.types.meets(types))
}

/// A value as JSON text.
pub(super) fn json(bundle: &Bundle, at: At) -> String {
    let mut out = String::new();
    match bundle.tree(at.file).write_json(at.node, &mut out) {
        Ok(()) => out,
        Err(_) => "null".to_owned(),
    }
}

/// A value as JSON text, short enough for a sentence.
pub(super) fn short(bundle: &Bundle, at: At) -> String {
    shorten(&json(bundle, at))
}

/// Text short enough for a sentence.
pub(super) fn shorten(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut out: String = text.chars().take(LONGEST - 1).collect();
    out.push('…');
    out
}

/// A number short enough for a sentence: both ends count, the digits between them do not.
pub(super) fn digits(number: &Decimal) -> String {
    const END: usize = LONGEST / 2;
    let text = number.to_string();
    if text.len() <= LONGEST {
        return text;
    }
    format!("{}…{}", &text[..END], &text[text.len() - END + 1..])
}

/// `a`, `a and b`, `a, b, and c`; long lists are counted.
pub(super) fn listed(words: &[String]) -> String {
    const SHOWN: usize = 6;
    if words.len() > SHOWN + 1 {
        let mut out = words[..SHOWN].join(", ");
        let _ = write!(out, ", and {} more", words.len() - SHOWN);
        return out;
    }
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}

/// A member's name as sentences show it.
pub(super) fn named(name: &str) -> String {
    format!("`{}`", shorten(name))
}

/// Whether a node is the schema that allows everything: `true` or `{}`.
pub(super) fn is_trivial(bundle: &Bundle, at: At) -> bool {
    let tree = bundle.tree(at.file);
    tree.bool(at.node) == Some(true)
        || (tree.kind(at.node) == crate::tree::Kind::Map && tree.size(at.node) == 0)
}
