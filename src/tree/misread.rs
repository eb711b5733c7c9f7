//! What the YAML parser finds wrong, in our words, and what to do about it.

use super::{build::too_deep, error::Flaw, parse::offset};
use granit_parser::{ErrorKind, ScanError};

/// The parser's complaint about a source that it sees from `start` on.
pub(super) fn misread(error: &ScanError, source: &str, start: usize) -> Flaw {
    let at = error.marker().byte_offset().unwrap_or_default() + start;
    let at = at.min(source.len());
    // The parser points at the start of the value that a tab interrupts.
    let tab = source
        .get(at..)
        .and_then(|rest| rest.find('\t'))
        .unwrap_or(0);
    let (at, tab) = (offset(at), offset(at + tab));
    let (message, help) = match error.kind() {
        ErrorKind::RecursionLimitExceeded => return too_deep(at),
        ErrorKind::UnknownAnchor => (
            "this alias names no anchor above it".to_owned(),
            "define the anchor (`&name`) before its first use (`*name`), or write the text in quotes",
        ),
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar => {
            return Flaw::new(tab, "a tab where YAML wants spaces")
                .help("YAML is indented by spaces only; replace the tab")
                .syntactic();
        }
        ErrorKind::InvalidQuotedScalarIndent if at < offset(source.trim_end().len()) => (
            "a quoted text goes on in a line that is not indented".to_owned(),
            "close the quote, or indent the line below its key",
        ),
        ErrorKind::InvalidQuotedScalarIndent => (
            "the file ends inside a quoted text".to_owned(),
            "close the quote; if the file looks cut off, fetch or generate it again",
        ),
        ErrorKind::UnclosedQuotedScalar => (
            "the quote that opens here is never closed".to_owned(),
            "close it; inside '…' a quote is written twice, inside \"…\" as `\\\"`",
        ),
        ErrorKind::UnclosedFlowCollection { open } => (
            format!("the `{open}` is never closed"),
            "the file looks cut off, or the bracket is one too many",
        ),
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => (
            "a colon where no key can end".to_owned(),
            "write the text in quotes if the colon is part of it; else check the indentation, and what the lines above left open",
        ),
        ErrorKind::UnexpectedCharacter { character: '`' } => (
            "no value can start with a backtick".to_owned(),
            "write the text in quotes",
        ),
        ErrorKind::UnexpectedCharacter { character } => (
            format!("no value can start with `{}`", character.escape_debug()),
            "write the text in quotes",
        ),
        ErrorKind::BlockSequenceEntryNotAllowed => (
            "a list cannot start here".to_owned(),
            "start it on a line of its own; write the text in quotes if the dash is part of it",
        ),
        ErrorKind::MissingAnchorOrAliasName => (
            "a `*` or `&` without a name".to_owned(),
            "write the text in quotes if the sign is part of it",
        ),
        ErrorKind::UnknownQuotedScalarEscape => (
            "this quoted text has an escape that YAML does not have".to_owned(),
            "write a backslash as `\\\\`, or put the text in single quotes",
        ),
        ErrorKind::MisplacedFlowCollectionEnd => (
            "a closing bracket without an opening one".to_owned(),
            "remove it, or look for the bracket that closed too early",
        ),
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry => (
            "this line belongs neither to the block above nor to one around it".to_owned(),
            "indent it like its siblings; a key ends in `: `, an item starts with `- `",
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidIndentation => (
            "this line is no key, or is not indented like its siblings".to_owned(),
            "indent it like its siblings; a key ends in `: `",
        ),
        kind => (
            kind.to_string(),
            "the YAML is malformed at this place, or just before it",
        ),
    };
    Flaw::new(at, message).help(help).syntactic()
}
