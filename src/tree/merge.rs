//! YAML merge keys: `<<: *base` gives a map the entries of another.

use super::{
    build::Builder,
    error::{Flaw, Read},
    node::{NodeId, Shape, Warning},
};
use crate::text::Span;
use std::collections::HashSet;

/// The most entries that all merge keys of a file may look at: chains of merges grow quadratically.
const BUDGET: usize = 1_000_000;

/// The maps to merge: how deep the map that merges them is, the map, and where the merge key is.
pub(super) type Merges = Vec<(usize, NodeId, Span)>;

/// Notes the value of a merge key, to be merged when the map closes: its own keys win.
pub(super) fn note(builder: &mut Builder<'_>, id: NodeId, span: Span) -> Read<()> {
    let depth = builder.frames.len();
    let nodes = &builder.arena.nodes;
    let node = nodes[id.index()];
    let maps = match node.shape() {
        Shape::Map => &[id][..],
        Shape::Seq => &builder.arena.items[node.range()],
        Shape::Null | Shape::False | Shape::True | Shape::Number | Shape::String => &[],
    };
    let wrong = maps
        .iter()
        .find(|map| nodes[map.index()].shape() != Shape::Map);
    if wrong.is_some() || (maps.is_empty() && node.shape() != Shape::Seq) {
        let found = wrong.map_or(node, |wrong| nodes[wrong.index()]);
        let found = found.shape().kind().name();
        return Err(Flaw::new(
            span.start,
            format!("`<<` merges mappings into this one, but its value has {found}"),
        )
        .help("point it at a mapping (`<<: *name`), or write the key in quotes if it is meant literally"));
    }
    if let Some((_, _, first)) = builder.merges.last().filter(|(at, _, _)| *at == depth) {
        return Err(Flaw::new(span.start, "duplicate key `<<`")
            .also(first.start, "the first one is here")
            .help("merge several mappings by a list: `<<: [*one, *other]`"));
    }
    builder
        .merges
        .extend(maps.iter().map(|map| (depth, *map, span)));
    builder.arena.shared = true;
    builder.arena.warnings.push(Warning {
        span,
        message: "the merge key `<<` is not part of YAML 1.2; it was merged here, and some readers take it for a plain key".into(),
    });
    Ok(())
}

/// Merges into the map that closes, whose own entries are those from `base` on.
pub(super) fn apply(builder: &mut Builder<'_>, base: usize) -> Read<()> {
    // The frame of the closing map is gone already.
    let depth = builder.frames.len() + 1;
    let from = builder.merges.partition_point(|(at, _, _)| *at < depth);
    if from == builder.merges.len() {
        return Ok(());
    }
    let own = builder.entries[base..].iter();
    let mut seen: HashSet<_> = own.map(|entry| entry.key).collect();
    for (_, map, span) in builder.merges.split_off(from) {
        let range = builder.arena.nodes[map.index()].range();
        builder.merged += range.len();
        if builder.merged > BUDGET {
            return Err(Flaw::new(span.start, "merge keys add up to millions of entries")
                .help("this grows with the square of the file; write the entries once and refer to them"));
        }
        let merged = builder.arena.entries[range].iter().copied();
        builder
            .entries
            .extend(merged.filter(|entry| seen.insert(entry.key)));
    }
    Ok(())
}
