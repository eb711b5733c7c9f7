//! What can go wrong between a request and its answer.

use thiserror::Error;

use super::{super::error::USAGE, message::Incoming};

/// There is no answer, or none that is whole.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{detail}")]
pub struct Fault {
    /// Which of the known ways.
    pub kind: FaultKind,
    /// What happened, a lower-case fragment without the URL.
    pub detail: String,
    /// What had come in until then, if the headers had.
    pub partial: Option<Box<Incoming>>,
}

impl Fault {
    pub(super) fn new(kind: FaultKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            partial: None,
        }
    }
}

/// The ways in which a request goes without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The host's name has no address.
    Dns,
    /// Nobody listens there.
    ConnectRefused,
    /// The host or its network cannot be reached.
    ConnectFailed,
    /// The certificate is for another name.
    TlsName,
    /// The certificate is not trusted, has expired, or TLS was not agreed on.
    TlsOther,
    /// No connection in time.
    TimeoutConnect,
    /// No complete answer in time.
    TimeoutResponse,
    /// The run's time was over.
    TimeoutRun,
    /// The connection ended before the answer did.
    ClosedEarly,
    /// What came back is no HTTP, or was not compressed as it says.
    Malformed,
    /// The headers go on and on.
    TooLarge,
    /// The URL is not on a host that was named, or is none that may be asked.
    NotAllowed,
    /// The run was asked to stop.
    Interrupted,
}

/// The network cannot be used as the options say.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum SetupError {
    /// Built without the feature `probe`.
    #[error("this build has no network")]
    NoNetwork,
    /// An entry of the list is no host.
    #[error("`{text}` is not a host")]
    BadHost {
        /// What was given.
        text: String,
    },
    /// The client certificate, its key, or the extra authority cannot be used.
    #[error("the {what} cannot be used: {why}")]
    BadCertificate {
        /// Which of them.
        what: &'static str,
        /// What is wrong with it; never what it holds.
        why: String,
    },
    /// The system refuses what a client needs.
    #[error("the network cannot be used: {why}")]
    Failed {
        /// What the system says.
        why: String,
    },
}

impl SetupError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NoNetwork => {
                Some("build with the cargo feature `probe`, which is on by default".to_owned())
            }
            Self::BadHost { .. } => {
                Some("write api.example.com or api.example.com:8443".to_owned())
            }
            Self::BadCertificate { .. } => Some(
                "give PEM: `-----BEGIN CERTIFICATE-----`, `-----BEGIN PRIVATE KEY-----`".to_owned(),
            ),
            Self::Failed { .. } => None,
        }
    }

    /// The exit code of a run that ends with this error.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        USAGE
    }
}
