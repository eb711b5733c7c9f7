//! One change of one file, independent of what else changes there.

use crate::text::{Pointer, Source};
use crate::tree::{self, Edit, Kind, NodeId, Syntax, Tree, edited};
use std::rc::Rc;

/// A change of a file.
#[derive(Clone, Debug)]
pub(super) struct Step<'b> {
    /// Its path in head.
    pub(super) file: String,
    pub(super) change: Change<'b>,
}

#[derive(Clone, Debug)]
pub(super) enum Change<'b> {
    /// An entry of the base's map comes back, where that map is now.
    Entry {
        map: Pointer,
        base: &'b Tree,
        holder: NodeId,
        key: String,
    },
    /// An item of the base's sequence comes back.
    Item {
        seq: Pointer,
        base: &'b Tree,
        holder: NodeId,
        place: usize,
    },
    /// What a map does not have yet is added to it, maps inside of it likewise.
    Merge { map: Pointer, made: Rc<Tree> },
    /// Another scalar.
    Scalar { at: Pointer, made: Rc<Tree> },
    /// The file goes.
    Delete,
}

/// A value as a tree, from its JSON text.
pub(super) fn made(json: &str) -> Option<Rc<Tree>> {
    tree::parse(Source::new("", json), Syntax::Json)
        .ok()
        .map(Rc::new)
}

/// The bytes of a file after a change; `None` where the change has no place in it.
pub(super) fn apply(file: &str, bytes: Vec<u8>, change: &Change<'_>) -> Option<Vec<u8>> {
    let tree = tree::parse_bytes(file, bytes).ok()?;
    let text = match change {
        Change::Entry {
            map,
            base,
            holder,
            key,
        } => {
            let here = tree.at_pointer(tree.root(), map)?;
            if tree.get(here, key).is_some() {
                return Some(tree.source().text().as_bytes().to_vec());
            }
            let before = before(base, *holder, key);
            // The nearest neighbour that is still there.
            let after = before
                .iter()
                .rev()
                .find(|key| tree.get(here, key).is_some());
            edited(
                &tree,
                Edit::Entry {
                    map,
                    after: after.copied(),
                    from: (base, *holder),
                    key,
                },
            )?
        }
        Change::Item {
            seq,
            base,
            holder,
            place,
        } => {
            let here = tree.at_pointer(tree.root(), seq)?;
            let has = |node: NodeId| {
                let mut items = tree.items(here).iter();
                items.any(|item| tree.same(*item, base, node))
            };
            let items = base.items(*holder);
            let item = *items.get(*place)?;
            if has(item) {
                return Some(tree.source().text().as_bytes().to_vec());
            }
            let after = items[..*place].iter().rev().find(|node| has(**node));
            edited(
                &tree,
                Edit::Item {
                    seq,
                    after: after.copied(),
                    from: (base, item),
                },
            )?
        }
        Change::Merge { map, made } => return merged(tree, map, made, made.root()),
        Change::Scalar { at, made } => edited(
            &tree,
            Edit::Scalar {
                at,
                from: (made, made.root()),
            },
        )?,
        Change::Delete => return None,
    };
    Some(text.into_bytes())
}

/// The keys before one, in their order.
fn before<'t>(tree: &'t Tree, map: NodeId, key: &str) -> Vec<&'t str> {
    let keys = tree.entries(map).map(|entry| tree.key(entry.key));
    keys.take_while(|one| *one != key).collect()
}

fn merged(mut tree: Tree, map: &Pointer, made: &Tree, holder: NodeId) -> Option<Vec<u8>> {
    for entry in made.entries(holder) {
        let key = made.key(entry.key);
        let here = tree.at_pointer(tree.root(), map)?;
        if tree.kind(here) != Kind::Map {
            return None;
        }
        let bytes = match tree.get(here, key) {
            Some(value) if made.kind(entry.value) == Kind::Map => {
                if tree.kind(value) != Kind::Map {
                    return None;
                }
                merged(tree, &map.child(key), made, entry.value)?
            }
            Some(_) => continue,
            None => {
                let keys: Vec<String> = tree
                    .entries(here)
                    .map(|entry| tree.key(entry.key).to_owned())
                    .collect();
                edited(
                    &tree,
                    Edit::Entry {
                        map,
                        after: keys.last().map(String::as_str),
                        from: (made, holder),
                        key,
                    },
                )?
                .into_bytes()
            }
        };
        tree = tree::parse_bytes("", bytes).ok()?;
    }
    Some(tree.source().text().as_bytes().to_vec())
}
