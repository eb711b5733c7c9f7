//! What is tried again, and when.

use std::time::Duration;

use jiff::Timestamp;

use super::{later::retry_after, rng::Rng};
use crate::probe::{
    environment::{Jitter, RetryLimits},
    exchange::{Failure, FailureKind, Request, Response},
};

/// An attempt, and what went before it.
#[derive(Clone, Copy, Debug)]
pub struct Tried<'a> {
    /// What was asked.
    pub request: &'a Request,
    /// How many attempts there were, this one included.
    pub attempts: u32,
    /// How long all waits between them took together.
    pub waited: Duration,
    /// What came of this one.
    pub ended: Result<&'a Response, &'a Failure>,
    /// What the calendar says.
    pub now: Timestamp,
}

/// What to do after an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is the answer, or the failure that it is.
    Done,
    /// Try again.
    Retry {
        /// After this time.
        after: Duration,
        /// What happened, a lower-case fragment.
        why: String,
    },
    /// Another attempt might do it, but there is none.
    GiveUp {
        /// What happened and why it ends here, a lower-case fragment.
        why: String,
        /// How long the server wants to be left alone, when that is why.
        closed: Option<Duration>,
    },
}

/// Whether a status says only that there is no answer now.
#[must_use]
pub fn is_later(limits: &RetryLimits, status: u16) -> bool {
    limits.statuses.contains(&status)
}

/// Decides by the status or the kind of failure, by what the method and the key promise, and by what is left of the limits.
pub fn decide(limits: &RetryLimits, tried: Tried<'_>, rng: &mut Rng) -> Decision {
    let Some(what) = passing(limits, tried.ended) else {
        return Decision::Done;
    };
    let give_up = |why: String, closed| Decision::GiveUp { why, closed };
    let asked = tried
        .ended
        .ok()
        .and_then(|response| retry_after(response, tried.now));
    if let Some(asked) = asked
        && asked > limits.retry_after_cap
    {
        let (asked_s, cap) = (asked.as_secs(), seconds(limits.retry_after_cap));
        let why =
            format!("{what}, and asks to wait {asked_s} s, longer than retry_after_cap ({cap})");
        return give_up(why, Some(asked));
    }
    if let Some(promise) = unrepeatable(limits, tried) {
        return give_up(format!("{what}, and {promise}"), asked);
    }
    if tried.attempts > limits.max {
        let retries = match limits.max {
            0 => "nothing is tried again".to_owned(),
            1 => "so it did after 1 retry".to_owned(),
            retries => format!("so it did after {retries} retries"),
        };
        return give_up(format!("{what}, and {retries}"), asked);
    }
    let after = asked.unwrap_or_else(|| backoff(limits, tried.attempts, rng));
    if tried.waited + after > limits.total {
        let total = seconds(limits.total);
        return give_up(
            format!("{what}, and its retries may not take more than {total} together"),
            asked,
        );
    }
    Decision::Retry { after, why: what }
}

/// What happened, if it may pass.
fn passing(limits: &RetryLimits, ended: Result<&Response, &Failure>) -> Option<String> {
    match ended {
        Ok(response) => is_later(limits, response.status)
            .then(|| format!("the vendor answered {}", response.status)),
        Err(failure) => may_pass(failure.kind).then(|| failure.detail.clone()),
    }
}

const fn may_pass(kind: FailureKind) -> bool {
    match kind {
        FailureKind::Dns
        | FailureKind::ConnectRefused
        | FailureKind::ConnectFailed
        | FailureKind::TimeoutConnect
        | FailureKind::TimeoutResponse
        | FailureKind::ClosedEarly
        | FailureKind::Malformed => true,
        FailureKind::TlsName
        | FailureKind::TlsOther
        | FailureKind::TimeoutRun
        | FailureKind::TooLarge
        | FailureKind::RedirectOffHost
        | FailureKind::RedirectLoop
        | FailureKind::NotAllowed
        | FailureKind::BudgetSpent
        | FailureKind::BreakerOpen
        | FailureKind::Unavailable
        | FailureKind::WriteRefused
        | FailureKind::NoCredential
        | FailureKind::Interrupted
        | FailureKind::NotRecorded
        | FailureKind::NoNetwork => false,
    }
}

/// Why the same request may not be sent again, if that is so.
fn unrepeatable(limits: &RetryLimits, tried: Tried<'_>) -> Option<String> {
    if tried.request.is_repeatable() {
        return None;
    }
    let had_no_effect = match tried.ended {
        Ok(response) => response.status == 429 && limits.writes_after_429,
        // Nothing was sent yet.
        Err(failure) => matches!(
            failure.kind,
            FailureKind::Dns
                | FailureKind::ConnectRefused
                | FailureKind::ConnectFailed
                | FailureKind::TimeoutConnect
        ),
    };
    let method = &tried.request.method;
    (!had_no_effect).then(|| format!("{method} without an idempotency key may have had its effect"))
}

/// Twice as long each time, up to the cap.
fn backoff(limits: &RetryLimits, attempts: u32, rng: &mut Rng) -> Duration {
    let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
    let whole = limits.base.saturating_mul(doubled).min(limits.cap);
    match limits.jitter {
        Jitter::None => whole,
        Jitter::Full => {
            let micros = u64::try_from(whole.as_micros()).unwrap_or(u64::MAX);
            Duration::from_micros(rng.up_to(micros))
        }
    }
}

/// As people write it: `20s`, `500ms`.
fn seconds(duration: Duration) -> String {
    if duration.subsec_millis() == 0 {
        format!("{}s", duration.as_secs())
    } else {
        format!("{}ms", duration.as_millis())
    }
}
