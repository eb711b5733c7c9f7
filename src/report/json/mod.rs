//! The report as JSON, version 1: what other tools build on. Written piece by piece, one change per line.

mod governed;

pub(super) use governed::ruling;

use super::{
    Compared, Report, Version, escape,
    place::{self, Location},
};
use crate::diff::Reading;
use crate::judge::{Complaint, Finding, Proof, Side, Witness};
use crate::policy::Ruling;
use crate::spec::Level;
use crate::variance::Verdict;
use std::io::{Result, Write};

/// Writes a report.
///
/// # Errors
/// When the writer fails.
pub fn json(report: &Report<'_>, out: &mut dyn Write) -> Result<()> {
    body(report, out)?;
    out.write_all(b"\n")
}

/// Writes the reports of several comparisons as one document.
///
/// # Errors
/// When the writer fails.
pub fn transitive_json<'r, 'b: 'r>(
    reports: impl IntoIterator<Item = &'r Report<'b>>,
    out: &mut dyn Write,
) -> Result<()> {
    out.write_all(b"{\"schema_version\":1,\"comparisons\":")?;
    list(out, reports, |out, report| body(report, out))?;
    out.write_all(b"}\n")
}

fn body(report: &Report<'_>, out: &mut dyn Write) -> Result<()> {
    write!(
        out,
        "{{\"schema_version\":1,\n\"tool\":{{\"name\":\"contract\",\"version\":{}}},\n\"base\":",
        string(env!("CARGO_PKG_VERSION"))
    )?;
    version(out, &report.base)?;
    out.write_all(b",\n\"head\":")?;
    version(out, &report.head)?;
    let verdict = if report.passes() { "pass" } else { "fail" };
    write!(
        out,
        ",\n\"today\":{},\n\"verdict\":\"{verdict}\",\n",
        string(&report.today)
    )?;
    governed::run(out, report)?;
    summary(out, report)?;
    out.write_all(b",\n\"contracts\":")?;
    list(out, &report.contracts, contract)?;
    out.write_all(b",\n\"changes\":")?;
    let findings = report.contracts.iter().flat_map(|compared| {
        let findings = compared.ruled();
        findings.map(move |(finding, ruling)| (compared, finding, ruling))
    });
    list(out, findings, |out, (compared, finding, ruling)| {
        change(out, compared, finding, ruling)
    })?;
    out.write_all(b",\n\"governance\":")?;
    list(out, report.notices(), governed::notice)?;
    out.write_all(b",\n\"diagnostics\":")?;
    let complaints = report.contracts.iter().flat_map(|compared| {
        let complaints = compared.complaints.iter();
        complaints.map(move |complaint| (compared, complaint))
    });
    list(out, complaints, |out, (compared, complaint)| {
        diagnostic(out, compared, complaint)
    })?;
    out.write_all(b"}")
}

fn version(out: &mut dyn Write, version: &Version) -> Result<()> {
    write!(
        out,
        "{{\"label\":{},\"commit\":{}}}",
        string(&version.label),
        version
            .commit
            .as_deref()
            .map_or_else(|| "null".to_owned(), string)
    )
}

fn summary(out: &mut dyn Write, report: &Report<'_>) -> Result<()> {
    let summary = report.summary();
    let levels = || {
        let complaints = report.contracts.iter().flat_map(|one| &one.complaints);
        let complaints = complaints.map(|complaint| complaint.level);
        let notices = report.notices().iter().map(|notice| notice.level);
        report
            .findings()
            .map(|finding| finding.level)
            .chain(complaints)
            .chain(notices)
    };
    let count = |wanted| levels().filter(|level| *level == wanted).count();
    let operations: usize = report.contracts.iter().map(|one| one.operations).sum();
    write!(
        out,
        "\"summary\":{{\"breaking\":{},\"undecided\":{},\"risky\":{},\"additive\":{},\"neutral\":{},\
         \"contracts\":{},\"operations\":{operations},\"errors\":{},\"warnings\":{}}}",
        summary.breaking,
        summary.undecided,
        summary.risky,
        summary.additive,
        summary.neutral,
        report.contracts.len(),
        count(Level::Error),
        count(Level::Warning),
    )
}

fn contract(out: &mut dyn Write, compared: &Compared<'_>) -> Result<()> {
    write!(
        out,
        "{{\"name\":{},\"contract\":{},\"operations\":{},\"reading\":\"{}\"}}",
        string(&compared.name),
        string(&compared.contract),
        compared.operations,
        compared.reading.word()
    )
}

fn change(
    out: &mut dyn Write,
    compared: &Compared<'_>,
    finding: &Finding,
    ruling: Option<&Ruling>,
) -> Result<()> {
    let first = finding.sites.first();
    let (element, fingerprint) =
        first.map_or_else(Default::default, |site| (site.element, site.fingerprint));
    write!(
        out,
        "{{\"fingerprint\":{},\"rule\":\"{}\",\"verdict\":\"{}\",\"level\":\"{}\",\"direction\":\"{}\",\
         \"by_direction\":{{\"input\":{},\"output\":{}}},\"contract\":{},\"element\":{},\"pointer\":{},\
         \"message\":{},\"old\":",
        string(&fingerprint),
        finding.rule.id,
        finding.verdict.word(),
        finding.level.word(),
        finding.reach.word(),
        word(finding.input),
        word(finding.output),
        string(&compared.contract),
        string(&element),
        string(&finding.pointer),
        string(&finding.message),
    )?;
    let (old, new) = place::of_finding(compared, finding);
    location(out, old)?;
    out.write_all(b",\"new\":")?;
    location(out, new)?;
    let content = |content: &Option<String>| match content {
        Some(text) => escape::json(text).into_owned(),
        None => "null".to_owned(),
    };
    write!(
        out,
        ",\"before\":{},\"after\":{},\"proof\":",
        content(&finding.before),
        content(&finding.after),
    )?;
    proof(out, &finding.proof, compared.reading)?;
    out.write_all(b",\"sites\":[")?;
    // A finding may have thousands of sites: each is spelled out once, for both lists.
    let mut also = String::new();
    let mut comma = "";
    for site in finding.sites.spelled() {
        let spelled = string(&site.element);
        out.write_all(comma.as_bytes())?;
        out.write_all(b"{\"element\":")?;
        out.write_all(spelled.as_bytes())?;
        out.write_all(b",\"fingerprint\":\"")?;
        out.write_all(site.fingerprint.as_bytes())?;
        out.write_all(b"\"}")?;
        comma = ",";
        if site.element != element {
            also.push_str(if also.is_empty() { "" } else { "," });
            also.push_str(&spelled);
        }
    }
    out.write_all(b"],\"also_at\":[")?;
    out.write_all(also.as_bytes())?;
    out.write_all(b"],")?;
    governed::ruling(out, ruling)?;
    out.write_all(b"}")
}

/// What a verdict rests on.
pub(super) fn proof(out: &mut dyn Write, proof: &Proof, reading: Reading) -> Result<()> {
    write!(
        out,
        "{{\"kind\":\"{}\",\"reading\":\"{}\",\"witness\":",
        proof.word(),
        reading.word()
    )?;
    match proof {
        Proof::Witness(witness) => {
            let sides = [Side::Old, Side::New].map(side);
            let [valid, invalid] = match witness.valid_under {
                Side::Old => sides,
                Side::New => [sides[1], sides[0]],
            };
            write!(
                out,
                "{{\"payload\":{},\"valid_under\":\"{valid}\",\"invalid_under\":\"{invalid}\",\"keyword\":{},\"at\":{},\"exchange\":{}}}",
                escape::json(&witness.payload),
                string(&witness.keyword),
                string(&witness.at),
                escape::json(&exchange(witness)),
            )?;
        }
        Proof::Equivalent
        | Proof::Compatible
        | Proof::Removed
        | Proof::Rule
        | Proof::Undecided(_) => out.write_all(b"null")?,
    }
    out.write_all(b",\"reason\":")?;
    match proof {
        Proof::Undecided(reason) => out.write_all(string(reason).as_bytes())?,
        Proof::Witness(_)
        | Proof::Equivalent
        | Proof::Compatible
        | Proof::Removed
        | Proof::Rule => out.write_all(b"null")?,
    }
    out.write_all(b"}")
}

/// The message that carries a witness, as JSON text.
fn exchange(witness: &Witness) -> String {
    // Strings, lists, and maps of strings always have a JSON form.
    serde_json::to_string(&witness.exchange).unwrap_or_else(|_| "null".to_owned())
}

const fn side(side: Side) -> &'static str {
    match side {
        Side::Old => "old",
        Side::New => "new",
    }
}

fn diagnostic(out: &mut dyn Write, compared: &Compared<'_>, complaint: &Complaint) -> Result<()> {
    let side = complaint.side.map_or("both", side);
    write!(
        out,
        "{{\"rule\":\"{}\",\"level\":\"{}\",\"side\":\"{side}\",\"contract\":{},\"message\":{}",
        complaint.rule,
        complaint.level.word(),
        string(&compared.contract),
        string(&complaint.message)
    )?;
    if let Some((source, position)) = place::of_complaint(compared, complaint) {
        write!(
            out,
            ",\"file\":{},\"line\":{},\"column\":{}",
            string(source.name()),
            position.line,
            position.column
        )?;
    }
    out.write_all(b"}")
}

fn location(out: &mut dyn Write, location: Option<Location<'_>>) -> Result<()> {
    let Some(location) = location else {
        return out.write_all(b"null");
    };
    write!(
        out,
        "{{\"file\":{},\"line\":{},\"column\":{}{}}}",
        string(location.source.name()),
        location.position.line,
        location.position.column,
        if location.absent {
            ",\"absent\":true"
        } else {
            ""
        }
    )
}

/// An array, one item per line.
fn list<T>(
    out: &mut dyn Write,
    items: impl IntoIterator<Item = T>,
    item: impl Fn(&mut dyn Write, T) -> Result<()>,
) -> Result<()> {
    let mut before: &[u8] = b"[\n";
    for one in items {
        out.write_all(before)?;
        item(out, one)?;
        before = b",\n";
    }
    out.write_all(if before == b"[\n" { b"[]" } else { b"\n]" })
}

fn word(verdict: Option<Verdict>) -> String {
    verdict.map_or_else(
        || "null".to_owned(),
        |verdict| format!("\"{}\"", verdict.word()),
    )
}

/// A string as JSON text.
pub(super) fn string(text: &str) -> String {
    // Most strings are ids and need no escape.
    if text
        .bytes()
        .all(|byte| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\')
    {
        let mut out = String::with_capacity(text.len() + 2);
        out.push('"');
        out.push_str(text);
        out.push('"');
        return out;
    }
    escape::json(&serde_json::Value::from(text).to_string()).into_owned()
}
