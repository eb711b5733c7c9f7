//! Deprecation (RFC 9745) and Sunset (RFC 8594) headers against the window that was promised.

use super::{Check, Place, Verdict};
use crate::probe::exchange::Response;
use jiff::{Timestamp, civil::Date, fmt::rfc2822::DateTimeParser, tz::TimeZone};
use serde_json::Value;

/// What the contract and its policy promise of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Today.
    pub today: Date,
    /// Whether the contract says that it is deprecated.
    pub deprecated: bool,
    /// The first day on which it may be gone, where that is promised.
    pub until: Option<Date>,
}

/// What a vendor announces in its headers, for whoever keeps a record of windows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announced {
    /// Deprecated, in the past or from then on.
    pub deprecated: bool,
    /// Since when, or from when on.
    pub since: Option<Date>,
    /// The day after which it may not answer any more.
    pub sunset: Option<Date>,
    /// Links with `rel` deprecation, sunset, or successor-version.
    pub links: Vec<(String, String)>,
}

/// The relations that announce something.
const RELATIONS: [&str; 3] = ["deprecation", "sunset", "successor-version"];
/// RFC 5322 as HTTP uses it, whatever the day of the week is called.
const HTTP_DATE: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// What an answer announces, and whether that keeps what was promised. Nothing where it announces nothing.
#[must_use]
pub fn lifecycle(response: &Response, promise: &Promise) -> (Announced, Vec<Check>) {
    let mut announced = Announced::default();
    let mut checks = Vec::new();
    if let Some(written) = response.header("deprecation") {
        match deprecation(written) {
            Some(Deprecation::Not) => {}
            Some(Deprecation::Now) => announced.deprecated = true,
            Some(Deprecation::Since(date)) => {
                announced.deprecated = true;
                announced.since = Some(date);
            }
            None => checks.push(unreadable(
                "deprecation",
                written,
                "`@` and seconds, as in `@1735689600`",
            )),
        }
    }
    if let Some(written) = response.header("sunset") {
        match http_date(written) {
            Some(date) => announced.sunset = Some(date),
            None => checks.push(unreadable("sunset", written, "a date of HTTP")),
        }
    }
    for value in response.headers_named("link") {
        announced.links.extend(links(value));
    }
    checks.extend(judge(&announced, promise));
    (announced, checks)
}

fn judge(announced: &Announced, promise: &Promise) -> Vec<Check> {
    let mut checks = Vec::new();
    let deprecation = || Place::Header("deprecation".to_owned());
    let sunset = || Place::Header("sunset".to_owned());
    if announced.deprecated {
        let since = match announced.since {
            Some(date) if date > promise.today => format!(" from {date} on"),
            Some(date) => format!(" since {date}"),
            None => String::new(),
        };
        checks.push(if promise.deprecated {
            let message = format!("deprecated{since}, as the contract says");
            Check::pass("deprecation-announced", message).at(deprecation())
        } else {
            let message =
                format!("the vendor says that it is deprecated{since}, and the contract does not");
            Check::new("deprecation-announced", Verdict::Warn, message).at(deprecation())
        });
    }
    let Some(end) = announced.sunset else {
        return checks;
    };
    if announced.since.is_some_and(|since| end < since) {
        let message = format!("the sunset on {end} is before the deprecation");
        checks.push(Check::new("sunset-order", Verdict::Warn, message).at(sunset()));
    }
    checks.push(
        match promise.until {
            Some(until) if end < until => Check::fail(
                "sunset-window",
                format!("the vendor stops on {end}, before {until}, until which it is promised"),
            )
            .expected(until.to_string())
            .found(end.to_string()),
            Some(until) => Check::pass(
                "sunset-window",
                format!("the vendor stops on {end}, not before {until}"),
            ),
            None if end < promise.today => Check::new(
                "sunset-window",
                Verdict::Warn,
                format!("the vendor was to stop on {end}, and still answers"),
            ),
            None => Check::new(
                "sunset-window",
                Verdict::Warn,
                format!("the vendor stops on {end}, and nothing is promised"),
            ),
        }
        .at(sunset()),
    );
    checks
}

/// What a `Deprecation` header says.
enum Deprecation {
    /// It is not deprecated.
    Not,
    /// It is.
    Now,
    /// It is, or will be, since this day.
    Since(Date),
}

/// `@1735689600`; before RFC 9745 also `true`, `false`, or a date of HTTP.
fn deprecation(written: &str) -> Option<Deprecation> {
    let written = written.trim();
    match written {
        "true" => return Some(Deprecation::Now),
        "false" => return Some(Deprecation::Not),
        _ => {}
    }
    if let Some(seconds) = written.strip_prefix('@') {
        let timestamp = Timestamp::from_second(seconds.parse().ok()?).ok()?;
        let date = timestamp.to_zoned(TimeZone::UTC).date();
        return Some(Deprecation::Since(date));
    }
    http_date(written).map(Deprecation::Since)
}

fn http_date(written: &str) -> Option<Date> {
    let timestamp = HTTP_DATE.parse_timestamp(written.trim()).ok()?;
    Some(timestamp.to_zoned(TimeZone::UTC).date())
}

fn unreadable(header: &str, written: &str, form: &str) -> Check {
    Check::new(
        "lifecycle-syntax",
        Verdict::Warn,
        format!("`{header}` cannot be read; it has to be {form}"),
    )
    .at(Place::Header(header.to_owned()))
    .found(Value::from(written))
}

/// RFC 8288: the targets of the relations that announce something.
fn links(value: &str) -> Vec<(String, String)> {
    super::pages::links(value)
        .into_iter()
        .filter(|(relation, _)| RELATIONS.contains(&relation.as_str()))
        .collect()
}
