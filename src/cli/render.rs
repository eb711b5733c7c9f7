//! The seam to `report`: every call into a format goes through here.
//!
//! STAND-IN: the bodies below are minimal, until `report` has its formats; then each becomes one call.

use super::{args::ListFormat, told::Told};
use crate::judge::{Finding, Mark};
use crate::report::Report;
use crate::rules::{self, Rule};
use crate::spec::Bundle;
use crate::variance::Verdict;
use crate::world::{self, Stream};
use serde_json::{Value, json};
use std::io::{self, Write};

/// The text for people, one section for each report.
pub(super) fn text(
    reports: &[Report<'_>],
    told: Told,
    stream: Option<Stream>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let _ = (told.colours(stream), told.unicode, world::width());
    for report in reports {
        if told.verbosity >= 0 {
            for contract in &report.contracts {
                let (old, new) = (&report.base.label, &report.head.label);
                writeln!(out, "{}  {old} -> {new}", contract.name)?;
                for finding in &contract.findings {
                    if finding.verdict > Verdict::Neutral || told.verbosity > 0 {
                        let (level, rule) = (finding.level.word(), finding.rule.id);
                        writeln!(out, "{level}[{rule}]: {}", finding.message)?;
                        if let Some(place) = place(finding, contract.old, contract.new) {
                            writeln!(out, "  --> {place}")?;
                        }
                    }
                }
                for complaint in &contract.complaints {
                    let (level, rule) = (complaint.level.word(), complaint.rule);
                    writeln!(out, "{level}[{rule}]: {}", complaint.message)?;
                }
            }
        }
        let summary = report.summary();
        writeln!(
            out,
            "{}: {} breaking, {} undecided, {} risky, {} additive",
            if report.passes() { "pass" } else { "fail" },
            summary.breaking,
            summary.undecided,
            summary.risky,
            summary.additive
        )?;
    }
    Ok(())
}

/// The JSON report, or all of them in one.
pub(super) fn json(
    reports: &[Report<'_>],
    transitive: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut written: Vec<Value> = reports.iter().map(one).collect();
    let value = match (transitive, written.pop()) {
        (false, Some(one)) => one,
        (_, last) => {
            written.extend(last);
            json!({ "schema_version": 1, "comparisons": written })
        }
    };
    writeln!(out, "{value:#}")
}

fn one(report: &Report<'_>) -> Value {
    let summary = report.summary();
    let changes: Vec<Value> = report
        .contracts
        .iter()
        .flat_map(|contract| {
            contract.findings.iter().map(|finding| {
                let site = finding.sites.first();
                json!({
                    "rule": finding.rule.id, "verdict": finding.verdict.word(), "level": finding.level.word(),
                    "contract": contract.contract, "element": site.element,
                    "fingerprint": site.fingerprint, "message": finding.message,
                })
            })
        })
        .collect();
    let diagnostics: Vec<Value> = report
        .contracts
        .iter()
        .flat_map(|contract| &contract.complaints)
        .map(|complaint| json!({ "rule": complaint.rule, "level": complaint.level.word(), "message": complaint.message }))
        .collect();
    json!({
        "schema_version": 1,
        "base": { "label": report.base.label, "commit": report.base.commit },
        "head": { "label": report.head.label, "commit": report.head.commit },
        "today": report.today,
        "verdict": if report.passes() { "pass" } else { "fail" },
        "summary": { "breaking": summary.breaking, "undecided": summary.undecided, "risky": summary.risky,
                     "additive": summary.additive, "neutral": summary.neutral },
        "changes": changes, "governance": [], "diagnostics": diagnostics,
    })
}

fn place(finding: &Finding, old: Option<&Bundle>, new: Option<&Bundle>) -> Option<String> {
    let at = |bundle: Option<&Bundle>, mark: Option<Mark>| {
        let mark = mark?;
        let source = bundle?.tree(mark.file).source();
        Some(format!("{}:{}", source.name(), source.locate(mark.start)))
    };
    at(new, finding.new).or_else(|| at(old, finding.old))
}

/// The catalogue.
pub(super) fn rules(format: ListFormat) -> String {
    let summary = |rule: &Rule| rule.docs.lines().next().unwrap_or_default().to_owned();
    match format {
        ListFormat::Text | ListFormat::Markdown => {
            let lines: Vec<String> = rules::all()
                .map(|rule| format!("- `{}`: {}", rule.id, summary(rule)))
                .collect();
            lines.join("\n") + "\n"
        }
        ListFormat::Json => {
            let rules: Vec<Value> = rules::all()
                .map(|rule| json!({ "id": rule.id, "summary": summary(rule) }))
                .collect();
            format!("{:#}\n", json!({ "schema_version": 1, "rules": rules }))
        }
    }
}

/// One rule.
pub(super) fn explain(rule: &Rule, format: ListFormat, told: Told) -> String {
    let _ = told.unicode;
    match format {
        ListFormat::Text => format!("{}\n\n{}", rule.id, rule.docs),
        ListFormat::Markdown => format!("# {}\n\n{}", rule.id, rule.docs),
        ListFormat::Json => format!("{:#}\n", json!({ "id": rule.id, "docs": rule.docs })),
    }
}

/// The JSON Schema of the report.
pub(super) fn report_schema() -> String {
    format!(
        "{:#}\n",
        json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object" })
    )
}
