//! What a scenario asks and its contracts do not have, found before anything is sent.

use crate::probe::{
    expression::{Run, Scope},
    steps::{
        Source,
        asking::{self, CallError, Extra},
    },
    workflow::{Call, Scenario, Step, Target},
};
use crate::text::Position;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;

/// A step that cannot be done, whatever the vendor answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impossible {
    /// Where the step stands in its file.
    pub position: Position,
    /// Why, a lower-case fragment.
    pub why: String,
}

/// All steps of a scenario that name an operation, a parameter, or an example that its contracts do not have.
#[must_use]
pub fn impossible(
    scenario: &Scenario,
    inputs: &BTreeMap<String, Value>,
    sources: &[Source<'_, '_>],
    run: &Run,
    now: Timestamp,
) -> Vec<Impossible> {
    let mut all = Vec::new();
    for workflow in &scenario.workflows {
        let given = super::scenario::given(workflow, inputs);
        let mut scope = Scope::new(run.clone(), now, &workflow.id, given, BTreeMap::new());
        for step in &workflow.steps {
            scope.enter(&step.id, 0, now);
            let wrong = calls(step).into_iter().find_map(|(call, extra)| {
                match asked(call, step, extra, sources, &scope) {
                    Err(CallError::Wrong(why)) => Some(why),
                    // Known only when earlier steps were answered.
                    Err(CallError::Unresolved(_)) | Ok(()) => None,
                }
            });
            all.extend(wrong.map(|why| Impossible {
                position: step.position,
                why: format!("the step `{}` cannot be done: {why}", step.id),
            }));
        }
    }
    all
}

/// All that a step may ask.
fn calls(step: &Step) -> Vec<(&Call, Extra<'_>)> {
    let shown = || Extra {
        shown: true,
        ..Extra::default()
    };
    let own = Extra {
        idempotency: step.idempotency.as_ref(),
        ..shown()
    };
    let rules = step.idempotency.as_ref();
    let count = rules.and_then(|rules| rules.count_check.as_ref());
    let cleanup = step.cleanup.as_ref();
    let others = [
        step.visible.as_ref(),
        count.map(|count| &count.call),
        cleanup.map(|cleanup| &cleanup.call),
        cleanup.and_then(|cleanup| cleanup.gone.as_ref()),
    ];
    let others = others.into_iter().flatten().map(|call| (call, shown()));
    std::iter::once((&step.call, own)).chain(others).collect()
}

fn asked(
    call: &Call,
    step: &Step,
    extra: Extra<'_>,
    sources: &[Source<'_, '_>],
    scope: &Scope,
) -> Result<(), CallError> {
    if let Target::Workflow(_) = call.target {
        return Ok(());
    }
    let found = asking::find(sources, &call.target)?;
    asking::ask(&found, call, &step.id, scope, extra).map(drop)
}
