//! Every place that a contract declares in an answer: what could be seen.

use super::{path::Path, places};
use crate::spec::{At, Media, Schemas, Segment, Shape};
use std::collections::BTreeSet;

/// How deep places are listed.
const DEEPEST: usize = 8;
/// How many places of one body are listed.
const MOST: usize = 2_000;

/// The members that a media type's schema declares, those that are only written left out. What contains itself is listed once.
#[must_use]
pub(crate) fn declared(schemas: &Schemas<'_>, media: &Media<'_>) -> BTreeSet<Path> {
    let mut found = BTreeSet::new();
    if let Some(Shape::Node(at)) = &media.shape {
        let mut listing = Listing {
            schemas,
            found: &mut found,
            trail: Vec::new(),
        };
        listing.place(&Path::root(), &[*at]);
    }
    found
}

struct Listing<'l, 'd> {
    schemas: &'l Schemas<'d>,
    found: &'l mut BTreeSet<Path>,
    trail: Vec<Vec<At>>,
}

impl Listing<'_, '_> {
    fn place(&mut self, path: &Path, nodes: &[At]) {
        let atoms = places::atoms(self.schemas, nodes);
        if self.trail.len() >= DEEPEST || self.found.len() >= MOST || self.trail.contains(&atoms) {
            return;
        }
        self.trail.push(atoms);
        let here = places::here(self.schemas, nodes);
        let properties = here.iter().flat_map(|schema| &schema.properties);
        let names: BTreeSet<&str> = properties.map(|property| property.name).collect();
        for name in names {
            let Some(member) = places::member(self.schemas, &here, name) else {
                continue;
            };
            if self.schemas.access(&member.nodes).write_only {
                continue;
            }
            let inside = path.child(member.step);
            self.found.insert(inside.clone());
            self.place(&inside, &member.nodes);
        }
        let items = places::item(&here, usize::MAX);
        if !items.nodes.is_empty() {
            self.place(&path.child(Segment::Items), &items.nodes);
        }
        self.trail.pop();
    }
}
