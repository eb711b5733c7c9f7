//! One result.

use super::{
    super::{
        Compared, Report,
        alert::{Alert, Subject},
        escape,
        hops::Hops,
        json::{self, string},
        place,
        words::{self, cut},
    },
    place::{Root, physical, point, region},
};
use crate::judge::{Complaint, Finding, Mark, Side};
use crate::policy::Ruling;
use crate::rules;
use crate::spec::{Bundle, Level};
use crate::text::Position;
use std::{collections::HashMap, fmt::Write as _, ptr};

/// How much of a message is told; what comes from a contract may be of any length.
const MESSAGE: usize = 2_000;

/// How much of a content or a payload is kept in the properties.
const CONTENT: usize = 20_000;

/// How many elements of a change are named.
const ELEMENTS: usize = 50;

/// Writes results, one run at a time.
pub(super) struct Results<'b> {
    numbers: HashMap<&'static str, usize>,
    /// The references of every version, in the order of the contracts.
    hops: Vec<(&'b Bundle, Hops<'b>)>,
    /// Whether to say which comparison a result is of.
    many: bool,
}

impl<'b> Results<'b> {
    pub(super) fn new(reports: &[Report<'b>]) -> Self {
        let mut hops: Vec<(&Bundle, Hops<'_>)> = Vec::new();
        for compared in reports.iter().flat_map(|report| &report.contracts) {
            for bundle in [compared.old, compared.new].into_iter().flatten() {
                if !hops.iter().any(|(known, _)| ptr::eq(*known, bundle)) {
                    hops.push((bundle, Hops::of(bundle)));
                }
            }
        }
        let numbers = rules::all().enumerate();
        Self {
            numbers: numbers.map(|(number, rule)| (rule.id, number)).collect(),
            hops,
            many: reports.len() > 1,
        }
    }

    pub(super) fn of(&self, alert: &Alert<'_, 'b>) -> String {
        let (kind, level) = match alert.level() {
            Level::Error => ("fail", "error"),
            Level::Warning => ("fail", "warning"),
            Level::Note => ("fail", "note"),
            Level::Off => ("informational", "none"),
        };
        let mut out = format!("{{\"ruleId\":\"{}\"", alert.rule());
        if let Some(number) = self.numbers.get(alert.rule()) {
            let _ = write!(out, ",\"ruleIndex\":{number}");
        }
        let _ = write!(out, ",\"kind\":\"{kind}\",\"level\":\"{level}\"");
        let mut message = cut(alert.message(), MESSAGE).into_owned();
        for line in alert.remarks() {
            message.push('\n');
            message.push_str(&cut(&line, MESSAGE));
        }
        let _ = write!(
            out,
            ",\"message\":{{\"text\":{}}},",
            string(&unlinked(&message))
        );
        match alert.subject {
            Subject::Change(compared, finding, ruling) => {
                self.change(&mut out, compared, finding, ruling);
            }
            Subject::Notice(_) => {
                if let Some(spot) = alert.spot() {
                    let position = Position {
                        line: spot.line,
                        column: spot.column,
                    };
                    let place = physical(Root::New, spot.path, &point(position));
                    let _ = write!(out, "\"locations\":[{{{place}}}],");
                }
                out.push_str("\"baselineState\":\"new\",\"properties\":{\"about\":\"governance\"");
            }
            Subject::Complaint(compared, complaint) => {
                self::complaint(&mut out, compared, complaint);
            }
        }
        if self.many {
            let _ = write!(
                out,
                ",\"comparison\":{}",
                string(&words::versions(alert.report))
            );
        }
        let _ = write!(
            out,
            "}},\"partialFingerprints\":{{\"contract/v1\":\"{}\"}}}}",
            alert.fingerprint()
        );
        out
    }

    fn change(
        &self,
        out: &mut String,
        compared: &Compared<'b>,
        finding: &Finding,
        ruling: Option<&Ruling>,
    ) {
        let (old, new) = place::of_finding(compared, finding);
        let (root, shown) = match (&new, &old) {
            (Some(new), _) => (Root::New, Some(new)),
            (None, old) => (Root::Old, old.as_ref()),
        };
        if let Some(location) = shown {
            let place = physical(root, location.path, &region(location));
            let element = finding.sites.first_element();
            let _ = write!(
                out,
                "\"locations\":[{{{place},\"logicalLocations\":[{{\"fullyQualifiedName\":{}}}]}}],",
                string(&cut(&element, MESSAGE))
            );
        }
        let mut related = Vec::new();
        if let (Root::New, Some(old)) = (root, &old) {
            let words = if old.absent {
                "where the old version has no such thing"
            } else {
                "in the old version"
            };
            related.push((words, physical(Root::Old, old.path, &region(old))));
        }
        // Of what is gone, the way that led to it; else the way that leads to it.
        let present = new.as_ref().is_some_and(|new| !new.absent);
        let (root, bundle, mark) = if present {
            (Root::New, compared.new, finding.new)
        } else {
            (Root::Old, compared.old, finding.old)
        };
        if let (Some(bundle), Some(mark)) = (bundle, mark) {
            for hop in self.to(bundle, mark) {
                let location = place::locate(bundle, hop);
                let place = physical(root, location.path, &region(&location));
                related.push(("reached through this `$ref`", place));
            }
        }
        if !related.is_empty() {
            let related: Vec<String> = related
                .iter()
                .enumerate()
                .map(|(id, (words, place))| {
                    format!("{{\"id\":{id},\"message\":{{\"text\":\"{words}\"}},{place}}}")
                })
                .collect();
            let _ = write!(out, "\"relatedLocations\":[{}],", related.join(","));
        }
        let _ = write!(
            out,
            "\"baselineState\":\"new\",\"properties\":{{\"about\":\"change\",\"verdict\":\"{}\",\"direction\":\"{}\",\"contract\":{},\"pointer\":{},",
            finding.verdict.word(),
            finding.reach.word(),
            string(&compared.contract),
            string(&cut(&finding.pointer, MESSAGE)),
        );
        let content = |content: &Option<String>| match content {
            Some(text) if text.len() <= CONTENT => escape::json(text).into_owned(),
            Some(_) | None => "null".to_owned(),
        };
        let _ = write!(
            out,
            "\"before\":{},\"after\":{},\"proof\":",
            content(&finding.before),
            content(&finding.after)
        );
        let mut bytes = Vec::new();
        // A vector takes everything that is written to it.
        let _ = json::proof(&mut bytes, &finding.proof, compared.reading);
        if bytes.len() > CONTENT {
            bytes = format!("{{\"kind\":\"{}\"}}", finding.proof.word()).into_bytes();
        }
        let elements: Vec<String> = finding
            .sites
            .elements()
            .take(ELEMENTS)
            .map(|element| string(&cut(&element, MESSAGE)))
            .collect();
        bytes.extend(format!(",\"elements\":[{}],", elements.join(",")).into_bytes());
        let _ = json::ruling(&mut bytes, ruling);
        out.push_str(&String::from_utf8_lossy(&bytes));
    }

    fn to(&self, bundle: &Bundle, mark: Mark) -> Vec<Mark> {
        let hops = self.hops.iter().find(|(known, _)| ptr::eq(*known, bundle));
        hops.map_or_else(Vec::new, |(_, hops)| hops.to(mark))
    }
}

fn complaint(out: &mut String, compared: &Compared<'_>, complaint: &Complaint) {
    let (root, state) = match complaint.side {
        Some(Side::Old) => (Root::Old, "absent"),
        Some(Side::New) => (Root::New, "new"),
        None => (Root::New, "unchanged"),
    };
    if let Some((path, position)) = place::path_of_complaint(compared, complaint) {
        let place = physical(root, path, &point(position));
        let _ = write!(out, "\"locations\":[{{{place}}}],");
    }
    let _ = write!(
        out,
        "\"baselineState\":\"{state}\",\"properties\":{{\"about\":\"document\",\"contract\":{}",
        string(&compared.contract)
    );
}

/// SARIF reads `[text](target)` as a link, wherever it stands.
fn unlinked(text: &str) -> String {
    if !text.contains("](") {
        return text.to_owned();
    }
    text.replace('\\', "\\\\")
        .replace('[', "\\[")
        .replace(']', "\\]")
}
