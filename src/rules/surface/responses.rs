//! Responses: which statuses may come back.

use super::words::reworded;
use crate::diff::CoveredBy;
use crate::rules::{Detect, Hit, Rule};
use crate::variance::Effect;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "response-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} was removed",
        docs: "\
A success status is gone, and nothing that is left covers it.

A consumer that waits for it treats a good answer as a failure, or never gets the data that came with it.
Keep answering with it, or offer the new answer under a new operation.
",
        detect: Detect::Response(|view, hits| {
            if let Some(response) = view.view.pair.gone()
                && view.coverage.by == CoveredBy::Itself
                && view.coverage.success
            {
                let hit = Hit::nodes(Some(response.at), None);
                hits.push(hit.hole("status", response.status));
            }
        }),
    },
    Rule {
        id: "error-response-removed",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} was removed",
        docs: "\
An error status is gone, and nothing that is left covers it.

Nobody is hurt: one kind of failure fewer has to be handled.
Nothing to do, unless the failure still happens.
",
        detect: Detect::Response(|view, hits| {
            if let Some(response) = view.view.pair.gone()
                && view.coverage.by == CoveredBy::Itself
                && !view.coverage.success
            {
                let hit = Hit::nodes(Some(response.at), None);
                hits.push(hit.hole("status", response.status));
            }
        }),
    },
    Rule {
        id: "response-added",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} was added",
        docs: "\
A success status may come back that nothing covered before.

A consumer that knows only the old one may take a good answer for a failure.
Answer with it only where the consumer asked for what leads to it.
",
        detect: Detect::Response(|view, hits| {
            if let Some(response) = view.view.pair.fresh()
                && view.coverage.by == CoveredBy::Itself
                && view.coverage.success
            {
                let hit = Hit::nodes(None, Some(response.at));
                hits.push(hit.hole("status", response.status));
            }
        }),
    },
    Rule {
        id: "error-response-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} was added",
        docs: "\
An error status is described that nothing covered before.

Nobody is hurt: every consumer has to expect errors it does not know.
Nothing to do.
",
        detect: Detect::Response(|view, hits| {
            if let Some(response) = view.view.pair.fresh()
                && view.coverage.by == CoveredBy::Itself
                && !view.coverage.success
            {
                let hit = Hit::nodes(None, Some(response.at));
                hits.push(hit.hole("status", response.status));
            }
        }),
    },
    Rule {
        id: "response-status-widened",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} stands for more statuses than were named before",
        docs: "\
A range of statuses, or `default`, took the place of single ones.

Other statuses than the known ones may come back. A consumer that compares with the known one may take a good answer
for a failure; for errors nobody is hurt.
Keep naming the statuses that come back.
",
        detect: Detect::Response(|view, hits| {
            if let Some(response) = view.view.pair.fresh()
                && view.coverage.by == CoveredBy::Codes
            {
                let mut hit = Hit::nodes(None, Some(response.at)).hole("status", response.status);
                if !view.coverage.success {
                    hit = hit.effect(Effect::Adds);
                }
                hits.push(hit);
            }
        }),
    },
    Rule {
        id: "response-status-narrowed",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} gave way to the statuses that it stands for",
        docs: "\
Single statuses took the place of a range or of `default`.

Nobody is hurt: what comes back was to be expected before. Whether its content was, too, is told apart.
Nothing to do.
",
        detect: Detect::Response(|view, hits| {
            if let Some(response) = view.view.pair.gone()
                && view.coverage.by == CoveredBy::Codes
            {
                let hit = Hit::nodes(Some(response.at), None);
                hits.push(hit.hole("status", response.status));
            }
        }),
    },
    Rule {
        id: "response-status-split",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is described apart from {covered}",
        docs: "\
A status that a range or `default` stood for got a description of its own.

Nothing on the wire changes, unless the content differs, which is told apart.
Nothing to do.
",
        detect: Detect::Response(|view, hits| {
            if let Some((_, new)) = view.view.pair.both()
                && let CoveredBy::Before(covered) = view.coverage.by
                && view.coverage.stays
            {
                let hit = Hit::at(None, Some(new.at)).hole("status", new.status);
                hits.push(hit.hole("covered", covered));
            }
        }),
    },
    Rule {
        id: "response-status-joined",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is described by {covered} now",
        docs: "\
A status lost its own description, and a range or `default` that was there before stands for it.

Nothing on the wire changes, unless the content differs, which is told apart.
Nothing to do.
",
        detect: Detect::Response(|view, hits| {
            if let Some((old, _)) = view.view.pair.both()
                && let CoveredBy::After(covered) = view.coverage.by
                && view.coverage.stays
            {
                let hit = Hit::at(Some(old.at), None).hole("status", old.status);
                hits.push(hit.hole("covered", covered));
            }
        }),
    },
    Rule {
        id: "response-documentation-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "the {what} of {subject} changed",
        docs: "\
The words about a response changed.

Nothing on the wire changes.
Read the words: when the answer comes is part of what consumers rely on.
",
        detect: Detect::Response(|view, hits| {
            if let Some((old, new)) = view.view.pair.both()
                && view.coverage.by == CoveredBy::Itself
            {
                let keywords = ["summary", "description", "examples"];
                reworded(&view.view, (old.at, new.at), &keywords, hits);
            }
        }),
    },
];
