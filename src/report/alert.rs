//! Everything a run has to say, one by one and the worst first: what all formats with an entry per finding share.

use super::{
    Compared, Report,
    place::{self, Location},
    words,
};
use crate::judge::{Complaint, Finding, Side};
use crate::policy::{Notice, Ruling};
use crate::spec::Level;
use sha2::{Digest, Sha256};
use std::{cmp::Reverse, collections::HashSet, fmt::Write};

/// What a notice that is about no other file is about.
pub(super) const POLICY: &str = ".contract/contract.yaml";

/// One thing to say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alert<'r, 'b> {
    /// The run it belongs to.
    pub(super) report: &'r Report<'b>,
    /// What it is about.
    pub(super) subject: Subject<'r, 'b>,
}

/// What there can be to say.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject<'r, 'b> {
    /// A change, and what the policy says of it.
    Change(&'r Compared<'b>, &'r Finding, Option<&'r Ruling>),
    /// Something about the repository.
    Notice(&'r Notice),
    /// Something about a document.
    Complaint(&'r Compared<'b>, &'r Complaint),
}

/// Where to show it: a place in the new version, unless only the old one has one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'r> {
    /// Path below the root, `/`-separated.
    pub(super) path: &'r str,
    pub(super) line: u32,
    pub(super) column: u32,
}

impl<'r> Alert<'r, '_> {
    pub(super) fn level(&self) -> Level {
        match self.subject {
            Subject::Change(_, finding, _) => finding.level,
            Subject::Notice(notice) => notice.level,
            Subject::Complaint(_, complaint) => complaint.level,
        }
    }

    pub(super) fn rule(&self) -> &'static str {
        match self.subject {
            Subject::Change(_, finding, _) => finding.rule.id,
            Subject::Notice(notice) => notice.rule.id,
            Subject::Complaint(_, complaint) => complaint.rule,
        }
    }

    pub(super) fn message(&self) -> &'r str {
        match self.subject {
            Subject::Change(_, finding, _) => &finding.message,
            Subject::Notice(notice) => &notice.message,
            Subject::Complaint(_, complaint) => &complaint.message,
        }
    }

    pub(super) fn spot(&self) -> Option<Spot<'r>> {
        match self.subject {
            Subject::Change(compared, finding, _) => {
                let (old, new) = place::of_finding(compared, finding);
                let Location { path, position, .. } = new.or(old)?;
                Some(Spot {
                    path,
                    line: position.line,
                    column: position.column,
                })
            }
            Subject::Notice(notice) => Some(Spot {
                path: notice.file.as_deref().unwrap_or(POLICY),
                line: notice.line.unwrap_or(1),
                column: notice.column.unwrap_or(1),
            }),
            Subject::Complaint(compared, complaint) => {
                let (path, position) = place::path_of_complaint(compared, complaint)?;
                Some(Spot {
                    path,
                    line: position.line,
                    column: position.column,
                })
            }
        }
    }

    /// What it is known by from run to run: the fingerprint of a change, or a digest of what names anything else.
    pub(super) fn fingerprint(&self) -> String {
        let (contract, path) = match self.subject {
            Subject::Change(_, finding, _) => return fingerprint(finding),
            Subject::Notice(notice) => {
                let element = notice.element.as_deref().unwrap_or_default();
                (element, notice.file.as_deref().unwrap_or(POLICY))
            }
            Subject::Complaint(compared, _) => {
                let path = self.spot().map_or("", |spot| spot.path);
                (compared.contract.as_str(), path)
            }
        };
        let mut digest = Sha256::new();
        for part in [self.rule(), contract, path, self.message()] {
            digest.update(part.as_bytes());
            digest.update([0]);
        }
        let mut out = String::from("cd1:");
        for byte in &digest.finalize()[..20] {
            let _ = write!(out, "{byte:02x}");
        }
        out
    }

    /// What to know besides the message, a line each.
    pub(super) fn remarks(&self) -> Vec<String> {
        match self.subject {
            Subject::Change(_, finding, ruling) => words::remarks(finding, ruling),
            Subject::Notice(notice) => notice.help.iter().cloned().collect(),
            Subject::Complaint(_, complaint) => {
                let side = match complaint.side {
                    Some(Side::Old) => "only in the old version",
                    Some(Side::New) => "new",
                    None => "in both versions",
                };
                vec![side.to_owned()]
            }
        }
    }

    /// Whether it alone makes the run fail.
    pub(super) fn fails(&self) -> bool {
        self.report
            .fail_on
            .is_some_and(|limit| self.level() >= limit)
    }
}

/// The fingerprint of a change.
pub(super) fn fingerprint(finding: &Finding) -> String {
    let first = finding.sites.first();
    first.map_or_else(String::new, |site| site.fingerprint)
}

/// As much of a fingerprint as a person copies.
pub(super) fn short(fingerprint: &str) -> &str {
    fingerprint.get(.."cf1:".len() + 12).unwrap_or(fingerprint)
}

/// All there is to say, the worst first, and otherwise in the order of the runs. What a notice says of a change of the
/// same run is left to the change.
pub(super) fn alerts<'r, 'b>(reports: &'r [Report<'b>]) -> Vec<Alert<'r, 'b>> {
    let mut all = Vec::new();
    for report in reports {
        let mut add = |subject| all.push(Alert { report, subject });
        for compared in &report.contracts {
            for (finding, ruling) in compared.ruled() {
                add(Subject::Change(compared, finding, ruling));
            }
        }
        for notice in notices(report) {
            add(Subject::Notice(notice));
        }
        for compared in &report.contracts {
            for complaint in &compared.complaints {
                add(Subject::Complaint(compared, complaint));
            }
        }
    }
    all.sort_by_key(|alert| {
        let (kind, verdict) = match alert.subject {
            Subject::Change(_, finding, _) => (0, Some(finding.verdict)),
            Subject::Notice(_) => (1, None),
            Subject::Complaint(..) => (2, None),
        };
        (Reverse(alert.level()), kind, Reverse(verdict))
    });
    all
}

/// What the policy has to say that no change shows.
pub(super) fn notices<'r>(report: &'r Report<'_>) -> impl Iterator<Item = &'r Notice> {
    let about = report
        .notices()
        .iter()
        .any(|notice| notice.fingerprint.is_some());
    let mut known: HashSet<String> = HashSet::new();
    if about {
        for finding in report.findings() {
            known.extend(finding.sites.spelled().map(|site| site.fingerprint));
        }
    }
    report.notices().iter().filter(move |notice| {
        let fingerprint = notice.fingerprint.as_ref();
        fingerprint.is_none_or(|fingerprint| !known.contains(fingerprint))
    })
}
/// How many errors, warnings, and notes are not told one by one; `None` when all are.
pub(super) fn counts(rest: [usize; 3]) -> Option<String> {
    let counts: Vec<String> = rest
        .into_iter()
        .zip(["error", "warning", "note"])
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| words::counted(count, word))
        .collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}
