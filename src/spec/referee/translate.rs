//! Schemas of API documents as JSON Schema 2020-12, keyword by keyword.
//!
//! Only what the payload can reach is written: a schema more steps below the root than the payload is deep is never
//! applied, and neither is what `properties` says of a name that the payload has nowhere. References become
//! `$defs` keyed by what they lead to, so recursion stays recursion.

use super::{
    Question, Referee,
    place::{Place, Places},
    reach::Reach,
};
use crate::spec::{
    bundle::{At, Bundle},
    dialect::{Dialect, Draft},
};
use crate::tree::Kind;
use foldhash::HashMap;
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, rc::Rc};

/// Which keywords there are, and what they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// Swagger 2.0.
    Two,
    /// OpenAPI 3.0.
    Three,
    /// OpenAPI 3.1 and later: JSON Schema 2020-12.
    Modern,
}

impl Family {
    fn of(dialect: Dialect) -> Option<Self> {
        match dialect {
            Dialect::Swagger2 => Some(Self::Two),
            Dialect::OpenApi30 => Some(Self::Three),
            Dialect::OpenApi31 | Dialect::OpenApi32 => Some(Self::Modern),
            Dialect::Schema(_) => None,
        }
    }

    /// Whether keywords beside a `$ref` count.
    pub(super) fn ref_has_siblings(self) -> bool {
        self == Self::Modern
    }
}

/// A translated schema.
#[derive(Debug)]
pub(super) struct Translated {
    pub(super) schema: Value,
    /// The nodes that became `$defs`.
    pub(super) nodes: Vec<At>,
}

/// How deep schemas are written into each other before the next becomes a definition.
const INLINE: u8 = 16;
/// The most definitions worth compiling for one payload.
const DEFINITIONS: usize = 20_000;

/// Where a schema stands in the translation.
#[derive(Clone, Debug)]
pub(super) struct Spot<'d> {
    pub(super) place: Rc<Place<'d>>,
    /// Steps that the payload goes on below.
    pub(super) left: usize,
    pub(super) inline: u8,
}

struct Definition<'d> {
    at: At,
    place: Rc<Place<'d>>,
    left: usize,
}

pub(super) struct Translation<'d, 'r> {
    pub(super) referee: &'r Referee<'d>,
    pub(super) bundle: &'d Bundle,
    pub(super) family: Family,
    pub(super) places: Places<'d>,
    pub(super) reach: &'r Reach,
    known: HashMap<(At, u32), usize>,
    definitions: Vec<Definition<'d>>,
    /// Definitions to write, by what is left of the payload there.
    open: BTreeMap<usize, Vec<usize>>,
}

/// Translates what is asked; `None` when something in reach is no schema, or leads nowhere.
pub(super) fn translate(
    referee: &Referee<'_>,
    question: &Question,
    reach: &Reach,
) -> Option<Translated> {
    let bundle = referee.bundle;
    let family = Family::of(bundle.dialect)?;
    if !is_2020(bundle, bundle.root(), "jsonSchemaDialect") {
        return None;
    }
    let mut translation = Translation {
        referee,
        bundle,
        family,
        places: Places::new(bundle, family, question.direction),
        reach,
        known: HashMap::default(),
        definitions: Vec::new(),
        open: BTreeMap::new(),
    };
    let root = translation.root(question)?;
    translation.finish(root)
}

/// Whether a node says no other draft than the one read here.
pub(super) fn is_2020(bundle: &Bundle, at: At, keyword: &str) -> bool {
    let draft = bundle.text(at, keyword).and_then(Draft::of_schema_uri);
    draft.is_none_or(|draft| draft == Draft::D2020)
}

impl<'d> Translation<'d, '_> {
    fn root(&mut self, question: &Question) -> Option<Value> {
        let schema = if question.form {
            self.form(&question.nodes)?
        } else {
            let place = self.places.of(&question.nodes);
            let spot = Spot {
                place,
                left: self.reach.depth,
                inline: INLINE,
            };
            let parts: Option<Vec<Value>> = question
                .nodes
                .iter()
                .map(|at| self.schema(*at, &spot))
                .collect();
            json!({ "allOf": parts? })
        };
        Some(if question.or_null {
            json!({ "anyOf": [schema, { "type": "null" }] })
        } else {
            schema
        })
    }

    /// The object that Swagger 2.0's `formData` parameters make.
    fn form(&mut self, fields: &[At]) -> Option<Value> {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in fields {
            let name = self.bundle.text(*field, "name")?;
            if self.bundle.flag(*field, "required") == Some(true) {
                required.push(Value::from(name));
            }
            if let Some(left) = self.reach.depth.checked_sub(1) {
                let place = self.places.of(&[*field]);
                let spot = Spot {
                    place,
                    left,
                    inline: INLINE,
                };
                properties.insert(name.to_owned(), self.schema(*field, &spot)?);
            }
        }
        Some(json!({ "type": "object", "properties": properties, "required": required }))
    }

    /// Writes definitions until nothing refers to an unwritten one, those first where most of the payload is left:
    /// a definition is written once, for the most that any reference to it needs.
    fn finish(mut self, mut root: Value) -> Option<Translated> {
        let mut written = BTreeMap::new();
        while let Some(mut last) = self.open.last_entry() {
            let left = *last.key();
            let Some(index) = last.get_mut().pop() else {
                last.remove();
                continue;
            };
            let definition = &self.definitions[index];
            if written.contains_key(&index) || definition.left > left {
                continue;
            }
            let at = definition.at;
            let spot = Spot {
                place: Rc::clone(&definition.place),
                left,
                inline: INLINE,
            };
            let value = self.write(at, &spot)?;
            written.insert(index, value);
        }
        let mut definitions = super::keywords::ranges();
        for (index, value) in written {
            definitions.insert(index.to_string(), value);
        }
        root.as_object_mut()?
            .insert("$defs".to_owned(), Value::Object(definitions));
        let nodes = self.definitions.iter().map(|definition| definition.at);
        Some(Translated {
            schema: root,
            nodes: nodes.collect(),
        })
    }

    /// A reference to the definition of a node.
    pub(super) fn reference(&mut self, at: At, spot: &Spot<'d>) -> Option<String> {
        let known = self.known.get(&(at, spot.place.id)).copied();
        let index = known.unwrap_or(self.definitions.len());
        if index >= DEFINITIONS {
            return None;
        }
        if known.is_none() {
            self.known.insert((at, spot.place.id), index);
            self.definitions.push(Definition {
                at,
                place: Rc::clone(&spot.place),
                left: spot.left,
            });
            self.open.entry(spot.left).or_default().push(index);
        }
        let definition = &mut self.definitions[index];
        if definition.left < spot.left {
            definition.left = spot.left;
            self.open.entry(spot.left).or_default().push(index);
        }
        Some(format!("#/$defs/{index}"))
    }

    /// A schema where it stands, or a reference to it.
    pub(super) fn schema(&mut self, at: At, spot: &Spot<'d>) -> Option<Value> {
        let mut at = at;
        let aliased = !self.family.ref_has_siblings() && self.bundle.is_ref(at);
        if aliased {
            at = self.bundle.follow(at)?;
        }
        if aliased || spot.inline == 0 {
            let reference = self.reference(at, spot)?;
            return Some(json!({ "$ref": reference }));
        }
        let spot = Spot {
            inline: spot.inline - 1,
            ..spot.clone()
        };
        self.write(at, &spot)
    }

    fn write(&mut self, at: At, spot: &Spot<'d>) -> Option<Value> {
        let tree = self.bundle.tree(at.file);
        match tree.kind(at.node) {
            Kind::Bool => Some(Value::from(tree.bool(at.node)?)),
            Kind::Map => Some(Value::Object(self.keywords(at, spot)?)),
            // `items:` with nothing behind it, as people leave it in YAML.
            Kind::Null => Some(Value::Bool(true)),
            Kind::Number | Kind::String | Kind::Seq => None,
        }
    }
}
