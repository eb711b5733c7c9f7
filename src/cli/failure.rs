//! Why a run ended without a verdict, and its exit code.

use super::excerpt::Excerpt;
use crate::policy::files::Fault;
use crate::policy::signature::SignError;
use crate::text::Position;
use crate::world::{GitError, OutputError, ReadError, RemoveError, WireError, WorldError};

/// The command line or a contract is at fault.
pub(super) const USAGE: u8 = 2;
/// The run could not complete.
pub(super) const INCOMPLETE: u8 = 3;

/// One error, ready to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// Lower-case fragment.
    pub(super) message: String,
    pub(super) place: Option<Box<Place>>,
    /// A second place that the first contradicts, and what it is.
    pub(super) also: Option<Box<(Place, String)>>,
    /// What to do about it.
    pub(super) help: Option<String>,
    pub(super) code: u8,
}

/// Where an error stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) file: String,
    pub(super) position: Option<Position>,
    pub(super) excerpt: Option<Excerpt>,
}

impl Place {
    pub(super) fn file(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            position: None,
            excerpt: None,
        }
    }
}

impl Failure {
    /// An error of the command line or of a contract.
    pub(super) fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            place: None,
            also: None,
            help: Some(help.into()),
            code: USAGE,
        }
    }

    /// An error of the world outside.
    pub(super) fn incomplete(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            place: None,
            also: None,
            help: None,
            code: INCOMPLETE,
        }
    }

    /// What is wrong with a governance file.
    pub(super) fn fault(fault: &Fault) -> Self {
        let mut failure = Self::of(fault.message.clone(), fault.help.clone(), USAGE);
        failure.place = Some(Box::new(Place {
            file: fault.file.clone(),
            position: fault.place.map(|place| Position {
                line: place.line,
                column: place.column,
            }),
            excerpt: None,
        }));
        failure
    }

    /// Why a key does not sign; `ssh-keygen` may, once there is a file.
    pub(super) fn unsigned(key: &str, error: &SignError) -> Self {
        let help = match error {
            SignError::Public | SignError::Encrypted | SignError::Hardware => {
                format!(
                    "{}; leave --sign out to have that file written",
                    error.help()
                )
            }
            SignError::NotOpenSsh | SignError::Unsupported { .. } => error.help().to_owned(),
        };
        let mut failure = Self::usage(error.to_string(), help);
        failure.place = Some(Box::new(Place::file(key)));
        failure
    }

    fn of(message: String, help: Option<String>, code: u8) -> Self {
        Self {
            message,
            place: None,
            also: None,
            help,
            code,
        }
    }
}

impl From<WorldError> for Failure {
    fn from(error: WorldError) -> Self {
        Self::of(error.to_string(), error.help(), error.exit_code())
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Self::of(error.to_string(), error.help(), error.exit_code())
    }
}

impl From<GitError> for Failure {
    fn from(error: GitError) -> Self {
        Self::of(error.to_string(), error.help(), error.exit_code())
    }
}

impl From<WireError> for Failure {
    fn from(error: WireError) -> Self {
        Self::of(error.to_string(), error.help(), error.exit_code())
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        Self::of(error.to_string(), error.help(), error.exit_code())
    }
}

impl From<RemoveError> for Failure {
    fn from(error: RemoveError) -> Self {
        Self::of(error.to_string(), None, error.exit_code())
    }
}
