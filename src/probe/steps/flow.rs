//! Workflows: one step after another, jumps, and the clean-up that always comes last.

use super::{
    Done, Outcome, Settings, Source, Vendor,
    actions::{self, Then},
    cleanup::{Ledger, captured},
    step,
};
use crate::probe::{
    check::{Answer, Check, Verdict, selected},
    expression::Scope,
    workflow::{Scenario, Step, Target, Workflow},
};
use serde_json::Value;
use std::collections::BTreeMap;

/// The most steps of one run of a workflow, jumps included.
const STEPS: u32 = 1_000;
/// How deep workflows may call each other.
const DEEPEST: usize = 8;

/// All that steps share while a scenario runs.
pub(super) struct Running<'r, 'a, 'd, V> {
    pub(super) vendor: &'r V,
    pub(super) settings: &'r Settings<'r>,
    pub(super) sources: &'a [Source<'a, 'd>],
    pub(super) scenario: &'r Scenario,
    pub(super) ledger: Ledger,
    pub(super) steps: Vec<Done>,
    pub(super) outputs: BTreeMap<String, BTreeMap<String, Value>>,
    /// What unsafe steps were answered, by method-less path of their operation.
    pub(super) created: Vec<(String, Value)>,
    ended: BTreeMap<String, bool>,
}

/// Runs all workflows of a scenario, then removes what they created, whatever happened before.
pub fn run<'a, V: Vendor>(
    scenario: &Scenario,
    inputs: &BTreeMap<String, Value>,
    sources: &'a [Source<'a, '_>],
    settings: &Settings<'_>,
    vendor: &V,
) -> Outcome {
    let mut running = Running {
        vendor,
        settings,
        sources,
        scenario,
        ledger: Ledger::default(),
        steps: Vec::new(),
        outputs: BTreeMap::new(),
        created: Vec::new(),
        ended: BTreeMap::new(),
    };
    for workflow in &scenario.workflows {
        if !running.ended.contains_key(&workflow.id) {
            running.workflow(workflow, inputs.clone(), 0);
        }
    }
    let removed = running.ledger.settle(vendor, settings);
    running.steps.extend(removed);
    let pending = scenario
        .pending_until
        .is_some_and(|until| settings.today <= until);
    if pending {
        let checks = running.steps.iter_mut().flat_map(|done| &mut done.checks);
        for check in checks.filter(|check| check.verdict == Verdict::Fail) {
            check.verdict = Verdict::Pending;
        }
    }
    Outcome {
        id: scenario.id.clone(),
        steps: running.steps,
        outputs: running.outputs,
        leaks: running.ledger.leaks,
    }
}

impl<'r, V: Vendor> Running<'r, '_, '_, V> {
    /// Whether the workflow succeeded.
    pub(super) fn workflow(
        &mut self,
        workflow: &'r Workflow,
        given: BTreeMap<String, Value>,
        depth: usize,
    ) -> bool {
        // What depends on itself does not run, and does not run for ever.
        self.ended.insert(workflow.id.clone(), false);
        for needed in &workflow.depends_on {
            let known = self.ended.get(needed).copied();
            let succeeded = match (known, self.find(needed)) {
                (Some(succeeded), _) => succeeded,
                (None, Some(other)) if depth < DEEPEST => {
                    self.workflow(other, given.clone(), depth + 1)
                }
                (None, _) => false,
            };
            if !succeeded {
                let message = format!("it depends on `{needed}`, which did not succeed");
                self.skip(workflow, "", message);
                return false;
            }
        }
        let mut scope = match self.scope(workflow, given) {
            Ok(scope) => scope,
            Err(message) => {
                self.skip(workflow, "", message);
                return false;
            }
        };
        let succeeded = self.steps(workflow, &mut scope, depth);
        let outputs = give(workflow, &scope);
        self.outputs.insert(workflow.id.clone(), outputs);
        self.ended.insert(workflow.id.clone(), succeeded);
        succeeded
    }

    fn find(&self, id: &str) -> Option<&'r Workflow> {
        self.scenario.workflows.iter().find(|one| one.id == id)
    }

    fn scope(
        &self,
        workflow: &Workflow,
        mut given: BTreeMap<String, Value>,
    ) -> Result<Scope, String> {
        for input in &workflow.inputs {
            if given.contains_key(&input.name) {
                continue;
            }
            match &input.default {
                Some(default) => {
                    given.insert(input.name.clone(), default.clone());
                }
                None if input.required => {
                    return Err(format!("the input `{}` was not given", input.name));
                }
                None => {}
            }
        }
        let mut scope = Scope::new(
            self.settings.run.clone(),
            self.vendor.now(),
            &workflow.id,
            given,
            self.settings.env.clone(),
        );
        for (id, outputs) in &self.outputs {
            scope.finish_workflow(id, outputs.clone());
        }
        Ok(scope)
    }

    fn steps(&mut self, workflow: &'r Workflow, scope: &mut Scope, depth: usize) -> bool {
        let mut place = 0;
        let mut visits: BTreeMap<&str, u32> = BTreeMap::new();
        let mut retries: BTreeMap<String, u32> = BTreeMap::new();
        let mut succeeded = true;
        for _ in 0..STEPS {
            let Some(one) = workflow.steps.get(place) else {
                return succeeded;
            };
            if self.vendor.interrupted() {
                self.skip(workflow, &one.id, "the run was interrupted".to_owned());
                return false;
            }
            let visit = visits.entry(&one.id).or_default();
            scope.enter(&one.id, *visit, self.vendor.now());
            *visit += 1;
            let passed = match &one.call.target {
                Target::Workflow(id) => self.call(workflow, one, id, scope, depth),
                Target::Operation { .. } | Target::Endpoint { .. } => {
                    step::step(self, workflow, one, scope)
                }
            };
            match actions::then(self, workflow, one, scope, passed, &mut retries) {
                Then::Next if passed || !workflow.stops => {
                    succeeded &= passed;
                    place += 1;
                }
                Then::Next => return false,
                Then::End => return succeeded && passed,
                Then::Step(next) => place = next,
                Then::Workflow(other) => {
                    return depth < DEEPEST && self.workflow(other, BTreeMap::new(), depth + 1);
                }
                Then::Retry(pause) => {
                    self.vendor.pause(pause);
                    // The last try is the one that counts.
                    self.steps.pop();
                }
            }
        }
        self.skip(
            workflow,
            "",
            format!("it went on for more than {STEPS} steps"),
        );
        false
    }

    /// A step that runs another workflow.
    fn call(
        &mut self,
        workflow: &Workflow,
        step: &Step,
        id: &str,
        scope: &mut Scope,
        depth: usize,
    ) -> bool {
        let mut given = BTreeMap::new();
        for argument in &step.call.arguments {
            match argument.value.value(scope) {
                Ok(value) => {
                    given.insert(argument.name.clone(), value);
                }
                Err(error) => {
                    self.skip(workflow, &step.id, error.to_string());
                    return false;
                }
            }
        }
        let Some(other) = self.find(id).filter(|_| depth < DEEPEST) else {
            self.skip(
                workflow,
                &step.id,
                format!("the workflow `{id}` cannot be run here"),
            );
            return false;
        };
        let succeeded = self.workflow(other, given, depth + 1);
        let outputs = self.outputs.get(id).cloned().unwrap_or_default();
        for (name, value) in &outputs {
            scope.capture(name, value.clone());
        }
        scope.finish_workflow(id, outputs);
        let nothing = super::once::nothing();
        let (inner, _) = captured(step, &Answer::new(&nothing), scope);
        *scope = inner;
        succeeded
    }

    pub(super) fn skip(&mut self, workflow: &Workflow, step: &str, message: String) {
        self.steps.push(Done {
            workflow: workflow.id.clone(),
            step: step.to_owned(),
            operation: None,
            checks: vec![Check::new("step-done", Verdict::Skipped, message)],
            exchanges: Vec::new(),
        });
    }
}

/// What a workflow gives to others; what has no value is left out.
fn give(workflow: &Workflow, scope: &Scope) -> BTreeMap<String, Value> {
    let nothing = super::once::nothing();
    let answer = Answer::new(&nothing);
    let outputs = workflow.outputs.iter().filter_map(|(name, from)| {
        let (values, _) = selected(from, &answer, scope).ok()?;
        Some((name.clone(), values.into_iter().next()?))
    });
    outputs.collect()
}
