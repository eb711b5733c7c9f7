//! Members that the contract does not declare, even where its schemas allow any: what a vendor adds without a word.

use super::{Against, Check, Place, Verdict};
use crate::inclusion::Types;
use crate::probe::workflow::Strictness;
use crate::spec::{At, Schema, SchemaId, member_matches};
use crate::text::Pointer;
use crate::tree::Kind;
use crate::variance::Direction;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// The most members and items that are looked at.
const LIMIT: usize = 20_000;
/// The most findings in one body.
const FINDINGS: usize = 50;
/// How many schemas may apply to one value.
const SCHEMAS: usize = 64;

/// Members of a body that its schema does not declare, one finding for each place, items of a list taken as one.
pub(super) fn undeclared(against: &Against<'_, '_>, schema: SchemaId, value: &Value) -> Vec<Check> {
    let mut walk = Walk {
        against,
        left: LIMIT,
        unknown: BTreeMap::new(),
        hidden: BTreeMap::new(),
    };
    walk.value(schema, value, &Pointer::root());
    let verdict = match against.strictness {
        Strictness::Strict => Verdict::Fail,
        Strictness::Tolerant | Strictness::Off => Verdict::Warn,
    };
    let unknown = walk.unknown.into_iter().map(|(place, seen)| {
        let told = Check::new(
            "field-undeclared",
            verdict,
            format!(
                "the contract does not declare `{}`{}",
                seen.name,
                times(seen.times)
            ),
        );
        told.at(Place::Body(place)).found(seen.kind)
    });
    let hidden = walk.hidden.into_iter().map(|(place, seen)| {
        let told = Check::new(
            "write-only-returned",
            verdict,
            format!(
                "`{}` is writeOnly, and is in the answer{}",
                seen.name,
                times(seen.times)
            ),
        );
        told.at(Place::Body(place))
    });
    unknown.chain(hidden).take(FINDINGS).collect()
}

fn times(times: usize) -> String {
    if times == 1 {
        String::new()
    } else {
        format!(", {times} times")
    }
}

/// A member at a place, and how often.
struct Seen {
    name: String,
    kind: &'static str,
    times: usize,
}

struct Walk<'a, 'd> {
    against: &'a Against<'a, 'd>,
    left: usize,
    unknown: BTreeMap<Pointer, Seen>,
    hidden: BTreeMap<Pointer, Seen>,
}

impl<'d> Walk<'_, 'd> {
    fn value(&mut self, schema: SchemaId, value: &Value, at: &Pointer) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        match value {
            Value::Object(members) => {
                let schemas = self.applicable(schema, value);
                for (name, member) in members {
                    self.member(&schemas, name, member, at);
                }
            }
            Value::Array(items) => {
                let schemas = self.applicable(schema, value);
                let inside = at.child("*");
                for (place, item) in items.iter().enumerate() {
                    let nodes: BTreeSet<At> = schemas
                        .iter()
                        .flat_map(|schema| schema.prefix.get(place).unwrap_or(&schema.items))
                        .copied()
                        .collect();
                    self.inside(nodes, item, &inside);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn inside(&mut self, nodes: BTreeSet<At>, value: &Value, at: &Pointer) {
        if !nodes.is_empty() {
            let nodes: Vec<At> = nodes.into_iter().collect();
            let schema = self.against.sampler.schemas.of_nodes(&nodes);
            self.value(schema, value, at);
        }
    }

    fn member(&mut self, schemas: &[Rc<Schema<'d>>], name: &str, member: &Value, at: &Pointer) {
        let declared: BTreeSet<At> = schemas
            .iter()
            .filter_map(|schema| schema.property(name))
            .flat_map(|property| property.nodes.iter().copied())
            .collect();
        let nodes: Vec<At> = declared.iter().copied().collect();
        if self.against.sampler.schemas.access(&nodes).write_only {
            note(&mut self.hidden, at.child(name), name, member);
        }
        if !declared.is_empty() {
            self.inside(declared, member, &at.child(name));
            return;
        }
        let matching: BTreeSet<At> = schemas
            .iter()
            .flat_map(|schema| &schema.pattern_properties)
            .filter(|property| member_matches(property.name, name) == Some(true))
            .flat_map(|property| property.nodes.iter().copied())
            .collect();
        let other: BTreeSet<At> = schemas
            .iter()
            .flat_map(|schema| &schema.rest)
            .filter(|rest| self.says_something(rest.at))
            .map(|rest| rest.at)
            .collect();
        if !matching.is_empty() || !other.is_empty() {
            // The names of a map are data, so they are one place.
            self.inside(&matching | &other, member, &at.child("*"));
            return;
        }
        // What declares nothing is free-form, and what is closed is refused by the schema already.
        let declares = schemas
            .iter()
            .any(|schema| !schema.properties.is_empty() || !schema.pattern_properties.is_empty());
        if declares && !schemas.iter().any(|schema| schema.is_closed()) {
            note(&mut self.unknown, at.child(name), name, member);
        }
    }

    /// Whether a schema for other members is more than `true` or `{}`.
    fn says_something(&self, at: At) -> bool {
        let tree = self.against.sampler.bundle.tree(at.file);
        tree.kind(at.node) == Kind::Map && tree.size(at.node) > 0
    }

    /// A schema with the branches that accept the value, or all of them where none does.
    fn applicable(&self, schema: SchemaId, value: &Value) -> Vec<Rc<Schema<'d>>> {
        let schemas = &self.against.sampler.schemas;
        let mut open = vec![schema];
        let mut met: BTreeSet<SchemaId> = BTreeSet::new();
        let mut all = Vec::new();
        while let Some(id) = open.pop() {
            if met.len() > SCHEMAS || !met.insert(id) {
                continue;
            }
            let schema = schemas.get(id);
            for group in &schema.groups {
                let branches: Vec<SchemaId> = group
                    .branches
                    .iter()
                    .map(|branch| schemas.of_node(*branch))
                    .filter(|branch| {
                        let types = schemas.get(*branch).types;
                        types.holds(if value.is_array() {
                            Types::ARRAY
                        } else {
                            Types::OBJECT
                        })
                    })
                    .collect();
                let accepting: Vec<SchemaId> = branches
                    .iter()
                    .copied()
                    .filter(|branch| branches.len() > 1 && self.accepts(*branch, value))
                    .collect();
                open.extend(if accepting.is_empty() {
                    branches
                } else {
                    accepting
                });
            }
            for conditional in &schema.conditionals {
                let parts = [conditional.then, conditional.otherwise]
                    .into_iter()
                    .flatten();
                open.extend(parts.map(|at| schemas.of_node(at)));
            }
            for dependent in &schema.dependent_schemas {
                open.push(schemas.of_nodes(&dependent.nodes));
            }
            all.push(schema);
        }
        all
    }

    fn accepts(&self, schema: SchemaId, value: &Value) -> bool {
        let key = self.against.sampler.schemas.key_of(schema);
        let referee = &self.against.sampler.referee;
        let ruling = referee.judge_key(&key, Some(Direction::Output), value);
        ruling.is_some_and(|ruling| ruling.valid)
    }
}

fn note(into: &mut BTreeMap<Pointer, Seen>, at: Pointer, name: &str, member: &Value) {
    let seen = into.entry(at).or_insert_with(|| Seen {
        name: name.to_owned(),
        kind: kind(member),
        times: 0,
    });
    seen.times += 1;
}

/// The type of a value; the value itself is nobody's business.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
