//! Writes a schema of the arena as a JSON Schema document of draft 2020-12.

mod shared;

use super::{
    number::Rational,
    schema::{
        Arena, Arrays, Contains, Node, NodeId, Numbers, Objects, Record, Strings, WRITTEN_WHOLE,
    },
    types::Types,
    value::Value,
};
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// Schemas stand in each other no deeper than this; deeper ones become definitions.
const DEEPEST: usize = 40;

/// Formats that mean the same to every reader of draft 2020-12 that asserts them.
const FORMATS: [&str; 8] = [
    "date",
    "date-time",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uuid",
];

/// A schema written out.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) json: Json,
    /// How many schemas of the arena stand in it.
    pub(super) nodes: usize,
}

/// A schema as a document; shared and recursive schemas are definitions whose names begin with `prefix`. `None` for
/// what JSON Schema has no words for, and beyond so many schemas.
pub(super) fn document(arena: &Arena, id: NodeId, prefix: &str, most: usize) -> Option<Document> {
    let root = arena.follow(id);
    let (nodes, shared) = shared::shared(arena, root, most)?;
    let mut writer = Writer {
        arena,
        prefix,
        shared,
        names: BTreeMap::new(),
        waiting: Vec::new(),
    };
    let body = writer.place(root, 0)?;
    let mut definitions = Map::new();
    while let Some((name, id)) = writer.waiting.pop() {
        let schema = writer.schema(id, 0)?;
        definitions.insert(name, schema);
    }
    let json = match body {
        Json::Object(mut keywords) if !definitions.is_empty() => {
            keywords.insert("$defs".to_owned(), Json::Object(definitions));
            Json::Object(keywords)
        }
        body => body,
    };
    Some(Document { json, nodes })
}

/// The schemas that a schema names.
pub(super) fn parts(arena: &Arena, id: NodeId) -> Vec<NodeId> {
    match arena.get(id) {
        Node::Anything | Node::Nothing | Node::Values(_) | Node::Opaque(_) | Node::Open => {
            Vec::new()
        }
        Node::Record(record) => {
            let (arrays, objects) = (&record.arrays, &record.objects);
            let mut parts = arrays.prefix.clone();
            parts.extend(arrays.rest);
            parts.extend(arrays.contains.iter().map(|contains| contains.schema));
            parts.extend(objects.members.values());
            parts.extend(objects.patterns.iter().map(|(_, schema)| *schema));
            parts.extend(objects.rest);
            parts.extend(objects.names);
            parts
        }
        Node::All(parts) | Node::Any(parts) | Node::One(parts) => parts.to_vec(),
        Node::Not(part) | Node::Link(part) => vec![*part],
        Node::Unevaluated {
            base,
            members,
            items,
        } => [Some(*base), *members, *items]
            .into_iter()
            .flatten()
            .collect(),
    }
}

struct Writer<'a> {
    arena: &'a Arena,
    prefix: &'a str,
    shared: BTreeSet<NodeId>,
    names: BTreeMap<NodeId, String>,
    /// Definitions to be written.
    waiting: Vec<(String, NodeId)>,
}

impl Writer<'_> {
    /// The schema, or a reference to its definition.
    fn place(&mut self, id: NodeId, depth: usize) -> Option<Json> {
        let id = self.arena.follow(id);
        match self.arena.get(id) {
            Node::Anything => return Some(Json::Bool(true)),
            Node::Nothing => return Some(Json::Bool(false)),
            Node::Opaque(name) => return (&**name == WRITTEN_WHOLE).then_some(Json::Bool(true)),
            // A circle of links.
            Node::Link(_) | Node::Open => return None,
            Node::Record(_)
            | Node::Values(_)
            | Node::All(_)
            | Node::Any(_)
            | Node::One(_)
            | Node::Not(_)
            | Node::Unevaluated { .. } => {}
        }
        if !self.shared.contains(&id) && depth < DEEPEST {
            return self.schema(id, depth + 1);
        }
        let next = self.names.len();
        let name = self.names.entry(id).or_insert_with(|| {
            let name = format!("{}{next}", self.prefix);
            self.waiting.push((name.clone(), id));
            name
        });
        Some(json!({ "$ref": format!("#/$defs/{name}") }))
    }

    fn places(&mut self, parts: &[NodeId], depth: usize) -> Option<Json> {
        let parts = parts.iter().map(|part| self.place(*part, depth));
        Some(Json::Array(parts.collect::<Option<_>>()?))
    }

    fn schema(&mut self, id: NodeId, depth: usize) -> Option<Json> {
        let arena = self.arena;
        Some(match arena.get(id) {
            Node::Anything | Node::Nothing | Node::Link(_) | Node::Opaque(_) | Node::Open => {
                return self.place(id, depth);
            }
            Node::Record(record) => return self.record(record, depth),
            Node::Values(values) => listed(values)?,
            Node::All(parts) => json!({ "allOf": self.places(parts, depth)? }),
            Node::Any(parts) => json!({ "anyOf": self.places(parts, depth)? }),
            Node::One(parts) => json!({ "oneOf": self.places(parts, depth)? }),
            Node::Not(part) => json!({ "not": self.place(*part, depth)? }),
            Node::Unevaluated {
                base,
                members,
                items,
            } => {
                let mut keywords = Keywords::default();
                keywords.put("allOf", self.places(&[*base], depth)?);
                if let Some(members) = members {
                    keywords.put("unevaluatedProperties", self.place(*members, depth)?);
                }
                if let Some(items) = items {
                    keywords.put("unevaluatedItems", self.place(*items, depth)?);
                }
                keywords.finish()
            }
        })
    }

    fn record(&mut self, record: &Record, depth: usize) -> Option<Json> {
        let mut keywords = Keywords::default();
        if record.types.is_empty() {
            return Some(Json::Bool(false));
        }
        types(&mut keywords, record.types);
        numbers(&mut keywords, &record.numbers)?;
        strings(&mut keywords, &record.strings)?;
        self.arrays(&mut keywords, &record.arrays, depth)?;
        self.objects(&mut keywords, &record.objects, depth)?;
        Some(keywords.finish())
    }

    fn arrays(&mut self, keywords: &mut Keywords, arrays: &Arrays, depth: usize) -> Option<()> {
        keywords.count("minItems", arrays.fewest);
        keywords.most("maxItems", arrays.most);
        if arrays.unique {
            keywords.put("uniqueItems", true);
        }
        if !arrays.prefix.is_empty() {
            keywords.put("prefixItems", self.places(&arrays.prefix, depth)?);
        }
        if let Some(rest) = arrays.rest {
            keywords.put("items", self.place(rest, depth)?);
        }
        for contains in &arrays.contains {
            let schema = self.contains(contains, depth)?;
            keywords.join(schema);
        }
        Some(())
    }

    fn contains(&mut self, contains: &Contains, depth: usize) -> Option<Json> {
        let mut keywords = Keywords::default();
        keywords.put("contains", self.place(contains.schema, depth)?);
        if contains.fewest != 1 {
            keywords.put("minContains", contains.fewest);
        }
        keywords.most("maxContains", contains.most);
        let schema = keywords.finish();
        // Nothing under `not` evaluates anything.
        Some(if contains.evaluates {
            schema
        } else {
            json!({ "not": { "not": schema } })
        })
    }

    fn objects(&mut self, keywords: &mut Keywords, objects: &Objects, depth: usize) -> Option<()> {
        keywords.count("minProperties", objects.fewest);
        keywords.most("maxProperties", objects.most);
        if !objects.required.is_empty() {
            let names: Vec<&str> = objects.required.iter().map(AsRef::as_ref).collect();
            keywords.put("required", json!(names));
        }
        let mut members = Map::new();
        for (name, schema) in &objects.members {
            members.insert(name.to_string(), self.place(*schema, depth)?);
        }
        keywords.map("properties", members);
        let mut patterns = Map::new();
        for (pattern, schema) in &objects.patterns {
            let schema = self.place(*schema, depth)?;
            let joined = match patterns.remove(&**pattern) {
                None => schema,
                Some(other) => json!({ "allOf": [other, schema] }),
            };
            patterns.insert(pattern.to_string(), joined);
        }
        keywords.map("patternProperties", patterns);
        if let Some(rest) = objects.rest {
            keywords.put("additionalProperties", self.place(rest, depth)?);
        }
        if let Some(names) = objects.names {
            keywords.put("propertyNames", self.place(names, depth)?);
        }
        Some(())
    }
}

fn types(keywords: &mut Keywords, types: Types) {
    if types == Types::ALL {
        return;
    }
    let fractional = Types::NUMBER.without(Types::INTEGER);
    let mut names = types.names();
    if types.meets(fractional) && !types.holds(Types::INTEGER) {
        names.retain(|name| *name != "fractional number");
        names.push("number");
        keywords.put("not", json!({ "type": "integer" }));
    }
    match names.as_slice() {
        [one] => keywords.put("type", *one),
        several => keywords.put("type", json!(several)),
    }
}

fn numbers(keywords: &mut Keywords, numbers: &Numbers) -> Option<()> {
    let limits = [
        (&numbers.lower, "minimum", "exclusiveMinimum"),
        (&numbers.upper, "maximum", "exclusiveMaximum"),
    ];
    for (limit, closed, open) in limits {
        if let Some(limit) = limit {
            let keyword = if limit.exclusive { open } else { closed };
            keywords.put(keyword, number(&limit.at)?);
        }
    }
    for multiple in &numbers.multiples {
        let schema = json!({ "multipleOf": number(multiple)? });
        keywords.join(schema);
    }
    Some(())
}

fn strings(keywords: &mut Keywords, strings: &Strings) -> Option<()> {
    keywords.count("minLength", strings.shortest);
    keywords.most("maxLength", strings.longest);
    for pattern in &strings.patterns {
        keywords.join(json!({ "pattern": &**pattern }));
    }
    for format in &strings.formats {
        if !FORMATS.contains(&&**format) {
            return None;
        }
        keywords.join(json!({ "format": &**format }));
    }
    Some(())
}

fn listed(values: &[Value]) -> Option<Json> {
    if !values.iter().all(is_written) {
        return None;
    }
    Some(match values {
        [one] => json!({ "const": Json::from(one) }),
        several => json!({ "enum": several.iter().map(Json::from).collect::<Vec<_>>() }),
    })
}

fn is_written(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => true,
        Value::Number(at) => number(at).is_some(),
        Value::Array(items) => items.iter().all(is_written),
        Value::Object(members) => members.values().all(is_written),
    }
}

/// A number that has a finite decimal form.
fn number(at: &Rational) -> Option<Json> {
    let json = at.to_json();
    (Rational::parse(json.as_str()).as_ref() == Some(at)).then_some(Json::Number(json))
}

/// The keywords of one schema object.
#[derive(Default)]
struct Keywords {
    own: Map<String, Json>,
    /// Further schemas, whose keywords are taken.
    joined: Vec<Json>,
}

impl Keywords {
    fn put(&mut self, keyword: &str, value: impl Into<Json>) {
        self.own.insert(keyword.to_owned(), value.into());
    }

    fn count(&mut self, keyword: &str, count: u64) {
        if count > 0 {
            self.put(keyword, count);
        }
    }

    fn most(&mut self, keyword: &str, most: Option<u64>) {
        if let Some(most) = most {
            self.put(keyword, most);
        }
    }

    fn map(&mut self, keyword: &str, map: Map<String, Json>) {
        if !map.is_empty() {
            self.put(keyword, map);
        }
    }

    /// Adds a schema's keywords, in `allOf` where one is taken.
    fn join(&mut self, schema: Json) {
        match schema {
            Json::Object(keywords) if !keywords.keys().any(|key| self.own.contains_key(key)) => {
                self.own.extend(keywords);
            }
            other => self.joined.push(other),
        }
    }

    fn finish(mut self) -> Json {
        if !self.joined.is_empty() {
            let joined = std::mem::take(&mut self.joined);
            self.put("allOf", joined);
        }
        Json::Object(self.own)
    }
}
