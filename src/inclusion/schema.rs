//! Schemas as sets of JSON values: one arena of nodes, no dialect, no draft, no position in a file.

use super::{number::Rational, types::Types, value::Value};
use foldhash::HashMap;
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// A schema of an arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// Its place in the arena.
    pub(super) fn number(self) -> u32 {
        self.0
    }
}

/// The name of the one set of which something is known: numbers that a document writes without a fraction, which is
/// what draft 4 calls `integer`. Every [`Value`] is written so where it can be.
pub const WRITTEN_WHOLE: &str = "written without a fraction";

/// A schema: which values belong to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// Every value.
    Anything,
    /// No value.
    Nothing,
    /// Values of some types that hold to the keywords of their type.
    Record(Box<Record>),
    /// One of these values (`enum`, `const`), without doubles.
    Values(Rc<[Value]>),
    /// All of these (`allOf`, or keywords side by side).
    All(Box<[NodeId]>),
    /// At least one of these.
    Any(Box<[NodeId]>),
    /// Exactly one of these; the same schema may stand here twice.
    One(Box<[NodeId]>),
    /// Not this.
    Not(NodeId),
    /// The same as another schema.
    Link(NodeId),
    /// What `base` says, and for members and items that it evaluated no keyword of: these schemas
    /// (`unevaluatedProperties`, `unevaluatedItems`; JSON Schema 2020-12 core, section 11).
    Unevaluated {
        /// Every other keyword of the schema.
        base: NodeId,
        /// For members.
        members: Option<NodeId>,
        /// For items.
        items: Option<NodeId>,
    },
    /// A set of which nothing is known but what it is called: two of one name are the same set.
    Opaque(Rc<str>),
    /// Reserved, to be defined.
    Open,
}

/// Keywords that each speak about the values of one type; values of the other types in `types` are not restricted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Record {
    /// The types it allows.
    pub types: Types,
    /// For numbers.
    pub numbers: Numbers,
    /// For strings.
    pub strings: Strings,
    /// For arrays.
    pub arrays: Arrays,
    /// For objects.
    pub objects: Objects,
}

impl Record {
    /// Every value of these types.
    #[must_use]
    pub fn of(types: Types) -> Self {
        Self {
            types,
            numbers: Numbers::default(),
            strings: Strings::default(),
            arrays: Arrays::default(),
            objects: Objects::default(),
        }
    }
}

/// A limit of numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Limit {
    /// The number.
    pub at: Rational,
    /// Whether the number itself is outside.
    pub exclusive: bool,
}

/// What is said about numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Numbers {
    /// `minimum`, `exclusiveMinimum`: the tighter one.
    pub lower: Option<Limit>,
    /// `maximum`, `exclusiveMaximum`: the tighter one.
    pub upper: Option<Limit>,
    /// `multipleOf`: each above zero.
    pub multiples: Vec<Rational>,
}

/// What is said about strings. Lengths count code points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Strings {
    /// `minLength`.
    pub shortest: u64,
    /// `maxLength`.
    pub longest: Option<u64>,
    /// `pattern`: ECMA-262 with the `u` flag, matching anywhere.
    pub patterns: Vec<Rc<str>>,
    /// `format`, only where it asserts.
    pub formats: Vec<Rc<str>>,
}

/// `contains` with its counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Contains {
    /// What an item has to be to count.
    pub schema: NodeId,
    /// `minContains`; 1 unless said.
    pub fewest: u64,
    /// `maxContains`.
    pub most: Option<u64>,
    /// Whether items that match count as evaluated (from 2020-12 on).
    pub evaluates: bool,
}

/// What is said about arrays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Arrays {
    /// Items by position.
    pub prefix: Vec<NodeId>,
    /// Items after those; `None` leaves them open and unevaluated, unlike a schema that allows everything.
    pub rest: Option<NodeId>,
    /// `minItems`.
    pub fewest: u64,
    /// `maxItems`.
    pub most: Option<u64>,
    /// `uniqueItems: true`.
    pub unique: bool,
    /// `contains`; several where several schemas were joined.
    pub contains: Vec<Contains>,
}

/// What is said about objects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Objects {
    /// `properties`.
    pub members: BTreeMap<Rc<str>, NodeId>,
    /// `patternProperties`: ECMA-262 with the `u` flag, matching anywhere.
    pub patterns: Vec<(Rc<str>, NodeId)>,
    /// `additionalProperties`, for members that neither `members` nor `patterns` of this record name; `None` leaves them
    /// open and unevaluated, unlike a schema that allows everything.
    pub rest: Option<NodeId>,
    /// `propertyNames`: what every member's name has to be.
    pub names: Option<NodeId>,
    /// `required`.
    pub required: BTreeSet<Rc<str>>,
    /// `minProperties`.
    pub fewest: u64,
    /// `maxProperties`.
    pub most: Option<u64>,
    /// Names that count as declared here without saying anything about values (`dependentRequired`, a discriminator's
    /// property); read by [`super::reading`] only.
    pub declared: BTreeSet<Rc<str>>,
}

/// All schemas of one comparison; equal ones are one node, recursive ones apart.
#[derive(Debug)]
pub struct Arena {
    nodes: Vec<Node>,
    known: HashMap<Node, NodeId>,
    classical: HashMap<NodeId, NodeId>,
    included: HashMap<NodeId, Vec<NodeId>>,
}

impl Default for Arena {
    fn default() -> Self {
        let mut arena = Self {
            nodes: Vec::new(),
            known: HashMap::default(),
            classical: HashMap::default(),
            included: HashMap::default(),
        };
        arena.add(Node::Anything);
        arena.add(Node::Nothing);
        arena
    }
}

impl Arena {
    /// Every value.
    pub const ANYTHING: NodeId = NodeId(0);
    /// No value.
    pub const NOTHING: NodeId = NodeId(1);

    /// The node of an id.
    #[must_use]
    pub fn get(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node; never, because two always stand.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// A node, the same one for equal content. Nothing is simplified: which branch names a member matters to
    /// `unevaluatedProperties` and to the tolerant reading.
    pub fn add(&mut self, node: Node) -> NodeId {
        if let Some(id) = self.known.get(&node) {
            return *id;
        }
        let id = self.push(node.clone());
        self.known.insert(node, id);
        id
    }

    /// A node to be defined later, for schemas that contain themselves.
    pub fn reserve(&mut self) -> NodeId {
        self.push(Node::Open)
    }

    /// Says what a reserved node is.
    pub fn define(&mut self, id: NodeId, node: Node) {
        self.nodes[id.0 as usize] = node;
    }

    /// The schema at the end of links; a circle of links allows nothing to be said and stays where it started.
    #[must_use]
    pub fn follow(&self, id: NodeId) -> NodeId {
        let mut at = id;
        for _ in 0..self.nodes.len() {
            match self.get(at) {
                Node::Link(next) => at = *next,
                _ => return at,
            }
        }
        id
    }

    /// Values of some types.
    pub fn types(&mut self, types: Types) -> NodeId {
        self.record(Record::of(types))
    }

    /// Values that hold to keywords.
    pub fn record(&mut self, record: Record) -> NodeId {
        self.add(Node::Record(Box::new(record)))
    }

    /// All of these, in this order.
    pub fn all(&mut self, mut parts: Vec<NodeId>) -> NodeId {
        let mut met = BTreeSet::new();
        parts.retain(|part| *part != Self::ANYTHING && met.insert(*part));
        match parts.as_slice() {
            [] => Self::ANYTHING,
            [one] => *one,
            _ => self.add(Node::All(parts.into())),
        }
    }

    /// At least one of these.
    pub fn any(&mut self, mut parts: Vec<NodeId>) -> NodeId {
        let mut met = BTreeSet::new();
        parts.retain(|part| *part != Self::NOTHING && met.insert(*part));
        match parts.as_slice() {
            [] => Self::NOTHING,
            [one] => *one,
            _ => self.add(Node::Any(parts.into())),
        }
    }

    /// Exactly one of these.
    pub fn one(&mut self, mut parts: Vec<NodeId>) -> NodeId {
        parts.retain(|part| *part != Self::NOTHING);
        match parts.as_slice() {
            [] => Self::NOTHING,
            [one] => *one,
            _ => self.add(Node::One(parts.into())),
        }
    }

    /// Everything but this.
    pub fn not(&mut self, id: NodeId) -> NodeId {
        match self.get(id) {
            Node::Anything => Self::NOTHING,
            Node::Nothing => Self::ANYTHING,
            _ => self.add(Node::Not(id)),
        }
    }

    /// One of these values.
    pub fn values(&mut self, values: impl IntoIterator<Item = Value>) -> NodeId {
        let mut list: Vec<Value> = values.into_iter().collect();
        list.sort();
        list.dedup();
        if list.is_empty() {
            return Self::NOTHING;
        }
        self.add(Node::Values(list.into()))
    }

    /// Notes that every value of one schema belongs to another because of how the second was made from the first, or
    /// the first from the second.
    pub(super) fn note_included(&mut self, small: NodeId, large: NodeId) {
        let known = self.included.entry(small).or_default();
        if small != large && !known.contains(&large) {
            known.push(large);
        }
    }

    /// Whether it was noted that every value of one schema belongs to another, in one step or in two.
    #[must_use]
    pub fn is_noted(&self, small: NodeId, large: NodeId) -> bool {
        let above = |id| self.included.get(&id).map_or(&[][..], Vec::as_slice);
        above(small)
            .iter()
            .any(|middle| *middle == large || above(*middle).contains(&large))
    }

    /// Lends the schemas without [`Node::Unevaluated`] that were made so far.
    pub(super) fn take_classical(&mut self) -> HashMap<NodeId, NodeId> {
        std::mem::take(&mut self.classical)
    }

    /// Gives them back.
    pub(super) fn set_classical(&mut self, known: HashMap<NodeId, NodeId>) {
        self.classical = known;
    }

    fn push(&mut self, node: Node) -> NodeId {
        // More nodes than this do not fit into memory.
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        id
    }
}
