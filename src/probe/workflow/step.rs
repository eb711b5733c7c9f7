//! One step: what is asked, what is kept of the answer, and what is cleaned up.

use super::{Action, Criterion, Expect, Idempotency, Latency, Paginate, Poll, Selector};
use crate::probe::{
    exchange::Credentials,
    expression::{Template, Written},
    jsonpath::Singular,
};
use crate::spec::In;
use crate::text::Position;

/// One step of a workflow.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its id.
    pub id: String,
    /// What it asks.
    pub call: Call,
    /// Who it says it is.
    pub credentials: Credentials,
    /// What has to be true of the answer.
    pub expect: Expect,
    /// What else has to be true.
    pub criteria: Vec<Criterion>,
    /// What is kept of the answer.
    pub captures: Vec<Capture>,
    /// What happens next after success.
    pub on_success: Vec<Action>,
    /// What happens next after failure.
    pub on_failure: Vec<Action>,
    /// What has to happen when the same is asked again.
    pub idempotency: Option<Idempotency>,
    /// To ask again until something is so.
    pub poll: Option<Poll>,
    /// How long it may take.
    pub latency: Option<Latency>,
    /// To walk through all pages.
    pub paginate: Option<Paginate>,
    /// Has to show what the step created.
    pub visible: Option<Call>,
    /// Removes what the step created.
    pub cleanup: Option<Cleanup>,
    /// What consumers read of the answer.
    pub reads: Vec<Read>,
    /// Where it stands in its file.
    pub position: Position,
}

/// A part of an answer that a consumer reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The consumer.
    pub consumer: String,
    /// The status, as usage files write it: `200`, `4xx`, `default`.
    pub status: String,
    /// The part: `.items[].sku`, `header:ETag`.
    pub path: String,
}

/// A request to an operation of a contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Which operation.
    pub target: Target,
    /// Its parameters.
    pub arguments: Vec<Argument>,
    /// Its body.
    pub body: Option<Payload>,
    /// Where it stands in its file.
    pub position: Position,
}

/// Which operation is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// By its `operationId`.
    Operation {
        /// The source description, where one is named.
        source: Option<String>,
        /// The `operationId`.
        id: String,
    },
    /// By method and path template.
    Endpoint {
        /// The source description, where one is named.
        source: Option<String>,
        /// In capitals.
        method: String,
        /// As the contract writes it.
        path: String,
    },
    /// Another workflow (Arazzo); arguments are its inputs.
    Workflow(String),
}

/// The value of one parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Where it travels; `None` for an input of a workflow.
    pub place: Option<In>,
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Written,
}

/// What is sent as a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Payload {
    /// Where the value comes from.
    pub origin: Origin,
    /// The media type, where the contract has several.
    pub media_type: Option<String>,
    /// What is changed in it.
    pub set: Vec<Setting>,
}

/// Where a body comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// A named example of the contract.
    Example(String),
    /// A valid value made from the schema.
    Generated,
    /// Written in the file.
    Inline(Written),
}

/// One place of a body, and what is put there.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The place.
    pub at: Singular,
    /// The value.
    pub value: Written,
}

/// What is kept of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Capture {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub from: Selector,
    /// Whether it is a secret, and redacted wherever it turns up.
    pub secret: bool,
    /// Where it stands in the file.
    pub position: Position,
}

/// How to remove what a step created.
#[derive(Clone, Debug, PartialEq)]
pub struct Cleanup {
    /// The request.
    pub call: Call,
    /// Statuses after which it is gone.
    pub ok: Vec<u16>,
    /// Has to show that it is gone: 404 or 410.
    pub gone: Option<Call>,
}

impl Step {
    /// A step that only asks.
    #[must_use]
    pub fn new(id: &str, call: Call, position: Position) -> Self {
        Self {
            id: id.to_owned(),
            call,
            credentials: Credentials::default(),
            expect: Expect::default(),
            criteria: Vec::new(),
            captures: Vec::new(),
            on_success: Vec::new(),
            on_failure: Vec::new(),
            idempotency: None,
            poll: None,
            latency: None,
            paginate: None,
            visible: None,
            cleanup: None,
            reads: Vec::new(),
            position,
        }
    }
}

impl Call {
    /// All texts that may hold expressions.
    #[must_use]
    pub fn templates(&self) -> Vec<&Template> {
        let mut all: Vec<&Template> = Vec::new();
        for argument in &self.arguments {
            all.extend(argument.value.templates());
        }
        if let Some(body) = &self.body {
            if let Origin::Inline(written) = &body.origin {
                all.extend(written.templates());
            }
            for setting in &body.set {
                all.extend(setting.value.templates());
            }
        }
        all
    }
}
