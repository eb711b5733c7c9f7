//! Headers of responses and of the parts of a form.

use super::serialization::{node, says_something};
use super::wire::{common_types, styles_differ, words};
use super::words::{is_swagger, keyword, reworded};
use crate::rules::{Content, Detect, Hit, Rule};
use crate::variance::Effect;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "header-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} was removed",
        docs: "\
A header that came with a response is gone.

A consumer that reads it, to page on or to wait before it tries again, finds nothing.
Keep sending it, and deprecate it first.
",
        detect: Detect::Header(|view, hits| {
            if let Some(header) = view.pair.gone() {
                hits.push(Hit::nodes(Some(header.at), None).hole("name", &header.name));
            }
        }),
    },
    Rule {
        id: "header-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} was added",
        docs: "\
A header is described that was not before.

Nobody is hurt by one more header in a response. In a part of a form that consumers send, a header that has to be
there turns every old consumer away.
In what consumers send, make it optional.
",
        detect: Detect::Header(|view, hits| {
            if let Some(header) = view.pair.fresh() {
                let mut hit = Hit::nodes(None, Some(header.at)).hole("name", &header.name);
                if header.required {
                    hit = hit.effect(Effect::Narrows);
                }
                hits.push(hit);
            }
        }),
    },
    Rule {
        id: "header-became-required",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} is always there",
        docs: "\
A header that could be missing is always there.

Nobody is hurt by a response that always carries it. In a part of a form that consumers send, one that leaves it out
is turned away.
In what consumers send, keep it optional.
",
        detect: Detect::Header(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && !old.required
                && new.required
            {
                hits.push(keyword(view, (old.at, new.at), "required"));
            }
        }),
    },
    Rule {
        id: "header-became-optional",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} may be missing",
        docs: "\
A header that was always there may be missing.

A consumer that counts on it finds nothing.
Keep sending it always.
",
        detect: Detect::Header(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.required
                && !new.required
            {
                hits.push(keyword(view, (old.at, new.at), "required"));
            }
        }),
    },
    Rule {
        id: "header-style-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} is written as {new}, formerly as {old}",
        docs: "\
The `explode` of a header changed, and with it how an object looks on the wire.

A reader that splits it the old way gets other members.
Add a header under a new name, and keep the old one until every consumer has moved.
",
        detect: Detect::Header(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.content.is_empty()
                && new.content.is_empty()
                && (old.wire.style, old.wire.explode) != (new.wire.style, new.wire.explode)
            {
                let types = common_types(view.comparison, old.shape.as_ref(), new.shape.as_ref());
                let (before, after) = (words(&old.wire), words(&new.wire));
                let mut hit = Hit::at(Some(old.at), Some(new.at))
                    .before(Content::text(&before))
                    .after(Content::text(&after))
                    .hole("old", before)
                    .hole("new", after);
                if !styles_differ(&old.wire, &new.wire, types) {
                    hit = hit.effect(Effect::Annotates);
                }
                hits.push(hit);
            }
        }),
    },
    Rule {
        id: "header-serialization-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} is written {new}, formerly {old}",
        docs: "\
A header that was written by its `style` is a document of some media type, or the other way round.

A reader that reads it the old way gets nothing it knows.
Add a header under a new name, and keep the old one until every consumer has moved.
",
        detect: Detect::Header(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.content.is_empty() != new.content.is_empty()
            {
                let way = |range: Option<String>| {
                    range.map_or_else(|| "by its style".to_owned(), |range| format!("as {range}"))
                };
                let before = old.content.first();
                let after = new.content.first();
                hits.push(
                    Hit::nodes(
                        before.map(|media| media.at).or(node(old.shape.as_ref())),
                        after.map(|media| media.at).or(node(new.shape.as_ref())),
                    )
                    .hole("old", way(before.map(|media| media.range.to_string())))
                    .hole("new", way(after.map(|media| media.range.to_string()))),
                );
            }
        }),
    },
    Rule {
        id: "header-schema-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has a schema, which it had not before",
        docs: "\
A header that could hold anything has a schema.

Nobody is hurt by a response that promises more. In a part of a form that consumers send, other values are turned away.
Describe what was there all along.
",
        detect: Detect::Header(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.content.is_empty()
                && old.shape.is_none()
                && let Some(at) = node(new.shape.as_ref())
                && says_something(view.new_bundle(), at)
            {
                hits.push(Hit::nodes(None, Some(at)));
            }
        }),
    },
    Rule {
        id: "header-schema-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} has no schema any more",
        docs: "\
A header that had a schema can hold anything.

A consumer may get what it cannot read.
Keep the schema.
",
        detect: Detect::Header(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && new.content.is_empty()
                && new.shape.is_none()
                && let Some(at) = node(old.shape.as_ref())
                && says_something(view.old_bundle(), at)
            {
                hits.push(Hit::nodes(Some(at), None));
            }
        }),
    },
    Rule {
        id: "header-deprecated",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is deprecated",
        docs: "\
The header was marked as deprecated.

Nobody is hurt yet: it is sent as before, and consumers learn that it will go.
Say in the description what to read instead, and until when it stays.
",
        detect: Detect::Header(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && !old.deprecated
                && new.deprecated
            {
                hits.push(keyword(view, (old.at, new.at), "deprecated"));
            }
        }),
    },
    Rule {
        id: "header-undeprecated",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is not deprecated any more",
        docs: "\
The mark of deprecation is gone from the header.

Nobody is hurt; consumers that stopped reading it did so for nothing.
Announce that it stays.
",
        detect: Detect::Header(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.deprecated
                && !new.deprecated
            {
                hits.push(keyword(view, (old.at, new.at), "deprecated"));
            }
        }),
    },
    Rule {
        id: "header-documentation-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "the {what} of {subject} changed",
        docs: "\
The words about a header or its examples changed.

Nothing on the wire changes.
Read the words: what the header means is part of what consumers rely on.
",
        detect: Detect::Header(|view, hits| {
            // In Swagger 2.0 the header is its own schema, and the schema's words are told there.
            if let Some((old, new)) = view.pair.both()
                && !is_swagger(view)
            {
                let keywords = ["description", "example", "examples"];
                reworded(view, (old.at, new.at), &keywords, hits);
            }
        }),
    },
];
