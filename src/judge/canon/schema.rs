//! A schema in canonical form.

use super::{
    jcs::{Form, data, literal, quoted},
    recursion::Units,
};
use crate::spec::{
    At, Bound, Bundle, Discriminator, Group, Key, Property, Schema, SchemaId, Schemas, Types,
};
use crate::text::Decimal;
use crate::tree::Kind;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

type Entries<'d> = Vec<(Cow<'d, str>, Form<'d>)>;

/// The key without nodes that say nothing about values: a description beside a `$ref` makes no new schema.
pub(super) fn bare(schemas: &Schemas<'_>, key: &Key) -> Key {
    let mut bare = key.clone();
    bare.atoms
        .retain(|atom| key.form || !is_silent(schemas.bundle, atom.at, atom.quiet));
    bare
}

fn is_silent(bundle: &Bundle, at: At, quiet: bool) -> bool {
    let tree = bundle.tree(at.file);
    if tree.kind(at.node) != Kind::Map {
        return tree.bool(at.node) == Some(true);
    }
    if bundle.is_ref(at) && bundle.target(at).is_none() {
        return false;
    }
    bundle.entries(at).all(|(keyword, value)| match keyword {
        "title" | "description" | "example" | "examples" | "externalDocs" | "$comment"
        | "allOf" | "summary" | "$ref" | "$dynamicRef" | "$recursiveRef" | "$defs"
        | "definitions" | "$id" | "$anchor" | "$dynamicAnchor" | "$schema" => true,
        // One branch is part of the conjunction; of `X or null` the key has taken note.
        "anyOf" | "oneOf" => quiet || tree.size(value.node) == 1,
        "x-extensible-enum" => false,
        extension => extension.starts_with("x-"),
    })
}

/// The form of a schema; schemas beneath are units.
pub(super) fn form<'d>(units: &mut Units<'_, 'd>, id: SchemaId) -> Form<'d> {
    let schema = units.schemas.get(id);
    if schema.never.is_some() {
        return if schema.or_null {
            Form::Map(vec![(Cow::Borrowed("type"), Form::string("null"))])
        } else {
            Form::FALSE
        };
    }
    let mut writer = Writer {
        units,
        schema: &schema,
        entries: Vec::new(),
    };
    writer.types_and_values();
    writer.numbers();
    writer.strings();
    writer.members();
    writer.items();
    writer.choices();
    writer.annotations();
    Form::map(writer.entries)
}

struct Writer<'w, 'a, 'd> {
    units: &'w mut Units<'a, 'd>,
    schema: &'w Schema<'d>,
    entries: Entries<'d>,
}

impl<'d> Writer<'_, '_, 'd> {
    fn bundle(&self) -> &'d Bundle {
        self.units.schemas.bundle
    }

    fn put(&mut self, keyword: &'static str, form: Form<'d>) {
        self.entries.push((Cow::Borrowed(keyword), form));
    }

    fn data(&self, at: At) -> String {
        data(self.bundle().tree(at.file), at.node)
    }

    fn child(&mut self, nodes: &[At]) -> Form<'d> {
        let id = self.units.schemas.of_nodes(nodes);
        Form::Unit(self.units.schema(id))
    }

    /// Each node a schema of its own: one as it is, several as a set.
    fn apart(&mut self, keyword: &'static str, nodes: &[At]) {
        if !nodes.is_empty() {
            let forms = nodes.iter().map(|at| self.child(&[*at])).collect();
            self.put(keyword, Form::together(forms));
        }
    }

    fn named(&mut self, keyword: &'static str, properties: &[Property<'d>]) {
        if properties.is_empty() {
            return;
        }
        let entries = properties
            .iter()
            .map(|property| (Cow::Borrowed(property.name), self.child(&property.nodes)))
            .collect();
        self.put(keyword, Form::map(entries));
    }

    fn types_and_values(&mut self) {
        let schema = self.schema;
        let mut types = schema.types;
        let mut values: Option<BTreeSet<String>> = None;
        for list in &schema.values {
            let mut texts: BTreeSet<String> = list.list.iter().map(|at| self.data(*at)).collect();
            if schema.or_null {
                texts.insert("null".to_owned());
            }
            values = Some(match values {
                Some(held) => held.intersection(&texts).cloned().collect(),
                None => texts,
            });
        }
        if schema.or_null {
            // Null is allowed either way, so it makes no difference whether the types name it.
            types = types.or(Types::NULL);
            let bound = !schema.groups.is_empty()
                || !schema.nots.is_empty()
                || !schema.conditionals.is_empty()
                || !schema.opaque.is_empty();
            if bound {
                self.put("nullable", Form::TRUE);
            }
        }
        if types != Types::ALL {
            let names = types.names();
            self.put(
                "type",
                match names.as_slice() {
                    [one] => Form::string(one),
                    several => Form::strings(several.iter().copied()),
                },
            );
        }
        if let Some(values) = values {
            self.put("enum", Form::distinct(values.into_iter().collect()));
        }
        if let Some(open) = &schema.extensible {
            let texts = open.list.iter().map(|at| self.data(*at)).collect();
            self.put("x-extensible-enum", Form::distinct(texts));
        }
    }

    fn numbers(&mut self) {
        let schema = self.schema;
        let bounds: [(&Option<Bound>, _, _); 2] = [
            (&schema.lower, "minimum", "exclusiveMinimum"),
            (&schema.upper, "maximum", "exclusiveMaximum"),
        ];
        for (bound, inclusive, exclusive) in bounds {
            if let Some(bound) = bound {
                let keyword = if bound.exclusive {
                    exclusive
                } else {
                    inclusive
                };
                self.put(keyword, number(&bound.value));
            }
        }
        let multiples: Vec<String> = schema
            .multiples
            .iter()
            .map(|(value, _)| value.to_string())
            .collect();
        self.several("multipleOf", multiples.iter().map(String::as_str));
        for (keyword, (value, _)) in &schema.counts {
            self.put(keyword, number(value));
        }
        if schema.unique.is_some() {
            self.put("uniqueItems", Form::TRUE);
        }
    }

    /// Texts of which one stands by itself and several as a list.
    fn several<'s>(&mut self, keyword: &'static str, texts: impl Iterator<Item = &'s str>) {
        let texts: BTreeSet<&str> = texts.collect();
        let mut all = texts.iter().copied();
        if let Some(first) = all.next() {
            let form = if texts.len() == 1 {
                Form::string(first)
            } else {
                Form::strings(texts)
            };
            self.put(keyword, form);
        }
    }

    fn strings(&mut self) {
        let schema = self.schema;
        self.several("pattern", schema.patterns.iter().map(|(text, _)| *text));
        self.several("format", schema.formats.iter().map(|(text, _)| *text));
        for (keyword, (text, _)) in &schema.content {
            self.put(keyword, Form::string(text));
        }
        self.apart("contentSchema", &schema.content_schema);
    }

    fn members(&mut self) {
        let schema = self.schema;
        self.named("properties", &schema.properties);
        self.named("patternProperties", &schema.pattern_properties);
        self.named("dependentSchemas", &schema.dependent_schemas);
        if !schema.required.is_empty() {
            self.put("required", Form::strings(schema.required.keys().copied()));
        }
        if !schema.dependent_required.is_empty() {
            let entries = schema.dependent_required.iter().map(|(name, (names, _))| {
                let names = Form::strings(names.iter().copied());
                (Cow::Borrowed(*name), names)
            });
            let form = Form::map(entries.collect());
            self.put("dependentRequired", form);
        }
        self.rest(&schema.rest);
        self.apart("propertyNames", &schema.names);
    }

    fn rest(&mut self, rests: &[crate::spec::Rest]) {
        let mut by_keyword: BTreeMap<&'static str, Vec<Form<'d>>> = BTreeMap::new();
        for rest in rests {
            let form = if rest.closed {
                Form::FALSE
            } else {
                self.child(&[rest.at])
            };
            by_keyword.entry(rest.keyword).or_default().push(form);
        }
        for (keyword, forms) in by_keyword {
            self.put(keyword, Form::together(forms));
        }
    }

    fn items(&mut self) {
        let schema = self.schema;
        if !schema.prefix.is_empty() {
            let forms = schema
                .prefix
                .iter()
                .map(|nodes| self.child(nodes))
                .collect();
            self.put("prefixItems", Form::List(forms));
        }
        let closed = schema.rest_items.iter().any(|rest| rest.keyword == "items");
        if !schema.items.is_empty() && !closed {
            let form = self.child(&schema.items);
            self.put("items", form);
        }
        self.rest(&schema.rest_items);
        self.apart("contains", &schema.contains);
    }

    fn choices(&mut self) {
        let schema = self.schema;
        for (keyword, exclusive) in [("anyOf", false), ("oneOf", true)] {
            let groups: Vec<&Group> = schema
                .groups
                .iter()
                .filter(|group| group.exclusive == exclusive)
                .collect();
            if groups.is_empty() {
                continue;
            }
            let forms = groups
                .iter()
                .map(|group| {
                    Form::Set(group.branches.iter().map(|at| self.child(&[*at])).collect())
                })
                .collect();
            self.put(keyword, Form::together(forms));
        }
        self.apart("not", &schema.nots);
        let conditionals = schema
            .conditionals
            .iter()
            .map(|conditional| {
                let mut entries: Entries<'d> = Vec::new();
                for (keyword, at) in [
                    ("if", Some(conditional.when)),
                    ("then", conditional.then),
                    ("else", conditional.otherwise),
                ] {
                    if let Some(at) = at {
                        entries.push((Cow::Borrowed(keyword), self.child(&[at])));
                    }
                }
                entries
            })
            .collect::<Vec<_>>();
        match <[Entries<'d>; 1]>::try_from(conditionals) {
            Ok([only]) => self.entries.extend(only),
            Err(several) if several.is_empty() => {}
            Err(several) => {
                let forms = several.into_iter().map(Form::map).collect();
                self.put("allOf", Form::Set(forms));
            }
        }
        if let Some(discriminator) = &schema.discriminator {
            let form = self.discriminator(discriminator);
            self.put("discriminator", form);
        }
    }

    /// The member, and the schema that each value of it means.
    fn discriminator(&mut self, discriminator: &Discriminator<'d>) -> Form<'d> {
        let bundle = self.bundle();
        let mut mapping: BTreeMap<&'d str, Form<'d>> = BTreeMap::new();
        for (value, (target, at)) in &discriminator.mapping {
            let form = match bundle.named(*at, target) {
                Some(schema) => self.child(&[schema]),
                None => Form::string(target),
            };
            mapping.insert(*value, form);
        }
        // Without a mapping the names of components are the values, so there a name counts.
        if mapping.is_empty() {
            for branch in self.schema.groups.iter().flat_map(|group| &group.branches) {
                let name = bundle
                    .text(*branch, "$ref")
                    .and_then(|text| text.rsplit('/').next());
                if let Some(name) = name {
                    let form = self.child(&[*branch]);
                    mapping.insert(name, form);
                }
            }
        }
        let mut entries = vec![(
            Cow::Borrowed("propertyName"),
            Form::string(discriminator.property),
        )];
        if !mapping.is_empty() {
            let values = mapping
                .into_iter()
                .map(|(value, form)| (Cow::Borrowed(value), form))
                .collect();
            entries.push((Cow::Borrowed("mapping"), Form::map(values)));
        }
        Form::map(entries)
    }

    fn annotations(&mut self) {
        let schema = self.schema;
        for (keyword, at) in [("default", schema.default), ("xml", schema.xml)] {
            if let Some(at) = at {
                let text = self.data(at);
                self.put(keyword, Form::Text(text.into()));
            }
        }
        for (keyword, at) in [
            ("readOnly", schema.read_only),
            ("writeOnly", schema.write_only),
            ("deprecated", schema.deprecated),
        ] {
            if at.is_some() {
                self.put(keyword, Form::TRUE);
            }
        }
        if !schema.opaque.is_empty() {
            let texts = schema.opaque.iter().map(|(text, _)| *text);
            self.put("$opaque", Form::strings(texts));
        }
    }
}

/// Keyword numbers are decimals in quotes: canonical JSON has no exact numbers.
fn number(value: &Decimal) -> Form<'static> {
    Form::Text(quoted(&value.to_string()).into())
}

/// A map of names to forms, none of which passes for a keyword of ours.
pub(super) fn names(entries: Entries<'_>) -> Form<'_> {
    Form::map(
        entries
            .into_iter()
            .map(|(name, form)| match name {
                Cow::Borrowed(name) => (literal(name), form),
                Cow::Owned(name) => (Cow::Owned(literal(&name).into_owned()), form),
            })
            .collect(),
    )
}
