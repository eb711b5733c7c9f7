//! All papers by whom they are of and what they are about, and the count for one site.

use super::{
    outcome::Word,
    paper::{Known, Paper},
    question::{Asked, Question},
    uncounted::{SetAside, Uncounted},
};
use crate::judge::Site;
use crate::policy::files::{Decision, SignedChange};
use jiff::civil::Date;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// Whose: a consumer, or `None` for those who waive.
type Whose<'a> = Option<&'a str>;

/// Every paper, and where it matters.
pub(super) struct Table<'a> {
    pub(super) question: Question<'a>,
    pub(super) known: Known<'a>,
    /// In order of their files.
    pub(super) papers: Vec<(Paper<'a>, Result<Date, Uncounted>)>,
    /// The current change and site of a fingerprint.
    pub(super) sites: BTreeMap<&'a str, (&'a Asked, &'a Site)>,
    /// Consumers of whom somebody objects to something.
    pub(super) objectors: BTreeSet<&'a str>,
    /// Papers, and what they say of a fingerprint.
    ballots: BTreeMap<(Whose<'a>, &'a str), Vec<(usize, &'a SignedChange)>>,
}

impl<'a> Table<'a> {
    pub(super) fn of(question: Question<'a>) -> Self {
        let known: Known<'a> = question
            .consumers
            .list
            .iter()
            .map(|consumer| (consumer.id.as_str(), consumer))
            .collect();
        let signoffs = question.signoffs.iter().map(Paper::of_signoff);
        let waivers = question.waivers.iter().map(Paper::of_waiver);
        let mut papers: Vec<_> = signoffs
            .chain(waivers)
            .map(|paper| (paper, paper.worth(&question, &known)))
            .collect();
        papers.sort_by_key(|(paper, _)| paper.file);
        let mut ballots = BTreeMap::new();
        for (at, (paper, _)) in papers.iter().enumerate() {
            for change in paper.changes {
                ballots
                    .entry((paper.consumer(), change.fingerprint.as_str()))
                    .or_insert_with(Vec::new)
                    .push((at, change));
            }
        }
        let objectors = papers
            .iter()
            .filter(|(paper, worth)| paper.objects() && worth.is_ok())
            .filter_map(|(paper, _)| paper.consumer())
            .collect();
        let mut sites = BTreeMap::new();
        for asked in question.asked {
            for site in &asked.sites {
                sites
                    .entry(site.fingerprint.as_str())
                    .or_insert((asked, site));
            }
        }
        Self {
            question,
            known,
            papers,
            sites,
            objectors,
            ballots,
        }
    }

    /// What was said about one site of a change.
    pub(super) fn count(&self, whose: Whose<'_>, asked: &Asked, site: &Site) -> Count<'a> {
        let mut said = Vec::new();
        let mut count = Count::default();
        let ballots = self.ballots.get(&(whose, site.fingerprint.as_str()));
        for (at, change) in ballots.into_iter().flatten() {
            let (paper, worth) = &self.papers[*at];
            match paper
                .worth_for(change, asked, site)
                .map_or_else(|| worth.clone(), Err)
            {
                Ok(until) => said.push((*paper, until)),
                Err(why) if paper.accepts() => {
                    if let Uncounted::Expired { on } = why {
                        count.expired.push((paper.approver, on));
                    }
                    count.set_aside.insert(SetAside {
                        file: paper.file.to_owned(),
                        why,
                    });
                }
                Err(_) => {}
            }
        }
        count.take(&said);
        count
    }
}

impl Paper<'_> {
    /// Why it does not count for this site, though it names its fingerprint.
    pub(super) fn worth_for(
        &self,
        change: &SignedChange,
        asked: &Asked,
        site: &Site,
    ) -> Option<Uncounted> {
        if self.contract != asked.contract {
            return Some(Uncounted::WrongContract {
                contract: self.contract.to_owned(),
                other: Some(asked.contract.clone()),
            });
        }
        (!self.objects() && !is_caption(change, asked, site)).then_some(Uncounted::FalseCaption)
    }
}

/// Whether rule and element are those of the change.
pub(super) fn is_caption(change: &SignedChange, asked: &Asked, site: &Site) -> bool {
    change.rule == asked.rule && change.element == site.element
}

/// The count for one site.
#[derive(Default)]
pub(super) struct Count<'a> {
    /// Who accepts, and the word of theirs that lasts longest.
    pub(super) accepts: BTreeMap<&'a str, Word>,
    /// Who abstains.
    pub(super) abstains: BTreeMap<&'a str, Word>,
    /// The latest objection that nobody has answered.
    pub(super) objection: Option<Paper<'a>>,
    /// Until when objections are answered; `None` where there are none.
    answered_until: Option<Date>,
    /// Acceptances that are over.
    expired: Vec<(&'a str, Date)>,
    /// Acceptances that do not count, expired ones among them.
    pub(super) set_aside: BTreeSet<SetAside>,
}

impl<'a> Count<'a> {
    fn take(&mut self, said: &[(Paper<'a>, Date)]) {
        let said_so = |decision| {
            said.iter()
                .filter(move |(paper, _)| paper.decision() == decision)
        };
        let objected = latest(said_so(Decision::Object));
        let declined = latest(said_so(Decision::Object).chain(said_so(Decision::Abstain)));
        // On the same day the less willing word holds.
        let is_after = |paper: &Paper<'_>, words: &BTreeMap<&str, Date>| {
            words
                .get(paper.approver)
                .is_none_or(|day| paper.issued > *day)
        };
        let accepted: Vec<_> = said_so(Decision::Accept)
            .filter(|(paper, _)| is_after(paper, &declined))
            .collect();
        for (paper, until) in &accepted {
            keep_longest(&mut self.accepts, paper, *until);
        }
        for (paper, until) in said_so(Decision::Abstain) {
            if !self.accepts.contains_key(paper.approver) && is_after(paper, &objected) {
                keep_longest(&mut self.abstains, paper, *until);
            }
        }
        for (objection, lasts) in said_so(Decision::Object) {
            let answers = accepted
                .iter()
                .filter(|(paper, _)| paper.issued > objection.issued);
            match answers.map(|(_, until)| *until).max() {
                None => {
                    if self
                        .objection
                        .is_none_or(|held| held.issued < objection.issued)
                    {
                        self.objection = Some(*objection);
                    }
                }
                // An objection that ends first needs its answer no longer.
                Some(until) if until < *lasts => {
                    let held = self.answered_until.unwrap_or(until);
                    self.answered_until = Some(held.min(until));
                }
                Some(_) => {}
            }
        }
    }

    /// The last day on which `need` approvers accept, if they do today.
    pub(super) fn accepted_until(&self, need: usize) -> Option<Date> {
        let until = self.accepts.values().map(|word| word.until).collect();
        let last = nth_last(until, need)?;
        Some(
            self.answered_until
                .map_or(last, |answered| last.min(answered)),
        )
    }

    /// The last day on which `need` approvers answer, if they do today.
    pub(super) fn answered_until(&self, need: usize) -> Option<Date> {
        let words = self.accepts.values().chain(self.abstains.values());
        let last = nth_last(words.map(|word| word.until).collect(), need)?;
        Some(
            self.answered_until
                .map_or(last, |answered| last.min(answered)),
        )
    }

    /// The last day on which `need` approvers accepted, if they once did.
    pub(super) fn once_until(&self, need: usize) -> Option<Date> {
        let mut until: BTreeMap<&str, Date> = BTreeMap::new();
        let counted = self
            .accepts
            .iter()
            .map(|(approver, word)| (*approver, word.until));
        for (approver, day) in self.expired.iter().copied().chain(counted) {
            let held = until.entry(approver).or_insert(day);
            *held = day.max(*held);
        }
        nth_last(until.into_values().collect(), need)
    }
}

/// The latest of these words by each approver.
fn latest<'a, 'p: 'a>(
    said: impl Iterator<Item = &'a (Paper<'p>, Date)>,
) -> BTreeMap<&'p str, Date> {
    let mut latest = BTreeMap::new();
    for (paper, _) in said {
        let held = latest.entry(paper.approver).or_insert(paper.issued);
        *held = paper.issued.max(*held);
    }
    latest
}

fn keep_longest<'a>(words: &mut BTreeMap<&'a str, Word>, paper: &Paper<'a>, until: Date) {
    if words
        .get(paper.approver)
        .is_none_or(|held| held.until < until)
    {
        let word = Word {
            approver: paper.approver.to_owned(),
            file: paper.file.to_owned(),
            until,
            assurance: paper.counts.word(),
        };
        words.insert(paper.approver, word);
    }
}

/// How long `need` of them last together.
fn nth_last(mut days: Vec<Date>, need: usize) -> Option<Date> {
    days.sort_unstable_by_key(|day| Reverse(*day));
    days.get(need.checked_sub(1)?).copied()
}
