//! What several tests need: documents out of values.

use super::exchange::{Exchange, Failure, FailureKind, Outcome, Request, Response, Timings};
use crate::spec::{Assume, Bundle, Contract, Operation, Unavailable};
use serde_json::Value;

/// A document of one file.
pub(crate) fn bundle(document: &Value) -> Bundle {
    let text = document.to_string();
    let fetch = |path: &str| match path {
        "api.json" => Ok(text.clone().into_bytes()),
        _ => Err(Unavailable {
            message: "no such file".to_owned(),
            help: None,
            refused: false,
            exit: 2,
        }),
    };
    Bundle::load("api.json", "api.json", Assume::default(), &fetch).expect("a document")
}

/// The operation with this id.
pub(crate) fn operation<'c, 'd>(contract: &'c Contract<'d>, id: &str) -> &'c Operation<'d> {
    let mut all = contract.operations().iter();
    all.find(|operation| operation.id == Some(id))
        .expect("an operation")
}

/// An answer to a request, as it comes from a session.
pub(crate) fn answered(
    method: &str,
    url: &str,
    status: u16,
    headers: &[(&str, &str)],
    body: &str,
) -> Exchange {
    Exchange {
        request: Request::new("op:GET /", "step", method, url),
        ordinal: 0,
        attempts: Vec::new(),
        outcome: Outcome::Answered(response(status, headers, body)),
    }
}

/// An answer.
pub(crate) fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    let headers = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Response {
        status,
        headers: headers.collect(),
        body: body.as_bytes().to_vec(),
        truncated: false,
        timings: Timings {
            connected: None,
            first_byte: 1_000,
            total: 2_000,
        },
    }
}

/// Nothing came back.
pub(crate) fn failed(kind: FailureKind, detail: &str) -> Exchange {
    Exchange {
        request: Request::new("op:GET /", "step", "GET", "https://a.example/"),
        ordinal: 0,
        attempts: Vec::new(),
        outcome: Outcome::Failed {
            failure: Failure::new(kind, detail),
            response: None,
        },
    }
}
