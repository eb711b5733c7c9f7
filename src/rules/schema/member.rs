//! What became of each member of an object.

use super::sides::{is_trivial, sides_with};
use crate::diff::Reading;
use crate::rules::SchemaView;
use crate::spec::{Property, Schema, Segment, Types};
use crate::variance::Effect;
use foldhash::HashMap;

/// A member on one side.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules) struct Member<'v, 'd> {
    pub(super) property: &'v Property<'d>,
    /// Whether it is on the wire in this direction.
    pub(super) travels: bool,
    /// Whether the schema demands it, wherever it is on the wire.
    pub(super) required: bool,
}

/// A member of either side, or of both.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules) struct Fate<'v, 'd> {
    pub(super) old: Option<Member<'v, 'd>>,
    pub(super) new: Option<Member<'v, 'd>>,
}

impl Fate<'_, '_> {
    /// Its step in an element id.
    pub(super) fn tail(&self) -> String {
        Segment::Property(self.name().to_owned()).to_string()
    }

    pub(super) fn name(&self) -> &str {
        let member = self.old.or(self.new);
        member.map_or("", |member| member.property.name)
    }
}

/// The members of both sides, old order first; worked out once for all rules that ask.
pub(super) fn fates<'v, 'd>(view: &SchemaView<'v, 'd>) -> impl Iterator<Item = Fate<'v, 'd>> {
    view.fates.get_or_init(|| work_out(view)).iter().copied()
}

fn work_out<'v, 'd>(view: &SchemaView<'v, 'd>) -> Vec<Fate<'v, 'd>> {
    let Some((old, new)) = sides_with(view, Types::OBJECT) else {
        return Vec::new();
    };
    let member = |schema: &Schema<'d>, property: &'v Property<'d>, travels: bool| Member {
        property,
        travels,
        required: schema.required.contains_key(property.name),
    };
    let by_name = |schema: &'v Schema<'d>| -> HashMap<&'d str, &'v Property<'d>> {
        let pairs = schema.properties.iter().map(|one| (one.name, one));
        pairs.collect()
    };
    let (before, after) = (by_name(old), by_name(new));
    let mut fates = Vec::new();
    for property in &old.properties {
        fates.push(Fate {
            old: Some(member(old, property, view.old_travels(property))),
            new: after
                .get(property.name)
                .map(|successor| member(new, successor, view.new_travels(successor))),
        });
    }
    for property in &new.properties {
        if !before.contains_key(property.name) {
            fates.push(Fate {
                old: None,
                new: Some(member(new, property, view.new_travels(property))),
            });
        }
    }
    fates
}

/// What the loss of a declared member does.
pub(super) fn loss(view: &SchemaView<'_, '_>, member: Member<'_, '_>) -> Effect {
    match (view.reading, view.new.is_closed(), member.required) {
        (Reading::Tolerant, ..) => Effect::Removes,
        (Reading::Strict, false, _) => Effect::Widens,
        (Reading::Strict, true, false) => Effect::Narrows,
        // Every old value has it, and no new value may.
        (Reading::Strict, true, true) => Effect::Shifts,
    }
}

/// What a newly declared member does that nobody has to send.
pub(super) fn gain(view: &SchemaView<'_, '_>, member: Member<'_, '_>) -> Effect {
    let says_something = constrains(view, member.property);
    match view.reading {
        // Whoever wrote to a free-form object may have used the name for something else.
        Reading::Tolerant if says_something && is_free_form(view.old) => Effect::Narrows,
        Reading::Tolerant => Effect::Adds,
        Reading::Strict if view.old.is_closed() => Effect::Widens,
        Reading::Strict if says_something => Effect::Narrows,
        Reading::Strict => Effect::Annotates,
    }
}

/// Whether a new member's schema turns any value away.
fn constrains(view: &SchemaView<'_, '_>, property: &Property<'_>) -> bool {
    if property
        .nodes
        .iter()
        .all(|at| is_trivial(view.new_bundle(), *at))
    {
        return false;
    }
    let schema = view.graph.new.get(view.graph.new.of_nodes(&property.nodes));
    schema.types != Types::ALL
        || !schema.values.is_empty()
        || !schema.groups.is_empty()
        || !schema.nots.is_empty()
        || !schema.opaque.is_empty()
        || schema.never.is_some()
}

/// Whether a schema names no member, so that its objects may hold anything.
pub(super) fn is_free_form(schema: &Schema<'_>) -> bool {
    schema.properties.is_empty()
        && schema.pattern_properties.is_empty()
        && schema.rest.is_empty()
        && schema.required.is_empty()
        && schema.dependent_required.is_empty()
        && schema.dependent_schemas.is_empty()
        && schema.discriminator.is_none()
        && schema.groups.is_empty()
        && schema.conditionals.is_empty()
        && schema.opaque.is_empty()
}
