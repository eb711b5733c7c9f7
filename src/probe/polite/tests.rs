//! Every decision, by tables and without waiting.

mod pacing;

use std::time::Duration;

use jiff::Timestamp;

use super::*;
use crate::probe::{
    environment::{Jitter, RetryLimits},
    exchange::{Failure, FailureKind, Request, Response, Timings},
};

const S: Duration = Duration::from_secs(1);

fn answer(status: u16, headers: &[(&str, &str)]) -> Response {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Response {
        status,
        headers: headers.iter().map(own).collect(),
        body: Vec::new(),
        truncated: false,
        timings: Timings::default(),
    }
}

fn now() -> Timestamp {
    "2026-11-20T10:00:00Z".parse().unwrap()
}

fn limits() -> RetryLimits {
    RetryLimits {
        jitter: Jitter::None,
        ..RetryLimits::default()
    }
}

fn told(decision: Decision) -> String {
    match decision {
        Decision::Done => "done".to_owned(),
        Decision::Retry { after, why } => format!("retry after {after:?}: {why}"),
        Decision::GiveUp { why, .. } => format!("give up: {why}"),
    }
}

fn decided(
    limits: &RetryLimits,
    method: &str,
    key: bool,
    attempts: u32,
    ended: Result<&Response, &Failure>,
) -> String {
    let mut request = Request::new("op:X /a", "s", method, "https://a.example/a");
    request.idempotency_key = key.then(|| "k".to_owned());
    let tried = Tried {
        request: &request,
        attempts,
        waited: Duration::ZERO,
        ended,
        now: now(),
    };
    told(decide(limits, tried, &mut Rng::new(1)))
}

#[test]
fn a_status_is_tried_again_by_its_method_and_its_key() {
    let unrepeatable = "give up: the vendor answered 503, and POST without an idempotency key may have had its effect";
    for (method, key, status, expected) in [
        (
            "GET",
            false,
            503,
            "retry after 500ms: the vendor answered 503",
        ),
        (
            "PUT",
            false,
            503,
            "retry after 500ms: the vendor answered 503",
        ),
        (
            "DELETE",
            false,
            502,
            "retry after 500ms: the vendor answered 502",
        ),
        (
            "POST",
            true,
            503,
            "retry after 500ms: the vendor answered 503",
        ),
        ("POST", false, 503, unrepeatable),
        (
            "PATCH",
            false,
            429,
            "give up: the vendor answered 429, and PATCH without an idempotency key may have had its effect",
        ),
        ("GET", false, 500, "done"),
        ("GET", false, 404, "done"),
        ("GET", false, 200, "done"),
        ("POST", false, 409, "done"),
    ] {
        let found = decided(&limits(), method, key, 1, Ok(&answer(status, &[])));
        assert_eq!(found, expected, "{method} {status}");
    }
    let promised = RetryLimits {
        writes_after_429: true,
        ..limits()
    };
    for (status, expected) in [
        (429, "retry after 500ms: the vendor answered 429"),
        (503, unrepeatable),
    ] {
        let found = decided(&promised, "POST", false, 1, Ok(&answer(status, &[])));
        assert_eq!(found, expected);
    }
}

#[test]
fn a_failure_is_tried_again_by_its_kind() {
    use FailureKind as K;
    for (kind, get, post) in [
        (K::ConnectRefused, true, true),
        (K::Dns, true, true),
        (K::TimeoutConnect, true, true),
        (K::TimeoutResponse, true, false),
        (K::ClosedEarly, true, false),
        (K::Malformed, true, false),
        (K::TlsName, false, false),
        (K::TooLarge, false, false),
        (K::RedirectLoop, false, false),
        (K::TimeoutRun, false, false),
        (K::BudgetSpent, false, false),
    ] {
        let failure = Failure::new(kind, "it broke");
        for (method, expected) in [("GET", get), ("POST", post)] {
            let found = decided(&limits(), method, false, 1, Err(&failure));
            assert_eq!(
                found.starts_with("retry"),
                expected,
                "{method} {kind:?}: {found}"
            );
        }
    }
}

#[test]
fn waits_double_up_to_the_cap_and_then_it_ends() {
    let unavailable = answer(503, &[]);
    let many = RetryLimits { max: 8, ..limits() };
    let waits: Vec<String> = (1..=9)
        .map(|attempts| decided(&many, "GET", false, attempts, Ok(&unavailable)))
        .collect();
    let after = |wait: &str| format!("retry after {wait}: the vendor answered 503");
    let mut expected: Vec<String> = ["500ms", "1s", "2s", "4s", "8s", "16s", "20s", "20s"]
        .into_iter()
        .map(after)
        .collect();
    expected.push("give up: the vendor answered 503, and so it did after 8 retries".to_owned());
    assert_eq!(waits, expected);
    let request = Request::new("op:GET /a", "s", "GET", "https://a.example/a");
    let tried = Tried {
        request: &request,
        attempts: 2,
        waited: Duration::from_secs(120),
        ended: Ok(&unavailable),
        now: now(),
    };
    assert_eq!(
        told(decide(&limits(), tried, &mut Rng::new(1))),
        "give up: the vendor answered 503, and its retries may not take more than 120s together"
    );
}

#[test]
fn full_jitter_spreads_over_the_whole_wait_and_comes_again() {
    let limits = RetryLimits::default();
    let request = Request::new("op:GET /a", "s", "GET", "https://a.example/a");
    let unavailable = answer(503, &[]);
    let waits = |seed| {
        let mut rng = Rng::of(seed, &["op:GET /a", "s"]);
        let wait = |_| {
            let tried = Tried {
                request: &request,
                attempts: 3,
                waited: Duration::ZERO,
                ended: Ok(&unavailable),
                now: now(),
            };
            match decide(&limits, tried, &mut rng) {
                Decision::Retry { after, .. } => after,
                other => panic!("{other:?}"),
            }
        };
        (0..1000).map(wait).collect::<Vec<_>>()
    };
    let (one, again, other) = (waits(7), waits(7), waits(8));
    assert_eq!(one, again);
    assert_ne!(one, other);
    let most = 2 * S;
    assert!(one.iter().all(|wait| *wait <= most));
    for quarter in 0..4 {
        let range = most / 4 * quarter..most / 4 * (quarter + 1);
        let share = one.iter().filter(|wait| range.contains(*wait)).count();
        assert!((200..300).contains(&share), "{share} in {range:?}");
    }
}

#[test]
fn a_server_that_says_when_is_heeded_up_to_the_cap() {
    let too_long = "give up: the vendor answered 429, and asks to wait 86400 s, longer than retry_after_cap (60s)";
    for (headers, expected) in [
        (
            &[("retry-after", "7")][..],
            "retry after 7s: the vendor answered 429",
        ),
        (
            &[("Retry-After", " 0 ")],
            "retry after 0ns: the vendor answered 429",
        ),
        (
            &[("retry-after", "Fri, 20 Nov 2026 10:00:30 GMT")],
            "retry after 30s: the vendor answered 429",
        ),
        (
            &[("retry-after", "Friday, 20-Nov-26 10:00:31 GMT")],
            "retry after 31s: the vendor answered 429",
        ),
        (
            &[("retry-after", "Fri Nov 20 10:00:32 2026")],
            "retry after 32s: the vendor answered 429",
        ),
        // Its clock is an hour slow, and it knows.
        (
            &[
                ("retry-after", "Fri, 20 Nov 2026 09:00:05 GMT"),
                ("date", "Fri, 20 Nov 2026 09:00:00 GMT"),
            ],
            "retry after 5s: the vendor answered 429",
        ),
        (
            &[("retry-after", "Fri, 20 Nov 2020 10:00:00 GMT")],
            "retry after 0ns: the vendor answered 429",
        ),
        (&[("retry-after", "86400")], too_long),
        (
            &[("retry-after", "Sat, 21 Nov 2026 10:00:00 GMT")],
            too_long,
        ),
        (
            &[("retry-after", "99999999999999999999999")],
            "give up: the vendor answered 429, and asks to wait 4294967295 s, longer than retry_after_cap (60s)",
        ),
        (
            &[("retry-after", "soon")],
            "retry after 500ms: the vendor answered 429",
        ),
        (
            &[("retry-after", "-1")],
            "retry after 500ms: the vendor answered 429",
        ),
        (
            &[("retry-after", "")],
            "retry after 500ms: the vendor answered 429",
        ),
    ] {
        let found = decided(&limits(), "GET", false, 1, Ok(&answer(429, headers)));
        assert_eq!(found, expected, "{headers:?}");
    }
}
