//! Why a session cannot begin.

use thiserror::Error;

use crate::probe::{environment::BaseError, identity::IdentityError, redact::HideError};
use crate::world::http::SetupError;

/// A session cannot begin.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum SessionError {
    /// Production is asked only by its name.
    #[error("`{0}` is production, and was not named")]
    ProductionNotNamed(String),
    /// It is nowhere.
    #[error("`{environment}`: {error}")]
    Base {
        /// The environment.
        environment: String,
        /// What is wrong.
        error: BaseError,
    },
    /// A credential cannot be had.
    #[error("`{environment}`: {error}")]
    Identity {
        /// The environment.
        environment: String,
        /// What is wrong.
        error: IdentityError,
    },
    /// A secret cannot be kept out of what is written.
    #[error("`{environment}`: {error}")]
    Secret {
        /// The environment.
        environment: String,
        /// What is wrong.
        error: HideError,
    },
    /// The network cannot be used.
    #[error("`{environment}`: {error}")]
    Setup {
        /// The environment.
        environment: String,
        /// What is wrong.
        error: SetupError,
    },
    /// A place that it needs is not on its own list.
    #[error("`{environment}`: {what} cannot be asked: {why}")]
    NotAllowed {
        /// The environment.
        environment: String,
        /// `base_url`, or a token server.
        what: String,
        /// What is wrong.
        why: String,
    },
}

impl SessionError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::ProductionNotNamed(name) => Some(format!("name it: `--environment {name}`")),
            Self::Identity { error, .. } => error.help(),
            Self::Setup { error, .. } => error.help(),
            Self::NotAllowed { .. } => Some(
                "list its host in `allow_hosts`; plain http needs `plain_http: true` beyond this machine"
                    .to_owned(),
            ),
            Self::Base { .. } => Some(
                "set the variable, or give it a default: `${NAME:-https://…}`".to_owned(),
            ),
            Self::Secret { .. } => None,
        }
    }
}
