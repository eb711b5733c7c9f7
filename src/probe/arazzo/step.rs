//! Steps: what is called, with what, and what has to be true of the answer.

use super::{
    actions, criteria,
    document::{Document, text_of},
    object::Object,
    workflow,
};
use crate::probe::{
    expression::{Name, Part},
    jsonpath::Singular,
    workflow::{
        Argument, Call, Capture, Comparison, Criterion, Expect, Operand, Origin, Payload, Setting,
        Simple, StatusPattern, Statuses, Step, Strictness, Target,
    },
};
use crate::spec::In;
use crate::text::{Pointer, percent_decode};
use crate::tree::fields::Value;
use std::time::Duration;

const ASYNC: (&str, &str) = (
    "AsyncAPI is not run",
    "only requests and responses of HTTP are probed",
);

pub(super) fn step<'t>(value: Value<'t>, document: &Document<'t>) -> Option<Step> {
    let mut object = Object::new(value, "a Step Object")?;
    let id = object.required("stepId").and_then(Value::line);
    object.optional("description");
    for key in ["channelPath", "action", "correlationId"] {
        object.refused(key, ASYNC.0, ASYNC.1);
    }
    let target = target(&mut object, document);
    depends(&mut object, id, document);
    let arguments = object
        .optional("parameters")
        .map_or_else(Vec::new, |value| parameters(value, document));
    let body = match object.optional("requestBody") {
        Some(value) => Some(request_body(value, document)?),
        None => None,
    };
    let timeout = object
        .optional("timeout")
        .and_then(|value| value.whole(1..=3_600_000))
        .map(Duration::from_millis);
    document.known.borrow_mut().answered = true;
    let criteria = object
        .optional("successCriteria")
        .map(|value| criteria::criteria(value, document));
    let on_success = object
        .optional("onSuccess")
        .map_or_else(Vec::new, |value| actions::actions(value, false, document));
    let on_failure = object
        .optional("onFailure")
        .map_or_else(Vec::new, |value| actions::actions(value, true, document));
    let outputs = object.optional("outputs").map_or_else(Vec::new, |value| {
        let called = match &target {
            Some(Target::Workflow(id)) => Some(id.as_str()),
            Some(Target::Operation { .. } | Target::Endpoint { .. }) | None => None,
        };
        let named = workflow::outputs(value, called, document).into_iter();
        let captures = named.map(|(name, from)| Capture {
            name,
            from,
            secret: false,
            position: value.position(),
        });
        captures.collect()
    });
    document.known.borrow_mut().answered = false;
    object.finish();
    let call = Call {
        target: target?,
        arguments,
        body,
        position: value.position(),
    };
    let mut step = Step::new(id?, call, value.position());
    step.expect = Expect {
        status: criteria.as_deref().map_or(Statuses::Success, statuses),
        contract: Strictness::Tolerant,
        within: timeout,
        ..Expect::default()
    };
    step.criteria = criteria.unwrap_or_default();
    step.captures = outputs;
    step.on_success = on_success;
    step.on_failure = on_failure;
    Some(step)
}

/// With criteria of its own, a step says itself what a success is; a status that one of them asks for is evidence, whichever it is.
fn statuses(criteria: &[Criterion]) -> Statuses {
    let status = criteria.iter().find_map(|criterion| match criterion {
        Criterion::Simple { condition, .. } => asked(condition),
        Criterion::Assertion(_) | Criterion::Regex { .. } | Criterion::JsonPath { .. } => None,
    });
    status.map_or(Statuses::Any, |status| {
        Statuses::OneOf(vec![StatusPattern::Code(status)])
    })
}

/// The status of `$statusCode == 200`, alone or with more.
fn asked(condition: &Simple) -> Option<u16> {
    match condition {
        Simple::Compare(
            Operand::Reference(reference),
            Comparison::Equal,
            Operand::Literal(value),
        ) if reference.name == Name::Exchange(Part::Status) => u16::try_from(value.as_u64()?).ok(),
        Simple::And(one, other) => asked(one).or_else(|| asked(other)),
        Simple::Or(..) | Simple::Not(_) | Simple::Compare(..) | Simple::Truth(_) => None,
    }
}

/// Steps are done in their order, so what a step depends on has to stand before it.
fn depends(object: &mut Object<'_>, id: Option<&str>, document: &Document<'_>) {
    let needed = object.optional("dependsOn").and_then(Value::items);
    for one in needed.unwrap_or_default() {
        let known = text_of(one).is_some_and(|name| {
            document.known.borrow().steps.contains_key(name) && Some(name) != id
        });
        if !known {
            one.fault(
                "no step of this workflow is called so",
                "name a step of the same workflow",
            );
        }
    }
}

fn target(object: &mut Object<'_>, document: &Document<'_>) -> Option<Target> {
    let id = object.optional("operationId");
    let path = object.optional("operationPath");
    let workflow = object.optional("workflowId");
    match (id, path, workflow) {
        (Some(id), None, None) => operation_id(id, document),
        (None, Some(path), None) => operation_path(path, document),
        (None, None, Some(id)) => {
            let name = id.line()?;
            if !document.known.borrow().workflows.contains_key(name) {
                id.fault(
                    format!("no workflow of this document is called `{name}`"),
                    "workflows of other documents are not run",
                );
                return None;
            }
            Some(Target::Workflow(name.to_owned()))
        }
        _ => {
            object.value().fault(
                "a step calls one of `operationId`, `operationPath`, and `workflowId`",
                "keep one of them",
            );
            None
        }
    }
}

/// `findPets`, or `$sourceDescriptions.petStore.findPets`.
fn operation_id(value: Value<'_>, document: &Document<'_>) -> Option<Target> {
    let text = value.line()?;
    let Some(rest) = text.strip_prefix("$sourceDescriptions.") else {
        return Some(Target::Operation {
            source: None,
            id: text.to_owned(),
        });
    };
    let found = document.sources.iter().find_map(|source| {
        let id = rest.strip_prefix(source.name.as_str())?.strip_prefix('.')?;
        Some((source.name.clone(), id.to_owned()))
    });
    if found.is_none() {
        value.fault(
            format!("`{text}` names no source description"),
            "write `$sourceDescriptions.NAME.OPERATION`",
        );
    }
    let (source, id) = found?;
    Some(Target::Operation {
        source: Some(source),
        id,
    })
}

/// `{$sourceDescriptions.petStore.url}#/paths/~1pets~1{id}/get`.
fn operation_path(value: Value<'_>, document: &Document<'_>) -> Option<Target> {
    let text = value.line()?;
    let read = || {
        let (source, pointer) = text.split_once('#')?;
        let name = source
            .strip_prefix("{$sourceDescriptions.")?
            .strip_suffix(".url}")?;
        let known = document.sources.iter().any(|source| source.name == name);
        let pointer = percent_decode(pointer).ok()?;
        let pointer = Pointer::parse(&pointer).ok()?;
        let steps: Vec<_> = pointer.segments().collect();
        match steps.as_slice() {
            [paths, path, method] if paths == "paths" && known => Some(Target::Endpoint {
                source: Some(name.to_owned()),
                method: method.to_ascii_uppercase(),
                path: path.clone().into_owned(),
            }),
            _ => None,
        }
    };
    let target = read();
    if target.is_none() {
        value.fault(
            format!("`{text}` leads to no operation"),
            "write `{$sourceDescriptions.NAME.url}#/paths/~1pets/get`",
        );
    }
    target
}

pub(super) fn parameters<'t>(value: Value<'t>, document: &Document<'t>) -> Vec<Argument> {
    let parameters = value.each(|item| parameter(item, document));
    parameters.unwrap_or_default()
}

/// A Parameter Object, or a Reusable Object with another value.
fn parameter<'t>(value: Value<'t>, document: &Document<'t>) -> Option<Argument> {
    let mut object = Object::new(value, "a Parameter Object")?;
    if let Some(reference) = object.optional("reference") {
        let own = object.optional("value");
        object.finish();
        let mut argument = parameter(document.component(reference, "parameters")?, document)?;
        if let Some(own) = own {
            argument.value = document.written(own)?;
        }
        return Some(argument);
    }
    let name = object.required("name").and_then(Value::text);
    let place = match object.optional("in") {
        Some(place) => Some(place.choice(&[
            ("path", In::Path),
            ("query", In::Query),
            ("querystring", In::QueryString),
            ("header", In::Header),
            ("cookie", In::Cookie),
        ])?),
        None => None,
    };
    let value = object.required("value");
    object.finish();
    Some(Argument {
        place,
        name: name?.to_owned(),
        value: document.written(value?)?,
    })
}

fn request_body<'t>(value: Value<'t>, document: &Document<'t>) -> Option<Payload> {
    let mut object = Object::new(value, "a Request Body Object")?;
    let media_type = object.optional("contentType").and_then(Value::line);
    let payload = object.required("payload");
    let set = object
        .optional("replacements")
        .and_then(|value| value.each(|item| replacement(item, document)));
    object.finish();
    Some(Payload {
        origin: Origin::Inline(document.written(payload?)?),
        media_type: media_type.map(str::to_owned),
        set: set.unwrap_or_default(),
    })
}

/// A JSON Pointer, or in 1.1 a `JSONPath`, to what is replaced.
fn replacement<'t>(value: Value<'t>, document: &Document<'t>) -> Option<Setting> {
    let mut object = Object::new(value, "a Payload Replacement Object")?;
    let target = object.required("target");
    let kind = object.optional("targetSelectorType");
    let new = object.required("value");
    object.finish();
    let target = target?;
    let text = target.text()?;
    let at = match kind.and_then(text_of) {
        None | Some("jsonpointer") => Pointer::parse(text)
            .map(|pointer| Singular::of_pointer(&pointer))
            .map_err(|error| error.to_string()),
        Some("jsonpath") => Singular::parse(text).map_err(|error| error.message),
        Some(_) => Err("XPath is not run".to_owned()),
    };
    match at {
        Ok(at) => Some(Setting {
            at,
            value: document.written(new?)?,
        }),
        Err(message) => {
            target.fault(message, "write a JSON Pointer: `/items/0/id`");
            None
        }
    }
}
