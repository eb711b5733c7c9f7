//! The tree and how to read it.

use super::{
    ambiguity::Ambiguity,
    build::Arena,
    keys::Seed,
    node::{Entry, Kind, Node, NodeId, Ornament, Shape, Sym, Syntax, Text, Warning},
};
use crate::text::{Decimal, Source, Span};
use std::{iter, slice, sync::OnceLock};

/// The entries of a map in document order; merged ones come last.
pub type Entries<'t> = iter::Copied<slice::Iter<'t, Entry>>;

/// A document: values, and where each was written.
///
/// With YAML aliases it is a graph without cycles: several parents share one node. Walkers must not expand
/// it blindly; [`weight`](Self::weight) tells what that would cost.
#[derive(Debug)]
pub struct Tree {
    source: Source,
    syntax: Syntax,
    pub(super) arena: Arena,
    /// Parents by id, found when first asked for, and only where ids do not tell.
    pub(super) parents: OnceLock<Vec<NodeId>>,
    /// Weights by id, likewise.
    pub(super) weights: OnceLock<Vec<u64>>,
}

impl Tree {
    pub(super) fn new(source: Source, syntax: Syntax, mut arena: Arena) -> Self {
        arena.nodes.shrink_to_fit();
        arena.entries.shrink_to_fit();
        arena.items.shrink_to_fit();
        Self {
            source,
            syntax,
            arena,
            parents: OnceLock::new(),
            weights: OnceLock::new(),
        }
    }

    /// The text it was read from.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// How the text is written.
    #[must_use]
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// The value of the whole document.
    #[must_use]
    pub fn root(&self) -> NodeId {
        self.arena.root
    }

    /// How many nodes there are; ids are below.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a tree has a root")]
    pub fn len(&self) -> usize {
        self.arena.nodes.len()
    }

    /// How many different keys there are; symbols are below.
    #[must_use]
    pub fn symbols(&self) -> usize {
        self.arena.keys.len()
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.arena.nodes[id.index()]
    }

    pub(super) fn text(&self, text: Text) -> &str {
        self.arena.text(self.source.text(), text)
    }

    /// Every node; children come before their parents.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(NodeId)
    }

    /// The type of a value.
    #[must_use]
    pub fn kind(&self, id: NodeId) -> Kind {
        self.node(id).shape().kind()
    }

    /// Where a value was written; of a YAML block, from its first key or dash to the end of its last value.
    #[must_use]
    pub fn span(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    /// A hash of the value: the order of keys is irrelevant, numbers count by value. It compares between
    /// all trees of one run of the program, and means nothing after it.
    #[must_use]
    pub fn hash(&self, id: NodeId) -> u64 {
        self.node(id).hash
    }

    /// The entries of a map, in document order; none of anything else.
    pub fn entries(&self, id: NodeId) -> Entries<'_> {
        self.entry_slice(id).iter().copied()
    }

    pub(super) fn entry_slice(&self, id: NodeId) -> &[Entry] {
        let node = self.node(id);
        match node.shape() {
            Shape::Map => &self.arena.entries[node.range()],
            _ => &[],
        }
    }

    /// The items of a sequence; none of anything else.
    #[must_use]
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        let node = self.node(id);
        match node.shape() {
            Shape::Seq => &self.arena.items[node.range()],
            _ => &[],
        }
    }

    /// How many entries or items a container has; 0 for scalars.
    #[must_use]
    pub fn size(&self, id: NodeId) -> usize {
        let node = self.node(id);
        match node.shape() {
            Shape::Seq | Shape::Map => node.len() as usize,
            _ => 0,
        }
    }

    /// The value under a key of a map.
    #[must_use]
    pub fn get(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.entry(id, key).map(|entry| entry.value)
    }

    /// The entry of a map with this key.
    #[must_use]
    pub fn entry(&self, id: NodeId, key: &str) -> Option<Entry> {
        if self.size(id) == 0 {
            return None;
        }
        self.entry_of(id, self.sym(key)?)
    }

    /// The entry of a map with the key of this symbol; saves looking the key up again and again.
    #[must_use]
    pub fn entry_of(&self, id: NodeId, key: Sym) -> Option<Entry> {
        let entries = self.entry_slice(id);
        if entries.len() <= super::build::SMALL {
            return entries.iter().find(|entry| entry.key == key).copied();
        }
        let large = &self.arena.large;
        let place = large.binary_search_by_key(&id, |(map, _)| *map).ok()?;
        let start = large[place].1 as usize;
        let sorted = &self.arena.sorted[start..start + entries.len()];
        let place = sorted
            .binary_search_by_key(&key, |place| entries[*place as usize].key)
            .ok()?;
        Some(entries[sorted[place] as usize])
    }

    /// The symbol of a key, if any map of the tree has it.
    #[must_use]
    pub fn sym(&self, key: &str) -> Option<Sym> {
        self.sym_hashed(Seed::get().text(key.as_bytes()), key)
    }

    /// The same for a key whose hash is known.
    pub(super) fn sym_hashed(&self, hash: u64, key: &str) -> Option<Sym> {
        let same = |text| self.arena.bytes(self.source.text(), text) == key.as_bytes();
        self.arena.keys.find(hash, same)
    }

    /// The key of a symbol, decoded.
    #[must_use]
    pub fn key(&self, key: Sym) -> &str {
        self.text(self.arena.keys.text(key))
    }

    /// The text of a string, decoded.
    #[must_use]
    pub fn str(&self, id: NodeId) -> Option<&str> {
        let node = self.node(id);
        (node.shape() == Shape::String).then(|| self.text(node.text()))
    }

    /// The value of a boolean.
    #[must_use]
    pub fn bool(&self, id: NodeId) -> Option<bool> {
        match self.node(id).shape() {
            Shape::True => Some(true),
            Shape::False => Some(false),
            _ => None,
        }
    }

    /// A number as JSON writes it: the text itself wherever that is JSON, else (`+1`, `.5`, `0x1F`) its
    /// decimal form.
    #[must_use]
    pub fn number(&self, id: NodeId) -> Option<&str> {
        let node = self.node(id);
        (node.shape() == Shape::Number).then(|| self.text(node.text()))
    }

    /// The exact value of a number; `None` also for exponents beyond 18 digits.
    #[must_use]
    pub fn decimal(&self, id: NodeId) -> Option<Decimal> {
        Decimal::parse(self.number(id)?)
    }

    /// A scalar just as it was written, with quotes and escapes; `None` for containers.
    #[must_use]
    pub fn scalar_text(&self, id: NodeId) -> Option<&str> {
        let node = self.node(id);
        match node.shape() {
            Shape::Seq | Shape::Map => None,
            _ => Some(node.span.of(self.source.text())),
        }
    }

    /// For a plain YAML scalar that YAML 1.1 takes for something else: what both versions read.
    #[must_use]
    pub fn ambiguous(&self, id: NodeId) -> Option<Ambiguity> {
        self.arena.doubtful.binary_search(&id).ok()?;
        Ambiguity::of(self.scalar_text(id)?)
    }

    /// All scalars that are [`ambiguous`](Self::ambiguous), by rising id.
    pub fn ambiguities(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.arena.doubtful.iter().copied()
    }

    /// What was read but is not portable, in document order.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.arena.warnings
    }

    /// The anchors, aliases, and tags of a document that was read as plain, in document order; none of any other.
    #[must_use]
    pub fn ornaments(&self) -> &[Ornament] {
        &self.arena.ornaments
    }

    /// Whether aliases or merge keys make the tree a graph.
    #[must_use]
    pub fn has_aliases(&self) -> bool {
        self.arena.shared
    }
}
