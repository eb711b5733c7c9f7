//! The steps that deprecation records took from base to head, as notices; and those that consumers have to sign, as changes.

mod complete;

use super::{ground::Ground, subject::Subject};
use crate::judge::{self, Finding};
use crate::policy::files::{LedgerRecord, Record, Stability, Sunset};
use crate::policy::lifecycle::{Held, Life, Raised, Step, days_between, transition, window};
use crate::policy::outcome::Notice;
use crate::rules::Rule;
use crate::spec::Level;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Steps that hurt consumers although nothing is removed yet: lawful once they agree.
const SIGNED: [&str; 2] = ["sunset-moved-earlier", "stability-decreased"];

/// The steps of one contract.
#[derive(Debug, Default)]
pub struct Steps {
    /// What there is to say.
    pub notices: Vec<Notice>,
    /// What consumers have to sign.
    pub findings: Vec<Finding>,
}

/// Everything that the records and stabilities of a contract went through; `deprecated` lists all elements that the base
/// deprecates, and is asked only when a stability was raised; `dated` lists what head deprecates with a day, and is asked only
/// where there is one.
#[must_use]
pub fn steps(
    subject: &Subject<'_, '_>,
    ground: &Ground<'_>,
    findings: &[Finding],
    deprecated: &dyn Fn() -> Vec<String>,
    dated: &dyn Fn() -> Vec<String>,
) -> Steps {
    let mut walk = Walk {
        subject,
        ground,
        steps: Steps::default(),
        seen: BTreeSet::new(),
    };
    for marked in subject.marked {
        walk.group(&marked.elements);
        let faults = subject.head.faults(&marked.new);
        if let Some(element) = marked.elements.first() {
            for (_, why) in faults {
                walk.notice(
                    "deprecation-malformed",
                    Level::Error,
                    element,
                    &[("why", &why)],
                );
            }
        }
    }
    walk.ledger();
    walk.changes();
    walk.whole(deprecated);
    walk.born(findings);
    walk.overdue(dated);
    walk.steps
}

struct Walk<'w, 's, 'd> {
    subject: &'w Subject<'s, 'd>,
    ground: &'w Ground<'w>,
    steps: Steps,
    seen: BTreeSet<String>,
}

impl Walk<'_, '_, '_> {
    /// One record that stands for several elements: each row is told once, with all of them.
    fn group(&mut self, elements: &[String]) {
        let mut rows: BTreeMap<(&'static str, String), (Raised, Vec<String>)> = BTreeMap::new();
        let mut records: Vec<(Held, Life, String)> = Vec::new();
        for element in elements {
            if !self.seen.insert(element.clone()) {
                continue;
            }
            let (Some(base), Some(head)) = (
                self.subject.base.life(element),
                self.subject.head.life(element),
            ) else {
                continue;
            };
            for raised in self.between(&base, &head) {
                let key = (raised.rule, format!("{:?}", raised.holes));
                let entry = rows.entry(key).or_insert_with(|| (raised, Vec::new()));
                entry.1.push(element.clone());
            }
            if let Some(held) = &head.own
                && base.own.as_ref().map(|own| &own.record) != Some(&held.record)
                // What only keeps an old deprecation announces nothing yet.
                && !(held.grandfathered && held.record.sunset == Sunset::Unset)
                && records
                    .iter()
                    .all(|(other, ..)| other.record != held.record)
            {
                records.push((held.clone(), head.clone(), element.clone()));
            }
        }
        for (raised, elements) in rows.into_values() {
            self.raise(&raised, elements);
        }
        for (held, life, element) in records {
            self.complete(&held.record, life.stability, &element);
        }
    }

    fn between(&self, base: &Life, head: &Life) -> Vec<Raised> {
        fn step(life: &Life) -> Step<'_> {
            Step {
                stability: life.stability,
                record: life.own.as_ref().map(|held| &held.record),
                grandfathered: life.own.as_ref().is_some_and(|held| held.grandfathered),
            }
        }
        self.judged(step(base), step(head))
    }

    fn judged(&self, base: Step<'_>, head: Step<'_>) -> Vec<Raised> {
        let days = |before: Stability, after: Stability| self.days(before).max(self.days(after));
        let tolerance = self.ground.policy.deprecation.backdate_tolerance;
        transition(base, Some(head), self.ground.today, &days, tolerance)
    }

    fn days(&self, stability: Stability) -> u32 {
        let terms = self.subject.terms;
        let consented = self.ground.consented(&terms.id);
        window(
            &self.ground.policy.windows,
            stability,
            terms.audience,
            consented,
        )
    }

    /// Tells a row, or makes a change of it that consumers sign.
    fn raise(&mut self, raised: &Raised, elements: Vec<String>) {
        let Some(first) = elements.first().cloned() else {
            return;
        };
        if SIGNED.contains(&raised.rule) {
            let finding = self.finding(raised, elements);
            self.steps.findings.push(finding);
            return;
        }
        let holes: Vec<(&str, &str)> = raised
            .holes
            .iter()
            .map(|(hole, value)| (*hole, value.as_str()))
            .collect();
        let more = elements.len() - 1;
        let named = match more {
            0 => first.clone(),
            1 => format!("{first} (and 1 more element)"),
            more => format!("{first} (and {more} more elements)"),
        };
        let mut all = vec![("element", named.as_str())];
        all.extend(holes);
        let mut notice =
            Notice::new(raised.rule, raised.level, &all).about(&self.subject.terms.id, &first);
        if let Some(earliest) = raised.earliest.filter(|_| raised.level == Level::Error) {
            notice = notice.help(format!("the earliest lawful day is {earliest}"));
            notice.earliest = Some(earliest);
        }
        notice = self.ground.placed(notice, self.subject.head.life(&first));
        self.steps.notices.push(notice);
    }

    fn finding(&self, raised: &Raised, elements: Vec<String>) -> Finding {
        let hole = |wanted: &str| {
            let mut holes = raised.holes.iter();
            let found = holes.find(|(name, _)| *name == wanted);
            found.map(|(_, value)| serde_json::Value::from(value.as_str()).to_string())
        };
        let rule = Rule::find(raised.rule).expect("the catalogue has every row");
        let element = elements.first().cloned().unwrap_or_default();
        let mut holes = vec![("element", element)];
        holes.extend(raised.holes.iter().cloned());
        judge::raised(
            &self.subject.terms.id,
            rule,
            elements,
            &holes,
            (hole("before"), hole("after")),
        )
    }

    fn notice(&mut self, rule: &'static str, level: Level, element: &str, holes: &[(&str, &str)]) {
        let mut all = vec![("element", element)];
        all.extend_from_slice(holes);
        let notice = Notice::new(rule, level, &all).about(&self.subject.terms.id, element);
        let notice = self.ground.placed(notice, self.subject.head.life(element));
        self.steps.notices.push(notice);
    }

    /// Records of the ledger, where the contract itself says nothing new.
    fn ledger(&mut self) {
        let both = self
            .subject
            .base
            .removals()
            .chain(self.subject.head.removals());
        let elements: BTreeSet<&str> = both.map(|record| record.element.as_str()).collect();
        for element in elements {
            if element.starts_with("version:") {
                continue;
            }
            self.group(&[element.to_owned()]);
            let (in_base, in_head) = (
                self.subject.base.has(element),
                self.subject.head.has(element),
            );
            let is_new = self.subject.base.removals().all(|it| it.element != element);
            if !in_base && !in_head && is_new {
                self.notice(
                    "deprecation-malformed",
                    Level::Error,
                    element,
                    &[("why", "the contract has no such element")],
                );
            }
            if let Some((inline, ledger)) = self.subject.head.conflict(element) {
                let (inline, ledger) = (dates(&inline), dates(&ledger.record));
                self.notice(
                    "deprecation-conflict",
                    Level::Error,
                    element,
                    &[("inline", &inline), ("ledger", &ledger)],
                );
            }
        }
    }

    /// Changes that are announced.
    fn changes(&mut self) {
        let before: BTreeMap<&str, &LedgerRecord> = by_element(self.subject.base.changes());
        let after: BTreeMap<&str, &LedgerRecord> = by_element(self.subject.head.changes());
        for (element, record) in after {
            let Some(life) = self.subject.head.life(element) else {
                if !before.contains_key(element) {
                    let why = "the contract has no such element";
                    self.notice(
                        "deprecation-malformed",
                        Level::Error,
                        element,
                        &[("why", why)],
                    );
                }
                continue;
            };
            // Another content is another announcement.
            let earlier = before.get(element).filter(|it| it.kind == record.kind);
            let step = |record| Step {
                stability: life.stability,
                record,
                grandfathered: false,
            };
            let raised = self.judged(
                step(earlier.map(|it| &it.record)),
                step(Some(&record.record)),
            );
            for row in raised {
                self.raise(&row, vec![element.to_owned()]);
            }
        }
    }

    /// The stability of the contract as a whole, and of what is deprecated in it.
    fn whole(&mut self, deprecated: &dyn Fn() -> Vec<String>) {
        let (before, after) = (self.subject.base.stability(), self.subject.head.stability());
        let element = format!("contract:{}", self.subject.terms.id);
        if after < before && self.seen.insert(element.clone()) {
            let raised = Raised {
                rule: "stability-decreased",
                level: Level::Error,
                holes: vec![
                    ("before", before.word().to_owned()),
                    ("after", after.word().to_owned()),
                ],
                earliest: None,
            };
            self.raise(&raised, vec![element]);
        }
        let raised_here = after > before
            || self.subject.marked.iter().any(|marked| {
                marked.elements.iter().any(|element| {
                    let level = |life: Option<Life>| life.map(|life| life.stability);
                    level(self.subject.head.life(element)) > level(self.subject.base.life(element))
                })
            });
        if !raised_here {
            return;
        }
        for element in deprecated() {
            if !self.seen.insert(element.clone()) {
                continue;
            }
            let (Some(base), Some(head)) = (
                self.subject.base.life(&element),
                self.subject.head.life(&element),
            ) else {
                continue;
            };
            let rows = self.between(&base, &head);
            for row in rows.iter().filter(|row| row.rule == "deprecated-promoted") {
                self.raise(row, vec![element.clone()]);
            }
        }
    }

    /// New elements that arrive deprecated.
    fn born(&mut self, findings: &[Finding]) {
        for finding in findings {
            for element in finding.sites.elements() {
                if self.subject.base.has(&element) {
                    break;
                }
                let own = self.subject.head.life(&element).and_then(|life| life.own);
                if own.is_some() && self.seen.insert(element.clone()) {
                    self.notice("born-deprecated", Level::Warning, &element, &[]);
                    break;
                }
            }
        }
    }

    /// Elements that could have been removed long ago.
    fn overdue(&mut self, dated: &dyn Fn() -> Vec<String>) {
        let ledger = self.subject.head.removals().map(|it| it.element.clone());
        let mut elements: BTreeSet<String> = ledger.collect();
        if self.subject.head.is_dated() {
            elements.extend(dated());
        }
        let late = self.ground.policy.deprecation.overdue_after;
        for element in elements {
            let own = self.subject.head.life(&element).and_then(|life| life.own);
            let Some(Sunset::On(sunset)) = own.map(|held| held.record.sunset) else {
                continue;
            };
            let days = days_between(sunset, self.ground.today);
            if days > i64::from(late) {
                let (sunset, days) = (sunset.to_string(), days.to_string());
                self.notice(
                    "deprecation-overdue",
                    Level::Warning,
                    &element,
                    &[("sunset", &sunset), ("days", &days)],
                );
            }
        }
    }
}

fn by_element<'r>(
    records: impl Iterator<Item = &'r LedgerRecord>,
) -> BTreeMap<&'r str, &'r LedgerRecord> {
    records
        .map(|record| (record.element.as_str(), record))
        .collect()
}

fn dates(record: &Record) -> String {
    let day = |day: Option<Date>| day.map_or_else(|| "no day".to_owned(), |day| day.to_string());
    let (since, sunset) = (day(record.since), day(record.sunset.day()));
    format!("since {since}, sunset {sunset}")
}
