//! What strings look like: `pattern` and the `content` keywords.

use super::sides::{listed, shorten, sides_with};
use crate::rules::{Detect, Hit, Hits, Rule, SchemaView};
use crate::spec::{At, Types};
use crate::variance::Effect;

const INCOMPARABLE: &str = "whether two regular expressions match the same strings is open";

#[derive(PartialEq)]
enum Fact {
    Added,
    Removed,
    Changed,
}

type Said<'d> = (&'d str, At);

/// The patterns that only one side has, those aside that match every string.
fn own<'d>(list: &[Said<'d>], other: &[Said<'_>]) -> Vec<Said<'d>> {
    list.iter()
        .copied()
        .filter(|(text, _)| !matches!(*text, "" | ".*" | "^" | "$" | "^.*" | ".*$"))
        .filter(|(text, _)| other.iter().all(|(held, _)| held != text))
        .collect()
}

fn pattern(view: &SchemaView<'_, '_>, hits: &mut Hits, fact: &Fact) {
    let Some((old, new)) = sides_with(view, Types::STRING) else {
        return;
    };
    let before = own(&old.patterns, &new.patterns);
    let after = own(&new.patterns, &old.patterns);
    let seen = match (before.is_empty(), after.is_empty()) {
        (true, true) => return,
        (true, false) => Fact::Added,
        (false, true) => Fact::Removed,
        (false, false) => Fact::Changed,
    };
    if seen != *fact {
        return;
    }
    let words = |list: &[Said<'_>]| {
        let words: Vec<String> = list
            .iter()
            .map(|(text, _)| format!("`{}`", shorten(text)))
            .collect();
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
    hits.push(if seen == Fact::Changed {
        hit.reason(INCOMPARABLE)
    } else {
        hit
    });
}

fn content(view: &SchemaView<'_, '_>, hits: &mut Hits, keyword: &str) {
    let Some((old, new)) = sides_with(view, Types::STRING) else {
        return;
    };
    let (old, new) = (old.content.get(keyword), new.content.get(keyword));
    if old.map(|(text, _)| text) == new.map(|(text, _)| text) {
        return;
    }
    let word =
        |said: Option<&Said<'_>>| said.map_or_else(|| "none".to_owned(), |(text, _)| shorten(text));
    hits.push(
        Hit::nodes(old.map(|(_, at)| *at), new.map(|(_, at)| *at))
            .hole("old", word(old))
            .hole("new", word(new)),
    );
}

fn content_schema(view: &SchemaView<'_, '_>, hits: &mut Hits, added: bool) {
    let Some((old, new)) = sides_with(view, Types::STRING) else {
        return;
    };
    match (old.content_schema.first(), new.content_schema.first()) {
        (None, Some(new)) if added => hits.push(Hit::nodes(None, Some(*new))),
        (Some(old), None) if !added => hits.push(Hit::nodes(Some(*old), None)),
        _ => {}
    }
}

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "pattern-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has to match {new}",
        docs: "\
A string has to match a regular expression.

A consumer that sends a string that does not match is turned away.
Take what was taken before, or ask for the form in a new version.
",
        detect: Detect::Schema(|view, hits| pattern(view, hits, &Fact::Added)),
    },
    Rule {
        id: "pattern-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} need not match {old}",
        docs: "\
A string no longer has to match a regular expression.

A consumer that takes the string apart by the expression meets one that does not match.
Keep the expression for what consumers read.
",
        detect: Detect::Schema(|view, hits| pattern(view, hits, &Fact::Removed)),
    },
    Rule {
        id: "pattern-changed",
        effect: Effect::Obscures,
        except: &[],
        message: "{subject} has to match {new}, and had to match {old}",
        docs: "\
The regular expression that a string has to match changed.

If some string matches only one of the two, a consumer that sends or reads it is hurt; two expressions alone
do not tell.
Write the new expression so that it plainly contains the old one, or have the change signed off.
",
        detect: Detect::Schema(|view, hits| pattern(view, hits, &Fact::Changed)),
    },
    Rule {
        id: "content-encoding-changed",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} has content encoding {new}, and had {old}",
        docs: "\
What the characters of a string stand for changed: another `contentEncoding`, or one more or less.

Every string is still allowed, but who decodes it the old way gets other bytes.
Offer the new encoding in a member of its own.
",
        detect: Detect::Hint(|view, hits| content(view, hits, "contentEncoding")),
    },
    Rule {
        id: "content-media-type-changed",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} has content media type {new}, and had {old}",
        docs: "\
What is inside of a string changed: another `contentMediaType`, or one more or less.

Every string is still allowed, but who parses it as the old media type fails or misreads it.
Offer the new media type in a member of its own.
",
        detect: Detect::Hint(|view, hits| content(view, hits, "contentMediaType")),
    },
    Rule {
        id: "content-schema-added",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} says what its content looks like",
        docs: "\
The content inside of a string got a schema.

Validators take it for an annotation, but a provider that begins to check the content turns some of it away.
Describe what was accepted all along, and announce what is not.
",
        detect: Detect::Hint(|view, hits| content_schema(view, hits, true)),
    },
    Rule {
        id: "content-schema-removed",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} no longer says what its content looks like",
        docs: "\
The content inside of a string lost its schema.

Who reads the content can no longer tell from the contract what to expect.
Keep the schema as long as the content keeps its form.
",
        detect: Detect::Hint(|view, hits| content_schema(view, hits, false)),
    },
];
