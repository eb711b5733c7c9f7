//! From a place of a comparison to the part of an operation that it stands for.

use super::{
    super::finding::Side,
    scene::{Part, Scene},
};
use crate::diff::{Comparison, Pair, Place, PlaceId, Visit};
use crate::spec::{Media, MediaRange, Status};
use foldhash::HashMap;

/// The places of a comparison with what stands there.
#[derive(Debug)]
pub struct Scenes<'a, 'c, 'd> {
    comparison: &'a Comparison<'c, 'd>,
    visits: HashMap<PlaceId, Vec<Visit<'c, 'd>>>,
}

impl<'a, 'c, 'd> Scenes<'a, 'c, 'd> {
    /// All places, found by their id.
    #[must_use]
    pub fn new(comparison: &'a Comparison<'c, 'd>) -> Self {
        let mut visits: HashMap<PlaceId, Vec<Visit<'c, 'd>>> = HashMap::default();
        for (place, visit) in &comparison.visits {
            visits.entry(*place).or_default().push(*visit);
        }
        Self { comparison, visits }
    }

    /// What stands at a place on one side; `None` where nothing travels, or not as a message of its own.
    #[must_use]
    pub fn at(&self, place: PlaceId, side: Side) -> Option<Scene<'c, 'd>> {
        let comparison = self.comparison;
        let mut operation = None;
        let mut part = None;
        let mut media: Option<&Place> = None;
        let mut at = Some(place);
        while let Some(place) = at {
            let told = comparison.places.get(place);
            if told.label.starts_with("encoding:") || told.label == "item" {
                return None;
            }
            if told.label.starts_with("media:") || told.label.starts_with("req:media:") {
                media = media.or(Some(told));
            }
            for visit in self.visits.get(&place).into_iter().flatten() {
                match visit {
                    Visit::Parameter(pair) => {
                        part = part.or_else(|| one(pair, side).map(Part::Parameter));
                    }
                    Visit::Header(pair) => {
                        let status = self.status_above(place)?;
                        part = part.or_else(|| {
                            one(pair, side).map(|header| Part::ResponseHeader(status, header))
                        });
                    }
                    Visit::Response(pair, coverage) => {
                        let found = media.and_then(|told| {
                            range_of(told)
                                .and_then(|range| named(&one(pair, side)?.content, &range))
                        });
                        part = part.or_else(|| {
                            found.map(|media| Part::ResponseBody(coverage.status, media))
                        });
                    }
                    Visit::Operation(pair) => operation = operation.or_else(|| one(pair, side)),
                    Visit::Document(_)
                    | Visit::Server(_)
                    | Visit::Scheme(_)
                    | Visit::Component(_)
                    | Visit::Body(_)
                    | Visit::Media(_)
                    | Visit::Encoding(_)
                    | Visit::Link(_) => {}
                }
            }
            // Above a callback stands the operation that asks for it.
            if operation.is_some() {
                break;
            }
            at = told.parent;
        }
        let operation = operation?;
        let body = || {
            let range = range_of(media?)?;
            named(&operation.body.as_ref()?.content, &range).map(Part::RequestBody)
        };
        Some(Scene {
            contract: match side {
                Side::Old => comparison.old,
                Side::New => comparison.new,
            },
            operation,
            part: part.or_else(body)?,
        })
    }

    fn status_above(&self, place: PlaceId) -> Option<Status> {
        let parent = self.comparison.places.get(place).parent?;
        let mut visits = self.visits.get(&parent)?.iter();
        visits.find_map(|visit| match visit {
            Visit::Response(_, coverage) => Some(coverage.status),
            _ => None,
        })
    }
}

fn one<'c, T>(pair: &Pair<'c, T>, side: Side) -> Option<&'c T> {
    match side {
        Side::Old => pair.old,
        Side::New => pair.new,
    }
}

/// The range that a label names.
fn range_of(place: &Place) -> Option<MediaRange> {
    let (_, range) = place.label.split_once("media:")?;
    Some(MediaRange::parse(range))
}

/// The media type itself, else the one that stands for it on this side.
fn named<'c, 'd>(content: &'c [Media<'d>], range: &MediaRange) -> Option<&'c Media<'d>> {
    let equal = content.iter().find(|media| media.range == *range);
    let covering = || content.iter().find(|media| media.range.covers(range));
    let covered = || content.iter().find(|media| range.covers(&media.range));
    let alike = || content.iter().find(|media| media.range.same_syntax(range));
    equal.or_else(covering).or_else(covered).or_else(alike)
}
