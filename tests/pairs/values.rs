//! Values that may tell two schemas apart: their own constants and bounds, the neighbours of those, and some noise.

use serde_json::{Map, Number, Value, json};
use std::collections::BTreeSet;

/// How deep values are made.
const DEEPEST: usize = 4;

/// Numbers without a meaning, one after the other.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 20) % count.max(1) as u64).expect("small")
    }

    fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn of<'v, T>(&mut self, list: &'v [T]) -> Option<&'v T> {
        list.get(self.below(list.len()))
    }
}

/// What both schemas speak of.
#[derive(Default)]
pub(crate) struct Pool {
    constants: Vec<Value>,
    numbers: Vec<Value>,
    texts: Vec<String>,
    names: Vec<String>,
}

impl Pool {
    pub(crate) fn of(schemas: [&Value; 2]) -> Self {
        let mut pool = Self::default();
        for schema in schemas {
            pool.take(schema);
        }
        for text in ["0", "1", "-1", "0.5", "2.5", "0.1", "6", "7", "100"] {
            pool.numbers.push(super::choices::number(text));
        }
        let texts = [
            "",
            "a",
            "b",
            "ba",
            "aa",
            "aab",
            "12",
            "1",
            "x",
            "\n",
            "2020-02-29",
        ];
        pool.texts.extend(texts.map(str::to_owned));
        pool.names
            .extend(["a", "b", "c", "ab", "x"].map(str::to_owned));
        let names: BTreeSet<String> = pool.names.into_iter().collect();
        pool.names = names.into_iter().collect();
        pool
    }

    fn take(&mut self, schema: &Value) {
        match schema {
            Value::Object(keywords) => {
                for (keyword, value) in keywords {
                    self.keyword(keyword, value);
                    self.take(value);
                }
            }
            Value::Array(parts) => parts.iter().for_each(|part| self.take(part)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn keyword(&mut self, keyword: &str, value: &Value) {
        match (keyword, value) {
            ("const", value) => self.constants.push(value.clone()),
            ("enum", Value::Array(values)) => self.constants.extend(values.iter().cloned()),
            ("minLength" | "maxLength", Value::Number(limit)) => {
                let limit = usize::try_from(limit.as_u64().unwrap_or(0)).unwrap_or(0);
                for length in limit.saturating_sub(1)..=limit + 1 {
                    self.texts.push("a".repeat(length));
                    self.texts.push("b".repeat(length));
                }
            }
            ("properties", Value::Object(members)) => self.names.extend(members.keys().cloned()),
            (_, Value::Number(number)) => self.near(number),
            _ => {}
        }
    }

    fn near(&mut self, number: &Number) {
        self.numbers.push(number.clone().into());
        // Tenths, so that nothing is rounded.
        let Some(number) = number.as_f64() else {
            return;
        };
        for tenths in [-10.0, -1.0, 1.0, 10.0, 15.0] {
            let near = format!("{:.1}", ((number * 10.0).round() + tenths) / 10.0);
            // Whole numbers without a fraction, which draft 4 tells apart.
            let near = near.strip_suffix(".0").unwrap_or(&near);
            self.numbers.push(super::choices::number(if near == "-0" {
                "0"
            } else {
                near
            }));
        }
    }
}

/// Draws values.
pub(crate) struct Drawer<'a> {
    pub(crate) pool: &'a Pool,
    pub(crate) dice: &'a mut Dice,
    /// The document whose shared schemas are meant.
    pub(crate) root: &'a Value,
}

impl<'a> Drawer<'a> {
    /// A value that may belong to the document.
    pub(crate) fn value(&mut self) -> Value {
        let root = self.root;
        let mut value = self.draw(&[root], 0);
        if self.dice.once_in(4) {
            self.disturb(&mut value);
        }
        value
    }

    fn draw(&mut self, schemas: &[&'a Value], depth: usize) -> Value {
        let mut plain = Vec::new();
        for schema in schemas {
            self.flatten(schema, &mut plain, 0);
        }
        let constants: Vec<&Value> = plain
            .iter()
            .flat_map(|keywords| {
                let listed = keywords.get("enum").and_then(Value::as_array);
                listed.into_iter().flatten().chain(keywords.get("const"))
            })
            .collect();
        if !constants.is_empty() && !self.dice.once_in(10) {
            return (*self.dice.of(&constants).expect("not empty")).clone();
        }
        match self.kind(&plain).as_str() {
            "object" if depth < DEEPEST => self.object(&plain, depth),
            "array" if depth < DEEPEST => self.array(&plain, depth),
            "object" => json!({}),
            "array" => json!([]),
            "string" => self.text(),
            "integer" => self.whole(),
            "number" => self.dice.of(&self.pool.numbers).expect("not empty").clone(),
            "boolean" => Value::Bool(self.dice.once_in(2)),
            _ if self.dice.once_in(2) => self
                .dice
                .of(&self.pool.constants)
                .cloned()
                .unwrap_or_default(),
            _ => Value::Null,
        }
    }

    /// The schemas that apply together: one branch each, and some negations.
    fn flatten(&mut self, schema: &'a Value, into: &mut Vec<&'a Map<String, Value>>, depth: usize) {
        let Value::Object(keywords) = schema else {
            return;
        };
        if depth > 8 {
            return;
        }
        into.push(keywords);
        if let Some(Value::String(target)) = keywords.get("$ref")
            && let Some(held) = self.root.pointer(target.trim_start_matches('#'))
        {
            self.flatten(held, into, depth + 1);
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let Some(Value::Array(parts)) = keywords.get(keyword) else {
                continue;
            };
            let chosen = self.dice.below(parts.len());
            for (index, part) in parts.iter().enumerate() {
                if keyword == "allOf" || index == chosen {
                    self.flatten(part, into, depth + 1);
                }
            }
        }
        for keyword in ["if", "then", "else", "not"] {
            if let Some(part) = keywords.get(keyword)
                && self.dice.once_in(2)
            {
                self.flatten(part, into, depth + 1);
            }
        }
        if let Some(Value::Object(all)) = keywords.get("dependentSchemas") {
            for part in all.values() {
                self.flatten(part, into, depth + 1);
            }
        }
    }

    fn kind(&mut self, plain: &[&Map<String, Value>]) -> String {
        let mut kinds = Vec::new();
        for keywords in plain {
            match keywords.get("type") {
                Some(Value::String(kind)) => kinds.push(kind.as_str()),
                Some(Value::Array(all)) => kinds.extend(all.iter().filter_map(Value::as_str)),
                _ => {}
            }
            for (keyword, kind) in [
                ("properties", "object"),
                ("required", "object"),
                ("items", "array"),
                ("pattern", "string"),
                ("multipleOf", "number"),
            ] {
                if keywords.contains_key(keyword) {
                    kinds.push(kind);
                }
            }
        }
        if kinds.is_empty() || self.dice.once_in(25) {
            kinds = vec![
                "object", "array", "string", "integer", "number", "boolean", "any",
            ];
        }
        (*self.dice.of(&kinds).expect("not empty")).to_owned()
    }

    fn text(&mut self) -> Value {
        let constants: Vec<&str> = self
            .pool
            .constants
            .iter()
            .filter_map(Value::as_str)
            .collect();
        match self.dice.of(&constants) {
            Some(text) if self.dice.once_in(4) => (*text).into(),
            _ => self
                .dice
                .of(&self.pool.texts)
                .expect("not empty")
                .as_str()
                .into(),
        }
    }

    fn whole(&mut self) -> Value {
        let whole: Vec<&Value> = self.pool.numbers.iter().filter(|n| n.is_i64()).collect();
        (*self.dice.of(&whole).expect("not empty")).clone()
    }

    fn object(&mut self, plain: &[&'a Map<String, Value>], depth: usize) -> Value {
        let mut names: BTreeSet<String> = BTreeSet::new();
        for keywords in plain {
            for name in keywords
                .get("required")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                if !self.dice.once_in(20) {
                    names.extend(name.as_str().map(str::to_owned));
                }
            }
            if let Some(Value::Object(members)) = keywords.get("properties") {
                for name in members.keys() {
                    if self.dice.once_in(2) {
                        names.insert(name.clone());
                    }
                }
            }
        }
        while self.dice.once_in(3) {
            names.insert(self.dice.of(&self.pool.names).expect("not empty").clone());
        }
        let members = names.into_iter().map(|name| {
            let inner: Vec<&'a Value> = plain
                .iter()
                .filter_map(|held| member(held, &name))
                .collect();
            let value = self.draw(&inner, depth + 1);
            (name, value)
        });
        Value::Object(members.collect::<Vec<_>>().into_iter().collect())
    }

    fn array(&mut self, plain: &[&'a Map<String, Value>], depth: usize) -> Value {
        let count = self.dice.below(5);
        let items = (0..count).map(|index| {
            let mut inner = Vec::new();
            for keywords in plain {
                let prefix = keywords.get("prefixItems").and_then(|all| all.get(index));
                inner.extend(prefix.or_else(|| keywords.get("items")));
                if self.dice.once_in(3) {
                    inner.extend(keywords.get("contains"));
                }
            }
            self.draw(&inner, depth + 1)
        });
        Value::Array(items.collect())
    }

    /// One thing inside a value becomes something else.
    fn disturb(&mut self, value: &mut Value) {
        match value {
            Value::Object(members) if !members.is_empty() && !self.dice.once_in(4) => {
                let names: Vec<String> = members.keys().cloned().collect();
                let name = self.dice.of(&names).expect("not empty");
                if self.dice.once_in(3) {
                    members.remove(name);
                } else if let Some(inner) = members.get_mut(name) {
                    self.disturb(inner);
                }
            }
            Value::Array(items) if !items.is_empty() && !self.dice.once_in(4) => {
                let place = self.dice.below(items.len());
                match self.dice.below(3) {
                    0 => items.push(items[place].clone()),
                    1 => self.disturb(&mut items[place]),
                    _ => {
                        items.remove(place);
                    }
                }
            }
            other => *other = self.draw(&[], DEEPEST - 1),
        }
    }
}

/// The schema of a member, where there is one for it.
fn member<'a>(keywords: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let own = keywords.get("properties").and_then(|all| all.get(name));
    let patterns = keywords.get("patternProperties").and_then(Value::as_object);
    own.or_else(|| patterns.and_then(|all| all.values().next()))
        .or_else(|| keywords.get("additionalProperties"))
}
