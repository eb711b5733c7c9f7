//! What carries a request to a server and its answer back.

use std::{fmt::Debug, time::Duration};

use crate::probe::exchange::{Failure, FailureKind, Response, Timings};
use crate::world::http::{
    Client, Fault, FaultKind, Incoming, Interrupt, Options, Outgoing, SetupError,
};

/// Carries one request at a time: no redirect is followed and nothing is tried twice.
pub trait Transport: Debug + Send + Sync {
    /// Whether a URL may be asked at all.
    ///
    /// # Errors
    ///
    /// Why not.
    fn check(&self, url: &str) -> Result<(), Failure>;

    /// Sends a request, and reads its answer.
    ///
    /// # Errors
    ///
    /// There is no answer, or none that is whole.
    fn send(&self, out: &Outgoing<'_>, interrupt: &Interrupt) -> Result<Response, Fell>;
}

/// A failure, and what had come back before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fell {
    /// Why.
    pub failure: Failure,
    /// What had come back, if the headers had.
    pub response: Option<Box<Response>>,
}

impl Fell {
    pub(super) fn new(kind: FailureKind, detail: impl Into<String>) -> Self {
        Self {
            failure: Failure::new(kind, detail),
            response: None,
        }
    }
}

/// Over the network.
#[derive(Debug)]
pub struct Live(Client);

impl Live {
    /// Connects nothing yet.
    ///
    /// # Errors
    ///
    /// The network cannot be used as the options say.
    pub fn new(options: &Options) -> Result<Self, SetupError> {
        Client::new(options).map(Self)
    }
}

impl Transport for Live {
    fn check(&self, url: &str) -> Result<(), Failure> {
        self.0.check(url).map_err(|fault| failure(&fault))
    }

    fn send(&self, out: &Outgoing<'_>, interrupt: &Interrupt) -> Result<Response, Fell> {
        match self.0.send(out, interrupt) {
            Ok(incoming) => Ok(response(incoming)),
            Err(fault) => Err(Fell {
                failure: failure(&fault),
                response: fault.partial.map(|incoming| Box::new(response(*incoming))),
            }),
        }
    }
}

fn failure(fault: &Fault) -> Failure {
    let kind = match fault.kind {
        FaultKind::Dns => FailureKind::Dns,
        FaultKind::ConnectRefused => FailureKind::ConnectRefused,
        FaultKind::ConnectFailed => FailureKind::ConnectFailed,
        FaultKind::TlsName => FailureKind::TlsName,
        FaultKind::TlsOther => FailureKind::TlsOther,
        FaultKind::TimeoutConnect => FailureKind::TimeoutConnect,
        FaultKind::TimeoutResponse => FailureKind::TimeoutResponse,
        FaultKind::TimeoutRun => FailureKind::TimeoutRun,
        FaultKind::ClosedEarly => FailureKind::ClosedEarly,
        FaultKind::Malformed => FailureKind::Malformed,
        FaultKind::TooLarge => FailureKind::TooLarge,
        FaultKind::NotAllowed => FailureKind::NotAllowed,
        FaultKind::Interrupted => FailureKind::Interrupted,
    };
    Failure::new(kind, fault.detail.clone())
}

fn response(incoming: Incoming) -> Response {
    let Incoming {
        status,
        headers,
        body,
        truncated,
        connected,
        first_byte,
        total,
    } = incoming;
    Response {
        status,
        headers,
        body,
        truncated,
        timings: Timings {
            connected: connected.map(micros),
            first_byte: micros(first_byte),
            total: micros(total),
        },
    }
}

pub(super) fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
