//! What a node is, by its own keys: a file or a component does not tell.

use crate::spec::{At, Bundle, Types};
use crate::tree::Kind;

pub(super) fn is_documentation(keyword: &str) -> bool {
    matches!(
        keyword,
        "description" | "summary" | "title" | "example" | "examples" | "externalDocs" | "$comment"
    ) || keyword.starts_with("x-")
}

pub(super) fn is_type(bundle: &Bundle, at: At) -> bool {
    bundle.text(at, "type").and_then(Types::named).is_some()
}

/// Whether a map is a schema, by its own keywords: a file or a component does not tell what it is.
pub(super) fn looks_like_schema(bundle: &Bundle, at: At) -> bool {
    let kind = |keyword: &str| {
        let at = bundle.get(at, keyword)?;
        Some(bundle.tree(at.file).kind(at.node))
    };
    let is = |keywords: &[&str], expected: Kind| {
        keywords
            .iter()
            .any(|keyword| kind(keyword) == Some(expected))
    };
    let apart = ["in", "schema", "content", "headers", "responses", "style"]
        .iter()
        .any(|keyword| kind(keyword).is_some());
    !apart
        && (is_type(bundle, at)
            || is(
                &[
                    "type",
                    "allOf",
                    "anyOf",
                    "oneOf",
                    "enum",
                    "required",
                    "prefixItems",
                ],
                Kind::Seq,
            )
            || is(
                &[
                    "properties",
                    "patternProperties",
                    "items",
                    "additionalProperties",
                    "unevaluatedProperties",
                    "propertyNames",
                    "contains",
                    "not",
                    "if",
                    "dependentRequired",
                    "dependentSchemas",
                    "discriminator",
                ],
                Kind::Map,
            )
            || is(&["format", "pattern"], Kind::String)
            || is(
                &[
                    "additionalProperties",
                    "unevaluatedProperties",
                    "nullable",
                    "uniqueItems",
                ],
                Kind::Bool,
            )
            || is(
                &[
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "multipleOf",
                    "minLength",
                    "maxLength",
                    "minItems",
                    "maxItems",
                    "minProperties",
                    "maxProperties",
                ],
                Kind::Number,
            )
            || kind("const").is_some())
}
