//! Keywords about a value itself, references, and combinations.

use super::translate::{Family, Spot, Translation, is_2020};
use crate::spec::bundle::At;
use crate::tree::Kind;
use serde_json::{Map, Value, json};

/// Where the ranges of integer formats are kept.
pub(super) const FORMATS: &str = "/$defs/int";

/// Formats of strings that are a language.
const LANGUAGES: [&str; 8] = [
    "date",
    "date-time",
    "uuid",
    "ipv4",
    "ipv6",
    "email",
    "uri",
    "hostname",
];

/// The definitions that `format: int32` and `format: int64` refer to.
pub(super) fn ranges() -> Map<String, Value> {
    let range =
        |least: i64, most: i64| json!({ "minimum": least, "maximum": most, "multipleOf": 1 });
    let mut all = Map::new();
    all.insert(
        "int32".to_owned(),
        range(i64::from(i32::MIN), i64::from(i32::MAX)),
    );
    all.insert("int64".to_owned(), range(i64::MIN, i64::MAX));
    all
}

impl<'d> Translation<'d, '_> {
    /// The keywords of a schema object.
    pub(super) fn keywords(&mut self, at: At, spot: &Spot<'d>) -> Option<Map<String, Value>> {
        let bundle = self.bundle;
        let mut out = Map::new();
        self.types(at, spot, &mut out)?;
        for (keyword, value) in bundle.entries(at) {
            match keyword {
                "multipleOf" | "maxLength" | "minLength" | "maxItems" | "minItems"
                | "maxProperties" | "minProperties" => {
                    out.insert(keyword.to_owned(), self.number(value)?);
                }
                "maximum" | "minimum" => self.bound(at, keyword, value, &mut out)?,
                "exclusiveMaximum" | "exclusiveMinimum" => {
                    self.strict_bound(keyword, value, &mut out)?;
                }
                "uniqueItems" => {
                    out.insert(keyword.to_owned(), self.flag(value)?.into());
                }
                "pattern" => {
                    out.insert(keyword.to_owned(), self.text(value)?.into());
                }
                "format" => self.format(value, &mut out)?,
                "enum" => {
                    self.list(value)?;
                    out.insert(keyword.to_owned(), self.value(value)?);
                }
                "allOf" => self.all_of(value, spot, &mut out)?,
                "anyOf" | "oneOf" => {
                    let branches = self.list(value)?;
                    let branches: Option<Vec<Value>> = branches
                        .into_iter()
                        .map(|branch| self.branch(branch, spot))
                        .collect();
                    // Generators write an empty list for "nothing to say".
                    let branches = branches?;
                    if !branches.is_empty() {
                        out.insert(keyword.to_owned(), branches.into());
                    }
                }
                "not" => {
                    let negated = self.negated(value, spot)?;
                    out.insert(keyword.to_owned(), negated);
                }
                "properties" => self.properties(value, spot, &mut out)?,
                "required" => self.required(value, spot, &mut out)?,
                "additionalProperties" | "items" => {
                    self.below(keyword, value, spot, &mut out)?;
                }
                _ if self.family == Family::Modern => {
                    self.modern(at, keyword, value, spot, &mut out)?;
                }
                _ => {}
            }
        }
        Some(out)
    }

    /// Keywords that came with OpenAPI 3.1.
    fn modern(
        &mut self,
        at: At,
        keyword: &str,
        value: At,
        spot: &Spot<'d>,
        out: &mut Map<String, Value>,
    ) -> Option<()> {
        match keyword {
            "$schema" => return is_2020(self.bundle, at, "$schema").then_some(()),
            "$ref" | "$dynamicRef" | "$recursiveRef" => {
                // Of several the bundle follows one.
                let several = ["$ref", "$dynamicRef", "$recursiveRef"]
                    .into_iter()
                    .filter(|keyword| self.bundle.get(at, keyword).is_some())
                    .count();
                let name = self
                    .text(value)?
                    .rsplit_once('#')
                    .map_or("", |(_, name)| name);
                let settled = match keyword {
                    "$dynamicRef" => self.referee.is_one_anchor(name),
                    _ => true,
                };
                let target = self.bundle.target(at)?;
                if several > 1 || !settled {
                    return None;
                }
                let reference = self.reference(target, spot)?;
                out.insert("$ref".to_owned(), reference.into());
            }
            "const" => {
                out.insert(keyword.to_owned(), self.value(value)?);
            }
            "if" => {
                let negated = self.negated(value, spot)?;
                out.insert(keyword.to_owned(), negated);
            }
            "then" | "else" => {
                let branch = self.branch(value, spot)?;
                out.insert(keyword.to_owned(), branch);
            }
            "minContains" | "maxContains" => {
                out.insert(keyword.to_owned(), self.number(value)?);
            }
            _ => self.modern_members(keyword, value, spot, out)?,
        }
        Some(())
    }

    fn types(&self, at: At, spot: &Spot<'d>, out: &mut Map<String, Value>) -> Option<()> {
        let bundle = self.bundle;
        let Some(value) = bundle.get(at, "type") else {
            // Authors leave `type: object` out wherever they list members.
            if !spot.place.typed
                && bundle
                    .child(at, "properties")
                    .is_some_and(|map| self.size(map) > 0)
            {
                out.insert("type".to_owned(), "object".into());
            }
            return Some(());
        };
        let mut names = match bundle.tree(value.file).kind(value.node) {
            Kind::Seq => bundle
                .items(value)
                .map(|item| self.type_name(item))
                .collect::<Option<Vec<&str>>>()?,
            _ => vec![self.type_name(value)?],
        };
        let nullable = match self.family {
            Family::Two => "x-nullable",
            Family::Three => "nullable",
            Family::Modern => "",
        };
        if bundle.flag(at, nullable) == Some(true) {
            names.push("null");
        }
        names.sort_unstable();
        names.dedup();
        out.insert("type".to_owned(), names.into());
        Some(())
    }

    fn type_name(&self, at: At) -> Option<&'d str> {
        match self.text(at)? {
            "file" if self.family == Family::Two => Some("string"),
            name => Some(name),
        }
    }

    /// `maximum` or `minimum`, which a flag beside it may make exclusive.
    fn bound(&self, at: At, keyword: &str, value: At, out: &mut Map<String, Value>) -> Option<()> {
        let strict = match keyword {
            "maximum" => "exclusiveMaximum",
            _ => "exclusiveMinimum",
        };
        let keyword = if self.bundle.flag(at, strict) == Some(true) {
            strict
        } else {
            keyword
        };
        out.insert(keyword.to_owned(), self.number(value)?);
        Some(())
    }

    /// `exclusiveMaximum` as a limit of its own, which 3.0 did not have but cannot mean otherwise; as a flag it is said
    /// with `maximum`.
    fn strict_bound(&self, keyword: &str, value: At, out: &mut Map<String, Value>) -> Option<()> {
        if self.flag(value).is_some() {
            return Some(());
        }
        out.insert(keyword.to_owned(), self.number(value)?);
        Some(())
    }

    fn format(&self, value: At, out: &mut Map<String, Value>) -> Option<()> {
        let name = self.text(value)?;
        if LANGUAGES.contains(&name) {
            out.insert("format".to_owned(), name.into());
        } else if matches!(name, "int32" | "int64") {
            conjoin(out, json!({ "$ref": format!("#/$defs/{name}") }));
        }
        Some(())
    }

    fn all_of(&mut self, value: At, spot: &Spot<'d>, out: &mut Map<String, Value>) -> Option<()> {
        for part in self.list(value)? {
            let part = self.schema(part, spot)?;
            conjoin(out, part);
        }
        Some(())
    }

    /// A branch: beside others, so a place of its own.
    pub(super) fn branch(&mut self, at: At, spot: &Spot<'d>) -> Option<Value> {
        let place = self.places.branch(&spot.place, at);
        let spot = Spot {
            place,
            ..spot.clone()
        };
        self.schema(at, &spot)
    }

    /// Under `not` and `if`, where nothing is projected away by what stands around.
    fn negated(&mut self, at: At, spot: &Spot<'d>) -> Option<Value> {
        let place = self.places.whole(at);
        let spot = Spot {
            place,
            ..spot.clone()
        };
        self.schema(at, &spot)
    }

    pub(super) fn size(&self, at: At) -> usize {
        self.bundle.tree(at.file).size(at.node)
    }

    pub(super) fn list(&self, at: At) -> Option<Vec<At>> {
        let is_list = self.bundle.tree(at.file).kind(at.node) == Kind::Seq;
        is_list.then(|| self.bundle.items(at).collect())
    }

    pub(super) fn text(&self, at: At) -> Option<&'d str> {
        self.bundle.tree(at.file).str(at.node)
    }

    fn flag(&self, at: At) -> Option<bool> {
        self.bundle.tree(at.file).bool(at.node)
    }

    pub(super) fn value(&self, at: At) -> Option<Value> {
        self.bundle.tree(at.file).to_json(at.node).ok()
    }

    pub(super) fn number(&self, at: At) -> Option<Value> {
        self.value(at).filter(Value::is_number)
    }
}

/// Adds a part to `allOf`.
pub(super) fn conjoin(out: &mut Map<String, Value>, part: Value) {
    let all = out
        .entry("allOf")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Some(list) = all.as_array_mut() {
        list.push(part);
    }
}
