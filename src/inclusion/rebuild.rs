//! Making schemas out of schemas that may contain themselves, without recursion on the stack of the machine.

use super::schema::{Arena, Arrays, Contains, Node, NodeId, Objects, Record};
use foldhash::HashMap;
use std::hash::Hash;

/// The schemas made so far, by what they were made from.
pub(super) struct Made<'a, K> {
    known: &'a mut HashMap<K, NodeId>,
    reserved: HashMap<K, NodeId>,
}

impl<K: Clone + Eq + Hash> Made<'_, K> {
    /// The schema made from this; reserved where it is still being made.
    pub(super) fn at(&mut self, arena: &mut Arena, key: &K) -> NodeId {
        if let Some(id) = self.known.get(key) {
            return *id;
        }
        *self
            .reserved
            .entry(key.clone())
            .or_insert_with(|| arena.reserve())
    }

    fn finish(&mut self, arena: &mut Arena, key: K, made: NodeId) {
        let id = match self.reserved.remove(&key) {
            Some(id) if made == id => id,
            Some(id) => {
                let node = arena.get(made).clone();
                arena.define(id, node);
                id
            }
            None => made,
        };
        self.known.insert(key, id);
    }
}

/// How to make a schema from each of some keys.
pub(super) trait Plan {
    /// What a schema is made from.
    type Key: Clone + Eq + Hash;
    /// What has to be made first, where no circle forbids it.
    fn below(&mut self, arena: &mut Arena, key: &Self::Key) -> Vec<Self::Key>;
    /// Whether something is made at this key itself, whatever is made below.
    fn changes(&self, arena: &Arena, key: &Self::Key) -> bool;
    /// The schema of a key where nothing is made, neither here nor below.
    fn same(&self, key: &Self::Key) -> NodeId;
    /// The schema of a key where something is made.
    fn make(&mut self, arena: &mut Arena, key: &Self::Key, made: &mut Made<Self::Key>) -> NodeId;
}

/// The keys below one, with the places of those below each.
struct Graph<K> {
    keys: Vec<K>,
    below: Vec<Vec<usize>>,
}

fn explore<P: Plan>(
    plan: &mut P,
    arena: &mut Arena,
    root: P::Key,
    known: &HashMap<P::Key, NodeId>,
) -> Graph<P::Key> {
    let mut places = HashMap::from_iter([(root.clone(), 0)]);
    let mut graph = Graph {
        keys: vec![root],
        below: Vec::new(),
    };
    while let Some(key) = graph.keys.get(graph.below.len()).cloned() {
        let mut below = Vec::new();
        if !known.contains_key(&key) {
            for next in plan.below(arena, &key) {
                let place = *places.entry(next.clone()).or_insert_with(|| {
                    graph.keys.push(next);
                    graph.keys.len() - 1
                });
                below.push(place);
            }
        }
        graph.below.push(below);
    }
    graph
}

/// Which keys are changed, or have one below that is.
fn touched<P: Plan>(
    plan: &P,
    arena: &Arena,
    graph: &Graph<P::Key>,
    known: &HashMap<P::Key, NodeId>,
) -> Vec<bool> {
    let mut touched: Vec<bool> = graph
        .keys
        .iter()
        .map(|key| match known.get(key) {
            Some(id) => *id != plan.same(key),
            None => plan.changes(arena, key),
        })
        .collect();
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); graph.keys.len()];
    for (place, below) in graph.below.iter().enumerate() {
        for next in below {
            above[*next].push(place);
        }
    }
    let mut queue: Vec<usize> = (0..touched.len()).filter(|place| touched[*place]).collect();
    while let Some(place) = queue.pop() {
        for next in &above[place] {
            if !touched[*next] {
                touched[*next] = true;
                queue.push(*next);
            }
        }
    }
    touched
}

/// The schema of a key; `known` keeps what was made for it and for everything below.
pub(super) fn build<P: Plan>(
    plan: &mut P,
    arena: &mut Arena,
    root: &P::Key,
    known: &mut HashMap<P::Key, NodeId>,
) -> NodeId {
    if let Some(id) = known.get(root) {
        return *id;
    }
    let graph = explore(plan, arena, root.clone(), known);
    let touched = touched(plan, arena, &graph, known);
    for (key, touched) in graph.keys.iter().zip(&touched) {
        if !touched && !known.contains_key(key) {
            known.insert(key.clone(), plan.same(key));
        }
    }
    let mut made = Made {
        known,
        reserved: HashMap::default(),
    };
    let mut started = vec![false; graph.keys.len()];
    let mut stack = vec![(0, 0)];
    started[0] = true;
    while let Some((place, next)) = stack.last_mut() {
        let place = *place;
        let key = &graph.keys[place];
        let below = graph.below[place].get(*next).copied();
        *next += 1;
        if made.known.contains_key(key) {
            stack.pop();
        } else if let Some(below) = below {
            if !started[below] {
                started[below] = true;
                stack.push((below, 0));
            }
        } else {
            let id = plan.make(arena, key, &mut made);
            made.finish(arena, key.clone(), id);
            stack.pop();
        }
    }
    made.at(arena, root)
}

/// Every schema that a schema speaks of.
pub(super) fn children(node: &Node) -> Vec<NodeId> {
    let mut found = Vec::new();
    map(node, &mut |id| {
        found.push(id);
        id
    });
    found
}

/// The same schema about other schemas.
pub(super) fn map(node: &Node, to: &mut dyn FnMut(NodeId) -> NodeId) -> Node {
    match node {
        Node::Anything | Node::Nothing | Node::Values(_) | Node::Opaque(_) | Node::Open => {
            node.clone()
        }
        Node::Record(record) => Node::Record(Box::new(map_record(record, to))),
        Node::All(parts) => Node::All(parts.iter().map(|part| to(*part)).collect()),
        Node::Any(parts) => Node::Any(parts.iter().map(|part| to(*part)).collect()),
        Node::One(parts) => Node::One(parts.iter().map(|part| to(*part)).collect()),
        Node::Not(inner) => Node::Not(to(*inner)),
        Node::Link(inner) => Node::Link(to(*inner)),
        Node::Unevaluated {
            base,
            members,
            items,
        } => Node::Unevaluated {
            base: to(*base),
            members: members.map(&mut *to),
            items: items.map(&mut *to),
        },
    }
}

fn map_record(record: &Record, to: &mut dyn FnMut(NodeId) -> NodeId) -> Record {
    let (arrays, objects) = (&record.arrays, &record.objects);
    Record {
        types: record.types,
        numbers: record.numbers.clone(),
        strings: record.strings.clone(),
        arrays: Arrays {
            prefix: arrays.prefix.iter().map(|id| to(*id)).collect(),
            rest: arrays.rest.map(&mut *to),
            contains: arrays
                .contains
                .iter()
                .map(|contains| Contains {
                    schema: to(contains.schema),
                    ..contains.clone()
                })
                .collect(),
            ..arrays.clone()
        },
        objects: Objects {
            members: objects
                .members
                .iter()
                .map(|(name, id)| (name.clone(), to(*id)))
                .collect(),
            patterns: objects
                .patterns
                .iter()
                .map(|(pattern, id)| (pattern.clone(), to(*id)))
                .collect(),
            rest: objects.rest.map(&mut *to),
            names: objects.names.map(&mut *to),
            ..objects.clone()
        },
    }
}

/// The schemas that a schema applies to the same value and takes annotations from.
pub(super) fn in_place(node: &Node) -> Vec<NodeId> {
    match node {
        Node::Anything
        | Node::Nothing
        | Node::Values(_)
        | Node::Opaque(_)
        | Node::Open
        | Node::Record(_)
        | Node::Not(_) => Vec::new(),
        Node::All(parts) | Node::Any(parts) | Node::One(parts) => parts.to_vec(),
        Node::Link(inner) | Node::Unevaluated { base: inner, .. } => vec![*inner],
    }
}

/// A schema and all that it applies in place, each after what it applies itself; `None` where one applies itself.
pub(super) fn in_place_order(arena: &Arena, root: NodeId) -> Option<Vec<NodeId>> {
    let mut order = Vec::new();
    // True once everything below stands in the order.
    let mut state: HashMap<NodeId, bool> = HashMap::default();
    let mut stack = vec![(root, in_place(arena.get(root)).into_iter())];
    state.insert(root, false);
    while let Some((_, below)) = stack.last_mut() {
        if let Some(next) = below.next() {
            match state.get(&next) {
                Some(true) => {}
                Some(false) => return None,
                None => {
                    state.insert(next, false);
                    stack.push((next, in_place(arena.get(next)).into_iter()));
                }
            }
        } else if let Some((id, _)) = stack.pop() {
            state.insert(id, true);
            order.push(id);
        }
    }
    Some(order)
}
