//! From the text of a reference to the node it means.

use super::{
    Target,
    data::{is_data, is_prose},
};
use crate::spec::{
    bundle::{At, Bundle, Document, FileId},
    diagnostic::Level,
    error::Unavailable,
    uri,
};
use crate::text::{Pointer, percent_decode};
use crate::tree::Kind;
use foldhash::HashMap;
use std::borrow::Cow;

/// The files and URLs that a document's references name, in document order, without duplicates.
pub(in crate::spec) fn files_wanted(document: &Document) -> Vec<String> {
    let mut wanted = Vec::new();
    for site in &document.refs.sites {
        let text = document.tree.str(site.value).unwrap_or_default();
        let file = text.split('#').next().unwrap_or_default();
        if file.is_empty() || is_data(&document.tree, site.node) {
            continue;
        }
        let path = file_of(&document.path, file);
        if !wanted.contains(&path) {
            wanted.push(path);
        }
    }
    wanted
}

/// A reference's file part as a path below the side's root, or an absolute URL.
fn file_of(from: &str, file: &str) -> String {
    if uri::is_absolute(file) || uri::is_absolute(from) {
        return uri::join(from, file);
    }
    let decoded = percent_decode(file).unwrap_or(Cow::Borrowed(file));
    uri::join(from, &decoded)
}

/// Whether a URL is an `$id` of a loaded file, or a published metaschema.
pub(in crate::spec) fn is_known_id(bundle: &Bundle, url: &str) -> bool {
    is_metaschema(url) || bundle.ids.contains_key(url)
}

fn is_metaschema(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    rest.starts_with("json-schema.org/draft") || rest.starts_with("spec.openapis.org/oas/3.")
}

/// Resolves every reference of the bundle. Dangling ones become diagnostics; the first refused one is returned.
pub(in crate::spec) fn resolve_all(
    bundle: &mut Bundle,
    known: &HashMap<String, Result<FileId, Unavailable>>,
) -> Option<(At, String, Unavailable)> {
    let mut refused = None;
    for index in 0..bundle.files.len() {
        let file = FileId(u16::try_from(index).unwrap_or(u16::MAX));
        let targets = targets_of(bundle, known, file);
        let sites = &mut bundle.files[index].refs.sites;
        for (site, target) in sites.iter_mut().zip(targets) {
            site.target = target;
        }
        report_dangling(bundle, known, file, &mut refused);
    }
    report_alias_cycles(bundle);
    refused
}

/// Where the references of one file lead, in their order.
fn targets_of(
    bundle: &Bundle,
    known: &HashMap<String, Result<FileId, Unavailable>>,
    file: FileId,
) -> Vec<Target> {
    let document = &bundle.files[usize::from(file.0)];
    // Without an `$id` inside, the same words lead to the same place everywhere in the file.
    let plain = document.refs.bases.is_empty();
    let mut cache: HashMap<&str, Target> = HashMap::default();
    let sites = document.refs.sites.iter();
    sites
        .map(|site| {
            let text = document.tree.str(site.value).unwrap_or_default();
            let from = At {
                file,
                node: site.node,
            };
            // `#` may mean the component around it.
            if plain && text != "#" {
                *cache
                    .entry(text)
                    .or_insert_with(|| resolve(bundle, known, from, text, 0))
            } else {
                resolve(bundle, known, from, text, 0)
            }
        })
        .collect()
}

fn report_dangling(
    bundle: &mut Bundle,
    known: &HashMap<String, Result<FileId, Unavailable>>,
    file: FileId,
    refused: &mut Option<(At, String, Unavailable)>,
) {
    let document = &bundle.files[usize::from(file.0)];
    let mut complaints = Vec::new();
    for site in &document.refs.sites {
        if site.target != Target::Dangling || is_data(&document.tree, site.node) {
            continue;
        }
        let at = At {
            file,
            node: site.value,
        };
        let text = document.tree.str(site.value).unwrap_or_default();
        let path = file_of(&document.path, text.split('#').next().unwrap_or_default());
        match known.get(&path) {
            Some(Err(cause)) if cause.refused => {
                refused.get_or_insert((at, path, cause.clone()));
            }
            Some(Err(_)) if is_prose(&document.tree, site.node) => {}
            Some(Err(cause)) => {
                complaints.push((
                    at,
                    format!("`$ref` to {text} leads nowhere: {}", cause.message),
                ));
            }
            Some(Ok(_)) | None => {
                complaints.push((
                    at,
                    format!("`$ref` to {text} leads nowhere: there is no such place"),
                ));
            }
        }
    }
    for (at, message) in complaints {
        bundle.report("ref-dangling", Level::Error, at, message);
    }
}

fn resolve(
    bundle: &Bundle,
    known: &HashMap<String, Result<FileId, Unavailable>>,
    from: At,
    text: &str,
    depth: u8,
) -> Target {
    let document = &bundle.files[usize::from(from.file.0)];
    let (uri_part, fragment) = text.split_once('#').unwrap_or((text, ""));
    let base = document.refs.base_of(&document.tree, from.node);
    // Inside an embedded resource, a bare fragment means that resource.
    let start = if uri_part.is_empty() {
        let embedded = document.refs.ids.get(&base).copied();
        Some(At {
            file: from.file,
            node: embedded.unwrap_or_else(|| document.tree.root()),
        })
    } else {
        let joined = uri::join(&base, uri_part);
        bundle.ids.get(&joined).copied().or_else(|| {
            let path = file_of(&document.path, uri_part);
            let file = *known.get(&path)?.as_ref().ok()?;
            Some(At {
                file,
                node: bundle.tree(file).root(),
            })
        })
    };
    let Some(start) = start else {
        let absolute = uri::join(&base, uri_part);
        return if is_metaschema(&absolute) {
            Target::Metaschema
        } else {
            Target::Dangling
        };
    };
    let Ok(fragment) = percent_decode(fragment) else {
        return Target::Dangling;
    };
    if fragment.is_empty() {
        let whole = bundle.tree(start.file).root() == start.node;
        return if bundle.dialect.is_api() && whole && start.file == from.file {
            own_schema(document, from)
        } else {
            Target::Node(start)
        };
    }
    if !fragment.starts_with('/') {
        let anchors = &bundle.files[usize::from(start.file.0)].refs.anchors;
        return match anchors.get(fragment.as_ref()) {
            Some(node) => Target::Node(At {
                file: start.file,
                node: *node,
            }),
            None => Target::Dangling,
        };
    }
    let Ok(pointer) = Pointer::parse(&fragment) else {
        return Target::Dangling;
    };
    step(bundle, known, start, &pointer, depth)
}

/// What a discriminator's mapping names: a component, or a reference. Only loaded files are searched.
pub(in crate::spec) fn named(bundle: &Bundle, from: At, text: &str) -> Option<At> {
    let component = ["components/schemas", "definitions"]
        .into_iter()
        .find_map(|section| {
            let root = bundle.root();
            let schemas = section
                .split('/')
                .try_fold(root, |at, key| bundle.get(at, key))?;
            bundle.get(schemas, text)
        });
    if component.is_some() {
        return component;
    }
    let document = &bundle.files[usize::from(from.file.0)];
    let path = file_of(&document.path, text.split('#').next().unwrap_or_default());
    let loaded = bundle.files.iter().position(|file| file.path == path)?;
    let file = FileId(u16::try_from(loaded).ok()?);
    let known = std::iter::once((path, Ok(file))).collect();
    match resolve(bundle, &known, from, text, 0) {
        Target::Node(at) => Some(at),
        Target::Unresolved | Target::Metaschema | Target::Dangling => None,
    }
}

/// The component around a reference to `#`: an API document is no schema, and its components are meant to recurse.
fn own_schema(document: &Document, from: At) -> Target {
    let pointer = document.tree.pointer(from.node);
    let depth = if pointer.as_str().starts_with("/definitions/") {
        2
    } else {
        3
    };
    let mut component = Pointer::root();
    for segment in pointer.segments().take(depth) {
        component.push(&segment);
    }
    let named = ["/definitions/", "/components/schemas/"];
    let found = named
        .iter()
        .any(|section| component.as_str().starts_with(section))
        .then(|| document.tree.at_pointer(document.tree.root(), &component));
    match found.flatten() {
        Some(node) => Target::Node(At {
            file: from.file,
            node,
        }),
        None => Target::Dangling,
    }
}

/// Walks a pointer, going through references on the way as real files expect, though RFC 6901 does not.
fn step(
    bundle: &Bundle,
    known: &HashMap<String, Result<FileId, Unavailable>>,
    start: At,
    pointer: &Pointer,
    depth: u8,
) -> Target {
    if let Some(node) = bundle.tree(start.file).at_pointer(start.node, pointer) {
        return Target::Node(At {
            file: start.file,
            node,
        });
    }
    let mut at = start;
    for segment in pointer.segments() {
        let child = |at: At| {
            let tree = bundle.tree(at.file);
            let node = match tree.kind(at.node) {
                Kind::Seq => segment
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| tree.items(at.node).get(index).copied()),
                _ => tree.get(at.node, &segment),
            }?;
            Some(At {
                file: at.file,
                node,
            })
        };
        let next = child(at).or_else(|| {
            if depth > 16 {
                return None;
            }
            let text = bundle.text(at, "$ref")?;
            match resolve(bundle, known, at, text, depth + 1) {
                Target::Node(through) => child(through),
                Target::Unresolved | Target::Metaschema | Target::Dangling => None,
            }
        });
        let Some(next) = next else {
            return Target::Dangling;
        };
        at = next;
    }
    Target::Node(at)
}

fn report_alias_cycles(bundle: &mut Bundle) {
    let mut looping = Vec::new();
    for (index, document) in (0u16..).zip(&bundle.files) {
        for site in &document.refs.sites {
            let at = At {
                file: FileId(index),
                node: site.node,
            };
            // Keywords beside the `$ref` make it a schema of its own where siblings count.
            let bare =
                bundle.tree(at.file).size(at.node) == 1 || !bundle.dialect.ref_has_siblings();
            if bare
                && bundle.follow(at).is_none()
                && bundle.target(at).is_some()
                && chain_returns(bundle, at)
            {
                looping.push(at);
            }
        }
    }
    for at in looping {
        let text = bundle.text(at, "$ref").unwrap_or_default();
        let message = format!("`$ref` to {text} leads back to itself and never to a definition");
        bundle.report("ref-cycle", Level::Error, at, message);
    }
}

fn chain_returns(bundle: &Bundle, start: At) -> bool {
    let mut at = start;
    for _ in 0..64 {
        match bundle.target(at) {
            Some(next) if next == start => return true,
            Some(next) => at = next,
            None => return false,
        }
    }
    false
}
