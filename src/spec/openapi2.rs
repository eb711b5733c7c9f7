//! Swagger 2.0 into the model.

use super::{
    bundle::{At, Bundle},
    contract::{
        Body, Contract, Header, In, Media, Operation, Parameter, Response, SecurityScheme, Server,
        Shape, Status, Surface, Wire,
    },
    media::MediaRange,
    openapi3::tags,
    surface::{METHODS, default_wire, headers, merge_parameters, section, security},
};
use std::collections::BTreeMap;

pub(super) fn read<'d>(bundle: &'d Bundle, contract: &mut Contract<'d>) {
    let root = bundle.root();
    contract.servers = servers(bundle, root);
    for (key, name) in [
        ("definitions", "schemas"),
        ("parameters", "parameters"),
        ("responses", "responses"),
        ("securityDefinitions", "securitySchemes"),
    ] {
        section(
            bundle,
            bundle.child(root, key),
            name,
            &mut contract.components,
        );
    }
    contract.schemes = contract
        .components
        .iter()
        .filter(|component| component.section == "securitySchemes")
        .map(|component| scheme(bundle, component.name, component.at))
        .collect();
}

/// The operations below `paths`.
pub(super) fn operations(bundle: &Bundle) -> Vec<Operation<'_>> {
    let mut operations = Vec::new();
    let Some(paths) = bundle.child(bundle.root(), "paths") else {
        return operations;
    };
    for (path, item) in bundle
        .entries(paths)
        .filter(|(path, _)| !path.starts_with("x-"))
    {
        let Some(item) = bundle.follow(item) else {
            continue;
        };
        for method in METHODS.iter().filter(|method| **method != "query") {
            if let Some(at) = bundle.get(item, method) {
                // What leads nowhere is told as such, and is still there.
                let at = bundle.follow(at).unwrap_or(at);
                operations.push(operation(bundle, method, path, at, item));
            }
        }
    }
    operations
}

fn servers(bundle: &Bundle, root: At) -> Vec<Server<'_>> {
    let Some((at, url)) = ["basePath", "host"]
        .into_iter()
        .find_map(|key| Some((bundle.child(root, key)?, bundle.text(root, key)?)))
    else {
        return Vec::new();
    };
    let path = bundle
        .text(root, "basePath")
        .unwrap_or_default()
        .trim_matches('/');
    let base_path = if path.is_empty() {
        String::new()
    } else {
        format!("/{path}")
    };
    let host = bundle.text(root, "host").unwrap_or_default();
    let mut schemes: Vec<&str> = bundle.child(root, "schemes").map_or_else(Vec::new, |list| {
        bundle
            .items(list)
            .filter_map(|at| bundle.tree(at.file).str(at.node))
            .collect()
    });
    if schemes.is_empty() {
        schemes.push("https");
    }
    schemes
        .into_iter()
        .map(|scheme| Server {
            at,
            url,
            origin: if host.is_empty() {
                String::new()
            } else {
                format!("{scheme}://{host}")
            },
            base_path: base_path.clone(),
        })
        .collect()
}

fn operation<'d>(
    bundle: &'d Bundle,
    method: &str,
    path: &'d str,
    at: At,
    item: At,
) -> Operation<'d> {
    let raw = |at: At| -> Vec<(At, At)> {
        bundle
            .child(at, "parameters")
            .map_or_else(Vec::new, |list| {
                bundle
                    .items(list)
                    .filter_map(|entry| Some((bundle.follow(entry)?, entry)))
                    .collect()
            })
    };
    let (own, shared) = (raw(at), raw(item));
    let key = |(at, _): &(At, At)| (bundle.text(*at, "in"), bundle.text(*at, "name"));
    let all: Vec<(At, At)> = own
        .iter()
        .copied()
        .chain(
            shared
                .iter()
                .copied()
                .filter(|at| !own.iter().any(|own| key(own) == key(at))),
        )
        .collect();
    let plain = |list: &[(At, At)]| {
        list.iter()
            .filter_map(|(at, entry)| parameter(bundle, *at, *entry))
            .collect()
    };
    let consumes = media_types(bundle, at, "consumes");
    let produces = media_types(bundle, at, "produces");
    Operation {
        surface: Surface::Path,
        method: method.to_ascii_uppercase(),
        path,
        at,
        item,
        id: bundle.text(at, "operationId"),
        tags: tags(bundle, at),
        deprecated: bundle.flag(at, "deprecated").unwrap_or(false),
        parameters: merge_parameters(plain(&own), plain(&shared), path),
        body: body(bundle, at, &all, &consumes),
        responses: bundle
            .child(at, "responses")
            .map_or_else(Vec::new, |map| responses(bundle, map, &produces)),
        callbacks: Vec::new(),
        security: security(bundle, at),
        servers: None,
    }
}

/// The media types of an operation, or of the document, each with the node that names it.
fn media_types<'d>(bundle: &'d Bundle, operation: At, key: &str) -> Vec<(&'d str, At)> {
    let list = bundle
        .child(operation, key)
        .or_else(|| bundle.child(bundle.root(), key));
    list.map_or_else(Vec::new, |list| {
        bundle
            .items(list)
            .filter_map(|at| Some((bundle.tree(at.file).str(at.node)?, at)))
            .collect()
    })
}

/// The media types that are named, or else the one that is meant.
fn ranges<'d>(
    named: &[(&'d str, At)],
    fallback: &'static str,
    at: At,
    shape: Option<&Shape>,
) -> Vec<Media<'d>> {
    let fallback = [(fallback, at)];
    let ranges = if named.is_empty() { &fallback } else { named };
    ranges
        .iter()
        .map(|(range, at)| Media {
            at: *at,
            range: MediaRange::parse(range),
            shape: shape.cloned(),
            item: None,
            encoding: Vec::new(),
        })
        .collect()
}

/// The body parameter, or the form that the `formData` parameters make.
fn body<'d>(
    bundle: &'d Bundle,
    operation: At,
    parameters: &[(At, At)],
    consumes: &[(&'d str, At)],
) -> Option<Body<'d>> {
    let place = |at: At| bundle.text(at, "in");
    if let Some((at, entry)) = parameters
        .iter()
        .copied()
        .find(|(at, _)| place(*at) == Some("body"))
    {
        let shape = bundle.get(at, "schema").map(Shape::Node);
        return Some(Body {
            at,
            entry,
            required: bundle.flag(at, "required").unwrap_or(false),
            content: ranges(consumes, "application/json", at, shape.as_ref()),
        });
    }
    let form: Vec<At> = parameters
        .iter()
        .map(|(at, _)| *at)
        .filter(|at| place(*at) == Some("formData"))
        .collect();
    if form.is_empty() {
        return None;
    }
    let required = form
        .iter()
        .any(|at| bundle.flag(*at, "required").unwrap_or(false));
    let has_file = form
        .iter()
        .any(|at| bundle.text(*at, "type") == Some("file"));
    let fallback = if has_file {
        "multipart/form-data"
    } else {
        "application/x-www-form-urlencoded"
    };
    Some(Body {
        at: operation,
        entry: operation,
        required,
        content: ranges(consumes, fallback, operation, Some(&Shape::Form(form))),
    })
}

fn parameter(bundle: &Bundle, at: At, entry: At) -> Option<Parameter<'_>> {
    let place = match bundle.text(at, "in")? {
        "query" => In::Query,
        "header" => In::Header,
        "path" => In::Path,
        _ => return None,
    };
    let name = bundle.text(at, "name")?;
    Some(Parameter {
        at,
        entry,
        name: if place == In::Header {
            name.to_ascii_lowercase()
        } else {
            name.to_owned()
        },
        place,
        position: None,
        required: place == In::Path || bundle.flag(at, "required").unwrap_or(false),
        deprecated: bundle
            .flag(at, "deprecated")
            .or_else(|| bundle.flag(at, "x-deprecated"))
            .unwrap_or(false),
        allow_empty: bundle.flag(at, "allowEmptyValue").unwrap_or(false),
        wire: wire(bundle, at, place),
        shape: Some(Shape::Node(at)),
        content: Vec::new(),
    })
}

/// `collectionFormat` in the words of OpenAPI 3.
fn wire(bundle: &Bundle, at: At, place: In) -> Wire<'static> {
    let mut wire = default_wire(place);
    if bundle.text(at, "type") != Some("array") {
        return wire;
    }
    (wire.style, wire.explode) = match bundle.text(at, "collectionFormat").unwrap_or("csv") {
        "multi" => ("form", true),
        "ssv" => ("spaceDelimited", false),
        "tsv" => ("tabDelimited", false),
        "pipes" => ("pipeDelimited", false),
        _ => (wire.style, false),
    };
    wire
}

fn responses<'d>(bundle: &'d Bundle, map: At, produces: &[(&'d str, At)]) -> Vec<Response<'d>> {
    bundle
        .entries(map)
        .filter_map(|(key, entry)| {
            let status = Status::parse(key)?;
            let at = bundle.follow(entry)?;
            let shape = bundle.get(at, "schema").map(Shape::Node);
            // Without a schema a Swagger 2.0 response has no content.
            let content = if shape.is_some() {
                ranges(produces, "application/json", at, shape.as_ref())
            } else {
                Vec::new()
            };
            Some(Response {
                at,
                entry,
                status,
                headers: headers(bundle, bundle.child(at, "headers"), |name, at, entry| {
                    Header {
                        at,
                        entry,
                        name: name.to_ascii_lowercase(),
                        required: false,
                        deprecated: false,
                        wire: wire(bundle, at, In::Header),
                        shape: Some(Shape::Node(at)),
                        content: Vec::new(),
                    }
                }),
                content,
                links: Vec::new(),
            })
        })
        .collect()
}

fn scheme<'d>(bundle: &'d Bundle, name: &'d str, at: At) -> SecurityScheme<'d> {
    let kind = bundle.text(at, "type").unwrap_or_default();
    let mut details = BTreeMap::new();
    let mut scopes = BTreeMap::new();
    for key in ["in", "name"] {
        if let (Some(text), Some(at)) = (bundle.text(at, key), bundle.child(at, key)) {
            details.insert(key.to_owned(), (text, at));
        }
    }
    if kind == "basic" {
        details.insert("scheme".to_owned(), ("basic", at));
    }
    let flow = match bundle.text(at, "flow") {
        Some("accessCode") => "authorizationCode",
        Some("application") => "clientCredentials",
        Some(flow) => flow,
        None => "",
    };
    for key in ["authorizationUrl", "tokenUrl"] {
        if let (Some(text), Some(at)) = (bundle.text(at, key), bundle.child(at, key)) {
            details.insert(format!("flows.{flow}.{key}"), (text, at));
        }
    }
    if let Some(map) = bundle.child(at, "scopes") {
        scopes.extend(
            bundle
                .entries(map)
                .map(|(scope, at)| ((flow.to_owned(), scope), at)),
        );
    }
    SecurityScheme {
        at,
        name,
        kind: if kind == "basic" { "http" } else { kind },
        details,
        scopes,
    }
}
