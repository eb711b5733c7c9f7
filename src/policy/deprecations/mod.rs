//! Everything that one side of a contract deprecates or announces: how far each is, and who still uses it.

mod stage;

pub use stage::Stage;

use super::affected::{self, Affecting, Known, Use};
use super::files::{Evidence, Kind, LedgerRecord, Place, Record, Stability};
use super::gate::LEDGER;
use super::lifecycle::{Carrier, Held, Life, Lives, days_between};
use crate::judge::Marked;
use crate::spec::{At, Bundle};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// One record: what goes or changes, when, and what instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deprecation {
    /// The contract's id.
    pub contract: String,
    /// What it is about, the first element the one to show; several where one schema stands for all.
    pub elements: Vec<String>,
    /// That it goes, or what it becomes.
    pub kind: Kind,
    /// What is promised about it.
    pub stability: Stability,
    /// The record.
    pub record: Record,
    /// The file that the record stands in.
    pub file: String,
    /// Where in it.
    pub place: Place,
    /// How far it is.
    pub stage: Stage,
    /// How many days are left until its sunset, less than none after it; `None` without one, and for what is gone.
    pub left: Option<i64>,
    /// Who uses it still, or may, by the registry and what consumers declare; sorted.
    pub users: Vec<(String, Use)>,
}

impl Deprecation {
    /// What lists are sorted by: the fewest days left first, then what has no day, then what is gone.
    #[must_use]
    pub fn urgency(&self) -> impl Ord + use<> {
        (self.stage == Stage::Gone, self.left.is_none(), self.left)
    }

    /// Whether it may go, or change, within so many days, or should have.
    #[must_use]
    pub fn is_due(&self, days: u32) -> bool {
        let pending = match self.stage {
            Stage::Scheduled | Stage::Active | Stage::Removable | Stage::Overdue => true,
            Stage::Grandfathered | Stage::WithoutSunset | Stage::Gone => false,
        };
        pending && self.left.is_some_and(|left| left <= i64::from(days))
    }
}

/// What to list.
#[derive(Clone, Copy, Debug)]
pub struct Listing<'l, 'd> {
    /// The contract's id.
    pub contract: &'l str,
    /// The document; `None` where it is gone.
    pub bundle: Option<&'l Bundle>,
    /// What is said about the lives of its elements.
    pub lives: &'l Lives<'l, 'd>,
    /// Everything that is marked in it: what a comparison with itself looked at, thoroughly.
    pub marked: &'l [Marked],
    /// The day.
    pub today: Date,
    /// How many days after its sunset an element is overdue.
    pub overdue_after: u32,
    /// Who uses what.
    pub known: Known<'l>,
}

/// Every deprecation of a contract, and every announced change, by urgency.
#[must_use]
pub fn deprecations(listing: &Listing<'_, '_>) -> Vec<Deprecation> {
    let mut list = List {
        listing,
        tops: listing.lives.tops(),
        by_own_path: listing.lives.by_own_path(),
        seen: BTreeSet::new(),
        found: Vec::new(),
    };
    for marked in listing.marked {
        let mut elements = marked.elements.clone();
        elements.extend(list.values(marked));
        list.group(&elements);
    }
    let whole = format!("contract:{}", listing.contract);
    list.group(&[whole]);
    for record in listing.lives.removals() {
        list.ledger(record);
    }
    for record in listing.lives.changes() {
        list.change(record);
    }
    let mut found = list.found;
    found.sort_by(|a, b| (a.urgency(), &a.elements).cmp(&(b.urgency(), &b.elements)));
    found
}

struct List<'i, 'l, 'd> {
    listing: &'i Listing<'l, 'd>,
    tops: Vec<&'i str>,
    by_own_path: BTreeMap<String, String>,
    seen: BTreeSet<String>,
    found: Vec<Deprecation>,
}

impl List<'_, '_, '_> {
    /// The values of enums that `x-enum-deprecations` names; they have no node of their own.
    fn values(&self, marked: &Marked) -> Vec<String> {
        let Some(bundle) = self.listing.bundle else {
            return Vec::new();
        };
        let maps = marked
            .new
            .iter()
            .filter_map(|at| bundle.get(*at, "x-enum-deprecations"));
        let keys: Vec<&str> = maps
            .flat_map(|map: At| bundle.entries(map).map(|(key, _)| key))
            .collect();
        let mut values = Vec::new();
        for element in &marked.elements {
            for key in &keys {
                let quoted = serde_json::Value::from(*key).to_string();
                let spelt = [&quoted, *key].map(|value| format!("{element} > enum:{value}"));
                let is_there = |value: &String| self.listing.lives.has(value);
                values.extend(spelt.into_iter().find(is_there));
            }
        }
        values
    }

    /// Elements that may share a record: each record is listed once, with all of its elements.
    fn group(&mut self, elements: &[String]) {
        let mut groups: Vec<(Held, Life, Vec<String>)> = Vec::new();
        for element in elements {
            if self.seen.contains(element) {
                continue;
            }
            let Some(life) = self.listing.lives.life(element) else {
                continue;
            };
            let Some(own) = life.own.clone() else {
                continue;
            };
            self.seen.insert(element.clone());
            let same = groups.iter_mut().find(|(held, of, _)| {
                held.record == own.record
                    && held.carrier == own.carrier
                    && held.grandfathered == own.grandfathered
                    && of.stability == life.stability
            });
            match same {
                Some((.., elements)) => elements.push(element.clone()),
                None => groups.push((own, life, vec![element.clone()])),
            }
        }
        for (held, life, elements) in groups {
            let stage = self.stage(&held.record, held.grandfathered);
            self.push(elements, Kind::Removal, life.stability, held, stage);
        }
    }

    /// A record of the ledger that nothing in the contract led to.
    fn ledger(&mut self, record: &LedgerRecord) {
        if self.seen.contains(&record.element) {
            return;
        }
        let known = self.seen.len();
        self.group(std::slice::from_ref(&record.element));
        if self.seen.len() > known {
            return;
        }
        // A version is a file of its own, which the document knows nothing about.
        let stage = if record.element.starts_with("version:") {
            self.stage(&record.record, record.grandfathered)
        } else {
            Stage::Gone
        };
        self.seen.insert(record.element.clone());
        self.of_ledger(record, Kind::Removal, stage);
    }

    fn change(&mut self, record: &LedgerRecord) {
        let stage = if self.listing.lives.has(&record.element) {
            self.stage(&record.record, record.grandfathered)
        } else {
            Stage::Gone
        };
        self.of_ledger(record, record.kind.clone(), stage);
    }

    fn of_ledger(&mut self, record: &LedgerRecord, kind: Kind, stage: Stage) {
        let lives = self.listing.lives;
        let stability = match lives.life(&record.element) {
            Some(life) => life.stability,
            None => lives.stability(),
        };
        let held = Held {
            record: record.record.clone(),
            carrier: Carrier::Ledger(record.place),
            element: record.element.clone(),
            grandfathered: record.grandfathered,
        };
        let elements = vec![record.element.clone()];
        self.push(elements, kind, stability, held, stage);
    }

    fn stage(&self, record: &Record, grandfathered: bool) -> Stage {
        let Listing {
            today,
            overdue_after,
            ..
        } = self.listing;
        Stage::of(record, grandfathered, *today, *overdue_after)
    }

    fn push(
        &mut self,
        elements: Vec<String>,
        kind: Kind,
        stability: Stability,
        held: Held,
        stage: Stage,
    ) {
        let sunset = held.record.sunset.day();
        let (file, place) = self.place(held.carrier);
        self.found.push(Deprecation {
            contract: self.listing.contract.to_owned(),
            users: if stage == Stage::Gone {
                Vec::new()
            } else {
                self.users(&elements, &kind)
            },
            left: sunset
                .filter(|_| stage != Stage::Gone)
                .map(|sunset| days_between(self.listing.today, sunset)),
            elements,
            kind,
            stability,
            record: held.record,
            file,
            place,
            stage,
        });
    }

    fn place(&self, carrier: Carrier) -> (String, Place) {
        match (carrier, self.listing.bundle) {
            (Carrier::Inline(at), Some(bundle)) => {
                let tree = bundle.tree(at.file);
                let source = tree.source();
                let position = source.locate(tree.span(at.node).start);
                (source.name().to_owned(), position.into())
            }
            (Carrier::Inline(_), None) => (String::new(), Place::default()),
            (Carrier::Ledger(place), _) => (LEDGER.to_owned(), place),
        }
    }

    /// Who uses one of the elements, or may.
    fn users(&self, elements: &[String], kind: &Kind) -> Vec<(String, Use)> {
        let (rule, kind) = match kind {
            Kind::Removal => ("removed-after-sunset", affected::Kind::Removed),
            Kind::Change { .. } => ("announced-change", affected::Kind::Changed),
        };
        let sites: Vec<affected::Site<'_>> = elements
            .iter()
            .map(|element| affected::Site {
                change: Affecting {
                    element,
                    rule,
                    kind,
                    direction: None,
                },
                fingerprint: "",
            })
            .collect();
        let asked = affected::Asked {
            contract: self.listing.contract,
            // What is declared counts here, whatever it may change at the gate.
            evidence: Evidence::WaiveSignoff,
            base: self.listing.known,
            head: self.listing.known,
            tops: &self.tops,
            by_own_path: &self.by_own_path,
        };
        let mut users: BTreeMap<String, Use> = BTreeMap::new();
        for hurt in affected::hurt(&asked, &sites) {
            users.insert(hurt.consumer, hurt.uses);
        }
        users.into_iter().collect()
    }
}
