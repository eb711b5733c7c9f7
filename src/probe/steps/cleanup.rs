//! What a run created, and how it is removed: noted as soon as it is known, done last, the last created first.

use super::{
    Done, Purpose, Settings, Source, Vendor,
    asking::{self, Extra},
};
use crate::probe::{
    check::{Answer, Check, Verdict, deleted_gone},
    exchange::{Exchange, Request},
    expression::Scope,
    workflow::{Call, Cleanup, Step},
};
use serde::Serialize;

/// Something that may be left at the vendor's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Leak {
    /// The step that created it.
    pub step: String,
    /// How it was to be removed: method and URL, where that is known.
    pub request: Option<String>,
    /// Why it was not.
    pub why: String,
    /// Marks what the run created.
    pub run: String,
}

/// A removal that is due.
#[derive(Clone, Debug)]
pub(crate) struct Due {
    workflow: String,
    step: String,
    request: Request,
    ok: Vec<u16>,
    gone: Option<Request>,
}

/// All removals that are due, and what cannot be removed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    due: Vec<Due>,
    pub(crate) leaks: Vec<Leak>,
}

impl Ledger {
    /// A step that creates was asked; `scope` has what it captured from this answer. Only an answer that says so creates; silence
    /// may have created.
    pub(crate) fn note(
        &mut self,
        sources: &[Source<'_, '_>],
        workflow: &str,
        step: &Step,
        exchange: &Exchange,
        scope: &Scope,
    ) {
        let Some(cleanup) = &step.cleanup else {
            return;
        };
        let leak = |why: String| Leak {
            step: step.id.clone(),
            request: None,
            why,
            run: scope.run().id.clone(),
        };
        match exchange.response() {
            Some(response) if (200..300).contains(&response.status) => {}
            Some(_) => return,
            None if exchange.attempts.is_empty() => return,
            None => {
                let why = exchange
                    .failure()
                    .map_or("no answer", |failure| failure.detail.as_str());
                let why = format!("it may have been created without an answer: {why}");
                return self.leaks.push(leak(why));
            }
        }
        match due(sources, workflow, step, cleanup, scope) {
            Ok(due) => {
                let same = |one: &Due| one.request == due.request;
                if !self.due.iter().any(same) {
                    self.due.push(due);
                }
            }
            Err(why) => self.leaks.push(leak(why)),
        }
    }

    /// Removes everything, the last first.
    pub(crate) fn settle<V: Vendor>(&mut self, vendor: &V, settings: &Settings<'_>) -> Vec<Done> {
        let mut done = Vec::new();
        while let Some(due) = self.due.pop() {
            done.push(self.remove(due, vendor, settings));
        }
        done
    }

    fn remove<V: Vendor>(&mut self, due: Due, vendor: &V, settings: &Settings<'_>) -> Done {
        let line = format!("{} {}", due.request.method, due.request.url);
        let operation = due.request.operation.clone();
        let exchange = vendor.send(due.request, Purpose::CleanUp);
        let status = exchange.response().map(|response| response.status);
        let removed = status.is_some_and(|status| due.ok.contains(&status));
        let mut exchanges = vec![exchange];
        let mut checks = Vec::new();
        if removed {
            let message = format!("removed by `{line}`");
            checks.push(Check::pass("cleaned-up", message));
            if let Some(request) = due.gone {
                let read = vendor.send(request, Purpose::CleanUp);
                checks.push(deleted_gone(&read));
                exchanges.push(read);
            }
        } else {
            let why = match status {
                Some(status) => format!("the vendor answers {status}"),
                None => exchanges[0]
                    .failure()
                    .map_or_else(|| "no answer".to_owned(), |failure| failure.detail.clone()),
            };
            let message = format!("not removed by `{line}`: {why}");
            // The contract is not broken by it; the ledger makes the run end with a code of its own.
            checks.push(Check::new("cleaned-up", Verdict::Warn, message));
            self.leaks.push(Leak {
                step: due.step.clone(),
                request: Some(line),
                why,
                run: settings.run.id.clone(),
            });
        }
        Done {
            workflow: due.workflow,
            step: due.step,
            operation: Some(operation),
            checks,
            exchanges,
        }
    }
}

fn due(
    sources: &[Source<'_, '_>],
    workflow: &str,
    step: &Step,
    cleanup: &Cleanup,
    scope: &Scope,
) -> Result<Due, String> {
    let ask = |call: &Call, suffix: &str| {
        let found = asking::find(sources, &call.target)?;
        let name = format!("{}/{}#{suffix}", workflow, step.id);
        asking::ask(&found, call, &name, scope, Extra::default()).map(|asked| asked.request)
    };
    let request = ask(&cleanup.call, "clean-up").map_err(|error| error.to_string())?;
    let gone = match &cleanup.gone {
        Some(call) => Some(ask(call, "gone").map_err(|error| error.to_string())?),
        None => None,
    };
    Ok(Due {
        workflow: workflow.to_owned(),
        step: step.id.clone(),
        request,
        ok: cleanup.ok.clone(),
        gone,
    })
}

/// Captures that a step makes of an answer, in a scope of its own.
pub(crate) fn captured(step: &Step, answer: &Answer<'_>, scope: &Scope) -> (Scope, Vec<Check>) {
    let mut inner = scope.clone();
    let mut checks = Vec::new();
    for capture in &step.captures {
        match crate::probe::check::selected(&capture.from, answer, &inner) {
            Ok((values, place)) => match values.as_slice() {
                [one] => inner.capture(&capture.name, one.clone()),
                [] => {
                    let message =
                        format!("`{}` for `{}` matched nothing", capture.from, capture.name);
                    let mut check = Check::fail("captured", message);
                    check.place = place;
                    checks.push(check);
                }
                several => {
                    let message = format!(
                        "`{}` for `{}` matched {} values, and one is kept",
                        capture.from,
                        capture.name,
                        several.len()
                    );
                    checks.push(Check::fail("captured", message));
                }
            },
            Err(error) => {
                checks.push(Check::new(
                    "captured",
                    Verdict::Inconclusive,
                    error.to_string(),
                ));
            }
        }
    }
    (inner, checks)
}
