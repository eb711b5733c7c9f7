//! What a step expects over several requests: idempotency, polling, and latency.

use super::{Context, call, expect, words};
use crate::probe::{
    expression::{Name, Template, Written},
    jsonpath::JsonPath,
    workflow::{Carrier, CountCheck, Idempotency, Ignored, KeyFormat, Latency, Mismatch, Poll},
};
use crate::tree::fields::Value;
use std::time::Duration;

/// The check, and its `count_check`, which is read after the captures of the step.
pub(super) fn idempotency<'t>(
    value: Value<'t>,
    context: &Context,
) -> Option<(Idempotency, Option<Value<'t>>)> {
    let mut fields = value.fields("an idempotency check")?;
    let header = fields.optional("header");
    let body = fields.optional("body");
    let carrier = match (header, body) {
        (Some(header), None) => header.line().map(|name| Carrier::Header(name.to_owned())),
        (None, Some(body)) => words::singular(body).map(Carrier::Body),
        _ => {
            value.fault(
                "an idempotency key travels in one of `header` and `body`",
                "write `header: Idempotency-Key`, or `body: $.idempotency_key`",
            );
            None
        }
    };
    let format = fields.optional("format").and_then(|value| {
        value.choice(&[("raw", KeyFormat::Raw), ("sf-string", KeyFormat::SfString)])
    });
    let key = match fields.optional("key") {
        Some(value) => words::written(value, context),
        None => Some(Written::Text(Template::of(Name::Uuid))),
    };
    let id = match fields.optional("id") {
        Some(value) => words::jsonpath(value),
        None => JsonPath::parse("$.id").ok(),
    };
    let replay = fields
        .required("replay")
        .and_then(|value| value.choice(&[("same_result", ())]));
    let ignore = fields
        .optional("ignore")
        .and_then(|value| value.each(ignored));
    let mismatch = match fields.optional("mismatch") {
        Some(value) => Some(mismatch(value, context)?),
        None => None,
    };
    let count = fields.optional("count_check");
    fields.finish();
    replay?;
    let check = Idempotency {
        carrier: carrier?,
        format: format.unwrap_or_default(),
        key: key?,
        id: id?,
        ignore: ignore.unwrap_or_default(),
        mismatch,
        count_check: None,
    };
    Some((check, count))
}

fn ignored(value: Value<'_>) -> Option<Ignored> {
    match value.text()?.strip_prefix("header:") {
        Some(name) => Some(Ignored::Header(name.to_owned())),
        None => words::jsonpath(value).map(Ignored::JsonPath),
    }
}

fn mismatch(value: Value<'_>, context: &Context) -> Option<Mismatch> {
    let mut fields = value.fields("a mismatch")?;
    let set = fields
        .required("set")
        .map(|value| call::settings(value, context));
    let expect = fields.optional("expect").and_then(words::statuses);
    fields.finish();
    Some(Mismatch {
        set: set?,
        // The draft of the IETF says 422; vendors answer 409 and 400 as well.
        expect: expect.unwrap_or_else(|| vec![422, 409, 400]),
    })
}

/// Read after the captures of the step, which it may name.
pub(super) fn count_check(value: Value<'_>, context: &Context) -> Option<CountCheck> {
    let mut fields = value.fields("a count")?;
    let call = call::call(&mut fields, context);
    let path = fields.required("jsonpath").and_then(words::jsonpath);
    let equals = fields
        .required("equals")
        .and_then(|value| words::written(value, context));
    fields.finish();
    Some(CountCheck {
        call: call?,
        path: path?,
        equals: equals?,
    })
}

pub(super) fn poll(value: Value<'_>, context: &Context) -> Option<Poll> {
    let mut fields = value.fields("a poll")?;
    let until = match fields.optional("until") {
        Some(value) => Some(expect::assertion(value, context)?),
        None => None,
    };
    let follow = fields
        .optional("follow")
        .and_then(|value| value.choice(&[("location", ())]))
        .is_some();
    let every = fields.required("every").and_then(words::duration);
    let max = fields.required("max").and_then(words::duration);
    fields.finish();
    if until.is_none() && !follow {
        value.fault(
            "a poll needs an end",
            "add `until:` with an assertion, or `follow: location`",
        );
        return None;
    }
    if every == Some(Duration::ZERO) {
        value.fault("a poll without a pause", "write `every: 2s`");
        return None;
    }
    Some(Poll {
        until,
        every: every?,
        max: max?,
        follow,
    })
}

pub(super) fn latency(value: Value<'_>) -> Option<Latency> {
    let mut fields = value.fields("a latency check")?;
    let samples = fields
        .optional("samples")
        .and_then(|value| value.count(1..=1_000));
    let warmup = fields
        .optional("warmup")
        .and_then(|value| value.count(0..=100));
    let mut time = |key| fields.optional(key).and_then(words::duration);
    let (p50, p95, p99, max) = (time("p50"), time("p95"), time("p99"), time("max"));
    let over_baseline = fields.optional("compare").and_then(|value| {
        match value.text()?.strip_prefix("baseline+") {
            Some(share) => match share
                .strip_suffix('%')
                .and_then(|share| share.parse().ok())
                .filter(|share| *share <= 1_000)
            {
                Some(share) => Some(share),
                None => wrong_compare(value),
            },
            None => wrong_compare(value),
        }
    });
    fields.finish();
    Some(Latency {
        samples: samples.unwrap_or(1),
        warmup: warmup.unwrap_or_default(),
        p50,
        p95,
        p99,
        max,
        over_baseline,
    })
}

fn wrong_compare(value: Value<'_>) -> Option<u32> {
    value.fault(
        "`compare` says how much slower than the baseline is right",
        "write `compare: baseline+50%`",
    );
    None
}
