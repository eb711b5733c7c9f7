//! The builder that both readers feed: it closes containers, finds duplicate keys, and hashes.

use super::{
    error::{Flaw, Read},
    keys::{Keys, Seed},
    node::{Entry, Node, NodeId, Ornament, Shape, Sym, Text, Warning},
};
use crate::text::{Decimal, Span};

/// How deep containers may nest.
pub(super) const DEPTH: usize = 512;

/// Maps of more entries than this get an index.
pub(super) const SMALL: usize = 16;

/// Everything of a tree but its source.
#[derive(Debug)]
pub(super) struct Arena {
    /// Texts that are not in the source as such: with escapes decoded, lines folded.
    pub(super) side: String,
    pub(super) nodes: Vec<Node>,
    pub(super) entries: Vec<Entry>,
    pub(super) items: Vec<NodeId>,
    pub(super) keys: Keys,
    /// The maps with an index, by rising id, and where it starts in `sorted`.
    pub(super) large: Vec<(NodeId, u32)>,
    /// Places of entries within their map, by rising symbol.
    pub(super) sorted: Vec<u32>,
    /// Scalars that YAML 1.1 reads otherwise, by rising id.
    pub(super) doubtful: Vec<NodeId>,
    pub(super) warnings: Vec<Warning>,
    /// Anchors, aliases, and tags; kept only of plain documents.
    pub(super) ornaments: Vec<Ornament>,
    pub(super) root: NodeId,
    /// Whether some node has two parents, or none but is not the root.
    pub(super) shared: bool,
}

impl Arena {
    pub(super) fn text<'a>(&'a self, source: &'a str, text: Text) -> &'a str {
        resolve(source, &self.side, text)
    }

    pub(super) fn bytes<'a>(&'a self, source: &'a str, text: Text) -> &'a [u8] {
        bytes(source, &self.side, text)
    }
}

fn resolve<'a>(source: &'a str, side: &'a str, text: Text) -> &'a str {
    let (start, len) = (text.start as usize, text.len as usize);
    match start.checked_sub(source.len()) {
        None => &source[start..start + len],
        Some(start) => &side[start..start + len],
    }
}

/// The same as bytes, which need no look at where characters start.
pub(super) fn bytes<'a>(source: &'a str, side: &'a str, text: Text) -> &'a [u8] {
    let (start, len) = (text.start as usize, text.len as usize);
    match start.checked_sub(source.len()) {
        None => &source.as_bytes()[start..start + len],
        Some(start) => &side.as_bytes()[start..start + len],
    }
}

/// A container still open.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) map: bool,
    pub(super) start: u32,
    /// Where its children start among the pending ones.
    base: usize,
    pub(super) slot: Slot,
    /// The end of the last thing in it.
    pub(super) end: u32,
}

impl Frame {
    /// The key whose value is next.
    pub(super) fn key(&self) -> Option<Sym> {
        match self.slot {
            Slot::Value(key, _) if self.map => Some(key),
            Slot::Key | Slot::Value(..) | Slot::Merged(_) => None,
        }
    }
}

/// What a map waits for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slot {
    Key,
    Value(Sym, Span),
    /// The value of a YAML merge key.
    Merged(Span),
}

/// Takes values in document order and makes the arena.
#[derive(Debug)]
pub(super) struct Builder<'s> {
    pub(super) source: &'s str,
    /// Ornaments are noted and tags not obeyed: the document is to have none.
    pub(super) plain: bool,
    pub(super) arena: Arena,
    pub(super) frames: Vec<Frame>,
    pub(super) merges: super::merge::Merges,
    /// How many entries merge keys have looked at.
    pub(super) merged: usize,
    items: Vec<NodeId>,
    pub(super) entries: Vec<Entry>,
    /// By symbol, the last map that had it: duplicates show without sorting.
    marks: Vec<u32>,
    seed: Seed,
    root: Option<NodeId>,
}

impl<'s> Builder<'s> {
    pub(super) fn new(source: &'s str, plain: bool) -> Self {
        let guess = source.len() / 32;
        Self {
            source,
            plain,
            arena: Arena {
                side: String::new(),
                nodes: Vec::with_capacity(guess),
                entries: Vec::with_capacity(guess),
                items: Vec::with_capacity(guess / 4),
                keys: Keys::new(),
                large: Vec::new(),
                sorted: Vec::new(),
                doubtful: Vec::new(),
                warnings: Vec::new(),
                ornaments: Vec::new(),
                root: NodeId(0),
                shared: false,
            },
            frames: Vec::new(),
            merges: Vec::new(),
            merged: 0,
            items: Vec::new(),
            entries: Vec::new(),
            marks: Vec::new(),
            seed: Seed::get(),
            root: None,
        }
    }

    /// Keeps a text that is not in the source as such.
    pub(super) fn keep(&mut self, text: &str, at: u32) -> Read<Text> {
        let start = self.arena.side.len();
        self.arena.side.push_str(text);
        self.kept(start, at)
    }

    /// The text in the side buffer from `start` on.
    pub(super) fn kept(&self, start: usize, at: u32) -> Read<Text> {
        let len = self.arena.side.len() - start;
        match (u32::try_from(self.source.len() + start), u32::try_from(len)) {
            (Ok(start), Ok(len)) => Ok(Text { start, len }),
            _ => Err(too_long(at)),
        }
    }

    pub(super) fn text(&self, text: Text) -> &str {
        self.arena.text(self.source, text)
    }

    pub(super) fn key(&mut self, text: Text, span: Span) {
        let (source, side) = (self.source, &self.arena.side);
        let written = bytes(source, side, text);
        let same = |known| bytes(source, side, known) == written;
        let sym = self.arena.keys.intern(self.seed.text(written), text, same);
        if let Some(frame) = self.frames.last_mut() {
            frame.slot = Slot::Value(sym, span);
            frame.end = span.end;
        }
    }

    pub(super) fn scalar(&mut self, shape: Shape, text: Text, span: Span) -> Read<NodeId> {
        if text.len > Node::LONGEST {
            return Err(too_long(span.start));
        }
        let written = || bytes(self.source, &self.arena.side, text);
        let content = match shape {
            Shape::String => self.seed.text(written()),
            Shape::Number => match Decimal::parse(self.text(text)) {
                Some(number) => self.seed.value(number),
                None => self.seed.text(written()),
            },
            Shape::Null | Shape::False | Shape::True | Shape::Seq | Shape::Map => 0,
        };
        let hash = self.seed.mix(content, shape as u64 + 1);
        self.push(Node::new(shape, hash, span, text.start, text.len))
    }

    pub(super) fn open(&mut self, map: bool, start: u32) -> Read<()> {
        if self.frames.len() == DEPTH {
            return Err(too_deep(start));
        }
        let base = if map {
            self.entries.len()
        } else {
            self.items.len()
        };
        self.frames.push(Frame {
            map,
            start,
            base,
            slot: Slot::Key,
            end: start,
        });
        Ok(())
    }

    /// Closes the innermost container; without an `end`, where its last child ends.
    pub(super) fn close(&mut self, end: Option<u32>) -> Read<NodeId> {
        let frame = self.frames.pop().expect("readers close what they opened");
        let span = Span::new(frame.start, end.unwrap_or(frame.end));
        if frame.map {
            super::merge::apply(self, frame.base)?;
            self.close_map(frame.base, span)
        } else {
            self.close_seq(frame.base, span)
        }
    }

    fn close_seq(&mut self, base: usize, span: Span) -> Read<NodeId> {
        let first = self.arena.items.len();
        let len = self.items.len() - base;
        let mut hash = self.seed.mix(0, Shape::Seq as u64 + 1);
        for item in self.items.drain(base..) {
            hash = self.seed.mix(hash, self.arena.nodes[item.index()].hash);
            self.arena.items.push(item);
        }
        self.container(Shape::Seq, hash, span, first, len)
    }

    fn close_map(&mut self, base: usize, span: Span) -> Read<NodeId> {
        let first = self.arena.entries.len();
        let len = self.entries.len() - base;
        self.marks.resize(self.arena.keys.len(), 0);
        // Ids are unique, and zero, which no mark may be, is taken by making them one larger.
        let mark = u32::try_from(self.arena.nodes.len() + 1).unwrap_or(u32::MAX);
        let mut hash = 0_u64;
        for place in base..self.entries.len() {
            let entry = self.entries[place];
            let seen = &mut self.marks[entry.key.index()];
            if *seen == mark {
                return Err(self.duplicate(base, entry));
            }
            *seen = mark;
            let value = self.arena.nodes[entry.value.index()].hash;
            // A sum, so that the order of keys does not matter.
            hash = hash.wrapping_add(self.seed.mix(self.arena.keys.hash(entry.key), value));
        }
        self.arena.entries.extend(self.entries.drain(base..));
        let hash = self.seed.mix(hash, Shape::Map as u64 + 1);
        let id = self.container(Shape::Map, hash, span, first, len)?;
        if len > SMALL {
            self.index(id, first, len);
        }
        Ok(id)
    }

    pub(super) fn index(&mut self, id: NodeId, first: usize, len: usize) {
        let start = u32::try_from(self.arena.sorted.len()).expect("at most one per entry");
        self.arena.large.push((id, start));
        let entries = &self.arena.entries[first..first + len];
        self.arena.sorted.extend((0..).take(len));
        self.arena.sorted[start as usize..]
            .sort_unstable_by_key(|place| entries[*place as usize].key);
    }

    fn duplicate(&self, base: usize, again: Entry) -> Flaw {
        let entries = &self.entries[base..];
        let first = entries.iter().find(|entry| entry.key == again.key);
        let key = self.text(self.arena.keys.text(again.key));
        let shown: String = key.chars().take(80).collect();
        Flaw::new(again.key_span.start, format!("duplicate key `{shown}`"))
            .also(
                first.map_or(0, |first| first.key_span.start),
                "the first one is here",
            )
            .help("remove or rename one of the two; readers disagree on which one counts")
    }

    fn container(
        &mut self,
        shape: Shape,
        hash: u64,
        span: Span,
        first: usize,
        len: usize,
    ) -> Read<NodeId> {
        match (u32::try_from(first), u32::try_from(len)) {
            (Ok(first), Ok(len)) if len <= Node::LONGEST => {
                self.push(Node::new(shape, hash, span, first, len))
            }
            _ => Err(too_long(span.start)),
        }
    }

    /// Adds a node and puts it where the document is.
    fn push(&mut self, node: Node) -> Read<NodeId> {
        let Ok(id) = u32::try_from(self.arena.nodes.len()) else {
            return Err(too_long(node.span.start));
        };
        self.arena.nodes.push(node);
        self.attach(NodeId(id), node.span.end)?;
        Ok(NodeId(id))
    }

    /// Puts a node where the document is; `end` is that of its place, for an alias not that of the node.
    pub(super) fn attach(&mut self, id: NodeId, end: u32) -> Read<()> {
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(id);
            return Ok(());
        };
        frame.end = end;
        if !frame.map {
            self.items.push(id);
            return Ok(());
        }
        match std::mem::replace(&mut frame.slot, Slot::Key) {
            Slot::Value(key, key_span) => self.entries.push(Entry {
                key,
                value: id,
                key_span,
            }),
            Slot::Merged(span) => super::merge::note(self, id, span)?,
            Slot::Key => unreachable!("readers give the key before the value"),
        }
        Ok(())
    }

    /// The arena, once the document has been read; `None` if nobody wrote a value.
    pub(super) fn finish(mut self) -> Option<Arena> {
        let root = self.root?;
        self.arena.root = root;
        (!self.arena.nodes[root.index()].span.is_empty()).then_some(self.arena)
    }
}

pub(super) fn too_deep(at: u32) -> Flaw {
    Flaw::new(
        at,
        format!("values are nested more than {DEPTH} levels deep"),
    )
    .help("no contract needs this; look for a generator that ran away")
}

pub(super) fn too_long(at: u32) -> Flaw {
    Flaw::new(at, "this value is too large to read")
        .help("strings may have 512 MiB, documents 4 GiB, with escapes decoded")
}
