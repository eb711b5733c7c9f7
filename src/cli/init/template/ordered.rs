//! A tree for writers of other formats: keys in their order, and numbers as numbers.

use crate::tree::{Kind, NodeId, Tree};
use serde::{
    Serialize, Serializer,
    ser::{Error as _, SerializeMap as _, SerializeSeq as _},
};

/// A value of a tree. `serde_json` hands numbers to other formats as maps of its own.
pub(super) struct Ordered<'t>(pub(super) &'t Tree, pub(super) NodeId);

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let Self(tree, node) = *self;
        match tree.kind(node) {
            Kind::Null => out.serialize_unit(),
            Kind::Bool => out.serialize_bool(tree.bool(node).unwrap_or_default()),
            Kind::String => out.serialize_str(tree.str(node).unwrap_or_default()),
            Kind::Number => {
                let text = tree.number(node).unwrap_or_default();
                match (text.parse::<i64>(), text.parse::<f64>()) {
                    (Ok(number), _) => out.serialize_i64(number),
                    (_, Ok(number)) => out.serialize_f64(number),
                    _ => Err(S::Error::custom(format!("{text} is no number"))),
                }
            }
            Kind::Seq => {
                let items = tree.items(node);
                let mut seq = out.serialize_seq(Some(items.len()))?;
                for item in items {
                    seq.serialize_element(&Ordered(tree, *item))?;
                }
                seq.end()
            }
            Kind::Map => {
                let mut map = out.serialize_map(Some(tree.size(node)))?;
                for entry in tree.entries(node) {
                    map.serialize_entry(tree.key(entry.key), &Ordered(tree, entry.value))?;
                }
                map.end()
            }
        }
    }
}
