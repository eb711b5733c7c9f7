//! What applies to members and items that no keyword names one by one.

use crate::spec::{At, Schema, member_matches};

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
    let mut nodes: Vec<At> = Vec::new();
    for property in &schema.pattern_properties {
        if member_matches(property.name, name) == Some(true) {
            nodes.extend(&property.nodes);
        }
    }
    if nodes.is_empty() {
        rest_schema(schema).unwrap_or_default()
    } else {
        nodes
    }
}
