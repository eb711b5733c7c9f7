//! Prover A: the canonical form of the `jsonschema` crate. The only file that knows its interface, which is experimental.

use super::{
    emit::{self, Document},
    schema::{Arena, NodeId},
};
use jsonschema::canonical::{CanonicalKind, CanonicalSchema, Containment, Satisfiability, options};
use serde_json::Value as Json;

/// A schema that stands for more nodes than this is canonicalised on a stack of its own.
const SMALL: usize = 60;

/// The stack for large schemas, in bytes.
const STACK: usize = 256 << 20;

/// What the canonical forms say about inclusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Canonical {
    /// Every value of the small schema belongs to the large one.
    Yes,
    /// Some value does not.
    No,
    /// Neither was established.
    Unknown,
}

/// Whether `large` accepts every value of `small`, as far as the canonical forms say; `Unknown` beyond so many nodes.
pub(super) fn covers(arena: &Arena, large: NodeId, small: NodeId, limit_nodes: usize) -> Canonical {
    let Some((small, large)) = documents(arena, small, large, limit_nodes) else {
        return Canonical::Unknown;
    };
    with_stack(small.nodes.max(large.nodes), || {
        let small = read(&small.json)?;
        let large = read(&large.json)?;
        large.covers(&small).ok()
    })
    .map_or(Canonical::Unknown, |answer| match answer {
        Containment::Yes => Canonical::Yes,
        Containment::No => Canonical::No,
        Containment::Unknown => Canonical::Unknown,
    })
}

/// The values of `small` that do not belong to `large`, as a document of draft 2020-12.
pub(super) fn difference(
    arena: &Arena,
    small: NodeId,
    large: NodeId,
    limit_nodes: usize,
) -> Option<Json> {
    let (small, large) = documents(arena, small, large, limit_nodes)?;
    with_stack(small.nodes.max(large.nodes), || {
        let small = read(&small.json)?;
        let large = read(&large.json)?;
        let difference = small.subtract(&large).ok()?;
        let empty = difference.satisfiability() == Satisfiability::No;
        (!empty).then(|| difference.to_json_schema())
    })
}

fn documents(
    arena: &Arena,
    small: NodeId,
    large: NodeId,
    most: usize,
) -> Option<(Document, Document)> {
    let small = emit::document(arena, small, "small", most)?;
    let large = emit::document(arena, large, "large", most)?;
    Some((small, large))
}

fn read(document: &Json) -> Option<CanonicalSchema> {
    let schema = options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .offline()
        .canonicalize(document)
        .ok()?;
    (schema.kind() != CanonicalKind::Raw).then_some(schema)
}

/// Works on a large stack where the schemas may be deep; `None` also where that fails.
fn with_stack<T: Send>(nodes: usize, work: impl FnOnce() -> Option<T> + Send) -> Option<T> {
    if nodes <= SMALL {
        return work();
    }
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, work)
            .ok()?
            .join()
            .ok()?
    })
}
