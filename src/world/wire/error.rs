//! Why a reference to another host was not followed.

use thiserror::Error;

use super::super::error::{INCOMPLETE, USAGE};

/// A document was not fetched.
#[derive(Debug, Error)]
pub enum WireError {
    /// Built without the feature `probe`.
    #[error("`{url}` is on the network, and this build has none")]
    NoNetwork {
        /// The URL asked for.
        url: String,
    },
    /// `--allow-host` was given something else.
    #[error("`{text}` is not a host")]
    BadHost {
        /// What was given.
        text: String,
    },
    /// Not a URL, not http or https, or with a password in it.
    #[error("`{url}` is not fetched: {why}")]
    BadUrl {
        /// The URL asked for.
        url: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The host was not named with `--allow-host`.
    #[error("`{url}` is on another host, which was not allowed")]
    NotAllowed {
        /// The URL asked for.
        url: String,
        /// The host, and its port where it is not the scheme's own.
        host: String,
    },
    /// The name leads into a private network or to this machine.
    #[error("`{url}` is not fetched: {address} is not a public address")]
    NotPublic {
        /// The URL asked for.
        url: String,
        /// What the name resolved to.
        address: String,
    },
    /// The server sent the reader on to a place that is not allowed, or too often.
    #[error("`{url}` redirects to `{to}`, which is not followed: {why}")]
    Redirect {
        /// The URL asked for.
        url: String,
        /// Where the server pointed.
        to: String,
        /// Why it stops there.
        why: String,
    },
    /// More than a contract can be.
    #[error("`{url}` is larger than {limit} bytes")]
    TooLarge {
        /// The URL asked for.
        url: String,
        /// The most that is read.
        limit: u64,
    },
    /// The server answered, but not with a document.
    #[error("`{url}` answered with status {status}")]
    Status {
        /// The URL asked for.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// No answer, or none in time.
    #[error("`{url}` could not be fetched: {why}")]
    Failed {
        /// The URL asked for.
        url: String,
        /// What went wrong.
        why: String,
    },
}

impl WireError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NotAllowed { host, .. } => Some(format!(
                "--allow-host {host} fetches it; a copy beside the contract needs no network"
            )),
            Self::NoNetwork { .. } | Self::NotPublic { .. } | Self::Redirect { .. } => {
                Some("keep a copy beside the contract, and refer to that".to_owned())
            }
            Self::BadHost { .. } => {
                Some("write api.example.com or api.example.com:8443".to_owned())
            }
            Self::BadUrl { .. }
            | Self::TooLarge { .. }
            | Self::Status { .. }
            | Self::Failed { .. } => None,
        }
    }

    /// The exit code of a run that ends with this error.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::NoNetwork { .. }
            | Self::BadHost { .. }
            | Self::BadUrl { .. }
            | Self::NotAllowed { .. }
            | Self::NotPublic { .. }
            | Self::Redirect { .. }
            | Self::TooLarge { .. } => USAGE,
            Self::Status { .. } | Self::Failed { .. } => INCOMPLETE,
        }
    }
}
