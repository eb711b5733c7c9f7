//! Where a drift is in one version of the contract.

use super::edits::Edits;
use crate::diff::Elements;
use crate::probe::drift::{path::Path, places, shape::Key};
use crate::spec::{
    At, Contract, Dialect, Media, Operation, Response, Schemas, Segment, Shape as Declared,
};
use crate::tree::Kind;
use serde_json::{Value, json};

/// The operation of a drift, and what the contract declares of its answer.
pub(super) struct Scene<'c, 'd> {
    pub(super) contract: &'c Contract<'d>,
    pub(super) schemas: Schemas<'d>,
    pub(super) operation: &'c Operation<'d>,
    pub(super) response: Option<&'c Response<'d>>,
    pub(super) media: Option<&'c Media<'d>>,
    /// The nodes of the body's schema.
    pub(super) root: Option<Vec<At>>,
}

impl<'c, 'd> Scene<'c, 'd> {
    /// `None` when the contract does not have the operation.
    pub(super) fn of(contract: &'c Contract<'d>, id: &str, of: &Key) -> Option<Self> {
        let elements = Elements::new(contract, id);
        let operation = places::operation(contract, &elements, &of.operation)?;
        let response = places::response(operation, of.status);
        let name = of.media.as_deref();
        let media = response
            .zip(name)
            .and_then(|(response, name)| places::media(response, name));
        let root = match media.and_then(|media| media.shape.as_ref()) {
            Some(Declared::Node(at)) => Some(vec![*at]),
            Some(Declared::Form(_)) | None => None,
        };
        Some(Self {
            contract,
            schemas: Schemas::new(contract.bundle),
            operation,
            response,
            media,
            root,
        })
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.contract.dialect
    }

    /// The nodes of a place of the body, if the contract declares it.
    pub(super) fn nodes(&self, path: &Path) -> Option<Vec<At>> {
        places::resolve(&self.schemas, self.root.as_deref()?, path)
    }

    /// The maps with keywords for a place of the body.
    pub(super) fn atoms(&self, path: &Path) -> Vec<At> {
        let nodes = self.nodes(path).unwrap_or_default();
        let mut atoms = places::atoms(&self.schemas, &nodes);
        atoms.retain(|at| self.is_map(*at));
        atoms
    }

    pub(super) fn is_map(&self, at: At) -> bool {
        self.contract.bundle.tree(at.file).kind(at.node) == Kind::Map
    }

    pub(super) fn get(&self, at: At, key: &str) -> Option<At> {
        self.contract.bundle.get(at, key)
    }

    /// A value as the document writes it.
    pub(super) fn json(&self, at: At) -> Option<Value> {
        self.contract.bundle.tree(at.file).to_json(at.node).ok()
    }

    /// The texts of a list.
    pub(super) fn list(&self, at: At) -> Vec<Value> {
        match self.json(at) {
            Some(Value::Array(items)) => items,
            Some(one) => vec![one],
            None => Vec::new(),
        }
    }

    /// Puts an entry into a map under a key of a node, and the map with it where there is none.
    pub(super) fn put_within(&self, edits: &mut Edits, at: At, map: &str, key: &str, value: Value) {
        match self.get(at, map) {
            Some(inside) if self.is_map(inside) => edits.put(inside, key, value),
            _ => edits.put(at, map, json!({ key: value })),
        }
    }

    /// Allows one more type where types are said: no member is read in what may be no object.
    fn allow(&self, edits: &mut Edits, at: At, kind: &str) {
        let Some(said) = self.get(at, "type") else {
            return;
        };
        let mut types = self.list(said);
        if !types.iter().any(|one| one == kind) {
            types.push(kind.into());
            edits.put(at, "type", Value::Array(types));
        }
    }

    /// Declares one step beneath a declared place.
    pub(super) fn declare(&self, edits: &mut Edits, around: &Path, step: &Segment, schema: Value) {
        let (map, key) = match step {
            Segment::Property(name) => ("properties", Some(name)),
            Segment::Items => ("items", None),
            Segment::Additional => ("additionalProperties", None),
            Segment::Pattern(pattern) => ("patternProperties", Some(pattern)),
            Segment::Prefix(_)
            | Segment::Contains
            | Segment::Names
            | Segment::Branch(_)
            | Segment::Not
            | Segment::If
            | Segment::Then
            | Segment::Else
            | Segment::Dependent(_)
            | Segment::Content => return,
        };
        let atoms = self.atoms(around);
        let kind = if let Segment::Items = step {
            "array"
        } else {
            "object"
        };
        for at in &atoms {
            self.allow(edits, *at, kind);
        }
        let named = atoms.iter().find(|at| self.get(**at, map).is_some());
        match (named.or(atoms.first()), key) {
            (Some(at), Some(key)) => self.put_within(edits, *at, map, key, schema),
            (Some(at), None) => edits.put(*at, map, schema),
            // The schema is `true`, or leads nowhere.
            (None, key) => {
                let inside = match key {
                    Some(key) => json!({ key: schema }),
                    None => schema,
                };
                if let Some(node) = self.nodes(around).and_then(|nodes| nodes.first().copied()) {
                    edits.replace(node, json!({ map: inside }));
                }
            }
        }
    }
}
