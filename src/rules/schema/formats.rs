//! `format`: a language of its own for a few, a hint for all others.

use super::sides::{listed, shorten, sides};
use crate::rules::{Detect, Hit, Hits, Rule, SchemaView};
use crate::spec::{At, language};
use crate::variance::Effect;

const OVERLAP: &str = "the two formats share some values, and which ones are used is open";

/// Smaller language first. A UUID and a date are letters, digits, and hyphens, so they are host names.
const INSIDE: [(&str, &str); 3] = [
    ("int32", "int64"),
    ("uuid", "hostname"),
    ("date", "hostname"),
];

/// What may share a value without being inside: `a::b` is a URI and an address, a mailbox may look like a URI,
/// and whether four numbers are a host name depends on whom one asks.
const OVERLAPPING: [(&str, &str); 3] = [("uri", "ipv6"), ("uri", "email"), ("ipv4", "hostname")];

#[derive(Clone, Copy, PartialEq)]
enum Fact {
    Added,
    Removed,
    Narrowed,
    Widened,
    Changed,
}

type Said<'d> = (&'d str, At);

fn has_language(view: &SchemaView<'_, '_>, format: &str) -> bool {
    let both = view.old.types.and(view.new.types);
    view.formats_assert && language(format).is_some_and(|types| both.meets(types))
}

/// What one edit is, and what it does where that differs from the rule's effect.
fn judge(
    view: &SchemaView<'_, '_>,
    old: &[Said<'_>],
    new: &[Said<'_>],
) -> Option<(Fact, Option<Effect>, Option<&'static str>)> {
    let asserts = |list: &[Said<'_>]| list.iter().any(|(name, _)| has_language(view, name));
    let hint = |asserts: bool| (!asserts).then_some(Effect::Alters);
    let ([(before, _)], [(after, _)]) = (old, new) else {
        return match (old.is_empty(), new.is_empty()) {
            (true, true) => None,
            (true, false) => Some((Fact::Added, hint(asserts(new)), None)),
            (false, true) => Some((Fact::Removed, hint(asserts(old)), None)),
            (false, false) if asserts(old) || asserts(new) => {
                Some((Fact::Changed, Some(Effect::Obscures), Some(OVERLAP)))
            }
            (false, false) => Some((Fact::Changed, None, None)),
        };
    };
    let is = |pairs: &[(&str, &str)], a: &str, b: &str| pairs.contains(&(a, b));
    Some(
        match (has_language(view, before), has_language(view, after)) {
            (false, false) => (Fact::Changed, None, None),
            (false, true) => (Fact::Narrowed, None, None),
            (true, false) => (Fact::Widened, None, None),
            (true, true) if is(&INSIDE, after, before) => (Fact::Narrowed, None, None),
            (true, true) if is(&INSIDE, before, after) => (Fact::Widened, None, None),
            (true, true) if is(&OVERLAPPING, before, after) || is(&OVERLAPPING, after, before) => {
                (Fact::Changed, Some(Effect::Obscures), Some(OVERLAP))
            }
            (true, true) => (Fact::Changed, Some(Effect::Shifts), None),
        },
    )
}

/// Formats that only one side has.
fn own<'d>(list: &[Said<'d>], other: &[Said<'_>]) -> Vec<Said<'d>> {
    list.iter()
        .copied()
        .filter(|(name, _)| other.iter().all(|(held, _)| held != name))
        .collect()
}

fn format(view: &SchemaView<'_, '_>, hits: &mut Hits, fact: Fact) {
    let Some((old, new)) = sides(view) else {
        return;
    };
    // No type in common: the types tell it all.
    if !old.types.meets(new.types) {
        return;
    }
    let before = own(&old.formats, &new.formats);
    let after = own(&new.formats, &old.formats);
    let Some((seen, effect, reason)) = judge(view, &before, &after) else {
        return;
    };
    if seen != fact {
        return;
    }
    let words = |list: &[Said<'_>]| {
        let words: Vec<String> = list.iter().map(|(name, _)| shorten(name)).collect();
        listed(&words)
    };
    let mut hit = Hit::nodes(
        before.first().map(|(_, at)| *at),
        after.first().map(|(_, at)| *at),
    );
    if !before.is_empty() {
        hit = hit.hole("old", words(&before));
    }
    if !after.is_empty() {
        hit = hit.hole("new", words(&after));
    }
    hit.effect = effect;
    hit.reason = reason;
    hits.push(hit);
}

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "format-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has format {new}",
        docs: "\
A value got a format.

Where the format has a language of its own (a date, a UUID, a 32-bit integer), a consumer that sends anything
else is turned away. Any other format is a hint, and code that takes the hint may behave differently.
Take what was taken before, or ask for the format in a new version.
",
        detect: Detect::Schema(|view, hits| format(view, hits, Fact::Added)),
    },
    Rule {
        id: "format-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} no longer has format {old}",
        docs: "\
A value lost its format.

Where the format has a language of its own, a consumer that parses the value by it meets one that is
different.
Keep the format for what consumers read.
",
        detect: Detect::Schema(|view, hits| format(view, hits, Fact::Removed)),
    },
    Rule {
        id: "format-narrowed",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has format {new}, which allows less than {old}",
        docs: "\
The format of a value allows less than the one before.

A consumer that sends a value that only the old format allows is turned away.
Take both for a while, or ask for the new format in a new version.
",
        detect: Detect::Schema(|view, hits| format(view, hits, Fact::Narrowed)),
    },
    Rule {
        id: "format-widened",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} has format {new}, which allows more than {old}",
        docs: "\
The format of a value allows more than the one before.

A consumer that reads the value may meet one that does not fit: a 64-bit number in a 32-bit variable.
Keep the format for what consumers read, and give the larger values a member of their own.
",
        detect: Detect::Schema(|view, hits| format(view, hits, Fact::Widened)),
    },
    Rule {
        id: "format-changed",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} has format {new}, and had {old}",
        docs: "\
A value has another format.

Between two formats with languages of their own, every value changes and both sides are hurt. Between two
hints the values agree, but code that takes the hint may behave differently.
Add a member with the new format, and deprecate the old one.
",
        detect: Detect::Schema(|view, hits| format(view, hits, Fact::Changed)),
    },
];
