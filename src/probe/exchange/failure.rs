//! Why an exchange is no evidence.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why there is no answer, or none that says anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Which of the known ways.
    pub kind: FailureKind,
    /// What happened, a lower-case fragment.
    pub detail: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl Failure {
    /// A failure of this kind.
    pub fn new(kind: FailureKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
        }
    }
}

/// The ways in which an exchange fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
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
    /// What came back is no HTTP, or its body is not what its headers promise.
    Malformed,
    /// The headers, or a body that had to be read whole, go on beyond the cap.
    TooLarge,
    /// The server pointed to a host that is not on the list.
    RedirectOffHost,
    /// The server pointed back to a place it had pointed away from, or too often.
    RedirectLoop,
    /// The host is not on the list, or the URL is none that may be asked.
    NotAllowed,
    /// The run has used up its requests.
    BudgetSpent,
    /// The vendor failed too often in a row to be asked again now.
    BreakerOpen,
    /// The vendor answered that it cannot answer now (429, 503), to the last attempt.
    Unavailable,
    /// A request that writes, where nothing may be written.
    WriteRefused,
    /// No credential could be had: the token server refused, or a secret is missing.
    NoCredential,
    /// The run was interrupted.
    Interrupted,
    /// A replay has no recording of this exchange.
    NotRecorded,
    /// This build has no network.
    NoNetwork,
}

impl FailureKind {
    /// What to blame for it.
    #[must_use]
    pub const fn blame(self) -> Blame {
        match self {
            Self::Dns
            | Self::ConnectRefused
            | Self::ConnectFailed
            | Self::TlsName
            | Self::TlsOther
            | Self::TimeoutConnect
            | Self::TimeoutResponse
            | Self::ClosedEarly
            | Self::Malformed
            | Self::TooLarge
            | Self::RedirectOffHost
            | Self::RedirectLoop
            | Self::BreakerOpen
            | Self::Unavailable => Blame::Vendor,
            Self::NotAllowed
            | Self::WriteRefused
            | Self::NoCredential
            | Self::NotRecorded
            | Self::NoNetwork => Blame::Configuration,
            Self::TimeoutRun | Self::BudgetSpent | Self::Interrupted => Blame::Run,
        }
    }

    /// As it is written in reports and cassettes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::ConnectRefused => "connect-refused",
            Self::ConnectFailed => "connect-failed",
            Self::TlsName => "tls-name",
            Self::TlsOther => "tls-other",
            Self::TimeoutConnect => "timeout-connect",
            Self::TimeoutResponse => "timeout-response",
            Self::TimeoutRun => "timeout-run",
            Self::ClosedEarly => "closed-early",
            Self::Malformed => "malformed",
            Self::TooLarge => "too-large",
            Self::RedirectOffHost => "redirect-off-host",
            Self::RedirectLoop => "redirect-loop",
            Self::NotAllowed => "not-allowed",
            Self::BudgetSpent => "budget-spent",
            Self::BreakerOpen => "breaker-open",
            Self::Unavailable => "unavailable",
            Self::WriteRefused => "write-refused",
            Self::NoCredential => "no-credential",
            Self::Interrupted => "interrupted",
            Self::NotRecorded => "not-recorded",
            Self::NoNetwork => "no-network",
        }
    }
}

/// Who has to do something about a failure; none of them is the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The vendor's server or its network.
    Vendor,
    /// Our own files, options, or secrets.
    Configuration,
    /// The run ended before its time.
    Run,
}
