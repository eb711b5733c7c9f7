//! Reading a JSON document beside an older version: what is written as before is taken over rather than read again.

use super::{
    build::{Builder, SMALL, bytes, too_long},
    document::Tree,
    error::Read,
    node::{Entry, Node, NodeId, Shape, Sym, Syntax, Text},
    parse::offset,
};
use crate::text::Span;

/// How deep counterparts are looked for: to each operation and each component.
const LEVELS: usize = 3;

/// Below this many bytes two documents are sooner read at the same time than one after the other.
const LARGE: usize = 1 << 20;

/// How many places of two texts are compared to see whether they overlap, and how many bytes at each.
const SAMPLES: usize = 64;

/// Whether a document is likely to be read faster beside its older version: both are large and JSON, and at least half of
/// the text is the same, seen from both ends.
#[must_use]
pub fn overlap(older: &[u8], newer: &[u8]) -> bool {
    let least = older.len().min(newer.len());
    let json = |bytes: &[u8]| bytes.trim_ascii_start().first() == Some(&b'{');
    if least < LARGE || !json(older) || !json(newer) {
        return false;
    }
    let places = || (0..SAMPLES).map(|sample| sample * (least / SAMPLES));
    let same =
        |one: usize, other: usize| older[one..one + SAMPLES] == newer[other..other + SAMPLES];
    let from_start = |place: &usize| same(*place, *place);
    let from_end = |place: &usize| {
        let end = place + SAMPLES;
        same(older.len() - end, newer.len() - end)
    };
    places().take_while(from_start).count() + places().take_while(from_end).count() >= SAMPLES / 2
}

/// The older version, and where in it the reader of the newer one is.
pub(super) struct Older<'t> {
    tree: &'t Tree,
    /// By depth, what stood in the place of the containers that are open.
    path: Vec<Option<NodeId>>,
    /// The newer tree's symbols by the older one's.
    symbols: Vec<Option<Sym>>,
}

impl<'t> Older<'t> {
    /// `None` for a tree whose nodes do not stand in the order of its text.
    pub(super) fn new(tree: &'t Tree) -> Option<Self> {
        (tree.syntax() == Syntax::Json && !tree.has_aliases()).then(|| Self {
            tree,
            path: Vec::new(),
            symbols: vec![None; tree.symbols()],
        })
    }

    /// Takes over the container that starts at `at` when the older version has the same text in its place; tells its length.
    pub(super) fn take_over(
        &mut self,
        builder: &mut Builder<'_>,
        at: usize,
    ) -> Read<Option<usize>> {
        let depth = builder.frames.len();
        if depth > LEVELS {
            return Ok(None);
        }
        let found = self.counterpart(builder);
        self.path.truncate(depth);
        self.path.push(found);
        let Some(id) = found else {
            return Ok(None);
        };
        let span = self.tree.span(id);
        let before = span.of(self.tree.source().text()).as_bytes();
        let container = matches!(self.tree.node(id).shape(), Shape::Seq | Shape::Map);
        // The text of a container tells where it ends, so that nothing can follow that belongs to it.
        if !container || !builder.source.as_bytes()[at..].starts_with(before) {
            return Ok(None);
        }
        self.graft(builder, id, offset(at))?;
        Ok(Some(before.len()))
    }

    /// What stood where the next value of the newer version stands.
    fn counterpart(&self, builder: &Builder<'_>) -> Option<NodeId> {
        let Some(depth) = builder.frames.len().checked_sub(1) else {
            return Some(self.tree.root());
        };
        let around = (*self.path.get(depth)?)?;
        let key = builder.frames[depth].key()?;
        let keys = &builder.arena.keys;
        let key = self
            .tree
            .sym_hashed(keys.hash(key), builder.text(keys.text(key)))?;
        Some(self.tree.entry_of(around, key)?.value)
    }

    /// Copies a value with all that is in it to where it starts now.
    fn graft(&mut self, builder: &mut Builder<'_>, id: NodeId, at: u32) -> Read<()> {
        let older = &self.tree.arena;
        let whole = self.tree.span(id);
        let nodes = self.tree.subtree(id).unwrap_or_default();
        let nodes = nodes.start as usize..nodes.end as usize;
        let arena = &builder.arena;
        let (first, entry, item) = (arena.nodes.len(), arena.entries.len(), arena.items.len());
        if u32::try_from(first + nodes.len()).is_err() {
            return Err(too_long(at));
        }
        let moved =
            |span: Span| Span::new(span.start - whole.start + at, span.end - whole.start + at);
        let renumbered = |node: NodeId| NodeId(offset(node.index() - nodes.start + first));
        // The entries and items of a value are adjacent like its nodes, those of what closes first in front.
        let (mut entries, mut items) = (None, None);
        let mut large = Vec::new();
        for (place, node) in (first..).zip(&older.nodes[nodes.clone()]) {
            let children = match node.shape() {
                Shape::Map => Some((&mut entries, entry)),
                Shape::Seq => Some((&mut items, item)),
                Shape::Null | Shape::False | Shape::True | Shape::Number | Shape::String => None,
            };
            let start = match children {
                Some((range, base)) => {
                    let range = range.get_or_insert_with(|| node.range());
                    range.end = node.range().end;
                    let start = node.range().start - range.start + base;
                    if node.shape() == Shape::Map && node.len() as usize > SMALL {
                        large.push((NodeId(offset(place)), start, node.len() as usize));
                    }
                    offset(start)
                }
                None => self.text(builder, node.text(), (whole, at))?.start,
            };
            let node = Node::new(node.shape(), node.hash, moved(node.span), start, node.len());
            builder.arena.nodes.push(node);
        }
        for old in &older.entries[entries.unwrap_or_default()] {
            let key = match self.symbols[old.key.index()] {
                Some(known) => known,
                None => self.symbol(builder, *old, (whole, at))?,
            };
            builder.arena.entries.push(Entry {
                key,
                value: renumbered(old.value),
                key_span: moved(old.key_span),
            });
        }
        let items = older.items[items.unwrap_or_default()].iter();
        builder
            .arena
            .items
            .extend(items.map(|node| renumbered(*node)));
        for (map, start, len) in large {
            builder.index(map, start, len);
        }
        builder.attach(renumbered(id), moved(whole).end)
    }

    /// A text of the older version where the newer one has it.
    fn text(&self, builder: &mut Builder<'_>, text: Text, (whole, at): (Span, u32)) -> Read<Text> {
        let source = self.tree.source().text();
        if (text.start as usize) < source.len() {
            let start = text.start - whole.start + at;
            return Ok(Text { start, ..text });
        }
        builder.keep(self.tree.text(text), at)
    }

    /// The newer symbol of an entry's key.
    fn symbol(
        &mut self,
        builder: &mut Builder<'_>,
        entry: Entry,
        (whole, at): (Span, u32),
    ) -> Read<Sym> {
        let keys = &self.tree.arena.keys;
        let text = keys.text(entry.key);
        // Of a key, the tree knows where it was met first, which may be outside of what is copied.
        let text = if entry.key_span.len() == text.len + 2 {
            let start = entry.key_span.start + 1 - whole.start + at;
            Text { start, ..text }
        } else {
            builder.keep(self.tree.text(text), at)?
        };
        let (source, side) = (builder.source, &builder.arena.side);
        let written = bytes(source, side, text);
        let same = |known| bytes(source, side, known) == written;
        let symbol = builder.arena.keys.intern(keys.hash(entry.key), text, same);
        self.symbols[entry.key.index()] = Some(symbol);
        Ok(symbol)
    }
}
