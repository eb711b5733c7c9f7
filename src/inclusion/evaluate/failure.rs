//! Which keyword a value breaks, and where: for explanations.

use super::{Evaluator, Marks, children, inside, or, records, type_of};
use crate::inclusion::{
    number::Rational,
    schema::{Arena, Arrays, Limit, Node, NodeId, Numbers, Objects, Record, Strings},
    value::Value,
};
use std::{collections::BTreeMap, rc::Rc};

/// How many schemas stand around the innermost one that is named.
const DEEPEST: usize = 128;

/// The first keyword that a value breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The keyword, by the name that JSON Schema gives it.
    pub keyword: &'static str,
    /// The part of the value that breaks it, as a JSON Pointer.
    pub at: String,
}

impl Failure {
    fn here(keyword: &'static str) -> Self {
        Self {
            keyword,
            at: String::new(),
        }
    }

    fn under(mut self, token: &str) -> Self {
        let token = token.replace('~', "~0").replace('/', "~1");
        self.at.insert_str(0, &format!("/{token}"));
        self
    }
}

impl Evaluator<'_> {
    /// The first keyword that the value breaks, innermost; `None` where it is not known to be outside.
    pub fn failure(&mut self, id: NodeId, value: &Value) -> Option<Failure> {
        self.explain(id, value, DEEPEST)
    }

    fn breaks(&mut self, id: NodeId, value: &Value) -> bool {
        self.holds(id, value) == Some(false)
    }

    fn explain(&mut self, id: NodeId, value: &Value, depth: usize) -> Option<Failure> {
        if !self.breaks(id, value) {
            return None;
        }
        let arena = self.arena;
        let node = arena.get(arena.follow(id));
        let inner = match depth.checked_sub(1) {
            None => None,
            Some(depth) => match node {
                Node::Record(record) => self.explain_record(record, value, depth),
                Node::All(parts) => parts
                    .iter()
                    .find_map(|part| self.explain(*part, value, depth)),
                Node::Any(parts) => self.explain_branches(parts, value, depth),
                Node::One(parts) => {
                    let fits = parts
                        .iter()
                        .any(|part| self.holds(*part, value) != Some(false));
                    if fits {
                        None
                    } else {
                        self.explain_branches(parts, value, depth)
                    }
                }
                Node::Unevaluated {
                    base,
                    members,
                    items,
                } => self
                    .explain(*base, value, depth)
                    .or_else(|| self.explain_unevaluated(*base, *members, *items, value, depth)),
                Node::Not(part) => self.explain_twice_negated(*part, value, depth),
                Node::Anything
                | Node::Nothing
                | Node::Values(_)
                | Node::Link(_)
                | Node::Opaque(_)
                | Node::Open => None,
            },
        };
        Some(inner.unwrap_or_else(|| Failure::here(keyword(node))))
    }

    /// What `not: {not: …}` says is what stands inside.
    fn explain_twice_negated(
        &mut self,
        part: NodeId,
        value: &Value,
        depth: usize,
    ) -> Option<Failure> {
        match self.arena.get(self.arena.follow(part)) {
            Node::Not(inner) => self.explain(*inner, value, depth),
            Node::Anything
            | Node::Nothing
            | Node::Record(_)
            | Node::Values(_)
            | Node::All(_)
            | Node::Any(_)
            | Node::One(_)
            | Node::Link(_)
            | Node::Unevaluated { .. }
            | Node::Opaque(_)
            | Node::Open => None,
        }
    }

    /// The failure of the one branch that was meant: the only one whose conditions, type, and constants fit.
    fn explain_branches(
        &mut self,
        parts: &[NodeId],
        value: &Value,
        depth: usize,
    ) -> Option<Failure> {
        let mut meant = Vec::new();
        for part in parts {
            let failure = self.explain(*part, value, depth)?;
            let missed = matches!(
                failure.keyword,
                "type" | "const" | "enum" | "not" | "false schema"
            );
            if !(missed && (failure.at.is_empty() || failure.keyword == "const")) {
                meant.push(failure);
            }
        }
        match meant.len() {
            1 => meant.pop(),
            _ => None,
        }
    }

    fn explain_unevaluated(
        &mut self,
        base: NodeId,
        members: Option<NodeId>,
        items: Option<NodeId>,
        value: &Value,
        depth: usize,
    ) -> Option<Failure> {
        let mut marks = Marks::none(children(value));
        self.forget();
        self.visit(base, value, Some(&mut marks));
        let (keyword, rest) = match value {
            Value::Object(_) => ("unevaluatedProperties", members?),
            Value::Array(_) => ("unevaluatedItems", items?),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
        };
        let outside = inside(value).enumerate().find(|(child, inner)| {
            marks.get(*child) == super::Mark::No && self.breaks(rest, inner)
        });
        let (child, inner) = outside?;
        let failure = self.child(keyword, rest, inner, depth)?;
        Some(failure.under(&token(value, child)))
    }

    fn explain_record(&mut self, record: &Record, value: &Value, depth: usize) -> Option<Failure> {
        if !record.types.holds(type_of(value)) {
            return Some(Failure::here("type"));
        }
        match value {
            Value::Null | Value::Bool(_) => None,
            Value::Number(number) => Some(numbers(&record.numbers, number)),
            Value::String(text) => Some(self.explain_string(&record.strings, text)),
            Value::Array(items) => self.explain_array(&record.arrays, items, depth),
            Value::Object(members) => self.explain_object(&record.objects, members, depth),
        }
    }

    fn explain_string(&mut self, strings: &Strings, text: &str) -> Failure {
        let length = text.chars().count() as u64;
        if length < strings.shortest {
            return Failure::here("minLength");
        }
        if strings.longest.is_some_and(|longest| length > longest) {
            return Failure::here("maxLength");
        }
        let broken = |matches: Option<bool>| matches == Some(false);
        if strings
            .patterns
            .iter()
            .any(|pattern| broken(self.languages.matches(pattern, text)))
        {
            return Failure::here("pattern");
        }
        Failure::here("format")
    }

    fn explain_array(&mut self, arrays: &Arrays, items: &[Value], depth: usize) -> Option<Failure> {
        let count = items.len() as u64;
        if count < arrays.fewest {
            return Some(Failure::here("minItems"));
        }
        if arrays.most.is_some_and(|most| count > most) {
            return Some(Failure::here("maxItems"));
        }
        for (index, item) in items.iter().enumerate() {
            let (keyword, schema) = match (arrays.prefix.get(index), arrays.rest) {
                (Some(schema), _) => ("prefixItems", *schema),
                (None, Some(schema)) => ("items", schema),
                (None, None) => break,
            };
            if let Some(failure) = self.child(keyword, schema, item, depth) {
                return Some(failure.under(&index.to_string()));
            }
        }
        if arrays.unique && records::doubled(items) {
            return Some(Failure::here("uniqueItems"));
        }
        for contains in &arrays.contains {
            self.forget();
            if self.contains(contains, items, None) == Some(false) {
                let matching = |item: &&Value| self.holds(contains.schema, item) == Some(true);
                let found = items.iter().filter(matching).count() as u64;
                return Some(Failure::here(match contains.most {
                    Some(most) if found > most => "maxContains",
                    _ if contains.fewest > 1 => "minContains",
                    _ => "contains",
                }));
            }
        }
        None
    }

    fn explain_object(
        &mut self,
        objects: &Objects,
        members: &BTreeMap<Rc<str>, Value>,
        depth: usize,
    ) -> Option<Failure> {
        let count = members.len() as u64;
        if !objects
            .required
            .iter()
            .all(|name| members.contains_key(name))
        {
            return Some(Failure::here("required"));
        }
        if count < objects.fewest {
            return Some(Failure::here("minProperties"));
        }
        if objects.most.is_some_and(|most| count > most) {
            return Some(Failure::here("maxProperties"));
        }
        members.iter().find_map(|(name, value)| {
            let failure = self.explain_member(objects, name, value, depth)?;
            Some(failure.under(name))
        })
    }

    fn explain_member(
        &mut self,
        objects: &Objects,
        name: &Rc<str>,
        value: &Value,
        depth: usize,
    ) -> Option<Failure> {
        self.forget();
        if let Some(names) = objects.names
            && self.name(names, name) == Some(false)
        {
            return Some(Failure::here("propertyNames"));
        }
        let mut named = Some(false);
        if let Some(schema) = objects.members.get(name) {
            named = Some(true);
            if let Some(failure) = self.child("properties", *schema, value, depth) {
                return Some(failure);
            }
        }
        for (pattern, schema) in &objects.patterns {
            let matches = self.languages.matches(pattern, name);
            named = or(named, matches);
            if matches == Some(true)
                && let Some(failure) = self.child("patternProperties", *schema, value, depth)
            {
                return Some(failure);
            }
        }
        let rest = objects.rest.filter(|_| named == Some(false))?;
        self.child("additionalProperties", rest, value, depth)
    }

    /// Where a member or an item breaks its schema; a schema that allows nothing is the keyword itself.
    fn child(
        &mut self,
        keyword: &'static str,
        id: NodeId,
        value: &Value,
        depth: usize,
    ) -> Option<Failure> {
        if self.arena.follow(id) == Arena::NOTHING {
            return Some(Failure::here(keyword));
        }
        self.explain(id, value, depth)
    }
}

/// The keyword that a node stands for.
fn keyword(node: &Node) -> &'static str {
    match node {
        Node::Record(record) if record.types.is_empty() => "type",
        Node::Anything
        | Node::Nothing
        | Node::Record(_)
        | Node::Link(_)
        | Node::Opaque(_)
        | Node::Open => "false schema",
        Node::Values(values) if values.len() == 1 => "const",
        Node::Values(_) => "enum",
        Node::All(_) => "allOf",
        Node::Any(_) => "anyOf",
        Node::One(_) => "oneOf",
        Node::Not(_) => "not",
        Node::Unevaluated { members: None, .. } => "unevaluatedItems",
        Node::Unevaluated { .. } => "unevaluatedProperties",
    }
}

fn numbers(numbers: &Numbers, number: &Rational) -> Failure {
    let exclusive = |limit: &Option<Limit>| limit.as_ref().is_some_and(|limit| limit.exclusive);
    if !records::above(numbers.lower.as_ref(), number) {
        return Failure::here(if exclusive(&numbers.lower) {
            "exclusiveMinimum"
        } else {
            "minimum"
        });
    }
    if !records::below(numbers.upper.as_ref(), number) {
        return Failure::here(if exclusive(&numbers.upper) {
            "exclusiveMaximum"
        } else {
            "maximum"
        });
    }
    Failure::here("multipleOf")
}

fn token(value: &Value, child: usize) -> String {
    match value {
        Value::Object(members) => members
            .keys()
            .nth(child)
            .map(ToString::to_string)
            .unwrap_or_default(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            child.to_string()
        }
    }
}
