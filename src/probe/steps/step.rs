//! One step: asked, checked, captured, and asked again as often as its checks need.

use super::{
    Done, Purpose, Vendor,
    asking::{self, CallError, Extra, Found, as_who},
    cleanup::captured,
    flow::Running,
    once, repeat, replay,
};
use crate::probe::{
    check::{Answer, Check, Verdict, created_visible},
    exchange::Exchange,
    expression::Scope,
    generate::Asked,
    jsonpath::JsonPath,
    workflow::{Call, Mode, Step, Workflow},
};

/// A step on its way.
pub(super) struct Doing<'s, 'a, 'd> {
    pub(super) workflow: &'s Workflow,
    pub(super) step: &'s Step,
    pub(super) found: Found<'a, 'd>,
    pub(super) checks: Vec<Check>,
    pub(super) exchanges: Vec<Exchange>,
}

impl Doing<'_, '_, '_> {
    /// What the step is called in requests, so that recordings of one run do not mix.
    pub(super) fn name(&self, suffix: &str) -> String {
        let name = format!("{}/{}", self.workflow.id, self.step.id);
        if suffix.is_empty() {
            name
        } else {
            format!("{name}#{suffix}")
        }
    }

    pub(super) fn is_safe(&self) -> bool {
        matches!(
            self.found.operation.method.as_str(),
            "GET" | "HEAD" | "OPTIONS" | "TRACE"
        )
    }
}

/// Does a step; whether it succeeded.
pub(super) fn step<'r, V: Vendor>(
    running: &mut Running<'r, '_, '_, V>,
    workflow: &'r Workflow,
    step: &'r Step,
    scope: &mut Scope,
) -> bool {
    let found = match asking::find(running.sources, &step.call.target) {
        Ok(found) => found,
        Err(error) => return refuse(running, workflow, step, &error),
    };
    let mut doing = Doing {
        workflow,
        step,
        found,
        checks: Vec::new(),
        exchanges: Vec::new(),
    };
    if !doing.is_safe() && (running.scenario.mode == Mode::Read || !running.settings.writes) {
        let why = match running.scenario.mode {
            Mode::Read => "the scenario is `mode: read`",
            Mode::Write => "writes are not allowed in this run",
        };
        let message = format!("{} writes, and {why}", found.operation.method);
        running.skip(workflow, &step.id, message);
        return false;
    }
    let start = repeat::start(step);
    let extra = Extra {
        idempotency: step.idempotency.as_ref(),
        settings: &[],
        query: &start,
        shown: false,
    };
    let asked = match asking::ask(&found, &step.call, &doing.name(""), scope, extra) {
        Ok(asked) => asked,
        Err(error) => return refuse(running, workflow, step, &error),
    };
    let passed = answered(running, &mut doing, &asked, scope);
    running.steps.push(Done {
        workflow: workflow.id.clone(),
        step: step.id.clone(),
        operation: Some(asked.request.operation),
        checks: doing.checks,
        exchanges: doing.exchanges,
    });
    passed
}

/// What cannot be asked: for want of an earlier answer, or because the file and the contract do not fit.
fn refuse<V: Vendor>(
    running: &mut Running<'_, '_, '_, V>,
    workflow: &Workflow,
    step: &Step,
    error: &CallError,
) -> bool {
    match error {
        CallError::Unresolved(_) => running.skip(workflow, &step.id, error.to_string()),
        CallError::Wrong(message) => {
            running.steps.push(Done {
                workflow: workflow.id.clone(),
                step: step.id.clone(),
                operation: None,
                checks: vec![Check::new(
                    "step-possible",
                    Verdict::Inconclusive,
                    message.as_str(),
                )],
                exchanges: Vec::new(),
            });
        }
    }
    false
}

fn answered<V: Vendor>(
    running: &mut Running<'_, '_, '_, V>,
    doing: &mut Doing<'_, '_, '_>,
    asked: &Asked,
    scope: &mut Scope,
) -> bool {
    let step = doing.step;
    let vendor = running.vendor;
    let request = as_who(asked.request.clone(), &step.credentials);
    let mut exchange = vendor.send(request, Purpose::Check);
    keep(running, doing, &exchange, scope);
    doing.exchanges.push(exchange.clone());
    if let Some(poll) = &step.poll {
        exchange = repeat::poll(vendor, doing, poll, exchange, scope);
    }
    scope.see(once::seen(asked, &exchange));
    let settings = running.settings;
    let judged = once::judge(&doing.found, step, &exchange, scope, settings);
    let mut passed = once::passed(&judged);
    doing.checks.extend(judged);
    let response = exchange
        .response()
        .filter(|one| (200..400).contains(&one.status));
    if let Some(response) = response {
        let answer = Answer::new(response);
        let (inner, faults) = captured(step, &answer, scope);
        for capture in step.captures.iter().filter(|capture| capture.secret) {
            let value =
                inner.get(&crate::probe::expression::Name::Captured(capture.name.clone()).into());
            if let Ok(serde_json::Value::String(text)) = value {
                let kept = vendor.keep_secret(&text);
                let faults = kept.err().map(|why| {
                    let message = format!("`{}` cannot be kept secret: {why}", capture.name);
                    Check::new("secret-kept", Verdict::Inconclusive, message)
                });
                doing.checks.extend(faults);
            }
        }
        *scope = inner;
        passed &= faults.is_empty();
        doing.checks.extend(faults);
        if !doing.is_safe()
            && let Some(body) = &answer.body
        {
            running
                .created
                .push((doing.found.operation.path.to_owned(), body.clone()));
        }
        if passed && let Some(call) = &step.visible {
            let read = read(running, doing, call, scope, "visible");
            passed &= read.is_some_and(|read| {
                let id = step
                    .idempotency
                    .as_ref()
                    .map_or_else(id_path, |rules| Some(rules.id.clone()));
                let check = id.map(|id| created_visible(&answer, &read, &id));
                doing.exchanges.push(read);
                let seen = check
                    .as_ref()
                    .is_none_or(|check| check.verdict == Verdict::Pass);
                doing.checks.extend(check);
                seen
            });
        }
        if passed && let Some(rules) = &step.idempotency {
            replay::replay(running, doing, rules, &answer, asked, scope);
        }
    }
    if passed && let Some(limits) = &step.latency {
        repeat::latency(running, doing, limits, asked);
    }
    if passed && let Some(rules) = &step.paginate {
        repeat::pages(running, doing, rules, exchange);
    }
    once::passed(&doing.checks)
}

/// Notes what was created, before anything else can fail.
pub(super) fn keep<V: Vendor>(
    running: &mut Running<'_, '_, '_, V>,
    doing: &Doing<'_, '_, '_>,
    exchange: &Exchange,
    scope: &Scope,
) {
    if doing.is_safe() {
        return;
    }
    let inner = exchange.response().map_or_else(
        || scope.clone(),
        |response| captured(doing.step, &Answer::new(response), scope).0,
    );
    let sources = running.sources;
    running
        .ledger
        .note(sources, &doing.workflow.id, doing.step, exchange, &inner);
}

/// Another request of the same step, with the credentials of the environment.
pub(super) fn read<V: Vendor>(
    running: &Running<'_, '_, '_, V>,
    doing: &mut Doing<'_, '_, '_>,
    call: &Call,
    scope: &Scope,
    suffix: &str,
) -> Option<Exchange> {
    let asked = asking::find(running.sources, &call.target)
        .and_then(|found| asking::ask(&found, call, &doing.name(suffix), scope, Extra::default()));
    match asked {
        Ok(asked) => Some(running.vendor.send(asked.request, Purpose::Check)),
        Err(error) => {
            let check = Check::new("step-possible", Verdict::Inconclusive, error.to_string());
            doing.checks.push(check);
            None
        }
    }
}

fn id_path() -> Option<JsonPath> {
    JsonPath::parse("$.id").ok()
}
