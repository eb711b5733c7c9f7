//! Media types: in which forms a body may travel.

use super::serialization::{node, says_something};
use super::words::{is_swagger, reworded};
use crate::rules::{Detect, Hit, Hits, Rule, View};
use crate::spec::{Media, MediaRange};
use crate::variance::Effect;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "media-type-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} was removed",
        docs: "\
A body no longer travels as this media type, and no range that is left covers it.

A consumer that sends it is turned away; one that asks for it gets nothing it can read.
Keep the media type beside the new one until every consumer has moved.
",
        detect: Detect::Media(|view, hits| {
            if let Some(media) = view.pair.gone() {
                hits.push(Hit::nodes(Some(media.at), None).hole("type", &media.range));
            }
        }),
    },
    Rule {
        id: "media-type-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} was added",
        docs: "\
A body may travel as one more media type.

Nobody is hurt: a consumer that sends or asks for another one sees no difference.
Make sure that a request without an `Accept` header is answered as before.
",
        detect: Detect::Media(|view, hits| {
            if let Some(media) = view.pair.fresh() {
                hits.push(Hit::nodes(None, Some(media.at)).hole("type", &media.range));
            }
        }),
    },
    Rule {
        id: "media-type-narrowed",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} is {new} only, formerly any {old}",
        docs: "\
A range of media types became one of its members.

A consumer that sends another member is turned away. Where the provider writes, nobody is hurt: it promises less
variety than before.
Keep accepting the range.
",
        detect: Detect::Media(|view, hits| {
            if let Some((old, new)) = ranges(view)
                && old.covers(new)
                && !only_charset(old, new)
            {
                changed(view, hits);
            }
        }),
    },
    Rule {
        id: "media-type-widened",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} is any {new}, formerly {old} only",
        docs: "\
A media type became a range that covers it.

Where consumers write, nobody is hurt. Where the provider writes, a consumer may get a media type that it cannot read.
Name the media types that may be sent, and send a new one only to consumers that ask for it.
",
        detect: Detect::Media(|view, hits| {
            if let Some((old, new)) = ranges(view)
                && new.covers(old)
                && !only_charset(old, new)
            {
                changed(view, hits);
            }
        }),
    },
    Rule {
        id: "media-type-charset-changed",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} is {new}, formerly {old}",
        docs: "\
The charset of a media type is said now, or no longer is.

For JSON nothing changes: it is UTF-8 whatever the charset says (RFC 8259). For text, a reader that guessed another
charset reads other characters.
Say the charset that was sent all along.
",
        detect: Detect::Media(|view, hits| {
            if let Some((old, new)) = ranges(view)
                && only_charset(old, new)
            {
                let before = hits.0.len();
                changed(view, hits);
                if old.is_json() {
                    for hit in &mut hits.0[before..] {
                        hit.effect = Some(Effect::Annotates);
                    }
                }
            }
        }),
    },
    Rule {
        id: "media-type-renamed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} is {new}, formerly {old}",
        docs: "\
A body travels under another media type of the same syntax, such as `application/problem+json` for `application/json`.

A consumer that names the old type in `Accept` or `Content-Type`, or looks for it in an answer, is turned away though
it could read the bytes.
Keep the old type beside the new one until every consumer has moved.
",
        detect: Detect::Media(|view, hits| {
            if let Some((old, new)) = ranges(view)
                && !old.covers(new)
                && !new.covers(old)
            {
                changed(view, hits);
            }
        }),
    },
    Rule {
        id: "media-type-schema-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has {what}, which it had not before",
        docs: "\
A body that could be anything has a schema.

A consumer that sends something else is turned away. Where the provider writes, nobody is hurt.
Describe what was accepted all along.
",
        detect: Detect::Media(|view, hits| {
            let Some((old, new)) = view.pair.both() else {
                return;
            };
            for (what, old, new) in [
                ("a schema", &old.shape, &new.shape),
                ("a schema of its items", &old.item, &new.item),
            ] {
                if let (None, Some(at)) = (old, node(new.as_ref()))
                    && says_something(view.new_bundle(), at)
                {
                    hits.push(Hit::nodes(None, Some(at)).hole("what", what));
                }
            }
        }),
    },
    Rule {
        id: "media-type-schema-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} has no {what} any more",
        docs: "\
A body that had a schema can be anything.

Where consumers write, nobody is hurt, though they no longer learn what to send. Where the provider writes, a consumer
may get what it cannot read.
Keep the schema.
",
        detect: Detect::Media(|view, hits| {
            let Some((old, new)) = view.pair.both() else {
                return;
            };
            for (what, old, new) in [
                ("schema", &old.shape, &new.shape),
                ("schema of its items", &old.item, &new.item),
            ] {
                if let (Some(at), None) = (node(old.as_ref()), new)
                    && says_something(view.old_bundle(), at)
                {
                    hits.push(Hit::nodes(Some(at), None).hole("what", what));
                }
            }
        }),
    },
    Rule {
        id: "media-type-documentation-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "the {what} of {subject} changed",
        docs: "\
The examples of a body changed.

Nothing on the wire changes; mock servers answer differently.
Nothing to do.
",
        detect: Detect::Media(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && !is_swagger(view)
            {
                let keywords = ["description", "example", "examples"];
                reworded(view, (old.at, new.at), &keywords, hits);
            }
        }),
    },
];

/// Both ranges, when they differ.
fn ranges<'c>(view: &View<'_, 'c, '_, Media<'_>>) -> Option<(&'c MediaRange, &'c MediaRange)> {
    let (old, new) = view.pair.both()?;
    (old.range != new.range).then_some((&old.range, &new.range))
}

fn only_charset(old: &MediaRange, new: &MediaRange) -> bool {
    old.without_charset() == new.without_charset()
}

fn changed(view: &View<'_, '_, '_, Media<'_>>, hits: &mut Hits) {
    if let Some((old, new)) = view.pair.both() {
        let text = |range: &MediaRange| crate::rules::Content::text(&range.to_string());
        hits.push(
            Hit::at(Some(old.at), Some(new.at))
                .before(text(&old.range))
                .after(text(&new.range))
                .hole("old", &old.range)
                .hole("new", &new.range),
        );
    }
}
