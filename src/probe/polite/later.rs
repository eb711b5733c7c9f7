//! When a server wants to be asked again (RFC 9110, 10.2.3).

use std::time::Duration;

use jiff::{Timestamp, civil::DateTime, fmt::rfc2822, tz::TimeZone};

use crate::probe::exchange::Response;

/// How long the header `Retry-After` asks to wait: as seconds, or until a date. None when it is absent or says nothing.
#[must_use]
pub fn retry_after(response: &Response, now: Timestamp) -> Option<Duration> {
    let value = response.header("retry-after")?.trim();
    if let Some(seconds) = seconds(value) {
        return Some(seconds);
    }
    let until = http_date(value)?;
    // By the server's own clock, if it tells: ours may be wrong.
    let now = response.header("date").and_then(http_date).unwrap_or(now);
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

/// Digits alone are seconds; more of them than fit are as long as can be said.
pub(super) fn seconds(text: &str) -> Option<Duration> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let longest = u64::from(u32::MAX);
    let seconds = text.parse().unwrap_or(longest);
    Some(Duration::from_secs(seconds.min(longest)))
}

/// A date in any of the three forms that a recipient has to accept (RFC 9110, 5.6.7).
#[must_use]
pub fn http_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(date) = rfc2822::DateTimeParser::new().parse_timestamp(text) {
        return Some(date);
    }
    for form in ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"] {
        if let Ok(date) = DateTime::strptime(form, text) {
            return date
                .to_zoned(TimeZone::UTC)
                .ok()
                .map(|date| date.timestamp());
        }
    }
    None
}
