//! Telling: one analysis, many formats.

mod alert;
mod audit;
mod azure;
mod catalogue;
mod changelog;
mod deprecations;
mod escape;
mod github;
mod gitlab;
mod hops;
mod html;
mod json;
mod junit;
mod markdown;
mod place;
pub mod probe;
mod sarif;
mod schema;
mod style;
mod text;
mod words;
mod wrap;

pub use audit::{Audit, Judged, Refused, audit_json, audit_text};
pub use azure::azure;
pub use catalogue::{Listing, explain, nearest, rules};
pub use changelog::{Changelog, Chapter, Form, Movement, Semver, Step, changelog};
pub use deprecations::{Deprecations, deprecations};
pub use github::github;
pub use gitlab::gitlab;
pub use html::html;
pub use json::{json, transitive_json};
pub use junit::junit;
pub use markdown::markdown;
pub use sarif::sarif;
pub use schema::report_schema;
pub use text::{Look, Verbosity, text};

use crate::diff::Reading;
use crate::judge::{Complaint, Finding};
use crate::policy::{Governance, Notice, Ruling};
use crate::spec::{Bundle, Level};
use crate::variance::Verdict;
use std::{iter, ptr};

/// One run, ready to be told.
#[derive(Debug)]
pub struct Report<'b> {
    /// What the old side is.
    pub base: Version,
    /// What the new side is.
    pub head: Version,
    /// The date that windows are counted from, `YYYY-MM-DD`.
    pub today: String,
    /// From which level on the run fails; `None` is never.
    pub fail_on: Option<Level>,
    /// The contracts, in the order of their paths.
    pub contracts: Vec<Compared<'b>>,
    /// What the policy says of the run as a whole; `None` where none was asked.
    pub governance: Option<Governance>,
}

/// One side of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// What people call it: a path, `working tree`, or an abbreviated commit.
    pub label: String,
    /// The full commit id, when the side is a commit.
    pub commit: Option<String>,
}

/// One contract of a run.
#[derive(Debug)]
pub struct Compared<'b> {
    /// What people call it: the document's path.
    pub name: String,
    /// Its id in fingerprints; empty for `contract diff` without `--contract`.
    pub contract: String,
    /// The old files; `None` for a contract that head brings.
    pub old: Option<&'b Bundle>,
    /// The new files; `None` for a contract that head deletes.
    pub new: Option<&'b Bundle>,
    /// How many operations the new side has (the old one, when it is deleted).
    pub operations: usize,
    /// How members that a schema does not name were read.
    pub reading: Reading,
    /// What changed, the worst first.
    pub findings: Vec<Finding>,
    /// What is wrong with the documents themselves.
    pub complaints: Vec<Complaint>,
    /// What the policy says of each finding, in their order; empty where none was asked.
    pub rulings: Vec<Ruling>,
}

impl Compared<'_> {
    /// Every finding with what the policy says of it.
    pub fn ruled(&self) -> impl Iterator<Item = (&Finding, Option<&Ruling>)> {
        let rulings = self.rulings.iter().map(Some).chain(iter::repeat(None));
        self.findings.iter().zip(rulings)
    }

    /// What the policy says of one of the findings.
    #[must_use]
    pub fn ruling(&self, finding: &Finding) -> Option<&Ruling> {
        let index = self.findings.iter().position(|one| ptr::eq(one, finding))?;
        self.rulings.get(index)
    }
}

/// How many findings of each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Breaking ones.
    pub breaking: usize,
    /// Undecided ones.
    pub undecided: usize,
    /// Risky ones.
    pub risky: usize,
    /// Additive ones.
    pub additive: usize,
    /// Neutral ones.
    pub neutral: usize,
}

impl Report<'_> {
    /// Every finding, contract by contract.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.contracts
            .iter()
            .flat_map(|contract| &contract.findings)
    }

    /// The number of findings by verdict.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        for finding in self.findings() {
            *match finding.verdict {
                Verdict::Breaking => &mut summary.breaking,
                Verdict::Undecided => &mut summary.undecided,
                Verdict::Risky => &mut summary.risky,
                Verdict::Additive => &mut summary.additive,
                Verdict::Neutral => &mut summary.neutral,
            } += 1;
        }
        summary
    }

    /// What the policy has to say, the loudest first.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        self.governance
            .as_ref()
            .map_or(&[], |governance| &governance.notices)
    }

    /// Whether the run passes: neither a finding, nor a complaint, nor a notice is as loud as `fail_on`.
    #[must_use]
    pub fn passes(&self) -> bool {
        let Some(limit) = self.fail_on else {
            return true;
        };
        let complaints = self
            .contracts
            .iter()
            .flat_map(|contract| &contract.complaints);
        self.findings().all(|finding| finding.level < limit)
            && complaints
                .map(|complaint| complaint.level)
                .all(|level| level < limit)
            && self.notices().iter().all(|notice| notice.level < limit)
    }
}
