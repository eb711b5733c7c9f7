//! The names that have a value at a place of a scenario, to find the ones that have none before anything is sent.

use super::{ExpressionError, Name, Template};
use crate::text::nearest;
use std::collections::{BTreeMap, BTreeSet};

/// What may be named.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Inputs of the scenario.
    pub inputs: BTreeSet<String>,
    /// Environment variables that the environment allows; `None` where it is not known which do.
    pub env: Option<BTreeSet<String>>,
    /// Captures of the steps so far, by step.
    pub steps: BTreeMap<String, BTreeSet<String>>,
    /// Other workflows with their outputs (Arazzo).
    pub workflows: BTreeMap<String, BTreeSet<String>>,
    /// Whether the step has been answered, so that parts of its exchange are there.
    pub answered: bool,
}

impl Known {
    /// Whether everything that a text names has a value by then.
    ///
    /// # Errors
    /// For the first name that has none, with the nearest that has.
    pub fn check(&self, template: &Template) -> Result<(), ExpressionError> {
        for (reference, at) in template.references() {
            if let Err((message, help)) = self.find(&reference.name) {
                return Err(ExpressionError { message, help, at });
            }
        }
        Ok(())
    }

    fn find(&self, name: &Name) -> Result<(), (String, Option<String>)> {
        match name {
            Name::Input(input) => among(input, &self.inputs, |meant| format!("inputs.{meant}"))
                .map_err(|help| (format!("`{input}` is not an input"), help)),
            Name::Env(variable) => match &self.env {
                None => Ok(()),
                Some(allowed) => {
                    among(variable, allowed, |meant| format!("env.{meant}")).map_err(|help| {
                        let message =
                            format!("the environment does not allow the variable `{variable}`");
                        (message, help)
                    })
                }
            },
            Name::RunId | Name::RunRef | Name::Uuid | Name::Now => Ok(()),
            Name::Output { step, name } => {
                let Some(captures) = self.steps.get(step) else {
                    let help = near(step, self.steps.keys(), |meant| {
                        format!("steps.{meant}.{name}")
                    });
                    return Err((format!("no earlier step is called `{step}`"), help));
                };
                among(name, captures, |meant| format!("steps.{step}.{meant}"))
                    .map_err(|help| (format!("step `{step}` captures no `{name}`"), help))
            }
            Name::Captured(name) => {
                let all: BTreeSet<String> = self.steps.values().flatten().cloned().collect();
                among(name, &all, str::to_owned).map_err(|help| {
                    let help = help.or_else(|| self.meant(name));
                    (format!("no earlier step captures `{name}`"), help)
                })
            }
            Name::WorkflowOutput { workflow, name } => {
                let Some(outputs) = self.workflows.get(workflow) else {
                    let help = near(workflow, self.workflows.keys(), str::to_owned);
                    return Err((format!("no workflow is called `{workflow}`"), help));
                };
                among(name, outputs, str::to_owned).map_err(|help| {
                    (
                        format!("workflow `{workflow}` has no output `{name}`"),
                        help,
                    )
                })
            }
            Name::Exchange(_) if self.answered => Ok(()),
            Name::Exchange(part) => Err((
                format!("`${part}` is about an exchange that has not happened yet"),
                None,
            )),
        }
    }

    /// An input of this name, or a word of the grammar like it.
    fn meant(&self, name: &str) -> Option<String> {
        if self.inputs.contains(name) {
            return Some(format!("did you mean `inputs.{name}`?"));
        }
        nearest(name, ["uuid", "now", "run.id", "run.ref"])
            .map(|meant| format!("did you mean `{meant}`?"))
    }
}

fn among(
    name: &str,
    all: &BTreeSet<String>,
    spelt: impl Fn(&str) -> String,
) -> Result<(), Option<String>> {
    if all.contains(name) {
        return Ok(());
    }
    Err(near(name, all, spelt))
}

fn near<'n>(
    name: &str,
    all: impl IntoIterator<Item = &'n String>,
    spelt: impl Fn(&str) -> String,
) -> Option<String> {
    let meant = nearest(name, all.into_iter().map(String::as_str))?;
    Some(format!("did you mean `{}`?", spelt(meant)))
}
