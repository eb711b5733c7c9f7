//! Schemas of a bundle as sets of values: every dialect and draft into the one form that proofs work on.

mod arrays;
mod choice;
mod constants;
mod files;
mod numbers;
mod objects;
mod overlay;
mod place;
mod plan;
mod read;
mod refs;
mod resources;
mod scope;
mod strings;

use super::{
    bundle::{At, Bundle},
    dialect::Draft,
    schemas,
};
use crate::inclusion::{Arena, NodeId, Types, schema::Node};
use crate::variance::Direction;
pub use overlay::Overlay;

use files::Files;
use foldhash::HashMap;
use place::{HiddenId, Places};
use plan::Plan;
use read::Reader;
use resources::Resources;
use scope::{ScopeId, Scopes};

/// A schema in its surroundings, as far as they bear on what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    at: At,
    /// Which members are on the wire; `None` for all of them.
    direction: Option<Direction>,
    /// What `$dynamicRef` means here.
    scope: ScopeId,
    /// Whether a schema that applies to the same value says a type.
    typed: bool,
    /// The members that are not on the wire although schemas around this one may require them.
    hidden: HiddenId,
}

/// What the caller knows of a node: that the other document has the same schema, and which one.
pub type Twin<'t> = dyn Fn(At) -> Option<NodeId> + 't;

/// What to lower for.
#[derive(Clone, Copy, Default)]
pub struct Projection<'t> {
    /// `readOnly` members are not on the wire in Input, `writeOnly` ones not in Output; `None` leaves both.
    pub direction: Option<Direction>,
    /// Asked before a schema is read.
    pub twin: Option<&'t Twin<'t>>,
}

impl From<Option<Direction>> for Projection<'_> {
    fn from(direction: Option<Direction>) -> Self {
        Self {
            direction,
            twin: None,
        }
    }
}

/// What is known while schemas are read, whichever arena they go to.
#[derive(Debug)]
struct Context<'d> {
    files: Files<'d>,
    resources: Resources,
    scopes: Scopes,
    places: Places,
    /// Whether `format` asserts.
    formats: bool,
    /// What `jsonSchemaDialect` names.
    default_draft: Option<Draft>,
    /// How many references could not be followed for want of a way.
    astray: usize,
}

/// Lowers the schemas of one bundle into one arena, each once.
#[derive(Debug)]
pub struct Lowering<'d> {
    context: Context<'d>,
    known: HashMap<Key, NodeId>,
}

/// A schema whose subschemas are being lowered.
struct Frame {
    key: Key,
    plan: Plan,
    wanted: Vec<Key>,
    next: usize,
}

impl<'d> Lowering<'d> {
    /// `assert_format` makes `format` assert in a bare JSON Schema, as it does in API documents.
    #[must_use]
    pub fn new(bundle: &'d Bundle, assert_format: bool) -> Self {
        let files = Files::new(bundle);
        let resources = Resources::of(&files);
        let places = Places::new(bundle);
        Self {
            context: Context {
                formats: assert_format || files.is_api(),
                default_draft: bundle
                    .text(bundle.root(), "jsonSchemaDialect")
                    .and_then(Draft::of_schema_uri),
                files,
                resources,
                scopes: Scopes::default(),
                astray: 0,
                places,
            },
            known: HashMap::default(),
        }
    }

    /// What the schema at a node allows.
    pub fn node<'t>(
        &mut self,
        arena: &mut Arena,
        at: At,
        projection: impl Into<Projection<'t>>,
    ) -> NodeId {
        self.nodes(arena, &[at], projection)
    }

    /// What several schemas allow together.
    pub fn nodes<'t>(
        &mut self,
        arena: &mut Arena,
        nodes: &[At],
        projection: impl Into<Projection<'t>>,
    ) -> NodeId {
        let projection = projection.into();
        let keys = self.context.together(nodes, projection.direction);
        let parts = keys
            .into_iter()
            .map(|key| self.lower(arena, key, projection.twin))
            .collect();
        arena.all(parts)
    }

    /// What an interned schema allows.
    pub fn key<'t>(
        &mut self,
        arena: &mut Arena,
        key: &schemas::Key,
        projection: impl Into<Projection<'t>>,
    ) -> NodeId {
        let projection = projection.into();
        if key.form {
            let plan = self.context.form(key, projection.direction);
            return self.finish(arena, plan, projection.twin);
        }
        let nodes = self.context.outermost(key);
        let inner = self.nodes(arena, &nodes, projection);
        if !key.or_null {
            return inner;
        }
        let null = arena.types(Types::NULL);
        arena.any(vec![inner, null])
    }

    /// What is known already of the schema at a node.
    #[must_use]
    pub fn known(&mut self, at: At, direction: Option<Direction>) -> Option<NodeId> {
        let key = self.context.outside(at, direction);
        self.known.get(&key).copied()
    }

    fn finish(&mut self, arena: &mut Arena, plan: Plan, twin: Option<&Twin<'_>>) -> NodeId {
        let mut wanted = Vec::new();
        plan.keys(&mut wanted);
        for key in wanted {
            self.lower(arena, key, twin);
        }
        let known = &self.known;
        plan.build(arena, &|key| {
            known.get(&key).copied().unwrap_or(Arena::ANYTHING)
        })
    }

    /// Lowers a schema after all that it contains. Chains of references may be as long as a document is large, so the
    /// schemas on the way are a list and not a recursion.
    fn lower(&mut self, arena: &mut Arena, key: Key, twin: Option<&Twin<'_>>) -> NodeId {
        // Schemas on the way, and the ids of those that are needed before they are there.
        let mut open: HashMap<Key, Option<NodeId>> = HashMap::default();
        let mut frames: Vec<Frame> = Vec::new();
        if let Some(id) = self.settle(key, twin) {
            return id;
        }
        frames.push(self.frame(key));
        open.insert(key, None);
        while let Some(frame) = frames.last_mut() {
            if let Some(wanted) = frame.wanted.get(frame.next).copied() {
                frame.next += 1;
                if let Some(reserved) = open.get_mut(&wanted) {
                    reserved.get_or_insert_with(|| arena.reserve());
                } else if self.settle(wanted, twin).is_none() {
                    frames.push(self.frame(wanted));
                    open.insert(wanted, None);
                }
                continue;
            }
            let Some(frame) = frames.pop() else { break };
            let known = &self.known;
            let id = frame.plan.build(arena, &|key| {
                let id = known.get(&key).copied();
                // Whatever is wanted is known or reserved by now.
                id.or_else(|| open.get(&key).copied().flatten())
                    .unwrap_or(Arena::ANYTHING)
            });
            let id = match open.remove(&frame.key).flatten() {
                Some(reserved) => self.close(arena, frame.key, reserved, id),
                None => id,
            };
            self.known.insert(frame.key, id);
        }
        self.known.get(&key).copied().unwrap_or(Arena::ANYTHING)
    }

    /// Says what a schema is that contains itself.
    fn close(&self, arena: &mut Arena, key: Key, reserved: NodeId, id: NodeId) -> NodeId {
        if id == reserved {
            let text = self.context.reference_text(key.at);
            let name = format!("`$ref` `{text}` leads back to itself");
            arena.define(reserved, Node::Opaque(name.into()));
            return reserved;
        }
        arena.define(reserved, Node::Link(id));
        id
    }

    /// The node of a schema that needs no reading.
    fn settle(&mut self, key: Key, twin: Option<&Twin<'_>>) -> Option<NodeId> {
        if let Some(id) = self.known.get(&key) {
            return Some(*id);
        }
        // The caller knows schemas by themselves, not in surroundings that change what they mean.
        let twin = twin.filter(|_| self.context.outside(key.at, key.direction) == key)?;
        let id = twin(key.at)?;
        self.known.insert(key, id);
        Some(id)
    }

    fn frame(&mut self, key: Key) -> Frame {
        let plan = Reader::new(&mut self.context, key).read();
        let mut wanted = Vec::new();
        plan.keys(&mut wanted);
        Frame {
            key,
            plan,
            wanted,
            next: 0,
        }
    }
}
