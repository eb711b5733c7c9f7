//! Which response, media type, and parameter succeeds which.

use super::pair::{Pair, by_key};
use crate::spec::{In, Media, Parameter, Response, Status};
use std::collections::HashSet;

/// How the status of a response was matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The status the comparison is about.
    pub status: Status,
    /// How it was found on the other side.
    pub by: CoveredBy,
    /// Whether it stands for success: `default` does when no status of its side says so.
    pub success: bool,
}

/// How a status was found on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoveredBy {
    /// The same key, or none.
    Itself,
    /// The old side had it inside a range or `default`.
    Before(Status),
    /// The new side has it inside a range or `default`.
    After(Status),
    /// It was a range, and the new side has only single codes of it.
    Codes,
}

/// The response of the other side that stands for a status it does not name.
fn cover<'a, 'd>(status: Status, responses: &'a [Response<'d>]) -> Option<&'a Response<'d>> {
    let named = |wanted: Status| responses.iter().find(|response| response.status == wanted);
    match status {
        Status::Code(code) => {
            let digit = u8::try_from(code / 100).unwrap_or_default();
            named(Status::Range(digit)).or_else(|| named(Status::Default))
        }
        Status::Range(_) => named(Status::Default),
        Status::Default => None,
    }
}

/// Pairs the responses of an operation as sets of statuses.
pub(super) fn match_responses<'a, 'd>(
    old: &'a [Response<'d>],
    new: &'a [Response<'d>],
) -> Vec<(Pair<'a, Response<'d>>, Coverage)> {
    let lone_default =
        |side: &[Response<'d>]| !side.iter().any(|response| response.status.is_success());
    let success = |status: Status, side: &[Response<'d>]| {
        status.is_success() || (status == Status::Default && lone_default(side))
    };
    by_key(old, new, |response| response.status)
        .into_iter()
        .map(|pair| match (pair.old, pair.new) {
            (Some(response), None) => {
                let (pair, by) = match cover(response.status, new) {
                    Some(by) => (Pair::of(response, by), CoveredBy::After(by.status)),
                    None if has_codes(response.status, new) => (pair, CoveredBy::Codes),
                    None => (pair, CoveredBy::Itself),
                };
                let status = response.status;
                (
                    pair,
                    Coverage {
                        status,
                        by,
                        success: success(status, old),
                    },
                )
            }
            (None, Some(response)) => {
                let (pair, by) = match cover(response.status, old) {
                    Some(by) => (Pair::of(by, response), CoveredBy::Before(by.status)),
                    None => (pair, CoveredBy::Itself),
                };
                let status = response.status;
                (
                    pair,
                    Coverage {
                        status,
                        by,
                        success: success(status, new),
                    },
                )
            }
            (old_side, new_side) => {
                let status = old_side
                    .or(new_side)
                    .map_or(Status::Default, |response| response.status);
                let coverage = Coverage {
                    status,
                    by: CoveredBy::Itself,
                    success: success(status, old),
                };
                (pair, coverage)
            }
        })
        .collect()
}

fn has_codes(status: Status, responses: &[Response<'_>]) -> bool {
    let Status::Range(digit) = status else {
        return false;
    };
    responses.iter().any(
        |response| matches!(response.status, Status::Code(code) if code / 100 == u16::from(digit)),
    )
}

/// Pairs media types: equal ones first, then those a range of the other side covers.
pub(super) fn match_media<'a, 'd>(
    old: &'a [Media<'d>],
    new: &'a [Media<'d>],
) -> Vec<Pair<'a, Media<'d>>> {
    by_key(old, new, |media| media.range.clone())
        .into_iter()
        .map(|pair| match (pair.old, pair.new) {
            (Some(media), None) => {
                let covered = new
                    .iter()
                    .filter(|other| other.range.covers(&media.range))
                    .chain(new.iter().filter(|other| {
                        media.range.covers(&other.range)
                            && !old.iter().any(|old| old.range == other.range)
                    }))
                    .next();
                covered.map_or(pair, |other| Pair::of(media, other))
            }
            (None, Some(media)) => {
                let covered = old.iter().find(|other| other.range.covers(&media.range));
                covered.map_or(pair, |other| Pair::of(other, media))
            }
            _ => pair,
        })
        .fold(Vec::new(), |mut pairs: Vec<Pair<'a, Media<'d>>>, pair| {
            // A narrowed range is met from both ends.
            let known = pairs.iter().any(|known| {
                known
                    .both()
                    .zip(pair.both())
                    .is_some_and(|(a, b)| std::ptr::eq(a.0, b.0) && std::ptr::eq(a.1, b.1))
            });
            if !known {
                pairs.push(pair);
            }
            pairs
        })
}

/// Pairs parameters: by place and name, path parameters by position, and what is left by name alone.
pub(super) fn match_parameters<'a, 'd>(
    old: &'a [Parameter<'d>],
    new: &'a [Parameter<'d>],
) -> Vec<Pair<'a, Parameter<'d>>> {
    let key = |parameter: &Parameter<'d>| match (parameter.place, parameter.position) {
        (In::Path, Some(position)) => (In::Path, position.to_string()),
        (place, _) => (place, parameter.name.clone()),
    };
    let mut pairs = by_key(old, new, key);
    let mut moved: HashSet<*const Parameter<'d>> = HashSet::new();
    for index in 0..pairs.len() {
        let Some(gone) = pairs[index].gone() else {
            continue;
        };
        let successor = pairs.iter().filter_map(Pair::fresh).find(|fresh| {
            fresh.name.eq_ignore_ascii_case(&gone.name)
                && !moved.contains(&std::ptr::from_ref(*fresh))
        });
        if let Some(successor) = successor {
            moved.insert(std::ptr::from_ref(successor));
            pairs[index].new = Some(successor);
        }
    }
    pairs.retain(|pair| {
        pair.fresh()
            .is_none_or(|fresh| !moved.contains(&std::ptr::from_ref(fresh)))
    });
    pairs
}
