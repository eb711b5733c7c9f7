//! Deprecation records, and the ledger that keeps those which a contract cannot: `.contract/deprecations.yaml`
//! (`contract.deprecations/v1`).

use super::{
    Fault, FileKind, Place,
    open::{contract_id, dated, hexadecimal, line, not_before, read, text, twice},
};
use crate::tree::fields::{Fields, Value, cut};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// When, until when, and what instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The day it was announced for; may lie in the future (RFC 9745).
    pub since: Option<Date>,
    /// The first day on which the element may be gone.
    pub sunset: Sunset,
    /// What to use instead.
    pub replacement: Option<Replacement>,
    /// A migration guide: a path in the repository, or a URL.
    pub guide: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// The end of a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sunset {
    /// No day is set; `sunset: unset` in a ledger that `init` wrote.
    #[default]
    Unset,
    /// This day.
    On(Date),
}

impl Sunset {
    /// The day, where one is set.
    #[must_use]
    pub const fn day(self) -> Option<Date> {
        match self {
            Self::Unset => None,
            Self::On(day) => Some(day),
        }
    }
}

/// What replaces a deprecated element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replacement {
    /// An element of the same contract.
    Element(String),
    /// `none`: there is nothing, for the record's reason.
    Nothing,
}

/// The ledger, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Every record; one per contract and element.
    pub list: Vec<LedgerRecord>,
}

/// A record of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRecord {
    /// The contract's id.
    pub contract: String,
    /// The element id; `version:ID@STEM` and `contract:ID` too.
    pub element: String,
    /// What is announced.
    pub kind: Kind,
    /// The record.
    pub record: Record,
    /// Written by `init` for what was deprecated before there was a policy.
    pub grandfathered: bool,
    /// Where it stands.
    pub place: Place,
}

/// What a record announces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// That the element goes.
    Removal,
    /// That the element changes in a breaking way.
    Change {
        /// The digest of the content that is to come, `sha256:` and 64 hexadecimal digits.
        after: String,
    },
}

impl Ledger {
    /// Reads `.contract/deprecations.yaml`; `file` is what faults call it.
    ///
    /// # Errors
    /// Everything that is wrong with it, by its places.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        read(file, bytes, FileKind::Deprecations, |fields| {
            let mut places: BTreeMap<(String, String), Place> = BTreeMap::new();
            let list = fields.required("deprecations")?.each(|item| {
                let record = record(item)?;
                let key = (record.contract.clone(), record.element.clone());
                match places.get(&key) {
                    Some(first) => {
                        twice(
                            item,
                            &format!("the record of `{}`", cut(&record.element)),
                            *first,
                        );
                    }
                    None => drop(places.insert(key, record.place)),
                }
                Some(record)
            })?;
            Some(Self { list })
        })
    }
}

fn record(item: Value<'_>) -> Option<LedgerRecord> {
    let mut fields = item.fields("a deprecation")?;
    let contract = fields.required("contract").and_then(contract_id);
    let element = fields.required("element").and_then(line);
    let kind = kind(&mut fields);
    let grandfathered = fields.optional("grandfathered").and_then(Value::flag);
    let grandfathered = grandfathered.unwrap_or_default();
    let since = if grandfathered {
        fields.optional("since")
    } else {
        fields.required("since")
    };
    let since = since.and_then(Value::date);
    let sunset = fields.optional("sunset");
    let unset = sunset.is_some_and(|value| {
        let (tree, id) = value.node();
        tree.str(id) == Some("unset")
    });
    let sunset = sunset.filter(|_| !unset).and_then(dated);
    not_before(since, sunset, "since");
    let replacement = fields.optional("replacement").and_then(line);
    let guide = fields.optional("guide").and_then(guide);
    let reason = fields.optional("reason").and_then(text);
    let place = fields.position().into();
    fields.finish();
    Some(LedgerRecord {
        contract: contract?,
        element: element?,
        kind: kind?,
        record: Record {
            since,
            sunset: sunset.map_or(Sunset::Unset, |(_, date)| Sunset::On(date)),
            replacement: replacement.map(|text| match text.as_str() {
                "none" => Replacement::Nothing,
                _ => Replacement::Element(text),
            }),
            guide,
            reason,
        },
        grandfathered,
        place,
    })
}

/// `kind`, and `after` with it.
fn kind(fields: &mut Fields<'_>) -> Option<Kind> {
    let (kind, after) = (fields.optional("kind"), fields.optional("after"));
    let change = match kind {
        Some(kind) => kind.choice(&[("removal", false), ("change", true)])?,
        None => false,
    };
    match (change, after) {
        (false, None) => Some(Kind::Removal),
        (false, Some(after)) => {
            after.fault(
                "`after` is what a change leads to, and this is a removal",
                "remove it, or write `kind: change`",
            );
            None
        }
        (true, Some(after)) => {
            hexadecimal(after, "sha256:", 64).map(|after| Kind::Change { after })
        }
        (true, None) => {
            if !fields.has("after") {
                kind.unwrap_or(fields.value()).fault(
                    "`kind: change` needs the key `after`",
                    "add `after:` with the digest of the content that is to come, as `contract check` tells it",
                );
            }
            None
        }
    }
}

/// A migration guide: a URL, or a path in the repository that cannot leave it.
fn guide(value: Value<'_>) -> Option<String> {
    let text = value.line()?;
    if text.starts_with("https://") || text.starts_with("http://") {
        return Some(text.to_owned());
    }
    value.path("the root of the repository").map(str::to_owned)
}
