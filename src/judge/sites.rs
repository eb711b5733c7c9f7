//! Every place of the surface that a pair of schemas stands at, by the shortest path.

use crate::diff::{Comparison, PairId, PlaceId};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    fmt::Write,
};

/// One place with the steps from it to the pair.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reached {
    /// Steps beneath the place; fewer come first.
    pub(super) depth: u32,
    /// The element id.
    pub(super) element: String,
    pub(super) place: PlaceId,
}

/// Where the pairs that matter stand.
#[derive(Debug)]
pub(super) struct Sites<'a, 'c, 'd> {
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

impl<'a, 'c, 'd> Sites<'a, 'c, 'd> {
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

    /// The places a pair stands at.
    pub(super) fn of_pair(&self, pair: PairId) -> Vec<Reached> {
        let mut reached = Vec::new();
        for (search, position) in self.met.get(&pair).into_iter().flatten() {
            let search = &self.searches[*search as usize];
            let (path, depth) = self.path(search, *position);
            for place in &search.places {
                let mut element = self.comparison.places.element(*place);
                if !path.is_empty() {
                    element.push_str(" > ");
                    element.push_str(&path);
                }
                reached.push(Reached {
                    depth,
                    element,
                    place: *place,
                });
            }
        }
        reached
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
