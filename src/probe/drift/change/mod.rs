//! Every drift as the edit of the contract that it amounts to, judged by the same rules as an edit.

mod declare;
mod edit;
mod edits;
mod scene;
mod synth;

use super::{
    drifts::{Change, Drift, Evidence, What},
    shape::{Key, Shape},
};
use crate::diff::{self, Elements, Options, Reading, labels_of};
use crate::judge::{self, Finding};
use crate::probe::{
    check::Verdict,
    workflow::{DriftLevel, DriftRules},
};
use crate::spec::{self, At, Contract};
use crate::variance;
use edits::Edits;
use scene::Scene;
use std::collections::BTreeMap;

/// Says what drifts would be as edits of one contract.
#[derive(Debug)]
pub struct Translator<'c, 'd> {
    contract: &'c Contract<'d>,
    id: &'c str,
    reading: Reading,
    rules: &'c DriftRules,
}

impl<'c, 'd> Translator<'c, 'd> {
    /// Drifts of the contract with this id; fingerprints are those of this reading.
    #[must_use]
    pub const fn new(
        contract: &'c Contract<'d>,
        id: &'c str,
        reading: Reading,
        rules: &'c DriftRules,
    ) -> Self {
        Self {
            contract,
            id,
            reading,
            rules,
        }
    }

    /// Tells of each drift what it is as an edit, and what it amounts to.
    #[must_use]
    pub fn translate(
        &self,
        drifts: Vec<Drift>,
        baseline: &BTreeMap<Key, Shape>,
        current: &BTreeMap<Key, Shape>,
    ) -> Vec<Drift> {
        let told = drifts.into_iter().map(|mut drift| {
            let empty = Shape::empty(drift.of.clone());
            let old = baseline.get(&drift.of).unwrap_or(&empty);
            let new = current.get(&drift.of).unwrap_or(&empty);
            if let Some((allowed, changes)) = self.changes(&drift, old, new) {
                drift.allowed = allowed;
                drift.changes = changes;
            }
            drift.verdict = self.verdict(&drift);
            drift
        });
        told.collect()
    }

    /// Whether the contract allows it, and what it is as an edit; `None` when the contract does not have the operation.
    fn changes(&self, drift: &Drift, old: &Shape, new: &Shape) -> Option<(bool, Vec<Change>)> {
        let scene = Scene::of(self.contract, self.id, &drift.of)?;
        let declared = scene.declarations(&drift.of, &drift.what, old);
        edited(self.contract, &declared, |contract| {
            let scene = Scene::of(contract, self.id, &drift.of)?;
            let Some(sharper) = scene.sharpened(&drift.what) else {
                return Some((false, self.edit(contract, drift, new)));
            };
            if sharper.is_empty() {
                return Some((true, Vec::new()));
            }
            let changes = edited(contract, &sharper, |contract| {
                Some(self.edit(contract, drift, new))
            });
            Some((true, changes.unwrap_or_default()))
        })
    }

    fn edit(&self, old: &Contract<'_>, drift: &Drift, shape: &Shape) -> Vec<Change> {
        let Some(scene) = Scene::of(old, self.id, &drift.of) else {
            return Vec::new();
        };
        let edits = scene.edit(&drift.of, &drift.what, shape);
        if edits.is_empty() {
            return Vec::new();
        }
        let Some(bundle) = edits.apply(old.bundle) else {
            return Vec::new();
        };
        // Read once more, so that both live as long.
        let (before, after) = (spec::read(old.bundle), spec::read(&bundle));
        let options = Options {
            contract: self.id.to_owned(),
            reading: self.reading,
            ..Options::default()
        };
        let findings = judge::judge(&diff::compare(&before, &after, options));
        told(&findings, old, scene.operation.at)
    }

    fn verdict(&self, drift: &Drift) -> Verdict {
        let told = match drift.what {
            What::ValueUnseen { .. } => true,
            What::FieldNew { .. }
            | What::TypeChanged { .. }
            | What::ValueNew { .. }
            | What::StatusNew
            | What::MediaNew
            | What::HeaderNew { .. } => drift.allowed && drift.changes.is_empty(),
            What::FieldGone { .. }
            | What::FormatChanged { .. }
            | What::PresenceDrop { .. }
            | What::NullRise { .. }
            | What::HeaderGone { .. }
            | What::Slower { .. } => false,
        };
        if told {
            return Verdict::Pass;
        }
        if drift.evidence == Evidence::Weak {
            return Verdict::Warn;
        }
        if let What::ValueNew { .. } = drift.what {
            return match self.rules.new_enum_value {
                DriftLevel::Fail => Verdict::Fail,
                DriftLevel::Warn => Verdict::Warn,
                DriftLevel::Off => Verdict::Pass,
            };
        }
        let breaks = drift.changes.iter().any(|change| match change.verdict {
            variance::Verdict::Breaking | variance::Verdict::Undecided => true,
            variance::Verdict::Risky | variance::Verdict::Additive | variance::Verdict::Neutral => {
                false
            }
        });
        if breaks && !drift.allowed {
            Verdict::Fail
        } else {
            Verdict::Drift
        }
    }
}

/// Reads a contract as it is after edits; `None` when it cannot be read any more.
fn edited<R>(
    contract: &Contract<'_>,
    edits: &Edits,
    then: impl FnOnce(&Contract<'_>) -> Option<R>,
) -> Option<R> {
    if edits.is_empty() {
        return then(contract);
    }
    let bundle = edits.apply(contract.bundle)?;
    then(&spec::read(&bundle))
}

/// The findings at the answers of an operation, the worst first.
fn told(findings: &[Finding], contract: &Contract<'_>, operation: At) -> Vec<Change> {
    let elements = Elements::new(contract, "");
    let is_here = |element: &str| {
        let labels = labels_of(element);
        let answer = labels
            .get(1)
            .is_some_and(|label| label.starts_with("resp:"));
        let trail = elements.locate(labels.first().copied().unwrap_or_default());
        answer
            && trail
                .stops
                .first()
                .is_some_and(|stop| stop.nodes == [operation])
    };
    let mut changes: Vec<Change> = findings
        .iter()
        .filter_map(|finding| {
            let site = finding
                .sites
                .spelled()
                .find(|site| is_here(&site.element))?;
            Some(Change {
                rule: finding.rule.id,
                verdict: finding.output.unwrap_or(finding.verdict),
                element: site.element,
                fingerprint: site.fingerprint,
                message: finding.message.clone(),
                pointer: finding.pointer.clone(),
            })
        })
        .collect();
    changes.sort_by(|one, other| {
        let order = other.verdict.cmp(&one.verdict);
        order
            .then_with(|| one.element.cmp(&other.element))
            .then_with(|| one.rule.cmp(other.rule))
    });
    changes
}
