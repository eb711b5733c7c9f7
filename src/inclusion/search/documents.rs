//! Reads a document of draft 2020-12 into an arena: good enough to draw values from, never to prove anything.

use crate::inclusion::{
    number::Rational,
    schema::{Arena, Contains, Limit, Node, NodeId, Record},
    types::Types,
    value::Value,
};
use serde_json::{Map, Value as Json};
use std::{collections::HashMap, rc::Rc};

/// Schemas further inside accept everything.
const DEEPEST: usize = 100;

/// The schema of a document.
pub(super) fn read(arena: &mut Arena, document: &Json) -> NodeId {
    let mut reader = Reader {
        arena,
        document,
        known: HashMap::new(),
    };
    reader.reference("#", 0)
}

struct Reader<'a> {
    arena: &'a mut Arena,
    document: &'a Json,
    known: HashMap<String, NodeId>,
}

impl Reader<'_> {
    fn reference(&mut self, reference: &str, depth: usize) -> NodeId {
        if let Some(id) = self.known.get(reference) {
            return *id;
        }
        let target = reference
            .strip_prefix('#')
            .and_then(|pointer| self.document.pointer(pointer));
        let Some(target) = target else {
            return Arena::ANYTHING;
        };
        let id = self.arena.reserve();
        self.known.insert(reference.to_owned(), id);
        let schema = self.schema(target, depth + 1);
        self.arena.define(id, Node::Link(schema));
        id
    }

    fn schema(&mut self, json: &Json, depth: usize) -> NodeId {
        let keywords = match json {
            Json::Bool(false) => return Arena::NOTHING,
            Json::Object(keywords) if depth < DEEPEST => keywords,
            Json::Object(_)
            | Json::Bool(true)
            | Json::Null
            | Json::Number(_)
            | Json::String(_)
            | Json::Array(_) => return Arena::ANYTHING,
        };
        let mut parts = vec![self.record(keywords, depth)];
        let listed = keywords
            .get("enum")
            .and_then(Json::as_array)
            .map(Vec::as_slice);
        let constant = keywords.get("const").map(std::slice::from_ref);
        for values in [listed, constant].into_iter().flatten() {
            parts.push(
                self.arena
                    .values(values.iter().filter_map(Value::from_json)),
            );
        }
        if let Some(reference) = keywords.get("$ref").and_then(Json::as_str) {
            parts.push(self.reference(reference, depth));
        }
        for (keyword, json) in keywords {
            let part = match keyword.as_str() {
                "allOf" => self.list(json, depth, Arena::all),
                "anyOf" => self.list(json, depth, Arena::any),
                "oneOf" => self.list(json, depth, Arena::one),
                "not" => {
                    let part = self.schema(json, depth + 1);
                    self.arena.not(part)
                }
                _ => continue,
            };
            parts.push(part);
        }
        self.arena.all(parts)
    }

    fn list(
        &mut self,
        json: &Json,
        depth: usize,
        join: fn(&mut Arena, Vec<NodeId>) -> NodeId,
    ) -> NodeId {
        let parts = self.parts(json, depth);
        join(self.arena, parts)
    }

    fn parts(&mut self, json: &Json, depth: usize) -> Vec<NodeId> {
        let parts = json.as_array().into_iter().flatten();
        parts.map(|part| self.schema(part, depth + 1)).collect()
    }

    fn inner(
        &mut self,
        keywords: &Map<String, Json>,
        keyword: &str,
        depth: usize,
    ) -> Option<NodeId> {
        let json = keywords.get(keyword)?;
        Some(self.schema(json, depth + 1))
    }

    fn named(
        &mut self,
        keywords: &Map<String, Json>,
        keyword: &str,
        depth: usize,
    ) -> Vec<(Rc<str>, NodeId)> {
        let members = keywords.get(keyword).and_then(Json::as_object);
        let members = members.into_iter().flatten();
        members
            .map(|(name, json)| (Rc::from(name.as_str()), self.schema(json, depth + 1)))
            .collect()
    }

    fn record(&mut self, keywords: &Map<String, Json>, depth: usize) -> NodeId {
        let mut record = Record::of(types(keywords.get("type")));
        record.numbers.lower = limit(keywords, "minimum", "exclusiveMinimum");
        record.numbers.upper = limit(keywords, "maximum", "exclusiveMaximum");
        record
            .numbers
            .multiples
            .extend(number(keywords, "multipleOf"));
        record.strings.shortest = count(keywords, "minLength").unwrap_or(0);
        record.strings.longest = count(keywords, "maxLength");
        record.strings.patterns.extend(text(keywords, "pattern"));
        record.strings.formats.extend(text(keywords, "format"));
        let prefix = keywords
            .get("prefixItems")
            .map(|json| self.parts(json, depth));
        record.arrays.prefix = prefix.unwrap_or_default();
        record.arrays.rest = self.inner(keywords, "items", depth);
        record.arrays.fewest = count(keywords, "minItems").unwrap_or(0);
        record.arrays.most = count(keywords, "maxItems");
        record.arrays.unique = keywords.get("uniqueItems") == Some(&Json::Bool(true));
        if let Some(schema) = self.inner(keywords, "contains", depth) {
            record.arrays.contains.push(Contains {
                schema,
                fewest: count(keywords, "minContains").unwrap_or(1),
                most: count(keywords, "maxContains"),
                evaluates: true,
            });
        }
        record.objects.members = self
            .named(keywords, "properties", depth)
            .into_iter()
            .collect();
        record.objects.patterns = self.named(keywords, "patternProperties", depth);
        record.objects.rest = self.inner(keywords, "additionalProperties", depth);
        record.objects.names = self.inner(keywords, "propertyNames", depth);
        let required = keywords.get("required").and_then(Json::as_array);
        let required = required.into_iter().flatten().filter_map(Json::as_str);
        record.objects.required = required.map(Rc::from).collect();
        record.objects.fewest = count(keywords, "minProperties").unwrap_or(0);
        record.objects.most = count(keywords, "maxProperties");
        if record == Record::of(Types::ALL) {
            return Arena::ANYTHING;
        }
        self.arena.record(record)
    }
}

fn types(json: Option<&Json>) -> Types {
    let one = |json: &Json| json.as_str().and_then(Types::named).unwrap_or(Types::NONE);
    match json {
        None => Types::ALL,
        Some(Json::Array(several)) => several.iter().map(one).fold(Types::NONE, Types::or),
        Some(json) => one(json),
    }
}

fn number(keywords: &Map<String, Json>, keyword: &str) -> Option<Rational> {
    match Value::from_json(keywords.get(keyword)?)? {
        Value::Number(number) => Some(number),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}

fn limit(keywords: &Map<String, Json>, closed: &str, open: &str) -> Option<Limit> {
    let exclusive = number(keywords, open).map(|at| Limit {
        at,
        exclusive: true,
    });
    let inclusive = number(keywords, closed).map(|at| Limit {
        at,
        exclusive: false,
    });
    exclusive.or(inclusive)
}

fn count(keywords: &Map<String, Json>, keyword: &str) -> Option<u64> {
    keywords.get(keyword)?.as_u64()
}

fn text(keywords: &Map<String, Json>, keyword: &str) -> Option<Rc<str>> {
    keywords.get(keyword)?.as_str().map(Rc::from)
}
