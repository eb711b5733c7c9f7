//! What an object says about names: patterns, `propertyNames`, and members that depend on others.

use super::{
    member::{fates, gain, is_free_form},
    sides::{listed, named, shorten, sides_with},
};
use crate::diff::Reading;
use crate::rules::{Content, Detect, Hit, Hits, Rule, SchemaView};
use crate::spec::{Property, Segment, Types};
use crate::variance::Effect;
use std::collections::BTreeSet;

/// Entries of the first list that the second lacks.
fn own<'v, 'd>(list: &'v [Property<'d>], other: &[Property<'_>]) -> Vec<&'v Property<'d>> {
    list.iter()
        .filter(|property| other.iter().all(|held| held.name != property.name))
        .collect()
}

fn pattern(view: &SchemaView<'_, '_>, hits: &mut Hits, added: bool) {
    let Some((old, new)) = sides_with(view, Types::OBJECT) else {
        return;
    };
    let own = if added {
        own(&new.pattern_properties, &old.pattern_properties)
    } else {
        own(&old.pattern_properties, &new.pattern_properties)
    };
    for property in own {
        let effect = match (view.reading, added) {
            (Reading::Tolerant, true) if is_free_form(old) => Effect::Narrows,
            (Reading::Tolerant, true) => Effect::Adds,
            (Reading::Tolerant, false) => Effect::Removes,
            (Reading::Strict, true) if old.is_closed() => Effect::Widens,
            (Reading::Strict, true) => Effect::Narrows,
            (Reading::Strict, false) if new.is_closed() => Effect::Narrows,
            (Reading::Strict, false) => Effect::Widens,
        };
        let tail = Segment::Pattern(property.name.to_owned()).to_string();
        hits.push(
            side(view, property, added)
                .hole("pattern", format!("`{}`", shorten(property.name)))
                .tail(tail)
                .effect(effect),
        );
    }
}

/// A hit on an entry that only one side has.
fn side(view: &SchemaView<'_, '_>, property: &Property<'_>, added: bool) -> Hit {
    let at = property.nodes.first().copied();
    if added {
        let schema = view.graph.new.of_nodes(&property.nodes);
        Hit::at(None, at).after(Content::Schema(schema))
    } else {
        let schema = view.graph.old.of_nodes(&property.nodes);
        Hit::at(at, None).before(Content::Schema(schema))
    }
}

fn property_names(view: &SchemaView<'_, '_>, hits: &mut Hits, added: bool) {
    let Some((old, new)) = sides_with(view, Types::OBJECT) else {
        return;
    };
    match (old.names.first(), new.names.first()) {
        (None, Some(new)) if added => hits.push(Hit::nodes(None, Some(*new))),
        (Some(old), None) if !added => hits.push(Hit::nodes(Some(*old), None)),
        _ => {}
    }
}

#[derive(PartialEq)]
enum Fact {
    Added,
    Removed,
    Changed,
}

/// Whether a member is new and safe to add, so that no writer of the old version has it.
fn is_fresh(view: &SchemaView<'_, '_>, name: &str) -> bool {
    let unknown = view.reading == Reading::Tolerant
        && view.old_covering(name).is_empty()
        && !view.old.required.contains_key(name)
        && view.old.groups.is_empty()
        && view.old.conditionals.is_empty()
        && view.old.dependent_schemas.is_empty();
    let added = |new| gain(view, new) == Effect::Adds;
    unknown
        && fates(view)
            .into_iter()
            .any(|fate| fate.old.is_none() && fate.name() == name && fate.new.is_some_and(added))
}

fn dependent(view: &SchemaView<'_, '_>, hits: &mut Hits, fact: &Fact) {
    let Some((old, new)) = sides_with(view, Types::OBJECT) else {
        return;
    };
    let (old, new) = (&old.dependent_required, &new.dependent_required);
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    for name in names {
        let set =
            |list: &[&str]| -> BTreeSet<String> { list.iter().map(|name| named(name)).collect() };
        let words = |list: &[&str]| listed(&set(list).into_iter().collect::<Vec<_>>());
        let (seen, hit) = match (old.get(name), new.get(name)) {
            (None, Some((list, at))) => (
                Fact::Added,
                if is_fresh(view, name) {
                    // What nobody could send asks nothing of anybody.
                    Hit::nodes(None, Some(*at)).effect(Effect::Adds)
                } else {
                    Hit::nodes(None, Some(*at))
                }
                .hole("members", words(list)),
            ),
            (Some((list, at)), None) => (
                Fact::Removed,
                Hit::nodes(Some(*at), None).hole("members", words(list)),
            ),
            (Some((before, old_at)), Some((after, new_at))) => {
                let hit = Hit::nodes(Some(*old_at), Some(*new_at))
                    .hole("old", words(before))
                    .hole("members", words(after));
                let (before, after) = (set(before), set(after));
                if before == after {
                    continue;
                }
                let hit = if after.is_superset(&before) {
                    hit.effect(Effect::Narrows)
                } else if before.is_superset(&after) {
                    hit.effect(Effect::Widens)
                } else {
                    hit
                };
                (Fact::Changed, hit)
            }
            (None, None) => continue,
        };
        if seen == *fact {
            let tail = Segment::Dependent(name.to_owned()).to_string();
            hits.push(hit.hole("name", named(name)).tail(tail));
        }
    }
}

fn dependent_schema(view: &SchemaView<'_, '_>, hits: &mut Hits, added: bool) {
    let Some((old, new)) = sides_with(view, Types::OBJECT) else {
        return;
    };
    let own = if added {
        own(&new.dependent_schemas, &old.dependent_schemas)
    } else {
        own(&old.dependent_schemas, &new.dependent_schemas)
    };
    for property in own {
        let tail = Segment::Dependent(property.name.to_owned()).to_string();
        hits.push(
            side(view, property, added)
                .hole("name", named(property.name))
                .tail(tail),
        );
    }
}

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "pattern-property-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} describes members that match {pattern}",
        docs: "\
An object describes members by a pattern of their names.

Nobody, where the object already named its members. A free-form object may have carried such names for
something else, so there it can turn values away that were taken before.
Choose a pattern that nobody's names match yet.
",
        detect: Detect::Schema(|view, hits| pattern(view, hits, true)),
    },
    Rule {
        id: "pattern-property-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} no longer describes members that match {pattern}",
        docs: "\
An object no longer describes members by a pattern of their names.

A consumer that uses such members finds nothing in the contract about them, and what it sends may be turned
away.
Deprecate the members first, and remove the pattern when its window has passed.
",
        detect: Detect::Schema(|view, hits| pattern(view, hits, false)),
    },
    Rule {
        id: "property-names-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} restricts the names of its members",
        docs: "\
The names of an object's members have to meet a schema.

A consumer that sends a member with another name is turned away.
Take the names that were taken before.
",
        detect: Detect::Schema(|view, hits| property_names(view, hits, true)),
    },
    Rule {
        id: "property-names-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} no longer restricts the names of its members",
        docs: "\
The names of an object's members no longer have to meet a schema.

A consumer that reads the names and relies on their form meets others.
Keep the restriction for what consumers read.
",
        detect: Detect::Schema(|view, hits| property_names(view, hits, false)),
    },
    Rule {
        id: "dependent-required-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has to have {members} wherever it has {name}",
        docs: "\
A member demands that others are there, too.

A consumer that sends the one without the others is turned away.
Choose what the absence of the others means.
",
        detect: Detect::Schema(|view, hits| dependent(view, hits, &Fact::Added)),
    },
    Rule {
        id: "dependent-required-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} may have {name} without {members}",
        docs: "\
A member no longer demands that others are there, too.

A consumer that reads the one and takes the others for granted fails.
Go on sending them together.
",
        detect: Detect::Schema(|view, hits| dependent(view, hits, &Fact::Removed)),
    },
    Rule {
        id: "dependent-required-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} has to have {members} wherever it has {name}, and had to have {old}",
        docs: "\
A member demands other companions than before.

A consumer that sends it with the old companions only is turned away, and one that reads it misses those no
longer demanded.
Demand only what was demanded before.
",
        detect: Detect::Schema(|view, hits| dependent(view, hits, &Fact::Changed)),
    },
    Rule {
        id: "dependent-schema-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has to meet a further schema wherever it has {name}",
        docs: "\
A member brings a schema for the whole object with it.

A consumer that sends the member in an object of another form is turned away.
Take the objects that were taken before.
",
        detect: Detect::Schema(|view, hits| dependent_schema(view, hits, true)),
    },
    Rule {
        id: "dependent-schema-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} need not meet a further schema where it has {name}",
        docs: "\
A member no longer brings a schema for the whole object with it.

A consumer that reads such an object and relies on its form meets others.
Keep the schema for what consumers read.
",
        detect: Detect::Schema(|view, hits| dependent_schema(view, hits, false)),
    },
];
