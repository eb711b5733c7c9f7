//! What happens after a step.

use super::{Vendor, flow::Running};
use crate::probe::{
    check::{Answer, Verdict, criterion},
    expression::Scope,
    workflow::{Action, ActionKind, Jump, Step, Workflow},
};
use std::{collections::BTreeMap, time::Duration};

/// The longest that a vendor can ask a retry to wait.
const LONGEST: Duration = Duration::from_secs(60);

/// Where a workflow goes on.
pub(super) enum Then<'r> {
    /// With the next step.
    Next,
    /// Nowhere.
    End,
    /// At this step.
    Step(usize),
    /// With another workflow.
    Workflow(&'r Workflow),
    /// With the same step, after so long.
    Retry(Duration),
}

/// The first action whose criteria hold: the step's own, else the workflow's.
pub(super) fn then<'r, V: Vendor>(
    running: &Running<'r, '_, '_, V>,
    workflow: &'r Workflow,
    step: &'r Step,
    scope: &Scope,
    passed: bool,
    retries: &mut BTreeMap<String, u32>,
) -> Then<'r> {
    let (own, shared) = if passed {
        (&step.on_success, &workflow.on_success)
    } else {
        (&step.on_failure, &workflow.on_failure)
    };
    let last = running.steps.last();
    let response = last.and_then(|done| done.exchanges.last()?.response());
    let nothing = super::once::nothing();
    let answer = Answer::new(response.unwrap_or(&nothing));
    let holds = |action: &&Action| {
        let mut criteria = action.criteria.iter();
        criteria.all(|one| criterion(one, &answer, scope).verdict == Verdict::Pass)
    };
    for action in own.iter().chain(shared).filter(holds) {
        match &action.kind {
            ActionKind::End => return Then::End,
            ActionKind::Goto(jump) => return go(running, workflow, jump),
            ActionKind::Retry { after, limit } => {
                let tried = retries
                    .entry(format!("{}/{}", step.id, action.name))
                    .or_default();
                if *tried < *limit {
                    *tried += 1;
                    let asked = response
                        .and_then(|response| response.header("retry-after")?.trim().parse().ok())
                        .map(Duration::from_secs);
                    return Then::Retry(asked.unwrap_or(*after).min(LONGEST));
                }
            }
        }
    }
    Then::Next
}

fn go<'r, V: Vendor>(
    running: &Running<'r, '_, '_, V>,
    workflow: &Workflow,
    jump: &Jump,
) -> Then<'r> {
    match jump {
        Jump::Step(id) => match workflow.steps.iter().position(|step| step.id == *id) {
            Some(place) => Then::Step(place),
            None => Then::End,
        },
        Jump::Workflow(id) => {
            let mut all = running.scenario.workflows.iter();
            all.find(|one| one.id == *id)
                .map_or(Then::End, Then::Workflow)
        }
    }
}
