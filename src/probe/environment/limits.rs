//! How an environment is treated: numbers, with what applies where the file says nothing.

use std::{collections::BTreeMap, time::Duration};

use super::given::{Rate, duration, list, rate, within};
use crate::tree::fields::Value;

/// How often an environment may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimits {
    /// Per host.
    pub rate: Rate,
    /// How many requests may come at once after a rest.
    pub burst: u32,
    /// Of one operation, by what the file calls it, later by its element id.
    pub per_operation: BTreeMap<String, Rate>,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            rate: Rate {
                requests: 5,
                per: Duration::from_secs(1),
            },
            burst: 5,
            per_operation: BTreeMap::new(),
        }
    }
}

/// How much a whole run may ask; none is as much as it likes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Every attempt counts, and every redirect.
    pub requests: Option<u32>,
    /// From its first request.
    pub duration: Option<Duration>,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            requests: Some(1000),
            duration: Some(Duration::from_secs(600)),
        }
    }
}

/// How far apart attempts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jitter {
    /// Anything between nothing and the whole wait, so that many clients do not come back together.
    Full,
    /// The whole wait.
    None,
}

/// What is tried again, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryLimits {
    /// How often, after the first attempt.
    pub max: u32,
    /// The first wait; it doubles.
    pub base: Duration,
    /// The longest wait.
    pub cap: Duration,
    /// How far apart.
    pub jitter: Jitter,
    /// Statuses that only say that it did not work this time.
    pub statuses: Vec<u16>,
    /// The longest wait that a server may ask for; it is not asked again in this run when it wants more.
    pub retry_after_cap: Duration,
    /// The longest that all waits of one request may take together.
    pub total: Duration,
    /// The vendor promises that a request it answers with 429 has had no effect, so that even an unsafe one may be repeated.
    pub writes_after_429: bool,
}

impl Default for RetryLimits {
    fn default() -> Self {
        Self {
            max: 3,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(20),
            jitter: Jitter::Full,
            statuses: vec![408, 425, 429, 502, 503, 504],
            retry_after_cap: Duration::from_secs(60),
            total: Duration::from_secs(120),
            writes_after_429: false,
        }
    }
}

/// When an environment is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakerLimits {
    /// After this many failures in a row.
    pub open_after: u32,
    /// For this long; then one request may try.
    pub window: Duration,
}

impl Default for BreakerLimits {
    fn default() -> Self {
        Self {
            open_after: 5,
            window: Duration::from_secs(30),
        }
    }
}

/// How long anything may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Making a connection.
    pub connect: Duration,
    /// From sending a request to the last byte of its answer.
    pub response: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            response: Duration::from_secs(30),
        }
    }
}

const MOST: u32 = 1_000_000;

impl RateLimits {
    pub(super) fn read(value: Value<'_>) -> Option<Self> {
        let mut fields = value.fields("a rate limit")?;
        let mut limits = Self::default();
        if let Some(value) = fields.optional("per_second") {
            limits.rate.requests = value.count(1..=MOST)?;
            limits.burst = limits.rate.requests;
        }
        if let Some(value) = fields.optional("burst") {
            limits.burst = value.count(1..=MOST)?;
        }
        if let Some(value) = fields.optional("per_operation") {
            for (key, value) in value.entries()? {
                limits
                    .per_operation
                    .insert(key.text.to_owned(), rate(value)?);
            }
        }
        fields.finish();
        Some(limits)
    }
}

impl Budget {
    pub(super) fn read(value: Value<'_>) -> Option<Self> {
        let mut fields = value.fields("a budget")?;
        let mut budget = Self::default();
        if let Some(value) = fields.optional("requests") {
            budget.requests = Some(value.count(1..=MOST)?);
        }
        if let Some(value) = fields.optional("duration") {
            budget.duration = Some(duration(value)?);
        }
        fields.finish();
        Some(budget)
    }
}

impl RetryLimits {
    pub(super) fn read(value: Value<'_>) -> Option<Self> {
        let mut fields = value.fields("a retry policy")?;
        let mut limits = Self::default();
        if let Some(value) = fields.optional("max") {
            limits.max = value.count(0..=100)?;
        }
        within(fields.optional("base"), &mut limits.base)?;
        within(fields.optional("cap"), &mut limits.cap)?;
        within(
            fields.optional("retry_after_cap"),
            &mut limits.retry_after_cap,
        )?;
        within(fields.optional("total"), &mut limits.total)?;
        if let Some(value) = fields.optional("jitter") {
            limits.jitter = value.choice(&[("full", Jitter::Full), ("none", Jitter::None)])?;
        }
        if let Some(value) = fields.optional("statuses") {
            limits.statuses = list(value, |item| {
                let status = item.count(400..=599)?;
                u16::try_from(status).ok()
            })?;
        }
        if let Some(value) = fields.optional("writes_after_429") {
            limits.writes_after_429 = value.flag()?;
        }
        fields.finish();
        Some(limits)
    }
}

impl BreakerLimits {
    pub(super) fn read(value: Value<'_>) -> Option<Self> {
        let mut fields = value.fields("a breaker")?;
        let mut limits = Self::default();
        if let Some(value) = fields.optional("open_after") {
            limits.open_after = value.count(1..=1000)?;
        }
        within(fields.optional("window"), &mut limits.window)?;
        fields.finish();
        Some(limits)
    }
}

impl Timeouts {
    pub(super) fn read(value: Value<'_>) -> Option<Self> {
        let mut fields = value.fields("a set of timeouts")?;
        let mut timeouts = Self::default();
        within(fields.optional("connect"), &mut timeouts.connect)?;
        within(fields.optional("response"), &mut timeouts.response)?;
        fields.finish();
        Some(timeouts)
    }
}
