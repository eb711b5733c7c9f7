//! `readOnly` and `writeOnly`: members that travel one way only.

use super::{
    member::{fates, gain, loss},
    sides::named,
};
use crate::rules::{Content, Detect, Hit, Hits, Rule, SchemaView};
use crate::spec::{Access, At, Bundle, Schemas};
use crate::variance::{Direction, Effect, Verdict};

/// Why the other direction does not notice.
const ELSEWHERE: &str = "the member travels there as before";

#[derive(Clone, Copy)]
enum Way {
    ReadOnly,
    WriteOnly,
}

impl Way {
    fn holds(self, access: Access) -> bool {
        match self {
            Self::ReadOnly => access.read_only,
            Self::WriteOnly => access.write_only,
        }
    }

    fn keyword(self) -> &'static str {
        match self {
            Self::ReadOnly => "readOnly",
            Self::WriteOnly => "writeOnly",
        }
    }
}

/// The keyword where it stands on the member itself, else the member.
fn node(schemas: &Schemas<'_>, nodes: &[At], way: Way) -> Option<At> {
    let bundle: &Bundle = schemas.bundle;
    let keyword = nodes.iter().find_map(|at| bundle.get(*at, way.keyword()));
    keyword.or(nodes.first().copied())
}

fn access(view: &SchemaView<'_, '_>, hits: &mut Hits, way: Way, became: bool) {
    for fate in fates(view) {
        let (Some(old), Some(new)) = (fate.old, fate.new) else {
            continue;
        };
        let (before, after) = (&old.property.nodes, &new.property.nodes);
        let was = way.holds(view.graph.old.access(before));
        let is = way.holds(view.graph.new.access(after));
        if was == is || is != became {
            continue;
        }
        let effect = match (old.travels, new.travels) {
            (true, false) => loss(view, old),
            (false, true) if new.required => Effect::Narrows,
            (false, true) => gain(view, new),
            (true, true) | (false, false) => Effect::Annotates,
        };
        hits.push(
            Hit::at(
                node(&view.graph.old, before, way),
                node(&view.graph.new, after, way),
            )
            .before(Content::Json(was.to_string()))
            .after(Content::Json(is.to_string()))
            .hole("name", named(fate.name()))
            .tail(fate.tail())
            .effect(effect),
        );
    }
}

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "property-became-read-only",
        effect: Effect::Removes,
        except: &[(Direction::Output, Verdict::Neutral, ELSEWHERE)],
        message: "member {name} of {subject} became read-only",
        docs: "\
A member became read-only: it is no longer part of what consumers send.

A consumer that sends it is ignored or turned away. Readers notice nothing.
Treat it as the removal of a member: deprecate it in that direction first.
",
        detect: Detect::Hint(|view, hits| access(view, hits, Way::ReadOnly, true)),
    },
    Rule {
        id: "property-became-not-read-only",
        effect: Effect::Adds,
        except: &[(Direction::Output, Verdict::Neutral, ELSEWHERE)],
        message: "member {name} of {subject} is no longer read-only",
        docs: "\
A member is no longer read-only: it is now part of what consumers send, too.

If it is required, a consumer that does not send it, as none did so far, is turned away. Otherwise nobody is
hurt.
Make the member optional before it may be sent.
",
        detect: Detect::Hint(|view, hits| access(view, hits, Way::ReadOnly, false)),
    },
    Rule {
        id: "property-became-write-only",
        effect: Effect::Removes,
        except: &[(Direction::Input, Verdict::Neutral, ELSEWHERE)],
        message: "member {name} of {subject} became write-only",
        docs: "\
A member became write-only: it is no longer part of what consumers read.

A consumer that reads it finds nothing. Writers notice nothing.
Treat it as the removal of a member: deprecate it in that direction first.
",
        detect: Detect::Hint(|view, hits| access(view, hits, Way::WriteOnly, true)),
    },
    Rule {
        id: "property-became-not-write-only",
        effect: Effect::Adds,
        except: &[(Direction::Input, Verdict::Neutral, ELSEWHERE)],
        message: "member {name} of {subject} is no longer write-only",
        docs: "\
A member is no longer write-only: it is now part of what consumers read, too.

Nobody who keeps the contract is hurt; but a value that was for writing only, often a secret, becomes visible.
Check that the value may be seen by everybody who reads the object.
",
        detect: Detect::Hint(|view, hits| access(view, hits, Way::WriteOnly, false)),
    },
];
