//! From a call of a step to a request.

use super::Source;
use crate::probe::{
    exchange::{Credentials, Request},
    expression::{Scope, Unresolved, Written},
    generate::{Asked, BuildError, Builder, Fill, Fixed, NoValue},
    workflow::{Argument, Call, Carrier, Idempotency, KeyFormat, Origin, Payload, Setting, Target},
};
use crate::spec::{In, Operation};
use crate::text::nearest;
use serde_json::Value;

/// Why a call cannot be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CallError {
    /// A name without a value: an earlier step did not get so far.
    #[error(transparent)]
    Unresolved(#[from] Unresolved),
    /// The contract has no such operation, or not with these values.
    #[error("{0}")]
    Wrong(String),
}

impl From<BuildError> for CallError {
    fn from(error: BuildError) -> Self {
        let help = match &error {
            BuildError::Unknown {
                meant: Some(meant), ..
            } => format!("; did you mean `{meant}`?"),
            _ => String::new(),
        };
        Self::Wrong(format!("{error}{help}"))
    }
}

impl From<NoValue> for CallError {
    fn from(error: NoValue) -> Self {
        Self::Wrong(format!("the body: {error}"))
    }
}

/// An operation of one of the contracts.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a, 'd> {
    pub(crate) source: Source<'a, 'd>,
    pub(crate) operation: &'a Operation<'d>,
}

/// The operation that a call names.
pub(crate) fn find<'a, 'd>(
    sources: &'a [Source<'a, 'd>],
    target: &Target,
) -> Result<Found<'a, 'd>, CallError> {
    let (named, wanted) = match target {
        Target::Operation { source, id } => (source, format!("operation `{id}`")),
        Target::Endpoint {
            source,
            method,
            path,
        } => (source, format!("operation `{method} {path}`")),
        Target::Workflow(id) => return Err(CallError::Wrong(format!("`{id}` is a workflow"))),
    };
    let mut near = None;
    for source in sources {
        if named.as_ref().is_some_and(|name| name != source.name) {
            continue;
        }
        let all = source.contract.operations();
        let found = all.iter().find(|operation| match target {
            Target::Operation { id, .. } => operation.id == Some(id),
            Target::Endpoint { method, path, .. } => {
                operation.method == *method && operation.path == path
            }
            Target::Workflow(_) => false,
        });
        if let Some(operation) = found {
            let source = *source;
            return Ok(Found { source, operation });
        }
        near = near.or_else(|| match target {
            Target::Operation { id, .. } => {
                nearest(id, all.iter().filter_map(|operation| operation.id)).map(str::to_owned)
            }
            Target::Endpoint { path, .. } => {
                nearest(path, all.iter().map(|operation| operation.path)).map(str::to_owned)
            }
            Target::Workflow(_) => None,
        });
    }
    let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Err(CallError::Wrong(format!(
        "the contract has no {wanted}{help}"
    )))
}

/// What goes into a request beside the call itself.
#[derive(Clone, Copy, Default)]
pub(crate) struct Extra<'e> {
    /// The key of an idempotent request.
    pub(crate) idempotency: Option<&'e Idempotency>,
    /// What is changed in the body after all.
    pub(crate) settings: &'e [Setting],
    /// Query parameters of a walk.
    pub(crate) query: &'e [(String, String)],
    /// To show only: what has no value yet is left as its name.
    pub(crate) shown: bool,
}

/// The request of a call.
pub(crate) fn ask(
    found: &Found<'_, '_>,
    call: &Call,
    step: &str,
    scope: &Scope,
    extra: Extra<'_>,
) -> Result<Asked, CallError> {
    let builder = Builder {
        contract: found.source.contract,
        sampler: found.source.sampler,
        base: found.source.base,
    };
    let mut fixed = fixed(&call.arguments, scope, extra.shown)?;
    for (name, value) in extra.query {
        let value = typed(found.operation, name, value);
        fixed.parameters.insert((In::Query, name.clone()), value);
    }
    if let Some(payload) = &call.body {
        fixed.media_type.clone_from(&payload.media_type);
        fixed.body = Some(body(
            &builder,
            found.operation,
            payload,
            scope,
            extra.shown,
        )?);
    }
    let mut key = None;
    if let Some(rules) = extra.idempotency {
        let text = match value_of(&rules.key, scope, extra.shown)? {
            Value::String(text) => text,
            other => other.to_string(),
        };
        key = Some(text.clone());
        let text = match rules.format {
            KeyFormat::Raw => text,
            KeyFormat::SfString => {
                format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
            }
        };
        match &rules.carrier {
            Carrier::Header(name) => {
                fixed
                    .parameters
                    .insert((In::Header, name.clone()), Value::from(text));
            }
            Carrier::Body(at) => {
                let body = fixed
                    .body
                    .get_or_insert_with(|| Value::Object(serde_json::Map::new()));
                at.put(body, Value::from(text)).map_err(CallError::Wrong)?;
            }
        }
    }
    if let Some(body) = &mut fixed.body {
        set(body, extra.settings, scope, extra.shown)?;
    }
    let mut asked = builder.request(found.operation, step, &fixed)?;
    asked.request.idempotency_key = key;
    Ok(asked)
}

/// The same request with other credentials.
pub(crate) fn as_who(mut request: Request, credentials: &Credentials) -> Request {
    request.credentials = credentials.clone();
    request
}

fn value_of(written: &Written, scope: &Scope, shown: bool) -> Result<Value, Unresolved> {
    if shown {
        return Ok(written.shown(scope));
    }
    written.value(scope)
}

fn fixed(arguments: &[Argument], scope: &Scope, shown: bool) -> Result<Fixed, Unresolved> {
    let mut fixed = Fixed::default();
    for argument in arguments {
        if let Some(place) = argument.place {
            let value = value_of(&argument.value, scope, shown)?;
            fixed
                .parameters
                .insert((place, argument.name.clone()), value);
        }
    }
    Ok(fixed)
}

/// A text as the type that the parameter has.
fn typed(operation: &Operation<'_>, name: &str, text: &str) -> Value {
    let declared = operation.parameters.iter().any(|one| one.name == name);
    match serde_json::from_str::<Value>(text) {
        Ok(number @ Value::Number(_)) if declared => number,
        _ => Value::from(text),
    }
}

fn body(
    builder: &Builder<'_, '_, '_>,
    operation: &Operation<'_>,
    payload: &Payload,
    scope: &Scope,
    shown: bool,
) -> Result<Value, CallError> {
    let media = Builder::media(operation, payload.media_type.as_deref())?;
    let mut value = match (&payload.origin, media) {
        (Origin::Inline(written), _) => value_of(written, scope, shown)?,
        (_, None) => return Err(CallError::Wrong("the operation takes no body".to_owned())),
        (Origin::Example(name), Some(media)) => builder.example(media, name)?,
        (Origin::Generated, Some(media)) => builder.shown_body(media, Fill::Shown)?,
    };
    set(&mut value, &payload.set, scope, shown)?;
    Ok(value)
}

fn set(
    value: &mut Value,
    settings: &[Setting],
    scope: &Scope,
    shown: bool,
) -> Result<(), CallError> {
    for setting in settings {
        let new = value_of(&setting.value, scope, shown)?;
        setting.at.put(value, new).map_err(CallError::Wrong)?;
    }
    Ok(())
}
