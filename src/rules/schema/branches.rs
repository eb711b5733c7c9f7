//! Alternatives: branches of `anyOf` and `oneOf`.

use super::sides::{shorten, sides};
use crate::diff::LooseBranch;
use crate::rules::{BranchView, Content, Detect, Hit, Hits, Rule, SchemaView};
use crate::spec::{At, Group, Schema, Schemas, Segment, Types};
use crate::variance::Effect;

fn removed(view: &BranchView<'_, '_>, hits: &mut Hits) {
    for branch in &view.branches.removed {
        hits.push(
            loose(branch, Some(branch.at), view.branches.new).before(Content::Schema(branch.id)),
        );
    }
}

fn added(view: &BranchView<'_, '_>, hits: &mut Hits) {
    for branch in &view.branches.added {
        hits.push(
            loose(branch, view.branches.old, Some(branch.at)).after(Content::Schema(branch.id)),
        );
    }
}

fn loose(branch: &LooseBranch, old: Option<At>, new: Option<At>) -> Hit {
    Hit::at(old, new)
        .hole("branch", format!("`{}`", shorten(&branch.label)))
        .tail(Segment::Branch(branch.label.clone()).to_string())
}

fn wrapped(view: &BranchView<'_, '_>, hits: &mut Hits, now: bool) {
    let branches = view.branches;
    let seen = match (branches.old, branches.new) {
        (None, Some(_)) => now,
        (Some(_), None) => !now,
        _ => false,
    };
    if seen {
        hits.push(
            Hit::nodes(branches.old, branches.new).hole("keyword", keyword(branches.exclusive.0)),
        );
    }
}

fn keyword(exclusive: bool) -> &'static str {
    if exclusive { "oneOf" } else { "anyOf" }
}

fn became(view: &BranchView<'_, '_>, hits: &mut Hits, exclusive: bool) {
    let branches = view.branches;
    let (Some(old), Some(new)) = (branches.old, branches.new) else {
        return;
    };
    let (before, after) = branches.exclusive;
    if before == after || after != exclusive {
        return;
    }
    let hit = Hit::at(Some(old), Some(new))
        .before(Content::text(keyword(before)))
        .after(Content::text(keyword(after)));
    hits.push(if branches.disjoint {
        hit.effect(Effect::Annotates)
    } else {
        hit
    });
}

/// Lists of alternatives beyond those that have a counterpart.
fn spare<'v>(list: &'v Schema<'_>, other: &Schema<'_>, exclusive: bool) -> Vec<&'v Group> {
    list.groups
        .iter()
        .skip(other.groups.len())
        .filter(|group| group.exclusive == exclusive)
        .collect()
}

/// A list that only one side has; nothing to tell where the types have nothing in common, or in a wrapped pair.
fn list(view: &SchemaView<'_, '_>, hits: &mut Hits, exclusive: bool, added: bool) {
    let Some((old, new)) = sides(view) else {
        return;
    };
    let (here, there, schemas) = if added {
        (new, old, &view.graph.new)
    } else {
        (old, new, &view.graph.old)
    };
    for group in spare(here, there, exclusive) {
        if !told_by_types(schemas, group, there) {
            hits.push(if added {
                Hit::nodes(None, Some(group.at))
            } else {
                Hit::nodes(Some(group.at), None)
            });
        }
    }
}

/// Whether a list says no more about the other side's values than their types do: none of them, or all, go on.
fn told_by_types(schemas: &Schemas<'_>, group: &Group, other: &Schema<'_>) -> bool {
    let branches: Vec<_> = group
        .branches
        .iter()
        .map(|branch| schemas.get(schemas.of_node(*branch)))
        .collect();
    let apart = branches.iter().enumerate().all(|(index, one)| {
        let later = &branches[index + 1..];
        later.iter().all(|other| !one.types.meets(other.types))
    });
    let whole = branches
        .iter()
        .filter(|branch| is_bare(branch))
        .map(|branch| branch.types)
        .fold(Types::NONE, Types::or);
    let none = branches.iter().all(|one| !one.types.meets(other.types));
    none || ((apart || !group.exclusive) && whole.holds(other.types))
}

/// Whether a schema asks for types and nothing else.
fn is_bare(schema: &Schema<'_>) -> bool {
    schema.values.is_empty()
        && schema.lower.is_none()
        && schema.upper.is_none()
        && schema.multiples.is_empty()
        && schema.counts.is_empty()
        && schema.unique.is_none()
        && schema.patterns.is_empty()
        && schema.formats.is_empty()
        && schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.pattern_properties.is_empty()
        && schema.rest.is_empty()
        && schema.names.is_empty()
        && schema.dependent_required.is_empty()
        && schema.dependent_schemas.is_empty()
        && schema.prefix.is_empty()
        && schema.items.is_empty()
        && schema.rest_items.is_empty()
        && schema.contains.is_empty()
        && schema.groups.is_empty()
        && schema.nots.is_empty()
        && schema.conditionals.is_empty()
        && schema.opaque.is_empty()
}

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "branch-removed",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} no longer has alternative {branch}",
        docs: "\
A list of alternatives lost one.

A consumer that sends a value of that form is turned away.
Go on taking the form until nobody sends it.
",
        detect: Detect::Branches(removed),
    },
    Rule {
        id: "branch-added",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} has a new alternative {branch}",
        docs: "\
A list of alternatives got one more.

A consumer that reads the value and handles only the forms it knows fails on the new one.
Ask consumers to skip forms they do not know before the first one is sent, or give it a new version.
",
        detect: Detect::Branches(added),
    },
    Rule {
        id: "schema-wrapped",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} became one alternative of a list ({keyword})",
        docs: "\
A schema became one alternative of `anyOf` or `oneOf`.

Nobody by this alone: the alternatives beside it, and what changed in it, are findings of their own.
Nothing; look at the alternatives.
",
        detect: Detect::Branches(|view, hits| wrapped(view, hits, true)),
    },
    Rule {
        id: "schema-unwrapped",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is the one alternative left of a list ({keyword})",
        docs: "\
One alternative of `anyOf` or `oneOf` became the whole schema.

Nobody by this alone: the alternatives that went, and what changed in it, are findings of their own.
Nothing; look at the alternatives.
",
        detect: Detect::Branches(|view, hits| wrapped(view, hits, false)),
    },
    Rule {
        id: "one-of-became-any-of",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} may meet several of its alternatives at once",
        docs: "\
Exactly one alternative had to hold, and now any number of them may.

A consumer that reads the value and relies on exactly one meets a value that is several things at once. Where
the alternatives keep apart anyway, nothing changes.
Keep the alternatives apart by a constant member.
",
        detect: Detect::Branches(|view, hits| became(view, hits, false)),
    },
    Rule {
        id: "any-of-became-one-of",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} may meet only one of its alternatives",
        docs: "\
Any number of alternatives could hold, and now exactly one has to.

A consumer that sends a value that meets several is turned away. Where the alternatives keep apart anyway,
nothing changes.
Keep the alternatives apart by a constant member first.
",
        detect: Detect::Branches(|view, hits| became(view, hits, true)),
    },
    Rule {
        id: "any-of-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} also has to meet one of a list of alternatives",
        docs: "\
A schema got an `anyOf` beside what it says already.

A consumer that sends a value that meets no alternative is turned away.
Take the values that were taken before.
",
        detect: Detect::Schema(|view, hits| list(view, hits, false, true)),
    },
    Rule {
        id: "any-of-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} no longer has to meet one of a list of alternatives",
        docs: "\
A schema lost an `anyOf` and keeps what else it says.

A consumer that reads the value and expects one of the alternatives meets others.
Keep the alternatives for what consumers read.
",
        detect: Detect::Schema(|view, hits| list(view, hits, false, false)),
    },
    Rule {
        id: "one-of-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} also has to meet one of a list of alternatives",
        docs: "\
A schema got an `oneOf` beside what it says already.

A consumer that sends a value that meets no alternative, or several, is turned away.
Take the values that were taken before.
",
        detect: Detect::Schema(|view, hits| list(view, hits, true, true)),
    },
    Rule {
        id: "one-of-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} no longer has to meet one of a list of alternatives",
        docs: "\
A schema lost an `oneOf` and keeps what else it says.

A consumer that reads the value and expects one of the alternatives meets others.
Keep the alternatives for what consumers read.
",
        detect: Detect::Schema(|view, hits| list(view, hits, true, false)),
    },
];
