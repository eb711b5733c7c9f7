//! Which answers say something about the contract: none that was not given, not 429, not 503, and no refused credential.

use super::{Check, Place, Verdict};
use crate::probe::{
    exchange::{Credentials, Exchange, Response},
    workflow::Statuses,
};

/// The answer, if it is evidence; else the check that says why it is none.
///
/// # Errors
/// With an inconclusive check.
pub fn evidence<'e>(
    exchange: &'e Exchange,
    expected: &Statuses,
) -> Result<&'e Response, Box<Check>> {
    let response = exchange
        .answer()
        .ok_or_else(|| Box::new(unreachable(exchange)))?;
    let inconclusive = |message: String| {
        let check = Check::new("evidence", Verdict::Inconclusive, message).at(Place::Status);
        Err(Box::new(check.found(response.status)))
    };
    if expected.covers(response.status) == Some(true) {
        return Ok(response);
    }
    match response.status {
        status @ (429 | 503) => inconclusive(format!(
            "the vendor answers {status}: it may be too busy, and that says nothing of the contract"
        )),
        status @ (401 | 403 | 407)
            if matches!(
                exchange.request.credentials,
                Credentials::All | Credentials::Of(_)
            ) =>
        {
            let why = match status {
                403 => "so whoever asks may not do this",
                _ => "so it does not know who asks",
            };
            inconclusive(format!("missing auth: the vendor answers {status}, {why}"))
        }
        _ => Ok(response),
    }
}

/// What an exchange without an answer is worth.
#[must_use]
pub fn unreachable(exchange: &Exchange) -> Check {
    let why = exchange
        .failure()
        .map_or("no answer", |failure| failure.detail.as_str());
    let check = Check::new("evidence", Verdict::Inconclusive, why);
    match exchange.response() {
        Some(response) => check.at(Place::Status).found(response.status),
        None => check,
    }
}
