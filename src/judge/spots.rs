//! The places that edits reach, found once for each pair of schemas.

use super::{
    proof::gates,
    reach::Reach,
    run::{Seen, Sighting},
    sites::{Spot, Surface},
};
use crate::diff::{Comparison, PairId};
use crate::spec::Segment;
use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use std::rc::Rc;

/// The places of a comparison.
pub(super) struct Spots<'a, 'c, 'd> {
    pub(super) surface: Rc<Surface>,
    reach: Reach<'a, 'c, 'd>,
    /// The pairs of places that were proved to lose nothing, whatever breaks within.
    safe: HashSet<PairId>,
    known: HashMap<PairId, Rc<[Spot]>>,
    /// Those of them where what was proved to break may break.
    unsafe_ones: HashMap<PairId, Rc<[Spot]>>,
}

impl<'a, 'c, 'd> Spots<'a, 'c, 'd> {
    /// The places of these pairs.
    pub(super) fn new(
        comparison: &'a Comparison<'c, 'd>,
        wanted: &HashSet<PairId>,
        safe: HashSet<PairId>,
    ) -> Self {
        Self {
            surface: Rc::new(Surface::of(&comparison.places)),
            reach: Reach::find(comparison, wanted),
            safe,
            known: HashMap::new(),
            unsafe_ones: HashMap::new(),
        }
    }

    /// The places that sightings of one edit reach, the nearest first.
    pub(super) fn of(&mut self, group: &[&Sighting]) -> Rc<[Spot]> {
        if let [one] = group {
            return self.of_one(one);
        }
        let mut all: Vec<Spot> = Vec::new();
        for sighting in group {
            all.extend(self.of_one(sighting).iter().cloned());
        }
        all.sort_by(|a, b| a.order(b, &self.surface));
        // One per place: the shortest path there. A bare schema that travels both ways is one place.
        let mut met = HashSet::new();
        all.retain(|spot| met.insert(self.surface.element(spot.place).to_owned()));
        all.into()
    }

    fn of_one(&mut self, sighting: &Sighting) -> Rc<[Spot]> {
        match sighting.seen {
            // What the sets of values do not decide breaks wherever it stands.
            Seen::Schemas(pair) if gates(sighting.verdict) && sighting.proof.is_some() => {
                self.where_lost(pair)
            }
            Seen::Schemas(pair) => self.of_pair(pair),
            Seen::Place(place) => Rc::new([Spot {
                depth: 0,
                place,
                path: "".into(),
                found: None,
            }]),
        }
    }

    /// The places that a pair stands at, the nearest first.
    pub(super) fn of_pair(&mut self, pair: PairId) -> Rc<[Spot]> {
        let (reach, surface) = (&self.reach, &self.surface);
        let spots = self.known.entry(pair);
        Rc::clone(spots.or_insert_with(|| reach.of_pair(pair, surface).into()))
    }

    /// Those of them that were not proved to lose nothing.
    fn where_lost(&mut self, pair: PairId) -> Rc<[Spot]> {
        let all = self.of_pair(pair);
        if self.safe.is_empty() {
            return all;
        }
        let (reach, safe) = (&self.reach, &self.safe);
        let may_break = |spot: &&Spot| {
            let root = reach.root(spot);
            root.is_none_or(|root| !safe.contains(&root))
        };
        let spots = self.unsafe_ones.entry(pair);
        Rc::clone(spots.or_insert_with(|| all.iter().filter(may_break).cloned().collect()))
    }

    /// The pair at a spot's place, and the steps from there.
    pub(super) fn steps(&self, spot: &Spot) -> Option<(PairId, Vec<Segment>)> {
        self.reach.steps(spot)
    }
}
