//! What a server says about how much is left: the `RateLimit` fields of the IETF draft (httpapi-ratelimit-headers-11 and its older forms), and
//! `X-RateLimit-*`, which everybody fills as they like.

use std::time::Duration;

use jiff::Timestamp;

use super::later::{http_date, seconds};
use crate::probe::exchange::Response;

/// What is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quota {
    /// How many requests may still come.
    pub remaining: Option<u64>,
    /// When there will be more again, from now.
    pub reset: Option<Duration>,
    /// How many may come in how much time.
    pub policy: Option<Policy>,
}

/// So many requests in so much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// At least one.
    pub requests: u64,
    /// Not nothing.
    pub window: Duration,
}

impl Quota {
    /// Reads the headers of an answer. Of several policies the one with the least left counts.
    #[must_use]
    pub fn of(response: &Response, now: Timestamp) -> Self {
        let mut quota = Self::default();
        for value in response.headers_named("ratelimit") {
            for item in value.split(',') {
                quota.take(parameter(item, "r"), parameter(item, "t").and_then(seconds));
            }
            // Until draft 7 one dictionary: `limit=10, remaining=5, reset=30`.
            let remaining = entry(value, "remaining");
            quota.take(remaining, entry(value, "reset").and_then(seconds));
        }
        for prefix in ["ratelimit", "x-ratelimit", "x-rate-limit"] {
            let header = |name: &str| response.header(&format!("{prefix}-{name}"));
            let reset = header("reset").and_then(|text| reset(text, now));
            quota.take(header("remaining"), reset);
        }
        for value in response.headers_named("ratelimit-policy") {
            for item in value.split(',') {
                quota.policy = tighter(quota.policy, policy(item));
            }
        }
        quota
    }

    fn take(&mut self, remaining: Option<&str>, reset: Option<Duration>) {
        let Some(remaining) = remaining.and_then(|text| text.trim().parse().ok()) else {
            return;
        };
        if self.remaining.is_none_or(|known| remaining < known) {
            self.remaining = Some(remaining);
            self.reset = reset;
        }
    }
}

/// A structured field's parameter: `"default";q=100;w=60`.
fn parameter<'a>(item: &'a str, name: &str) -> Option<&'a str> {
    item.split(';')
        .skip(1)
        .find_map(|parameter| value(parameter, name))
}

/// A dictionary's entry.
fn entry<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.split(',').find_map(|entry| value(entry, name))
}

fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (key, value) = text.split_once('=')?;
    (key.trim() == name).then(|| value.trim())
}

/// `"default";q=100;w=60`, or as older drafts have it, `100;w=60`.
fn policy(item: &str) -> Option<Policy> {
    let plain = item.split(';').next().map(str::trim);
    let requests = parameter(item, "q").or(plain)?.parse().ok()?;
    let window = parameter(item, "w").and_then(seconds)?;
    (requests > 0 && !window.is_zero()).then_some(Policy { requests, window })
}

/// The policy that allows less over time.
fn tighter(one: Option<Policy>, other: Option<Policy>) -> Option<Policy> {
    let (Some(one), Some(other)) = (one, other) else {
        return one.or(other);
    };
    let per = |policy: Policy, other: Policy| u128::from(policy.requests) * other.window.as_nanos();
    Some(if per(other, one) < per(one, other) {
        other
    } else {
        one
    })
}

/// Seconds from now, seconds or milliseconds since 1970, or a date.
fn reset(text: &str, now: Timestamp) -> Option<Duration> {
    const A_YEAR_IN_SECONDS: i64 = 366 * 24 * 60 * 60;
    let text = text.trim();
    let at = match text.parse::<f64>() {
        // Nobody counts hundredths of a second, and a year is more than any window.
        #[expect(clippy::cast_possible_truncation, reason = "saturates")]
        Ok(number) if number.is_finite() => number.ceil() as i64,
        Ok(_) => return None,
        Err(_) => {
            let left = http_date(text)?.duration_since(now);
            return Some(Duration::try_from(left).unwrap_or_default());
        }
    };
    let seconds = if at <= A_YEAR_IN_SECONDS {
        at
    } else if at < 100_000_000_000 {
        at - now.as_second()
    } else {
        (at - now.as_millisecond()).div_euclid(1000) + 1
    };
    u64::try_from(seconds).ok().map(Duration::from_secs)
}
