//! The verdict, in one sentence.

use super::{
    super::{
        Report, Summary, escape,
        style::Paint,
        wrap::{GLUE, paragraph},
    },
    Look, governed,
};
use crate::spec::Level;
use crate::variance::Verdict;
use std::fmt::Write;

/// Whether the run passes, and what it found.
pub(in crate::report) fn verdict(report: &Report<'_>, look: Look) -> String {
    let summary = report.summary();
    let passes = report.passes();
    let complaints = || report.contracts.iter().flat_map(|one| &one.complaints);
    let errors = complaints().filter(|one| one.level == Level::Error).count();
    let warnings = complaints().count() - errors;
    let mut text = if passes {
        praise(report, look, summary)
    } else {
        blame(summary)
    };
    let mut wrong = Vec::new();
    if errors > 0 {
        wrong.push(counted(errors, "error"));
    }
    if warnings > 0 {
        wrong.push(counted(warnings, "warning"));
    }
    if !wrong.is_empty() {
        let _ = write!(text, "; {} in the documents", wrong.join(" and "));
    }
    let missing = governed::missing(report);
    if !missing.is_empty() {
        let _ = write!(text, "; {}", missing.join(", "));
    }
    let notices = report.notices().iter();
    let faults = notices.filter(|it| it.level == Level::Error && it.fingerprint.is_none());
    let faults = faults.count();
    if faults > 0 {
        let _ = write!(text, "; {} of governance", counted(faults, "error"));
    }
    let (word, paint) = if passes {
        ("ok", Paint::Good)
    } else {
        ("blocked", Paint::Bad)
    };
    let whole = paragraph(&format!("{word}: "), &text, look.width);
    let rest = whole.strip_prefix(word).unwrap_or(&whole);
    format!("{}{rest}", look.style().paint(paint, word))
}

/// What a run that passes has to show.
fn praise(report: &Report<'_>, look: Look, summary: Summary) -> String {
    let name = match report.contracts.as_slice() {
        [compared] if compared.contract.is_empty() => {
            escape::terminal(&compared.name, look.unicode).into_owned()
        }
        [compared] => escape::terminal(&compared.contract, look.unicode).into_owned(),
        contracts => counted(contracts.len(), "contract"),
    };
    if summary == Summary::default() {
        return format!("{name}  no changes");
    }
    if summary.breaking + summary.undecided > 0 {
        // A level that met obligations lowered is not what --fail-on lets through.
        let loud = report.findings().any(|one| one.level == Level::Error);
        let why = if loud { " by --fail-on" } else { "" };
        let (gates, others) = halves(summary);
        let others = others.map_or_else(String::new, |others| format!("; {others}"));
        return format!("{name}  {gates}, let through{why}{others}");
    }
    let (_, others) = halves(summary);
    let others = others.map_or_else(String::new, |others| format!("{others}, "));
    format!("{name}  {others}0 breaking")
}

/// Why a run fails.
fn blame(summary: Summary) -> String {
    match halves(summary) {
        (gates, Some(others)) => format!("{gates}; {others}"),
        (gates, None) => gates,
    }
}

/// What gates, then what does not.
fn halves(summary: Summary) -> (String, Option<String>) {
    let gates = counts(summary, &[Verdict::Breaking, Verdict::Undecided]);
    let others = counts(
        summary,
        &[Verdict::Risky, Verdict::Additive, Verdict::Neutral],
    );
    let gates = if gates.is_empty() {
        "0 breaking".to_owned()
    } else {
        gates.join(", ")
    };
    (gates, (!others.is_empty()).then(|| others.join(", ")))
}

fn counts(summary: Summary, wanted: &[Verdict]) -> Vec<String> {
    let count = |verdict: Verdict| match verdict {
        Verdict::Breaking => summary.breaking,
        Verdict::Undecided => summary.undecided,
        Verdict::Risky => summary.risky,
        Verdict::Additive => summary.additive,
        Verdict::Neutral => summary.neutral,
    };
    let counted = wanted.iter().filter(|verdict| count(**verdict) > 0);
    counted
        .map(|verdict| format!("{}{GLUE}{}", count(*verdict), verdict.word()))
        .collect()
}

/// A number with its word.
pub(in crate::report) fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
