//! Members of an object: named or not, required or not.

use super::{
    member::{Fate, Member, fates, gain, loss},
    sides::{named, sides_with},
};
use crate::rules::{Content, Detect, Hit, Hits, Rule, SchemaView};
use crate::spec::Types;
use crate::variance::Effect;

fn hit(view: &SchemaView<'_, '_>, fate: &Fate<'_, '_>) -> Hit {
    let at = |member: Option<Member<'_, '_>>| {
        member.and_then(|member| member.property.nodes.first().copied())
    };
    let schema = |member: Option<Member<'_, '_>>, old: bool| {
        let schemas = if old {
            &view.graph.old
        } else {
            &view.graph.new
        };
        member.map(|member| Content::Schema(schemas.of_nodes(&member.property.nodes)))
    };
    let mut hit = Hit::at(at(fate.old), at(fate.new))
        .hole("name", named(fate.name()))
        .tail(fate.tail());
    hit.before = schema(fate.old, true);
    hit.after = schema(fate.new, false);
    hit
}

fn removed(view: &SchemaView<'_, '_>, hits: &mut Hits) {
    for fate in fates(view) {
        if let (Some(old), None) = (fate.old, fate.new)
            && old.travels
            && !is_named_elsewhere(view, fate.name())
        {
            hits.push(hit(view, &fate).effect(loss(view, old)));
        }
    }
}

/// Whether the new version still declares a member that its `properties` no longer name.
fn is_named_elsewhere(view: &SchemaView<'_, '_>, name: &str) -> bool {
    view.new.required.contains_key(name)
        || !view.new_covering(name).is_empty()
        || is_in_alternatives(view, name)
}

/// Whether an alternative of the new version names a member.
fn is_in_alternatives(view: &SchemaView<'_, '_>, name: &str) -> bool {
    let schemas = &view.graph.new;
    let mut branches = view.new.groups.iter().flat_map(|group| &group.branches);
    branches.any(|branch| {
        schemas
            .get(schemas.of_node(*branch))
            .property(name)
            .is_some()
    })
}

/// Why a member that went into alternatives is not decided.
const ALTERNATIVES: &str =
    "alternatives name the member now, and are not compared with it one by one";

fn unnamed(view: &SchemaView<'_, '_>, hits: &mut Hits) {
    for fate in fates(view) {
        if let (Some(old), None) = (fate.old, fate.new)
            && old.travels
            && is_named_elsewhere(view, fate.name())
        {
            let hit = hit(view, &fate);
            hits.push(if is_in_alternatives(view, fate.name()) {
                hit.effect(Effect::Obscures).reason(ALTERNATIVES)
            } else if view.new_covering(fate.name()).is_empty() {
                // Still demanded, but any value will do.
                hit.effect(Effect::Widens)
            } else {
                hit
            });
        }
    }
}

/// Newly named members that travel, with whether the old version declared them without a name.
fn fresh<'v, 'd>(
    view: &SchemaView<'v, 'd>,
) -> impl Iterator<Item = (Fate<'v, 'd>, Member<'v, 'd>, bool)> {
    let fresh = fates(view).filter_map(|fate| {
        let new = fate.new.filter(|new| fate.old.is_none() && new.travels)?;
        Some((fate, new))
    });
    let known: Vec<_> = fresh
        .map(|(fate, new)| (fate, new, !view.old_covering(fate.name()).is_empty()))
        .collect();
    known.into_iter()
}

fn added(view: &SchemaView<'_, '_>, hits: &mut Hits) {
    for (fate, new, known) in fresh(view) {
        let was_required = view.old.required.contains_key(fate.name());
        if !known && (!new.required || was_required) {
            let effect = gain(view, new);
            // Why something optional can break is not plain from the member alone.
            let before = if effect == Effect::Narrows {
                ", which might hold anything before"
            } else {
                ""
            };
            hits.push(hit(view, &fate).hole("before", before).effect(effect));
        }
    }
}

fn required_added(view: &SchemaView<'_, '_>, hits: &mut Hits) {
    for (fate, new, known) in fresh(view) {
        if !known && new.required && !view.old.required.contains_key(fate.name()) {
            let hit = hit(view, &fate);
            // No old value may have it, every new value must.
            let strict = view.reading == crate::diff::Reading::Strict && view.old.is_closed();
            hits.push(if strict {
                hit.effect(Effect::Shifts)
            } else {
                hit
            });
        }
    }
}

fn named_now(view: &SchemaView<'_, '_>, hits: &mut Hits) {
    for (fate, ..) in fresh(view).filter(|(.., known)| *known) {
        hits.push(hit(view, &fate));
    }
}

/// Members on the wire on both sides, by `properties` or by what covers the rest, with both requirements.
fn requirement(view: &SchemaView<'_, '_>, hits: &mut Hits, became: bool) {
    for fate in fates(view) {
        let declared = |member: Option<Member<'_, '_>>, covered: bool| {
            member.map_or(covered, |member| member.travels)
        };
        let name = fate.name();
        let (before, after) = (
            view.old.required.get(name).copied(),
            view.new.required.get(name).copied(),
        );
        if before.is_some() == after.is_some()
            || after.is_some() != became
            || !declared(fate.old, !view.old_covering(name).is_empty())
            || !declared(fate.new, !view.new_covering(name).is_empty())
        {
            continue;
        }
        let at = |member: Option<Member<'_, '_>>| {
            member.and_then(|member| member.property.nodes.first().copied())
        };
        let word = |required: bool| Content::text(if required { "required" } else { "optional" });
        hits.push(
            Hit::at(before.or(at(fate.old)), after.or(at(fate.new)))
                .before(word(before.is_some()))
                .after(word(after.is_some()))
                .hole("name", named(name))
                .tail(fate.tail()),
        );
    }
}

/// Required names that no side declares as a member.
fn bare_requirement(view: &SchemaView<'_, '_>, hits: &mut Hits, added: bool) {
    let Some((old, new)) = sides_with(view, Types::OBJECT) else {
        return;
    };
    let (here, there) = if added { (new, old) } else { (old, new) };
    for (name, at) in &here.required {
        if there.required.contains_key(name) || here.property(name).is_some() {
            continue;
        }
        // What the other side declares and this one covers is told as a member.
        let covered = if added {
            !view.new_covering(name).is_empty()
        } else {
            !view.old_covering(name).is_empty()
        };
        if covered && there.property(name).is_some() {
            continue;
        }
        let (before, after) = if added {
            (None, Some(*at))
        } else {
            (Some(*at), None)
        };
        hits.push(
            Hit::nodes(before, after)
                .hole("name", named(name))
                .tail(crate::spec::Segment::Property((*name).to_owned()).to_string()),
        );
    }
}

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "property-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} no longer has member {name}",
        docs: "\
A member is gone from an object.

A consumer that reads it finds nothing, and what a consumer sends in it is ignored or turned away.
Deprecate the member first, and remove it when its window has passed and nobody uses it.
",
        detect: Detect::Schema(removed),
    },
    Rule {
        id: "property-unnamed",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} no longer names member {name}, and still allows it",
        docs: "\
A member is no longer listed, but a pattern, the schema of other members, alternatives, or `required` declare it.

Nobody, as long as that schema says the same; where it does not, that difference is a finding of its own. If
only `required` is left, the member may hold anything. What alternatives say of it together is not decided.
Keep the member listed, so that people and code generators find it.
",
        detect: Detect::Schema(unnamed),
    },
    Rule {
        id: "property-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} has a new optional member {name}{before}",
        docs: "\
An object got a member that nobody has to send.

Nobody, where the object already named its members. A free-form object may have carried the name for something
else, so there it can turn values away that were taken before.
Choose a name that nobody uses yet.
",
        detect: Detect::Schema(added),
    },
    Rule {
        id: "property-required-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has a new required member {name}",
        docs: "\
An object got a member that has to be there.

A consumer that does not send it, as none did so far, is turned away. A default does not help: it is for
members that may be left out.
Make the member optional, and choose what its absence means.
",
        detect: Detect::Schema(required_added),
    },
    Rule {
        id: "property-named",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} now names member {name}, which it allowed before",
        docs: "\
A member is listed that a pattern or the schema of other members declared before.

Nobody, as long as its schema says the same; where it does not, that difference is a finding of its own.
Nothing.
",
        detect: Detect::Schema(named_now),
    },
    Rule {
        id: "property-became-required",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has to have member {name}",
        docs: "\
An optional member became required.

A consumer that leaves it out is turned away. A default does not help: it is for members that may be left out.
Keep it optional, and choose what its absence means.
",
        detect: Detect::Schema(|view, hits| requirement(view, hits, true)),
    },
    Rule {
        id: "property-became-optional",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} may leave out member {name}",
        docs: "\
A required member became optional.

A consumer that reads it without a check fails where it is absent.
Go on sending it always, or announce when it is left out.
",
        detect: Detect::Schema(|view, hits| requirement(view, hits, false)),
    },
    Rule {
        id: "required-name-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has to have member {name}, which it does not describe",
        docs: "\
A name is required that the object's members do not describe.

A consumer that does not send it is turned away.
Describe the member and make it optional.
",
        detect: Detect::Schema(|view, hits| bare_requirement(view, hits, true)),
    },
    Rule {
        id: "required-name-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} need not have member {name}, which it did not describe",
        docs: "\
A name is no longer required that the object's members did not describe.

A consumer that reads the member without a check fails where it is absent.
Go on sending it always, or announce when it is left out.
",
        detect: Detect::Schema(|view, hits| bare_requirement(view, hits, false)),
    },
];
