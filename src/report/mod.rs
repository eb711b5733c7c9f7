//! Telling: one analysis, many formats.

mod catalogue;
mod escape;
mod json;
mod place;
mod schema;
mod style;
mod text;
mod wrap;

pub use catalogue::{Listing, explain, nearest, rules};
pub use json::{json, transitive_json};
pub use schema::report_schema;
pub use text::{Look, Verbosity, text};

use crate::diff::Reading;
use crate::judge::{Complaint, Finding};
use crate::spec::{Bundle, Level};
use crate::variance::Verdict;

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

    /// Whether the run passes: nothing, neither finding nor complaint, is as loud as `fail_on`.
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
    }
}
