//! Members that a schema does not name: `additionalProperties` and `unevaluatedProperties`.

use super::sides::sides_with;
use crate::diff::Reading;
use crate::rules::{Content, Detect, Hit, Hits, Rule, SchemaView};
use crate::spec::{Rest, Schema, Types};
use crate::variance::{Direction, Effect, Verdict};

/// What a schema says about members it does not name.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Open,
    Described,
    Closed,
}

fn state<'v>(schema: &'v Schema<'_>) -> (State, Option<&'v Rest>) {
    let closing = schema.rest.iter().find(|rest| rest.closed);
    match (closing, schema.rest.first()) {
        (Some(rest), _) => (State::Closed, Some(rest)),
        (None, Some(rest)) => (State::Described, Some(rest)),
        (None, None) => (State::Open, None),
    }
}

fn moved(view: &SchemaView<'_, '_>, hits: &mut Hits, from: &[State], to: &[State]) {
    let Some((old, new)) = sides_with(view, Types::OBJECT) else {
        return;
    };
    let ((before, old_rest), (after, new_rest)) = (state(old), state(new));
    if before == after || !from.contains(&before) || !to.contains(&after) {
        return;
    }
    let keyword = new_rest.or(old_rest).map_or("", |rest| rest.keyword);
    let (old_at, new_at) = (old_rest.map(|rest| rest.at), new_rest.map(|rest| rest.at));
    let mut hit = Hit::at(old_at, new_at).hole("keyword", keyword);
    hit.before = old_at.map(Content::Node);
    hit.after = new_at.map(Content::Node);
    hits.push(match (before, after, view.reading) {
        // The schema that declared the other members is gone, and someone may rely on it.
        (State::Described, _, Reading::Tolerant) => hit.effect(Effect::Removes),
        (State::Described, State::Open, Reading::Strict) => hit.effect(Effect::Widens),
        _ => hit,
    });
}

/// Why a reader of an object that was closed is not hurt.
const IGNORED: &str = "a consumer ignores members that it does not know";

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "additional-properties-closed",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} no longer allows other members ({keyword})",
        docs: "\
An object allows no members but those it names.

A consumer that sends a member of its own is turned away, where it was taken or ignored before.
Leave the object open for what consumers send, and ignore what is not known.
",
        detect: Detect::Schema(|view, hits| {
            moved(
                view,
                hits,
                &[State::Open, State::Described],
                &[State::Closed],
            );
        }),
    },
    Rule {
        id: "additional-properties-opened",
        effect: Effect::Widens,
        except: &[(Direction::Output, Verdict::Additive, IGNORED)],
        message: "{subject} allows other members ({keyword})",
        docs: "\
An object that allowed only the members it names allows others.

A consumer that checks what it reads against the old schema, member by member, turns new ones away.
Read objects with room for members you do not know.
",
        detect: Detect::Schema(|view, hits| {
            moved(
                view,
                hits,
                &[State::Closed],
                &[State::Open, State::Described],
            );
        }),
    },
    Rule {
        id: "additional-properties-narrowed",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} restricts other members ({keyword})",
        docs: "\
Members that an object does not name have to meet a schema.

A consumer that sends other members of another form is turned away.
Describe the form that consumers send, or leave the object open.
",
        detect: Detect::Schema(|view, hits| moved(view, hits, &[State::Open], &[State::Described])),
    },
    Rule {
        id: "additional-properties-widened",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} no longer describes other members ({keyword})",
        docs: "\
The schema of members that an object does not name is gone.

A consumer that uses the object as a map finds nothing in the contract that its values keep to.
Keep the schema as long as the values keep its form.
",
        detect: Detect::Schema(|view, hits| moved(view, hits, &[State::Described], &[State::Open])),
    },
];
