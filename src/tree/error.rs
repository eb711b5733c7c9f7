//! Why a text is no tree, and where.

use crate::text::{Position, Source};

/// A text that cannot be read, with the place that is at fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ParseError {
    /// The name of the source.
    pub name: String,
    /// The line and column at fault.
    pub position: Position,
    /// The same as an offset in bytes.
    pub offset: u32,
    /// What is wrong, a lower-case fragment.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// A second place that the first one contradicts, and what it is.
    pub also: Option<(Position, String)>,
}

impl ParseError {
    pub(super) fn new(source: &Source, flaw: Flaw) -> Self {
        let Fault {
            offset,
            message,
            help,
            also,
            syntactic: _,
        } = *flaw.0;
        Self {
            name: source.name().to_owned(),
            position: source.locate(offset),
            offset,
            message,
            help,
            also: also.map(|(offset, what)| (source.locate(offset), what)),
        }
    }
}

/// What a reader found wrong, before anybody asked for lines and columns; readers return these from their
/// innermost loops, so it is one word wide.
#[derive(Debug)]
pub(super) struct Flaw(Box<Fault>);

#[derive(Debug)]
struct Fault {
    offset: u32,
    message: String,
    help: Option<String>,
    also: Option<(u32, String)>,
    syntactic: bool,
}

/// The outcome of reading something.
pub(super) type Read<T> = Result<T, Flaw>;

impl Flaw {
    pub(super) fn new(offset: u32, message: impl Into<String>) -> Self {
        Self(Box::new(Fault {
            offset,
            message: message.into(),
            help: None,
            also: None,
            syntactic: false,
        }))
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    pub(super) fn also(mut self, offset: u32, what: impl Into<String>) -> Self {
        self.0.also = Some((offset, what.into()));
        self
    }

    /// The text breaks the grammar of its syntax; it may be well-formed in another.
    pub(super) fn syntactic(mut self) -> Self {
        self.0.syntactic = true;
        self
    }

    pub(super) fn is_syntactic(&self) -> bool {
        self.0.syntactic
    }

    pub(super) fn offset(&self) -> u32 {
        self.0.offset
    }
}
