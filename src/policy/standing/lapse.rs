//! Silence: since when a consumer has been asked about every site that hurts it.

use super::question::{Asked, Landed};
use crate::judge::Site;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The first day on which each consumer was asked, by consumer, contract, and fingerprint.
pub(super) struct Asking<'a>(BTreeMap<(&'a str, &'a str, &'a str), Date>);

impl<'a> Asking<'a> {
    pub(super) fn of(requests: &'a [Landed], today: Date) -> Self {
        let mut first = BTreeMap::new();
        for landed in requests.iter().filter(|landed| landed.on <= today) {
            let request = &landed.request;
            for requested in &request.changes {
                for consumer in &requested.consumers {
                    let key = (
                        consumer.as_str(),
                        request.contract.as_str(),
                        requested.change.fingerprint.as_str(),
                    );
                    let held = first.entry(key).or_insert(landed.on);
                    *held = landed.on.min(*held);
                }
            }
        }
        Self(first)
    }

    /// Since when the consumer has been asked about all of the sites; `None` while one was not asked about.
    pub(super) fn since(&self, consumer: &str, asked: &Asked, sites: &[&Site]) -> Option<Date> {
        let days = sites.iter().map(|site| {
            let key = (consumer, asked.contract.as_str(), site.fingerprint.as_str());
            self.0.get(&key).copied()
        });
        days.collect::<Option<Vec<Date>>>()?.into_iter().max()
    }
}
