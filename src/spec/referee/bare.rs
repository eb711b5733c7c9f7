//! Bare JSON Schema, untouched: every file is a resource, and a schema is a reference into it.

use super::{Question, names, options};
use crate::spec::{
    bundle::{At, Bundle, Document, FileId},
    dialect::Draft,
    uri,
};
use jsonschema::{Registry, Validator};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt::Write as _};

/// The files of a bundle as a validator knows them.
#[derive(Debug)]
pub(super) struct Documents {
    registry: Registry<'static>,
    /// What each calls itself, by file: references inside it count from there.
    names: Vec<String>,
    /// The entry, kept apart where a reference depends on how it was reached: there only the whole is asked about,
    /// since a reference from outside would be one more step of the way.
    entry: Option<Value>,
}

impl Documents {
    /// `None` when a file refers to something that is in none of them. `settled` is whether every reference leads to
    /// the same place from everywhere.
    pub(super) fn read(bundle: &Bundle, settled: bool) -> Option<Self> {
        if names::is_doubtful(bundle) || is_costly(bundle) {
            return None;
        }
        let uris = uris(&bundle.files);
        let draft = draft(bundle.dialect.draft());
        let (mut contents, mut names) = (BTreeMap::new(), Vec::new());
        let mut entry = None;
        for ((file, document), uri) in (0u16..).map(FileId).zip(&bundle.files).zip(&uris) {
            let value = value(document)?;
            names.push(own_name(&value, bundle.dialect.draft(), uri));
            if !settled && entry.is_none() {
                entry = Some(value);
                continue;
            }
            // A second copy of an `$id` would be two schemas of one name.
            if !bundle.ids.values().any(|at| at.file == file) {
                for alias in aliases(bundle, document) {
                    contents.entry(alias).or_insert_with(|| value.clone());
                }
            }
            contents.insert(uri.clone(), value);
        }
        let mut builder = Registry::new().draft(draft);
        for (uri, value) in contents {
            builder = builder.add(uri, draft.create_resource(value)).ok()?;
        }
        let registry = builder.prepare().ok()?;
        Some(Self {
            registry,
            names,
            entry,
        })
    }

    /// A validator of what is asked.
    pub(super) fn validator(
        &self,
        bundle: &Bundle,
        question: &Question,
        assert_format: bool,
    ) -> Option<Validator> {
        // `content*` are annotations in every draft.
        let mut options = options(bundle.dialect.draft())
            .with_registry(&self.registry)
            .should_validate_formats(assert_format)
            .without_content_media_type_support("application/json");
        for encoding in ["base64", "base64url", "base32", "base32hex", "base16"] {
            options = options.without_content_encoding_support(encoding);
        }
        if let Some(entry) = &self.entry {
            let whole = !question.or_null && question.nodes == [bundle.root()];
            let options = options.with_base_uri(&self.names[0]);
            return whole.then(|| options.build(entry).ok()).flatten();
        }
        let refs: Vec<Value> = question
            .nodes
            .iter()
            .map(|at| self.reference(bundle, *at))
            .collect();
        let schema = match refs.as_slice() {
            [one] => one.clone(),
            _ => json!({ "allOf": refs }),
        };
        let schema = if question.or_null {
            json!({ "anyOf": [schema, { "type": "null" }] })
        } else {
            schema
        };
        options.build(&schema).ok()
    }

    fn reference(&self, bundle: &Bundle, at: At) -> Value {
        let pointer = bundle.tree(at.file).pointer(at.node);
        let name = &self.names[usize::from(at.file.0)];
        json!({ "$ref": format!("{name}#{}", encoded(pointer.as_str(), "/")) })
    }
}

/// The longest chain of references that a validator is built for where `unevaluated*` looks through all of them: its cost
/// grows with the cube of the length.
const LONGEST_CHAIN: usize = 64;

/// Whether building a validator would take longer than anybody waits.
fn is_costly(bundle: &Bundle) -> bool {
    let keywords = ["unevaluatedProperties", "unevaluatedItems"];
    let mut files = bundle.files.iter();
    if !files.any(|file| keywords.iter().any(|it| file.tree.sym(it).is_some())) {
        return false;
    }
    let files = (0u16..).map(FileId).zip(&bundle.files);
    let roots = files.map(|(file, document)| At {
        file,
        node: document.tree.root(),
    });
    let mut references = roots.flat_map(|root| bundle.references_in(root));
    references.any(|reference| {
        let mut at = reference;
        for _ in 0..LONGEST_CHAIN {
            match bundle.target(at).filter(|target| bundle.is_ref(*target)) {
                Some(next) => at = next,
                None => return false,
            }
        }
        true
    })
}

/// A file as it is written.
fn value(document: &Document) -> Option<Value> {
    let tree = &document.tree;
    let mut value = tree.to_json(tree.root()).ok()?;
    // The draft is the bundle's, whatever a file says of itself.
    if let Some(root) = value.as_object_mut() {
        root.remove("$schema");
    }
    Some(value)
}

fn draft(draft: Draft) -> jsonschema::Draft {
    match draft {
        Draft::D4 => jsonschema::Draft::Draft4,
        Draft::D6 => jsonschema::Draft::Draft6,
        Draft::D7 => jsonschema::Draft::Draft7,
        Draft::D2019 => jsonschema::Draft::Draft201909,
        Draft::D2020 => jsonschema::Draft::Draft202012,
    }
}

/// The `$id` of a file, else its URI.
fn own_name(root: &Value, draft: Draft, uri: &str) -> String {
    let keyword = if draft == Draft::D4 { "id" } else { "$id" };
    // Before 2019-09 nothing counts beside a `$ref`.
    let alone = draft < Draft::D2019 && root.get("$ref").is_some();
    let id = root.get(keyword).and_then(Value::as_str);
    match id.map(|id| id.trim_end_matches('#')) {
        Some(id) if !alone && !id.contains('#') => uri::join(uri, id),
        _ => uri.to_owned(),
    }
}

/// Paths as URIs, so deep that no `..` of theirs leads above the first folder.
fn uris(files: &[Document]) -> Vec<String> {
    let climbs = |path: &str| path.split('/').take_while(|part| *part == "..").count();
    let highest = files.iter().map(|file| climbs(&file.path)).max();
    let base = format!("bundle:///{}", "_/".repeat(highest.unwrap_or(0)));
    let uri = |file: &Document| {
        if uri::is_absolute(&file.path) {
            file.path.clone()
        } else {
            uri::join(&base, &encoded(&file.path, "/"))
        }
    };
    files.iter().map(uri).collect()
}

/// What else a file is called: beside a file whose `$id` makes its references absolute.
fn aliases(bundle: &Bundle, document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    for from in &bundle.files {
        let tree = &from.tree;
        let id = ["$id", "id"]
            .into_iter()
            .find_map(|keyword| tree.str(tree.get(tree.root(), keyword)?));
        let Some(id) = id.filter(|id| uri::is_absolute(id)) else {
            continue;
        };
        let folder = from.path.rfind('/').map_or(0, |slash| slash + 1);
        if let Some(beside) = document.path.strip_prefix(&from.path[..folder]) {
            found.push(uri::join(id, &encoded(beside, "/")));
        }
    }
    found
}

/// A text with everything but unreserved characters and `kept` percent-encoded.
fn encoded(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if plain || kept.as_bytes().contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
