//! Two versions of a document that differ in `info` only: what one says of its API, the other says word for word.

use super::{
    bundle::{At, Bundle, Document},
    diagnostic::Diagnostic,
};
use crate::text::Span;
use crate::tree::{Entry, NodeId, Syntax, Tree};
use std::ops::Range;

/// The member that may differ: it describes the document, and neither contracts nor what is wrong with them are read from it.
const FREE: &str = "info";

/// How a document turns into another that says the same but for `info`.
#[derive(Debug)]
pub struct Alike {
    members: Vec<Member>,
}

/// A member of the root that both documents have, written alike.
#[derive(Debug)]
struct Member {
    /// From its key to the end of its value, in the old text.
    span: Span,
    /// Where its key is in the new text.
    start: u32,
    /// The nodes of its value in the old tree, and in the new one.
    nodes: (Range<u32>, Range<u32>),
}

impl Alike {
    /// `None` unless both bundles are one JSON document of an API each, with the same members in the same order, all but
    /// `info` equal to the byte, and every reference leading to the same place of them.
    #[must_use]
    pub fn of(old: &Bundle, new: &Bundle) -> Option<Self> {
        let ([before], [after]) = (old.files.as_slice(), new.files.as_slice()) else {
            return None;
        };
        let json = [before, after].map(|document| document.tree.syntax() == Syntax::Json);
        if json != [true; 2] || !old.dialect.is_api() || old.dialect != new.dialect {
            return None;
        }
        let alike = Self {
            members: members(&before.tree, &after.tree)?,
        };
        (alike.references(before, after) && alike.names(old, new)).then_some(alike)
    }

    /// What [`Bundle::check`] finds in the old document, where the new one has it; `None` when some is about `info` after all.
    #[must_use]
    pub fn moved(&self, diagnostics: &[Diagnostic]) -> Option<Vec<Diagnostic>> {
        let moved = |diagnostic: &Diagnostic| {
            Some(Diagnostic {
                offset: self.offset(diagnostic.offset)?,
                ..diagnostic.clone()
            })
        };
        diagnostics.iter().map(moved).collect()
    }

    fn offset(&self, offset: u32) -> Option<u32> {
        let mut members = self.members.iter();
        let member =
            members.find(|member| (member.span.start..member.span.end).contains(&offset))?;
        Some(offset - member.span.start + member.start)
    }

    fn node(&self, at: At) -> Option<At> {
        let index = u32::try_from(at.node.index()).ok()?;
        let mut nodes = self.members.iter().map(|member| &member.nodes);
        let (before, after) = nodes.find(|(before, _)| before.contains(&index))?;
        // The same text is read into the same nodes, in the same order.
        let node = NodeId::from_index(index - before.start + after.start);
        Some(At { node, ..at })
    }

    /// Whether all references lead to the same places: the files may go by other names, and references by those names.
    fn references(&self, before: &Document, after: &Document) -> bool {
        self.members.iter().all(|Member { nodes, .. }| {
            let (one, other) = (nodes.0.clone(), nodes.1.clone());
            before
                .refs
                .lead_alike(one, (&after.refs, other), |at| self.node(at))
        })
    }

    /// Whether all mappings of discriminators name the same schemas.
    fn names(&self, old: &Bundle, new: &Bundle) -> bool {
        let named = |bundle: &Bundle, at: At| {
            let text = bundle.tree(at.file).str(at.node)?;
            bundle.named(at, text)
        };
        let (root, tree) = (old.root(), old.tree(old.root().file));
        let mappings = tree.values_of("mapping").map(|node| At { node, ..root });
        mappings
            .flat_map(|mapping| old.entries(mapping))
            .all(|(_, at)| match self.node(at) {
                Some(beside) => match named(old, at) {
                    Some(target) => self
                        .node(target)
                        .is_some_and(|it| named(new, beside) == Some(it)),
                    None => named(new, beside).is_none(),
                },
                // A mapping in `info` maps nothing.
                None => true,
            })
    }
}

/// The members of both roots side by side, but for `info`; `None` when they differ.
fn members(before: &Tree, after: &Tree) -> Option<Vec<Member>> {
    let pairs = || {
        before
            .entries(before.root())
            .zip(after.entries(after.root()))
    };
    let free = |(entry, _): &(Entry, Entry)| before.key(entry.key) == FREE;
    // Hashes settle it for most documents; texts are megabytes long.
    let equal = before.size(before.root()) == after.size(after.root())
        && pairs().all(|(one, other)| before.key(one.key) == after.key(other.key))
        && pairs()
            .filter(|pair| !free(pair))
            .all(|(one, other)| before.hash(one.value) == after.hash(other.value));
    if !equal {
        return None;
    }
    let members = pairs().filter(|pair| !free(pair));
    members
        .map(|(one, other)| member((before, one), (after, other)))
        .collect()
}

fn member((before, one): (&Tree, Entry), (after, other): (&Tree, Entry)) -> Option<Member> {
    let span =
        |tree: &Tree, entry: Entry| Span::new(entry.key_span.start, tree.span(entry.value).end);
    let (from, to) = (span(before, one), span(after, other));
    if from.of(before.source().text()) != to.of(after.source().text()) {
        return None;
    }
    Some(Member {
        span: from,
        start: to.start,
        nodes: (before.subtree(one.value)?, after.subtree(other.value)?),
    })
}
