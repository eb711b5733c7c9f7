//! One commit after the other, as the gate would have seen each.

use super::{
    super::{
        args::CheckArgs,
        failure::{Failure, USAGE},
        find::Tree,
        gate::{Day, Gate, Judged},
        pairs::Lost,
        sides::Sides,
    },
    scope::{Scope, Touched},
};
use crate::policy::State;
use crate::report::{self, Audit, Compared, Refused};
use crate::spec::Level;
use crate::world::{Landed, Snapshot, Wire};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// A branch on its way past the gate.
pub(super) struct Replay<'r> {
    head: Arc<Snapshot>,
    prefix: &'r str,
    wire: Wire,
    scope: Scope,
    /// The last commit whose governance could be read, while that of the commits since cannot.
    sound: Option<Arc<Snapshot>>,
    /// What was told about the commits since then; it would be told again.
    told: BTreeSet<Refused>,
    /// The last commit in which a contract could be read that cannot be since, by key.
    readable: BTreeMap<String, Arc<Snapshot>>,
    pub(super) audit: Audit,
}

/// What came of one comparison.
#[derive(Default)]
struct Outcome {
    refused: BTreeSet<Refused>,
    unjudged: Vec<String>,
}

impl<'r> Replay<'r> {
    pub(super) fn new(head: Arc<Snapshot>, prefix: &'r str, wire: Wire) -> Self {
        Self {
            head,
            prefix,
            wire,
            scope: Scope::default(),
            sound: None,
            told: BTreeSet::new(),
            readable: BTreeMap::new(),
            audit: Audit::default(),
        }
    }

    /// Judges one commit against the one before it.
    pub(super) fn commit(&mut self, commit: &Landed) -> Result<(), Failure> {
        // The first commit has nothing before it that it could break.
        let Some(parent) = &commit.parent else {
            return Ok(());
        };
        let (Some(parent), Some(head)) = (self.open(parent)?, self.open(&commit.id)?) else {
            return Ok(());
        };
        let before = State::load(&parent, self.prefix)?;
        let touched = self.scope.touched(
            commit,
            self.prefix,
            &before.rules(),
            [parent.as_ref(), head.as_ref()],
        );
        let roots = match touched {
            Touched::Nothing => return Ok(()),
            Touched::All => vec![String::new()],
            Touched::Some(keys) => keys,
        };
        let mut outcome = Outcome::default();
        if self.sound.is_none() && before.faults.is_empty() {
            self.sound = Some(Arc::clone(&parent));
        }
        let base = match (before.faults.first(), &self.sound) {
            (None, _) => Arc::clone(&parent),
            (Some(fault), sound) => {
                outcome.unjudged.push(format!(
                    "{} of the commit before cannot be read ({}){}",
                    fault.file,
                    fault.message,
                    if sound.is_some() {
                        "; the last commit in which it can stands in for it"
                    } else {
                        ""
                    }
                ));
                let Some(sound) = sound else {
                    self.conclude(commit, outcome);
                    return Ok(());
                };
                Arc::clone(sound)
            }
        };
        let Some(is_sound) = self.judge(commit, (&base, &head), roots, &mut outcome)? else {
            self.audit.ungoverned += 1;
            return Ok(());
        };
        outcome
            .refused
            .retain(|refused| !self.told.contains(refused));
        self.told.extend(outcome.refused.iter().cloned());
        if is_sound {
            self.sound = Some(head);
            self.told.clear();
        }
        self.conclude(commit, outcome);
        Ok(())
    }

    /// Sends one commit through the gate; `None` when nothing governs it, else whether what governs can be read in it.
    fn judge(
        &mut self,
        commit: &Landed,
        (base, head): (&Arc<Snapshot>, &Arc<Snapshot>),
        roots: Vec<String>,
        outcome: &mut Outcome,
    ) -> Result<Option<bool>, Failure> {
        let gate = match self.load(commit, (base, head), roots) {
            Ok(gate) => gate,
            // What is wrong with one commit does not end the audit of all others.
            Err(failure) if failure.code == USAGE => {
                outcome.unjudged.push(failure.message);
                return Ok(Some(false));
            }
            Err(failure) => return Err(failure),
        };
        let Some(gate) = gate else {
            return Ok(None);
        };
        self.scope.learn(&gate, self.prefix);
        self.look(&gate, head, outcome);
        let mended = self.unreadable(&gate, base, outcome);
        for (key, readable) in mended {
            let roots = vec![key];
            if let Some(gate) = self.load(commit, (&readable, head), roots)? {
                self.look(&gate, head, outcome);
            }
        }
        Ok(Some(gate.head.faults.is_empty()))
    }

    fn load(
        &self,
        commit: &Landed,
        (base, head): (&Arc<Snapshot>, &Arc<Snapshot>),
        roots: Vec<String>,
    ) -> Result<Option<Gate>, Failure> {
        let tree = |snapshot: &Arc<Snapshot>| Tree::of_commit(Arc::clone(snapshot), self.prefix);
        let sides = Sides::between(tree(base), tree(head), roots);
        let args = CheckArgs::of(None, None);
        Gate::load_on(Day::Landed(commit.on), &sides, &args, &self.wire)
    }

    /// Notes everything for which the gate would have refused.
    fn look(&self, gate: &Gate, head: &Snapshot, outcome: &mut Outcome) {
        let has_guide = |guide: &str| {
            guide.contains("://") || head.exists(&super::super::find::joined(self.prefix, guide))
        };
        let Judged {
            contracts,
            governance,
        } = gate.judge(&has_guide);
        for compared in &contracts {
            outcome.refused.extend(of_contract(compared));
        }
        let notices = governance.notices.iter();
        // A notice about a change says what the change says.
        let refusing = notices.filter(|it| it.level == Level::Error && it.fingerprint.is_none());
        outcome.refused.extend(refusing.map(|notice| Refused {
            rule: Some(notice.rule.id),
            contract: notice.contract.clone(),
            element: notice.element.clone(),
            fingerprint: None,
            message: notice.message.clone(),
        }));
    }

    /// Tells which contracts cannot be read, and returns those that can be again with the last commit in which they could.
    fn unreadable(
        &mut self,
        gate: &Gate,
        base: &Arc<Snapshot>,
        outcome: &mut Outcome,
    ) -> Vec<(String, Arc<Snapshot>)> {
        let mut mended = Vec::new();
        for lost in &gate.pairs.lost {
            let Lost {
                key,
                id,
                in_base,
                in_head,
            } = lost;
            if *in_head && !in_base {
                self.readable
                    .entry(key.clone())
                    .or_insert_with(|| Arc::clone(base));
            }
            if *in_head {
                outcome.refused.insert(Refused {
                    rule: None,
                    contract: Some(id.clone()),
                    element: None,
                    fingerprint: None,
                    message: format!("`{key}` cannot be read: {}", why(gate, key)),
                });
                continue;
            }
            match self.readable.remove(key) {
                Some(readable) => mended.push((key.clone(), readable)),
                None => outcome.unjudged.push(format!(
                    "`{key}` cannot be read in the commit before: {}",
                    why(gate, key)
                )),
            }
        }
        mended
    }

    fn conclude(&mut self, commit: &Landed, outcome: Outcome) {
        self.audit.judged += 1;
        if !outcome.refused.is_empty() || !outcome.unjudged.is_empty() {
            self.audit.commits.push(report::Judged {
                id: commit.id.clone(),
                on: commit.on,
                subject: commit.subject.clone(),
                refused: outcome.refused.into_iter().collect(),
                unjudged: outcome.unjudged,
            });
        }
    }

    fn open(&self, id: &str) -> Result<Option<Arc<Snapshot>>, Failure> {
        Ok(self.head.beside(id)?.map(Arc::new))
    }
}

/// Why a contract cannot be read: the failure of one of its files, else the first.
fn why(gate: &Gate, key: &str) -> String {
    let failures = &gate.pairs.failures;
    let about = failures.iter().find(|failure| {
        let place = failure.place.as_ref();
        place.is_some_and(|place| place.file.ends_with(key))
    });
    let failure = about.or_else(|| failures.first());
    failure.map_or_else(String::new, |failure| failure.message.clone())
}

fn of_contract(compared: &Compared<'_>) -> Vec<Refused> {
    let mut refused: Vec<Refused> = compared
        .ruled()
        .filter(|(finding, _)| finding.level == Level::Error)
        .map(|(finding, ruling)| Refused {
            rule: Some(match ruling.and_then(|ruling| ruling.row) {
                Some(row) => row.rule.id,
                None => finding.rule.id,
            }),
            contract: Some(compared.contract.clone()),
            element: Some(finding.sites.first_element()),
            fingerprint: finding.sites.first().map(|site| site.fingerprint),
            message: finding.message.clone(),
        })
        .collect();
    let faults = compared.complaints.iter();
    let faults = faults.filter(|complaint| complaint.level == Level::Error);
    refused.extend(faults.map(|complaint| Refused {
        rule: Some(complaint.rule),
        contract: Some(compared.contract.clone()),
        element: None,
        fingerprint: None,
        message: complaint.message.clone(),
    }));
    refused
}
