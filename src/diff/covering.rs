//! What applies to members and items that no keyword names one by one.

use crate::spec::{At, Property, Schema, member_matches};

/// The schemas that apply to items without a position of their own, whichever keyword says so.
pub(super) fn after_prefix(schema: &Schema<'_>) -> Vec<At> {
    let open = schema.rest_items.iter().filter(|rest| !rest.closed);
    let rest: Vec<At> = open.map(|rest| rest.at).collect();
    // Items that `items` describes are no longer unevaluated.
    if schema.items.is_empty() {
        rest
    } else {
        schema.items.clone()
    }
}

/// The schemas that apply to members nothing names, when there are some and they allow something.
pub(super) fn rest_schema(schema: &Schema<'_>) -> Option<Vec<At>> {
    let nodes: Vec<At> = schema
        .rest
        .iter()
        .filter(|rest| !rest.closed)
        .map(|rest| rest.at)
        .collect();
    (!nodes.is_empty() && !schema.is_closed()).then_some(nodes)
}

/// What declares a member that `properties` does not name: its pattern, else the schema of the rest.
#[must_use]
pub fn covering(schema: &Schema<'_>, name: &str) -> Vec<At> {
    let nodes = patterns(schema, name);
    if nodes.is_empty() {
        rest_schema(schema).unwrap_or_default()
    } else {
        nodes
    }
}

/// What declares a member that `properties` names: that, and the patterns that its name matches.
pub(super) fn declaring(schema: &Schema<'_>, property: &Property<'_>) -> Vec<At> {
    let mut nodes = property.nodes.clone();
    for at in patterns(schema, property.name) {
        if !nodes.contains(&at) {
            nodes.push(at);
        }
    }
    nodes
}

/// What patterns say of a member.
fn patterns(schema: &Schema<'_>, name: &str) -> Vec<At> {
    let matching = schema
        .pattern_properties
        .iter()
        .filter(|property| member_matches(property.name, name) == Some(true));
    matching
        .flat_map(|property| property.nodes.iter().copied())
        .collect()
}
