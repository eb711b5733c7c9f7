//! Spans of time and rates as people write them.

use std::time::Duration;

use crate::tree::fields::Value;

/// So many requests in so much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// At least one.
    pub requests: u32,
    /// Not nothing.
    pub per: Duration,
}

impl Rate {
    /// The time that one request uses up.
    #[must_use]
    pub fn interval(self) -> Duration {
        self.per / self.requests.max(1)
    }
}

/// The longest span that anything here may take: a day.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// `500ms`, `2s`, `10m`, or `1h`: more than nothing, and at most a day.
#[must_use]
pub fn duration(value: Value<'_>) -> Option<Duration> {
    let text = value.line()?;
    let found = span(text).filter(|span| !span.is_zero() && *span <= LONGEST);
    if found.is_none() {
        value.fault(
            format!("{} cannot be `{}`", value.name(), short(text)),
            "write a whole number and `ms`, `s`, `m`, or `h`, such as `500ms` or `10m`; at most `24h`",
        );
    }
    found
}

fn span(text: &str) -> Option<Duration> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number: u32 = number.parse().ok()?;
    let unit = match unit {
        "ms" => Duration::from_millis(1),
        "s" => Duration::from_secs(1),
        "m" => Duration::from_secs(60),
        "h" => Duration::from_secs(60 * 60),
        _ => return None,
    };
    unit.checked_mul(number)
}

/// `1/s`, `30/m`, or `500/h`.
pub(super) fn rate(value: Value<'_>) -> Option<Rate> {
    let text = value.line()?;
    let found = text.split_once('/').and_then(|(requests, per)| {
        let requests = requests.parse().ok().filter(|requests| *requests > 0)?;
        let per = match per {
            "s" => Duration::from_secs(1),
            "m" => Duration::from_secs(60),
            "h" => Duration::from_secs(60 * 60),
            _ => return None,
        };
        Some(Rate { requests, per })
    });
    if found.is_none() {
        value.fault(
            format!("{} cannot be `{}`", value.name(), short(text)),
            "write a rate such as `1/s`, `30/m`, or `500/h`",
        );
    }
    found
}

/// Reads a span into its place, if it is given.
pub(super) fn within(value: Option<Value<'_>>, place: &mut Duration) -> Option<()> {
    if let Some(value) = value {
        *place = duration(value)?;
    }
    Some(())
}

/// Reads a list, each item by a function; none when one cannot be read.
pub(super) fn list<'t, T: Ord + Clone>(
    value: Value<'t>,
    read: impl FnMut(Value<'t>) -> Option<T>,
) -> Option<Vec<T>> {
    value.distinct(read)
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}
