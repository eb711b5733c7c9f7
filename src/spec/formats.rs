//! `format`: the names with a language of their own.

use super::dialect::Draft;
use crate::inclusion::Types;

/// Formats with a defined language, and the type they bear on.
const LANGUAGES: [(&str, Types); 10] = [
    ("int32", Types::NUMBER),
    ("int64", Types::NUMBER),
    ("date", Types::STRING),
    ("date-time", Types::STRING),
    ("uuid", Types::STRING),
    ("ipv4", Types::STRING),
    ("ipv6", Types::STRING),
    ("email", Types::STRING),
    ("uri", Types::STRING),
    ("hostname", Types::STRING),
];

/// Formats that validators of JSON Schema know, and since which draft.
const ASSERTED: [(&str, Draft); 17] = [
    ("date", Draft::D4),
    ("date-time", Draft::D4),
    ("duration", Draft::D2019),
    ("email", Draft::D4),
    ("hostname", Draft::D4),
    ("ipv4", Draft::D4),
    ("ipv6", Draft::D4),
    ("iri", Draft::D7),
    ("iri-reference", Draft::D7),
    ("json-pointer", Draft::D6),
    ("regex", Draft::D4),
    ("relative-json-pointer", Draft::D7),
    ("time", Draft::D4),
    ("uri", Draft::D4),
    ("uri-reference", Draft::D6),
    ("uri-template", Draft::D6),
    ("uuid", Draft::D2019),
];

/// The type that a format with a language bears on.
#[must_use]
pub fn language(format: &str) -> Option<Types> {
    let known = LANGUAGES.iter().find(|(name, _)| *name == format);
    known.map(|(_, types)| *types)
}

/// Whether a validator of this draft checks a format when asked to.
#[must_use]
pub(super) fn asserted(draft: Draft, format: &str) -> bool {
    let mut known = ASSERTED.iter();
    known.any(|(name, since)| *name == format && draft >= *since)
}
