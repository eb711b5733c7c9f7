//! What a scenario would ask.

use super::{Plan, Planned, Shown, Skipped};
use crate::probe::{
    check::Walk,
    exchange::Request,
    expression::{Run, Scope},
    steps::{
        Source,
        asking::{self, Extra},
    },
    workflow::{Call, Mode, Scenario, Step, Target, Workflow},
};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;

/// The plan of a scenario. `writes` is whether the run would be allowed to.
#[must_use]
pub fn of_scenario(
    scenario: &Scenario,
    inputs: &BTreeMap<String, Value>,
    sources: &[Source<'_, '_>],
    run: &Run,
    now: Timestamp,
    writes: bool,
) -> Plan {
    let mut plan = Plan::default();
    for workflow in &scenario.workflows {
        let given = given(workflow, inputs);
        // Variables stay names: a plan is printed and kept.
        let mut scope = Scope::new(run.clone(), now, &workflow.id, given, BTreeMap::new());
        for step in &workflow.steps {
            scope.enter(&step.id, 0, now);
            match planned(scenario, workflow, step, sources, &scope, writes) {
                Ok(planned) => plan.steps.push(planned),
                Err(why) => plan.skipped.push(Skipped {
                    what: format!("{}/{}", workflow.id, step.id),
                    why,
                }),
            }
        }
    }
    plan
}

/// The inputs of a workflow, with its defaults.
pub(super) fn given(
    workflow: &Workflow,
    inputs: &BTreeMap<String, Value>,
) -> BTreeMap<String, Value> {
    let mut given = inputs.clone();
    for input in &workflow.inputs {
        if let Some(default) = &input.default {
            given
                .entry(input.name.clone())
                .or_insert_with(|| default.clone());
        }
    }
    given
}

fn planned(
    scenario: &Scenario,
    workflow: &Workflow,
    step: &Step,
    sources: &[Source<'_, '_>],
    scope: &Scope,
    writes: bool,
) -> Result<Planned, String> {
    let name = format!("{}/{}", workflow.id, step.id);
    if let Target::Workflow(id) = &step.call.target {
        return Err(format!(
            "it runs the workflow `{id}`, whose steps are planned there"
        ));
    }
    let start = step.paginate.as_ref().map(|rules| Walk::new(rules).start());
    let start = start.unwrap_or_default();
    let found = asking::find(sources, &step.call.target).map_err(|error| error.to_string())?;
    let is_safe = matches!(
        found.operation.method.as_str(),
        "GET" | "HEAD" | "OPTIONS" | "TRACE"
    );
    if !is_safe && scenario.mode == Mode::Read {
        return Err(format!(
            "{} may write, and the scenario is `mode: read`",
            found.operation.method
        ));
    }
    if !is_safe && !writes {
        return Err(format!(
            "{} may write, and writes are not allowed",
            found.operation.method
        ));
    }
    let extra = Extra {
        idempotency: step.idempotency.as_ref(),
        settings: &[],
        query: &start,
        shown: true,
    };
    let asked =
        asking::ask(&found, &step.call, &name, scope, extra).map_err(|error| error.to_string())?;
    let (then, requests) = then(step, sources, scope)?;
    Ok(Planned {
        step: name,
        operation: asked.request.operation.clone(),
        why: format!("scenario `{}`", scenario.id),
        values: asked
            .parameters
            .iter()
            .map(|(place, name, known)| format!("{} {name}: {}", place.word(), known.source))
            .collect(),
        request: shown(&asked.request),
        then,
        requests,
    })
}

/// What follows on the answer, and how many requests all of it is at most.
fn then(
    step: &Step,
    sources: &[Source<'_, '_>],
    scope: &Scope,
) -> Result<(Vec<String>, u32), String> {
    let line = |call: &Call| {
        let found = asking::find(sources, &call.target)?;
        let extra = Extra {
            shown: true,
            ..Extra::default()
        };
        let asked = asking::ask(&found, call, &step.id, scope, extra)?;
        let Shown { method, url, .. } = shown(&asked.request);
        Ok(format!("{method} {url}"))
    };
    let told = |error: asking::CallError| error.to_string();
    let mut then = Vec::new();
    let mut requests = 1_u32;
    if let Some(poll) = &step.poll {
        let times = poll.max.as_millis() / poll.every.as_millis().max(1);
        let times = u32::try_from(times).unwrap_or(u32::MAX);
        requests = requests.saturating_add(times);
        then.push(format!(
            "again every {:?} until it is so, for {:?} at most",
            poll.every, poll.max
        ));
    }
    if let Some(call) = &step.visible {
        requests = requests.saturating_add(1);
        then.push(format!("visible: {}", line(call).map_err(told)?));
    }
    if let Some(rules) = &step.idempotency {
        requests = requests.saturating_add(1);
        then.push("again with the same key".to_owned());
        if rules.mismatch.is_some() {
            requests = requests.saturating_add(1);
            then.push("another payload with the same key".to_owned());
        }
        if let Some(count) = &rules.count_check {
            requests = requests.saturating_add(1);
            then.push(format!("count: {}", line(&count.call).map_err(told)?));
        }
    }
    if let Some(latency) = &step.latency {
        requests = requests.saturating_add(latency.samples + latency.warmup);
        then.push(format!(
            "{} samples after {} to warm up",
            latency.samples, latency.warmup
        ));
    }
    if let Some(paginate) = &step.paginate {
        requests = requests.saturating_add(paginate.pages);
        then.push(format!("up to {} pages", paginate.pages));
    }
    if let Some(cleanup) = &step.cleanup {
        requests = requests.saturating_add(1);
        then.push(format!("clean-up: {}", line(&cleanup.call).map_err(told)?));
        if let Some(gone) = &cleanup.gone {
            requests = requests.saturating_add(1);
            then.push(format!("gone: {}", line(gone).map_err(told)?));
        }
    }
    Ok((then, requests))
}

/// A request as people read it: names that stand for values are no escapes.
pub(super) fn shown(request: &Request) -> Shown {
    Shown {
        method: request.method.clone(),
        url: names(&request.url),
        headers: request.headers.clone(),
        body: request
            .body
            .as_ref()
            .and_then(|bytes| String::from_utf8(bytes.clone()).ok()),
    }
}

/// `%24%7Bpayment_id%7D` as it was written.
fn names(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    let mut rest = url;
    while let Some((before, after)) = rest.split_once("%24%7B") {
        out.push_str(before);
        if let Some((name, after)) = after.split_once("%7D") {
            out.push_str("${");
            out.push_str(name);
            out.push('}');
            rest = after;
        } else {
            out.push_str("%24%7B");
            rest = after;
        }
    }
    out.push_str(rest);
    out
}
