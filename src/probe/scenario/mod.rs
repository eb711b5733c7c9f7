//! `contract-probe/1`: scenarios in `.contract/probes/*.probe.yaml`, every fault located, lowered to workflows.

mod behaviour;
mod call;
mod drift;
mod expect;
mod paginate;
mod steps;
#[cfg(test)]
mod tests;
mod words;

use super::expression::Known;
use super::workflow::{DriftRules, Input, Mode, Scenario, SourceDescription, Workflow};
use crate::tree::{
    Kind,
    fields::{Fault, Fields, Form, Value},
};
use std::{cell::RefCell, collections::BTreeSet};

/// What the first line of a scenario says.
pub const FORMAT: &str = "contract-probe/1";

/// The JSON Schema of the format, for editors.
pub const SCHEMA: &str = include_str!("../schemas/scenario.json");

/// The types of JSON Schema.
const TYPES: [(&str, &str); 7] = [
    ("string", "string"),
    ("integer", "integer"),
    ("number", "number"),
    ("boolean", "boolean"),
    ("array", "array"),
    ("object", "object"),
    ("null", "null"),
];

/// What a reader of a scenario knows by the place it has come to.
#[derive(Debug)]
struct Context {
    known: RefCell<Known>,
}

/// Reads a scenario. `env` names the variables that its environment allows; `None` where that is not known here.
///
/// # Errors
/// All that is wrong with the file: unknown keys, values of the wrong kind, and expressions that name nothing.
pub fn read(name: &str, bytes: &[u8], env: Option<&[String]>) -> Result<Scenario, Vec<Fault>> {
    Form::read(name, bytes, |root| {
        let env = env.map(|names| names.iter().cloned().collect());
        let context = Context {
            known: RefCell::new(Known {
                env,
                ..Known::default()
            }),
        };
        scenario(name, root, &context)
    })
}

fn scenario(name: &str, root: Value<'_>, context: &Context) -> Option<Scenario> {
    let mut fields = root.fields("a scenario")?;
    let format = fields
        .required("probe")
        .and_then(|value| value.choice(&[(FORMAT, ())]));
    let id = fields.required("id").and_then(words::id);
    let contract = fields
        .required("contract")
        .and_then(|value| Some((value.line()?, value.position())));
    let environment = fields.required("environment").and_then(environment);
    let owner = fields.optional("owner").and_then(Value::line);
    let consumers = fields.optional("consumers").and_then(Value::texts);
    let mode = fields
        .optional("mode")
        .and_then(|value| value.choice(&[("read", Mode::Read), ("write", Mode::Write)]));
    let pending_until = fields.optional("pending_until").and_then(Value::date);
    let inputs = inputs(&mut fields);
    context.known.borrow_mut().inputs = inputs.iter().map(|input| input.name.clone()).collect();
    let steps = fields
        .required("steps")
        .and_then(|value| steps::steps(value, context));
    let drift = match fields.optional("drift") {
        Some(value) => drift::drift(value)?,
        None => DriftRules::default(),
    };
    fields.finish();
    format?;
    let (location, position) = contract?;
    Some(Scenario {
        file: name.to_owned(),
        id: id?.to_owned(),
        sources: vec![SourceDescription {
            name: String::new(),
            location: location.to_owned(),
            position,
        }],
        environment: environment.map(str::to_owned),
        owner: owner.map(str::to_owned),
        consumers: consumers.unwrap_or_default(),
        mode: mode.unwrap_or_default(),
        pending_until,
        drift,
        workflows: vec![Workflow {
            id: id?.to_owned(),
            inputs,
            steps: steps?,
            ..Workflow::default()
        }],
    })
}

/// A name of the policy; URLs belong there, or a scenario would choose the host it is sent to.
fn environment(value: Value<'_>) -> Option<&str> {
    let name = value.line()?;
    if name.contains(['/', ':', '$', '{']) {
        value.fault(
            format!("`environment` cannot be `{name}`: it is a name"),
            "name an environment of `.contract/contract.yaml`; its URL stands there",
        );
        return None;
    }
    Some(name)
}

fn inputs(fields: &mut Fields<'_>) -> Vec<Input> {
    let Some(entries) = fields.optional("inputs").and_then(Value::entries) else {
        return Vec::new();
    };
    let mut inputs = Vec::new();
    for (key, value) in entries {
        if !words::is_id(key.text) {
            key.fault(
                format!("`{}` cannot be the name of an input", key.text),
                words::NAMES,
            );
        }
        let Some(mut fields) = value.fields("an input") else {
            continue;
        };
        let types = fields.optional("type").map_or_else(Vec::new, types);
        let default = fields.nullable("default").and_then(words::json);
        let required = fields.optional("required").and_then(Value::flag);
        fields.finish();
        inputs.push(Input {
            name: key.text.to_owned(),
            types,
            required: required.unwrap_or(default.is_none()),
            default,
        });
    }
    inputs
}

/// One type, or several.
fn types(value: Value<'_>) -> Vec<String> {
    let one = |value: Value<'_>| value.choice(&TYPES).map(str::to_owned);
    match value.kind() {
        Kind::Seq => value.each(one).unwrap_or_default(),
        _ => one(value).into_iter().collect(),
    }
}

impl Context {
    /// From here on what a step captures may be named.
    fn captured(&self, step: &str, names: BTreeSet<String>) {
        self.known.borrow_mut().steps.insert(step.to_owned(), names);
    }
}
