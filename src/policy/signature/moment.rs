//! Timestamps of `valid-after` and `valid-before`, and the whole days they leave.

use jiff::civil::{Date, DateTime};

/// Reads `YYYYMMDD`, `YYYYMMDDHHMM`, or `YYYYMMDDHHMMSS`, with or without `Z` or `UTC`. Always UTC: the verdict must not
/// depend on where the gate runs.
pub(super) fn read(text: &str) -> Option<DateTime> {
    let lower = text.to_ascii_lowercase();
    let digits = lower
        .strip_suffix("utc")
        .or_else(|| lower.strip_suffix('z'))
        .unwrap_or(&lower);
    if !digits.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits.len(), 8 | 12 | 14) {
        return None;
    }
    let part = |from: usize, to: usize| -> i8 {
        digits
            .get(from..to)
            .and_then(|part| part.parse().ok())
            .unwrap_or(0)
    };
    let year = digits.get(..4)?.parse().ok()?;
    DateTime::new(
        year,
        part(4, 6),
        part(6, 8),
        part(8, 10),
        part(10, 12),
        part(12, 14),
        0,
    )
    .ok()
}

/// The first day that lies wholly at or after this moment; `None` past the end of the calendar.
pub(super) fn first_day(after: DateTime) -> Option<Date> {
    if after.time() == jiff::civil::Time::midnight() {
        Some(after.date())
    } else {
        after.date().tomorrow().ok()
    }
}

/// The last day that lies wholly at or before this moment, to the second; `None` before the start of the calendar.
pub(super) fn last_day(before: DateTime) -> Option<Date> {
    if (before.hour(), before.minute(), before.second()) == (23, 59, 59) {
        Some(before.date())
    } else {
        before.date().yesterday().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{first_day, last_day, read};
    use jiff::civil::date;

    #[test]
    fn a_moment_is_read_in_utc_in_each_of_its_forms() {
        let noon = date(2027, 1, 2).at(12, 30, 0, 0);
        for text in [
            "202701021230",
            "202701021230Z",
            "202701021230z",
            "20270102123000UTC",
        ] {
            assert_eq!(read(text), Some(noon), "{text}");
        }
        assert_eq!(read("20270102"), Some(date(2027, 1, 2).at(0, 0, 0, 0)));
        for text in [
            "",
            "Z",
            "2027",
            "2027010",
            "2027-01-02",
            "20270230",
            "20271301",
            "2027010224",
            "202701022400",
            "+2270102",
            "202701021299",
            "20270102T0000",
            "２０２７０１０２",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn only_whole_days_count() {
        let midnight = date(2027, 1, 2).at(0, 0, 0, 0);
        assert_eq!(first_day(midnight), Some(date(2027, 1, 2)));
        assert_eq!(last_day(midnight), Some(date(2027, 1, 1)));
        let late = date(2027, 1, 2).at(23, 59, 59, 0);
        assert_eq!(first_day(late), Some(date(2027, 1, 3)));
        assert_eq!(last_day(late), Some(date(2027, 1, 2)));
    }
}
