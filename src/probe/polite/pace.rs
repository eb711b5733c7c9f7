//! When the next request may go: token buckets for a host and for an operation, and what the host itself says is left.
//!
//! The buckets are counted as GCRA does, by the time at which they will be full again. A crate that counts them (governor) was turned down: a
//! request has to pass up to three buckets and a closing time at once, and must take nothing from one when another holds it back.

use std::{collections::BTreeMap, time::Duration};

use super::quota::{Policy, Quota};
use crate::probe::environment::{Rate, RateLimits};

/// The buckets of an environment.
#[derive(Clone, Debug)]
pub struct Pace {
    limits: RateLimits,
    hosts: BTreeMap<String, Host>,
    operations: BTreeMap<String, Bucket>,
}

#[derive(Clone, Debug)]
struct Host {
    /// Ours, from the file.
    own: Bucket,
    /// Theirs, once they have told it.
    told: Option<(Policy, Bucket)>,
    /// There is nothing left before this time.
    closed_until: Duration,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// What one request uses up.
    interval: Duration,
    /// What may be used up in advance, beyond the one.
    slack: Duration,
    /// When everything will be there again.
    full: Duration,
}

impl Bucket {
    fn new(rate: Rate, burst: u32) -> Self {
        let interval = rate.interval();
        Self {
            interval,
            slack: interval * burst.saturating_sub(1),
            full: Duration::ZERO,
        }
    }

    fn earliest(&self) -> Duration {
        self.full.saturating_sub(self.slack)
    }

    fn take(&mut self, at: Duration) {
        self.full = self.full.max(at) + self.interval;
    }
}

impl Pace {
    /// Full buckets.
    #[must_use]
    pub const fn new(limits: RateLimits) -> Self {
        Self {
            limits,
            hosts: BTreeMap::new(),
            operations: BTreeMap::new(),
        }
    }

    /// When the next request for this operation may go to this host, now or later; others will count it as gone.
    pub fn reserve(&mut self, now: Duration, host: &str, operation: &str) -> Duration {
        let limits = &self.limits;
        let host = known(&mut self.hosts, host, limits);
        let mut own = limits.per_operation.get(operation).map(|rate| {
            self.operations
                .entry(operation.to_owned())
                .or_insert_with(|| Bucket::new(*rate, 1))
        });
        let mut at = now.max(host.closed_until).max(host.own.earliest());
        if let Some((_, told)) = &host.told {
            at = at.max(told.earliest());
        }
        if let Some(own) = &own {
            at = at.max(own.earliest());
        }
        host.own.take(at);
        if let Some((_, told)) = &mut host.told {
            told.take(at);
        }
        if let Some(own) = &mut own {
            own.take(at);
        }
        at
    }

    /// Heeds what a host says is left.
    pub fn heed(&mut self, now: Duration, host: &str, quota: Quota) {
        let host = known(&mut self.hosts, host, &self.limits);
        if quota.remaining == Some(0)
            && let Some(reset) = quota.reset
        {
            host.closed_until = host.closed_until.max(now + reset);
        }
        let Some(policy) = quota.policy else {
            return;
        };
        if host.told.is_some_and(|(known, _)| known == policy) {
            return;
        }
        let whole = u32::try_from(policy.requests).unwrap_or(u32::MAX);
        let mut bucket = Bucket::new(
            Rate {
                requests: whole,
                per: policy.window,
            },
            whole,
        );
        // What is gone is gone; without a word, only the request that brought the answer.
        let left = quota.remaining.unwrap_or(policy.requests - 1);
        let gone = policy.requests.saturating_sub(left);
        let gone = u32::try_from(gone).unwrap_or(u32::MAX);
        bucket.full = now + bucket.interval.saturating_mul(gone);
        host.told = Some((policy, bucket));
    }

    /// Lets nothing go to a host before a time.
    pub fn close(&mut self, host: &str, until: Duration) {
        let host = known(&mut self.hosts, host, &self.limits);
        host.closed_until = host.closed_until.max(until);
    }

    /// Until when a host has said that there is nothing.
    #[must_use]
    pub fn closed_until(&self, host: &str) -> Duration {
        self.hosts
            .get(host)
            .map_or(Duration::ZERO, |host| host.closed_until)
    }
}

fn known<'a>(
    hosts: &'a mut BTreeMap<String, Host>,
    name: &str,
    limits: &RateLimits,
) -> &'a mut Host {
    hosts.entry(name.to_owned()).or_insert_with(|| Host {
        own: Bucket::new(limits.rate, limits.burst),
        told: None,
        closed_until: Duration::ZERO,
    })
}
