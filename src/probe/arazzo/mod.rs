//! Arazzo 1.0 and 1.1 documents, lowered to the same workflows as scenarios; what cannot be run is refused where it stands.

mod actions;
mod condition;
mod criteria;
mod document;
mod object;
mod runtime;
mod step;
#[cfg(test)]
mod tests;
mod workflow;

use super::workflow::Scenario;
use crate::text::Position;
use crate::tree::fields::{Fault, Form};
use document::Document;

/// How a `JSONPath` criterion is applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JsonPathMode {
    /// To the value itself, as Arazzo 1.1 says.
    #[default]
    Strict,
    /// To the value in an array, so that `$[?…]` filters the value, as tools before 1.1 do.
    Wrapped,
}

/// Something that other tools read in another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// `arazzo-jsonpath-root-filter` or `arazzo-jsonpath-existence`.
    pub rule: &'static str,
    /// Where it stands.
    pub position: Position,
    /// A lower-case fragment.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// Reads a document.
///
/// # Errors
/// All that is wrong with it, and all that cannot be run: `XPath`, `AsyncAPI`, and workflows of other documents.
pub fn read(
    name: &str,
    bytes: &[u8],
    mode: JsonPathMode,
) -> Result<(Scenario, Vec<Lint>), Vec<Fault>> {
    Form::read(name, bytes, |root| {
        Some(Document::new(root, mode)?.lower(name))
    })
}
