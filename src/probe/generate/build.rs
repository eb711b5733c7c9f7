//! A value from a schema, member by member, so that what the contract shows of a part is used wherever the part is.

use super::{Fill, Sampler, scalar};
use crate::inclusion::Types;
use crate::spec::{Schema, SchemaId};
use serde_json::{Map, Value};

/// How deep values are built: beyond, only what is required.
const DEEP: usize = 6;
/// How deep at all; what requires itself has no value.
const DEEPEST: usize = 24;
/// How many branches of an `anyOf` or `oneOf` are tried.
const BRANCHES: usize = 8;

/// A value of a schema; whether it is valid is for the referee.
pub(super) fn build(sampler: &Sampler<'_>, id: SchemaId, fill: Fill) -> Option<Value> {
    Building { sampler, fill }.value(id, 0)
}

struct Building<'s, 'd> {
    sampler: &'s Sampler<'d>,
    fill: Fill,
}

impl Building<'_, '_> {
    fn value(&self, id: SchemaId, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        let id = self.sampler.schemas.without_null(id);
        let schema = self.sampler.schemas.get(id);
        if schema.never.is_some() {
            return None;
        }
        // A whole object by example would bring its optional members along, or leave them out.
        let scalar = !schema.types.holds(Types::OBJECT) && !schema.types.holds(Types::ARRAY);
        if self.fill == Fill::Shown || scalar || !schema.values.is_empty() {
            let shown = self.sampler.shown_by(id).into_iter();
            let mut valid = shown.filter(|known| self.sampler.accepts(id, &known.value));
            if let Some(known) = valid.next() {
                return Some(known.value);
            }
        }
        let built = if schema.groups.is_empty() {
            self.plain(id, &schema, depth)
        } else {
            self.branches(id, &schema, depth)
        };
        built
            .filter(|value| depth == 0 || self.sampler.accepts(id, value))
            .or_else(|| self.sampler.drawn(id))
    }

    /// The first branch that makes a value together with what stands beside it.
    fn branches(&self, id: SchemaId, schema: &Schema<'_>, depth: usize) -> Option<Value> {
        let beside = self.plain(id, schema, depth);
        let branches = schema.groups.iter().flat_map(|group| &group.branches);
        for branch in branches.take(BRANCHES) {
            let branch = self.sampler.schemas.of_node(*branch);
            let Some(mut value) = self.value(branch, depth + 1) else {
                continue;
            };
            if let (Some(Value::Object(beside)), Value::Object(members)) = (&beside, &mut value) {
                for (name, member) in beside {
                    members
                        .entry(name.clone())
                        .or_insert_with(|| member.clone());
                }
            }
            tag(schema, &mut value);
            if self.sampler.accepts(id, &value) {
                return Some(value);
            }
        }
        beside
    }

    fn plain(&self, id: SchemaId, schema: &Schema<'_>, depth: usize) -> Option<Value> {
        let types = schema.types;
        if types.holds(Types::OBJECT) && (types != Types::ALL || !schema.required.is_empty()) {
            return self.object(schema, depth).map(Value::Object);
        }
        if types.holds(Types::ARRAY) && (types != Types::ALL || !schema.items.is_empty()) {
            return self.array(schema, depth).map(Value::Array);
        }
        if types.holds(Types::STRING) {
            return scalar::string(schema).or_else(|| self.sampler.drawn(id));
        }
        if types.meets(Types::NUMBER) {
            return scalar::number(schema).or_else(|| self.sampler.drawn(id));
        }
        if types.holds(Types::BOOLEAN) {
            return Some(Value::Bool(true));
        }
        types.holds(Types::NULL).then_some(Value::Null)
    }

    fn object(&self, schema: &Schema<'_>, depth: usize) -> Option<Map<String, Value>> {
        let mut members = Map::new();
        for property in &schema.properties {
            let required = schema.required.contains_key(property.name);
            let wanted = required
                || match self.fill {
                    Fill::Required | Fill::Shown => false,
                    Fill::All => depth < DEEP,
                };
            if !wanted || self.sampler.schemas.access(&property.nodes).read_only {
                continue;
            }
            let id = self.sampler.schemas.of_nodes(&property.nodes);
            match self.value(id, depth + 1) {
                Some(value) => {
                    members.insert(property.name.to_owned(), value);
                }
                None if required => return None,
                None => {}
            }
        }
        for name in schema.required.keys() {
            if schema.property(name).is_none() {
                members.insert((*name).to_owned(), Value::from("probe"));
            }
        }
        Some(members)
    }

    fn array(&self, schema: &Schema<'_>, depth: usize) -> Option<Vec<Value>> {
        let count = |keyword| schema.count(keyword).and_then(|(count, _)| count.as_u64());
        let least = count("minItems").unwrap_or_default();
        let most = count("maxItems").unwrap_or(u64::MAX);
        let wanted = match self.fill {
            Fill::Shown | Fill::All if depth < DEEP => least.max(1).min(most),
            Fill::Required | Fill::Shown | Fill::All => least,
        };
        // More are for the search, which knows `uniqueItems` and `contains`.
        if wanted > 32 {
            return None;
        }
        let mut items = Vec::new();
        for place in 0..usize::try_from(wanted).ok()? {
            let nodes = schema.prefix.get(place).unwrap_or(&schema.items);
            let item = if nodes.is_empty() {
                Value::from("probe")
            } else {
                self.value(self.sampler.schemas.of_nodes(nodes), depth + 1)?
            };
            items.push(item);
        }
        Some(items)
    }
}

/// The member that tells the branch, where the mapping has only one name for it.
fn tag(schema: &Schema<'_>, value: &mut Value) {
    if let (Some(discriminator), Value::Object(members)) = (&schema.discriminator, value)
        && discriminator.mapping.len() == 1
        && let Some(name) = discriminator.mapping.keys().next()
    {
        members.insert(discriminator.property.to_owned(), Value::from(*name));
    }
}
