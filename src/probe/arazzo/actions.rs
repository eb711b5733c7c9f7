//! Success and failure actions.

use super::{criteria, document::Document, object::Object};
use crate::probe::workflow::{Action, ActionKind, Jump};
use crate::tree::fields::Value;
use std::time::Duration;

/// The words of `type`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    End,
    Goto,
    Retry,
}

pub(super) fn actions<'t>(value: Value<'t>, failure: bool, document: &Document<'t>) -> Vec<Action> {
    let actions = value.each(|item| action(item, failure, document));
    actions.unwrap_or_default()
}

fn action<'t>(value: Value<'t>, failure: bool, document: &Document<'t>) -> Option<Action> {
    let what = if failure {
        "a Failure Action Object"
    } else {
        "a Success Action Object"
    };
    let mut object = Object::new(value, what)?;
    if let Some(reference) = object.optional("reference") {
        object.finish();
        let section = if failure {
            "failureActions"
        } else {
            "successActions"
        };
        return action(document.component(reference, section)?, failure, document);
    }
    let name = object.required("name").and_then(Value::text);
    let words = [
        ("end", Kind::End),
        ("goto", Kind::Goto),
        ("retry", Kind::Retry),
    ];
    let words = if failure { &words[..] } else { &words[..2] };
    let kind = object
        .required("type")
        .and_then(|value| value.choice(words));
    let step = object.optional("stepId");
    let workflow = object.optional("workflowId");
    let criteria = object
        .optional("criteria")
        .map_or_else(Vec::new, |value| criteria::criteria(value, document));
    let (after, limit) = if failure {
        (object.optional("retryAfter"), object.optional("retryLimit"))
    } else {
        (None, None)
    };
    object.finish();
    let jump = match (step, workflow) {
        (None, None) => None,
        (Some(step), None) => Some(jump_to_step(step, document)?),
        (None, Some(workflow)) => Some(jump_to_workflow(workflow, document)?),
        (Some(_), Some(_)) => {
            value.fault(
                "an action goes to a step or to a workflow, not to both",
                "keep one of them",
            );
            return None;
        }
    };
    let kind = match (kind?, jump) {
        (Kind::End, None) => ActionKind::End,
        (Kind::Goto, Some(jump)) => ActionKind::Goto(jump),
        (Kind::Retry, None) => ActionKind::Retry {
            after: after.map_or(Some(Duration::from_secs(1)), seconds)?,
            limit: limit.map_or(Some(1), |value| value.count(0..=100))?,
        },
        (Kind::Goto, None) => {
            value.fault("a `goto` goes nowhere", "add `stepId` or `workflowId`");
            return None;
        }
        (Kind::Retry, Some(_)) => {
            value.fault(
                "a retry that does another step first is not run",
                "leave `stepId` and `workflowId` out, or `goto` there",
            );
            return None;
        }
        (Kind::End, Some(_)) => {
            value.fault(
                "an `end` goes nowhere",
                "leave `stepId` and `workflowId` out",
            );
            return None;
        }
    };
    Some(Action {
        name: name?.to_owned(),
        kind,
        criteria,
    })
}

/// A number of seconds, with decimals.
fn seconds(value: Value<'_>) -> Option<Duration> {
    let (tree, id) = value.node();
    let seconds = tree.number(id).and_then(|text| text.parse::<f64>().ok());
    let seconds = seconds.filter(|seconds| (0.0..=3_600.0).contains(seconds));
    if seconds.is_none() {
        value.fault(
            "`retryAfter` is no number of seconds",
            "write a number from 0 to 3600",
        );
    }
    seconds.map(Duration::from_secs_f64)
}

fn jump_to_step(value: Value<'_>, document: &Document<'_>) -> Option<Jump> {
    let id = value.line()?;
    if !document.known.borrow().steps.contains_key(id) {
        value.fault(
            format!("no step of this workflow is called `{id}`"),
            "name a step of the same workflow",
        );
        return None;
    }
    Some(Jump::Step(id.to_owned()))
}

fn jump_to_workflow(value: Value<'_>, document: &Document<'_>) -> Option<Jump> {
    let id = value.line()?;
    if !document.known.borrow().workflows.contains_key(id) {
        value.fault(
            format!("no workflow of this document is called `{id}`"),
            "workflows of other documents are not run",
        );
        return None;
    }
    Some(Jump::Workflow(id.to_owned()))
}
