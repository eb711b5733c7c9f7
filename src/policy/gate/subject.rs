//! One governed contract on its way through the gate.

use crate::diff::Elements;
use crate::judge::{Finding, Marked};
use crate::policy::files::{Audience, Freeze, LedgerRecord, Stability};
use crate::policy::lifecycle::Lives;

/// What the policy says of one contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The contract's id.
    pub id: String,
    /// The team that owns it.
    pub owner: Option<String>,
    /// Who the consumers are.
    pub audience: Audience,
    /// Whether all consumers are in the registry.
    pub closed: bool,
    /// What is promised where the contract says nothing itself, on the base and in head.
    pub stability: (Stability, Stability),
    /// Times in which nothing is removed.
    pub freeze: Vec<Freeze>,
    /// Somebody else's contract: told, never gated.
    pub consumed: bool,
    /// How many live versions stay.
    pub min_live_versions: u32,
}

/// Both sides of one contract, with what is said about its elements' lives.
#[derive(Debug)]
pub struct Subject<'s, 'd> {
    /// What the policy says of it.
    pub terms: &'s Terms,
    /// What people call it.
    pub name: &'s str,
    /// The lives of its elements on the base.
    pub base: Lives<'s, 'd>,
    /// In head.
    pub head: Lives<'s, 'd>,
    /// Everything that either side marks among what differs.
    pub marked: &'s [Marked],
}

impl<'s, 'd> Subject<'s, 'd> {
    /// Puts the sides together; `ledgers` are those of base and head.
    #[must_use]
    pub fn new(
        terms: &'s Terms,
        name: &'s str,
        elements: (Option<&'s Elements<'s, 'd>>, Option<&'s Elements<'s, 'd>>),
        ledgers: (&'s [LedgerRecord], &'s [LedgerRecord]),
        marked: &'s [Marked],
    ) -> Self {
        Self {
            terms,
            name,
            base: Lives::new(&terms.id, elements.0, ledgers.0, terms.stability.0),
            head: Lives::new(&terms.id, elements.1, ledgers.1, terms.stability.1),
            marked,
        }
    }

    /// The deprecation cycle of an element, as fingerprints have it: `dep:` and the day it began on the base.
    #[must_use]
    pub fn cycle(&self, element: &str) -> Option<String> {
        let held = self.base.life(element)?.effective?;
        let since = held.record.since;
        Some(since.map_or_else(|| "dep:unset".to_owned(), |since| format!("dep:{since}")))
    }

    /// Gives every finding the fingerprints of the cycle that its elements are in.
    #[must_use]
    pub fn cycled(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let cycle = |element: &str| self.cycle(element);
        findings
            .into_iter()
            .map(|mut finding| {
                finding.sites = finding.sites.cycled(&cycle);
                finding
            })
            .collect()
    }
}
