//! Schemas made from choices, in the words of draft 2020-12 as far as the form has them.

use super::{
    choices::Choices,
    form::{Form, Word},
};
use serde_json::{Map, Value, json};

const TYPES: [&str; 7] = [
    "object", "string", "integer", "array", "number", "boolean", "null",
];

/// Names of shared schemas.
pub(crate) const SHARED: [&str; 2] = ["A", "B"];

/// Whether a schema may be a reference to a shared one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refs {
    Anywhere,
    /// Only within a member or an item, so that no schema is itself.
    Inside,
}

/// Makes schemas.
pub(crate) struct Maker<'c, 'b> {
    pub(crate) form: Form,
    pub(crate) choices: &'c mut Choices<'b>,
    pub(crate) refs: Refs,
}

impl Maker<'_, '_> {
    /// A whole document: a schema with shared ones beside it.
    pub(crate) fn root(&mut self) -> Value {
        self.refs = Refs::Anywhere;
        let root = self.schema(3);
        let mut root = match root {
            Value::Object(members) => members,
            other => Map::from_iter([("allOf".to_owned(), json!([other]))]),
        };
        self.refs = Refs::Inside;
        let shared: Map<String, Value> = SHARED
            .iter()
            .map(|name| ((*name).to_owned(), self.schema(2)))
            .collect();
        root.insert("$defs".to_owned(), shared.into());
        Value::Object(root)
    }

    /// A schema.
    pub(crate) fn schema(&mut self, depth: usize) -> Value {
        if self.refs == Refs::Anywhere && self.choices.rarely(8) {
            let name = self.choices.of(&SHARED);
            return json!({"$ref": format!("#/$defs/{name}")});
        }
        if depth == 0 {
            return self.leaf();
        }
        match self.choices.below(16) {
            0..=4 => self.object(depth),
            5 => self.array(depth),
            6..=8 => self.leaf(),
            9 => json!({"allOf": self.parts(depth)}),
            10 => json!({"anyOf": self.parts(depth)}),
            11 => json!({"oneOf": self.parts(depth)}),
            12 => json!({"not": self.schema(depth - 1)}),
            13 => self.condition(depth),
            14 => self.tagged(depth),
            _ => self.mixed(depth),
        }
    }

    /// The schema of a member or an item.
    fn inner(&mut self, depth: usize) -> Value {
        let outside = self.refs;
        if outside == Refs::Inside {
            self.refs = Refs::Anywhere;
        }
        let made = self.schema(depth - 1);
        self.refs = outside;
        made
    }

    fn parts(&mut self, depth: usize) -> Vec<Value> {
        let count = 1 + self.choices.below(3);
        (0..count).map(|_| self.schema(depth - 1)).collect()
    }

    fn leaf(&mut self) -> Value {
        match self.choices.below(10) {
            0 | 1 => self.string(),
            2 | 3 => self.number(),
            4 | 5 => self.constants(),
            6 => json!({"type": self.of_type()}),
            7 => json!({"type": [self.choices.of(&TYPES[..4]), "null"]}),
            8 if self.form.says(Word::Booleans) => Value::Bool(!self.choices.rarely(3)),
            9 => json!({}),
            _ => json!({"type": "boolean"}),
        }
    }

    fn of_type(&mut self) -> &'static str {
        self.choices.of(&TYPES)
    }

    fn constants(&mut self) -> Value {
        if self.form.says(Word::Const) && self.choices.rarely(2) {
            return json!({"const": self.choices.scalar()});
        }
        let count = 1 + self.choices.below(3);
        let mut values: Vec<Value> = Vec::new();
        for _ in 0..count {
            let value = self.choices.scalar();
            if !values.contains(&value) {
                values.push(value);
            }
        }
        json!({"enum": values})
    }

    fn string(&mut self) -> Value {
        let mut made = Map::from_iter([("type".to_owned(), json!("string"))]);
        for _ in 0..self.choices.below(3) {
            let (keyword, value) = self.string_keyword();
            made.insert(keyword.to_owned(), value);
        }
        made.into()
    }

    pub(crate) fn string_keyword(&mut self) -> (&'static str, Value) {
        match self.choices.below(5) {
            0 => ("minLength", self.choices.count().into()),
            1 => ("maxLength", self.choices.count().into()),
            2 if self.form.says(Word::Formats) => ("format", json!("date")),
            _ => ("pattern", self.choices.pattern().into()),
        }
    }

    fn number(&mut self) -> Value {
        let kind = self.choices.of(&["integer", "number"]);
        let mut made = Map::from_iter([("type".to_owned(), json!(kind))]);
        for _ in 0..self.choices.below(3) {
            let (keyword, value) = self.number_keyword();
            made.insert(keyword.to_owned(), value);
        }
        made.into()
    }

    pub(crate) fn number_keyword(&mut self) -> (&'static str, Value) {
        match self.choices.below(6) {
            0 => ("minimum", self.choices.number()),
            1 => ("maximum", self.choices.number()),
            2 => ("exclusiveMinimum", self.choices.number()),
            3 => ("exclusiveMaximum", self.choices.number()),
            _ => {
                let step = self.choices.of(&["2", "1", "3", "0.5", "0.3", "0.1", "6"]);
                ("multipleOf", super::choices::number(step))
            }
        }
    }

    fn array(&mut self, depth: usize) -> Value {
        let mut made = Map::from_iter([("type".to_owned(), json!("array"))]);
        made.insert("items".to_owned(), self.inner(depth));
        for _ in 0..self.choices.below(3) {
            let (keyword, value) = self.array_keyword(depth);
            made.insert(keyword.to_owned(), value);
        }
        made.into()
    }

    pub(crate) fn array_keyword(&mut self, depth: usize) -> (&'static str, Value) {
        match self.choices.below(8) {
            0 => ("minItems", self.choices.count().into()),
            1 => ("maxItems", self.choices.count().into()),
            2 if self.form.says(Word::Contains) => ("contains", self.inner(depth)),
            3 if self.form.says(Word::Prefix) => ("prefixItems", json!([self.inner(depth)])),
            4 if self.form.says(Word::Dependent) => ("minContains", self.choices.count().into()),
            5 if self.form.says(Word::Unevaluated) => ("unevaluatedItems", self.inner(depth)),
            6 => ("items", self.inner(depth)),
            _ => ("uniqueItems", json!(true)),
        }
    }

    fn object(&mut self, depth: usize) -> Value {
        let mut made = Map::from_iter([("type".to_owned(), json!("object"))]);
        let count = 1 + self.choices.below(3);
        let members: Map<String, Value> = (0..count)
            .map(|_| (self.choices.name().to_owned(), self.inner(depth)))
            .collect();
        made.insert("properties".to_owned(), members.into());
        for _ in 0..self.choices.below(3) {
            let (keyword, value) = self.object_keyword(depth);
            made.insert(keyword.to_owned(), value);
        }
        made.into()
    }

    pub(crate) fn object_keyword(&mut self, depth: usize) -> (&'static str, Value) {
        let names = |maker: &mut Self| json!([maker.choices.name()]);
        match self.choices.below(12) {
            0 => ("minProperties", self.choices.count().into()),
            1 => ("maxProperties", self.choices.count().into()),
            2 => ("additionalProperties", json!(false)),
            3 => ("additionalProperties", self.inner(depth)),
            4 if self.form.says(Word::PatternProperties) => {
                let pattern = self.choices.pattern();
                ("patternProperties", json!({pattern: self.inner(depth)}))
            }
            5 if self.form.says(Word::Contains) => {
                ("propertyNames", json!({"pattern": self.choices.pattern()}))
            }
            6 if self.form.says(Word::Dependent) => {
                let name = self.choices.name();
                ("dependentRequired", json!({name: names(self)}))
            }
            7 if self.form.says(Word::Dependent) => {
                let name = self.choices.name();
                ("dependentSchemas", json!({name: self.schema(depth - 1)}))
            }
            8 if self.form.says(Word::Unevaluated) => ("unevaluatedProperties", json!(false)),
            _ => ("required", names(self)),
        }
    }

    fn condition(&mut self, depth: usize) -> Value {
        if !self.form.says(Word::Conditions) {
            return self.object(depth);
        }
        let mut made = json!({"if": self.schema(depth - 1), "then": self.schema(depth - 1)});
        if self.choices.rarely(2) {
            made["else"] = self.schema(depth - 1);
        }
        made
    }

    /// Branches that a member's value tells apart.
    fn tagged(&mut self, depth: usize) -> Value {
        let keyword = self.choices.of(&["oneOf", "anyOf"]);
        let branches: Vec<Value> = ["a", "b", "ab"][..2 + self.choices.below(2)]
            .iter()
            .map(|tag| {
                let inside = self.inner(depth);
                json!({"type": "object", "required": ["c"],
                    "properties": {"c": {"enum": [tag]}, self.choices.name(): inside}})
            })
            .collect();
        json!({keyword: branches})
    }

    /// Keywords of several kinds beside each other.
    fn mixed(&mut self, depth: usize) -> Value {
        let mut made = Map::new();
        for _ in 0..=self.choices.below(4) {
            let (keyword, value) = self.keyword(depth);
            made.insert(keyword.to_owned(), value);
        }
        made.into()
    }

    /// Any keyword.
    pub(crate) fn keyword(&mut self, depth: usize) -> (&'static str, Value) {
        match self.choices.below(8) {
            0 | 1 => self.object_keyword(depth),
            2 => self.string_keyword(),
            3 => self.number_keyword(),
            4 => self.array_keyword(depth),
            5 => ("type", self.of_type().into()),
            6 => {
                let branches = self.choices.of(&["anyOf", "oneOf", "allOf"]);
                (branches, self.parts(depth).into())
            }
            _ => ("not", self.schema(depth - 1)),
        }
    }
}
