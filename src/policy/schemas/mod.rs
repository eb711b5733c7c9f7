//! The JSON Schemas of governance files, for editors and other tools.

use super::files::FileKind;

#[cfg(test)]
mod tests;

/// JSON Schema 2020-12 of a kind of file. What one file alone can contradict in words of the schema language it refuses; the
/// reader refuses more, as days that do not exist and teams that are not there.
#[must_use]
pub const fn schema(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Policy => include_str!("policy.json"),
        FileKind::Consumers => include_str!("consumers.json"),
        FileKind::Usage => include_str!("usage.json"),
        FileKind::Deprecations => include_str!("deprecations.json"),
        FileKind::Signoff => include_str!("signoff.json"),
        FileKind::Waiver => include_str!("waiver.json"),
        FileKind::Request => include_str!("request.json"),
        FileKind::Baseline => include_str!("baseline.json"),
    }
}
