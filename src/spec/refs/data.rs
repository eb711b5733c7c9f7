//! Which nodes are contract text, and which are data or prose that only looks like it.

use crate::tree::{NodeId, Tree};

/// Maps whose keys are names the author chose, not keywords.
const NAMED: [&str; 17] = [
    "properties",
    "patternProperties",
    "schemas",
    "definitions",
    "$defs",
    "dependentSchemas",
    "dependencies",
    "responses",
    "parameters",
    "headers",
    "callbacks",
    "links",
    "paths",
    "webhooks",
    "content",
    "pathItems",
    "requestBodies",
];

/// Whether a node stands in an example, a default, an enum, or an extension: there `$ref` is only a word.
pub(super) fn is_data(tree: &Tree, node: NodeId) -> bool {
    let pointer = tree.pointer(node);
    let mut names = false;
    let mut in_examples = false;
    for segment in pointer.segments() {
        if names {
            names = false;
            continue;
        }
        match segment.as_ref() {
            "example" | "default" | "enum" | "const" => return true,
            "value" | "dataValue" if in_examples => return true,
            // A schema's `examples` is a list of values; elsewhere it is a map of Example Objects.
            "examples" => {
                in_examples = true;
                names = true;
            }
            extension if extension.starts_with("x-") => return true,
            keyword => names = NAMED.contains(&keyword),
        }
    }
    false
}

/// Whether a node stands where prose belongs, so that its target may be a text file.
pub(super) fn is_prose(tree: &Tree, node: NodeId) -> bool {
    let pointer = tree.pointer(node);
    matches!(
        pointer.segments().last().as_deref(),
        Some("description" | "summary")
    )
}
