//! `not`, `if`, and references that lead to nothing readable.

use super::sides::{listed, shorten, sides};
use crate::rules::{Detect, Hit, Hits, Rule, SchemaView};
use crate::spec::{At, Conditional};
use crate::variance::Effect;

const UNREADABLE: &str = "the reference leads to no schema that can be read";

/// Nodes of the first list without an equal in the second; lists of one length were compared one by one.
fn own(list: &[At], other: &[At], equal: impl Fn(At, At) -> bool) -> Vec<At> {
    if list.len() == other.len() {
        return Vec::new();
    }
    let mut left = other.to_vec();
    let mut own = Vec::new();
    for at in list {
        match left.iter().position(|held| equal(*at, *held)) {
            Some(index) => {
                left.remove(index);
            }
            None => own.push(*at),
        }
    }
    own
}

fn not(view: &SchemaView<'_, '_>, hits: &mut Hits, added: bool) {
    let Some((old, new)) = sides(view) else {
        return;
    };
    let own = if added {
        own(&new.nots, &old.nots, |new, old| view.equal(old, new))
    } else {
        own(&old.nots, &new.nots, |old, new| view.equal(old, new))
    };
    single_sided(own, hits, added);
}

fn single_sided(own: Vec<At>, hits: &mut Hits, added: bool) {
    for at in own {
        hits.push(if added {
            Hit::nodes(None, Some(at))
        } else {
            Hit::nodes(Some(at), None)
        });
    }
}

fn condition(view: &SchemaView<'_, '_>, hits: &mut Hits, added: bool) {
    let Some((old, new)) = sides(view) else {
        return;
    };
    let whens = |list: &[Conditional]| -> Vec<At> { list.iter().map(|one| one.when).collect() };
    let (before, after) = (whens(&old.conditionals), whens(&new.conditionals));
    let own = if added {
        own(&after, &before, |new, old| view.equal(old, new))
    } else {
        own(&before, &after, |old, new| view.equal(old, new))
    };
    single_sided(own, hits, added);
}

/// `then` or `else` of a condition that both sides have.
fn consequence(
    view: &SchemaView<'_, '_>,
    hits: &mut Hits,
    part: fn(&Conditional) -> Option<At>,
    added: bool,
) {
    let Some((old, new)) = sides(view) else {
        return;
    };
    if old.conditionals.len() != new.conditionals.len() {
        return;
    }
    for (old, new) in old.conditionals.iter().zip(&new.conditionals) {
        let (old, new) = (part(old), part(new));
        if old.is_some() != new.is_some() && new.is_some() == added {
            hits.push(Hit::nodes(old, new));
        }
    }
}

fn unreadable(view: &SchemaView<'_, '_>, hits: &mut Hits) {
    let (old, new) = (view.old, view.new);
    let texts = |list: &[(&str, At)]| -> Vec<String> {
        list.iter().map(|(text, _)| shorten(text)).collect()
    };
    let (before, after) = (texts(&old.opaque), texts(&new.opaque));
    if before == after {
        return;
    }
    let word = |list: &[String]| {
        if list.is_empty() {
            "a schema".to_owned()
        } else {
            listed(list)
        }
    };
    hits.push(
        Hit::nodes(
            old.opaque.first().map(|(_, at)| *at),
            new.opaque.first().map(|(_, at)| *at),
        )
        .hole("old", word(&before))
        .hole("new", word(&after))
        .reason(UNREADABLE),
    );
}

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "not-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} forbids values that meet a schema",
        docs: "\
A schema forbids the values of another (`not`).

A consumer that sends one of them is turned away.
Take the values that were taken before.
",
        detect: Detect::Schema(|view, hits| not(view, hits, true)),
    },
    Rule {
        id: "not-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} no longer forbids values that meet a schema",
        docs: "\
A schema no longer forbids the values of another (`not`).

A consumer that reads the value meets some that were ruled out.
Keep them out of what consumers read.
",
        detect: Detect::Schema(|view, hits| not(view, hits, false)),
    },
    Rule {
        id: "condition-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has to meet a further schema under a condition",
        docs: "\
A schema got a condition (`if` with `then` or `else`).

A consumer that sends a value that meets the condition and not what follows from it is turned away.
Take the values that were taken before.
",
        detect: Detect::Schema(|view, hits| condition(view, hits, true)),
    },
    Rule {
        id: "condition-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} no longer has to meet a further schema under a condition",
        docs: "\
A schema lost a condition (`if` with `then` or `else`).

A consumer that reads the value and relies on what followed from the condition meets others.
Keep to it in what consumers read.
",
        detect: Detect::Schema(|view, hits| condition(view, hits, false)),
    },
    Rule {
        id: "then-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has to meet a further schema for values that meet a condition",
        docs: "\
A condition got a `then`.

A consumer that sends one of the values that meet a condition, and not what is now asked of them, is turned
away.
Take the values that were taken before.
",
        detect: Detect::Schema(|view, hits| consequence(view, hits, |one| one.then, true)),
    },
    Rule {
        id: "then-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} asks nothing more of values that meet a condition",
        docs: "\
A condition lost its `then`.

A consumer that reads values that meet a condition and relies on what was asked of them meets others.
Keep to it in what consumers read.
",
        detect: Detect::Schema(|view, hits| consequence(view, hits, |one| one.then, false)),
    },
    Rule {
        id: "else-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has to meet a further schema for values that do not meet a condition",
        docs: "\
A condition got an `else`.

A consumer that sends one of the values that do not meet a condition, and not what is now asked of them, is
turned away.
Take the values that were taken before.
",
        detect: Detect::Schema(|view, hits| consequence(view, hits, |one| one.otherwise, true)),
    },
    Rule {
        id: "else-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} asks nothing more of values that do not meet a condition",
        docs: "\
A condition lost its `else`.

A consumer that reads values that do not meet a condition and relies on what was asked of them meets others.
Keep to it in what consumers read.
",
        detect: Detect::Schema(|view, hits| consequence(view, hits, |one| one.otherwise, false)),
    },
    Rule {
        id: "unreadable-reference-changed",
        effect: Effect::Obscures,
        except: &[],
        message: "{subject} refers to {new}, and referred to {old}",
        docs: "\
A reference that leads to no schema that can be read changed.

Nobody can tell: what it leads to is not part of the documents.
Mend the reference, or put the schema beside the document.
",
        detect: Detect::Schema(unreadable),
    },
];
