//! A run as JSON, `contract.probe-report/v1`: what other tools build on.

use crate::probe::{drift::Drift, summary::Summary};
use crate::report::escape;
use serde_json::{Value, json as value};

/// The JSON Schema (2020-12) of [`json`].
#[must_use]
pub const fn probe_report_schema() -> &'static str {
    include_str!("probe-report.schema.json")
}

/// A run as JSON text with a line end.
///
/// # Panics
/// Never: everything in it can be written as JSON.
#[must_use]
pub fn json(summary: &Summary) -> String {
    let report = value!({
        "schema": "contract.probe-report/v1",
        "tool": { "name": "contract", "version": env!("CARGO_PKG_VERSION") },
        "run": summary.run,
        "environment": summary.environment,
        "today": summary.date,
        "verdict": summary.verdict,
        "reason": summary.reason,
        "exit": summary.exit.code(),
        "counts": summary.counts,
        "baseline": summary.baseline,
        "scenarios": summary.scenarios,
        "drifts": summary.drifts.iter().map(drift).collect::<Vec<_>>(),
        "coverage": summary.coverage,
        "leaks": summary.leaks,
        "remarks": summary.remarks,
    });
    let text = serde_json::to_string_pretty(&report).expect("it is a value of JSON already");
    let mut text = escape::json(&text).into_owned();
    text.push('\n');
    text
}

fn drift(drift: &Drift) -> Value {
    let changes = drift.changes.iter().map(|change| {
        value!({
            "rule": change.rule,
            "verdict": change.verdict.word(),
            "element": change.element,
            "fingerprint": change.fingerprint,
            "message": change.message,
            "pointer": change.pointer,
        })
    });
    value!({
        "id": drift.id(),
        "kind": drift.what.word(),
        "contract": drift.of.contract,
        "operation": drift.of.operation,
        "status": drift.of.status,
        "media": drift.of.media,
        "path": drift.what.path(),
        "message": drift.message(),
        "evidence": drift.evidence,
        "allowed": drift.allowed,
        "verdict": drift.verdict,
        "accepted": drift.accepted,
        "changes": changes.collect::<Vec<_>>(),
    })
}
