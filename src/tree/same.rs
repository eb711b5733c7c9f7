//! Whether two values are equal, without trusting hashes.

use super::{
    document::Tree,
    node::{NodeId, Shape, Syntax},
};
use std::collections::HashSet;

impl Tree {
    /// Whether two values are equal as JSON Schema sees it: the order of keys is irrelevant, and numbers
    /// count by value. Different hashes settle it; equal ones are confirmed, each shared pair once.
    #[must_use]
    pub fn same(&self, id: NodeId, other: &Self, other_id: NodeId) -> bool {
        if std::ptr::eq(self, other) && id == other_id {
            return true;
        }
        let shared = self.has_aliases() || other.has_aliases();
        let bytes_tell = self.syntax() == Syntax::Json && other.syntax() == Syntax::Json;
        let mut seen = HashSet::new();
        let mut pairs = vec![(id, other_id)];
        while let Some((one, two)) = pairs.pop() {
            if self.hash(one) != other.hash(two) {
                return false;
            }
            let (here, there) = (self.node(one), other.node(two));
            if here.shape() != there.shape() {
                return false;
            }
            let equal = match here.shape() {
                Shape::Null | Shape::False | Shape::True => true,
                Shape::String => self.text(here.text()) == other.text(there.text()),
                Shape::Number => self.same_number(one, other, two),
                _ if self.size(one) != other.size(two) => false,
                // JSON means the same wherever it stands, so bytes settle what nobody laid out anew.
                _ if bytes_tell && self.written(one) == other.written(two) => true,
                _ if shared && !seen.insert((one, two)) => true,
                Shape::Seq => {
                    let items = self.items(one).iter().zip(other.items(two));
                    pairs.extend(items.map(|(one, two)| (*one, *two)));
                    true
                }
                Shape::Map => self.same_keys(one, other, two, &mut pairs),
            };
            if !equal {
                return false;
            }
        }
        true
    }

    /// A value just as it was written.
    fn written(&self, id: NodeId) -> &[u8] {
        let span = self.span(id);
        &self.source().text().as_bytes()[span.start as usize..span.end as usize]
    }

    fn same_number(&self, one: NodeId, other: &Self, two: NodeId) -> bool {
        if self.number(one) == other.number(two) {
            return true;
        }
        // Beyond what a decimal holds, only equal texts are known to be equal.
        matches!((self.decimal(one), other.decimal(two)), (Some(one), Some(two)) if one == two)
    }

    /// Pairs up the entries of two maps of one size, by key.
    fn same_keys(
        &self,
        one: NodeId,
        other: &Self,
        two: NodeId,
        pairs: &mut Vec<(NodeId, NodeId)>,
    ) -> bool {
        let theirs = other.entry_slice(two);
        self.entry_slice(one)
            .iter()
            .zip(theirs)
            .all(|(mine, beside)| {
                let key = self.key(mine.key);
                let found = if other.key(beside.key) == key {
                    Some(*beside)
                } else {
                    let hash = self.arena.keys.hash(mine.key);
                    other
                        .sym_hashed(hash, key)
                        .and_then(|sym| other.entry_of(two, sym))
                };
                found.is_some_and(|found| {
                    pairs.push((mine.value, found.value));
                    true
                })
            })
    }
}
