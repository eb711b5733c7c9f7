//! The steps of a scenario, each knowing what the ones before it captured.

use super::{Context, behaviour, call, expect, paginate, words};
use crate::probe::{
    exchange::Credentials,
    workflow::{Capture, Cleanup, Step},
};
use crate::tree::fields::Value;
use std::collections::BTreeSet;

/// Words that mean something else in an expression.
const RESERVED: [&str; 6] = ["inputs", "env", "run", "uuid", "now", "steps"];

/// Who a step may say it is.
type Make = fn() -> Credentials;

const CREDENTIALS: [(&str, Make); 3] = [
    ("own", || Credentials::All),
    ("none", || Credentials::None),
    ("invalid", || Credentials::Invalid),
];

pub(super) fn steps(value: Value<'_>, context: &Context) -> Option<Vec<Step>> {
    let mut ids = BTreeSet::new();
    let items = value.items()?;
    if items.is_empty() {
        value.fault("a scenario without steps", "add a step under `steps:`");
        return None;
    }
    let mut steps = Vec::new();
    for item in items {
        let Some(step) = step(item, context) else {
            continue;
        };
        if !ids.insert(step.id.clone()) {
            item.fault(
                format!("there are two steps with the id `{}`", step.id),
                "give each step an id of its own",
            );
        }
        steps.push(step);
    }
    Some(steps)
}

fn step(value: Value<'_>, context: &Context) -> Option<Step> {
    let mut fields = value.fields("a step")?;
    let id = fields.required("id").and_then(words::id);
    let call = call::call(&mut fields, context);
    let credentials = fields
        .optional("auth")
        .and_then(|value| value.choice(&CREDENTIALS).map(|make| make()));
    let expected = fields
        .optional("expect")
        .and_then(|value| expect::expect(value, context));
    let mut idempotency = fields
        .optional("idempotency")
        .and_then(|value| behaviour::idempotency(value, context));
    let poll = fields
        .optional("poll")
        .and_then(|value| behaviour::poll(value, context));
    let latency = fields.optional("latency").and_then(behaviour::latency);
    let paginate = fields.optional("paginate").and_then(paginate::paginate);
    let (names, captures) = fields.optional("capture").map(captures).unwrap_or_default();
    if let Some(id) = id {
        context.captured(id, names);
    }
    // From here on the captures of the step itself may be named.
    if let Some((check, Some(count))) = &mut idempotency {
        check.count_check = behaviour::count_check(*count, context);
    }
    let visible = fields
        .optional("visible")
        .and_then(|value| call::only_call(value, "a call", context));
    let cleanup = fields
        .optional("cleanup")
        .and_then(|value| cleanup(value, context));
    fields.finish();
    let mut step = Step::new(id?, call?, value.position());
    step.credentials = credentials.unwrap_or_default();
    if let Some((expect, criteria)) = expected {
        step.expect = expect;
        step.criteria = criteria;
    }
    step.idempotency = idempotency.map(|(check, _)| check);
    step.poll = poll;
    step.latency = latency;
    step.paginate = paginate;
    step.captures = captures;
    step.visible = visible;
    step.cleanup = cleanup;
    Some(step)
}

/// The names of captures, those with a fault included, so that a name that is used is no second fault.
fn captures(value: Value<'_>) -> (BTreeSet<String>, Vec<Capture>) {
    let entries = value.entries().unwrap_or_default();
    let names = entries.iter().map(|(key, _)| key.text.to_owned()).collect();
    let captures = entries.into_iter().filter_map(|(key, value)| {
        if !words::is_id(key.text) || RESERVED.contains(&key.text) {
            key.fault(
                format!("`{}` cannot be the name of a capture", key.text),
                words::NAMES,
            );
            return None;
        }
        let mut fields = value.fields("a capture")?;
        let from = expect::part(&mut fields);
        let secret = fields.optional("secret").and_then(Value::flag);
        fields.finish();
        Some(Capture {
            name: key.text.to_owned(),
            from: from?,
            secret: secret.unwrap_or_default(),
            position: key.position(),
        })
    });
    (names, captures.collect())
}

fn cleanup(value: Value<'_>, context: &Context) -> Option<Cleanup> {
    let mut fields = value.fields("a clean-up")?;
    let call = call::call(&mut fields, context);
    let ok = fields.optional("ok").and_then(words::statuses);
    let gone = fields
        .optional("gone")
        .and_then(|value| call::only_call(value, "a call", context));
    fields.finish();
    Some(Cleanup {
        call: call?,
        // What is not there any more needs no removing.
        ok: ok.unwrap_or_else(|| vec![200, 202, 204, 404, 410]),
        gone,
    })
}
