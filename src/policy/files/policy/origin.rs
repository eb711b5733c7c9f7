//! Where each setting of a policy was set.

use crate::policy::files::Place;
use crate::tree::fields::Value;
use crate::tree::{Kind, NodeId, Tree};
use std::collections::BTreeMap;

/// The places of all values, by path: `signoff.quorum.critical`, `contracts[0].owner`.
pub(super) fn origins(root: Value<'_>) -> BTreeMap<String, Place> {
    let (tree, id) = root.node();
    let mut origins = BTreeMap::new();
    walk(tree, id, "", &mut origins);
    origins
}

fn walk(tree: &Tree, id: NodeId, path: &str, origins: &mut BTreeMap<String, Place>) {
    if !path.is_empty() {
        let place = tree.source().locate(tree.span(id).start).into();
        origins.insert(path.to_owned(), place);
    }
    match tree.kind(id) {
        Kind::Map => {
            for entry in tree.entries(id) {
                let dot = if path.is_empty() { "" } else { "." };
                let path = format!("{path}{dot}{}", tree.key(entry.key));
                walk(tree, entry.value, &path, origins);
            }
        }
        Kind::Seq => {
            for (index, item) in tree.items(id).iter().enumerate() {
                walk(tree, *item, &format!("{path}[{index}]"), origins);
            }
        }
        Kind::Null | Kind::Bool | Kind::Number | Kind::String => {}
    }
}
