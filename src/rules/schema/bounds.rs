//! Limits on numbers: `maximum`, `minimum`, their exclusive forms, and `multipleOf`.

use super::sides::{digits, listed, sides_with};
use crate::rules::{Content, Detect, Hit, Hits, Rule, SchemaView};
use crate::spec::{At, Bound, Schema, Types};
use crate::text::Decimal;
use crate::variance::Effect;

/// Which end of the range.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Upper,
    Lower,
}

#[derive(Clone, Copy, PartialEq)]
enum Fact {
    Added,
    Removed,
    Lowered,
    Raised,
}

/// A limit as it compares: by value, then by whether the value itself is inside.
struct Limit {
    value: Decimal,
    exclusive: bool,
    at: At,
}

impl Limit {
    fn words(&self) -> String {
        if self.exclusive {
            format!("{} (excluded)", digits(&self.value))
        } else {
            digits(&self.value)
        }
    }

    fn content(&self) -> Content {
        Content::Json(if self.exclusive {
            format!(r#"{{"exclusive":{}}}"#, self.value)
        } else {
            self.value.to_string()
        })
    }
}

fn limit(bound: &Bound, end: End, whole: bool) -> Limit {
    let inside = if whole { inclusive(bound, end) } else { None };
    Limit {
        exclusive: bound.exclusive && inside.is_none(),
        value: inside.unwrap_or_else(|| bound.value.clone()),
        at: bound.at,
    }
}

/// The last integer inside: `exclusiveMinimum: -1` of integers is `minimum: 0`.
fn inclusive(bound: &Bound, end: End) -> Option<Decimal> {
    let text = bound.value.to_string();
    if text.contains(['e', 'E']) {
        // Too large to be one off, or too small to be looked at: it stays as written.
        return None;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut number: i128 = whole.parse().ok()?;
    if !fraction.is_empty() {
        // Cutting the fraction off rounds towards zero.
        match (end, bound.value.is_negative()) {
            (End::Upper, true) => number -= 1,
            (End::Lower, false) => number += 1,
            (End::Upper, false) | (End::Lower, true) => {}
        }
    } else if bound.exclusive {
        number += if end == End::Upper { -1 } else { 1 };
    }
    Decimal::parse(&number.to_string())
}

fn is_whole(schema: &Schema<'_>) -> bool {
    schema.types.and(Types::NUMBER) == Types::INTEGER
}

fn bound(view: &SchemaView<'_, '_>, hits: &mut Hits, end: End, fact: Fact) {
    let Some((old, new)) = sides_with(view, Types::NUMBER) else {
        return;
    };
    let whole = is_whole(old) && is_whole(new);
    let read = |schema: &Schema<'_>| {
        let bound = match end {
            End::Upper => schema.upper.as_ref(),
            End::Lower => schema.lower.as_ref(),
        };
        bound.map(|bound| limit(bound, end, whole))
    };
    let found = match (read(old), read(new)) {
        (None, Some(new)) => (Fact::Added, None, Some(new)),
        (Some(old), None) => (Fact::Removed, Some(old), None),
        (Some(old), Some(new)) => {
            // Excluding a highest value lowers it, excluding a lowest raises it.
            let nudge = |limit: &Limit| limit.exclusive == (end == End::Lower);
            let order = new
                .value
                .cmp(&old.value)
                .then_with(|| nudge(&new).cmp(&nudge(&old)));
            let fact = match order {
                std::cmp::Ordering::Less => Fact::Lowered,
                std::cmp::Ordering::Greater => Fact::Raised,
                std::cmp::Ordering::Equal => return,
            };
            (fact, Some(old), Some(new))
        }
        (None, None) => return,
    };
    let (seen, old, new) = found;
    if seen != fact {
        return;
    }
    let mut hit = Hit::at(
        old.as_ref().map(|limit| limit.at),
        new.as_ref().map(|limit| limit.at),
    );
    if let Some(old) = old {
        hit = hit.hole("old", old.words()).before(old.content());
    }
    if let Some(new) = new {
        hit = hit.hole("new", new.words()).after(new.content());
    }
    hits.push(hit);
}

/// The steps that say something: every integer is a multiple of 1, and of 0.5.
fn steps<'v>(schema: &'v Schema<'_>) -> Vec<&'v (Decimal, At)> {
    let one = Decimal::from(1);
    let whole = is_whole(schema);
    schema
        .multiples
        .iter()
        .filter(|(step, _)| !(whole && one.is_multiple_of(step) == Some(true)))
        .collect()
}

fn multiple(view: &SchemaView<'_, '_>, hits: &mut Hits, fact: Fact) {
    let Some((old, new)) = sides_with(view, Types::NUMBER) else {
        return;
    };
    let (old, new) = (steps(old), steps(new));
    // Whether every multiple of the second list's steps is one of each step of the first.
    let covers = |wide: &[&(Decimal, At)], narrow: &[&(Decimal, At)]| {
        wide.iter().all(|(wide, _)| {
            narrow
                .iter()
                .any(|(narrow, _)| narrow.is_multiple_of(wide) == Some(true))
        })
    };
    let (narrows, widens) = (covers(&old, &new), covers(&new, &old));
    if narrows && widens {
        return;
    }
    let seen = match (old.is_empty(), new.is_empty()) {
        (true, _) => Fact::Added,
        (false, true) => Fact::Removed,
        // Neither up nor down: a changed step has one rule of its own.
        (false, false) => Fact::Raised,
    };
    if seen != fact {
        return;
    }
    let words = |list: &[&(Decimal, At)]| {
        let words: Vec<String> = list.iter().map(|(step, _)| digits(step)).collect();
        listed(&words)
    };
    let mut hit = Hit::nodes(
        old.first().map(|(_, at)| *at),
        new.first().map(|(_, at)| *at),
    );
    if !old.is_empty() {
        hit = hit.hole("old", words(&old));
    }
    if !new.is_empty() {
        hit = hit.hole("new", words(&new));
    }
    hits.push(match (narrows, widens) {
        (true, _) => hit.effect(Effect::Narrows),
        (_, true) => hit.effect(Effect::Widens),
        _ => hit,
    });
}

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "maximum-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} is at most {new}, and had no upper limit",
        docs: "\
A number got a highest value.

A consumer that sends a number beyond the limit is turned away.
Take every number that was taken before, or put the limit into a new version.
",
        detect: Detect::Schema(|view, hits| bound(view, hits, End::Upper, Fact::Added)),
    },
    Rule {
        id: "maximum-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} is no longer limited to at most {old}",
        docs: "\
A number lost its highest value.

A consumer that reads the number may meet one that its storage or its arithmetic was not made for.
Keep the limit for what consumers read, or announce it before a number goes beyond.
",
        detect: Detect::Schema(|view, hits| bound(view, hits, End::Upper, Fact::Removed)),
    },
    Rule {
        id: "maximum-lowered",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} is at most {new}, down from {old}",
        docs: "\
The highest allowed number moved inwards.

A consumer that sends a number between the two limits is turned away.
Keep the old limit, or publish the new one under a new version.
",
        detect: Detect::Schema(|view, hits| bound(view, hits, End::Upper, Fact::Lowered)),
    },
    Rule {
        id: "maximum-raised",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} is at most {new}, up from {old}",
        docs: "\
The highest allowed number moved outwards.

A consumer that reads the number may meet one beyond the limit it relies on.
Keep the limit for what consumers read, or announce it before a number goes beyond.
",
        detect: Detect::Schema(|view, hits| bound(view, hits, End::Upper, Fact::Raised)),
    },
    Rule {
        id: "minimum-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} is at least {new}, and had no lower limit",
        docs: "\
A number got a lowest value.

A consumer that sends a number beyond the limit is turned away.
Take every number that was taken before, or put the limit into a new version.
",
        detect: Detect::Schema(|view, hits| bound(view, hits, End::Lower, Fact::Added)),
    },
    Rule {
        id: "minimum-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} is no longer limited to at least {old}",
        docs: "\
A number lost its lowest value.

A consumer that reads the number may meet one that its storage or its arithmetic was not made for.
Keep the limit for what consumers read, or announce it before a number goes beyond.
",
        detect: Detect::Schema(|view, hits| bound(view, hits, End::Lower, Fact::Removed)),
    },
    Rule {
        id: "minimum-raised",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} is at least {new}, up from {old}",
        docs: "\
The lowest allowed number moved inwards.

A consumer that sends a number between the two limits is turned away.
Keep the old limit, or publish the new one under a new version.
",
        detect: Detect::Schema(|view, hits| bound(view, hits, End::Lower, Fact::Raised)),
    },
    Rule {
        id: "minimum-lowered",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} is at least {new}, down from {old}",
        docs: "\
The lowest allowed number moved outwards.

A consumer that reads the number may meet one beyond the limit it relies on.
Keep the limit for what consumers read, or announce it before a number goes beyond.
",
        detect: Detect::Schema(|view, hits| bound(view, hits, End::Lower, Fact::Lowered)),
    },
    Rule {
        id: "multiple-of-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} is a multiple of {new}, and could be any number",
        docs: "\
Numbers have to be multiples of a step.

A consumer that sends a number between two steps is turned away.
Round what arrives, or ask for the step in a new version.
",
        detect: Detect::Schema(|view, hits| multiple(view, hits, Fact::Added)),
    },
    Rule {
        id: "multiple-of-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} need not be a multiple of {old}",
        docs: "\
Numbers no longer have to be multiples of a step.

A consumer that reads the number and counts on the step meets a finer one.
Keep the step for what consumers read.
",
        detect: Detect::Schema(|view, hits| multiple(view, hits, Fact::Removed)),
    },
    Rule {
        id: "multiple-of-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} is a multiple of {new}, and was one of {old}",
        docs: "\
The step that numbers are multiples of changed.

Unless one step divides the other, numbers that were right are wrong now, and new ones appear.
Choose a step that divides the old one for what consumers send, and a multiple of it for what they read.
",
        detect: Detect::Schema(|view, hits| multiple(view, hits, Fact::Raised)),
    },
];
