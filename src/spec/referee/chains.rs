//! How many schemas apply to one value one inside the other: what a validator's recursion costs.

use crate::spec::bundle::{At, Bundle, FileId};
use foldhash::HashMap;
use std::{
    cell::{Cell, RefCell},
    collections::hash_map::Entry,
};

/// Longest chains by the node they start at.
#[derive(Debug, Default)]
pub(super) struct Chains {
    known: RefCell<HashMap<At, usize>>,
    all: Cell<Option<usize>>,
}

impl Chains {
    /// The longest chain that starts at one of these nodes.
    pub(super) fn longest(&self, bundle: &Bundle, nodes: &[At]) -> usize {
        let mut known = self.known.borrow_mut();
        let lengths = nodes.iter().map(|at| measure(bundle, *at, &mut known));
        lengths.max().unwrap_or(1)
    }

    /// The longest chain of all files.
    pub(super) fn longest_of_all(&self, bundle: &Bundle) -> usize {
        if let Some(length) = self.all.get() {
            return length;
        }
        let mut nodes = Vec::new();
        for (file, document) in (0u16..).map(FileId).zip(&bundle.files) {
            nodes.extend(document.tree.nodes().map(|node| At { file, node }));
        }
        let length = self.longest(bundle, &nodes);
        self.all.set(Some(length));
        length
    }
}

/// An open node is known as 0: a circle ends there, as it does for the validator.
fn measure(bundle: &Bundle, start: At, known: &mut HashMap<At, usize>) -> usize {
    if let Some(length) = known.get(&start) {
        return *length;
    }
    let mut open = vec![(start, false)];
    while let Some((at, done)) = open.pop() {
        let inner = in_place(bundle, at);
        if done {
            let below = inner.iter().filter_map(|at| known.get(at)).max();
            let length = 1 + below.copied().unwrap_or(0);
            known.insert(at, length);
        } else if let Entry::Vacant(slot) = known.entry(at) {
            slot.insert(0);
            open.push((at, true));
            open.extend(inner.into_iter().map(|at| (at, false)));
        }
    }
    known.get(&start).copied().unwrap_or(1)
}

/// The schemas that apply to the same value.
fn in_place(bundle: &Bundle, at: At) -> Vec<At> {
    let mut found: Vec<At> = bundle.target(at).into_iter().collect();
    for keyword in ["allOf", "anyOf", "oneOf"] {
        if let Some(list) = bundle.get(at, keyword) {
            found.extend(bundle.items(list));
        }
    }
    for keyword in ["not", "if", "then", "else"] {
        found.extend(bundle.get(at, keyword));
    }
    for keyword in ["dependentSchemas", "dependencies"] {
        if let Some(map) = bundle.get(at, keyword) {
            found.extend(bundle.entries(map).map(|(_, at)| at));
        }
    }
    found
}
