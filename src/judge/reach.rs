//! Which places of the surface a pair of schemas stands at.

use super::sites::{Spot, Surface};
use crate::diff::{Comparison, PairId, PlaceId};
use crate::spec::Segment;
use foldhash::{HashMap, HashMapExt as _, HashSet};
use std::{collections::VecDeque, fmt::Write, rc::Rc};

/// Where the pairs that matter stand.
#[derive(Debug)]
pub(super) struct Reach<'a, 'c, 'd> {
    comparison: &'a Comparison<'c, 'd>,
    /// By pair: the search that met it, and its position there.
    met: HashMap<PairId, Vec<(u32, u32)>>,
    searches: Vec<Search>,
}

/// A breadth-first search from one pair, shared by all places that hold it.
#[derive(Debug)]
struct Search {
    places: Vec<PlaceId>,
    /// The pair, the position it was met from, and the edge taken there.
    order: Vec<(PairId, u32, u32)>,
}

impl<'a, 'c, 'd> Reach<'a, 'c, 'd> {
    /// Finds where these pairs stand.
    pub(super) fn find(comparison: &'a Comparison<'c, 'd>, wanted: &HashSet<PairId>) -> Self {
        let graph = &comparison.graph;
        let mut by_pair: HashMap<PairId, usize> = HashMap::new();
        let mut searches: Vec<Search> = Vec::new();
        for root in &graph.roots {
            let index = *by_pair.entry(root.pair).or_insert_with(|| {
                searches.push(Search {
                    places: Vec::new(),
                    order: vec![(root.pair, 0, 0)],
                });
                searches.len() - 1
            });
            searches[index].places.push(root.place);
        }
        let mut met: HashMap<PairId, Vec<(u32, u32)>> = HashMap::new();
        let mut seen = vec![u32::MAX; graph.pairs.len()];
        for (number, search) in (0u32..).zip(&mut searches) {
            let mut queue = VecDeque::from([0u32]);
            seen[search.order[0].0.0 as usize] = number;
            while let Some(position) = queue.pop_front() {
                let pair = search.order[position as usize].0;
                if wanted.contains(&pair) {
                    met.entry(pair).or_default().push((number, position));
                }
                for (edge, (_, next)) in (0u32..).zip(&graph.pairs[pair.0 as usize].edges) {
                    if seen[next.0 as usize] != number {
                        seen[next.0 as usize] = number;
                        queue.push_back(u32::try_from(search.order.len()).unwrap_or(u32::MAX));
                        search.order.push((*next, position, edge));
                    }
                }
            }
        }
        Self {
            comparison,
            met,
            searches,
        }
    }

    /// The places a pair stands at, the nearest first.
    pub(super) fn of_pair(&self, pair: PairId, surface: &Surface) -> Vec<Spot> {
        let mut spots = Vec::new();
        for (number, position) in self.met.get(&pair).into_iter().flatten() {
            let search = &self.searches[*number as usize];
            let (path, depth) = self.path(search, *position);
            let path: Rc<str> = path.into();
            spots.extend(search.places.iter().map(|place| Spot {
                depth,
                place: *place,
                path: Rc::clone(&path),
                found: Some((*number, *position)),
            }));
        }
        spots.sort_by(|a, b| a.order(b, surface));
        spots.dedup();
        spots
    }

    /// The pair at a spot's place.
    pub(super) fn root(&self, spot: &Spot) -> Option<PairId> {
        let (number, _) = spot.found?;
        Some(self.searches[number as usize].order[0].0)
    }

    /// The pair at a spot's place, and the steps from there.
    pub(super) fn steps(&self, spot: &Spot) -> Option<(PairId, Vec<Segment>)> {
        let (number, position) = spot.found?;
        let search = &self.searches[number as usize];
        let (mut steps, mut at) = (Vec::new(), position);
        while at != 0 {
            let (_, from, edge) = search.order[at as usize];
            let pair = search.order[from as usize].0;
            let (segment, _) = &self.comparison.graph.pairs[pair.0 as usize].edges[edge as usize];
            steps.push(segment.clone());
            at = from;
        }
        steps.reverse();
        Some((search.order[0].0, steps))
    }

    fn path(&self, search: &Search, position: u32) -> (String, u32) {
        let mut steps = Vec::new();
        let mut at = position;
        while at != 0 {
            let (_, from, edge) = search.order[at as usize];
            steps.push((from, edge));
            at = from;
        }
        let mut path = String::new();
        for (from, edge) in steps.iter().rev() {
            let pair = search.order[*from as usize].0;
            let (segment, _) = &self.comparison.graph.pairs[pair.0 as usize].edges[*edge as usize];
            let _ = write!(path, "{segment}");
        }
        (path, u32::try_from(steps.len()).unwrap_or(u32::MAX))
    }
}
