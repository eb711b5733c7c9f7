//! Every decision, by tables and without waiting.

use std::{collections::BTreeMap, time::Duration};

use jiff::Timestamp;

use super::*;
use crate::probe::{
    environment::{BreakerLimits, Budget, Jitter, Rate, RateLimits, RetryLimits},
    exchange::{Failure, FailureKind, Request, Response, Timings},
};

const S: Duration = Duration::from_secs(1);
const MS: Duration = Duration::from_millis(1);

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
        let share = one.iter().filter(|wait| range.contains(wait)).count();
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

#[test]
fn every_way_to_say_what_is_left_is_read() {
    let policy = |requests, seconds| {
        Some(Policy {
            requests,
            window: Duration::from_secs(seconds),
        })
    };
    for (headers, remaining, reset, told) in [
        (
            &[("RateLimit", "\"default\";r=50;t=30")][..],
            Some(50),
            Some(30),
            None,
        ),
        (
            &[("RateLimit", "\"day\";r=900;t=5000, \"second\";r=0;t=1")],
            Some(0),
            Some(1),
            None,
        ),
        (
            &[("RateLimit", "limit=100, remaining=5, reset=50")],
            Some(5),
            Some(50),
            None,
        ),
        (
            &[("RateLimit-Remaining", "3"), ("RateLimit-Reset", "9")],
            Some(3),
            Some(9),
            None,
        ),
        (
            &[
                ("X-RateLimit-Remaining", "0"),
                ("X-RateLimit-Reset", "1795168860"),
            ],
            Some(0),
            Some(60),
            None,
        ),
        (
            &[
                ("X-Rate-Limit-Remaining", "0"),
                ("X-Rate-Limit-Reset", "1795168860500"),
            ],
            Some(0),
            Some(61),
            None,
        ),
        (
            &[
                ("X-RateLimit-Remaining", "1"),
                ("X-RateLimit-Reset", "Fri, 20 Nov 2026 10:01:00 GMT"),
            ],
            Some(1),
            Some(60),
            None,
        ),
        (&[("X-RateLimit-Remaining", "many")], None, None, None),
        (
            &[(
                "RateLimit-Policy",
                "\"burst\";q=100;w=60,\"day\";q=1000;w=86400",
            )],
            None,
            None,
            policy(1000, 86400),
        ),
        (&[("RateLimit-Policy", "10;w=1")], None, None, policy(10, 1)),
        (
            &[("RateLimit-Policy", "0;w=1, \"x\";q=1;w=0, nonsense")],
            None,
            None,
            None,
        ),
    ] {
        let expected = Quota {
            remaining,
            reset: reset.map(Duration::from_secs),
            policy: told,
        };
        assert_eq!(
            Quota::of(&answer(200, headers), now()),
            expected,
            "{headers:?}"
        );
    }
}

fn pace(per_second: u32, burst: u32) -> Pace {
    Pace::new(RateLimits {
        rate: Rate {
            requests: per_second,
            per: S,
        },
        burst,
        per_operation: BTreeMap::from([(
            "op:POST /a".to_owned(),
            Rate {
                requests: 1,
                per: S,
            },
        )]),
    })
}

#[test]
fn a_burst_goes_at_once_and_then_the_rate_holds() {
    let mut pace = pace(10, 3);
    let mut at = |now| pace.reserve(now, "a", "op:GET /a");
    let zero = Duration::ZERO;
    let times: Vec<Duration> = (0..5).map(|_| at(zero)).collect();
    assert_eq!(times, [zero, zero, zero, 100 * MS, 200 * MS]);
    assert_eq!(at(10 * S), 10 * S);
    assert_eq!(pace.reserve(zero, "b", "op:GET /a"), zero);
}

#[test]
fn an_operation_has_its_own_rate_within_that_of_its_host() {
    let mut pace = pace(10, 10);
    let zero = Duration::ZERO;
    let writes: Vec<Duration> = (0..3)
        .map(|_| pace.reserve(zero, "a", "op:POST /a"))
        .collect();
    assert_eq!(writes, [zero, S, 2 * S]);
}

#[test]
fn what_a_host_says_is_left_holds_back_what_would_be_too_much() {
    let mut pace = pace(1000, 1000);
    let none_left = Quota {
        remaining: Some(0),
        reset: Some(7 * S),
        policy: None,
    };
    pace.heed(S, "a", none_left);
    assert_eq!(pace.reserve(S, "a", "op:GET /a"), 8 * S);
    assert_eq!(pace.reserve(S, "b", "op:GET /a"), S);
    assert_eq!(pace.closed_until("a"), 8 * S);
    let told = Quota {
        remaining: Some(2),
        reset: None,
        policy: Some(Policy {
            requests: 5,
            window: 10 * S,
        }),
    };
    pace.heed(S, "b", told);
    let times: Vec<Duration> = (0..4).map(|_| pace.reserve(S, "b", "op:GET /a")).collect();
    assert_eq!(times, [S, S, 3 * S, 5 * S]);
}

#[test]
fn a_breaker_opens_lets_one_try_and_closes() {
    let mut breaker = Breaker::new(BreakerLimits {
        open_after: 3,
        window: 30 * S,
    });
    breaker.failed(S);
    breaker.failed(S);
    breaker.succeeded();
    breaker.failed(S);
    breaker.failed(S);
    assert_eq!(breaker.admit(S), Ok(()));
    assert!(!breaker.is_open(S));
    breaker.failed(2 * S);
    assert!(breaker.is_open(2 * S));
    breaker.failed(20 * S);
    assert_eq!(breaker.admit(31 * S), Err(32 * S));
    assert_eq!(breaker.admit(32 * S), Ok(()));
    // Only one tries at a time.
    assert_eq!(breaker.admit(33 * S), Err(62 * S));
    breaker.failed(33 * S);
    assert_eq!(breaker.admit(62 * S), Err(63 * S));
    assert_eq!(breaker.admit(63 * S), Ok(()));
    breaker.succeeded();
    assert_eq!(breaker.admit(63 * S), Ok(()));
}

#[test]
fn a_run_has_so_many_requests_and_so_much_time() {
    let mut purse = Purse::new(Budget {
        requests: Some(2),
        duration: Some(10 * S),
    });
    assert_eq!(purse.left(5 * S), Some(10 * S));
    assert_eq!(purse.spend(5 * S), Ok(()));
    assert_eq!(purse.left(8 * S), Some(7 * S));
    assert_eq!(purse.spend(8 * S), Ok(()));
    assert_eq!(purse.spend(8 * S), Err(Spent::Requests(2)));
    assert_eq!(purse.spend(15 * S), Err(Spent::Time(10 * S)));
    assert_eq!(purse.spent(), 2);
    assert_eq!(purse.left(99 * S), Some(Duration::ZERO));
}
