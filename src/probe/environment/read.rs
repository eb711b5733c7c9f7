//! Reads `environments` out of `.contract/contract.yaml`; the other keys of that file are the policy's.

use super::{
    Environment, Environments, Kind,
    access::Access,
    limits::{BreakerLimits, Budget, RateLimits, RetryLimits, Timeouts},
    secret::is_variable,
    template::Base,
};
use crate::tree::fields::{Fault, Form, Value};

/// The environments of the file of this name with these bytes; none when it has no key `environments`.
///
/// # Errors
///
/// All faults, by their places: an unknown key, a value of another type, a secret that is written out.
pub fn read(name: &str, bytes: &[u8]) -> Result<Environments, Vec<Fault>> {
    Form::read(name, bytes, |root| {
        let entries = root.entries()?;
        let found = entries
            .into_iter()
            .find(|(key, _)| key.text == "environments");
        let Some((_, value)) = found else {
            return Some(Environments::new());
        };
        let mut environments = Environments::new();
        for (key, value) in value.entries()? {
            if let Some(environment) = environment(key.text, value) {
                environments.insert(key.text.to_owned(), environment);
            }
        }
        Some(environments)
    })
}

fn environment(name: &str, value: Value<'_>) -> Option<Environment> {
    let mut fields = value.fields("an environment")?;
    let base = fields.required("base_url").and_then(Base::read);
    let kind = fields.required("kind").and_then(|value| {
        value.choice(&[
            ("sandbox", Kind::Sandbox),
            ("staging", Kind::Staging),
            ("production", Kind::Production),
        ])
    });
    let hosts = fields
        .optional("allow_hosts")
        .map(|value| value.distinct(host));
    let plain_http = fields.optional("plain_http").map(Value::flag);
    let proxy = fields.optional("environment_proxy").map(Value::flag);
    let rate = fields.optional("rate_limit").map(RateLimits::read);
    let budget = fields.optional("budget").map(Budget::read);
    let retry = fields.optional("retry").map(RetryLimits::read);
    let breaker = fields.optional("breaker").map(BreakerLimits::read);
    let timeouts = fields.optional("timeouts").map(Timeouts::read);
    let concurrency = fields
        .optional("concurrency")
        .map(|value| value.count(1..=64));
    let access = fields.optional("auth").map(Access::read);
    let variables = fields
        .optional("variables")
        .map(|value| value.distinct(variable));
    fields.finish();
    // Every part is read before the first that is missing ends it, so that all faults are told at once.
    Some(Environment {
        name: name.to_owned(),
        base: base?,
        kind: kind?,
        allow_hosts: hosts.unwrap_or_else(|| Some(Vec::new()))?,
        plain_http: plain_http.unwrap_or(Some(false))?,
        environment_proxy: proxy.unwrap_or(Some(false))?,
        rate: rate.unwrap_or_else(|| Some(RateLimits::default()))?,
        budget: budget.unwrap_or_else(|| Some(Budget::default()))?,
        retry: retry.unwrap_or_else(|| Some(RetryLimits::default()))?,
        breaker: breaker.unwrap_or_else(|| Some(BreakerLimits::default()))?,
        timeouts: timeouts.unwrap_or_else(|| Some(Timeouts::default()))?,
        concurrency: concurrency.unwrap_or(Some(1))?,
        access: access.unwrap_or_else(|| Some(Access::default()))?,
        variables: variables.unwrap_or_else(|| Some(Vec::new()))?,
    })
}

/// The name of an environment variable.
fn variable(value: Value<'_>) -> Option<String> {
    let text = value.line()?;
    if !is_variable(text) {
        value.fault(
            format!(
                "{} is not the name of an environment variable",
                value.name()
            ),
            "write its name in capitals, such as `ACME_REGION`",
        );
        return None;
    }
    Some(text.to_owned())
}

fn host(value: Value<'_>) -> Option<String> {
    let text = value.line()?;
    if text.contains(['/', '\\', '@', '?', '#', '*', ' ']) {
        value.fault(
            format!("{} is not a host", value.name()),
            "write `api.example.com` or `api.example.com:8443`, without a scheme, a path, or a `*`",
        );
        return None;
    }
    Some(text.to_owned())
}
