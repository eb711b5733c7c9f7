//! Schemas that contain themselves without a value in between: `{"$ref": "#"}` says nothing, and `not` around it
//! contradicts itself. Nothing is taken to be known of them.

use super::super::schema::{Arena, Node, NodeId};
use foldhash::HashMap;

/// For every node that was looked at, whether it closes a circle in place.
#[derive(Debug, Default)]
pub(super) struct Circles(HashMap<NodeId, bool>);

/// The schemas that say something about the same value.
fn in_place(node: &Node) -> &[NodeId] {
    match node {
        Node::All(parts) | Node::Any(parts) | Node::One(parts) => parts,
        Node::Not(inner) | Node::Link(inner) => std::slice::from_ref(inner),
        Node::Anything
        | Node::Nothing
        | Node::Record(_)
        | Node::Values(_)
        | Node::Unevaluated { .. }
        | Node::Opaque(_)
        | Node::Open => &[],
    }
}

impl Circles {
    /// Whether nothing can be said about this node: every circle in place goes through at least one such node.
    pub(super) fn holds(&mut self, arena: &Arena, id: NodeId) -> bool {
        if in_place(arena.get(id)).is_empty() {
            return false;
        }
        if let Some(known) = self.0.get(&id) {
            return *known;
        }
        self.explore(arena, id);
        self.0.get(&id).copied().unwrap_or(false)
    }

    fn explore(&mut self, arena: &Arena, root: NodeId) {
        let mut path: Vec<(NodeId, usize)> = vec![(root, 0)];
        let mut places: HashMap<NodeId, usize> = HashMap::default();
        places.insert(root, 0);
        while let Some((id, next)) = path.last_mut() {
            let Some(child) = in_place(arena.get(*id)).get(*next).copied() else {
                self.0.entry(*id).or_insert(false);
                places.remove(id);
                path.pop();
                continue;
            };
            *next += 1;
            if let Some(start) = places.get(&child) {
                for (circular, _) in path.iter().skip(*start) {
                    self.0.insert(*circular, true);
                }
            } else if !self.0.contains_key(&child) && !in_place(arena.get(child)).is_empty() {
                places.insert(child, path.len());
                path.push((child, 0));
            }
        }
    }
}
