//! Why a document could not be loaded.

use crate::text::Position;
use crate::tree;

/// Why a file could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unavailable {
    /// Lower-case fragment.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// A refusal (external host, path out of the root) ends the run; an absent file is a dangling `$ref`.
    pub refused: bool,
    /// The exit code a refusal ends the run with.
    pub exit: u8,
}

/// How a bundle gets its files: path or absolute URL to bytes.
pub type Fetch<'f> = dyn Fn(&str) -> Result<Vec<u8>, Unavailable> + 'f;

/// Why a document could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The entry is absent or unreadable, or a reference was refused.
    #[error("{name}: {}", .cause.message)]
    Unavailable {
        /// The file as the user knows it.
        name: String,
        /// Where the reference stands that asked for it, as `file:line:column`.
        asked: Option<String>,
        /// The reason.
        cause: Unavailable,
    },
    /// A file is not JSON or YAML.
    #[error(transparent)]
    Parse(#[from] tree::ParseError),
    /// The entry is of no known kind.
    #[error("{name}:{position}: {message}")]
    UnknownKind {
        /// The file as the user knows it.
        name: String,
        /// Where.
        position: Position,
        /// Lower-case fragment.
        message: String,
        /// What to do about it.
        help: String,
    },
}

impl LoadError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Unavailable { cause, asked, .. } => match (asked, &cause.help) {
                (Some(asked), Some(help)) => Some(format!("referenced at {asked}; {help}")),
                (Some(asked), None) => Some(format!("referenced at {asked}")),
                (None, help) => help.clone(),
            },
            Self::Parse(error) => error.help.clone(),
            Self::UnknownKind { help, .. } => Some(help.clone()),
        }
    }

    /// The exit code of decisions: 2 for a contract that cannot be read, 3 for what could not be completed.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Unavailable { cause, .. } => cause.exit,
            Self::Parse(_) | Self::UnknownKind { .. } => 2,
        }
    }
}
