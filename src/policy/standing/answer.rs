//! Where one consumer stands on one change.

use super::{
    ballot::{Count, Table},
    lapse::Asking,
    outcome::{Standing, Word},
    paper::Paper,
    question::{Affected, Asked},
    uncounted::SetAside,
};
use crate::judge::Site;
use crate::policy::files::{QuorumRule, Tier};
use jiff::{ToSpan as _, civil::Date};
use std::collections::BTreeSet;

/// Where a consumer stands: who objects comes first, then who accepts, then what silence means, then what is wanting.
pub(super) fn answer(
    table: &Table<'_>,
    asking: &Asking<'_>,
    asked: &Asked,
    of: &Affected,
) -> Standing {
    let consumer = of.consumer.as_str();
    let count = |site: &Site| table.count(Some(consumer), asked, site);
    // An objection to any part of the change is one to the change.
    if table.objectors.contains(consumer) {
        let objections = asked.sites.iter().filter_map(|site| count(site).objection);
        if let Some(objected) = latest(objections) {
            return objected;
        }
    }
    let sites = hurt(asked, of);
    let counts: Vec<Count<'_>> = sites.iter().map(|site| count(site)).collect();
    let known = table.known.get(consumer);
    let need = known.map_or(1, |consumer| consumer.quorum).max(1);
    let need_many = usize::try_from(need).unwrap_or(usize::MAX);
    if let Some(until) = all(&counts, |count| count.accepted_until(need_many)) {
        return Standing::Accepted {
            by: words(counts.iter().flat_map(|count| count.accepts.values())),
            until,
        };
    }
    let abstained = |settles| {
        let until = all(&counts, |count| count.answered_until(need_many))?;
        let words_of = |count: &Count<'_>| {
            let all = count.accepts.values().chain(count.abstains.values());
            all.cloned().collect::<Vec<_>>()
        };
        Some(Standing::Abstained {
            by: words(counts.iter().flat_map(words_of).collect::<Vec<_>>().iter()),
            settles,
            until,
        })
    };
    let rules = table.question.rules;
    let rule = match known.map(|consumer| consumer.tier).unwrap_or_default() {
        Tier::Critical => rules.critical,
        Tier::Standard => rules.standard,
        Tier::BestEffort => rules.best_effort,
    };
    match rule {
        QuorumRule::All => {}
        QuorumRule::Lazy { days } => {
            if let Some(standing) = abstained(true) {
                return standing;
            }
            if let Some(since) = asking.since(consumer, asked, &sites) {
                return silence(since, days, table.question.today);
            }
        }
    }
    if let Some(on) = all(&counts, |count| count.once_until(need_many)) {
        return Standing::Expired { on };
    }
    if let Some(standing) = abstained(false) {
        return standing;
    }
    let have = counts
        .iter()
        .map(|count| count.accepts.len())
        .min()
        .unwrap_or(0);
    let have = u32::try_from(have).unwrap_or(u32::MAX);
    let files: BTreeSet<&SetAside> = counts.iter().flat_map(|count| &count.set_aside).collect();
    if !files.is_empty() {
        return Standing::NotCounted {
            have,
            need,
            files: files.into_iter().cloned().collect(),
        };
    }
    let open = sites
        .iter()
        .zip(&counts)
        .filter(|(_, count)| count.accepts.len() < need_many);
    Standing::Missing {
        have,
        need,
        open: open.map(|(site, _)| site.fingerprint.clone()).collect(),
    }
}

/// The sites that hurt the consumer. A fingerprint that is no site of the change would never be met, so all are.
pub(super) fn hurt<'a>(asked: &'a Asked, of: &Affected) -> Vec<&'a Site> {
    let named: BTreeSet<&str> = of.fingerprints.iter().map(String::as_str).collect();
    let hurt: Vec<&Site> = asked
        .sites
        .iter()
        .filter(|site| named.contains(site.fingerprint.as_str()))
        .collect();
    let met: BTreeSet<&str> = hurt.iter().map(|site| site.fingerprint.as_str()).collect();
    if hurt.is_empty() || met.len() < named.len() {
        asked.sites.iter().collect()
    } else {
        hurt
    }
}

/// The earliest day, where each site has one.
fn all(counts: &[Count<'_>], day: impl Fn(&Count<'_>) -> Option<Date>) -> Option<Date> {
    let days: Option<Vec<Date>> = counts.iter().map(day).collect();
    days?.into_iter().min()
}

fn latest<'a>(objections: impl Iterator<Item = Paper<'a>>) -> Option<Standing> {
    let latest = objections.reduce(|held, next| {
        if next.issued > held.issued {
            next
        } else {
            held
        }
    })?;
    Some(Standing::Objected {
        by: latest.approver.to_owned(),
        file: latest.file.to_owned(),
        reason: latest.reason.to_owned(),
    })
}

/// Each word once, in order of names.
fn words<'a>(words: impl Iterator<Item = &'a Word>) -> Vec<Word> {
    words
        .collect::<BTreeSet<_>>()
        .into_iter()
        .cloned()
        .collect()
}

fn silence(asked: Date, days: u32, today: Date) -> Standing {
    let until = asked
        .checked_add(i64::from(days).days())
        .unwrap_or(Date::MAX);
    if today >= until {
        Standing::Lapsed { asked }
    } else {
        Standing::Lazy { asked, until }
    }
}
