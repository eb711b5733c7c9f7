//! Whether two ways of writing a value differ for any value: the table of RFC 6570.

use crate::diff::Comparison;
use crate::spec::{In, Schema, Schemas, Shape, Types, Wire};
use std::rc::Rc;

/// What the style makes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Single,
    Array,
    Object,
}

/// The style and the explosion that are left once what makes no difference for such values is taken out.
fn form<'d>(wire: &Wire<'d>, kind: Kind) -> (&'d str, bool) {
    match (kind, wire.style) {
        // A single value is written after a dot, after a semicolon, after its name, or alone.
        (Kind::Single, "simple" | "label" | "matrix") => (wire.style, false),
        (Kind::Single, _) => ("form", false),
        (Kind::Array, "simple") => ("simple", false),
        (Kind::Array | Kind::Object, "spaceDelimited" | "pipeDelimited" | "tabDelimited")
            if wire.explode =>
        {
            ("form", true)
        }
        (Kind::Array | Kind::Object, "deepObject") => ("deepObject", true),
        (Kind::Array | Kind::Object, style) => (style, wire.explode),
    }
}

/// Whether a value of these types is written differently.
pub(super) fn styles_differ(old: &Wire<'_>, new: &Wire<'_>, types: Types) -> bool {
    let single = types.meets(Types::STRING.or(Types::NUMBER).or(Types::BOOLEAN));
    [
        (Kind::Single, single),
        (Kind::Array, types.meets(Types::ARRAY)),
        (Kind::Object, types.meets(Types::OBJECT)),
    ]
    .into_iter()
    .any(|(kind, there)| there && form(old, kind) != form(new, kind))
}

/// Whether a value of these types may hold a reserved character, in a place where such are escaped.
pub(super) fn may_be_reserved(types: Types, place: In) -> bool {
    place != In::Header && types.meets(Types::STRING.or(Types::ARRAY).or(Types::OBJECT))
}

/// The schemas of two shapes.
pub(super) fn schemas<'d>(
    comparison: &Comparison<'_, 'd>,
    old: Option<&Shape>,
    new: Option<&Shape>,
) -> (Option<Rc<Schema<'d>>>, Option<Rc<Schema<'d>>>) {
    let graph = &comparison.graph;
    (
        old.map(|shape| graph.old.get(graph.old.of_shape(shape))),
        new.map(|shape| graph.new.get(graph.new.of_shape(shape))),
    )
}

/// The types of a schema's values, with those of its alternatives.
pub(super) fn types_of(schemas: &Schemas<'_>, schema: &Schema<'_>) -> Types {
    schema.groups.iter().fold(schema.types, |types, group| {
        let branches = group
            .branches
            .iter()
            .map(|branch| schemas.get(schemas.of_node(*branch)).types);
        types.and(branches.fold(Types::NONE, Types::or))
    })
}

/// The types of values that both versions know.
pub(super) fn common_types(
    comparison: &Comparison<'_, '_>,
    old: Option<&Shape>,
    new: Option<&Shape>,
) -> Types {
    let (old, new) = schemas(comparison, old, new);
    let graph = &comparison.graph;
    let types = |schemas: &Schemas<'_>, schema: Option<Rc<Schema<'_>>>| {
        schema.map_or(Types::ALL, |schema| types_of(schemas, &schema))
    };
    types(&graph.old, old).and(types(&graph.new, new))
}

/// "`form` exploded": how a sentence calls it.
pub(super) fn words(wire: &Wire<'_>) -> String {
    if wire.explode {
        format!("`{}` exploded", wire.style)
    } else {
        format!("`{}`", wire.style)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(style: &'static str, explode: bool) -> Wire<'static> {
        Wire {
            style,
            explode,
            allow_reserved: false,
        }
    }

    #[test]
    fn only_values_that_are_written_differently_count() {
        let number = Types::NUMBER;
        assert!(!styles_differ(
            &wire("form", true),
            &wire("form", false),
            number
        ));
        assert!(styles_differ(
            &wire("form", true),
            &wire("form", false),
            Types::ARRAY
        ));
        assert!(!styles_differ(
            &wire("simple", true),
            &wire("simple", false),
            Types::ARRAY
        ));
        assert!(styles_differ(
            &wire("simple", true),
            &wire("simple", false),
            Types::OBJECT
        ));
        assert!(!styles_differ(
            &wire("pipeDelimited", true),
            &wire("form", true),
            Types::ARRAY
        ));
        assert!(styles_differ(
            &wire("simple", false),
            &wire("label", false),
            number
        ));
        assert!(styles_differ(
            &wire("form", true),
            &wire("deepObject", true),
            Types::OBJECT
        ));
    }
}
