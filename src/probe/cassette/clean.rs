//! An exchange without what is hidden, and still one that can be played.

use crate::probe::{
    exchange::{Attempt, Ended, Exchange, Failure, Outcome, Request, Response, Then},
    redact::Redactor,
};

/// So much is kept of a body that was too large to be read whole.
const CUT: usize = 4 << 10;

pub(super) fn exchange(exchange: &Exchange, redactor: &Redactor) -> Exchange {
    let Exchange {
        request,
        ordinal,
        attempts,
        outcome,
    } = exchange;
    Exchange {
        request: self::request(request, redactor),
        ordinal: *ordinal,
        attempts: attempts
            .iter()
            .map(|attempt| self::attempt(attempt, redactor))
            .collect(),
        outcome: match outcome {
            Outcome::Answered(response) => Outcome::Answered(self::response(response, redactor)),
            Outcome::Failed { failure, response } => Outcome::Failed {
                failure: self::failure(failure, redactor),
                response: response
                    .as_ref()
                    .map(|response| self::response(response, redactor)),
            },
        },
    }
}

fn request(request: &Request, redactor: &Redactor) -> Request {
    let Request {
        operation,
        step,
        method,
        url,
        headers,
        body,
        idempotency_key,
        credentials,
        redirects,
    } = request;
    Request {
        // Both are found again by their names, which are ours and the contract's.
        operation: operation.clone(),
        step: step.clone(),
        method: method.clone(),
        url: redactor.text(url),
        headers: self::headers(headers, redactor),
        body: body.as_ref().map(|body| self::body(body, redactor)),
        idempotency_key: idempotency_key.as_ref().map(|key| redactor.text(key)),
        credentials: credentials.clone(),
        redirects: *redirects,
    }
}

fn response(response: &Response, redactor: &Redactor) -> Response {
    let Response {
        status,
        headers,
        body,
        truncated,
        timings,
    } = response;
    Response {
        status: *status,
        headers: self::headers(headers, redactor),
        body: match body.get(..CUT) {
            // It says nothing, however much of it there is.
            Some(start) if *truncated => self::body(start, redactor),
            Some(_) | None => self::body(body, redactor),
        },
        truncated: *truncated,
        timings: *timings,
    }
}

fn attempt(attempt: &Attempt, redactor: &Redactor) -> Attempt {
    let Attempt {
        at,
        held,
        redirects,
        ended,
        then,
    } = attempt;
    Attempt {
        at: *at,
        held: *held,
        redirects: redirects.iter().map(|url| redactor.text(url)).collect(),
        ended: match ended {
            Ended::Status(status) => Ended::Status(*status),
            Ended::Failed(failure) => Ended::Failed(self::failure(failure, redactor)),
        },
        then: match then {
            Then::Done => Then::Done,
            Then::Retried { after, why } => Then::Retried {
                after: *after,
                why: redactor.text(why),
            },
            Then::GaveUp { why } => Then::GaveUp {
                why: redactor.text(why),
            },
        },
    }
}

fn failure(failure: &Failure, redactor: &Redactor) -> Failure {
    Failure {
        kind: failure.kind,
        detail: redactor.text(&failure.detail),
    }
}

fn headers(headers: &[(String, String)], redactor: &Redactor) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| (name.clone(), redactor.header(name, value)))
        .collect()
}

fn body(body: &[u8], redactor: &Redactor) -> Vec<u8> {
    redactor.document(body)
}
