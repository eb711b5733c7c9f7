//! Keywords of every draft into the one form of [`Schema`].

mod choice;
mod members;

use super::{
    bundle::{At, Bundle},
    dialect::Draft,
    refs::REF_KEYWORDS,
    schema::{Bound, Property, Schema, Values},
    schemas::Key,
};
use crate::inclusion::Types;
use crate::text::Decimal;
use crate::tree::Kind;

/// Keywords that say nothing about which values are allowed.
pub(super) fn is_annotation(keyword: &str) -> bool {
    matches!(
        keyword,
        "title"
            | "description"
            | "example"
            | "examples"
            | "externalDocs"
            | "xml"
            | "default"
            | "readOnly"
            | "writeOnly"
            | "deprecated"
            | "$comment"
            | "summary"
            | "$id"
            | "$anchor"
            | "$schema"
            | "discriminator"
    ) || keyword.starts_with("x-")
}

const DOCS: [&str; 6] = [
    "title",
    "description",
    "example",
    "examples",
    "externalDocs",
    "$comment",
];

const UPPER_COUNTS: [&str; 4] = ["maxLength", "maxItems", "maxProperties", "maxContains"];
const LOWER_COUNTS: [&str; 4] = ["minLength", "minItems", "minProperties", "minContains"];

/// Whether a schema allows `null` and nothing else, and says so by `type`, `const`, or `enum` alone.
pub(super) fn is_just_null(bundle: &Bundle, at: At) -> bool {
    let is_bare = |at: At| {
        let mut keywords = bundle.entries(at).map(|(keyword, _)| keyword);
        !bundle.dialect.ref_has_siblings()
            || keywords.all(|keyword| keyword == "$ref" || is_annotation(keyword))
    };
    let Some(target) = bundle.follow(at) else {
        return false;
    };
    // What stands beside a reference may forbid what it leads to.
    if target != at && !(is_bare(at) && bundle.target(at) == Some(target)) {
        return false;
    }
    let null = |node: At| bundle.tree(node.file).kind(node.node) == Kind::Null;
    let named = |node: At| bundle.tree(node.file).str(node.node) == Some("null");
    let nullable = bundle.dialect.nullable();
    let mut only = false;
    for (keyword, value) in bundle.entries(target) {
        let mut items = bundle.items(value);
        let of = |fits: bool| (fits, fits);
        let (allows, nothing_else) = match keyword {
            "type" if nullable.is_some_and(|word| bundle.flag(target, word) == Some(true)) => {
                (true, named(value))
            }
            "type" => of(named(value) || (items.next().is_some_and(named) && items.all(named))),
            "const" if bundle.dialect.draft() >= Draft::D6 => of(null(value)),
            "enum" => of(items.next().is_some_and(null) && items.all(null)),
            _ => (is_annotation(keyword) || nullable == Some(keyword), false),
        };
        if !allows {
            return false;
        }
        only |= nothing_else;
    }
    only
}

/// Lowers a conjunction of nodes.
pub(super) fn lower<'d>(bundle: &'d Bundle, key: &Key) -> Schema<'d> {
    let at = key
        .atoms
        .first()
        .map_or_else(|| bundle.root(), |atom| atom.at);
    let mut schema = Schema::anything(at);
    if key.form {
        form(bundle, key, &mut schema);
        return schema;
    }
    schema.or_null = key.or_null;
    schema.or_null_at = key
        .atoms
        .last()
        .filter(|_| key.or_null)
        .and_then(|wrapper| {
            ["anyOf", "oneOf"]
                .into_iter()
                .find_map(|keyword| bundle.get(wrapper.at, keyword))
        });
    for atom in &key.atoms {
        let mut part = Part {
            bundle,
            at: atom.at,
            schema: &mut schema,
        };
        match bundle.tree(atom.at.file).kind(atom.at.node) {
            Kind::Map => {
                part.annotations();
                if !atom.quiet {
                    part.constraints();
                }
            }
            Kind::Bool => {
                if bundle.tree(atom.at.file).bool(atom.at.node) == Some(false) {
                    schema.never = Some(atom.at);
                    schema.types = Types::NONE;
                }
            }
            Kind::Null | Kind::Number | Kind::String | Kind::Seq => {}
        }
    }
    // Real OpenAPI documents leave `type: object` out wherever they list members.
    if bundle.dialect.is_api()
        && schema.types_at.is_none()
        && schema.types == Types::ALL
        && !schema.properties.is_empty()
    {
        schema.types = Types::OBJECT;
    }
    schema
}

/// The object that Swagger 2.0's `formData` parameters make.
fn form<'d>(bundle: &'d Bundle, key: &Key, schema: &mut Schema<'d>) {
    schema.types = Types::OBJECT;
    for atom in &key.atoms {
        let Some(name) = bundle.text(atom.at, "name") else {
            continue;
        };
        schema.properties.push(Property {
            name,
            nodes: vec![atom.at],
        });
        if bundle.flag(atom.at, "required") == Some(true) {
            schema.required.insert(name, atom.at);
        }
    }
}

/// One node on its way into a schema.
struct Part<'d, 's> {
    bundle: &'d Bundle,
    at: At,
    schema: &'s mut Schema<'d>,
}

impl<'d> Part<'d, '_> {
    fn get(&self, keyword: &str) -> Option<At> {
        self.bundle.get(self.at, keyword)
    }

    /// A map or a list that may stand elsewhere.
    fn child(&self, keyword: &str) -> Option<At> {
        self.bundle.child(self.at, keyword)
    }

    fn text(&self, keyword: &str) -> Option<(&'d str, At)> {
        Some((self.bundle.text(self.at, keyword)?, self.get(keyword)?))
    }

    fn decimal(&self, keyword: &str) -> Option<(Decimal, At)> {
        let at = self.get(keyword)?;
        Some((self.bundle.tree(at.file).decimal(at.node)?, at))
    }

    fn strings(&self, list: At) -> Vec<&'d str> {
        let bundle = self.bundle;
        bundle
            .items(list)
            .filter_map(|at| bundle.tree(at.file).str(at.node))
            .collect()
    }

    fn annotations(&mut self) {
        let flag = |keyword| {
            (self.bundle.flag(self.at, keyword) == Some(true))
                .then(|| self.get(keyword))
                .flatten()
        };
        let (read_only, write_only, deprecated) =
            (flag("readOnly"), flag("writeOnly"), flag("deprecated"));
        self.schema.read_only = self.schema.read_only.or(read_only);
        self.schema.write_only = self.schema.write_only.or(write_only);
        self.schema.deprecated = self.schema.deprecated.or(deprecated);
        self.schema.default = self.schema.default.or(self.get("default"));
        self.schema.xml = self.schema.xml.or(self.get("xml"));
        for keyword in DOCS {
            if let Some(at) = self.get(keyword) {
                self.schema.docs.push((keyword, at));
            }
        }
        self.discriminator();
    }

    fn constraints(&mut self) {
        if self.bundle.is_ref(self.at) && self.bundle.follow(self.at).is_none() {
            for keyword in REF_KEYWORDS {
                self.schema.opaque.extend(self.text(keyword));
            }
        }
        self.types();
        self.numbers();
        self.strings_and_values();
        self.objects();
        self.arrays();
        self.composition();
    }

    fn types(&mut self) {
        let Some(at) = self.get("type") else { return };
        let tree = self.bundle.tree(at.file);
        let mut types = match tree.kind(at.node) {
            Kind::String => tree
                .str(at.node)
                .and_then(Types::named)
                .unwrap_or(Types::ALL),
            Kind::Seq => self
                .strings(at)
                .into_iter()
                .map(|name| Types::named(name).unwrap_or(Types::ALL))
                .fold(Types::NONE, Types::or),
            _ => Types::ALL,
        };
        // Swagger 2.0's way to say `type: string, format: binary`.
        if tree.str(at.node) == Some("file") && self.get("format").is_none() {
            self.schema.formats.push(("binary", at));
        }
        if let Some(nullable) = self.bundle.dialect.nullable() {
            if self.bundle.flag(self.at, nullable) == Some(true) {
                types = types.or(Types::NULL);
            }
            self.schema.null_at = self.schema.null_at.or(self.get(nullable));
        }
        self.schema.types = self.schema.types.and(types);
        self.schema.types_at = self.schema.types_at.or(Some(at));
    }

    fn numbers(&mut self) {
        for (keyword, exclusive_keyword, is_upper) in [
            ("maximum", "exclusiveMaximum", true),
            ("minimum", "exclusiveMinimum", false),
        ] {
            // Draft 4 has a flag, later drafts a number; real 3.1 documents still carry the flag.
            let flag = self
                .bundle
                .flag(self.at, exclusive_keyword)
                .unwrap_or(false);
            let plain = self.decimal(keyword).map(|(value, at)| Bound {
                value,
                exclusive: flag,
                at,
            });
            let strict = self.decimal(exclusive_keyword).map(|(value, at)| Bound {
                value,
                exclusive: true,
                at,
            });
            for bound in [plain, strict].into_iter().flatten() {
                let slot = if is_upper {
                    &mut self.schema.upper
                } else {
                    &mut self.schema.lower
                };
                let tighter = slot.as_ref().is_none_or(|held| {
                    let order = bound.value.cmp(&held.value);
                    let order = if is_upper { order } else { order.reverse() };
                    order.is_lt() || (order.is_eq() && bound.exclusive && !held.exclusive)
                });
                if tighter {
                    *slot = Some(bound);
                }
            }
        }
        if let Some(multiple) = self.decimal("multipleOf") {
            self.schema.multiples.push(multiple);
        }
        let zero = Decimal::from(0u64);
        for (keywords, is_upper) in [(UPPER_COUNTS, true), (LOWER_COUNTS, false)] {
            for keyword in keywords {
                let Some((value, at)) = self.decimal(keyword) else {
                    continue;
                };
                // Zero is what is meant without the keyword, except by minContains.
                if !is_upper && value == zero && keyword != "minContains" {
                    continue;
                }
                let tighter = self.schema.counts.get(keyword).is_none_or(|(held, _)| {
                    if is_upper {
                        value < *held
                    } else {
                        value > *held
                    }
                });
                if tighter {
                    self.schema.counts.insert(keyword, (value, at));
                }
            }
        }
    }

    fn strings_and_values(&mut self) {
        self.schema.patterns.extend(self.text("pattern"));
        let format = self.text("format");
        if let Some(format) = format
            && !self
                .schema
                .formats
                .iter()
                .any(|(name, _)| *name == format.0)
        {
            self.schema.formats.push(format);
        }
        if let Some(at) = self.child("enum") {
            let list = self.bundle.items(at).collect();
            self.schema.values.push(Values {
                at,
                list,
                single: false,
            });
        }
        // `const` came with draft 6; OpenAPI 3.0 has no such keyword.
        if let Some(at) = self.get("const")
            && self.bundle.dialect.draft() >= Draft::D6
        {
            self.schema.values.push(Values {
                at,
                list: vec![at],
                single: true,
            });
        }
        if let Some(at) = self.get("x-extensible-enum") {
            let list = self.bundle.items(at).collect();
            self.schema.extensible = Some(Values {
                at,
                list,
                single: false,
            });
        }
        for keyword in ["contentEncoding", "contentMediaType"] {
            if let Some(said) = self.text(keyword) {
                self.schema.content.insert(keyword, said);
            }
        }
        self.schema.content_schema.extend(self.get("contentSchema"));
    }
}
