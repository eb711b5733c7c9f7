//! `contract signoff list`: every sign-off and waiver with what it is worth, or everything that is open.

use super::{Change, Here, changes, show::safe};
use crate::cli::{
    args::{ListArgs, ToldAs},
    excerpt::escaped,
    failure::Failure,
    output,
    told::Told,
};
use crate::policy::{
    Governance, Notice,
    files::{SignedChange, Signoff, Waiver},
    standing::{Counted, Presented},
};
use jiff::{ToSpan as _, civil::Date};
use serde_json::{Value, json};
use std::fmt::Write;

pub(super) fn run(args: &ListArgs, told: Told) -> Result<u8, Failure> {
    let here = Here::load(&args.trees, told)?;
    let judged = here.judged();
    let text = if args.pending {
        let all = changes(&judged);
        pending(&all, &here, args.format)
    } else {
        let rows = rows(&here, &judged.governance, args.expiring);
        match args.format {
            ToldAs::Text => text(&here, &rows),
            ToldAs::Json => printed(&json!({
                "schema_version": 1,
                "today": here.gate.today.to_string(),
                "files": rows.iter().map(Row::json).collect::<Vec<_>>(),
            })),
        }
    };
    output::print(text.as_bytes())?;
    Ok(0)
}

/// One file.
struct Row<'r> {
    file: &'r str,
    kind: &'static str,
    /// For whom: a consumer; `None` for a waiver.
    consumer: Option<&'r str>,
    decision: &'static str,
    approver: &'r str,
    contract: &'r str,
    changes: &'r [SignedChange],
    issued: Date,
    expires: Date,
    /// `signed`, `base`, `forge`, or `none`.
    assurance: &'static str,
    worth: &'r Counted,
    /// The first thing to be said about it.
    notice: Option<&'r Notice>,
}

fn rows<'r>(here: &'r Here, governance: &'r Governance, expiring: Option<u32>) -> Vec<Row<'r>> {
    let mut rows = Vec::new();
    let last = expiring.map(|days| {
        let last = here.gate.today.checked_add(i64::from(days).days());
        last.unwrap_or(Date::MAX)
    });
    for worth in &governance.papers {
        let is_soon = |last: Date| worth.until.as_ref().is_ok_and(|until| *until <= last);
        if last.is_some_and(|last| !is_soon(last)) {
            continue;
        }
        let mut notices = governance.notices.iter();
        let notice = notices.find(|notice| notice.file.as_ref() == Some(&worth.file));
        let papers = &here.gate.papers;
        let signoff = papers.signoffs.iter().find(|it| it.file == worth.file);
        let waiver = papers.waivers.iter().find(|it| it.file == worth.file);
        rows.extend(signoff.map(|it| of_signoff(it, worth, notice)));
        rows.extend(waiver.map(|it| of_waiver(it, worth, notice)));
    }
    rows
}

fn of_signoff<'r>(
    paper: &'r Presented<Signoff>,
    worth: &'r Counted,
    notice: Option<&'r Notice>,
) -> Row<'r> {
    let value = &paper.value;
    Row {
        file: &paper.file,
        kind: "signoff",
        consumer: Some(&value.consumer),
        decision: value.decision.word(),
        approver: &value.approver,
        contract: &value.contract,
        changes: &value.changes,
        issued: value.issued,
        expires: value.expires,
        assurance: paper.counts.word(),
        worth,
        notice,
    }
}

fn of_waiver<'r>(
    paper: &'r Presented<Waiver>,
    worth: &'r Counted,
    notice: Option<&'r Notice>,
) -> Row<'r> {
    let value = &paper.value;
    Row {
        file: &paper.file,
        kind: "waiver",
        consumer: None,
        decision: value.kind.word(),
        approver: &value.approver,
        contract: &value.contract,
        changes: &value.changes,
        issued: value.issued,
        expires: value.expires,
        assurance: paper.counts.word(),
        worth,
        notice,
    }
}

impl Row<'_> {
    fn json(&self) -> Value {
        let fingerprints: Vec<&str> = self
            .changes
            .iter()
            .map(|change| change.fingerprint.as_str())
            .collect();
        json!({
            "file": self.file,
            "kind": self.kind,
            "consumer": self.consumer,
            "decision": self.decision,
            "approver": self.approver,
            "contract": self.contract,
            "changes": fingerprints,
            "issued": self.issued.to_string(),
            "expires": self.expires.to_string(),
            "counts": self.worth.until.is_ok(),
            "assurance": self.assurance,
            "until": self.worth.until.as_ref().ok().map(Date::to_string),
            "why": self.worth.until.as_ref().err().map(ToString::to_string),
            "matches": self.worth.matches,
            "notice": self.notice.map(|notice| notice.rule.id),
        })
    }

    fn text(&self, here: &Here) -> String {
        let changes = match self.changes.len() {
            1 => "1 place".to_owned(),
            many => format!("{many} places"),
        };
        let whom = match self.consumer {
            Some(consumer) => format!("{} for {consumer}", self.decision),
            None => format!("waiver ({})", self.decision),
        };
        let mut text = format!(
            "{}\n  {}\n",
            escaped(&here.name(self.file)),
            escaped(&format!(
                "{whom} by {}, {} of {}, issued {}",
                self.approver, changes, self.contract, self.issued
            ))
        );
        let state = match &self.worth.until {
            Ok(until) => format!("counts until {until} ({})", self.assurance),
            Err(why) => why.to_string(),
        };
        let _ = writeln!(text, "  {}", escaped(&state));
        if let (Ok(_), Some(notice)) = (&self.worth.until, self.notice) {
            let _ = writeln!(text, "  {}", escaped(&notice.message));
        }
        text
    }
}

fn text(here: &Here, rows: &[Row<'_>]) -> String {
    let mut text = String::new();
    for row in rows {
        text.push_str(&row.text(here));
    }
    for fault in &here.gate.papers.faults {
        let at = fault.place.map_or_else(String::new, |place| {
            format!(":{}:{}", place.line, place.column)
        });
        let _ = writeln!(
            text,
            "{}{at}\n  cannot be read: {}",
            escaped(&here.name(&fault.file)),
            escaped(&fault.message)
        );
    }
    if text.is_empty() {
        text.push_str("there is no such sign-off or waiver\n");
    }
    text
}

/// Every obligation of a consumer that is open.
fn pending(all: &[Change], here: &Here, format: ToldAs) -> String {
    let mut rows = Vec::new();
    let mut text = String::new();
    for change in all {
        for asked in change.asked.iter().filter(|asked| asked.is_open()) {
            let Some(obligation) = &asked.obligation else {
                continue;
            };
            let first = asked.sites.first();
            rows.push(json!({
                "consumer": asked.consumer,
                "contract": change.contract,
                "rule": change.rule,
                "element": first.map(|site| &site.element),
                "fingerprints": asked.sites.iter().map(|site| &site.fingerprint).collect::<Vec<_>>(),
                "message": change.message,
                "window": change.window,
                "status": obligation.status.word(),
                "until": obligation.until.map(|day| day.to_string()),
                "note": obligation.note,
                "command": obligation.command,
            }));
            text.push_str(&open(change, asked));
        }
    }
    match format {
        ToldAs::Json => printed(&json!({
            "schema_version": 1,
            "today": here.gate.today.to_string(),
            "pending": rows,
        })),
        ToldAs::Text if text.is_empty() => "nobody's word is wanting\n".to_owned(),
        ToldAs::Text => text,
    }
}

/// One open obligation, on a few lines.
pub(super) fn open(change: &Change, asked: &super::change::Asked) -> String {
    let Some(obligation) = &asked.obligation else {
        return String::new();
    };
    let note = obligation.note.as_deref();
    let note = note.map_or_else(String::new, |note| format!(" ({note})"));
    let lines = [
        format!(
            "{}: {}{note}: {} {}",
            asked.consumer,
            obligation.status.word(),
            change.contract,
            change.short()
        ),
        format!("  {}", change.message),
        format!("  {}", obligation.command),
    ];
    lines.iter().fold(String::new(), |mut text, line| {
        let _ = writeln!(text, "{}", escaped(line));
        text
    })
}

/// JSON that is safe to print.
fn printed(value: &Value) -> String {
    let text = serde_json::to_string_pretty(value).expect("texts, numbers, and lists of them");
    safe(&format!("{text}\n"))
}
