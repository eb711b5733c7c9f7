//! Which JSON types a value may have, `null`, and schemas that allow nothing.

use super::{
    sides::sides,
    values::{closed, type_of},
};
use crate::rules::{Content, Detect, Hit, Hits, Rule, SchemaView};
use crate::spec::{At, Schema, Schemas, Types};
use crate::variance::Effect;

/// How many lists of alternatives within each other are looked through.
const DEEPEST: u8 = 8;

/// The types a side allows, `null` aside, as said and as its closed list leaves them.
struct Typed {
    said: Types,
    left: Types,
    at: Option<At>,
}

fn typed(schemas: &Schemas<'_>, schema: &Schema<'_>, other: &Schema<'_>) -> Typed {
    let mut said = schema.types;
    let mut at = schema.types_at;
    // Alternatives without a type of their own beside them have the types of their branches.
    if said == Types::ALL && other.types != Types::ALL {
        for group in &schema.groups {
            let branches = group
                .branches
                .iter()
                .map(|branch| schemas.get(schemas.of_node(*branch)).types)
                .fold(Types::NONE, Types::or);
            said = said.and(branches);
            at = at.or(Some(group.at));
        }
    }
    let left = closed(schemas.bundle, schema).map_or(said, |closed| {
        let listed = closed
            .list
            .iter()
            .map(|value| type_of(schemas.bundle, *value))
            .fold(Types::NONE, Types::or);
        said.and(listed)
    });
    Typed {
        said: said.without(Types::NULL),
        left: left.without(Types::NULL),
        at,
    }
}

fn pair(view: &SchemaView<'_, '_>) -> Option<(Typed, Typed)> {
    let (old, new) = sides(view)?;
    Some((
        typed(&view.graph.old, old, new),
        typed(&view.graph.new, new, old),
    ))
}

/// The types that were lost and gained.
fn moved(old: &Typed, new: &Typed) -> (Types, Types) {
    (old.left.without(new.said), new.left.without(old.said))
}

#[derive(PartialEq)]
enum Move {
    Narrowed,
    Widened,
    Changed,
}

fn types(view: &SchemaView<'_, '_>, hits: &mut Hits, wanted: &Move) {
    let Some((old, new)) = pair(view) else { return };
    let (lost, gained) = moved(&old, &new);
    let found = match (lost.is_empty(), gained.is_empty()) {
        (true, true) => return,
        (false, true) => Move::Narrowed,
        (true, false) => Move::Widened,
        (false, false) => Move::Changed,
    };
    if found != *wanted {
        return;
    }
    let all = Types::ALL.without(Types::NULL);
    let name = |types: Types| if types == all { Types::ALL } else { types };
    hits.push(
        Hit::nodes(old.at, new.at)
            .hole("old", name(old.said))
            .hole("new", name(new.said)),
    );
}

/// Whether `null` is a value, by the types and the closed lists together.
fn takes_null(schemas: &Schemas<'_>, schema: &Schema<'_>) -> bool {
    let bundle = schemas.bundle;
    schema.or_null
        || (schema.types.holds(Types::NULL)
            && schema.values.iter().all(|values| {
                values
                    .list
                    .iter()
                    .any(|value| type_of(bundle, *value) == Types::NULL)
            }))
}

/// Whether `null` is a value beside a side that says its types: then alternatives say them, too.
fn leaves_null(schemas: &Schemas<'_>, schema: &Schema<'_>, other: &Schema<'_>) -> bool {
    takes_null(schemas, schema)
        && (schema.or_null
            || schema.types != Types::ALL
            || other.types == Types::ALL
            || branches_take_null(schemas, schema, DEEPEST))
}

/// Whether every list of alternatives has one that takes `null`, as far down as it pays to look.
fn branches_take_null(schemas: &Schemas<'_>, schema: &Schema<'_>, depth: u8) -> bool {
    depth == 0
        || schema.groups.iter().all(|group| {
            group.branches.iter().any(|branch| {
                let branch = schemas.get(schemas.of_node(*branch));
                takes_null(schemas, &branch)
                    && (branch.or_null || branches_take_null(schemas, &branch, depth - 1))
            })
        })
}

fn null(view: &SchemaView<'_, '_>, hits: &mut Hits, allowed: bool) {
    let Some((old, new)) = pair(view) else { return };
    let before = leaves_null(&view.graph.old, view.old, view.new);
    let after = leaves_null(&view.graph.new, view.new, view.old);
    if before == after || after != allowed {
        return;
    }
    // From any type at all to a few: that `null` is not among them is part of the same sentence.
    let (lost, gained) = moved(&old, &new);
    let unsaid = |schema: &Schema<'_>| schema.types == Types::ALL && schema.values.is_empty();
    if (!lost.is_empty() && unsaid(view.old)) || (!gained.is_empty() && unsaid(view.new)) {
        return;
    }
    let said = |schema: &Schema<'_>, typed: &Typed| {
        typed.at.or(schema.values.first().map(|values| values.at))
    };
    // `nullable` came, went, or turned, unless another dialect says it in the types.
    let flags = (view.old.null_at, view.new.null_at);
    let spelt_alike = view.graph.old.bundle.dialect == view.graph.new.bundle.dialect;
    let turned = view.old.types.holds(Types::NULL) != view.new.types.holds(Types::NULL);
    let (before_at, after_at) = match (view.old.or_null_at, view.new.or_null_at) {
        (None, None) if turned && spelt_alike && flags != (None, None) => flags,
        (None, None) => (said(view.old, &old), said(view.new, &new)),
        // `X or null` was put around a reference or taken away: what it leads to says what it said.
        (old, new) => (
            old.or(view.nodes.map(|nodes| nodes.0)),
            new.or(view.nodes.map(|nodes| nodes.1)),
        ),
    };
    hits.push(
        Hit::at(before_at, after_at)
            .before(Content::Json(before.to_string()))
            .after(Content::Json(after.to_string())),
    );
}

fn never(view: &SchemaView<'_, '_>, hits: &mut Hits, allowed: bool) {
    let (old, new) = (view.old.never, view.new.never);
    if old.is_some() != new.is_some() && new.is_none() == allowed {
        hits.push(
            Hit::at(old, new)
                .before(Content::Json((!allowed).to_string()))
                .after(Content::Json(allowed.to_string())),
        );
    }
}

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "type-narrowed",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has type {new}, narrowed from {old}",
        docs: "\
A schema allows fewer types than before.

A consumer that sends a value of a type that is gone is turned away.
Keep the old type beside the new one until nobody sends it, or offer the stricter form in a new version.
",
        detect: Detect::Schema(|view, hits| types(view, hits, &Move::Narrowed)),
    },
    Rule {
        id: "type-widened",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} has type {new}, widened from {old}",
        docs: "\
A schema allows more types than before.

A consumer that reads the value meets a type that its code was not written for: a fraction in an integer, a
list in place of a string.
Keep the type where consumers read it, and give the new form a member of its own.
",
        detect: Detect::Schema(|view, hits| types(view, hits, &Move::Widened)),
    },
    Rule {
        id: "type-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} has type {new}, changed from {old}",
        docs: "\
A schema swaps some types for others.

Values that were right are wrong now, and readers meet values they never expected.
Add a member with the new type, deprecate the old one, and remove it when its window has passed.
",
        detect: Detect::Schema(|view, hits| types(view, hits, &Move::Changed)),
    },
    Rule {
        id: "null-allowed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} may be null",
        docs: "\
A value may be `null` where it never was.

A consumer that reads the value without a check fails on the first `null`.
Leave the member out instead of sending `null`, or announce the change before the first one is sent.
",
        detect: Detect::Schema(|view, hits| null(view, hits, true)),
    },
    Rule {
        id: "null-forbidden",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} may no longer be null",
        docs: "\
A value may no longer be `null`.

A consumer that sends `null`, often to clear a value, is turned away.
Go on taking `null` and treat it as the value left out.
",
        detect: Detect::Schema(|view, hits| null(view, hits, false)),
    },
    Rule {
        id: "schema-forbidden",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} allows no value at all",
        docs: "\
A schema became `false`: no value meets it.

A consumer that sends any value in this place is turned away.
Deprecate the place first, and forbid it when its window has passed.
",
        detect: Detect::Schema(|view, hits| never(view, hits, false)),
    },
    Rule {
        id: "schema-allowed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} allows values where it allowed none",
        docs: "\
A schema was `false`, and now some values meet it.

A consumer that reads the place meets values where there were none.
Announce the values before they appear in what consumers read.
",
        detect: Detect::Schema(|view, hits| never(view, hits, true)),
    },
];
