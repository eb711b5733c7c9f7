//! The date: from the system in UTC, or as written.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use thiserror::Error;

use super::error::USAGE;

/// Today in UTC, so that a run says the same in every time zone.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that asks the clock"
)]
pub fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// A date was not written as `YYYY-MM-DD`, or is not in the calendar.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{text}` is not a date")]
pub struct DateError {
    /// What was written.
    pub text: String,
}

impl DateError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        Some("write YYYY-MM-DD, such as 2026-01-31".to_owned())
    }

    /// The exit code of a run that ends with this error.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        USAGE
    }
}

/// Reads `YYYY-MM-DD` and nothing else: a time or a zone would suggest that they count.
///
/// # Errors
///
/// Any other form, and a day that the calendar does not have, is refused.
pub fn parse_date(text: &str) -> Result<Date, DateError> {
    let error = || DateError {
        text: text.to_owned(),
    };
    let in_form = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !in_form {
        return Err(error());
    }
    text.parse().map_err(|_| error())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_dates_of_the_calendar_are_read() {
        let leap_day = parse_date("2028-02-29").expect("a date");
        assert_eq!(leap_day, jiff::civil::date(2028, 2, 29));
        for text in [
            "2026-02-29",
            "2026-1-31",
            "20260131",
            "2026-01-31T00:00",
            "31.01.2026",
            "",
            "+026-01-31",
        ] {
            assert!(parse_date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn today_is_in_the_calendar() {
        assert!(today().year() >= 2020);
    }
}
