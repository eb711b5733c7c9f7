//! What an expression may name.

use crate::text::{Pointer, nearest};
use std::fmt;

/// A thing with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// An input of the scenario.
    Input(String),
    /// An environment variable that the environment allows.
    Env(String),
    /// The id of the run, which marks all that the run creates.
    RunId,
    /// The reference of the step: the run's id and the step's UUID.
    RunRef,
    /// A UUID: the same wherever a step writes it, another one in every step.
    Uuid,
    /// The time of the step.
    Now,
    /// What an earlier step captured.
    Output {
        /// The step.
        step: String,
        /// The capture.
        name: String,
    },
    /// What a step captured last under this name.
    Captured(String),
    /// What another workflow gave (Arazzo).
    WorkflowOutput {
        /// The workflow.
        workflow: String,
        /// The output.
        name: String,
    },
    /// A part of the exchange of the step itself (Arazzo).
    Exchange(Part),
}

/// A part of a request and its response, as Arazzo names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// `$url`.
    Url,
    /// `$method`.
    Method,
    /// `$statusCode`.
    Status,
    /// `$request.header.NAME`.
    RequestHeader(String),
    /// `$request.query.NAME`.
    RequestQuery(String),
    /// `$request.path.NAME`.
    RequestPath(String),
    /// `$request.body`.
    RequestBody,
    /// `$response.header.NAME`.
    ResponseHeader(String),
    /// `$response.body`.
    ResponseBody,
}

/// A name, and where in its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The name.
    pub name: Name,
    /// A part of its value, where not all of it is meant (Arazzo's `#/…`).
    pub pointer: Option<Pointer>,
}

impl From<Name> for Reference {
    fn from(name: Name) -> Self {
        Self {
            name,
            pointer: None,
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(name) => write!(f, "inputs.{name}"),
            Self::Env(name) => write!(f, "env.{name}"),
            Self::RunId => f.write_str("run.id"),
            Self::RunRef => f.write_str("run.ref"),
            Self::Uuid => f.write_str("uuid"),
            Self::Now => f.write_str("now"),
            Self::Output { step, name } => write!(f, "steps.{step}.{name}"),
            Self::Captured(name) => f.write_str(name),
            Self::WorkflowOutput { workflow, name } => {
                write!(f, "workflows.{workflow}.outputs.{name}")
            }
            Self::Exchange(part) => write!(f, "{part}"),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url => f.write_str("url"),
            Self::Method => f.write_str("method"),
            Self::Status => f.write_str("statusCode"),
            Self::RequestHeader(name) => write!(f, "request.header.{name}"),
            Self::RequestQuery(name) => write!(f, "request.query.{name}"),
            Self::RequestPath(name) => write!(f, "request.path.{name}"),
            Self::RequestBody => f.write_str("request.body"),
            Self::ResponseHeader(name) => write!(f, "response.header.{name}"),
            Self::ResponseBody => f.write_str("response.body"),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.pointer {
            Some(pointer) => write!(f, "{}#{pointer}", self.name),
            None => write!(f, "{}", self.name),
        }
    }
}

/// The words a name may start with.
const ROOTS: [&str; 6] = ["inputs", "env", "run", "uuid", "now", "steps"];

/// What stands between the braces; a message and a help where it is no name.
pub(super) fn parse(text: &str) -> Result<Name, (String, Option<String>)> {
    let parts: Vec<&str> = text.split('.').collect();
    if let Some(bad) = text.chars().find(|c| !is_of_a_name(*c) && *c != '.') {
        return Err((
            format!("`${{{text}}}` holds `{bad}`, and an expression is a name and nothing else"),
            Some("write `$${` for the characters themselves".to_owned()),
        ));
    }
    match parts.as_slice() {
        _ if parts.iter().any(|part| part.is_empty()) => Err((
            format!("`${{{text}}}` is not a name"),
            Some(format!("names start with one of {}", listed(&ROOTS))),
        )),
        ["inputs", name] => Ok(Name::Input((*name).to_owned())),
        ["env", name] => Ok(Name::Env((*name).to_owned())),
        ["run", "id"] => Ok(Name::RunId),
        ["run", "ref"] => Ok(Name::RunRef),
        ["uuid"] => Ok(Name::Uuid),
        ["now"] => Ok(Name::Now),
        ["steps", step, name] => Ok(Name::Output {
            step: (*step).to_owned(),
            name: (*name).to_owned(),
        }),
        ["inputs" | "env" | "run" | "steps", ..] => Err((
            format!("`${{{text}}}` is not a name"),
            Some(match parts[0] {
                "inputs" => "write `${inputs.NAME}`".to_owned(),
                "env" => "write `${env.NAME}`".to_owned(),
                "run" => "write `${run.id}` or `${run.ref}`".to_owned(),
                _ => "write `${steps.STEP.CAPTURE}`".to_owned(),
            }),
        )),
        [name] => Ok(Name::Captured((*name).to_owned())),
        others => Err((
            format!("`${{{text}}}` starts with no known word"),
            Some(match nearest(others.first().unwrap_or(&""), ROOTS) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("names start with one of {}", listed(&ROOTS)),
            }),
        )),
    }
}

fn is_of_a_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

fn listed(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}
