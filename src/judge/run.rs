//! Asks every rule about every place.

use super::{
    finding::Proof,
    parents::{Parents, Sides},
};
use crate::diff::{Comparison, Pair, PairId, PlaceId, Visit};
use crate::rules::{self, BranchView, Detect, Hit, Hits, ResponseView, Rule, SchemaView, View};
use crate::variance::{Direction, Effect, Verdict};

/// Where a hit was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Seen {
    /// On the surface.
    Place(PlaceId),
    /// In a pair of schemas.
    Schemas(PairId),
}

/// A hit with its rule and its meaning.
#[derive(Debug)]
pub(super) struct Sighting {
    pub(super) rule: &'static Rule,
    pub(super) seen: Seen,
    pub(super) direction: Option<Direction>,
    pub(super) effect: Effect,
    pub(super) verdict: Verdict,
    /// What stands at the place, for the side the hit has no node on.
    pub(super) around: Sides,
    /// Where a thing that only one side has is asked for, when the hit is about the whole thing.
    pub(super) entries: Sides,
    pub(super) hit: Hit,
    /// What the proof engine says, where it was asked.
    pub(super) proof: Option<Proof>,
    /// The pair that a witness is a payload of.
    pub(super) shown: Option<PairId>,
}

/// Everything the rules see.
pub(super) fn run(comparison: &Comparison<'_, '_>) -> Vec<Sighting> {
    let mut sightings = Vec::new();
    let (schema_rules, surface_rules): (Vec<&'static Rule>, Vec<_>) = rules::all()
        .filter(|rule| {
            !matches!(
                rule.detect,
                Detect::Diagnostic | Detect::Raised | Detect::Proved | Detect::Governed
            )
        })
        .partition(|rule| {
            matches!(
                rule.detect,
                Detect::Schema(_) | Detect::Hint(_) | Detect::Branches(_)
            )
        });
    let mut parents = Parents::of(comparison);
    for (place, visit) in &comparison.visits {
        let asked = Asked {
            comparison,
            place: *place,
            around: parents.around(*place, visit),
            catalogue: &surface_rules,
        };
        asked.visit(visit, &mut sightings);
    }
    schemas(comparison, &schema_rules, &mut sightings);
    sightings
}

struct Asked<'a, 'c, 'd> {
    comparison: &'a Comparison<'c, 'd>,
    place: PlaceId,
    around: Sides,
    catalogue: &'a [&'static Rule],
}

impl<'a, 'c, 'd> Asked<'a, 'c, 'd> {
    fn view<T>(&self, pair: Pair<'c, T>) -> View<'a, 'c, 'd, T> {
        View {
            pair,
            comparison: self.comparison,
            direction: self.comparison.places.get(self.place).direction,
        }
    }

    fn visit(&self, visit: &Visit<'c, 'd>, into: &mut Vec<Sighting>) {
        for rule in self.catalogue {
            let mut hits = Hits::default();
            match (visit, rule.detect) {
                (Visit::Document(pair), Detect::Document(detect)) => {
                    detect(&self.view(*pair), &mut hits);
                }
                (Visit::Server(pair), Detect::Server(detect)) => {
                    detect(&self.view(*pair), &mut hits);
                }
                (Visit::Scheme(pair), Detect::Scheme(detect)) => {
                    detect(&self.view(*pair), &mut hits);
                }
                (Visit::Component(pair), Detect::Component(detect)) => {
                    detect(&self.view(*pair), &mut hits);
                }
                (Visit::Operation(pair), Detect::Operation(detect)) => {
                    detect(&self.view(*pair), &mut hits);
                }
                (Visit::Parameter(pair), Detect::Parameter(detect)) => {
                    detect(&self.view(*pair), &mut hits);
                }
                (Visit::Body(pair), Detect::Body(detect)) => detect(&self.view(*pair), &mut hits),
                (Visit::Media(pair), Detect::Media(detect)) => detect(&self.view(*pair), &mut hits),
                (Visit::Encoding(pair), Detect::Encoding(detect)) => {
                    detect(&self.view(*pair), &mut hits);
                }
                (Visit::Header(pair), Detect::Header(detect)) => {
                    detect(&self.view(*pair), &mut hits);
                }
                (Visit::Link(pair), Detect::Link(detect)) => detect(&self.view(*pair), &mut hits),
                (Visit::Response(pair, coverage), Detect::Response(detect)) => {
                    let view = ResponseView {
                        view: self.view(*pair),
                        coverage: *coverage,
                    };
                    detect(&view, &mut hits);
                }
                _ => continue,
            }
            for hit in hits.0 {
                into.push(self.sighting(rule, visit, hit));
            }
        }
    }

    fn sighting(&self, rule: &'static Rule, visit: &Visit<'_, '_>, hit: Hit) -> Sighting {
        let direction = self.comparison.places.get(self.place).direction;
        let (own, entries) = (visit.around(), visit.entries());
        let effect = hit.effect.unwrap_or(rule.effect);
        Sighting {
            rule,
            seen: Seen::Place(self.place),
            direction,
            effect,
            // Where nothing travels, an edit of the surface is what a caller may ask for.
            verdict: rule.verdict(
                effect,
                direction.unwrap_or(Direction::Input),
                self.comparison.options.reading,
            ),
            around: self.around,
            entries: (
                entries.0.filter(|_| hit.old == own.0),
                entries.1.filter(|_| hit.new == own.1),
            ),
            hit,
            proof: None,
            shown: None,
        }
    }
}

fn schemas(comparison: &Comparison<'_, '_>, catalogue: &[&'static Rule], into: &mut Vec<Sighting>) {
    let graph = &comparison.graph;
    for (index, pair) in (0u32..).zip(&graph.pairs) {
        let question = pair.question;
        let (old, new) = (graph.old.get(question.old), graph.new.get(question.new));
        let view = SchemaView::of(comparison, pair, (&old, &new));
        for rule in catalogue {
            let mut hits = Hits::default();
            match rule.detect {
                Detect::Schema(detect) | Detect::Hint(detect) if !pair.wrapped => {
                    detect(&view, &mut hits);
                }
                Detect::Branches(detect) => {
                    for branches in &pair.branches {
                        let view = BranchView {
                            schema: &view,
                            branches,
                            pair,
                        };
                        detect(&view, &mut hits);
                    }
                }
                _ => continue,
            }
            for hit in hits.0 {
                let effect = hit.effect.unwrap_or(rule.effect).under(question.polarity);
                into.push(Sighting {
                    rule,
                    seen: Seen::Schemas(PairId(index)),
                    direction: Some(question.direction),
                    effect,
                    verdict: rule.verdict(effect, question.direction, comparison.options.reading),
                    around: (Some(old.at), Some(new.at)),
                    entries: (None, None),
                    hit,
                    proof: None,
                    shown: None,
                });
            }
        }
    }
}
