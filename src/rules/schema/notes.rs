//! What says nothing about which values are allowed: defaults, deprecation, words, and XML names.

use super::sides::{listed, short, sides};
use crate::rules::{Detect, Hit, Hits, Rule, SchemaView};
use crate::spec::{At, Bundle, Dialect};
use crate::variance::Effect;
use std::collections::BTreeSet;

/// Keys by which a document says that it also speaks XML.
const XML: [&str; 3] = ["application/xml", "text/xml", "application/*"];

#[derive(PartialEq)]
enum Fact {
    Added,
    Removed,
    Changed,
}

fn fact(old: Option<At>, new: Option<At>) -> Option<Fact> {
    match (old, new) {
        (None, None) => None,
        (None, Some(_)) => Some(Fact::Added),
        (Some(_), None) => Some(Fact::Removed),
        (Some(_), Some(_)) => Some(Fact::Changed),
    }
}

fn default(view: &SchemaView<'_, '_>, hits: &mut Hits, wanted: &Fact) {
    let Some((old, new)) = sides(view) else {
        return;
    };
    let (old, new) = (old.default, new.default);
    if fact(old, new).as_ref() != Some(wanted) || same(view, old, new) {
        return;
    }
    let mut hit = Hit::nodes(old, new);
    if let Some(old) = old {
        hit = hit.hole("old", short(view.old_bundle(), old));
    }
    if let Some(new) = new {
        hit = hit.hole("new", short(view.new_bundle(), new));
    }
    hits.push(hit);
}

fn same(view: &SchemaView<'_, '_>, old: Option<At>, new: Option<At>) -> bool {
    old.zip(new).is_some_and(|(old, new)| view.equal(old, new))
}

fn deprecated(view: &SchemaView<'_, '_>, hits: &mut Hits, wanted: &Fact) {
    let (old, new) = (view.old.deprecated, view.new.deprecated);
    if fact(old, new).as_ref() == Some(wanted) {
        hits.push(Hit::nodes(old, new));
    }
}

/// One hit for all words of a schema.
fn documentation(view: &SchemaView<'_, '_>, hits: &mut Hits) {
    let said = |list: &[(&'static str, At)], keyword: &str| -> Vec<At> {
        let of_keyword = list.iter().filter(|(held, _)| *held == keyword);
        of_keyword.map(|(_, at)| *at).collect()
    };
    let (old, new) = (&view.old.docs, &view.new.docs);
    let keywords: BTreeSet<&str> = old.iter().chain(new).map(|(keyword, _)| *keyword).collect();
    let mut changed = Vec::new();
    let mut first = None;
    for keyword in keywords {
        let (before, after) = (said(old, keyword), said(new, keyword));
        let equal = before.len() == after.len()
            && before
                .iter()
                .zip(&after)
                .all(|(old, new)| view.equal(*old, *new));
        if !equal {
            changed.push(keyword.to_owned());
            first = first.or(Some((before.first().copied(), after.first().copied())));
        }
    }
    if let Some((old, new)) = first {
        hits.push(Hit::nodes(old, new).hole("keywords", listed(&changed)));
    }
}

/// Whether a document sends anything as XML; elsewhere `xml` is only words.
fn speaks_xml(bundle: &Bundle) -> bool {
    bundle.dialect == Dialect::Swagger2
        || bundle
            .files
            .iter()
            .any(|file| XML.iter().any(|key| file.tree.sym(key).is_some()))
}

fn xml(view: &SchemaView<'_, '_>, hits: &mut Hits) {
    let Some((old, new)) = sides(view) else {
        return;
    };
    let (old, new) = (old.xml, new.xml);
    if fact(old, new).is_none() || same(view, old, new) {
        return;
    }
    let hit = Hit::nodes(old, new);
    let read = speaks_xml(view.old_bundle()) || speaks_xml(view.new_bundle());
    hits.push(if read {
        hit
    } else {
        hit.effect(Effect::Annotates)
    });
}

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "default-added",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} has default {new}",
        docs: "\
A value got a default.

Every value that was right still is, but a consumer that leaves the value out gets different behaviour without
a change on its side.
Keep what happens when the value is left out, or announce the day it changes.
",
        detect: Detect::Hint(|view, hits| default(view, hits, &Fact::Added)),
    },
    Rule {
        id: "default-removed",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} no longer has default {old}",
        docs: "\
A value lost its default.

Every value that was right still is, but a consumer that leaves the value out gets different behaviour without
a change on its side.
Keep what happens when the value is left out, or announce the day it changes.
",
        detect: Detect::Hint(|view, hits| default(view, hits, &Fact::Removed)),
    },
    Rule {
        id: "default-changed",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} has default {new}, and had {old}",
        docs: "\
A value has another default.

Every value that was right still is, but a consumer that leaves the value out gets different behaviour without
a change on its side.
Keep what happens when the value is left out, or announce the day it changes.
",
        detect: Detect::Hint(|view, hits| default(view, hits, &Fact::Changed)),
    },
    Rule {
        id: "deprecated-marked",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is deprecated",
        docs: "\
Something is marked as deprecated.

Nobody yet: it works as before, and its window begins.
Say what to use in its place, and until when it works.
",
        detect: Detect::Hint(|view, hits| deprecated(view, hits, &Fact::Added)),
    },
    Rule {
        id: "deprecated-unmarked",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is no longer deprecated",
        docs: "\
Something is no longer marked as deprecated.

Nobody: whoever has moved away need not come back.
Tell those who were asked to move.
",
        detect: Detect::Hint(|view, hits| deprecated(view, hits, &Fact::Removed)),
    },
    Rule {
        id: "documentation-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is described in other words ({keywords})",
        docs: "\
Words or examples changed, and no value with them.

Nobody, unless the words change what a value means: that no tool can tell.
Nothing, if only the words are new.
",
        detect: Detect::Hint(documentation),
    },
    Rule {
        id: "xml-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} is written differently as XML",
        docs: "\
The XML name, namespace, or form of a value changed.

Whoever sends or reads the value as XML finds it under another name or in another place. In a document that
speaks no XML nothing changes.
Offer the new form under a media type of its own.
",
        detect: Detect::Hint(xml),
    },
];
