//! How often a host is asked, and when it is left alone.

use std::{collections::BTreeMap, time::Duration};

use super::{S, answer, now};
use crate::probe::{
    environment::{BreakerLimits, Budget, Rate, RateLimits},
    polite::*,
};

const MS: Duration = Duration::from_millis(1);

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
