//! How the members of a form are written.

use super::wire::{may_be_reserved, schemas, styles_differ, types_of, words};
use crate::rules::{Content, Detect, Hit, Rule, View};
use crate::spec::{Encoding, In, Media, MediaRange, Schema, Schemas, Types, Wire, quoted};
use crate::variance::Effect;
use std::rc::Rc;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "encoding-content-type-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} is {new}, formerly {old}",
        docs: "\
A part of a form travels as another media type.

A writer that sends the old type is turned away; a reader that knows only the old type cannot read the part.
Keep the old types in the list beside the new one.
",
        detect: Detect::Encoding(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && listed(old.content_type) != listed(new.content_type)
            {
                let show = |encoding: &Encoding<'_>| {
                    encoding.content_type.unwrap_or("of the default type").to_owned()
                };
                let hit = super::words::keyword(view, (old.at, new.at), "contentType")
                    .effect(movement(listed(old.content_type).as_ref(), listed(new.content_type).as_ref()));
                hits.push(hit.hole("old", show(old)).hole("new", show(new)));
            }
        }),
    },
    Rule {
        id: "encoding-style-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} is {new}, formerly {old}",
        docs: "\
The `style`, `explode`, or `allowReserved` of a form's member changed, and with it how a value looks on the wire.

A writer that keeps to the old way is misread.
Add a member under a new name, and understand the old one until every consumer has moved.
",
        detect: Detect::Encoding(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.wire != new.wire
            {
                let show = |encoding: &Encoding<'_>| {
                    let kept = if encoding.wire.allow_reserved {
                        ", reserved characters kept"
                    } else {
                        ""
                    };
                    format!("{}{kept}", words(&encoding.wire))
                };
                hits.push(
                    Hit::at(Some(old.at), Some(new.at))
                        .before(Content::text(&show(old)))
                        .after(Content::text(&show(new)))
                        .hole("old", show(old))
                        .hole("new", show(new)),
                );
            }
        }),
    },
    Rule {
        id: "encoding-added",
        effect: Effect::Shifts,
        except: &[],
        message: "the encoding of `{name}` in {subject} is described now",
        docs: "\
A form says how one of its members is written, which it did not say before.

When that is not the default, a writer that keeps to the default is misread. When it is, nothing changes.
Describe the default, or add a member under a new name.
",
        detect: Detect::Media(|view, hits| {
            for encoding in lone(view, false) {
                let mut hit = Hit::nodes(None, Some(encoding.at)).hole("name", encoding.name);
                if is_default(view, encoding, false) {
                    hit = hit.effect(Effect::Annotates);
                }
                hits.push(hit.tail(format!(" > encoding:{}", quoted(encoding.name))));
            }
        }),
    },
    Rule {
        id: "encoding-removed",
        effect: Effect::Shifts,
        except: &[],
        message: "the encoding of `{name}` in {subject} is not described any more",
        docs: "\
A form no longer says how one of its members is written, so the default holds.

When the old way was not the default, a writer that keeps to it is misread.
Keep the description.
",
        detect: Detect::Media(|view, hits| {
            for encoding in lone(view, true) {
                let mut hit = Hit::nodes(Some(encoding.at), None).hole("name", encoding.name);
                if is_default(view, encoding, true) {
                    hit = hit.effect(Effect::Annotates);
                }
                hits.push(hit.tail(format!(" > encoding:{}", quoted(encoding.name))));
            }
        }),
    },
];

/// The encodings that only one side has, for members that both know or may know.
fn lone<'c, 'd>(view: &View<'_, 'c, 'd, Media<'d>>, removed: bool) -> Vec<&'c Encoding<'d>> {
    let Some((old, new)) = view.pair.both() else {
        return Vec::new();
    };
    let (here, there) = if removed { (old, new) } else { (new, old) };
    here.encoding
        .iter()
        .filter(|one| !there.encoding.iter().any(|other| other.name == one.name))
        .collect()
}

/// Whether an encoding says what holds without it.
fn is_default<'d>(
    view: &View<'_, '_, 'd, Media<'d>>,
    encoding: &Encoding<'d>,
    removed: bool,
) -> bool {
    let Some((old, new)) = view.pair.both() else {
        return false;
    };
    let (before, after) = schemas(view.comparison, old.shape.as_ref(), new.shape.as_ref());
    let graph = &view.comparison.graph;
    let types = member_types(&graph.old, before.as_ref(), encoding.name).and(member_types(
        &graph.new,
        after.as_ref(),
        encoding.name,
    ));
    let (here, there) = ((&graph.old, before), (&graph.new, after));
    let ((own, schema), (_, other)) = if removed {
        (here, there)
    } else {
        (there, here)
    };
    // A member that comes or goes with its encoding is told by the schema's rules.
    let known = other.is_none_or(|schema| schema.property(encoding.name).is_some());
    let plain = !styles_differ(&UNSAID, &encoding.wire, types)
        && (!encoding.wire.allow_reserved || !may_be_reserved(types, In::Query));
    !known
        || (plain
            && encoding.content_type.is_none_or(|written| {
                default_type(own, schema.as_ref(), encoding.name)
                    .is_some_and(|default| listed(Some(written)) == listed(Some(default)))
            }))
}

/// How a member is written that no encoding describes.
const UNSAID: Wire<'static> = Wire {
    style: "form",
    explode: true,
    allow_reserved: false,
};

/// The types of a member's values.
fn member_types<'d>(schemas: &Schemas<'d>, schema: Option<&Rc<Schema<'d>>>, name: &str) -> Types {
    schema
        .and_then(|schema| schema.property(name))
        .map_or(Types::ALL, |property| {
            let member = schemas.get(schemas.of_nodes(&property.nodes));
            types_of(schemas, &member)
        })
}

/// The media type of a part that no encoding describes (Encoding Object, `contentType`).
fn default_type<'d>(
    schemas: &Schemas<'d>,
    schema: Option<&Rc<Schema<'d>>>,
    name: &str,
) -> Option<&'static str> {
    let property = schema?.property(name)?;
    let member = schemas.get(schemas.of_nodes(&property.nodes));
    let binary = member.formats.iter().any(|(format, _)| *format == "binary")
        || member.content.contains_key("contentEncoding");
    if member.types == Types::OBJECT {
        Some("application/json")
    } else if member.types.holds(Types::ARRAY) || member.types == Types::ALL {
        None
    } else if binary {
        Some("application/octet-stream")
    } else {
        Some("text/plain")
    }
}

fn listed(types: Option<&str>) -> Option<Vec<MediaRange>> {
    let mut ranges: Vec<_> = types?.split(',').map(MediaRange::parse).collect();
    ranges.sort();
    Some(ranges)
}

/// What a changed list of media types does to what may be sent.
fn movement(old: Option<&Vec<MediaRange>>, new: Option<&Vec<MediaRange>>) -> Effect {
    let (Some(old), Some(new)) = (old, new) else {
        return Effect::Shifts;
    };
    let within = |inner: &[MediaRange], outer: &[MediaRange]| {
        inner
            .iter()
            .all(|range| outer.iter().any(|other| other.covers(range)))
    };
    match (within(new, old), within(old, new)) {
        (true, true) => Effect::Annotates,
        (true, false) => Effect::Narrows,
        (false, true) => Effect::Widens,
        (false, false) => Effect::Shifts,
    }
}
