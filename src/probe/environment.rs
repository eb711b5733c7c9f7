//! The sandboxes that a repository knows: the `environments` of `.contract/contract.yaml`.

mod access;
mod given;
mod limits;
mod read;
mod secret;
mod template;

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, time::Duration};

pub use access::{Access, ApiKey, Hmac, KeyPlace, OAuth2, Scheme, Tls, TokenClient};
pub use given::{Rate, duration};
pub use limits::{BreakerLimits, Budget, Jitter, RateLimits, RetryLimits, Timeouts};
pub use read::read;
pub(crate) use secret::SHORTEST;
pub use secret::{Secret, SecretError, Surroundings};
pub(crate) use template::host;
pub use template::{Base, BaseError};

/// What a sandbox is, where it is, and how it may be treated. Holds the names of secrets, and never a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Its key in the file.
    pub name: String,
    /// Where its operations are.
    pub base: Base,
    /// What may be done to it.
    pub kind: Kind,
    /// Hosts that may be asked, `HOST` or `HOST:PORT`. Empty means the host of `base` alone.
    pub allow_hosts: Vec<String>,
    /// Requests may go through the network in plain text.
    pub plain_http: bool,
    /// Requests go through the proxies that the process's environment names.
    pub environment_proxy: bool,
    /// How often it may be asked.
    pub rate: RateLimits,
    /// How much a whole run may ask.
    pub budget: Budget,
    /// What is tried again, and when.
    pub retry: RetryLimits,
    /// When it is left alone.
    pub breaker: BreakerLimits,
    /// How long anything may take.
    pub timeouts: Timeouts,
    /// How many requests may be under way at once.
    pub concurrency: u32,
    /// Who asks.
    pub access: Access,
    /// Variables that scenarios may name as `${env.NAME}`; they are no secrets.
    pub variables: Vec<String>,
}

/// What may be done to an environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Read, and written if the run allows writes.
    Sandbox,
    /// Read.
    Staging,
    /// Read, if the run names it.
    Production,
}

/// All environments by name.
pub type Environments = BTreeMap<String, Environment>;

impl Environment {
    /// An environment with this base and the limits that apply where the file says nothing, for programs that have no file.
    #[must_use]
    pub fn new(name: &str, base: Base, kind: Kind) -> Self {
        Self {
            name: name.to_owned(),
            base,
            kind,
            allow_hosts: Vec::new(),
            plain_http: false,
            environment_proxy: false,
            rate: RateLimits::default(),
            budget: Budget::default(),
            retry: RetryLimits::default(),
            breaker: BreakerLimits::default(),
            timeouts: Timeouts::default(),
            concurrency: 1,
            access: Access::default(),
            variables: Vec::new(),
        }
    }

    /// Gives the operations in `rate_limit.per_operation` their element ids; what names no operation comes back.
    pub fn name_operations(&mut self, id: impl Fn(&str) -> Option<String>) -> Vec<String> {
        let mut unknown = Vec::new();
        let written = std::mem::take(&mut self.rate.per_operation);
        for (name, rate) in written {
            match id(&name) {
                Some(id) => {
                    self.rate.per_operation.insert(id, rate);
                }
                None => unknown.push(name),
            }
        }
        unknown
    }

    /// Tells the API keys that the file gives no place where the contract's security schemes put them; the schemes it does not know come back.
    pub fn place_keys(&mut self, place: impl Fn(&str) -> Option<KeyPlace>) -> Vec<String> {
        let mut unknown = Vec::new();
        for (name, scheme) in &mut self.access.schemes {
            if let Scheme::ApiKey(key) = scheme
                && key.place.is_none()
            {
                key.place = place(name);
                if key.place.is_none() {
                    unknown.push(name.clone());
                }
            }
        }
        unknown
    }

    /// How long a run may take.
    #[must_use]
    pub const fn run_time(&self) -> Option<Duration> {
        self.budget.duration
    }
}
