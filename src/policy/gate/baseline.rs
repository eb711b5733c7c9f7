//! What the base lets through for a while, because it stood when the gate came.

use crate::judge::Finding;
use crate::policy::files::{Accepted, Baseline};
use crate::policy::outcome::Notice;
use crate::policy::state::FOLDER;
use crate::spec::Level;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The baseline at work: which entries were met, and what is to be said.
#[derive(Debug)]
pub(super) struct Through<'b> {
    baseline: &'b Baseline,
    today: Date,
    /// The contracts that were compared.
    contracts: BTreeSet<String>,
    /// The entries that some change matches, by contract and fingerprint.
    met: BTreeSet<(String, String)>,
    notices: Vec<Notice>,
    /// The first day on which an entry that was used ends.
    until: Option<Date>,
}

impl<'b> Through<'b> {
    pub(super) fn new(baseline: &'b Baseline, today: Date) -> Self {
        Self {
            baseline,
            today,
            contracts: BTreeSet::new(),
            met: BTreeSet::new(),
            notices: Vec::new(),
            until: None,
        }
    }

    /// Why a change is let through; `None` where it is not. Every place that it reaches has to be listed.
    pub(super) fn reason(&mut self, contract: &str, finding: &Finding) -> Option<String> {
        if self.baseline.list.is_empty() {
            return None;
        }
        let mut listed = Vec::new();
        let mut all = true;
        for site in finding.sites.spelled() {
            match self.baseline.of(contract, &site.fingerprint) {
                Some(entry) => listed.push(entry),
                None => all = false,
            }
        }
        for entry in &listed {
            let key = (entry.contract.clone(), entry.fingerprint.clone());
            self.met.insert(key);
        }
        // What passes by itself needs no word.
        if finding.level <= Level::Note {
            return None;
        }
        let over = listed.iter().filter(|entry| entry.expires < self.today);
        let over: Vec<&Accepted> = over.copied().collect();
        for entry in &over {
            self.tell("baseline-expired", Level::Warning, entry);
        }
        let first = listed.iter().min_by_key(|entry| entry.expires)?;
        if !all || !over.is_empty() {
            return None;
        }
        self.tell("baselined", Level::Note, first);
        self.until = Some(
            self.until
                .map_or(first.expires, |day| day.min(first.expires)),
        );
        Some(format!(
            "the baseline until {}: {}",
            first.expires, first.reason
        ))
    }

    /// A contract without any change is one that was compared.
    pub(super) fn compared(&mut self, contract: &str) {
        self.contracts.insert(contract.to_owned());
    }

    /// Everything that is to be said, and the first day on which something ends.
    pub(super) fn finish(mut self) -> (Vec<Notice>, Option<Date>) {
        let baseline = self.baseline;
        for entry in &baseline.list {
            let key = (entry.contract.clone(), entry.fingerprint.clone());
            if self.contracts.contains(&entry.contract) && !self.met.contains(&key) {
                self.tell("baseline-stale", Level::Warning, entry);
            }
        }
        (self.notices, self.until)
    }

    fn tell(&mut self, rule: &'static str, level: Level, entry: &Accepted) {
        let until = entry.expires.to_string();
        let holes = [
            ("element", entry.element.as_str()),
            ("rule", &entry.rule),
            ("until", &until),
            ("reason", &entry.reason),
        ];
        let mut notice = Notice::new(rule, level, &holes)
            .about(&entry.contract, &entry.element)
            .in_file(&format!("{FOLDER}/baseline.yaml"), Some(entry.place));
        notice.fingerprint = Some(entry.fingerprint.clone());
        self.notices.push(notice);
    }
}
