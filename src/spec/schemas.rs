//! The schemas of one side, each lowered once: a schema is the set of nodes whose keywords apply together.

use super::{
    bundle::{At, Bundle},
    contract::Shape,
    lower,
    schema::Schema,
};
use crate::tree::Kind;
use foldhash::HashMap;
use std::{cell::RefCell, rc::Rc};

/// A schema of one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

/// A node that contributes keywords to a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Atom {
    /// The node.
    pub at: At,
    /// Only its annotations count; its one constraint was taken apart already.
    pub quiet: bool,
}

/// What makes two schemas the same one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The nodes, in the order they were met.
    pub atoms: Vec<Atom>,
    /// `anyOf: [X, {type: null}]`, or `oneOf`, with X taken out.
    pub or_null: bool,
    /// The atoms are the fields of a form.
    pub form: bool,
}

#[derive(Debug)]
struct Slot<'d> {
    key: Rc<Key>,
    lowered: Option<Rc<Schema<'d>>>,
}

/// The schemas of one bundle.
#[derive(Debug)]
pub struct Schemas<'d> {
    /// Where they are read from.
    pub bundle: &'d Bundle,
    by_key: RefCell<HashMap<Rc<Key>, SchemaId>>,
    by_nodes: RefCell<HashMap<At, SchemaId>>,
    access: RefCell<HashMap<At, Access>>,
    slots: RefCell<Vec<Slot<'d>>>,
}

impl<'d> Schemas<'d> {
    /// No schema yet.
    #[must_use]
    pub fn new(bundle: &'d Bundle) -> Self {
        Self {
            bundle,
            by_key: RefCell::default(),
            by_nodes: RefCell::default(),
            access: RefCell::default(),
            slots: RefCell::default(),
        }
    }

    /// The schema of a shape.
    #[must_use]
    pub fn of_shape(&self, shape: &Shape) -> SchemaId {
        match shape {
            Shape::Node(at) => self.of_node(*at),
            Shape::Form(fields) => self.intern(Key {
                atoms: fields
                    .iter()
                    .map(|at| Atom {
                        at: *at,
                        quiet: false,
                    })
                    .collect(),
                or_null: false,
                form: true,
            }),
        }
    }

    /// The schema that stands at a node.
    #[must_use]
    pub fn of_node(&self, at: At) -> SchemaId {
        if let Some(id) = self.by_nodes.borrow().get(&at) {
            return *id;
        }
        let id = self.intern(self.key(&[at]));
        self.by_nodes.borrow_mut().insert(at, id);
        id
    }

    /// The schema that several nodes make together.
    #[must_use]
    pub fn of_nodes(&self, nodes: &[At]) -> SchemaId {
        match nodes {
            [at] => self.of_node(*at),
            nodes => self.intern(self.key(nodes)),
        }
    }

    fn intern(&self, key: Key) -> SchemaId {
        if let Some(id) = self.by_key.borrow().get(&key) {
            return *id;
        }
        let key = Rc::new(key);
        let mut slots = self.slots.borrow_mut();
        let id = SchemaId(u32::try_from(slots.len()).unwrap_or(u32::MAX));
        slots.push(Slot {
            key: Rc::clone(&key),
            lowered: None,
        });
        self.by_key.borrow_mut().insert(key, id);
        id
    }

    /// The nodes a schema is made of.
    #[must_use]
    pub fn key_of(&self, id: SchemaId) -> Rc<Key> {
        Rc::clone(&self.slots.borrow()[id.0 as usize].key)
    }

    /// The schema in its one form.
    #[must_use]
    pub fn get(&self, id: SchemaId) -> Rc<Schema<'d>> {
        let key = {
            let slots = self.slots.borrow();
            let slot = &slots[id.0 as usize];
            if let Some(lowered) = &slot.lowered {
                return Rc::clone(lowered);
            }
            Rc::clone(&slot.key)
        };
        let lowered = Rc::new(lower::lower(self.bundle, &key));
        self.slots.borrow_mut()[id.0 as usize].lowered = Some(Rc::clone(&lowered));
        lowered
    }

    /// The same schema, without the `null` that stood beside it.
    #[must_use]
    pub fn without_null(&self, id: SchemaId) -> SchemaId {
        let key = self.key_of(id);
        self.intern(Key {
            or_null: false,
            ..Key::clone(&key)
        })
    }

    /// Whether `readOnly` and `writeOnly` hold for what these nodes describe together.
    #[must_use]
    pub fn access(&self, nodes: &[At]) -> Access {
        nodes
            .iter()
            .map(|node| self.access_of(*node))
            .fold(Access::default(), |all, one| Access {
                read_only: all.read_only || one.read_only,
                write_only: all.write_only || one.write_only,
            })
    }

    fn access_of(&self, node: At) -> Access {
        if let Some(known) = self.access.borrow().get(&node) {
            return *known;
        }
        let key = self.key_of(self.of_node(node));
        let says = |keyword| {
            key.atoms
                .iter()
                .any(|atom| self.bundle.flag(atom.at, keyword) == Some(true))
        };
        let access = Access {
            read_only: says("readOnly"),
            write_only: says("writeOnly"),
        };
        self.access.borrow_mut().insert(node, access);
        access
    }

    fn key(&self, nodes: &[At]) -> Key {
        let mut key = Key {
            atoms: Vec::new(),
            or_null: false,
            form: false,
        };
        if let [node] = nodes
            && let Some((wrapper, inner)) = self.or_null(*node)
        {
            key.or_null = true;
            self.collect(inner, &mut key.atoms);
            key.atoms.push(Atom {
                at: wrapper,
                quiet: true,
            });
            return key;
        }
        for node in nodes {
            self.collect(*node, &mut key.atoms);
        }
        key
    }

    /// `anyOf: [X, {type: null}]` and nothing else: the wrapper, and X.
    fn or_null(&self, at: At) -> Option<(At, At)> {
        let bundle = self.bundle;
        let at = bundle.follow(at)?;
        let group = ["anyOf", "oneOf"]
            .into_iter()
            .find_map(|keyword| bundle.get(at, keyword))?;
        let only = bundle.entries(at).all(|(keyword, _)| {
            matches!(keyword, "anyOf" | "oneOf") || lower::is_annotation(keyword)
        });
        let branches: Vec<At> = bundle.items(group).collect();
        let [one, other] = branches.as_slice() else {
            return None;
        };
        if !only || (bundle.get(at, "anyOf").is_some() && bundle.get(at, "oneOf").is_some()) {
            return None;
        }
        let inner = match (
            lower::is_just_null(bundle, *one),
            lower::is_just_null(bundle, *other),
        ) {
            (true, false) => *other,
            (false, true) => *one,
            _ => return None,
        };
        // `oneOf` rejects a `null` that both allow.
        let is_any = bundle.get(at, "anyOf").is_some();
        (is_any || self.forbids_null(inner)).then_some((at, inner))
    }

    /// Whether a schema says which types or values it allows, and `null` is none of them.
    fn forbids_null(&self, at: At) -> bool {
        let bundle = self.bundle;
        let mut atoms = Vec::new();
        self.collect(at, &mut atoms);
        atoms.iter().any(|atom| {
            let has = |keyword, is_null: &dyn Fn(At) -> bool| {
                bundle
                    .get(atom.at, keyword)
                    .map(|said| is_null(said) || bundle.items(said).any(is_null))
            };
            let named = |at: At| bundle.tree(at.file).str(at.node) == Some("null");
            let value = |at: At| bundle.tree(at.file).kind(at.node) == Kind::Null;
            let typed = has("type", &named) == Some(false)
                && bundle.flag(atom.at, "nullable") != Some(true);
            typed || has("enum", &value) == Some(false) || has("const", &value) == Some(false)
        })
    }

    /// Adds a node and everything its `$ref` and `allOf` bring in, each once.
    fn collect(&self, at: At, atoms: &mut Vec<Atom>) {
        let bundle = self.bundle;
        let mut stack = vec![at];
        // References leave no atom; without a note of them a circle of aliases would never end.
        let mut through: Vec<At> = Vec::new();
        while let Some(at) = stack.pop() {
            if atoms.iter().any(|atom| atom.at == at) || through.contains(&at) {
                continue;
            }
            let tree = bundle.tree(at.file);
            if tree.kind(at.node) != Kind::Map {
                atoms.push(Atom { at, quiet: false });
                continue;
            }
            let is_ref = bundle.is_ref(at);
            let target = bundle.target(at);
            if is_ref {
                through.push(at);
            }
            if is_ref && !bundle.dialect.ref_has_siblings() {
                match target {
                    Some(target) => stack.push(target),
                    None => atoms.push(Atom { at, quiet: false }),
                }
                continue;
            }
            if !is_ref || tree.size(at.node) > 1 || target.is_none() {
                atoms.push(Atom { at, quiet: false });
            }
            let mut parts: Vec<At> = target.into_iter().collect();
            if let Some(all) = bundle.get(at, "allOf") {
                parts.extend(bundle.items(all));
            }
            for keyword in ["anyOf", "oneOf"] {
                if let Some(group) = bundle.get(at, keyword)
                    && tree.size(group.node) == 1
                {
                    parts.extend(bundle.items(group));
                }
            }
            stack.extend(parts.into_iter().rev());
        }
        // A circle of aliases is a schema that cannot be read, not one that allows everything.
        if let Some(first) = through.first()
            && atoms.is_empty()
            && bundle.follow(*first).is_none()
        {
            atoms.push(Atom {
                at: *first,
                quiet: false,
            });
        }
    }
}

/// Which ways a member may travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// Not on the wire in Input.
    pub read_only: bool,
    /// Not on the wire in Output.
    pub write_only: bool,
}
