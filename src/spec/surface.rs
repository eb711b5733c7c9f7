//! What the OpenAPI dialects share when they are read into the model.

use super::{
    bundle::{At, Bundle},
    contract::{
        Component, Contract, DEFINITIONS, Header, In, Operation, Parameter, Requirement, Security,
        Server, Wire,
    },
    dialect::Dialect,
    openapi2, openapi3,
};
use crate::tree::Kind;
use std::{cell::OnceCell, collections::BTreeSet};

/// Methods that are fields of a Path Item Object.
pub(super) const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Reads a bundle into the model.
#[must_use]
pub fn read(bundle: &Bundle) -> Contract<'_> {
    let mut contract = Contract {
        bundle,
        dialect: bundle.dialect,
        info: None,
        servers: Vec::new(),
        operations: OnceCell::new(),
        webhooks: OnceCell::new(),
        components: Vec::new(),
        schemes: Vec::new(),
        tags: Vec::new(),
        schema: None,
    };
    if !bundle.dialect.is_api() {
        let root = bundle.root();
        contract.schema = Some(root);
        for key in DEFINITIONS {
            let definitions = bundle.child(root, key);
            section(bundle, definitions, "schemas", &mut contract.components);
        }
        return contract;
    }
    let root = bundle.root();
    contract.info = bundle.child(root, "info");
    if let Some(tags) = bundle.child(root, "tags") {
        contract.tags = bundle
            .items(tags)
            .filter_map(|tag| Some((bundle.text(tag, "name")?, tag)))
            .collect();
    }
    if bundle.dialect == Dialect::Swagger2 {
        openapi2::read(bundle, &mut contract);
    } else {
        openapi3::read(bundle, &mut contract);
    }
    contract
}

/// The operations below `paths`.
pub(super) fn operations(bundle: &Bundle) -> Vec<Operation<'_>> {
    match bundle.dialect {
        Dialect::Swagger2 => openapi2::operations(bundle),
        Dialect::OpenApi30 | Dialect::OpenApi31 | Dialect::OpenApi32 => {
            openapi3::operations(bundle)
        }
        Dialect::Schema(_) => Vec::new(),
    }
}

/// The operations below `webhooks`; Swagger 2.0 has none.
pub(super) fn webhooks(bundle: &Bundle) -> Vec<Operation<'_>> {
    match bundle.dialect {
        Dialect::OpenApi30 | Dialect::OpenApi31 | Dialect::OpenApi32 => openapi3::webhooks(bundle),
        Dialect::Swagger2 | Dialect::Schema(_) => Vec::new(),
    }
}

/// A placeholder of a path template: everything between `{` and `}`.
pub(super) fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
}

/// A path template with its placeholders by position: `/v1/orders/{}`.
#[must_use]
pub fn positional(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => {
                inside = true;
                out.push('{');
            }
            '}' => {
                inside = false;
                out.push('}');
            }
            _ if inside => {}
            c => out.push(c),
        }
    }
    out
}

/// The default wire form of a place (OpenAPI 3.1 section 4.8.12.2).
pub(super) const fn default_wire(place: In) -> Wire<'static> {
    match place {
        In::Query | In::Cookie | In::QueryString => Wire {
            style: "form",
            explode: true,
            allow_reserved: false,
        },
        In::Header | In::Path => Wire {
            style: "simple",
            explode: false,
            allow_reserved: false,
        },
    }
}

/// The parameters of an operation: its own, and those of the path item that it does not replace.
pub(super) fn merge_parameters<'d>(
    own: Vec<Parameter<'d>>,
    shared: Vec<Parameter<'d>>,
    path: &str,
) -> Vec<Parameter<'d>> {
    let mut merged = own;
    for parameter in shared {
        let replaced = merged
            .iter()
            .any(|own| own.place == parameter.place && own.name == parameter.name);
        if !replaced {
            merged.push(parameter);
        }
    }
    for parameter in &mut merged {
        if parameter.place == In::Path {
            parameter.position = placeholders(path).position(|name| name == parameter.name);
        }
    }
    merged
}

/// `security` of an operation, else of the document, else none.
pub(super) fn security(bundle: &Bundle, operation: At) -> Security<'_> {
    let declared = bundle
        .child(operation, "security")
        .or_else(|| bundle.child(bundle.root(), "security"))
        .filter(|at| bundle.tree(at.file).kind(at.node) == Kind::Seq);
    let Some(at) = declared else {
        return Security {
            at: operation,
            alternatives: Vec::new(),
        };
    };
    let alternatives = bundle
        .items(at)
        .map(|item| Requirement {
            at: item,
            schemes: bundle
                .entries(item)
                .map(|(scheme, scopes)| {
                    let tree = bundle.tree(scopes.file);
                    let scopes: BTreeSet<&str> = bundle
                        .items(scopes)
                        .filter_map(|scope| tree.str(scope.node))
                        .collect();
                    (scheme, scopes)
                })
                .collect(),
        })
        .collect();
    Security { at, alternatives }
}

/// The named parts of a section.
pub(super) fn section<'d>(
    bundle: &'d Bundle,
    at: Option<At>,
    section: &'static str,
    into: &mut Vec<Component<'d>>,
) {
    let Some(at) = at else { return };
    into.extend(
        bundle
            .entries(at)
            .map(|(name, at)| Component { section, name, at }),
    );
}

/// A server whose URL has its variables replaced by their defaults.
pub(super) fn server<'d>(bundle: &'d Bundle, at: At, url: &'d str) -> Server<'d> {
    let variables = bundle.child(at, "variables");
    let mut plain = String::new();
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('{') {
        plain.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            plain.push('{');
            rest = after;
            continue;
        };
        let default = variables
            .and_then(|variables| bundle.child(variables, name))
            .and_then(|variable| bundle.text(variable, "default"));
        if let Some(default) = default {
            plain.push_str(default);
        } else {
            plain.push('{');
            plain.push_str(name);
            plain.push('}');
        }
        rest = after;
    }
    plain.push_str(rest);
    let (origin, path) = match plain.find("//") {
        Some(slashes) => match plain[slashes + 2..].find('/') {
            Some(slash) => plain.split_at(slashes + 2 + slash),
            None => (plain.as_str(), ""),
        },
        None => ("", plain.as_str()),
    };
    let path = path
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_matches('/');
    Server {
        at,
        url,
        origin: origin.to_owned(),
        base_path: if path.is_empty() {
            String::new()
        } else {
            format!("/{path}")
        },
    }
}

/// Sorts nothing and drops nothing, but reads a header map by the header's name in lower case (RFC 9110 5.1).
pub(super) fn headers<'d>(
    bundle: &'d Bundle,
    at: Option<At>,
    read: impl Fn(&'d str, At, At) -> Header<'d>,
) -> Vec<Header<'d>> {
    let Some(at) = at else { return Vec::new() };
    bundle
        .entries(at)
        .filter_map(|(name, at)| {
            // A response's Content-Type is said by `content`; OpenAPI has it ignored here.
            if name.eq_ignore_ascii_case("content-type") {
                return None;
            }
            Some(read(name, bundle.follow(at)?, at))
        })
        .collect()
}
