//! Workflows: inputs, steps, outputs, and what happens after steps that say nothing of their own.

use super::{
    actions,
    document::{Document, text_of},
    object::Object,
    runtime, step,
};
use crate::probe::{
    expression::{Known, Name, Template},
    jsonpath::JsonPath,
    workflow::{Argument, Input, PartPath, Selector, Workflow},
};
use crate::text::Pointer;
use crate::tree::{Kind, fields::Value};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn workflow<'t>(value: Value<'t>, document: &Document<'t>) -> Option<Workflow> {
    let mut object = Object::new(value, "a Workflow Object")?;
    let id = object.required("workflowId").and_then(Value::line);
    let summary = object.optional("summary").and_then(Value::text);
    object.optional("description");
    let inputs = object
        .optional("inputs")
        .map_or_else(Vec::new, |value| inputs(value, document));
    let depends_on = object.optional("dependsOn").and_then(Value::texts);
    let items = object.required("steps").and_then(Value::items);
    let items = items.unwrap_or_default();
    {
        let mut known = document.known.borrow_mut();
        *known = Known {
            inputs: inputs.iter().map(|input| input.name.clone()).collect(),
            steps: outputs_of(&items, &known.workflows),
            workflows: std::mem::take(&mut known.workflows),
            env: None,
            answered: false,
        };
    }
    let parameters = object
        .optional("parameters")
        .map_or_else(Vec::new, |value| step::parameters(value, document));
    let mut steps: Vec<_> = items
        .iter()
        .filter_map(|item| step::step(*item, document))
        .collect();
    for step in &mut steps {
        inherit(&mut step.call.arguments, &parameters);
    }
    document.known.borrow_mut().answered = true;
    let on_success = object
        .optional("successActions")
        .map_or_else(Vec::new, |value| actions::actions(value, false, document));
    let on_failure = object
        .optional("failureActions")
        .map_or_else(Vec::new, |value| actions::actions(value, true, document));
    document.known.borrow_mut().answered = false;
    let outputs = object
        .optional("outputs")
        .map_or_else(Vec::new, |value| outputs(value, None, document));
    object.finish();
    Some(Workflow {
        id: id?.to_owned(),
        summary: summary.map(str::to_owned),
        inputs,
        depends_on: depends_on.unwrap_or_default(),
        steps,
        outputs,
        on_success,
        on_failure,
        parameters,
        stops: true,
    })
}

/// A step's own parameters win (Arazzo, Workflow Object, `parameters`).
fn inherit(own: &mut Vec<Argument>, shared: &[Argument]) {
    for argument in shared {
        let overridden = own
            .iter()
            .any(|one| one.name == argument.name && one.place == argument.place);
        if !overridden {
            own.push(argument.clone());
        }
    }
}

/// What each step of a workflow gives.
fn outputs_of(
    steps: &[Value<'_>],
    workflows: &BTreeMap<String, BTreeSet<String>>,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for step in steps {
        let entries = step.entries().unwrap_or_default();
        let find = |name: &str| {
            let mut named = entries.iter().filter(|(key, _)| key.text == name);
            named.next().map(|(_, value)| *value)
        };
        let Some(id) = find("stepId").and_then(text_of) else {
            continue;
        };
        let outputs = find("outputs").and_then(Value::entries).unwrap_or_default();
        let mut names: BTreeSet<String> =
            outputs.iter().map(|(key, _)| key.text.to_owned()).collect();
        // A step that runs a workflow gives what the workflow gives.
        let called = find("workflowId").and_then(text_of);
        let given = called.and_then(|id| workflows.get(id));
        names.extend(given.into_iter().flatten().cloned());
        if all.insert(id.to_owned(), names).is_some() {
            step.fault(
                format!("there are two steps with the id `{id}`"),
                "give each step an id of its own",
            );
        }
    }
    all
}

/// The members of a JSON Schema of type object.
fn inputs<'t>(value: Value<'t>, document: &Document<'t>) -> Vec<Input> {
    let entries = value.entries().unwrap_or_default();
    let find = |entries: &[(crate::tree::fields::Key<'t>, Value<'t>)], name: &str| {
        let mut named = entries.iter().filter(|(key, _)| key.text == name);
        named.next().map(|(_, value)| *value)
    };
    if let Some(reference) = find(&entries, "$ref") {
        return match document.inputs_component(reference) {
            // A component that refers to itself is nothing to follow.
            Some(target) if find(&target.entries().unwrap_or_default(), "$ref").is_none() => {
                inputs(target, document)
            }
            _ => Vec::new(),
        };
    }
    let required = find(&entries, "required").and_then(Value::items);
    let required: BTreeSet<&str> = required
        .unwrap_or_default()
        .into_iter()
        .filter_map(text_of)
        .collect();
    let properties = find(&entries, "properties").and_then(Value::entries);
    let properties = properties.unwrap_or_default().into_iter();
    let inputs = properties.map(|(key, value)| {
        let schema = match value.kind() {
            Kind::Map => value.entries().unwrap_or_default(),
            _ => Vec::new(),
        };
        let types = find(&schema, "type").map_or_else(Vec::new, |types| match types.kind() {
            Kind::Seq => types
                .items()
                .unwrap_or_default()
                .into_iter()
                .filter_map(text_of)
                .collect(),
            _ => text_of(types).into_iter().collect(),
        });
        Input {
            name: key.text.to_owned(),
            types: types.into_iter().map(str::to_owned).collect(),
            default: find(&schema, "default").and_then(runtime::json),
            required: required.contains(key.text),
        }
    });
    inputs.collect()
}

/// Outputs: expressions, or 1.1's Selector Objects.
///
/// `called` is the workflow that the step runs, whose outputs are `$outputs` there.
pub(super) fn outputs<'t>(
    value: Value<'t>,
    called: Option<&str>,
    document: &Document<'t>,
) -> Vec<(String, Selector)> {
    let entries = value.entries().unwrap_or_default().into_iter();
    let entries = entries
        .filter_map(|(key, value)| Some((key.text.to_owned(), output(value, called, document)?)));
    entries.collect()
}

fn output<'t>(value: Value<'t>, called: Option<&str>, document: &Document<'t>) -> Option<Selector> {
    let own = text_of(value).and_then(|text| text.strip_prefix("$outputs."));
    if let (Some(workflow), Some(name)) = (called, own) {
        let name = Name::WorkflowOutput {
            workflow: workflow.to_owned(),
            name: name.to_owned(),
        };
        return match document.check(&Template::of(name.clone())) {
            Ok(()) => Some(Selector::Reference(name.into())),
            Err((message, help)) => {
                let help = help.unwrap_or_else(|| "name an output of that workflow".to_owned());
                value.fault(message, help);
                None
            }
        };
    }
    if value.kind() == Kind::Map {
        return selector(value, document);
    }
    match document.written(value)? {
        crate::probe::expression::Written::Text(template) => {
            let mut references = template.references();
            let whole = references
                .next()
                .filter(|_| text_of(value).is_some_and(runtime::is_expression));
            Some(match whole {
                Some((reference, _)) => Selector::Reference(reference.clone()),
                None => {
                    Selector::Written(crate::probe::expression::Written::Text(template.clone()))
                }
            })
        }
        plain => Some(Selector::Written(plain)),
    }
}

/// `context`, `selector`, and `type`.
fn selector<'t>(value: Value<'t>, document: &Document<'t>) -> Option<Selector> {
    let mut object = Object::new(value, "a Selector Object")?;
    let context = object.required("context");
    let selector = object.required("selector");
    let kind = object.required("type");
    object.finish();
    let (context, selector, kind) = (context?, selector?, kind?);
    let reference = reference(context, document)?;
    let path = match text_of(kind) {
        Some("jsonpath") => match JsonPath::parse(selector.text()?) {
            Ok(path) => PartPath::JsonPath(path),
            Err(error) => {
                selector.fault(error.message, "write it as RFC 9535 has it");
                return None;
            }
        },
        Some("jsonpointer") => match Pointer::parse(text_of(selector)?) {
            Ok(pointer) => PartPath::Pointer(pointer),
            Err(error) => {
                selector.fault(error.to_string(), "write it as RFC 6901 has it");
                return None;
            }
        },
        Some("xpath") => {
            kind.fault("XPath is not run", "select by `jsonpath` or `jsonpointer`");
            return None;
        }
        _ => {
            kind.fault(
                "a selector is of no known type",
                "write `jsonpath` or `jsonpointer`",
            );
            return None;
        }
    };
    Some(Selector::Part {
        context: reference,
        path,
    })
}

/// An expression that names something.
pub(super) fn reference<'t>(
    value: Value<'t>,
    document: &Document<'t>,
) -> Option<crate::probe::expression::Reference> {
    let read = runtime::parse(value.text()?).map_err(|message| (message, None));
    let checked = read.and_then(|reference| {
        let template = crate::probe::expression::Template::of(reference.clone());
        document.check(&template).map(|()| reference)
    });
    match checked {
        Ok(reference) => Some(reference),
        Err((message, help)) => {
            value.fault(
                message,
                help.unwrap_or_else(|| "see Runtime Expressions in Arazzo".to_owned()),
            );
            None
        }
    }
}
