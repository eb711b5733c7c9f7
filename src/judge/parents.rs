//! Where a thing of the surface that one version lacks would stand there: the nearest parent that is left.

use crate::diff::{Comparison, PlaceId, Places, Visit};
use crate::spec::{At, Bundle};
use foldhash::{HashMap, HashMapExt as _};

/// The nodes at a place, old and new.
pub(super) type Sides = (Option<At>, Option<At>);

/// The nodes of the places seen so far.
pub(super) struct Parents<'a> {
    places: &'a Places,
    bundles: (&'a Bundle, &'a Bundle),
    nodes: HashMap<PlaceId, Sides>,
}

impl<'a> Parents<'a> {
    pub(super) fn of(comparison: &'a Comparison<'_, '_>) -> Self {
        Self {
            places: &comparison.places,
            bundles: (comparison.old.bundle, comparison.new.bundle),
            nodes: HashMap::new(),
        }
    }

    /// What stands at a place or, on the side that lacks it, nearest around it. Parents come first.
    pub(super) fn around(&mut self, place: PlaceId, visit: &Visit<'_, '_>) -> Sides {
        let own = visit.around();
        let (mut old, mut new) = own;
        let mut parent = self.places.get(place).parent;
        while let Some(above) = parent.filter(|_| old.is_none() || new.is_none()) {
            if let Some((before, after)) = self.nodes.get(&above) {
                (old, new) = (old.or(*before), new.or(*after));
            }
            parent = self.places.get(above).parent;
        }
        // The document is around everything: what its text has in common with the other one's is nearer.
        let (before, after) = self.bundles;
        if let (Some(here), None) = own
            && new.is_none_or(|at| at == after.root())
        {
            new = Some(shared(before, here, after));
        } else if let (None, Some(here)) = own
            && old.is_none_or(|at| at == before.root())
        {
            old = Some(shared(after, here, before));
        }
        self.nodes.entry(place).or_insert((old, new));
        (old, new)
    }
}

/// The deepest node of a document on the way to where the other one has something.
fn shared(here: &Bundle, at: At, there: &Bundle) -> At {
    let mut found = there.root();
    if at.file != here.root().file {
        return found;
    }
    for step in here.tree(at.file).pointer(at.node).segments() {
        let Some(next) = there.get(found, &step) else {
            break;
        };
        found = next;
    }
    found
}
