//! What somebody's word is about: a change, with all that the person who decides wants to see.

use crate::cli::gate::Judged;
use crate::judge::{Finding, Site};
use crate::policy::{Obligation, ObligationKind, Ruling, Status, files::SignedChange};
use std::collections::BTreeSet;

/// A change that the gate looks at.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Change {
    /// The contract's id.
    pub(in crate::cli) contract: String,
    /// The rule's id.
    pub(in crate::cli) rule: String,
    pub(in crate::cli) verdict: String,
    /// One sentence.
    pub(in crate::cli) message: String,
    /// The old content as JSON text.
    pub(in crate::cli) before: Option<String>,
    /// The new content as JSON text.
    pub(in crate::cli) after: Option<String>,
    /// What the owner has to do, and when.
    pub(in crate::cli) window: Option<String>,
    /// Every place that it reaches.
    pub(in crate::cli) sites: Vec<Site>,
    /// Whose word is needed.
    pub(in crate::cli) asked: Vec<Asked>,
    /// Whether it may land.
    pub(in crate::cli) authorised: bool,
}

/// A consumer whose word is needed.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Asked {
    pub(in crate::cli) consumer: String,
    /// The places that hurt it.
    pub(in crate::cli) sites: Vec<Site>,
    /// Where it stands; `None` where a waiver makes its word needless.
    pub(in crate::cli) obligation: Option<Obligation>,
}

impl Asked {
    /// Whether its word is wanting.
    pub(in crate::cli) fn is_open(&self) -> bool {
        let open = |obligation: &Obligation| obligation.status != Status::Met;
        self.obligation.as_ref().is_some_and(open)
    }
}

impl Change {
    /// The change as it concerns one consumer; `None` where its word is not needed.
    pub(in crate::cli) fn of(&self, consumer: &str) -> Option<Self> {
        let asked = self.asked.iter().find(|asked| asked.consumer == consumer)?;
        Some(Self {
            sites: asked.sites.clone(),
            asked: vec![asked.clone()],
            ..self.clone()
        })
    }

    /// Whether somebody's word is wanting.
    pub(in crate::cli) fn is_open(&self) -> bool {
        self.asked.iter().any(Asked::is_open)
    }

    /// The fingerprint as people copy it.
    pub(in crate::cli) fn short(&self) -> &str {
        let first = self.sites.first();
        let whole = first.map_or("", |site| site.fingerprint.as_str());
        whole.get(.."cf1:".len() + 12).unwrap_or(whole)
    }

    /// Where it is, the first place.
    pub(in crate::cli) fn element(&self) -> &str {
        let first = self.sites.first();
        first.map_or("", |site| site.element.as_str())
    }

    /// Every place, as files list it.
    pub(in crate::cli) fn signed(&self) -> impl Iterator<Item = SignedChange> + '_ {
        self.sites.iter().map(|site| SignedChange {
            fingerprint: site.fingerprint.clone(),
            rule: self.rule.clone(),
            element: site.element.clone(),
            summary: Some(self.message.clone()),
            place: crate::policy::files::Place::default(),
        })
    }
}

/// Every change that the gate looks at, in the order of its report.
pub(in crate::cli) fn changes(judged: &Judged<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for compared in &judged.contracts {
        for (finding, ruling) in compared.ruled() {
            if let Some(ruling) = ruling.filter(|ruling| ruling.row.is_some()) {
                changes.push(change(&compared.contract, finding, ruling));
            }
        }
    }
    changes
}

fn change(contract: &str, finding: &Finding, ruling: &Ruling) -> Change {
    let sites: Vec<Site> = finding.sites.spelled().collect();
    let asked = ruling.asked.iter().map(|asked| {
        let named: BTreeSet<&String> = asked.fingerprints.iter().collect();
        let hurts = |site: &&Site| named.is_empty() || named.contains(&site.fingerprint);
        let obligation = ruling.obligations.iter().find(|obligation| {
            obligation.kind == ObligationKind::Signoff && obligation.who == asked.consumer
        });
        Asked {
            consumer: asked.consumer.clone(),
            sites: sites.iter().filter(hurts).cloned().collect(),
            obligation: obligation.cloned(),
        }
    });
    let windows = ruling
        .obligations
        .iter()
        .filter(|obligation| match obligation.kind {
            ObligationKind::Window | ObligationKind::Announce => true,
            ObligationKind::Signoff | ObligationKind::Waiver => false,
        });
    let notes: Vec<&str> = windows.filter_map(|one| one.note.as_deref()).collect();
    Change {
        contract: contract.to_owned(),
        rule: finding.rule.id.to_owned(),
        verdict: finding.verdict.word().to_owned(),
        message: finding.message.clone(),
        before: finding.before.clone(),
        after: finding.after.clone(),
        window: (!notes.is_empty()).then(|| notes.join("; ")),
        asked: asked.collect(),
        authorised: ruling.authorised,
        sites,
    }
}
