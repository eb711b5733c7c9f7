//! Items of an array.

use super::sides::{is_trivial, sides_with};
use crate::rules::{Content, Detect, Hit, Hits, Rule, SchemaView};
use crate::spec::{At, Bundle, Schema, Segment, Types};
use crate::variance::Effect;

/// What a schema says about items that have no position of their own.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Open,
    Described,
    Closed,
}

fn state(bundle: &Bundle, schema: &Schema<'_>) -> (State, Option<At>) {
    if let Some(closing) = schema.rest_items.iter().find(|rest| rest.closed) {
        return (State::Closed, Some(closing.at));
    }
    let rest = schema.rest_items.first().map(|rest| rest.at);
    let described = schema
        .items
        .iter()
        .copied()
        .find(|at| !is_trivial(bundle, *at));
    match described.or(rest) {
        Some(at) => (State::Described, Some(at)),
        None => (State::Open, schema.items.first().copied()),
    }
}

fn items(view: &SchemaView<'_, '_>, hits: &mut Hits, from: &[State], to: &[State]) {
    let Some((old, new)) = sides_with(view, Types::ARRAY) else {
        return;
    };
    let (before, old_at) = state(view.old_bundle(), old);
    let (after, new_at) = state(view.new_bundle(), new);
    // Where both sides write `items`, even `items: {}`, the two are compared as schemas.
    let written = |schema: &Schema<'_>| {
        !schema.items.is_empty() || schema.rest_items.iter().any(|rest| !rest.closed)
    };
    let closes = before == State::Closed || after == State::Closed;
    let compared = written(old) && written(new) && !closes;
    if before == after || !from.contains(&before) || !to.contains(&after) || compared {
        return;
    }
    hits.push(Hit::nodes(old_at, new_at));
}

fn positions(view: &SchemaView<'_, '_>, hits: &mut Hits, added: bool) {
    let Some((old, new)) = sides_with(view, Types::ARRAY) else {
        return;
    };
    let (long, short, schemas) = if added {
        (new, old, &view.graph.new)
    } else {
        (old, new, &view.graph.old)
    };
    // The side without the position may say something about all later items; then the two were compared.
    if !short.items.is_empty() || short.rest_items.iter().any(|rest| !rest.closed) {
        return;
    }
    let closed = short.rest_items.iter().any(|rest| rest.closed);
    for (index, nodes) in long.prefix.iter().enumerate().skip(short.prefix.len()) {
        let at = nodes.first().copied();
        let content = Content::Schema(schemas.of_nodes(nodes));
        let hit = if added {
            Hit::at(None, at).after(content)
        } else {
            Hit::at(at, None).before(content)
        };
        let hit = hit
            .hole("position", index + 1)
            .tail(Segment::Prefix(index).to_string());
        hits.push(match (closed, added) {
            // There was no room for such an item before, or there is none now.
            (true, true) => hit.effect(Effect::Widens),
            (true, false) => hit.effect(Effect::Narrows),
            (false, _) => hit,
        });
    }
}

fn unique(view: &SchemaView<'_, '_>, hits: &mut Hits, added: bool) {
    if let Some((old, new)) = sides_with(view, Types::ARRAY)
        && old.unique.is_some() != new.unique.is_some()
        && new.unique.is_some() == added
    {
        hits.push(Hit::nodes(old.unique, new.unique));
    }
}

fn contains(view: &SchemaView<'_, '_>, hits: &mut Hits, added: bool) {
    let Some((old, new)) = sides_with(view, Types::ARRAY) else {
        return;
    };
    let (before, after) = (old.contains.first().copied(), new.contains.first().copied());
    if before.is_some() == after.is_some() || after.is_some() != added {
        return;
    }
    let counted = if added { new } else { old };
    // `minContains: 0` without an upper limit asks for nothing.
    let idle = counted.count("maxContains").is_none()
        && counted
            .count("minContains")
            .is_some_and(|(least, _)| least.is_zero());
    let hit = Hit::nodes(before, after);
    hits.push(if idle {
        hit.effect(Effect::Annotates)
    } else {
        hit
    });
}

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "items-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} restricts its items",
        docs: "\
The items of an array have to meet a schema.

A consumer that sends items of another form is turned away.
Describe the items that consumers send.
",
        detect: Detect::Schema(|view, hits| items(view, hits, &[State::Open], &[State::Described])),
    },
    Rule {
        id: "items-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} no longer restricts its items",
        docs: "\
The items of an array no longer have to meet a schema.

A consumer that reads the items and relies on their form meets others.
Keep the schema for what consumers read.
",
        detect: Detect::Schema(|view, hits| items(view, hits, &[State::Described], &[State::Open])),
    },
    Rule {
        id: "items-closed",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} allows no further items",
        docs: "\
An array allows no items but those it gives a position.

A consumer that sends more items is turned away.
Take further items and ignore them.
",
        detect: Detect::Schema(|view, hits| items(view, hits, &[State::Open, State::Described], &[State::Closed])),
    },
    Rule {
        id: "items-opened",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} allows further items",
        docs: "\
An array that allowed only the items it gives a position allows more.

A consumer that reads the array as a list of fixed length meets more items.
Keep the length for what consumers read.
",
        detect: Detect::Schema(|view, hits| items(view, hits, &[State::Closed], &[State::Open, State::Described])),
    },
    Rule {
        id: "prefix-item-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} describes its item {position}",
        docs: "\
An array describes one more item by its position.

Where further items were free, a consumer that sends another form of item there is turned away; where there
were none, a consumer that reads the array meets one more.
Put what is new into a member of an object.
",
        detect: Detect::Schema(|view, hits| positions(view, hits, true)),
    },
    Rule {
        id: "prefix-item-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} no longer describes its item {position}",
        docs: "\
An array describes one item less by its position.

Where further items are free, a consumer that reads the item meets any form of it; where there may be none, a
consumer that sends it is turned away.
Keep the position, and deprecate what stands there.
",
        detect: Detect::Schema(|view, hits| positions(view, hits, false)),
    },
    Rule {
        id: "unique-items-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} may not repeat an item",
        docs: "\
The items of an array have to differ.

A consumer that sends an item twice is turned away.
Take repeated items and drop them.
",
        detect: Detect::Schema(|view, hits| unique(view, hits, true)),
    },
    Rule {
        id: "unique-items-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} may repeat items",
        docs: "\
The items of an array need no longer differ.

A consumer that reads the items as a set or as keys meets one twice.
Keep the items unique in what consumers read.
",
        detect: Detect::Schema(|view, hits| unique(view, hits, false)),
    },
    Rule {
        id: "contains-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has to hold an item of a certain form",
        docs: "\
An array has to hold an item that meets a schema.

A consumer that sends an array without one is turned away.
Take the arrays that were taken before.
",
        detect: Detect::Schema(|view, hits| contains(view, hits, true)),
    },
    Rule {
        id: "contains-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} need not hold an item of a certain form",
        docs: "\
An array no longer has to hold an item that meets a schema.

A consumer that reads the array and looks for the item finds none.
Keep such an item in what consumers read.
",
        detect: Detect::Schema(|view, hits| contains(view, hits, false)),
    },
];
