//! Schemas written as JSON, for tests: the keywords of 2020-12, `$ref` to `#` and `#/$defs/…` only.

use super::{
    number::Rational,
    schema::{Arena, Contains, Limit, Node, NodeId, Record},
    types::Types,
    value::Value,
};
use serde_json::{Map, Value as Json};
use std::{collections::BTreeMap, rc::Rc};

/// One document.
struct Document<'a> {
    arena: &'a mut Arena,
    root: &'a Json,
    known: BTreeMap<String, NodeId>,
}

/// The schema of a document.
pub(super) fn written(arena: &mut Arena, root: &Json) -> NodeId {
    let mut document = Document {
        arena,
        root,
        known: BTreeMap::new(),
    };
    document.reference("#")
}

impl Document<'_> {
    fn reference(&mut self, name: &str) -> NodeId {
        if let Some(id) = self.known.get(name) {
            return *id;
        }
        let id = self.arena.reserve();
        self.known.insert(name.to_owned(), id);
        let root = self.root;
        let target = root.pointer(&name[1..]).expect("a target");
        let target = self.schema(target);
        self.arena.define(id, Node::Link(target));
        id
    }

    fn schema(&mut self, json: &Json) -> NodeId {
        let keywords = match json {
            Json::Bool(true) => return Arena::ANYTHING,
            Json::Bool(false) => return Arena::NOTHING,
            json => json.as_object().expect("a schema"),
        };
        let record = self.record(keywords);
        let mut parts = Vec::new();
        if record != Record::of(Types::ALL) {
            parts.push(self.arena.record(record));
        }
        for (keyword, said) in keywords {
            parts.extend(self.applied(keyword, said));
        }
        if let Some(condition) = keywords.get("if") {
            parts.push(self.conditional(condition, keywords));
        }
        self.arena.all(parts)
    }

    fn applied(&mut self, keyword: &str, said: &Json) -> Option<NodeId> {
        Some(match keyword {
            "$ref" => self.reference(said.as_str().expect("a reference")),
            "enum" => {
                let values = list(said).iter().map(value);
                self.arena.values(values)
            }
            "const" => self.arena.values([value(said)]),
            "allOf" => {
                let parts = self.schemas(said);
                self.arena.all(parts)
            }
            "anyOf" => {
                let parts = self.schemas(said);
                self.arena.any(parts)
            }
            "oneOf" => {
                let parts = self.schemas(said);
                self.arena.one(parts)
            }
            "not" => {
                let inner = self.schema(said);
                self.arena.not(inner)
            }
            "opaque" => {
                let name = said.as_str().expect("a name");
                self.arena.add(Node::Opaque(name.into()))
            }
            "dependentRequired" => {
                let all = members(said).iter().map(|(name, needed)| {
                    let with = self.required(&[Json::String(name.clone())]);
                    let without = self.arena.not(with);
                    let needed = self.required(list(needed));
                    self.arena.any(vec![without, needed])
                });
                let all = all.collect();
                self.arena.all(all)
            }
            _ => return None,
        })
    }

    fn required(&mut self, names: &[Json]) -> NodeId {
        let mut record = Record::of(Types::ALL);
        record.objects.required = strings(names).collect();
        self.arena.record(record)
    }

    fn conditional(&mut self, condition: &Json, keywords: &Map<String, Json>) -> NodeId {
        let condition = self.schema(condition);
        let refuted = self.arena.not(condition);
        let mut branch = |condition, keyword| {
            let then = keywords
                .get(keyword)
                .map_or(Arena::ANYTHING, |said| self.schema(said));
            self.arena.all(vec![condition, then])
        };
        let branches = vec![branch(condition, "then"), branch(refuted, "else")];
        self.arena.any(branches)
    }

    fn schemas(&mut self, json: &Json) -> Vec<NodeId> {
        list(json).iter().map(|json| self.schema(json)).collect()
    }

    fn record(&mut self, keywords: &Map<String, Json>) -> Record {
        let mut record = Record::of(Types::ALL);
        for (keyword, said) in keywords {
            self.keyword(&mut record, keyword, said);
        }
        if let Some(counted) = keywords.get("contains") {
            record.arrays.contains.push(Contains {
                schema: self.schema(counted),
                fewest: keywords.get("minContains").map_or(1, count),
                most: keywords.get("maxContains").map(count),
                evaluates: true,
            });
        }
        record
    }

    fn keyword(&mut self, record: &mut Record, keyword: &str, said: &Json) {
        match keyword {
            "type" => record.types = types(said),
            "minimum" => record.numbers.lower = limit(said, false),
            "exclusiveMinimum" => record.numbers.lower = limit(said, true),
            "maximum" => record.numbers.upper = limit(said, false),
            "exclusiveMaximum" => record.numbers.upper = limit(said, true),
            "multipleOf" => record.numbers.multiples = vec![number(said)],
            "minLength" => record.strings.shortest = count(said),
            "maxLength" => record.strings.longest = Some(count(said)),
            "pattern" => record.strings.patterns = vec![said.as_str().expect("a pattern").into()],
            "prefixItems" => record.arrays.prefix = self.schemas(said),
            "items" => record.arrays.rest = Some(self.schema(said)),
            "minItems" => record.arrays.fewest = count(said),
            "maxItems" => record.arrays.most = Some(count(said)),
            "uniqueItems" => record.arrays.unique = said == &Json::Bool(true),
            "properties" => {
                for (name, said) in members(said) {
                    let schema = self.schema(said);
                    record.objects.members.insert(name.as_str().into(), schema);
                }
            }
            "patternProperties" => {
                for (name, said) in members(said) {
                    let schema = self.schema(said);
                    record.objects.patterns.push((name.as_str().into(), schema));
                }
            }
            "additionalProperties" => record.objects.rest = Some(self.schema(said)),
            "propertyNames" => record.objects.names = Some(self.schema(said)),
            "required" => record.objects.required = strings(list(said)).collect(),
            "minProperties" => record.objects.fewest = count(said),
            "maxProperties" => record.objects.most = Some(count(said)),
            _ => {}
        }
    }
}

/// The value of a JSON text's tree.
pub(super) fn value(json: &Json) -> Value {
    Value::from_json(json).expect("a value")
}

fn list(json: &Json) -> &[Json] {
    json.as_array().expect("a list")
}

fn members(json: &Json) -> &Map<String, Json> {
    json.as_object().expect("an object")
}

fn strings(list: &[Json]) -> impl Iterator<Item = Rc<str>> {
    list.iter()
        .map(|name| name.as_str().expect("a name").into())
}

fn count(json: &Json) -> u64 {
    json.as_u64().expect("a count")
}

fn number(json: &Json) -> Rational {
    Rational::parse(&json.to_string()).expect("a number")
}

#[allow(clippy::unnecessary_wraps)]
fn limit(json: &Json, exclusive: bool) -> Option<Limit> {
    Some(Limit {
        at: number(json),
        exclusive,
    })
}

fn types(json: &Json) -> Types {
    let names = json
        .as_array()
        .map_or(std::slice::from_ref(json), Vec::as_slice);
    strings(names)
        .filter_map(|name| Types::named(&name))
        .fold(Types::NONE, Types::or)
}
