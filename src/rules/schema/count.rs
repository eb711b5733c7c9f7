//! Limits on sizes: how long a string, how many items, how many members.

use super::sides::sides_with;
use crate::rules::{Content, Hit, Hits, SchemaView};
use crate::spec::{At, Schema, Types};
use crate::text::Decimal;
use std::cmp::Ordering;

/// What happened to a limit.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Fact {
    Added,
    Removed,
    Lowered,
    Raised,
}

/// Sees one fact about one limit on values of these types.
pub(super) fn count(
    view: &SchemaView<'_, '_>,
    hits: &mut Hits,
    keyword: &str,
    types: Types,
    fact: Fact,
) {
    if let Some((old, new)) = sides_with(view, types) {
        compare(keyword, old.count(keyword), new.count(keyword), fact, hits);
    }
}

/// The same for `maxContains`, which counts nothing without a `contains`.
pub(super) fn max_contains(view: &SchemaView<'_, '_>, hits: &mut Hits, fact: Fact) {
    if let Some((old, new)) = counted(view) {
        let keyword = "maxContains";
        compare(keyword, old.count(keyword), new.count(keyword), fact, hits);
    }
}

/// The same for `minContains`, which is 1 wherever it is not said.
pub(super) fn min_contains(view: &SchemaView<'_, '_>, hits: &mut Hits, fact: Fact) {
    let Some((old, new)) = counted(view) else {
        return;
    };
    let read = |schema: &Schema<'_>| {
        let said = schema.count("minContains");
        let value = said.map_or_else(|| Decimal::from(1), |(value, _)| value.clone());
        (value, said.map(|(_, at)| *at))
    };
    let ((old, old_at), (new, new_at)) = (read(old), read(new));
    let seen = (new < old && fact == Fact::Lowered) || (new > old && fact == Fact::Raised);
    if seen {
        hits.push(
            Hit::at(old_at, new_at)
                .before(Content::Json(old.to_string()))
                .after(Content::Json(new.to_string()))
                .hole("old", old)
                .hole("limit", with_unit("minContains", &new)),
        );
    }
}

fn counted<'v, 'd>(view: &SchemaView<'v, 'd>) -> Option<(&'v Schema<'d>, &'v Schema<'d>)> {
    sides_with(view, Types::ARRAY)
        .filter(|(old, new)| !old.contains.is_empty() && !new.contains.is_empty())
}

type Limit = (Decimal, At);

fn compare(keyword: &str, old: Option<&Limit>, new: Option<&Limit>, fact: Fact, hits: &mut Hits) {
    let seen = match (old, new) {
        (None, None) => None,
        (None, Some(_)) => Some(Fact::Added),
        (Some(_), None) => Some(Fact::Removed),
        (Some((old, _)), Some((new, _))) => match new.cmp(old) {
            Ordering::Less => Some(Fact::Lowered),
            Ordering::Equal => None,
            Ordering::Greater => Some(Fact::Raised),
        },
    };
    if seen != Some(fact) {
        return;
    }
    let mut hit = Hit::nodes(old.map(|(_, at)| *at), new.map(|(_, at)| *at));
    if let Some((limit, _)) = new.or(old) {
        hit = hit.hole("limit", with_unit(keyword, limit));
    }
    if let Some((old, _)) = old {
        hit = hit.hole("old", old);
    }
    hits.push(hit);
}

/// `1 item`, `2 items`.
fn with_unit(keyword: &str, limit: &Decimal) -> String {
    let unit = match keyword {
        "maxLength" | "minLength" => "character",
        "maxItems" | "minItems" => "item",
        "maxProperties" | "minProperties" => "member",
        _ => "matching item",
    };
    let plural = if *limit == Decimal::from(1) { "" } else { "s" };
    format!("{limit} {unit}{plural}")
}
