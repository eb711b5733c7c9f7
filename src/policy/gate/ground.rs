//! What every contract of a run is judged by: the day, the trusted policy, and what else is known.

use crate::policy::files::{Consumers, Policy};
use crate::policy::lifecycle::{Carrier, Life};
use crate::policy::outcome::Notice;
use jiff::civil::Date;

/// The file of the ledger, from the root of the tree.
pub const LEDGER: &str = ".contract/deprecations.yaml";

/// What every contract of a run is judged by.
pub struct Ground<'g> {
    /// The day.
    pub today: Date,
    /// The base as it was typed, for the commands that settle something; `None` for the default.
    pub base: Option<&'g str>,
    /// The policy of the base.
    pub policy: &'g Policy,
    /// The registry of the base, and of head: who is in either is asked.
    pub consumers: (&'g Consumers, &'g Consumers),
    /// Whether head has a migration guide: a path of the repository; a URL is there.
    pub has_guide: &'g dyn Fn(&str) -> bool,
}

impl Ground<'_> {
    /// The longest life-span of a deprecation that a consumer of the contract consented to.
    #[must_use]
    pub fn consented(&self, contract: &str) -> Option<u32> {
        let users = self.consumers.0.list.iter().filter(|consumer| {
            let mut uses = consumer.uses.iter();
            uses.any(|one| one.contract == contract)
        });
        users.filter_map(|consumer| consumer.min_window).max()
    }

    /// Points a notice at the ledger, when the record stands there.
    #[must_use]
    pub fn placed(&self, notice: Notice, life: Option<Life>) -> Notice {
        match life.and_then(|life| life.own).map(|held| held.carrier) {
            Some(Carrier::Ledger(place)) => notice.in_file(LEDGER, Some(place)),
            Some(Carrier::Inline(_)) | None => notice,
        }
    }
}
