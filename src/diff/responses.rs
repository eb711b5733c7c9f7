//! Which response, media type, and parameter succeeds which.

use super::pair::{Pair, by_key};
use crate::spec::{In, Media, Parameter, Response, Status};
use foldhash::{HashSet, HashSetExt as _};

/// How the status of a response was matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The status the comparison is about.
    pub status: Status,
    /// How it was found on the other side.
    pub by: CoveredBy,
    /// Whether it stands for success: `default` does when no status of its side says so.
    pub success: bool,
    /// Whether the range or `default` that covers it stands in both versions.
    pub stays: bool,
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
    /// It is a range or `default`, and the other side has only some of what it stands for.
    Codes,
}

/// The response of the other side that stands for a status it does not name.
fn cover<'a, 'd>(status: Status, responses: &'a [Response<'d>]) -> Option<&'a Response<'d>> {
    let named = |wanted: Status| responses.iter().find(|response| response.status == wanted);
    let rest = || named(Status::Default).filter(|_| falls_to_default(status, responses));
    match status {
        Status::Code(code) => {
            let digit = u8::try_from(code / 100).unwrap_or_default();
            named(Status::Range(digit)).or_else(rest)
        }
        Status::Range(_) => rest(),
        Status::Default => None,
    }
}

/// Whether these responses mean their `default` for a status that none of them names: beside a success, it is what comes
/// back otherwise.
fn falls_to_default(status: Status, responses: &[Response<'_>]) -> bool {
    !status.is_success() || is_silent(responses)
}

/// Whether no status says what success is.
fn is_silent(responses: &[Response<'_>]) -> bool {
    !responses
        .iter()
        .any(|response| response.status.is_success())
}

/// Pairs the responses of an operation as sets of statuses.
pub(super) fn match_responses<'a, 'd>(
    old: &'a [Response<'d>],
    new: &'a [Response<'d>],
) -> Vec<(Pair<'a, Response<'d>>, Coverage)> {
    let pairs = by_key(old, new, |response| response.status);
    let gone: Vec<Status> = pairs.iter().filter_map(Pair::gone).map(status_of).collect();
    let fresh: Vec<Status> = pairs
        .iter()
        .filter_map(Pair::fresh)
        .map(status_of)
        .collect();
    pairs
        .into_iter()
        .map(|pair| match (pair.old, pair.new) {
            (Some(response), None) => {
                let (pair, by) = match cover(response.status, new) {
                    Some(by) => (Pair::of(response, by), CoveredBy::After(by.status)),
                    None => (pair, itself_or_codes(response.status, old, &fresh)),
                };
                (pair, coverage(response.status, by, old, old))
            }
            (None, Some(response)) => {
                let (pair, by) = match cover(response.status, old) {
                    Some(by) => (Pair::of(by, response), CoveredBy::Before(by.status)),
                    None => (pair, itself_or_codes(response.status, new, &gone)),
                };
                (pair, coverage(response.status, by, new, new))
            }
            (old_side, new_side) => {
                let status = old_side.or(new_side).map_or(Status::Default, status_of);
                (pair, coverage(status, CoveredBy::Itself, old, new))
            }
        })
        .map(|(pair, mut coverage)| {
            let stands =
                |side: &[Response<'_>], status| side.iter().any(|one| one.status == status);
            coverage.stays = match coverage.by {
                CoveredBy::Before(status) | CoveredBy::After(status) => {
                    stands(old, status) && stands(new, status)
                }
                CoveredBy::Itself | CoveredBy::Codes => false,
            };
            (pair, coverage)
        })
        .collect()
}

fn status_of(response: &Response<'_>) -> Status {
    response.status
}

/// `default` stands for success where no status of its side says so.
fn coverage(status: Status, by: CoveredBy, old: &[Response<'_>], new: &[Response<'_>]) -> Coverage {
    Coverage {
        status,
        by,
        success: status.is_success()
            || (status == Status::Default && (is_silent(old) || is_silent(new))),
        stays: false,
    }
}

/// A range stands for a status of the other side, or for none.
fn itself_or_codes(range: Status, beside: &[Response<'_>], others: &[Status]) -> CoveredBy {
    let stands_for = |status: &Status| match (range, status) {
        (Status::Range(digit), Status::Code(code)) => code / 100 == u16::from(digit),
        (Status::Default, Status::Code(_) | Status::Range(_)) => falls_to_default(*status, beside),
        _ => false,
    };
    if others.iter().any(stands_for) {
        CoveredBy::Codes
    } else {
        CoveredBy::Itself
    }
}

/// Media types that belong together.
#[derive(Debug)]
pub(super) struct MatchedMedia<'a, 'd> {
    /// What rules are told: a change, a loss, or a gain; `None` where another entry stands for it in both versions.
    pub(super) told: Option<Pair<'a, Media<'d>>>,
    /// What is compared.
    pub(super) compared: Pair<'a, Media<'d>>,
}

impl<'a, 'd> MatchedMedia<'a, 'd> {
    fn plain(pair: Pair<'a, Media<'d>>) -> Self {
        Self {
            told: Some(pair),
            compared: pair,
        }
    }

    /// The media type that its element id names.
    pub(super) fn named(&self) -> Option<&'a Media<'d>> {
        let told = self.told.unwrap_or(self.compared);
        told.old.or(told.new)
    }
}

/// Pairs media types: equal ones, then those a range of the other side covers, then lone ones of the same syntax.
pub(super) fn match_media<'a, 'd>(
    old: &'a [Media<'d>],
    new: &'a [Media<'d>],
) -> Vec<MatchedMedia<'a, 'd>> {
    let exact = by_key(old, new, |media| media.range.clone());
    let gone: Vec<&'a Media<'d>> = exact.iter().filter_map(Pair::gone).collect();
    let fresh: Vec<&'a Media<'d>> = exact.iter().filter_map(Pair::fresh).collect();
    let stands =
        |media: &Media<'_>, side: &[Media<'_>]| side.iter().any(|one| one.range == media.range);
    let mut found: Vec<MatchedMedia<'a, 'd>> = exact
        .iter()
        .filter(|pair| pair.both().is_some())
        .map(|pair| MatchedMedia::plain(*pair))
        .collect();
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for media in &gone {
        if let Some(cover) = new.iter().find(|other| other.range.covers(&media.range)) {
            let pair = Pair::of(*media, cover);
            found.push(MatchedMedia {
                told: (!stands(cover, old)).then_some(pair),
                compared: pair,
            });
        } else if !fresh.iter().any(|other| media.range.covers(&other.range)) {
            removed.push(*media);
        }
    }
    for media in &fresh {
        if let Some(cover) = old.iter().find(|other| other.range.covers(&media.range)) {
            let pair = Pair::of(cover, *media);
            let told = if stands(cover, new) {
                Pair::added(*media)
            } else {
                pair
            };
            found.push(MatchedMedia {
                told: Some(told),
                compared: pair,
            });
        } else if !gone.iter().any(|other| media.range.covers(&other.range)) {
            added.push(*media);
        }
    }
    let lone = |media: &Media<'_>, side: &[&Media<'_>]| {
        let alike = side
            .iter()
            .filter(|other| other.range.same_syntax(&media.range));
        alike.count() == 1
    };
    for media in &removed {
        let successor = added.iter().find(|other| {
            other.range.same_syntax(&media.range) && lone(media, &added) && lone(other, &removed)
        });
        found.push(MatchedMedia::plain(match successor {
            Some(successor) => Pair::of(*media, *successor),
            None => Pair::removed(*media),
        }));
    }
    let taken: Vec<*const Media<'d>> = found
        .iter()
        .filter_map(|one| one.compared.new.map(std::ptr::from_ref))
        .collect();
    let left = added
        .into_iter()
        .filter(|media| !taken.contains(&std::ptr::from_ref(*media)));
    found.extend(left.map(|media| MatchedMedia::plain(Pair::added(media))));
    found
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
