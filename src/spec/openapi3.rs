//! OpenAPI 3.0, 3.1, and 3.2 into the model.

use super::{
    bundle::{At, Bundle},
    contract::{
        Body, Contract, Encoding, Header, In, Link, Media, Operation, Parameter, Response,
        SecurityScheme, Server, Shape, Status, Surface, Wire,
    },
    media::MediaRange,
    surface::{METHODS, default_wire, headers, merge_parameters, section, security, server},
};
use std::collections::{BTreeMap, HashSet};

/// The sections of a Components Object.
const SECTIONS: [&str; 11] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
];

pub(super) fn read<'d>(bundle: &'d Bundle, contract: &mut Contract<'d>) {
    let root = bundle.root();
    contract.servers = servers(bundle, root).unwrap_or_default();
    if let Some(components) = bundle.child(root, "components") {
        for name in SECTIONS {
            section(
                bundle,
                bundle.child(components, name),
                name,
                &mut contract.components,
            );
        }
    }
    contract.schemes = contract
        .components
        .iter()
        .filter(|component| component.section == "securitySchemes")
        .filter_map(|component| Some(scheme(bundle, component.name, bundle.follow(component.at)?)))
        .collect();
}

/// The operations below `paths`.
pub(super) fn operations(bundle: &Bundle) -> Vec<Operation<'_>> {
    let paths = bundle.child(bundle.root(), "paths");
    path_items(bundle, &Surface::Path, paths)
}

/// The operations below `webhooks`.
pub(super) fn webhooks(bundle: &Bundle) -> Vec<Operation<'_>> {
    let webhooks = ["webhooks", "x-webhooks"]
        .into_iter()
        .find_map(|key| bundle.child(bundle.root(), key));
    path_items(bundle, &Surface::Webhook, webhooks)
}

fn path_items<'d>(
    bundle: &'d Bundle,
    surface: &Surface<'d>,
    map: Option<At>,
) -> Vec<Operation<'d>> {
    let mut found = Vec::new();
    let items = map.into_iter().flat_map(|map| bundle.entries(map));
    for (key, item) in items.filter(|(key, _)| !key.starts_with("x-")) {
        path_item(bundle, surface, key, item, &HashSet::new(), &mut found);
    }
    found
}

fn servers(bundle: &Bundle, at: At) -> Option<Vec<Server<'_>>> {
    let list = bundle.child(at, "servers")?;
    let servers: Vec<_> = bundle
        .items(list)
        .filter_map(|at| Some(server(bundle, at, bundle.text(at, "url")?)))
        .collect();
    (!servers.is_empty()).then_some(servers)
}

fn path_item<'d>(
    bundle: &'d Bundle,
    surface: &Surface<'d>,
    path: &'d str,
    at: At,
    around: &HashSet<At>,
    into: &mut Vec<Operation<'d>>,
) {
    // A Path Item may carry fields beside its `$ref`; what both say is undefined, so its own fields win.
    let referenced = bundle.follow(at).filter(|target| *target != at);
    let field = |name: &str| {
        [Some(at), referenced]
            .into_iter()
            .flatten()
            .find_map(|item| {
                let value = bundle.get(item, name)?;
                // What leads nowhere is told as such, and is still there.
                Some((item, bundle.follow(value).unwrap_or(value)))
            })
    };
    let mut operation_at = |method: &str, found: (At, At)| {
        let shared =
            field("parameters").map_or_else(Vec::new, |(_, list)| parameters(bundle, list));
        let surface = surface.clone();
        into.push(operation(
            bundle, surface, method, path, found, shared, around,
        ));
    };
    for method in METHODS {
        if let Some(found) = field(method) {
            operation_at(&method.to_ascii_uppercase(), found);
        }
    }
    if let Some((item, additional)) = field("additionalOperations") {
        for (method, at) in bundle.entries(additional) {
            operation_at(method, (item, at));
        }
    }
}

fn operation<'d>(
    bundle: &'d Bundle,
    surface: Surface<'d>,
    method: &str,
    path: &'d str,
    (item, at): (At, At),
    shared: Vec<Parameter<'d>>,
    around: &HashSet<At>,
) -> Operation<'d> {
    let own = bundle
        .child(at, "parameters")
        .map_or_else(Vec::new, |list| parameters(bundle, list));
    Operation {
        surface,
        method: method.to_owned(),
        path,
        at,
        item,
        id: bundle.text(at, "operationId"),
        tags: tags(bundle, at),
        deprecated: bundle.flag(at, "deprecated").unwrap_or(false),
        parameters: merge_parameters(own, shared, path),
        body: bundle.get(at, "requestBody").and_then(|entry| {
            let at = bundle.follow(entry)?;
            Some(Body {
                at,
                entry,
                required: bundle.flag(at, "required").unwrap_or(false),
                content: content(bundle, at),
            })
        }),
        responses: bundle
            .child(at, "responses")
            .map_or_else(Vec::new, |map| responses(bundle, map)),
        callbacks: callbacks(bundle, at, around),
        security: security(bundle, at),
        servers: servers(bundle, at).or_else(|| servers(bundle, item)),
    }
}

/// The callbacks of an operation. One that an operation around it promises already is not entered again.
fn callbacks<'d>(bundle: &'d Bundle, operation: At, around: &HashSet<At>) -> Vec<Operation<'d>> {
    let Some(map) = bundle.child(operation, "callbacks") else {
        return Vec::new();
    };
    let promised: Vec<(&str, At)> = bundle
        .entries(map)
        .filter_map(|(name, at)| Some((name, bundle.follow(at)?)))
        .filter(|(_, at)| !around.contains(at))
        .collect();
    // Those beside it count as around it, too, or callbacks that name one another would multiply.
    let mut inside = around.clone();
    inside.extend(promised.iter().map(|(_, at)| *at));
    let mut found = Vec::new();
    for (name, at) in promised {
        for (expression, item) in bundle.entries(at).filter(|(key, _)| !key.starts_with("x-")) {
            let surface = Surface::Callback(name);
            path_item(bundle, &surface, expression, item, &inside, &mut found);
        }
    }
    found
}

pub(super) fn tags(bundle: &Bundle, at: At) -> Vec<(&str, At)> {
    let Some(list) = bundle.child(at, "tags") else {
        return Vec::new();
    };
    bundle
        .items(list)
        .filter_map(|at| Some((bundle.tree(at.file).str(at.node)?, at)))
        .collect()
}

fn parameters(bundle: &Bundle, list: At) -> Vec<Parameter<'_>> {
    bundle
        .items(list)
        .filter_map(|at| parameter(bundle, at))
        .collect()
}

fn parameter(bundle: &Bundle, entry: At) -> Option<Parameter<'_>> {
    let at = bundle.follow(entry)?;
    let place = match bundle.text(at, "in")? {
        "query" => In::Query,
        "querystring" => In::QueryString,
        "header" => In::Header,
        "path" => In::Path,
        "cookie" => In::Cookie,
        _ => return None,
    };
    let name = bundle.text(at, "name")?;
    // OpenAPI has these three ignored: `content`, `responses`, and `security` say them.
    if place == In::Header
        && ["accept", "content-type", "authorization"]
            .iter()
            .any(|word| name.eq_ignore_ascii_case(word))
    {
        return None;
    }
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
        deprecated: bundle.flag(at, "deprecated").unwrap_or(false),
        allow_empty: bundle.flag(at, "allowEmptyValue").unwrap_or(false),
        wire: wire(bundle, at, &default_wire(place)),
        shape: bundle.get(at, "schema").map(Shape::Node),
        content: content(bundle, at),
    })
}

/// `style`, `explode`, and `allowReserved`; `explode` follows the style where it is not said.
fn wire<'d>(bundle: &'d Bundle, at: At, default: &Wire<'static>) -> Wire<'d> {
    let style = bundle.text(at, "style").unwrap_or(default.style);
    Wire {
        style,
        explode: bundle
            .flag(at, "explode")
            .unwrap_or(matches!(style, "form" | "cookie")),
        allow_reserved: bundle
            .flag(at, "allowReserved")
            .unwrap_or(default.allow_reserved),
    }
}

fn content(bundle: &Bundle, at: At) -> Vec<Media<'_>> {
    let Some(map) = bundle.child(at, "content") else {
        return Vec::new();
    };
    bundle
        .entries(map)
        .filter_map(|(range, at)| {
            let at = bundle.follow(at)?;
            Some(Media {
                at,
                range: MediaRange::parse(range),
                shape: bundle.get(at, "schema").map(Shape::Node),
                item: bundle.get(at, "itemSchema").map(Shape::Node),
                encoding: bundle
                    .child(at, "encoding")
                    .map_or_else(Vec::new, |map| encodings(bundle, map)),
            })
        })
        .collect()
}

fn encodings(bundle: &Bundle, map: At) -> Vec<Encoding<'_>> {
    bundle
        .entries(map)
        .map(|(name, at)| Encoding {
            at,
            name,
            content_type: bundle.text(at, "contentType"),
            wire: wire(bundle, at, &default_wire(In::Query)),
            headers: headers(bundle, bundle.child(at, "headers"), |name, at, entry| {
                header(bundle, name, at, entry)
            }),
        })
        .collect()
}

fn header<'d>(bundle: &'d Bundle, name: &str, at: At, entry: At) -> Header<'d> {
    Header {
        at,
        entry,
        name: name.to_ascii_lowercase(),
        required: bundle.flag(at, "required").unwrap_or(false),
        deprecated: bundle.flag(at, "deprecated").unwrap_or(false),
        wire: wire(bundle, at, &default_wire(In::Header)),
        shape: bundle.get(at, "schema").map(Shape::Node),
        content: content(bundle, at),
    }
}

fn responses(bundle: &Bundle, map: At) -> Vec<Response<'_>> {
    bundle
        .entries(map)
        .filter_map(|(key, entry)| {
            let status = Status::parse(key)?;
            let at = bundle.follow(entry)?;
            let links = bundle.child(at, "links").map_or_else(Vec::new, |map| {
                bundle
                    .entries(map)
                    .filter_map(|(name, at)| {
                        Some(Link {
                            at: bundle.follow(at)?,
                            entry: at,
                            name,
                        })
                    })
                    .collect()
            });
            Some(Response {
                at,
                entry,
                status,
                headers: headers(bundle, bundle.child(at, "headers"), |name, at, entry| {
                    header(bundle, name, at, entry)
                }),
                content: content(bundle, at),
                links,
            })
        })
        .collect()
}

fn scheme<'d>(bundle: &'d Bundle, name: &'d str, at: At) -> SecurityScheme<'d> {
    let mut details = BTreeMap::new();
    let mut scopes = BTreeMap::new();
    let mut note = |key: String, at: At| {
        if let Some(text) = bundle.tree(at.file).str(at.node) {
            details.insert(key, (text, at));
        }
    };
    for key in [
        "in",
        "name",
        "scheme",
        "bearerFormat",
        "openIdConnectUrl",
        "oauth2MetadataUrl",
    ] {
        if let Some(at) = bundle.child(at, key) {
            note(key.to_owned(), at);
        }
    }
    if let Some(flows) = bundle.child(at, "flows") {
        for (flow, at) in bundle
            .entries(flows)
            .filter(|(flow, _)| !flow.starts_with("x-"))
        {
            for key in [
                "authorizationUrl",
                "tokenUrl",
                "refreshUrl",
                "deviceAuthorizationUrl",
            ] {
                if let Some(at) = bundle.child(at, key) {
                    note(format!("flows.{flow}.{key}"), at);
                }
            }
            if let Some(map) = bundle.child(at, "scopes") {
                scopes.extend(
                    bundle
                        .entries(map)
                        .map(|(scope, at)| ((flow.to_owned(), scope), at)),
                );
            }
        }
    }
    SecurityScheme {
        at,
        name,
        kind: bundle.text(at, "type").unwrap_or_default(),
        details,
        scopes,
    }
}
