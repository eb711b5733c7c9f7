//! One schema: types, patterns, keywords out of place, and whether it accepts anything.

use super::{Part, Walk};
use crate::inclusion::Types;
use crate::spec::{
    bundle::At,
    diagnostic::Level,
    dialect::{Dialect, Draft},
    pattern::pattern_error,
};
use crate::text::nearest;
use crate::tree::Kind;

const TYPES: [&str; 7] = [
    "string", "integer", "number", "boolean", "array", "object", "null",
];

impl<'d> Walk<'d> {
    pub(super) fn schema(&mut self, at: At) {
        let bundle = self.bundle;
        if bundle.is_ref(at) {
            if let Some(target) = bundle.target(at) {
                self.open.push((target, Part::Schema));
            }
            if !bundle.dialect.ref_has_siblings() {
                self.siblings(at);
                return;
            }
        }
        // Whether a keyword was met that a contradiction takes; most schemas have none.
        let mut limited = false;
        for (keyword, value) in bundle.entries(at) {
            self.shape(at, keyword, value);
            match keyword {
                "type" => self.types(at, value),
                "enum" | "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems"
                | "maxProperties" | "allOf" => {
                    limited = true;
                    if keyword == "allOf" {
                        self.items(Some(value), Part::Schema);
                    } else if keyword == "exclusiveMaximum" {
                        self.exclusive(keyword, value);
                    }
                }
                "exclusiveMinimum" => self.exclusive(keyword, value),
                "pattern" => {
                    let pattern = bundle.tree(value.file).str(value.node);
                    if let Some(message) = pattern.and_then(|text| self.pattern(text)) {
                        self.report("pattern-invalid", Level::Error, value, message);
                    }
                }
                "nullable" => self.nullable(value),
                "patternProperties" => {
                    for (pattern, schema) in bundle.entries(value) {
                        if let Some(message) = self.pattern(pattern) {
                            let rule = "pattern-invalid";
                            self.report_key(rule, Level::Error, value, pattern, message);
                        }
                        self.open.push((schema, Part::Schema));
                    }
                }
                "properties" | "dependentSchemas" | "$defs" | "definitions" => {
                    self.values(Some(value), Part::Schema);
                }
                "anyOf" | "oneOf" | "prefixItems" => self.items(Some(value), Part::Schema),
                // Until draft 7 one keyword held lists of names, too.
                "dependencies" => {
                    let schemas = bundle.entries(value).map(|(_, at)| at);
                    let schemas = schemas.filter(|at| self.kind(*at) != Kind::Seq);
                    self.open.extend(
                        schemas
                            .collect::<Vec<_>>()
                            .into_iter()
                            .map(|at| (at, Part::Schema)),
                    );
                }

                "items" => {
                    if self.kind(value) == Kind::Seq {
                        self.items(Some(value), Part::Schema);
                    } else {
                        self.open.push((value, Part::Schema));
                    }
                }
                "additionalProperties"
                | "additionalItems"
                | "unevaluatedProperties"
                | "unevaluatedItems"
                | "propertyNames"
                | "contains"
                | "not"
                | "if"
                | "then"
                | "else"
                | "contentSchema" => self.open.push((value, Part::Schema)),
                "discriminator" => self.discriminator(value),
                _ => {}
            }
        }
        if limited {
            self.satisfiable(at);
        }
    }

    /// Keywords that a `$ref` makes void; words that say nothing about values do no harm there.
    fn siblings(&mut self, at: At) {
        let ignored: Vec<String> = self
            .bundle
            .entries(at)
            .map(|(keyword, _)| keyword)
            .filter(|keyword| {
                !matches!(
                    *keyword,
                    "$ref"
                        | "$dynamicRef"
                        | "$recursiveRef"
                        | "description"
                        | "title"
                        | "summary"
                        | "example"
                        | "examples"
                        | "externalDocs"
                        | "$comment"
                        | "in"
                        | "name"
                ) && !keyword.starts_with("x-")
            })
            .map(|keyword| format!("`{keyword}`"))
            .collect();
        let Some((last, first)) = ignored.split_last() else {
            return;
        };
        let (words, verb) = if first.is_empty() {
            (last.clone(), "is")
        } else {
            (format!("{} and {last}", first.join(", ")), "are")
        };
        let message = format!(
            "{words} beside a `$ref` {verb} ignored in {}",
            self.bundle.dialect.name()
        );
        self.report("ref-siblings-ignored", Level::Warning, at, message);
    }

    fn types(&mut self, schema: At, at: At) {
        let bundle = self.bundle;
        let tree = bundle.tree(at.file);
        match tree.kind(at.node) {
            Kind::String => self.type_name(tree.str(at.node).unwrap_or_default(), at),
            Kind::Seq => {
                for item in bundle.items(at) {
                    match tree.str(item.node) {
                        Some(name) => self.type_name(name, item),
                        None => self.no_type(item),
                    }
                }
                if bundle.dialect.draft() == Draft::D4 && bundle.dialect.is_api() {
                    let message = format!(
                        "{} knows no list of types; say `nullable: true` or `anyOf`",
                        bundle.dialect.name()
                    );
                    self.report_key("keyword-misplaced", Level::Warning, schema, "type", message);
                }
            }
            Kind::Null | Kind::Bool | Kind::Number | Kind::Map => self.no_type(at),
        }
    }

    fn no_type(&mut self, at: At) {
        let kind = self.kind(at).name();
        let message = format!("a type is a name such as `string`, not {kind}");
        self.report("type-unknown", Level::Error, at, message);
    }

    fn type_name(&mut self, name: &str, at: At) {
        let dialect = self.bundle.dialect;
        let file = name == "file" && dialect != Dialect::Swagger2;
        if Types::named(name).is_some() && !file {
            return;
        }
        let hint = match nearest(name, TYPES) {
            Some(meant) => format!("; did you mean `{meant}`?"),
            None if file => "; a file is a `string` with `format: binary`".to_owned(),
            None => String::new(),
        };
        let message = format!("`{name}` is no type of {}{hint}", dialect.name());
        self.report("type-unknown", Level::Error, at, message);
    }

    /// What is wrong with a pattern; each is compiled once.
    fn pattern(&mut self, pattern: &'d str) -> Option<String> {
        if self.patterns.contains(pattern) {
            return None;
        }
        let Some(reason) = pattern_error(pattern) else {
            self.patterns.insert(pattern);
            return None;
        };
        Some(format!("the pattern {pattern} does not compile: {reason}"))
    }

    fn nullable(&mut self, at: At) {
        let dialect = self.bundle.dialect;
        if matches!(dialect, Dialect::OpenApi31 | Dialect::OpenApi32) {
            let message = format!(
                "`nullable` means nothing in {}; add `null` to the types",
                dialect.name()
            );
            self.report("keyword-misplaced", Level::Warning, at, message);
        }
    }

    fn exclusive(&mut self, keyword: &str, at: At) {
        let dialect = self.bundle.dialect;
        let flags = dialect.draft() == Draft::D4;
        let message = match self.kind(at) {
            Kind::Bool if !flags => {
                format!(
                    "`{keyword}` is a number in {}: write the limit itself",
                    dialect.name()
                )
            }
            Kind::Number if flags => {
                let plain = if keyword == "exclusiveMinimum" {
                    "minimum"
                } else {
                    "maximum"
                };
                format!(
                    "`{keyword}` is `true` or `false` in {}, beside `{plain}`",
                    dialect.name()
                )
            }
            _ => return,
        };
        self.report("keyword-misplaced", Level::Warning, at, message);
    }

    fn discriminator(&mut self, at: At) {
        let bundle = self.bundle;
        let Some(mapping) = bundle.get(at, "mapping") else {
            return;
        };
        for (value, target) in bundle.entries(mapping) {
            let Some(text) = bundle.tree(target.file).str(target.node) else {
                continue;
            };
            // Only what stays inside this document is certain; other files may never have been asked for.
            let inside = text.starts_with('#') || !text.contains(['/', '.', ':']);
            if inside && bundle.named(target, text).is_none() {
                let message = format!("`{value}` is mapped to {text}, and there is no such schema");
                self.report("discriminator-unmapped", Level::Error, target, message);
            }
        }
    }

    /// Reports a schema whose own keywords contradict each other.
    fn satisfiable(&mut self, at: At) {
        let bundle = self.bundle;
        let types = self.allowed(at);
        let tree = bundle.tree(at.file);
        let number = |keyword: &str| {
            let value = bundle.get(at, keyword)?;
            Some((tree.decimal(value.node)?, value))
        };
        if let Some(list) = bundle.get(at, "enum")
            && self.kind(list) == Kind::Seq
        {
            if tree.size(list.node) == 0 {
                let message = "no value is allowed: `enum` is empty".to_owned();
                self.report("schema-unsatisfiable", Level::Error, list, message);
            } else if !bundle.items(list).any(|value| self.is_one_of(types, value)) {
                let message = format!("no value is allowed: none of `enum` is {types}");
                self.report("schema-unsatisfiable", Level::Error, list, message);
            }
            return;
        }
        if types.is_empty() && bundle.get(at, "allOf").is_some() {
            let message =
                "no value is allowed: the parts of `allOf` have no type in common".to_owned();
            self.report_key("schema-unsatisfiable", Level::Error, at, "allOf", message);
            return;
        }
        for (low, high, only) in [
            ("minLength", "maxLength", Types::STRING),
            ("minItems", "maxItems", Types::ARRAY),
            ("minProperties", "maxProperties", Types::OBJECT),
            ("minimum", "maximum", Types::NUMBER),
            ("exclusiveMinimum", "maximum", Types::NUMBER),
            ("minimum", "exclusiveMaximum", Types::NUMBER),
            ("exclusiveMinimum", "exclusiveMaximum", Types::NUMBER),
        ] {
            // A value of another type is not asked how long it is.
            if types.is_empty() || !only.holds(types) {
                continue;
            }
            if let (Some((least, _)), Some((most, limit))) = (number(low), number(high))
                && least > most
            {
                let message =
                    format!("no value is allowed: `{low}` {least} is above `{high}` {most}");
                self.report("schema-unsatisfiable", Level::Error, limit, message);
                return;
            }
        }
    }

    /// The types that a schema and the parts of its `allOf` allow together, as far as they say so themselves.
    fn allowed(&self, at: At) -> Types {
        let bundle = self.bundle;
        let mut types = self.said(at);
        if let Some(all) = bundle.get(at, "allOf") {
            for part in bundle.items(all) {
                if let Some(part) = bundle.follow(part) {
                    types = types.and(self.said(part));
                }
            }
        }
        types
    }

    fn said(&self, at: At) -> Types {
        let bundle = self.bundle;
        let Some(said) = bundle.get(at, "type") else {
            return Types::ALL;
        };
        let tree = bundle.tree(said.file);
        let named = |at: At| {
            tree.str(at.node)
                .and_then(Types::named)
                .unwrap_or(Types::ALL)
        };
        let types = match tree.kind(said.node) {
            Kind::String => named(said),
            Kind::Seq => bundle.items(said).map(named).fold(Types::NONE, Types::or),
            Kind::Null | Kind::Bool | Kind::Number | Kind::Map => Types::ALL,
        };
        let nullable = ["nullable", "x-nullable"]
            .iter()
            .any(|keyword| bundle.flag(at, keyword) == Some(true));
        if nullable {
            types.or(Types::NULL)
        } else {
            types
        }
    }

    fn is_one_of(&self, types: Types, value: At) -> bool {
        let tree = self.bundle.tree(value.file);
        // What one version of YAML takes for another type is complained about as such.
        if tree.ambiguous(value.node).is_some() {
            return true;
        }
        types.meets(match tree.kind(value.node) {
            Kind::Null => Types::NULL,
            Kind::Bool => Types::BOOLEAN,
            Kind::Number
                if tree
                    .decimal(value.node)
                    .is_none_or(|value| value.is_integer()) =>
            {
                Types::INTEGER
            }
            Kind::Number => Types::NUMBER.without(Types::INTEGER),
            Kind::String => Types::STRING,
            Kind::Seq => Types::ARRAY,
            Kind::Map => Types::OBJECT,
        })
    }
}
