//! Until when operations are promised to stay.

use super::{contracts::Contracts, ground::Ground};
use crate::diff::Elements;
use crate::policy::{files::Stability, lifecycle::Lives};
use crate::probe::check::Promise;
use crate::spec::{Contract, Operation, positional};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The first days on which operations may be gone, by their element ids.
pub(super) struct Promised {
    today: Date,
    until: BTreeMap<String, Date>,
}

impl Promised {
    /// What the contracts and the ledger say.
    pub(super) fn read(
        ground: &Ground,
        contracts: &Contracts,
        read: &[Contract<'_>],
        today: Date,
    ) -> Self {
        let mut until = BTreeMap::new();
        for (loaded, contract) in contracts.list.iter().zip(read) {
            let elements = Elements::new(contract, &loaded.id);
            let ledger = &ground.state.ledger.list;
            let lives = Lives::new(&loaded.id, Some(&elements), ledger, Stability::default());
            if lives.is_plain() {
                continue;
            }
            for operation in contract.operations() {
                let element = element(operation);
                let held = lives.life(&element).and_then(|life| life.effective);
                if let Some(day) = held.and_then(|held| held.record.sunset.day()) {
                    until.insert(element, day);
                }
            }
        }
        Self { today, until }
    }

    /// What is promised of an operation.
    pub(super) fn of(&self, operation: &Operation<'_>) -> Promise {
        Promise {
            today: self.today,
            deprecated: operation.deprecated,
            until: self.until.get(&element(operation)).copied(),
        }
    }
}

fn element(operation: &Operation<'_>) -> String {
    format!("op:{} {}", operation.method, positional(operation.path))
}
