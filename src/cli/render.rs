//! The seam to `report`: every call into a format goes through here.

use super::{
    args::{Format, ListFormat, ProbeFormat, ToldAs},
    told::Told,
};
use crate::probe::{history::Trend, summary::Summary};
use crate::report::{self, Audit, Changelog, Deprecations, Form, Listing, Look, Report, Verbosity};
use crate::rules::Rule;
use crate::world::{self, Stream};
use std::io::{self, Write};

/// How text looks on a stream, or in a file (`None`).
fn look(told: Told, stream: Option<Stream>) -> Look {
    Look {
        color: told.colours(stream),
        unicode: told.unicode,
        // A file is read anywhere, and should not depend on the terminal that it was written from.
        width: stream.map_or(Look::default().width, |_| world::width()),
        verbosity: match told.verbosity {
            ..0 => Verbosity::Quiet,
            0 => Verbosity::Normal,
            1 => Verbosity::Verbose,
            2.. => Verbosity::Full,
        },
    }
}

/// All reports in one format; what is made for one report at a time is written one after the other.
pub(super) fn reports(
    format: Format,
    reports: &[Report<'_>],
    transitive: bool,
    told: Told,
    stream: Option<Stream>,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Text => {
            let look = look(told, stream);
            reports
                .iter()
                .try_for_each(|report| report::text(report, look, out))
        }
        Format::Json => match reports {
            [report] if !transitive => report::json(report, out),
            reports => report::transitive_json(reports, out),
        },
        Format::Sarif => report::sarif(reports, out),
        Format::Github => report::github(reports, out),
        Format::Junit => report::junit(reports, out),
        Format::Markdown => report::markdown(reports, out),
        Format::Html => report::html(reports, out),
        Format::Gitlab => report::gitlab(reports, out),
        Format::Azure => report::azure(reports, out),
    }
}

/// One report as text on standard output.
pub(super) fn text(report: &Report<'_>, told: Told, out: &mut dyn Write) -> io::Result<()> {
    report::text(report, look(told, Some(Stream::Out)), out)
}

fn listing(format: ListFormat) -> Listing {
    match format {
        ListFormat::Text => Listing::Text,
        ListFormat::Markdown => Listing::Markdown,
        ListFormat::Json => Listing::Json,
    }
}

/// What is deprecated.
pub(super) fn deprecations(told_of: &Deprecations<'_>, format: ListFormat, told: Told) -> String {
    report::deprecations(listing(format), told_of, look(told, Some(Stream::Out)))
}

/// What history let through.
pub(super) fn audit(audit: &Audit, format: ToldAs, told: Told) -> String {
    match format {
        ToldAs::Text => report::audit_text(audit, look(told, Some(Stream::Out))),
        ToldAs::Json => report::audit_json(audit),
    }
}

/// What changed, and how to follow.
pub(super) fn changelog(changelog: &Changelog<'_>, form: Form) -> String {
    report::changelog(changelog, form)
}

/// The catalogue.
pub(super) fn rules(format: ListFormat, told: Told) -> String {
    report::rules(listing(format), look(told, Some(Stream::Out)))
}

/// One rule.
pub(super) fn explain(rule: &Rule, format: ListFormat, told: Told) -> String {
    report::explain(rule, listing(format), look(told, Some(Stream::Out)))
}

/// Rules whose ids look like a mistyped one, the likeliest first.
pub(super) fn nearest(id: &str) -> Vec<&'static str> {
    report::nearest(id)
}

/// The JSON Schema of the report.
pub(super) fn report_schema() -> &'static str {
    report::report_schema()
}

/// What a probe found.
pub(super) fn probe(
    format: ProbeFormat,
    summary: &Summary,
    told: Told,
    stream: Option<Stream>,
) -> String {
    match format {
        ProbeFormat::Text => report::probe::text(summary, look(told, stream)),
        ProbeFormat::Json => report::probe::json(summary),
        ProbeFormat::Junit => report::probe::junit(summary),
    }
}

/// How the operations of an environment fared.
pub(super) fn probe_history(environment: &str, trends: &[Trend], told: Told) -> String {
    report::probe::history(environment, trends, look(told, Some(Stream::Out)))
}
