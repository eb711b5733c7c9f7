//! What the YAML parser finds wrong, in our words, and what to do about it.

use super::{build::too_deep, error::Flaw, parse::offset};
use granit_parser::{ErrorKind, ScanError};

/// The parser's complaint about the text from `start` to `end` of a source.
pub(super) fn misread(error: &ScanError, start: usize, end: usize) -> Flaw {
    let at = error.marker().byte_offset().unwrap_or_default() + start;
    let at = offset(at.min(end));
    let (message, help) = match error.kind() {
        ErrorKind::RecursionLimitExceeded => return too_deep(at),
        ErrorKind::UnknownAnchor => (
            "this alias names no anchor above it".to_owned(),
            "define the anchor (`&name`) before its first use (`*name`), or write the text in quotes",
        ),
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation => (
            "a tab in the indentation".to_owned(),
            "YAML is indented by spaces only; replace the tab",
        ),
        ErrorKind::UnclosedQuotedScalar => (
            "the quote that opens here is never closed".to_owned(),
            "close it; inside '…' a quote is written twice, inside \"…\" as `\\\"`",
        ),
        ErrorKind::UnclosedFlowCollection { open } => (
            format!("the `{open}` is never closed"),
            "the file looks cut off, or the bracket is one too many",
        ),
        ErrorKind::MappingValueNotAllowed => (
            "a second `: ` on one line".to_owned(),
            "write the text in quotes if the colon is part of it; check the indentation if it is not",
        ),
        ErrorKind::UnexpectedCharacter { character } => (
            format!("no value can start with `{}`", character.escape_debug()),
            "write the text in quotes",
        ),
        ErrorKind::SimpleKeyExpected
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation => (
            error.kind().to_string(),
            "check that this line is indented like its siblings, and that its key ends in `: `",
        ),
        kind => (
            kind.to_string(),
            "the YAML is malformed at this place, or just before it",
        ),
    };
    Flaw::new(at, message).help(help).syntactic()
}
