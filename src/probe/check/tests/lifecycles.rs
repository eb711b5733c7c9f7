//! Deprecation and Sunset headers, and latencies.

use super::lines;
use crate::probe::{
    check::{Announced, Percentiles, Promise, Verdict, latency, lifecycle, within},
    fixture::response,
    workflow::Latency,
};
use jiff::civil::{Date, date};
use std::time::Duration;

fn told(
    headers: &[(&str, &str)],
    deprecated: bool,
    until: Option<Date>,
) -> (Announced, Vec<String>) {
    let promise = Promise {
        today: date(2026, 11, 20),
        deprecated,
        until,
    };
    let (announced, checks) = lifecycle(&response(200, headers, ""), &promise);
    (announced, lines(&checks))
}

#[test]
fn a_deprecation_is_read_in_all_its_forms() {
    let since = |written: &str| told(&[("Deprecation", written)], true, None).0.since;
    assert_eq!(since("@1735689600"), Some(date(2025, 1, 1)));
    assert_eq!(
        since("Wed, 01 Jan 2025 00:00:00 GMT"),
        Some(date(2025, 1, 1))
    );
    assert_eq!(since("true"), None);
    assert_eq!(
        told(&[("Deprecation", "true")], false, None).1,
        [
            "warn deprecation-announced header:deprecation: the vendor says that it is deprecated, and the contract does not"
        ]
    );
    assert_eq!(
        told(&[("Deprecation", "false")], false, None).1,
        Vec::<String>::new()
    );
    assert_eq!(
        told(&[("Deprecation", "@1796083200")], true, None).1,
        [
            "pass deprecation-announced header:deprecation: deprecated from 2026-12-01 on, as the contract says"
        ]
    );
    assert_eq!(
        told(
            &[("Deprecation", "soon"), ("Sunset", "2027-01-01")],
            true,
            None
        )
        .1,
        [
            "warn lifecycle-syntax header:deprecation: `deprecation` cannot be read; it has to be `@` and seconds, as in `@1735689600`",
            "warn lifecycle-syntax header:sunset: `sunset` cannot be read; it has to be a date of HTTP",
        ]
    );
}

#[test]
fn a_sunset_before_the_promised_day_fails() {
    let sunset = [("Sunset", "Fri, 01 Jan 2027 23:59:59 GMT")];
    assert_eq!(
        told(&sunset, true, Some(date(2027, 3, 1))).1,
        [
            "fail sunset-window header:sunset: the vendor stops on 2027-01-01, before 2027-03-01, until which it is promised"
        ]
    );
    assert_eq!(
        told(&sunset, true, Some(date(2027, 1, 1))).1,
        ["pass sunset-window header:sunset: the vendor stops on 2027-01-01, not before 2027-01-01"]
    );
    assert_eq!(
        told(&sunset, false, None).1,
        [
            "warn sunset-window header:sunset: the vendor stops on 2027-01-01, and nothing is promised"
        ]
    );
    assert_eq!(
        told(
            &[
                ("Deprecation", "@1830000000"),
                ("Sunset", "Thu, 01 Jan 2026 00:00:00 GMT")
            ],
            true,
            None
        )
        .1,
        [
            "pass deprecation-announced header:deprecation: deprecated from 2027-12-28 on, as the contract says",
            "warn sunset-order header:sunset: the sunset on 2026-01-01 is before the deprecation",
            "warn sunset-window header:sunset: the vendor was to stop on 2026-01-01, and still answers",
        ]
    );
}

#[test]
fn links_that_announce_something_are_kept() {
    let (announced, _) = told(
        &[(
            "Link",
            r#"<https://a.example/old>; rel="deprecation"; type="text/html", </v2>; rel="successor-version next", <x>; rel=self"#,
        )],
        true,
        None,
    );
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(
        announced.links,
        [
            pair("deprecation", "https://a.example/old"),
            pair("successor-version", "/v2")
        ]
    );
}

#[test]
fn percentiles_are_times_that_were_measured() {
    let times = Percentiles::new((1..=20).rev().map(|one| one * 1_000).collect());
    let at = |percent| times.at(percent).map(|time| time.as_millis());
    assert_eq!(
        (at(50), at(95), at(99), at(100), at(0)),
        (Some(10), Some(19), Some(20), Some(20), Some(1))
    );
    assert_eq!(Percentiles::default().at(50), None);
}

#[test]
fn samples_are_held_against_limits_and_the_baseline() {
    let millis = Duration::from_millis;
    let limits = Latency {
        samples: 20,
        p95: Some(millis(19)),
        p99: Some(millis(15)),
        over_baseline: Some(50),
        ..Latency::default()
    };
    let times = Percentiles::new((1..=20).map(|one| one * 1_000).collect());
    assert_eq!(
        lines(&latency(&times, &limits, Some(millis(10)))),
        [
            "pass latency time: p95 of 20 took 19ms, at most 19ms",
            "fail latency time: p99 of 20 took 20ms, more than 15ms",
            "drift latency-drift time: p95 of 20 took 19ms, more than 15ms",
        ]
    );
    assert_eq!(latency(&times, &limits, None)[2].verdict, Verdict::Skipped);
    let few = Percentiles::new(vec![1_000; 9]);
    assert_eq!(
        lines(&latency(&few, &limits, None)),
        ["inconclusive latency time: 9 of 20 samples were answered"]
    );
    assert_eq!(
        within(&response(200, &[], ""), millis(1)).verdict,
        Verdict::Fail
    );
}
