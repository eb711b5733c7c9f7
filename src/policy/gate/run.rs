//! The whole gate: every change of every contract, what it needs, and whether that is done.

use super::{
    baseline::Through,
    draft::{Draft, draft},
    ground::Ground,
    hurt::{hurt, registry},
    levels::level,
    ruling::{Needs, rule},
    steps::steps,
    subject::{Subject, Terms},
};
use crate::judge::Finding;
use crate::policy::affected::Kind;
use crate::policy::files::{LevelOverride, Mode, Request, Signoff, Waiver};
use crate::policy::outcome::{Governance, Notice, Ruling};
use crate::policy::standing::{
    Affected, Asked, Governed, Landed, Presented, Question, Weighed, weigh,
};
use crate::policy::state::State;
use crate::spec::Level;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What the gate rests on.
pub struct Case<'c> {
    /// What every contract is judged by.
    pub ground: Ground<'c>,
    /// The governance of the base.
    pub base: &'c State,
    /// The governance of head.
    pub head: &'c State,
    /// The sign-offs of head.
    pub signoffs: &'c [Presented<Signoff>],
    /// The waivers of head.
    pub waivers: &'c [Presented<Waiver>],
    /// The requests of the base, each with the day it landed.
    pub landed: &'c [(Request, Date)],
    /// Every governed contract with its terms, compared or not.
    pub contracts: &'c BTreeMap<String, Terms>,
    /// Whether the base has a policy; without one nothing that breaks may land, and there is nobody to ask.
    pub governed: bool,
}

/// One contract on its way through the gate.
pub struct Entry<'e, 'd> {
    /// Both sides.
    pub subject: Subject<'e, 'd>,
    /// What changed.
    pub findings: Vec<Finding>,
    /// The levels of the policy, those for all contracts first.
    pub levels: Vec<&'e LevelOverride>,
    /// Every element that the base deprecates, asked only when it matters.
    pub deprecated: Box<dyn Fn() -> Vec<String> + 'e>,
    /// Every element that head deprecates, likewise.
    pub dated: Box<dyn Fn() -> Vec<String> + 'e>,
    /// Where the contract stands in head, for what has no place of its own.
    pub file: String,
}

/// One contract that went through.
#[derive(Debug, Default)]
pub struct Gated {
    /// What changed, with the levels that count here.
    pub findings: Vec<Finding>,
    /// One for each finding.
    pub rulings: Vec<Ruling>,
}

struct Pending {
    draft: Option<Draft>,
    because: Option<String>,
    asked: Option<usize>,
    affects: Vec<String>,
}

/// Sends contracts through the gate; `notices` are those that were found before.
#[must_use]
pub fn gate(
    case: &Case<'_>,
    entries: Vec<Entry<'_, '_>>,
    notices: Vec<Notice>,
) -> (Vec<Gated>, Governance) {
    let mut governance = Governance {
        notices,
        policy_digest: case.base.digest.clone(),
        ..Governance::default()
    };
    let mut asked: Vec<Asked> = Vec::new();
    let mut all: Vec<(Entry<'_, '_>, Vec<Pending>)> = Vec::new();
    let mut through = Through::new(&case.base.baseline, case.ground.today);
    let papers = !case.signoffs.is_empty() || !case.waivers.is_empty();
    for mut entry in entries {
        through.compared(&entry.subject.terms.id);
        if !case.governed {
            ungoverned(&mut entry, &mut through);
            all.push((entry, Vec::new()));
            continue;
        }
        let terms = entry.subject.terms;
        let told = steps(
            &entry.subject,
            &case.ground,
            &entry.findings,
            &entry.deprecated,
            &entry.dated,
        );
        for mut notice in told.notices {
            notice.file.get_or_insert_with(|| entry.file.clone());
            governance.notices.push(notice);
        }
        entry.findings.extend(told.findings);
        entry.findings = entry.subject.cycled(std::mem::take(&mut entry.findings));
        entry
            .findings
            .sort_by_key(|finding| std::cmp::Reverse(finding.verdict));
        let mut pending = Vec::new();
        for finding in &mut entry.findings {
            let (loud, mut because) = level(finding, &terms.id, &entry.levels);
            finding.level = loud;
            if terms.consumed {
                finding.level = finding.level.min(Level::Warning);
            }
            if let Some(reason) = through.reason(&terms.id, finding) {
                finding.level = Level::Note;
                because = Some(reason);
            }
            let gates = finding.level == Level::Error;
            let draft = gates.then(|| draft(finding, &entry.subject, &case.ground));
            let needs_word = draft.as_ref().is_some_and(|draft| !draft.is_free());
            let (affected, affects) = match &draft {
                Some(draft) => hurt(case, &entry.subject, finding, draft.kind),
                None => (Vec::new(), Vec::new()),
            };
            let index = (gates || papers).then(|| {
                asked.push(Asked {
                    contract: terms.id.clone(),
                    rule: finding.rule.id.to_owned(),
                    sites: finding.sites.spelled().collect(),
                    affected: if needs_word { affected } else { Vec::new() },
                });
                asked.len() - 1
            });
            pending.push(Pending {
                draft,
                because,
                asked: index,
                affects,
            });
        }
        all.push((entry, pending));
    }
    let (let_through, until) = through.finish();
    governance.notices.extend(let_through);
    governance.valid_until = until;
    let spent = spent(case, &all);
    let weighed = weighed(case, &asked, &spent);
    let mut gated = Vec::new();
    for (entry, pending) in all {
        gated.push(settle(
            case,
            entry,
            pending,
            (&asked, &weighed),
            &mut governance,
        ));
    }
    for notice in &weighed.notices {
        governance.notices.push(super::hygiene::notice(notice));
    }
    governance.papers = weighed.papers;
    if let Mode::Warn { until } = case.ground.policy.mode
        && case.ground.today < until
    {
        soften(&mut gated, &mut governance, until);
    }
    sort(&mut governance.notices);
    (gated, governance)
}

/// Without a policy nobody is asked, and only the baseline has a word.
fn ungoverned(entry: &mut Entry<'_, '_>, through: &mut Through<'_>) {
    entry.findings = entry.subject.cycled(std::mem::take(&mut entry.findings));
    for finding in &mut entry.findings {
        if through.reason(&entry.subject.terms.id, finding).is_some() {
            finding.level = Level::Note;
        }
    }
}

/// The loudest first, and none twice.
fn sort(notices: &mut Vec<Notice>) {
    notices.sort_by(|a, b| {
        b.level
            .cmp(&a.level)
            .then_with(|| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)))
            .then_with(|| {
                (a.rule.id, &a.element, &a.message).cmp(&(b.rule.id, &b.element, &b.message))
            })
    });
    notices.dedup_by(|a, b| a.rule.id == b.rule.id && a.message == b.message && a.file == b.file);
}

/// Fingerprints of approvals whose element is gone on the base: they can match nothing any more.
fn spent(case: &Case<'_>, all: &[(Entry<'_, '_>, Vec<Pending>)]) -> BTreeSet<String> {
    let signoffs = case
        .signoffs
        .iter()
        .map(|it| (&it.value.contract, &it.value.changes));
    let waivers = case
        .waivers
        .iter()
        .map(|it| (&it.value.contract, &it.value.changes));
    let mut spent = BTreeSet::new();
    for (contract, changes) in signoffs.chain(waivers) {
        let mut entries = all.iter().map(|(entry, _)| &entry.subject);
        let Some(subject) = entries.find(|subject| subject.terms.id == *contract) else {
            continue;
        };
        // What is asked for or sent anew is not on the base before it has landed.
        let gone = changes.iter().filter(|change| {
            Kind::of(&change.rule) != Kind::Added && !subject.base.has(&change.element)
        });
        spent.extend(gone.map(|change| change.fingerprint.clone()));
    }
    spent
}

fn weighed(case: &Case<'_>, asked: &[Asked], spent: &BTreeSet<String>) -> Weighed {
    let consumers = registry(
        case.ground.consumers,
        &case.ground.policy.teams,
        case.contracts,
    );
    let governed: BTreeMap<String, Governed> = case
        .contracts
        .iter()
        .map(|(id, terms)| {
            let governed = Governed {
                owner: terms.owner.clone(),
                steward: None,
                compared: true,
            };
            (id.clone(), governed)
        })
        .collect();
    let requests: Vec<Landed> = case
        .landed
        .iter()
        .map(|(request, on)| Landed {
            request: request.clone(),
            on: *on,
        })
        .collect();
    let policy = case.ground.policy;
    weigh(&Question {
        asked,
        consumers: &consumers,
        rules: &policy.signoff,
        waiver_rules: &policy.waivers,
        teams: &policy.teams,
        contracts: &governed,
        signoffs: case.signoffs,
        waivers: case.waivers,
        requests: &requests,
        spent,
        today: case.ground.today,
    })
}

/// What came of one contract.
fn settle(
    case: &Case<'_>,
    mut entry: Entry<'_, '_>,
    pending: Vec<Pending>,
    (asked, weighed): (&[Asked], &Weighed),
    governance: &mut Governance,
) -> Gated {
    let mut rulings = Vec::new();
    for (finding, pending) in entry.findings.iter_mut().zip(pending) {
        let (Some(draft), Some(index)) = (pending.draft, pending.asked) else {
            rulings.push(Ruling {
                because: pending.because,
                ..Ruling::default()
            });
            continue;
        };
        let (mut ruling, notices) = rule(&Needs {
            ground: &case.ground,
            terms: entry.subject.terms,
            finding,
            draft: &draft,
            asked: &asked[index],
            weight: &weighed.changes[index],
            affects: &pending.affects,
            file: &entry.file,
        });
        ruling.because = pending.because;
        ruling.asked.clone_from(&asked[index].affected);
        if ruling.authorised {
            finding.level = Level::Note;
            let until = weighed.changes[index].valid_until(draft.raised.level < Level::Error);
            governance.valid_until = earlier(governance.valid_until, until);
        }
        governance.notices.extend(notices);
        rulings.push(ruling);
    }
    Gated {
        findings: entry.findings,
        rulings,
    }
}

fn earlier(one: Option<Date>, other: Option<Date>) -> Option<Date> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// `mode: warn`: what would fail is a warning, until its last day.
fn soften(gated: &mut [Gated], governance: &mut Governance, until: Date) {
    for finding in gated.iter_mut().flat_map(|one| &mut one.findings) {
        finding.level = finding.level.min(Level::Warning);
    }
    for notice in &mut governance.notices {
        notice.level = notice.level.min(Level::Warning);
    }
    let day = until.to_string();
    governance
        .notices
        .push(Notice::new("mode-warn", Level::Warning, &[("until", &day)]));
    governance.valid_until = earlier(governance.valid_until, until.yesterday().ok());
}

/// Whose word a change needs.
pub(super) type Asking = (Vec<Affected>, Vec<String>);
