//! Links: what a response says may be called next.

use super::words::{equal, reworded};
use crate::rules::{Detect, Hit, Rule};
use crate::variance::Effect;

/// What a link does, apart from its words.
const DEEDS: [&str; 5] = [
    "operationId",
    "operationRef",
    "parameters",
    "requestBody",
    "server",
];

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "link-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} was removed",
        docs: "\
A response no longer says what may be called next under this name.

A consumer that follows the link by its name stands still.
Keep the link, and point it at what replaces its target.
",
        detect: Detect::Link(|view, hits| {
            if let Some(link) = view.pair.gone() {
                hits.push(Hit::nodes(Some(link.at), None).hole("name", link.name));
            }
        }),
    },
    Rule {
        id: "link-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} was added",
        docs: "\
A response says one more thing that may be called next.

Nobody is hurt.
Nothing to do.
",
        detect: Detect::Link(|view, hits| {
            if let Some(link) = view.pair.fresh() {
                hits.push(Hit::nodes(None, Some(link.at)).hole("name", link.name));
            }
        }),
    },
    Rule {
        id: "link-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "the {what} of {subject} changed",
        docs: "\
A link leads to another operation or server, or hands over other values.

A consumer that follows it by its name calls something it was not written for.
Add a link under a new name, and keep the old one until every consumer has moved.
",
        detect: Detect::Link(|view, hits| {
            if let Some((old, new)) = view.pair.both() {
                reworded(view, (old.at, new.at), &DEEDS, hits);
            }
        }),
    },
    Rule {
        id: "link-documentation-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "the {what} of {subject} changed",
        docs: "\
The words about a link changed.

Nothing on the wire changes.
Nothing to do.
",
        detect: Detect::Link(|view, hits| {
            if let Some((old, new)) = view.pair.both() {
                let (before, after) = (view.old_bundle(), view.new_bundle());
                let same_deed = DEEDS
                    .iter()
                    .all(|deed| equal(view, before.get(old.at, deed), after.get(new.at, deed)));
                if same_deed {
                    reworded(view, (old.at, new.at), &["description"], hits);
                }
            }
        }),
    },
];
