//! One schema as the list of what it demands, keyword by keyword: a value belongs to the schema when it meets them all.

use super::{
    schema::{Arena, Limit, Node, NodeId, Numbers, Objects, Record, Strings},
    types::Types,
};
use std::rc::Rc;

/// Parts of parts taken apart in one question; beyond that the rest stands as one demand.
const MOST: usize = 1_000;

/// One demand of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The keyword that makes it, by its name in JSON Schema 2020-12.
    pub keyword: &'static str,
    /// The member or pattern it is about, for keywords that hold several.
    pub name: Option<Rc<str>>,
    /// The demand alone.
    pub node: NodeId,
}

/// The demands of a schema.
pub fn facets(arena: &mut Arena, id: NodeId) -> Vec<Facet> {
    let mut open = vec![id];
    let mut found = Vec::new();
    let mut steps = 0;
    while let Some(id) = open.pop() {
        steps += 1;
        let id = arena.follow(id);
        match arena.get(id).clone() {
            Node::All(parts) if steps < MOST => open.extend(parts.iter().rev()),
            Node::Record(record) => of_record(arena, &record, &mut found),
            Node::Anything => {}
            other => found.push(Facet {
                keyword: keyword(&other),
                name: None,
                node: id,
            }),
        }
    }
    found
}

const fn keyword(node: &Node) -> &'static str {
    match node {
        Node::Values(_) => "enum",
        Node::Any(_) => "anyOf",
        Node::One(_) => "oneOf",
        Node::Not(_) => "not",
        Node::Unevaluated {
            members: Some(_), ..
        } => "unevaluatedProperties",
        Node::Unevaluated { .. } => "unevaluatedItems",
        Node::All(_) => "allOf",
        Node::Nothing => "false",
        Node::Anything | Node::Record(_) | Node::Link(_) | Node::Opaque(_) | Node::Open => "$ref",
    }
}

/// Takes one record apart.
struct Apart<'a> {
    arena: &'a mut Arena,
    found: &'a mut Vec<Facet>,
}

impl Apart<'_> {
    fn push(
        &mut self,
        keyword: &'static str,
        name: Option<&Rc<str>>,
        fill: impl FnOnce(&mut Record),
    ) {
        let mut record = Record::of(Types::ALL);
        fill(&mut record);
        let node = self.arena.record(record);
        self.found.push(Facet {
            keyword,
            name: name.cloned(),
            node,
        });
    }
}

fn of_record(arena: &mut Arena, record: &Record, found: &mut Vec<Facet>) {
    let mut apart = Apart { arena, found };
    if record.types != Types::ALL {
        apart.push("type", None, |one| one.types = record.types);
    }
    numbers(&mut apart, &record.numbers);
    strings(&mut apart, &record.strings);
    arrays(&mut apart, record);
    objects(&mut apart, &record.objects);
}

fn numbers(apart: &mut Apart<'_>, numbers: &Numbers) {
    let exclusive = |limit: &Limit, yes, no| if limit.exclusive { yes } else { no };
    if let Some(lower) = &numbers.lower {
        let keyword = exclusive(lower, "exclusiveMinimum", "minimum");
        apart.push(keyword, None, |one| one.numbers.lower = Some(lower.clone()));
    }
    if let Some(upper) = &numbers.upper {
        let keyword = exclusive(upper, "exclusiveMaximum", "maximum");
        apart.push(keyword, None, |one| one.numbers.upper = Some(upper.clone()));
    }
    for multiple in &numbers.multiples {
        apart.push("multipleOf", None, |one| {
            one.numbers.multiples.push(multiple.clone());
        });
    }
}

fn strings(apart: &mut Apart<'_>, strings: &Strings) {
    if strings.shortest > 0 {
        apart.push("minLength", None, |one| {
            one.strings.shortest = strings.shortest;
        });
    }
    if strings.longest.is_some() {
        apart.push("maxLength", None, |one| {
            one.strings.longest = strings.longest;
        });
    }
    for pattern in &strings.patterns {
        apart.push("pattern", None, |one| {
            one.strings.patterns.push(Rc::clone(pattern));
        });
    }
    for format in &strings.formats {
        apart.push("format", None, |one| {
            one.strings.formats.push(Rc::clone(format));
        });
    }
}

fn arrays(apart: &mut Apart<'_>, record: &Record) {
    let arrays = &record.arrays;
    for (index, item) in arrays.prefix.iter().enumerate() {
        apart.push("prefixItems", None, |one| {
            one.arrays.prefix = vec![Arena::ANYTHING; index];
            one.arrays.prefix.push(*item);
        });
    }
    if arrays.rest.is_some_and(|rest| rest != Arena::ANYTHING) {
        apart.push("items", None, |one| {
            one.arrays.prefix = vec![Arena::ANYTHING; arrays.prefix.len()];
            one.arrays.rest = arrays.rest;
        });
    }
    if arrays.fewest > 0 {
        apart.push("minItems", None, |one| one.arrays.fewest = arrays.fewest);
    }
    if arrays.most.is_some() {
        apart.push("maxItems", None, |one| one.arrays.most = arrays.most);
    }
    if arrays.unique {
        apart.push("uniqueItems", None, |one| one.arrays.unique = true);
    }
    for contains in &arrays.contains {
        apart.push("contains", None, |one| {
            one.arrays.contains.push(contains.clone());
        });
    }
}

fn objects(apart: &mut Apart<'_>, objects: &Objects) {
    for (name, member) in &objects.members {
        if *member != Arena::ANYTHING {
            apart.push("properties", Some(name), |one| {
                one.objects.members.insert(Rc::clone(name), *member);
            });
        }
    }
    for (pattern, member) in &objects.patterns {
        if *member != Arena::ANYTHING {
            apart.push("patternProperties", Some(pattern), |one| {
                one.objects.patterns.push((Rc::clone(pattern), *member));
            });
        }
    }
    if objects.rest.is_some_and(|rest| rest != Arena::ANYTHING) {
        apart.push("additionalProperties", None, |one| {
            let names = objects.members.keys();
            one.objects.members = names
                .map(|name| (Rc::clone(name), Arena::ANYTHING))
                .collect();
            let patterns = objects.patterns.iter();
            one.objects.patterns = patterns
                .map(|(pattern, _)| (Rc::clone(pattern), Arena::ANYTHING))
                .collect();
            one.objects.rest = objects.rest;
        });
    }
    if objects.names.is_some() {
        apart.push("propertyNames", None, |one| {
            one.objects.names = objects.names;
        });
    }
    for name in &objects.required {
        apart.push("required", Some(name), |one| {
            one.objects.required.insert(Rc::clone(name));
        });
    }
    if objects.fewest > 0 {
        apart.push("minProperties", None, |one| {
            one.objects.fewest = objects.fewest;
        });
    }
    if objects.most.is_some() {
        apart.push("maxProperties", None, |one| one.objects.most = objects.most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inclusion::number::Rational;

    #[test]
    fn each_keyword_is_one_demand() {
        let mut arena = Arena::default();
        let mut record = Record::of(Types::OBJECT);
        record.objects.required.insert("id".into());
        record.objects.members.insert("id".into(), Arena::ANYTHING);
        record.objects.rest = Some(Arena::NOTHING);
        record.numbers.upper = Some(Limit {
            at: Rational::from(3_i64),
            exclusive: true,
        });
        let record = arena.record(record);
        let values = arena.values([crate::inclusion::Value::Null]);
        let all = arena.all(vec![record, values]);
        let found: Vec<_> = facets(&mut arena, all)
            .into_iter()
            .map(|facet| (facet.keyword, facet.name))
            .collect();
        assert_eq!(
            found,
            [
                ("type", None),
                ("exclusiveMaximum", None),
                ("additionalProperties", None),
                ("required", Some("id".into())),
                ("enum", None),
            ]
        );
    }
}
