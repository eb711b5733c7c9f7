//! What was created can be read, and what was deleted cannot.

use super::{Answer, Check, Place, evidence, same};
use crate::probe::{
    exchange::Exchange,
    jsonpath::{JsonPath, Selected},
    workflow::{StatusPattern, Statuses},
};

/// The read after a create: a success, with the id that the create gave.
#[must_use]
pub fn created_visible(created: &Answer<'_>, read: &Exchange, id_path: &JsonPath) -> Check {
    let id = "created-visible";
    let response = match evidence(read, &Statuses::Success) {
        Ok(response) => response,
        Err(check) => return Check { id, ..*check },
    };
    if !(200..300).contains(&response.status) {
        let message = format!("what was just created is answered with {}", response.status);
        return Check::fail(id, message)
            .at(Place::Status)
            .found(response.status);
    }
    let answer = Answer::new(response);
    let one = |answer: &Answer<'_>| match answer.body.as_ref().map(|body| id_path.one_within(body))
    {
        Some(Selected::One(found)) => Some((found.value.clone(), found.at)),
        _ => None,
    };
    match (one(created), one(&answer)) {
        (Some((made, _)), Some((seen, at))) if !same(&made, &seen) => {
            Check::fail(id, format!("`{id_path}` is not the one that was created"))
                .at(Place::Body(at))
                .expected(made)
                .found(seen)
        }
        _ => Check::pass(
            id,
            format!("what was created is there: {}", response.status),
        )
        .at(Place::Status),
    }
}

/// The read after a delete: 404 or 410.
#[must_use]
pub fn deleted_gone(read: &Exchange) -> Check {
    let id = "deleted-gone";
    let gone = Statuses::OneOf(vec![StatusPattern::Code(404), StatusPattern::Code(410)]);
    match evidence(read, &gone) {
        Err(check) => Check { id, ..*check },
        Ok(response) => {
            let status = response.status;
            let check = if gone.covers(status) == Some(true) {
                Check::pass(id, format!("what was deleted is gone: {status}"))
            } else {
                Check::fail(id, format!("what was deleted is answered with {status}"))
            };
            check
                .at(Place::Status)
                .expected(vec![404, 410])
                .found(status)
        }
    }
}
