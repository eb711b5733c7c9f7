//! Where a value is in its tree: pointers, subtrees, and weights.

use super::{
    document::Tree,
    node::{Kind, NodeId},
};
use crate::text::Pointer;
use std::ops::Range;

impl Tree {
    /// The ids of a value and all that it contains, which are adjacent and end with its own; `None` in a
    /// tree with aliases.
    #[must_use]
    pub fn subtree(&self, id: NodeId) -> Option<Range<u32>> {
        if self.has_aliases() {
            return None;
        }
        let mut first = id;
        while let Some(child) = self.child(first, 0) {
            first = child;
        }
        Some(first.0..id.0 + 1)
    }

    /// How many nodes a value has with its aliases expanded, itself included; saturates.
    #[must_use]
    pub fn weight(&self, id: NodeId) -> u64 {
        if let Some(range) = self.subtree(id) {
            return u64::from(range.end - range.start);
        }
        let weights = self.weights.get_or_init(|| {
            let mut weights = Vec::with_capacity(self.len());
            for id in self.ids() {
                // Children come first, so theirs are known.
                let sum = self.children(id).fold(1_u64, |sum, child| {
                    sum.saturating_add(weights.get(child.index()).copied().unwrap_or(0))
                });
                weights.push(sum);
            }
            weights
        });
        weights[id.index()]
    }

    /// The JSON Pointer of a value; of a shared one, a pointer to the place where it was written.
    #[must_use]
    pub fn pointer(&self, id: NodeId) -> Pointer {
        let mut steps = Vec::new();
        if self.has_aliases() {
            let parents = self.parents();
            let mut child = id;
            while parents[child.index()] != child {
                let parent = parents[child.index()];
                steps.push((
                    parent,
                    self.places(parent).position(|at| at == child).unwrap_or(0),
                ));
                child = parent;
            }
            steps.reverse();
        } else {
            let mut at = self.root();
            while at != id {
                // Ids rise with the place, and a child's is the last of its subtree.
                let place = match self.kind(at) {
                    Kind::Map => self
                        .entry_slice(at)
                        .partition_point(|entry| entry.value < id),
                    _ => self.items(at).partition_point(|item| *item < id),
                };
                steps.push((at, place));
                let Some(child) = self.child(at, place) else {
                    break;
                };
                at = child;
            }
        }
        let mut pointer = Pointer::root();
        for (parent, place) in steps {
            match self.entry_slice(parent).get(place) {
                Some(entry) => pointer.push(self.key(entry.key)),
                None => pointer.push(&place.to_string()),
            }
        }
        pointer
    }

    /// The value that a pointer leads to from a value, through maps by key and through sequences by index.
    #[must_use]
    pub fn at_pointer(&self, from: NodeId, pointer: &Pointer) -> Option<NodeId> {
        pointer
            .segments()
            .try_fold(from, |at, segment| match self.kind(at) {
                Kind::Map => self.get(at, &segment),
                Kind::Seq => {
                    // RFC 6901, section 4: no leading zeros, no signs.
                    let canonical = segment.len() == 1 || !segment.starts_with(['0', '+']);
                    let place: usize = segment.parse().ok().filter(|_| canonical)?;
                    self.items(at).get(place).copied()
                }
                Kind::Null | Kind::Bool | Kind::Number | Kind::String => None,
            })
    }

    /// The values in a container, in document order; none in a scalar.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.places(id)
    }

    /// Every value that stands under a key, in whatever map.
    pub fn values_of(&self, key: &str) -> impl Iterator<Item = NodeId> + '_ {
        let key = self.sym(key);
        let entries = self.arena.entries.iter();
        entries
            .filter(move |entry| Some(entry.key) == key)
            .map(|entry| entry.value)
    }

    fn places(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let values = self.entry_slice(id).iter().map(|entry| entry.value);
        values.chain(self.items(id).iter().copied())
    }

    fn child(&self, id: NodeId, place: usize) -> Option<NodeId> {
        match self.entry_slice(id).get(place) {
            Some(entry) => Some(entry.value),
            None => self.items(id).get(place).copied(),
        }
    }

    fn ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        let end = u32::try_from(self.len()).unwrap_or(u32::MAX);
        (0..end).map(NodeId)
    }

    /// A parent for each node that the root reaches, preferably that in which it was written; others, and
    /// the root, have themselves.
    fn parents(&self) -> &[NodeId] {
        self.parents.get_or_init(|| {
            let mut parents: Vec<_> = self.ids().collect();
            let root = self.root();
            // Parents come after children, so backwards each node's own parent is known before it.
            for id in self.ids().rev() {
                if id != root && parents[id.index()] == id {
                    continue;
                }
                let span = self.span(id);
                for child in self.children(id) {
                    let known = parents[child.index()];
                    let here = span.contains(self.span(child));
                    let there = known != child && self.span(known).contains(self.span(child));
                    if known == child || (here && !there) {
                        parents[child.index()] = id;
                    }
                }
            }
            parents
        })
    }
}
