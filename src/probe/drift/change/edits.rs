//! Edits of a contract's files, and the contract they lead to.

use crate::spec::{Assume, At, Bundle, FileId, Unavailable};
use crate::tree::{Kind, NodeId, Tree};
use serde_json::Value;
use std::collections::BTreeMap;

/// What becomes of a node.
#[derive(Clone, Debug, PartialEq)]
enum Edit {
    /// Another value stands there.
    Replace(Value),
    /// Entries of the map are others, or gone.
    Entries(BTreeMap<String, Option<Value>>),
}

/// Edits by the node they are made at.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Edits(BTreeMap<At, Edit>);

impl Edits {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Another value for an entry of a map, or one more entry.
    pub(super) fn put(&mut self, map: At, key: &str, value: Value) {
        self.entry(map, key, Some(value));
    }

    /// One entry of a map less.
    pub(super) fn remove(&mut self, map: At, key: &str) {
        self.entry(map, key, None);
    }

    /// Another value.
    pub(super) fn replace(&mut self, at: At, value: Value) {
        self.0.insert(at, Edit::Replace(value));
    }

    fn entry(&mut self, map: At, key: &str, value: Option<Value>) {
        let edit = self
            .0
            .entry(map)
            .or_insert_with(|| Edit::Entries(BTreeMap::new()));
        if let Edit::Entries(entries) = edit {
            entries.insert(key.to_owned(), value);
        }
    }

    /// The files after these edits; `None` when they cannot be read any more, or aliases make them endless.
    pub(super) fn apply(&self, bundle: &Bundle) -> Option<Bundle> {
        let mut texts: BTreeMap<&str, String> = BTreeMap::new();
        for (index, file) in bundle.files.iter().enumerate() {
            let id = FileId(u16::try_from(index).ok()?);
            let root = file.tree.root();
            let mut text = String::new();
            if self.0.keys().any(|at| at.file == id) {
                file.tree.write_json(root, &mut String::new()).ok()?;
                self.write(&file.tree, id, root, &mut text);
            } else {
                file.tree.source().text().clone_into(&mut text);
            }
            texts.insert(&file.path, text);
        }
        let fetch = |path: &str| match texts.get(path) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => Err(Unavailable {
                message: "it is not among the files of the contract".to_owned(),
                help: None,
                refused: false,
                exit: 2,
            }),
        };
        let entry = &bundle.files[0];
        let name = entry.tree.source().name();
        Bundle::open(name, &entry.path, Assume::default(), &fetch, Some(bundle)).ok()
    }

    fn write(&self, tree: &Tree, file: FileId, node: NodeId, out: &mut String) {
        let none = BTreeMap::new();
        let entries = match self.0.get(&At { file, node }) {
            Some(Edit::Replace(value)) => {
                out.push_str(&value.to_string());
                return;
            }
            Some(Edit::Entries(entries)) => entries,
            None => &none,
        };
        match tree.kind(node) {
            Kind::Map => {
                let kept = tree.entries(node).filter_map(|entry| {
                    let key = tree.key(entry.key);
                    match entries.get(key) {
                        Some(None) => None,
                        Some(Some(value)) => Some((key, Err(value))),
                        None => Some((key, Ok(entry.value))),
                    }
                });
                let new = entries.iter().filter_map(|(key, value)| {
                    let fresh = tree.get(node, key).is_none();
                    let value = value.as_ref().filter(|_| fresh)?;
                    Some((key.as_str(), Err(value)))
                });
                let mut sign = '{';
                for (key, value) in kept.chain(new) {
                    out.push(sign);
                    out.push_str(&Value::from(key).to_string());
                    out.push(':');
                    match value {
                        Ok(node) => self.write(tree, file, node, out),
                        Err(value) => out.push_str(&value.to_string()),
                    }
                    sign = ',';
                }
                out.push_str(if sign == '{' { "{}" } else { "}" });
            }
            Kind::Seq => {
                out.push('[');
                for (place, item) in tree.items(node).iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                    }
                    self.write(tree, file, *item, out);
                }
                out.push(']');
            }
            Kind::Null | Kind::Bool | Kind::Number | Kind::String => {
                // What is too large was refused before.
                let _ = tree.write_json(node, out);
            }
        }
    }
}
