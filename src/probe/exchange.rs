//! What was asked of a sandbox, what came back, and every attempt in between.

mod body;
mod failure;

use serde::{Deserialize, Serialize};
use url::Url;

pub use failure::{Blame, Failure, FailureKind};

/// A request as a step means it: without credentials, which the session adds when it sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The operation's element id, `op:GET /v1/payments/{}`.
    pub operation: String,
    /// The step that asks.
    pub step: String,
    /// In capitals, as on the wire.
    pub method: String,
    /// Absolute, with its query.
    pub url: String,
    /// In the order they are sent.
    pub headers: Vec<(String, String)>,
    /// None is no body; an empty one says `content-length: 0`.
    #[serde(with = "body::optional", default)]
    pub body: Option<Vec<u8>>,
    /// Where the vendor promises that the same key has the same effect once, however the key travels: the step has put it into a header or
    /// the body already.
    #[serde(default)]
    pub idempotency_key: Option<String>,
    /// Which credentials the session adds.
    #[serde(default)]
    pub credentials: Credentials,
    /// What to do when the server points elsewhere.
    #[serde(default)]
    pub redirects: Redirects,
}

/// What to do with an answer that points elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Redirects {
    /// Ask there, if that host is allowed.
    #[default]
    Follow,
    /// It is the answer: the contract declares it.
    Stay,
}

/// Which of an environment's credentials a request carries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Credentials {
    /// All that the environment has.
    #[default]
    All,
    /// Those of these security schemes.
    Of(Vec<String>),
    /// None at all, to see whether they are asked for.
    None,
    /// Made-up ones in the places of the real ones, to see whether they are looked at.
    Invalid,
}

impl Request {
    /// A request with neither headers nor a body.
    pub fn new(
        operation: impl Into<String>,
        step: impl Into<String>,
        method: impl Into<String>,
        url: impl Into<String>,
    ) -> Self {
        Self {
            operation: operation.into(),
            step: step.into(),
            method: method.into(),
            url: url.into(),
            headers: Vec::new(),
            body: None,
            idempotency_key: None,
            credentials: Credentials::All,
            redirects: Redirects::Follow,
        }
    }

    /// Asks for another URL. What is for one server is for no other, even when it may be asked: credentials stay behind.
    pub fn point_to(&mut self, url: impl Into<String>) {
        let url = url.into();
        let origin = |url: &str| Url::parse(url).ok().map(|url| url.origin());
        if origin(&self.url) != origin(&url) {
            self.credentials = Credentials::Of(Vec::new());
            let own = ["authorization", "cookie", "proxy-authorization"];
            self.headers
                .retain(|(name, _)| !own.contains(&name.to_ascii_lowercase().as_str()));
        }
        self.url = url;
    }

    /// Whether the method only reads (RFC 9110, 9.2.1).
    #[must_use]
    pub fn is_safe(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD" | "OPTIONS" | "TRACE")
    }

    /// Whether to ask twice is to ask once: by its method (RFC 9110, 9.2.2), or by its key.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        self.is_safe()
            || matches!(self.method.as_str(), "PUT" | "DELETE")
            || self.idempotency_key.is_some()
    }
}

/// An answer, read to its end or to the cap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Names in lower case, in the order received; a name may come twice.
    pub headers: Vec<(String, String)>,
    /// After decompression.
    #[serde(with = "body")]
    pub body: Vec<u8>,
    /// The body went on beyond the cap.
    #[serde(default)]
    pub truncated: bool,
    /// How long it took.
    pub timings: Timings,
}

impl Response {
    /// The first header of this name, in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers_named(name).next()
    }

    /// All headers of this name, in any case, in the order received.
    pub fn headers_named(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = move |header: &&(String, String)| header.0.eq_ignore_ascii_case(name);
        self.headers
            .iter()
            .filter(named)
            .map(|(_, value)| value.as_str())
    }

    /// The body without a mark of the byte order, which readers of JSON may forgive (RFC 8259 section 8.1).
    #[must_use]
    pub fn unmarked(&self) -> &[u8] {
        self.body
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&self.body)
    }

    /// The media type without its parameters, in lower case: `application/json`.
    #[must_use]
    pub fn media_type(&self) -> Option<String> {
        let value = self.header("content-type")?;
        let name = value.split(';').next().unwrap_or_default().trim();
        (!name.is_empty()).then(|| name.to_ascii_lowercase())
    }
}

/// When things happened, in microseconds since the attempt was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timings {
    /// The connection was there: name, TCP, and TLS. None when one was at hand already.
    pub connected: Option<u64>,
    /// The status and the headers were there.
    pub first_byte: u64,
    /// The last byte of the body was there.
    pub total: u64,
}

/// One try at a request, redirects included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When it was sent, in microseconds since the session began.
    pub at: u64,
    /// How long it was held back by rate limits, in microseconds.
    pub held: u64,
    /// Where it was sent on to, in order.
    #[serde(default)]
    pub redirects: Vec<String>,
    /// What came of it.
    pub ended: Ended,
    /// What was done next.
    pub then: Then,
}

/// What came of one attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// An answer, whatever its status.
    Status(u16),
    /// No answer, or none that can be read.
    Failed(Failure),
}

/// What was done after an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Then {
    /// This is the answer.
    Done,
    /// It was tried again after this many microseconds, for this reason.
    Retried {
        /// Microseconds.
        after: u64,
        /// A lower-case fragment.
        why: String,
    },
    /// It would be worth another try, but was not tried again, for this reason.
    GaveUp {
        /// A lower-case fragment.
        why: String,
    },
}

/// How an exchange ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The vendor answered: evidence for the checks.
    Answered(Response),
    /// Nothing that says anything about the contract. A status that only says "later" (429, 503) ends here too, with its response.
    Failed {
        /// Why.
        failure: Failure,
        /// What came back nevertheless.
        #[serde(default)]
        response: Option<Response>,
    },
}

/// A request, and all that came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// As the step asked it.
    pub request: Request,
    /// The how-manieth exchange of this operation and step, from 0.
    pub ordinal: u32,
    /// In order; empty when nothing was sent.
    pub attempts: Vec<Attempt>,
    /// How it ended.
    pub outcome: Outcome,
}

impl Exchange {
    /// The answer that checks may use as evidence.
    #[must_use]
    pub const fn answer(&self) -> Option<&Response> {
        match &self.outcome {
            Outcome::Answered(response) => Some(response),
            Outcome::Failed { .. } => None,
        }
    }

    /// Whatever came back, evidence or not.
    #[must_use]
    pub const fn response(&self) -> Option<&Response> {
        match &self.outcome {
            Outcome::Answered(response) => Some(response),
            Outcome::Failed { response, .. } => response.as_ref(),
        }
    }

    /// Why there is no evidence.
    #[must_use]
    pub const fn failure(&self) -> Option<&Failure> {
        match &self.outcome {
            Outcome::Answered(_) => None,
            Outcome::Failed { failure, .. } => Some(failure),
        }
    }

    /// How often it was tried again: a pass after three retries is not a plain pass.
    #[must_use]
    pub fn retries(&self) -> usize {
        self.attempts.len().saturating_sub(1)
    }
}
