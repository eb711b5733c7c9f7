//! Places as SARIF says them.

use super::super::{escape, json::string, place::Location};
use crate::text::Position;

/// The version that a path is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    Old,
    New,
}

/// A region of one line.
pub(super) fn region(location: &Location<'_>) -> String {
    let end = location.source.locate(location.span.end);
    let start = location.position;
    let end = if end.line == start.line && end.column > start.column {
        format!(",\"endColumn\":{}", end.column)
    } else {
        String::new()
    };
    format!(
        "{{\"startLine\":{},\"startColumn\":{}{end}}}",
        start.line, start.column
    )
}

/// A region of one character.
pub(super) fn point(position: Position) -> String {
    format!(
        "{{\"startLine\":{},\"startColumn\":{}}}",
        position.line, position.column
    )
}

/// The members of a physical location.
pub(super) fn physical(root: Root, path: &str, region: &str) -> String {
    let uri = escape::uri(path);
    let base = match root {
        // A URI with a scheme has no base.
        _ if uri.contains("://") => "",
        Root::Old => ",\"uriBaseId\":\"BASEROOT\"",
        Root::New => ",\"uriBaseId\":\"SRCROOT\"",
    };
    format!(
        "\"physicalLocation\":{{\"artifactLocation\":{{\"uri\":{}{base}}},\"region\":{region}}}",
        string(&uri)
    )
}
