//! Which demand of a schema an edit is about.

use crate::inclusion::Facet;
use crate::rules::Hit;
use crate::spec::{At, Bundle};

/// Names of keywords that one demand may go by.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("minimum", &["minimum", "exclusiveMinimum", "format"]),
    ("exclusiveMinimum", &["minimum", "exclusiveMinimum"]),
    ("maximum", &["maximum", "exclusiveMaximum", "format"]),
    ("exclusiveMaximum", &["maximum", "exclusiveMaximum"]),
    ("enum", &["enum", "const", "oneOf", "anyOf"]),
    (
        "type",
        &["type", "nullable", "x-nullable", "anyOf", "oneOf"],
    ),
    (
        "anyOf",
        &[
            "anyOf",
            "oneOf",
            "if",
            "then",
            "else",
            "dependentRequired",
            "dependentSchemas",
            "dependencies",
            "nullable",
        ],
    ),
    ("oneOf", &["oneOf", "anyOf"]),
    ("prefixItems", &["prefixItems", "items", "additionalItems"]),
    (
        "items",
        &[
            "items",
            "additionalItems",
            "unevaluatedItems",
            "prefixItems",
        ],
    ),
    (
        "additionalProperties",
        &["additionalProperties", "properties", "patternProperties"],
    ),
    ("contains", &["contains", "minContains", "maxContains"]),
    ("unevaluatedItems", &["unevaluatedItems"]),
    ("unevaluatedProperties", &["unevaluatedProperties"]),
];

/// How far up from an edited node its keyword may stand.
const STEPS: usize = 3;

/// How an edit bears on a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bearing {
    /// Not at all.
    None,
    /// It may: another keyword says the same in other words.
    Loose,
    /// It edits the very keyword.
    Exact,
}

/// How an edit bears on a demand.
pub(super) fn bearing(hit: &Hit, facet: &Facet, sides: (&Bundle, &Bundle)) -> Bearing {
    let names = SYNONYMS
        .iter()
        .find(|(keyword, _)| *keyword == facet.keyword)
        .map_or(std::slice::from_ref(&facet.keyword), |(_, names)| names);
    let of_keyword = |keyword: Option<String>| match keyword {
        Some(keyword) if keyword == facet.keyword => Bearing::Exact,
        Some(keyword) if names.contains(&keyword.as_str()) => Bearing::Loose,
        Some(_) | None => Bearing::None,
    };
    let by_keyword =
        of_keyword(keyword(sides.0, hit.old)).max(of_keyword(keyword(sides.1, hit.new)));
    match &facet.name {
        Some(name) if !names_it(hit, name) => Bearing::None,
        Some(_) if facet.keyword == "required" => Bearing::Exact,
        Some(_) | None => by_keyword,
    }
}

/// The keyword that a node belongs to.
fn keyword(bundle: &Bundle, at: Option<At>) -> Option<String> {
    let at = at?;
    let pointer = bundle.tree(at.file).pointer(at.node);
    let segments: Vec<String> = pointer.segments().map(Into::into).collect();
    let near = segments.into_iter().rev().take(STEPS);
    near.into_iter().find(|segment| is_keyword(segment))
}

fn names_it(hit: &Hit, name: &str) -> bool {
    hit.tail
        .trim_start_matches(['.', ' ', '>'])
        .trim_matches('"')
        == name
        || hit
            .holes
            .iter()
            .any(|(_, value)| value == name || value.trim_matches(['"', '`']) == name)
}

fn is_keyword(segment: &str) -> bool {
    SYNONYMS.iter().any(|(_, names)| names.contains(&segment))
        || matches!(
            segment,
            "multipleOf"
                | "minLength"
                | "maxLength"
                | "pattern"
                | "minItems"
                | "maxItems"
                | "uniqueItems"
                | "minProperties"
                | "maxProperties"
                | "required"
                | "propertyNames"
                | "not"
        )
}
