//! Where a comparison meets what is said about life cycles: deprecation, sunset, and stability.

use super::{
    fingerprint::Prefix,
    reach::Reach,
    sites::{Sites, Spot, Surface},
};
use crate::diff::{Comparison, PairId, Visit};
use crate::spec::{At, Bundle};
use foldhash::HashSet;
use std::{collections::BTreeMap, rc::Rc};

/// The keys that say something about a life cycle, wherever they stand.
pub const MARKS: [&str; 8] = [
    "deprecated",
    "x-deprecation",
    "x-sunset",
    "x-deprecated-since",
    "x-stability-level",
    "x-snyk-sunset-eligible",
    "x-enum-deprecations",
    "x-lifecycle",
];

/// One thing that one version or both say something about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The elements it stands for, the nearest first; a shared schema is several.
    pub elements: Vec<String>,
    /// Its nodes in the old version.
    pub old: Vec<At>,
    /// Its nodes in the new version.
    pub new: Vec<At>,
}

/// Everything marked among what a comparison looked at, in the order of the elements.
#[must_use]
pub fn marked(comparison: &Comparison<'_, '_>) -> Vec<Marked> {
    let (old, new) = (comparison.old.bundle, comparison.new.bundle);
    let mut found: BTreeMap<(Vec<At>, Vec<At>), Vec<String>> = BTreeMap::new();
    for (place, visit) in &comparison.visits {
        let nodes = nodes(visit, old, new);
        if nodes.0.iter().any(|at| is_marked(old, *at))
            || nodes.1.iter().any(|at| is_marked(new, *at))
        {
            let element = comparison.places.element(*place);
            found.entry(nodes).or_default().push(element);
        }
    }
    let graph = &comparison.graph;
    let atoms = |pair: PairId| {
        let question = graph.pairs[pair.0 as usize].question;
        let of = |key: Rc<crate::spec::Key>| key.atoms.iter().map(|atom| atom.at).collect();
        let old: Vec<At> = of(graph.old.key_of(question.old));
        let new: Vec<At> = of(graph.new.key_of(question.new));
        (old, new)
    };
    let all = (0..u32::try_from(graph.pairs.len()).unwrap_or(u32::MAX)).map(PairId);
    let wanted: HashSet<PairId> = all
        .filter(|pair| {
            let nodes = atoms(*pair);
            nodes.0.iter().any(|at| is_marked(old, *at))
                || nodes.1.iter().any(|at| is_marked(new, *at))
        })
        .collect();
    if !wanted.is_empty() {
        let surface = Rc::new(Surface::of(&comparison.places));
        let reach = Reach::find(comparison, &wanted);
        let mut pairs: Vec<PairId> = wanted.into_iter().collect();
        pairs.sort();
        for pair in pairs {
            let spots: Rc<[Spot]> = reach.of_pair(pair, &surface).into();
            let prefix = Prefix::new("", "", None, None, None);
            let Some(sites) = Sites::reached(&surface, spots, "", prefix) else {
                continue;
            };
            let elements = found.entry(atoms(pair)).or_default();
            elements.extend(sites.elements());
        }
    }
    let mut marked: Vec<Marked> = found
        .into_iter()
        .map(|((old, new), mut elements)| {
            let mut seen = HashSet::default();
            elements.retain(|element| seen.insert(element.clone()));
            Marked { elements, old, new }
        })
        .collect();
    marked.sort_by(|a, b| a.elements.cmp(&b.elements));
    marked
}

/// The nodes that a mark may stand in; for the document, `info`.
fn nodes(visit: &Visit<'_, '_>, old: &Bundle, new: &Bundle) -> (Vec<At>, Vec<At>) {
    let around = visit.around();
    let (before, after) = match visit {
        Visit::Document(_) => (
            around.0.and_then(|at| old.get(at, "info")),
            around.1.and_then(|at| new.get(at, "info")),
        ),
        Visit::Server(_)
        | Visit::Scheme(_)
        | Visit::Component(_)
        | Visit::Operation(_)
        | Visit::Parameter(_)
        | Visit::Body(_)
        | Visit::Media(_)
        | Visit::Encoding(_)
        | Visit::Response(..)
        | Visit::Header(_)
        | Visit::Link(_) => around,
    };
    (before.into_iter().collect(), after.into_iter().collect())
}

fn is_marked(bundle: &Bundle, at: At) -> bool {
    MARKS.iter().any(|key| bundle.get(at, key).is_some())
}
