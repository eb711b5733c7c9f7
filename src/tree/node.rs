//! What trees are made of.

use crate::text::Span;

/// A value in a [`Tree`](super::Tree); children have smaller ids than their parents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// Its place among the ids of its tree, from 0, for tables beside the tree.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The node at a place that [`index`](Self::index) or [`Tree::subtree`](super::Tree::subtree) gave.
    #[must_use]
    pub const fn from_index(index: u32) -> Self {
        Self(index)
    }
}

/// A key, interned in its tree: equal symbols of one tree are equal keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sym(pub(super) u32);

impl Sym {
    /// Its place among the symbols of its tree, from 0, for tables beside the tree.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A key with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Sym,
    /// The value.
    pub value: NodeId,
    /// The key in the text, with its quotes.
    pub key_span: Span,
}

/// The types of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number of any size and precision.
    Number,
    /// A string.
    String,
    /// A JSON array, a YAML sequence.
    Seq,
    /// A JSON object, a YAML mapping.
    Map,
}

impl Kind {
    /// The name that JSON Schema gives the type, with its article.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Seq => "an array",
            Self::Map => "an object",
        }
    }
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Syntax {
    /// RFC 8259, to the letter.
    Json,
    /// YAML 1.2 with its core schema.
    Yaml,
}

/// Something that was read, but that not every reader takes the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Where it is.
    pub span: Span,
    /// What it is, a lower-case fragment.
    pub message: String,
}

/// What YAML can write at a value beside the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ornament {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub kind: OrnamentKind,
}

/// The kinds of [`Ornament`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrnamentKind {
    /// `&name`
    Anchor,
    /// `*name`
    Alias,
    /// `!name`
    Tag,
}

/// A text by its place: below the length of the source it is there, beyond in the side buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) start: u32,
    pub(super) len: u32,
}

/// What a node is; one more than [`Kind`], for booleans have no other content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Null,
    False,
    True,
    Number,
    String,
    Seq,
    Map,
}

impl Shape {
    const ALL: [Self; 7] = [
        Self::Null,
        Self::False,
        Self::True,
        Self::Number,
        Self::String,
        Self::Seq,
        Self::Map,
    ];

    pub(super) const fn kind(self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::False | Self::True => Kind::Bool,
            Self::Number => Kind::Number,
            Self::String => Kind::String,
            Self::Seq => Kind::Seq,
            Self::Map => Kind::Map,
        }
    }
}

/// A value in 24 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) hash: u64,
    pub(super) span: Span,
    /// Of a scalar where its text starts, of a container its first entry or item.
    pub(super) first: u32,
    /// The shape in 3 bits, the length in 29.
    packed: u32,
}

impl Node {
    /// The longest scalar or container that a node holds.
    pub(super) const LONGEST: u32 = (1 << 29) - 1;

    /// `len` is at most [`LONGEST`](Self::LONGEST); the builder checks.
    pub(super) fn new(shape: Shape, hash: u64, span: Span, first: u32, len: u32) -> Self {
        Self {
            hash,
            span,
            first,
            packed: (shape as u32) << 29 | len,
        }
    }

    pub(super) fn shape(&self) -> Shape {
        Shape::ALL[(self.packed >> 29) as usize]
    }

    pub(super) fn len(&self) -> u32 {
        self.packed & Self::LONGEST
    }

    pub(super) fn text(&self) -> Text {
        Text {
            start: self.first,
            len: self.len(),
        }
    }

    /// The places of its children in the table of entries or items.
    pub(super) fn range(&self) -> std::ops::Range<usize> {
        let first = self.first as usize;
        first..first + self.len() as usize
    }
}
