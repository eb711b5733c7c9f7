//! How the value of a parameter is written.

use super::wire::{common_types, may_be_reserved, styles_differ, words};
use super::words::keyword;
use crate::rules::{Content, Detect, Hit, Rule, View};
use crate::spec::{At, Bundle, Parameter, Shape};
use crate::tree::Kind;
use crate::variance::Effect;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "parameter-style-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} is written as {new}, formerly as {old}",
        docs: "\
The `style` or `explode` of a parameter changed, and with it how a value looks on the wire.

A consumer that writes the value the old way is misread: two values become one, or one becomes two.
Add a parameter under a new name, and understand the old one until every consumer has moved. Where no value looks
different, as for a single number, nothing breaks.
",
        detect: Detect::Parameter(|view, hits| {
            let Some((old, new)) = schemas_both(view) else {
                return;
            };
            let same = (old.wire.style, old.wire.explode) == (new.wire.style, new.wire.explode);
            if old.place != new.place || same {
                return;
            }
            let types = common_types(view.comparison, old.shape.as_ref(), new.shape.as_ref());
            let (before, after) = (words(&old.wire), words(&new.wire));
            let mut hit = ["style", "collectionFormat", "explode"]
                .into_iter()
                .map(|word| keyword(view, (old.at, new.at), word))
                .find(|hit| hit.before.is_some() || hit.after.is_some())
                .unwrap_or_else(|| Hit::at(Some(old.at), Some(new.at)))
                .before(Content::text(&before))
                .after(Content::text(&after))
                .hole("old", before)
                .hole("new", after);
            if !styles_differ(&old.wire, &new.wire, types) {
                hit = hit.effect(Effect::Annotates);
            }
            hits.push(hit);
        }),
    },
    Rule {
        id: "parameter-allow-reserved-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} {new} reserved characters as they are, and {old} them before",
        docs: "\
Reserved characters such as `/` and `&` are escaped now, or no longer are.

A consumer that writes them the old way is misread.
Understand both spellings until every consumer has moved.
",
        detect: Detect::Parameter(|view, hits| {
            let Some((old, new)) = schemas_both(view) else {
                return;
            };
            if old.wire.allow_reserved == new.wire.allow_reserved || old.place != new.place {
                return;
            }
            let types = common_types(view.comparison, old.shape.as_ref(), new.shape.as_ref());
            let (before, after) = if new.wire.allow_reserved {
                ("escaped", "keeps")
            } else {
                ("kept", "no longer keeps")
            };
            let mut hit = keyword(view, (old.at, new.at), "allowReserved")
                .hole("old", before)
                .hole("new", after);
            if !may_be_reserved(types, new.place) {
                hit = hit.effect(Effect::Annotates);
            }
            hits.push(hit);
        }),
    },
    Rule {
        id: "parameter-allow-empty-value-changed",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} {new} be sent without a value",
        docs: "\
Whether a parameter may be sent with a name and no value changed.

When it no longer may, a consumer that sends it bare is turned away. When it now may, nobody is hurt.
Keep accepting it bare.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.allow_empty != new.allow_empty
                && old.place == new.place
            {
                let (effect, word) = if new.allow_empty {
                    (Effect::Widens, "may")
                } else {
                    (Effect::Narrows, "may no longer")
                };
                let hit = keyword(view, (old.at, new.at), "allowEmptyValue");
                hits.push(hit.hole("new", word).effect(effect));
            }
        }),
    },
    Rule {
        id: "parameter-schema-to-content",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} is written as {new}, formerly by its style",
        docs: "\
A parameter that was written by its `style` is a document of some media type.

A consumer that writes the value the old way is misread.
Add a parameter under a new name, and understand the old one until every consumer has moved.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.content.is_empty()
                && let Some(media) = new.content.first()
            {
                let hit = Hit::nodes(node(old.shape.as_ref()), Some(media.at));
                hits.push(hit.hole("new", &media.range));
            }
        }),
    },
    Rule {
        id: "parameter-content-to-schema",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} is written by its style, formerly as {old}",
        docs: "\
A parameter that was a document of some media type is written by its `style`.

A consumer that writes the value the old way is misread.
Add a parameter under a new name, and understand the old one until every consumer has moved.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && new.content.is_empty()
                && let Some(media) = old.content.first()
            {
                let hit = Hit::nodes(Some(media.at), node(new.shape.as_ref()));
                hits.push(hit.hole("old", &media.range));
            }
        }),
    },
    Rule {
        id: "parameter-schema-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has a schema, which it had not before",
        docs: "\
A parameter that took any value takes those of a schema.

A consumer that sends another value is turned away.
Describe what the server accepted all along.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some((old, new)) = schemas_both(view)
                && old.shape.is_none()
                && let Some(at) = node(new.shape.as_ref())
                && says_something(view.new_bundle(), at)
            {
                hits.push(Hit::nodes(None, Some(at)));
            }
        }),
    },
    Rule {
        id: "parameter-schema-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} has no schema any more",
        docs: "\
A parameter that took the values of a schema takes any value.

Where consumers send it, nobody is hurt, though they no longer learn what it takes. Where the provider sends it, a
consumer may get what it cannot read.
Keep the schema.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some((old, new)) = schemas_both(view)
                && new.shape.is_none()
                && let Some(at) = node(old.shape.as_ref())
                && says_something(view.old_bundle(), at)
            {
                hits.push(Hit::nodes(Some(at), None));
            }
        }),
    },
];

/// Both sides, when neither is written as a document of some media type.
fn schemas_both<'c, 'd>(
    view: &View<'_, 'c, 'd, Parameter<'d>>,
) -> Option<(&'c Parameter<'d>, &'c Parameter<'d>)> {
    let (old, new) = view.pair.both()?;
    (old.content.is_empty() && new.content.is_empty()).then_some((old, new))
}

/// The node of a schema.
pub(super) fn node(shape: Option<&Shape>) -> Option<At> {
    match shape? {
        Shape::Node(at) => Some(*at),
        Shape::Form(fields) => fields.first().copied(),
    }
}

/// Whether a schema is more than `{}` or `true`, which every value meets.
pub(super) fn says_something(bundle: &Bundle, at: At) -> bool {
    let tree = bundle.tree(at.file);
    match tree.kind(at.node) {
        Kind::Map => bundle.entries(at).next().is_some(),
        _ => tree.bool(at.node) != Some(true),
    }
}
