//! A schema with some of its subschemas taken for others: to ask about one edit, everything else is kept as it was.

use super::{Key, Lowering, plan::Plan, read::Reader};
use crate::inclusion::{Arena, NodeId, Types};
use crate::spec::{bundle::At, schemas};
use crate::variance::Direction;
use foldhash::{HashMap, HashMapExt as _, HashSet};

/// Schemas that apply to one value, one inside the other, that are read for one question only.
const DEEPEST: usize = 64;

/// What to take for something else.
#[derive(Debug, Default)]
pub struct Overlay {
    /// Nodes with the schemas they are taken for.
    pub twins: HashMap<At, NodeId>,
    /// Nodes for values inside that twins stand beneath.
    pub fresh: HashSet<At>,
}

impl Lowering<'_> {
    /// What an interned schema allows with an overlay; nothing of it is remembered.
    pub fn key_over(
        &mut self,
        arena: &mut Arena,
        key: &schemas::Key,
        direction: Option<Direction>,
        overlay: &Overlay,
    ) -> NodeId {
        let mut path = Vec::new();
        if key.form {
            let plan = self.context.form(key, direction);
            return self.build_over(arena, plan, overlay, &mut path);
        }
        let nodes = self.context.outermost(key);
        let keys = self.context.together(&nodes, direction);
        let parts = keys
            .into_iter()
            .map(|key| self.fresh(arena, key, overlay, &mut path))
            .collect();
        let inner = arena.all(parts);
        if !key.or_null {
            return inner;
        }
        let null = arena.types(Types::NULL);
        arena.any(vec![inner, null])
    }

    fn over(
        &mut self,
        arena: &mut Arena,
        key: Key,
        in_place: bool,
        overlay: &Overlay,
        path: &mut Vec<Key>,
    ) -> NodeId {
        if overlay.fresh.contains(&key.at) {
            return self.fresh(arena, key, overlay, path);
        }
        match overlay.twins.get(&key.at) {
            Some(twin) => *twin,
            None if in_place => self.fresh(arena, key, overlay, path),
            None => self.lower(arena, key, None),
        }
    }

    /// A schema with the overlay within it; it stands for itself, though it may be a twin where it is its own member.
    fn fresh(
        &mut self,
        arena: &mut Arena,
        key: Key,
        overlay: &Overlay,
        path: &mut Vec<Key>,
    ) -> NodeId {
        if path.len() >= DEEPEST || path.contains(&key) {
            return self.lower(arena, key, None);
        }
        path.push(key);
        let plan = Reader::new(&mut self.context, key).read();
        let id = self.build_over(arena, plan, overlay, path);
        path.pop();
        id
    }

    fn build_over(
        &mut self,
        arena: &mut Arena,
        plan: Plan,
        overlay: &Overlay,
        path: &mut Vec<Key>,
    ) -> NodeId {
        let (mut inside, mut beside) = (Vec::new(), Vec::new());
        plan.keys(&mut inside);
        plan.beside(&mut beside);
        let mut known = HashMap::new();
        for key in inside {
            let in_place = beside.contains(&key);
            let id = self.over(arena, key, in_place, overlay, path);
            known.insert(key, id);
        }
        plan.build(arena, &|key| {
            known.get(&key).copied().unwrap_or(Arena::ANYTHING)
        })
    }
}
