//! Nodes that are no schemas in canonical form: operations, parameters, responses, and values of keywords.

use super::{
    jcs::{Form, data},
    recursion::Units,
    schema::names,
    shape::{is_documentation, is_type, looks_like_schema},
};
use crate::spec::{At, Bundle, Dialect};
use crate::tree::Kind;
use std::borrow::Cow;

/// What a node is, as far as its keys and its order matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// A map of keywords; a schema, if it looks like one.
    Thing,
    /// A map whose keys the author chose.
    Names {
        /// The values are schemas.
        schemas: bool,
        /// Keys that start with `x-` are extensions.
        extensible: bool,
        /// Keys are read without case.
        folded: bool,
    },
    /// A map from a name to prose: the names count.
    Told,
    /// A map from values to the names of schemas.
    Mapping,
    /// A list whose order does not count.
    Set,
    /// A list whose order counts.
    List,
}

const NAMES: Role = Role::Names {
    schemas: false,
    extensible: false,
    folded: false,
};

/// Content that stands by itself.
pub(super) enum Known {
    Unit(u32),
    Text(String),
}

/// Stands for the keyword of a mapping's value.
const MAPPED: &str = "mapping:";

/// What the content at a node is: by its keyword where it has one, else by what it looks like.
pub(super) fn content(units: &mut Units<'_, '_>, at: At) -> Known {
    let bundle = units.schemas.bundle;
    let keyword = keyword(bundle, at);
    let form = match keyword.as_deref() {
        Some(keyword) => member(units, keyword, at),
        None => child(units, at, Role::Thing),
    };
    match form {
        Form::Unit(unit) => Known::Unit(unit),
        form => Known::Text(form.text(&mut |_, out| out.push_str("null"))),
    }
}

/// The keyword a node is the value of; `None` for items and for what has a name of the author's.
fn keyword(bundle: &Bundle, at: At) -> Option<String> {
    let tree = bundle.tree(at.file);
    let pointer = tree.pointer(at.node);
    let mut found = None;
    let mut named = false;
    let mut data = false;
    for segment in pointer.segments() {
        if named {
            named = false;
            found = found
                .filter(|keyword| keyword == "mapping")
                .map(|_| MAPPED.to_owned());
            continue;
        }
        // What stands inside a value is data as well.
        data |= matches!(
            found.as_deref(),
            Some("default" | "const" | "enum" | "example")
        );
        named = matches!(
            role(&segment, Kind::Map),
            Role::Names { .. } | Role::Told | Role::Mapping
        );
        let item = segment.bytes().all(|byte| byte.is_ascii_digit());
        found = (!item || data).then(|| segment.into_owned());
    }
    if data {
        Some("const".to_owned())
    } else {
        found
    }
}

fn role(keyword: &str, kind: Kind) -> Role {
    let names = |schemas, extensible, folded| Role::Names {
        schemas,
        extensible,
        folded,
    };
    match (keyword, kind) {
        ("scopes", Kind::Map) => Role::Told,
        ("mapping", Kind::Map) => Role::Mapping,
        (
            "properties" | "patternProperties" | "dependentSchemas" | "schemas" | "definitions"
            | "$defs",
            Kind::Map,
        ) => names(true, false, false),
        ("headers", Kind::Map) => names(false, false, true),
        ("responses" | "paths" | "webhooks" | "callbacks", Kind::Map) => names(false, true, false),
        (
            "content"
            | "links"
            | "encoding"
            | "variables"
            | "flows"
            | "securitySchemes"
            | "securityDefinitions"
            | "requestBodies"
            | "pathItems"
            | "mediaTypes"
            | "parameters"
            | "additionalOperations"
            | "dependentRequired",
            Kind::Map,
        ) => NAMES,
        (
            "required" | "enum" | "type" | "tags" | "parameters" | "security" | "servers"
            | "consumes" | "produces" | "schemes" | "anyOf" | "oneOf" | "allOf",
            Kind::Seq,
        ) => Role::Set,
        (_, Kind::Seq) => Role::List,
        _ => Role::Thing,
    }
}

/// The value of a keyword.
fn member<'d>(units: &mut Units<'_, 'd>, keyword: &str, at: At) -> Form<'d> {
    let bundle = units.schemas.bundle;
    let kind = bundle.tree(at.file).kind(at.node);
    match keyword {
        "schema" | "itemSchema" => schema(units, at),
        MAPPED => mapped(units, at),
        "not"
        | "if"
        | "then"
        | "else"
        | "items"
        | "additionalProperties"
        | "propertyNames"
        | "contains"
        | "unevaluatedProperties"
        | "unevaluatedItems"
        | "contentSchema"
            if kind == Kind::Map =>
        {
            schema(units, at)
        }
        "default" | "const" | "value" | "dataValue" | "xml" => {
            Form::Text(data(bundle.tree(at.file), at.node).into())
        }
        "enum" => {
            let tree = bundle.tree(at.file);
            let texts = tree.items(at.node).iter().map(|item| data(tree, *item));
            match kind {
                Kind::Seq => Form::distinct(texts.collect()),
                _ => Form::Text(data(tree, at.node).into()),
            }
        }
        _ => child(units, at, role(keyword, kind)),
    }
}

fn schema<'d>(units: &mut Units<'_, 'd>, at: At) -> Form<'d> {
    let id = units.schemas.of_node(at);
    Form::Unit(units.schema(id))
}

/// A node in another: a scalar as it is, anything else as a unit, behind its `$ref`s.
fn child<'d>(units: &mut Units<'_, 'd>, at: At, role: Role) -> Form<'d> {
    let bundle = units.schemas.bundle;
    if let Role::Names { schemas: false, .. } | Role::Thing = role
        && bundle.is_ref(at)
    {
        // A schema may have keywords beside its `$ref`, and may lead to itself.
        if looks_like_schema(bundle, bundle.follow(at).unwrap_or(at)) {
            return schema(units, at);
        }
        let Some(target) = bundle.follow(at) else {
            let text = Form::string(bundle.text(at, "$ref").unwrap_or_default());
            return Form::Map(vec![(Cow::Borrowed("$opaque"), text)]);
        };
        let beside = bundle
            .entries(at)
            .any(|(keyword, _)| keyword != "$ref" && !is_documentation(keyword));
        if !beside {
            return child(units, target, role);
        }
    }
    let tree = bundle.tree(at.file);
    match tree.kind(at.node) {
        Kind::Map if role == Role::Thing && looks_like_schema(bundle, at) => schema(units, at),
        Kind::Map | Kind::Seq => Form::Unit(units.node(at, role)),
        Kind::Null | Kind::Bool | Kind::Number | Kind::String => {
            Form::Text(data(tree, at.node).into())
        }
    }
}

/// The schema that a discriminator's value means.
fn mapped<'d>(units: &mut Units<'_, 'd>, at: At) -> Form<'d> {
    let bundle = units.schemas.bundle;
    let text = bundle.tree(at.file).str(at.node).unwrap_or_default();
    match bundle.named(at, text) {
        Some(target) => schema(units, target),
        None => Form::string(text),
    }
}

/// The form of a map or a list.
pub(super) fn form<'d>(units: &mut Units<'_, 'd>, at: At, role: Role) -> Form<'d> {
    let bundle = units.schemas.bundle;
    if bundle.tree(at.file).kind(at.node) == Kind::Seq {
        let items = bundle
            .items(at)
            .map(|item| child(units, item, Role::Thing))
            .collect();
        return match role {
            Role::Set => Form::Set(items),
            _ => Form::List(items),
        };
    }
    match role {
        Role::Told => Form::strings(bundle.entries(at).map(|(name, _)| name)),
        Role::Mapping => {
            let entries = bundle
                .entries(at)
                .map(|(value, node)| (Cow::Borrowed(value), mapped(units, node)));
            names(entries.collect())
        }
        Role::Names {
            schemas,
            extensible,
            folded,
        } => {
            let mut entries = Vec::new();
            for (name, node) in bundle.entries(at) {
                if extensible && name.starts_with("x-") {
                    continue;
                }
                let name = if folded {
                    Cow::Owned(name.to_ascii_lowercase())
                } else {
                    Cow::Borrowed(name)
                };
                let form = if schemas {
                    schema(units, node)
                } else {
                    child(units, node, Role::Thing)
                };
                entries.push((name, form));
            }
            names(entries)
        }
        Role::Thing | Role::Set | Role::List => thing(units, at),
    }
}

/// A map of keywords.
fn thing<'d>(units: &mut Units<'_, 'd>, at: At) -> Form<'d> {
    let bundle = units.schemas.bundle;
    let place = bundle
        .text(at, "in")
        .filter(|_| bundle.get(at, "name").is_some());
    let style = bundle.text(at, "style").unwrap_or(match place {
        Some("query" | "cookie") => "form",
        Some(_) => "simple",
        None if bundle.get(at, "schema").is_some() || bundle.get(at, "content").is_some() => {
            "simple"
        }
        None => "form",
    });
    let flat = bundle.dialect == Dialect::Swagger2
        && place.is_some()
        && bundle.get(at, "schema").is_none()
        && is_type(bundle, at);
    let mut entries = Vec::new();
    for (keyword, value) in bundle.entries(at) {
        let said = bundle.tree(value.file).bool(value.node);
        let usual = match keyword {
            "required" | "name" if place == Some("path") => true,
            "required" | "deprecated" | "allowEmptyValue" | "allowReserved" => said == Some(false),
            "explode" => said == Some(matches!(style, "form" | "cookie")),
            "style" => match place {
                Some("query" | "cookie") => style == "form",
                Some(_) => style == "simple",
                None => matches!(style, "simple" | "form"),
            },
            "collectionFormat" => style == "csv",
            _ => false,
        };
        let wire = matches!(
            keyword,
            "in" | "name" | "required" | "deprecated" | "allowEmptyValue" | "collectionFormat"
        );
        if usual || is_documentation(keyword) || (flat && !wire) {
            continue;
        }
        let form = match (keyword, place) {
            ("name", Some("header")) => {
                let name = bundle.text(at, "name").unwrap_or_default();
                Form::string(&name.to_ascii_lowercase())
            }
            _ => member(units, keyword, value),
        };
        entries.push((Cow::Borrowed(keyword), form));
    }
    if flat {
        let form = schema(units, at);
        entries.push((Cow::Borrowed("schema"), form));
    }
    names(entries)
}
