//! Deprecation records, and the ledger that keeps those which a contract cannot: `.contract/deprecations.yaml`
//! (`contract.deprecations/v1`).

use super::common::Place;
use jiff::civil::Date;

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
