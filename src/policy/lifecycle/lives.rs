//! What one side says about the life of each element: inline, in the ledger, or by what stands around it.

use super::inline::{Inline, inline};
use crate::diff::{Elements, Stop};
use crate::judge::MARKS;
use crate::policy::files::{Kind, LedgerRecord, Place, Record, Stability};
use crate::spec::At;
use std::{cell::RefCell, collections::BTreeMap};

/// Where a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// In the contract.
    Inline(At),
    /// In the ledger.
    Ledger(Place),
}

/// A record, and where it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The record.
    pub record: Record,
    /// Where it stands.
    pub carrier: Carrier,
    /// The element that it is about: the one that was asked for, or one around it.
    pub element: String,
    /// Whether it was there before there was a policy.
    pub grandfathered: bool,
}

/// What is said about one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// What is promised about it.
    pub stability: Stability,
    /// Its own record.
    pub own: Option<Held>,
    /// Its own, else that of the nearest element around it that has one.
    pub effective: Option<Held>,
}

/// The lives of the elements of one contract on one side.
#[derive(Debug)]
pub struct Lives<'c, 'd> {
    /// The contract's id.
    id: &'c str,
    elements: Option<&'c Elements<'c, 'd>>,
    ledger: BTreeMap<&'c str, &'c LedgerRecord>,
    changes: BTreeMap<&'c str, &'c LedgerRecord>,
    stability: Stability,
    known: RefCell<BTreeMap<String, Option<Life>>>,
}

impl<'c, 'd> Lives<'c, 'd> {
    /// `elements` is `None` where this side lacks the contract; `stability` is what the policy says of the whole.
    #[must_use]
    pub fn new(
        id: &'c str,
        elements: Option<&'c Elements<'c, 'd>>,
        ledger: &'c [LedgerRecord],
        stability: Stability,
    ) -> Self {
        let own = || ledger.iter().filter(|record| record.contract == id);
        let by_element = |wanted: fn(&Kind) -> bool| {
            let found = own().filter(|record| wanted(&record.kind));
            found
                .map(|record| (record.element.as_str(), record))
                .collect()
        };
        Self {
            id,
            elements,
            ledger: by_element(|kind| matches!(kind, Kind::Removal)),
            changes: by_element(|kind| matches!(kind, Kind::Change { .. })),
            stability,
            known: RefCell::default(),
        }
    }

    /// What is promised where an element does not say so itself.
    #[must_use]
    pub fn stability(&self) -> Stability {
        let said = self.elements.and_then(|elements| {
            let bundle = elements.contract().bundle;
            let info = bundle.get(bundle.root(), "info")?;
            inline(bundle, info, None).stability
        });
        said.unwrap_or(self.stability)
    }

    /// Whether nothing is said about the life of any element, so that all are alike.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.ledger.is_empty()
            && self.changes.is_empty()
            && self.elements.is_none_or(|elements| {
                let files = &elements.contract().bundle.files;
                files
                    .iter()
                    .all(|file| MARKS.iter().all(|mark| file.tree.sym(mark).is_none()))
            })
    }

    /// Whether any element says until when it stays.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        const DATED: [&str; 5] = [
            "x-deprecation",
            "x-sunset",
            "x-snyk-sunset-eligible",
            "x-enum-deprecations",
            "x-lifecycle",
        ];
        self.elements.is_some_and(|elements| {
            let mut files = elements.contract().bundle.files.iter();
            files.any(|file| DATED.iter().any(|key| file.tree.sym(key).is_some()))
        })
    }

    /// The outermost elements of the contract, sorted; none where this side lacks it.
    #[must_use]
    pub fn tops(&self) -> Vec<&str> {
        self.elements.map(Elements::tops).unwrap_or_default()
    }

    /// The ids of operations by their paths without that of their servers; none where this side lacks the contract.
    #[must_use]
    pub fn by_own_path(&self) -> BTreeMap<String, String> {
        self.elements.map(Elements::by_own_path).unwrap_or_default()
    }

    /// Whether the element is there.
    #[must_use]
    pub fn has(&self, element: &str) -> bool {
        self.life(element).is_some()
    }

    /// What is said about an element; `None` where it is not there.
    #[must_use]
    pub fn life(&self, element: &str) -> Option<Life> {
        if let Some(known) = self.known.borrow().get(element) {
            return known.clone();
        }
        let life = self.find(element);
        let mut known = self.known.borrow_mut();
        known.insert(element.to_owned(), life.clone());
        life
    }

    /// The announced change of an element: the record, its place, and the digest of what is to come.
    #[must_use]
    pub fn announced(&self, element: &str) -> Option<(&'c Record, Place, &'c str)> {
        let found = self.changes.get(element)?;
        match &found.kind {
            Kind::Change { after } => Some((&found.record, found.place, after)),
            Kind::Removal => None,
        }
    }

    /// Every announced change.
    pub fn changes(&self) -> impl Iterator<Item = &'c LedgerRecord> + '_ {
        self.changes.values().copied()
    }

    /// Every record of a removal in the ledger.
    pub fn removals(&self) -> impl Iterator<Item = &'c LedgerRecord> + '_ {
        self.ledger.values().copied()
    }

    /// What could not be understood about an element itself.
    #[must_use]
    pub fn faults(&self, nodes: &[At]) -> Vec<(At, String)> {
        let Some(elements) = self.elements else {
            return Vec::new();
        };
        let bundle = elements.contract().bundle;
        let mut faults = Vec::new();
        for at in nodes {
            faults.extend(inline(bundle, *at, None).faults);
        }
        faults
    }

    fn find(&self, element: &str) -> Option<Life> {
        let elements = self.elements?;
        if element == format!("contract:{}", self.id) || element == "contract" {
            return Some(self.whole(element, elements));
        }
        // A version is a file of its own; only the ledger speaks of it.
        if element.starts_with("version:") {
            let own = self.held(element, None);
            return Some(Life {
                stability: self.stability(),
                effective: own.clone(),
                own,
            });
        }
        let trail = elements.locate(element);
        if !trail.complete {
            return None;
        }
        let mut life = Life {
            stability: self.stability(),
            own: None,
            effective: self.whole(&format!("contract:{}", self.id), elements).own,
        };
        for (index, stop) in trail.stops.iter().enumerate() {
            let around = index.checked_sub(1).map(|before| &trail.stops[before]);
            let said = said(elements, stop, around);
            if let Some((_, level)) = said.stability {
                life.stability = level;
            }
            let own = self.held(&stop.element, said.record);
            if index + 1 == trail.stops.len() {
                life.own.clone_from(&own);
            }
            life.effective = own.or(life.effective);
        }
        Some(life)
    }

    /// The contract as a whole.
    fn whole(&self, element: &str, elements: &Elements<'_, '_>) -> Life {
        let bundle = elements.contract().bundle;
        let info = bundle.get(bundle.root(), "info");
        let inline = info.map_or_else(Inline::default, |at| inline(bundle, at, None));
        let record = info.zip(inline.record);
        let own = self.held(element, record);
        Life {
            stability: inline.stability.unwrap_or(self.stability),
            effective: own.clone(),
            own,
        }
    }

    /// The inline record, else that of the ledger.
    fn held(&self, element: &str, inline: Option<(At, Record)>) -> Option<Held> {
        let ledger = self.ledger.get(element);
        let grandfathered = ledger.is_some_and(|record| record.grandfathered);
        let (record, carrier) = match (inline, ledger) {
            // A bare `deprecated: true` is dated by the ledger.
            (Some((at, inline)), Some(ledger)) if inline == Record::default() => {
                let _ = at;
                (ledger.record.clone(), Carrier::Ledger(ledger.place))
            }
            (Some((at, inline)), _) => (inline, Carrier::Inline(at)),
            (None, Some(ledger)) => (ledger.record.clone(), Carrier::Ledger(ledger.place)),
            (None, None) => return None,
        };
        Some(Held {
            record,
            carrier,
            element: element.to_owned(),
            grandfathered,
        })
    }

    /// The ledger's record of an element that its contract dates otherwise: both, for a conflict.
    #[must_use]
    pub fn conflict(&self, element: &str) -> Option<(Record, &'c LedgerRecord)> {
        let ledger = *self.ledger.get(element)?;
        let held = self.life(element)?.own?;
        let differs =
            held.record.since != ledger.record.since || held.record.sunset != ledger.record.sunset;
        let is_inline = matches!(held.carrier, Carrier::Inline(_));
        (is_inline && differs).then_some((held.record, ledger))
    }
}

/// What the nodes of one stop say.
#[derive(Default)]
struct Said {
    record: Option<(At, Record)>,
    stability: Option<(At, Stability)>,
}

fn said(elements: &Elements<'_, '_>, stop: &Stop, around: Option<&Stop>) -> Said {
    let bundle = elements.contract().bundle;
    // A value of an enum has no node: the schema around it speaks for it.
    let value = stop.element.rsplit_once(" > enum:").map(|(_, value)| value);
    let (nodes, value) = match (value, around) {
        (Some(value), Some(around)) if stop.nodes.is_empty() => (&around.nodes, Some(value)),
        _ => (&stop.nodes, None),
    };
    let mut said = Said::default();
    for at in nodes {
        let found = inline(bundle, *at, value);
        said.record = said.record.or(found.record.map(|record| (*at, record)));
        said.stability = said.stability.or(found.stability.map(|level| (*at, level)));
    }
    said
}
