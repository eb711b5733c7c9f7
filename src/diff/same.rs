//! Whether two nodes mean the same, references included, without walking what is equal.

use super::subtypes::{Subtypes, paired};
use crate::spec::{At, Bundle, Dialect, SchemaId, Schemas};
use foldhash::{HashMap, HashSet, HashSetExt as _};
use std::{cell::RefCell, rc::Rc};

#[derive(Debug, Default)]
struct Known {
    index: HashMap<(At, At), usize>,
    /// Whether the pair differs; settled once a question has been answered.
    differs: Vec<bool>,
    /// Pairs whose answer depends on this one's.
    dependents: Vec<Vec<usize>>,
}

/// Answers for one comparison, each worked out once.
#[derive(Debug)]
pub struct Sameness<'d> {
    old: &'d Bundle,
    new: &'d Bundle,
    /// Equal text of two dialects may mean different things.
    comparable: bool,
    /// What the bases of both sides are extended to, which no reference says.
    pub(super) subtypes: Rc<(Subtypes<'d>, Subtypes<'d>)>,
    known: RefCell<Known>,
}

impl<'d> Sameness<'d> {
    /// For the nodes of these two bundles; a thorough answer is that nothing is the same.
    #[must_use]
    pub fn new(old: &'d Bundle, new: &'d Bundle, thorough: bool) -> Self {
        let modern = |dialect| matches!(dialect, Dialect::OpenApi31 | Dialect::OpenApi32);
        Self {
            old,
            new,
            comparable: !thorough
                && (old.dialect == new.dialect || (modern(old.dialect) && modern(new.dialect))),
            subtypes: Rc::new((Subtypes::find(old), Subtypes::find(new))),
            known: RefCell::default(),
        }
    }

    /// Whether both nodes are written alike and everything they reference is, too. `false` means "look closer".
    #[must_use]
    pub fn nodes(&self, old: At, new: At) -> bool {
        if !self.comparable {
            return false;
        }
        let known = &mut *self.known.borrow_mut();
        if let Some(index) = known.index.get(&(old, new)) {
            return !known.differs[*index];
        }
        let first = known.differs.len();
        let mut open = vec![self.enter(known, (old, new))];
        while let Some((index, (old, new))) = open.pop() {
            if known.differs[index] {
                continue;
            }
            let Some(references) = self.references(old, new) else {
                known.differs[index] = true;
                continue;
            };
            let subtypes = (self.subtypes.0.of_node(old), self.subtypes.1.of_node(new));
            let heirs = paired(subtypes.0, subtypes.1).map(|(_, old, new)| (Some(old), Some(new)));
            let heirs: Vec<_> = heirs.collect();
            if heirs.len() != subtypes.0.len() || heirs.len() != subtypes.1.len() {
                known.differs[index] = true;
                continue;
            }
            let targets = references
                .into_iter()
                .map(|(old, new)| (self.old.target(old), self.new.target(new)));
            for targets in targets.chain(heirs) {
                match targets {
                    (None, None) => {}
                    (Some(old), Some(new)) => {
                        if let Some(&target) = known.index.get(&(old, new)) {
                            if known.differs[target] {
                                known.differs[index] = true;
                            } else {
                                known.dependents[target].push(index);
                            }
                        } else {
                            let entered = self.enter(known, (old, new));
                            known.dependents[entered.0].push(index);
                            open.push(entered);
                        }
                    }
                    _ => known.differs[index] = true,
                }
            }
        }
        // What a differing pair is part of differs, too; whatever is then left is the same, cycles included.
        let mut spread: Vec<usize> = (first..known.differs.len())
            .filter(|index| known.differs[*index])
            .collect();
        while let Some(index) = spread.pop() {
            for dependent in std::mem::take(&mut known.dependents[index]) {
                if !known.differs[dependent] {
                    known.differs[dependent] = true;
                    spread.push(dependent);
                }
            }
        }
        !known.differs[first]
    }

    /// The references of two nodes that are written alike, each with its counterpart.
    fn references(&self, old: At, new: At) -> Option<Vec<(At, At)>> {
        let (old_refs, new_refs) = (self.old.references_in(old), self.new.references_in(new));
        if old_refs.len() != new_refs.len() {
            return None;
        }
        let alike =
            |(old, new): (&At, &At)| self.old.text(*old, "$ref") == self.new.text(*new, "$ref");
        if old_refs.iter().zip(&new_refs).all(alike) {
            return Some(old_refs.into_iter().zip(new_refs).collect());
        }
        // Keys in another order bring the references in another order: go by the keys.
        let mut found = Vec::with_capacity(old_refs.len());
        let mut open = vec![(old, new)];
        let mut seen = HashSet::new();
        while let Some((old, new)) = open.pop() {
            if !seen.insert((old, new)) {
                continue;
            }
            if self.old.is_ref(old) {
                found.push((old, new));
            }
            for (key, child) in self.old.entries(old) {
                open.push((child, self.new.get(new, key)?));
            }
            open.extend(self.old.items(old).zip(self.new.items(new)));
        }
        Some(found)
    }

    fn enter(&self, known: &mut Known, pair: (At, At)) -> (usize, (At, At)) {
        let (old, new) = pair;
        let index = known.differs.len();
        known.index.insert(pair, index);
        let equal = self
            .old
            .tree(old.file)
            .same(old.node, self.new.tree(new.file), new.node);
        known.differs.push(!equal);
        known.dependents.push(Vec::new());
        (index, pair)
    }

    /// The same for optional nodes; two absent ones are the same.
    #[must_use]
    pub fn options(&self, old: Option<At>, new: Option<At>) -> bool {
        match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) => self.nodes(old, new),
            _ => false,
        }
    }

    /// Whether two schemas are made of the same nodes.
    #[must_use]
    pub fn schemas(&self, old: (&Schemas<'d>, SchemaId), new: (&Schemas<'d>, SchemaId)) -> bool {
        let (old, new) = (old.0.key_of(old.1), new.0.key_of(new.1));
        old.or_null == new.or_null
            && old.form == new.form
            && old.atoms.len() == new.atoms.len()
            && old
                .atoms
                .iter()
                .zip(&new.atoms)
                .all(|(old, new)| old.quiet == new.quiet && self.nodes(old.at, new.at))
    }
}
