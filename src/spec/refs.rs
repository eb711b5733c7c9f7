//! `$ref`: where each one leads, across files, `$id`s, and anchors.

use super::{
    bundle::{At, Bundle, Document, FileId, Unavailable},
    diagnostic::Level,
    dialect::{Dialect, Draft},
    uri,
};
use crate::{
    text::{Pointer, percent_decode},
    tree::{Kind, NodeId, Tree},
};
use std::{borrow::Cow, collections::HashMap};

/// Where one reference leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Unresolved,
    Node(At),
    /// A published metaschema: known, and never compared.
    Metaschema,
    Dangling,
}

#[derive(Debug)]
struct Site {
    node: NodeId,
    value: NodeId,
    target: Target,
}

/// The references of one file, by the node that holds them.
#[derive(Debug, Default)]
pub(super) struct RefTable {
    sites: Vec<Site>,
    /// `$id` to the node that declares it, absolute where the file allows.
    ids: HashMap<String, NodeId>,
    /// Anchors by name; a name declared twice keeps its first node.
    anchors: HashMap<String, NodeId>,
    /// `$id`-bearing nodes below the root with their base URI, outermost first.
    bases: Vec<(NodeId, String)>,
    path: String,
}

const REF_KEYWORDS: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];

impl RefTable {
    pub(super) fn collect(path: &str, tree: &Tree, dialect: Dialect) -> Self {
        let mut table = Self {
            path: path.to_owned(),
            ..Self::default()
        };
        let id_keyword = match dialect.draft() {
            Draft::D4 if dialect.is_api() => None,
            Draft::D4 => Some("id"),
            Draft::D6 | Draft::D7 | Draft::D2019 | Draft::D2020 => Some("$id"),
        };
        let mut identified = Vec::new();
        for node in tree.nodes() {
            if tree.kind(node) != Kind::Map {
                continue;
            }
            for keyword in REF_KEYWORDS {
                if let Some(value) = tree.get(node, keyword)
                    && tree.kind(value) == Kind::String
                {
                    table.sites.push(Site {
                        node,
                        value,
                        target: Target::Unresolved,
                    });
                    break;
                }
            }
            if let Some(keyword) = id_keyword {
                if let Some(id) = tree.get(node, keyword).and_then(|id| tree.str(id)) {
                    identified.push((node, id));
                }
                for keyword in ["$anchor", "$dynamicAnchor"] {
                    if let Some(name) = tree.get(node, keyword).and_then(|name| tree.str(name)) {
                        table.anchors.entry(name.to_owned()).or_insert(node);
                    }
                }
            }
        }
        table.sites.sort_by_key(|site| site.node);
        table.index_ids(tree, identified);
        table
    }

    fn index_ids(&mut self, tree: &Tree, mut identified: Vec<(NodeId, &str)>) {
        // Children come before parents, so the outermost node has the highest id.
        identified.sort_by_key(|(node, _)| std::cmp::Reverse(*node));
        for (node, id) in identified {
            if let Some(name) = id.strip_prefix('#') {
                // Before 2019-09 a fragment-only `$id` is an anchor.
                self.anchors.entry(name.to_owned()).or_insert(node);
                continue;
            }
            let base = self.base_of(tree, node);
            let absolute = uri::join(&base, id.trim_end_matches('#'));
            self.ids.entry(absolute.clone()).or_insert(node);
            self.bases.push((node, absolute));
        }
    }

    /// The base URI that references inside `node` are resolved against.
    fn base_of(&self, tree: &Tree, node: NodeId) -> String {
        let inside = |outer: NodeId| {
            let (outer, inner) = (tree.span(outer), tree.span(node));
            outer.start <= inner.start && inner.end <= outer.end
        };
        self.bases
            .iter()
            .rev()
            .filter(|(outer, _)| inside(*outer))
            .min_by_key(|(outer, _)| tree.span(*outer).end - tree.span(*outer).start)
            .map_or_else(|| self.path.clone(), |(_, base)| base.clone())
    }

    fn site(&self, node: NodeId) -> Option<&Site> {
        let index = self
            .sites
            .binary_search_by_key(&node, |site| site.node)
            .ok()?;
        Some(&self.sites[index])
    }

    /// Whether the node is a reference.
    pub(super) fn is_ref(&self, node: NodeId) -> bool {
        self.site(node).is_some()
    }

    /// Where the reference at `node` leads.
    pub(super) fn target(&self, node: NodeId) -> Option<At> {
        match self.site(node)?.target {
            Target::Node(at) => Some(at),
            Target::Unresolved | Target::Metaschema | Target::Dangling => None,
        }
    }

    /// The reference nodes with an id in `range`, in order.
    pub(super) fn within(&self, range: std::ops::Range<u32>) -> impl Iterator<Item = NodeId> {
        let first = self
            .sites
            .partition_point(|site| site.node.index() < range.start as usize);
        self.sites[first..]
            .iter()
            .map(|site| site.node)
            .take_while(move |node| node.index() < range.end as usize)
    }
}

/// The files and URLs that a document's references name, in document order, without duplicates.
pub(super) fn files_wanted(document: &Document) -> Vec<String> {
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
pub(super) fn is_known_id(files: &[Document], url: &str) -> bool {
    is_metaschema(url) || files.iter().any(|file| file.refs.ids.contains_key(url))
}

fn is_metaschema(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    rest.starts_with("json-schema.org/draft") || rest.starts_with("spec.openapis.org/oas/3.")
}

/// Resolves every reference of the bundle. Dangling ones become diagnostics; the first refused one is returned.
pub(super) fn resolve_all(
    bundle: &mut Bundle,
    known: &HashMap<String, Result<FileId, Unavailable>>,
) -> Option<(At, String, Unavailable)> {
    let mut refused = None;
    for index in 0..bundle.files.len() {
        let file = FileId(u16::try_from(index).unwrap_or(u16::MAX));
        let mut cache: HashMap<String, Target> = HashMap::new();
        let plain = bundle.files[index].refs.bases.is_empty();
        for site in 0..bundle.files[index].refs.sites.len() {
            let (node, value) = {
                let site = &bundle.files[index].refs.sites[site];
                (site.node, site.value)
            };
            let text = bundle.files[index].tree.str(value).unwrap_or_default();
            let cached = if plain {
                cache.get(text).copied()
            } else {
                None
            };
            let target =
                cached.unwrap_or_else(|| resolve(bundle, known, At { file, node }, text, 0));
            let text = text.to_owned();
            if target == Target::Dangling && !is_data(&bundle.files[index].tree, node) {
                let at = At { file, node: value };
                let path = file_of(
                    &bundle.files[index].path,
                    text.split('#').next().unwrap_or_default(),
                );
                match known.get(&path) {
                    Some(Err(cause)) if cause.refused => {
                        refused.get_or_insert((at, path, cause.clone()));
                    }
                    Some(Err(_)) if is_prose(&bundle.files[index].tree, node) => {}
                    Some(Err(cause)) => {
                        let message = format!("`$ref` to {text} leads nowhere: {}", cause.message);
                        bundle.report("ref-dangling", Level::Error, at, message);
                    }
                    Some(Ok(_)) | None => {
                        let message =
                            format!("`$ref` to {text} leads nowhere: there is no such place");
                        bundle.report("ref-dangling", Level::Error, at, message);
                    }
                }
            }
            if plain {
                cache.insert(text, target);
            }
            bundle.files[index].refs.sites[site].target = target;
        }
    }
    report_alias_cycles(bundle);
    refused
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
        by_id(bundle, &joined).or_else(|| {
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
        return Target::Node(start);
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

fn by_id(bundle: &Bundle, uri: &str) -> Option<At> {
    (0u16..).zip(&bundle.files).find_map(|(file, document)| {
        let node = *document.refs.ids.get(uri)?;
        Some(At {
            file: FileId(file),
            node,
        })
    })
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

/// Maps whose keys are names the author chose, not keywords.
const NAMED: [&str; 17] = [
    "properties",
    "patternProperties",
    "schemas",
    "definitions",
    "$defs",
    "dependentSchemas",
    "dependencies",
    "responses",
    "parameters",
    "headers",
    "callbacks",
    "links",
    "paths",
    "webhooks",
    "content",
    "pathItems",
    "requestBodies",
];

/// Whether a node stands in an example, a default, an enum, or an extension: there `$ref` is only a word.
pub(super) fn is_data(tree: &Tree, node: NodeId) -> bool {
    let pointer = tree.pointer(node);
    let mut names = false;
    let mut in_examples = false;
    for segment in pointer.segments() {
        if names {
            names = false;
            continue;
        }
        match segment.as_ref() {
            "example" | "default" | "enum" | "const" => return true,
            "value" | "dataValue" if in_examples => return true,
            // A schema's `examples` is a list of values; elsewhere it is a map of Example Objects.
            "examples" => {
                in_examples = true;
                names = true;
            }
            extension if extension.starts_with("x-") => return true,
            keyword => names = NAMED.contains(&keyword),
        }
    }
    false
}

/// Whether a node stands where prose belongs, so that its target may be a text file.
fn is_prose(tree: &Tree, node: NodeId) -> bool {
    let pointer = tree.pointer(node);
    matches!(
        pointer.segments().last().as_deref(),
        Some("description" | "summary")
    )
}
