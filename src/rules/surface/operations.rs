//! Operations: what may be called, under which name, and how stable it is.

use super::words::{keyword, reworded};
use crate::rules::{Content, Detect, Hit, Rule, View};
use crate::spec::{At, Operation, Surface};
use crate::variance::Effect;
use std::collections::BTreeSet;

type Operations<'v, 'c, 'd> = View<'v, 'c, 'd, Operation<'d>>;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "operation-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} was removed",
        docs: "\
An operation that could be called is gone.

Every consumer that calls it gets an error, whatever it sends.
Deprecate it first, say until when it stays, and remove it when nobody calls it any more.
",
        detect: Detect::Operation(|view, hits| {
            if let Some(operation) = view.pair.gone()
                && operation.surface == Surface::Path
            {
                hits.push(Hit::nodes(Some(operation.at), None));
            }
        }),
    },
    Rule {
        id: "operation-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} was added",
        docs: "\
An operation can be called that did not exist before.

Nobody is hurt: no consumer calls it yet.
Nothing to do.
",
        detect: Detect::Operation(|view, hits| {
            if let Some(operation) = view.pair.fresh()
                && operation.surface == Surface::Path
            {
                hits.push(Hit::nodes(None, Some(operation.at)));
            }
        }),
    },
    Rule {
        id: "operation-id-changed",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} is called `{new}`, formerly `{old}`",
        docs: "\
The `operationId` became another one.

Nothing on the wire changes, but generated clients name their functions after it: consumers that generate anew do not
compile.
Keep the identifier; it is a name for machines, and people read the summary.
",
        detect: Detect::Operation(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && let (Some(before), Some(after)) = (old.id, new.id)
                && before != after
            {
                let hit = keyword(view, (old.at, new.at), "operationId");
                hits.push(hit.hole("old", before).hole("new", after));
            }
        }),
    },
    Rule {
        id: "operation-id-removed",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} has no `operationId` any more, formerly `{old}`",
        docs: "\
The `operationId` is gone.

Nothing on the wire changes, but generated clients name their functions after it, and links point at it.
Keep the identifier.
",
        detect: Detect::Operation(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && let (Some(before), None) = (old.id, new.id)
            {
                hits.push(keyword(view, (old.at, new.at), "operationId").hole("old", before));
            }
        }),
    },
    Rule {
        id: "operation-id-added",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is called `{new}`",
        docs: "\
The operation got an `operationId`.

Nobody is hurt: what a generator made up before is at most replaced by a name that was chosen.
Nothing to do.
",
        detect: Detect::Operation(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && let (None, Some(after)) = (old.id, new.id)
            {
                hits.push(keyword(view, (old.at, new.at), "operationId").hole("new", after));
            }
        }),
    },
    Rule {
        id: "operation-deprecated",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is deprecated",
        docs: "\
The operation was marked as deprecated.

Nobody is hurt yet: it works as before, and consumers learn that it will go.
Say in the description what to use instead, and until when it stays.
",
        detect: Detect::Operation(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && !old.deprecated
                && new.deprecated
            {
                hits.push(keyword(view, (old.at, new.at), "deprecated"));
            }
        }),
    },
    Rule {
        id: "operation-undeprecated",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is not deprecated any more",
        docs: "\
The mark of deprecation is gone from the operation.

Nobody is hurt; consumers that moved away did so for nothing.
Announce that it stays.
",
        detect: Detect::Operation(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.deprecated
                && !new.deprecated
            {
                hits.push(keyword(view, (old.at, new.at), "deprecated"));
            }
        }),
    },
    Rule {
        id: "operation-tags-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} has the tags {new}, formerly {old}",
        docs: "\
The operation stands under other tags.

Nothing on the wire changes; documentation is grouped differently, and some generators put the function into another
module.
Nothing to do, unless you publish a client made by such a generator.
",
        detect: Detect::Operation(|view, hits| {
            let Some((old, new)) = view.pair.both() else {
                return;
            };
            let names = |operation: &Operation<'_>| -> BTreeSet<String> {
                operation.tags.iter().map(|(name, _)| (*name).to_owned()).collect()
            };
            let (before, after) = (names(old), names(new));
            if before != after {
                let hit = keyword(view, (old.at, new.at), "tags");
                hits.push(hit.hole("old", listed(&before)).hole("new", listed(&after)));
            }
        }),
    },
    Rule {
        id: "operation-documentation-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "the {what} of {subject} changed",
        docs: "\
The words about an operation changed: its summary, its description, or the link to more.

Nothing on the wire changes.
Read the words: behaviour that only they describe is part of what consumers rely on.
",
        detect: Detect::Operation(|view, hits| {
            if let Some((old, new)) = view.pair.both() {
                let keywords = ["summary", "description", "externalDocs"];
                reworded(view, (old.at, new.at), &keywords, hits);
                // A path item lends its words to all of its operations.
                if old.item != old.at || new.item != new.at {
                    reworded(view, (old.item, new.item), &keywords[..2], hits);
                }
            }
        }),
    },
    Rule {
        id: "stability-lowered",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} is {new} now, down from {old}",
        docs: "\
The operation promises less stability: its `x-stability-level` went down.

What a consumer may rely on shrinks though nothing on the wire changes: the next break needs no notice.
Keep the promise, or publish the experiment as an operation of its own.
",
        detect: Detect::Operation(|view, hits| {
            if let Some((before, after, nodes)) = stability(view)
                && rank(after) < rank(before)
            {
                hits.push(
                    Hit::at(nodes.0, nodes.1)
                        .before(Content::text(before))
                        .after(Content::text(after))
                        .hole("old", before)
                        .hole("new", after),
                );
            }
        }),
    },
    Rule {
        id: "stability-raised",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is {new} now, up from {old}",
        docs: "\
The operation promises more stability: its `x-stability-level` went up.

Nobody is hurt.
Nothing to do.
",
        detect: Detect::Operation(|view, hits| {
            if let Some((before, after, nodes)) = stability(view)
                && rank(after) > rank(before)
            {
                hits.push(
                    Hit::at(nodes.0, nodes.1)
                        .before(Content::text(before))
                        .after(Content::text(after))
                        .hole("old", before)
                        .hole("new", after),
                );
            }
        }),
    },
];

/// Stability levels, the weakest promise first.
const LEVELS: [&str; 4] = ["draft", "alpha", "beta", "stable"];

fn rank(level: &str) -> Option<usize> {
    LEVELS.iter().position(|known| *known == level)
}

type Stability<'d> = (&'d str, &'d str, (Option<At>, Option<At>));

/// The stability before and after, when both are known words; what says nothing is stable.
fn stability<'d>(view: &Operations<'_, '_, 'd>) -> Option<Stability<'d>> {
    const KEY: &str = "x-stability-level";
    let (old, new) = view.pair.both()?;
    let (before, after) = (view.old_bundle(), view.new_bundle());
    let nodes = (before.get(old.at, KEY), after.get(new.at, KEY));
    let words = (
        before.text(old.at, KEY).unwrap_or("stable"),
        after.text(new.at, KEY).unwrap_or("stable"),
    );
    (rank(words.0).is_some() && rank(words.1).is_some()).then_some((words.0, words.1, nodes))
}

fn listed(names: &BTreeSet<String>) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
