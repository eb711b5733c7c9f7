//! What is not regular is left to a matcher, and what has no language to the validator.

use fancy_regex::{Regex, RegexBuilder};
use serde_json::json;

/// How often the matcher may turn back.
const BACKTRACKS: usize = 100_000;

/// Formats that the validator knows in every draft alike.
const CHECKED: &[&str] = &[
    "date",
    "time",
    "date-time",
    "duration",
    "uuid",
    "ipv4",
    "ipv6",
    "email",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uri-template",
    "regex",
    "json-pointer",
    "relative-json-pointer",
];

/// Says of one text at a time whether it belongs.
#[derive(Debug)]
pub(super) enum Checker {
    /// A pattern that is not regular.
    Pattern(Box<Regex>),
    /// A schema with one format.
    Format(Box<jsonschema::Validator>),
}

impl Checker {
    /// A matcher for a pattern of ECMA-262; none where it is read in another way.
    pub(super) fn pattern(pattern: &str) -> Option<Self> {
        // The matcher gives these a meaning inside classes that ECMA-262 does not.
        if ["&&", "--", "~~", "[["]
            .iter()
            .any(|mark| pattern.contains(mark))
        {
            return None;
        }
        let regex = RegexBuilder::new(pattern)
            .backtrack_limit(BACKTRACKS)
            .build()
            .ok()?;
        Some(Self::Pattern(Box::new(regex)))
    }

    /// The validator for a format, where all drafts agree on it.
    pub(super) fn format(name: &str) -> Option<Self> {
        if !CHECKED.contains(&name) {
            return None;
        }
        let validator = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(&json!({ "format": name }))
            .ok()?;
        Some(Self::Format(Box::new(validator)))
    }

    /// Whether a text belongs.
    pub(super) fn matches(&self, text: &str) -> Option<bool> {
        match self {
            // Beyond ASCII the matcher's `\d`, `\w`, and `\s` are not those of ECMA-262, nor is its `.` at a line's end.
            Self::Pattern(_) if !text.is_ascii() || text.contains('\r') => None,
            Self::Pattern(regex) => regex.is_match(text).ok(),
            Self::Format(validator) => Some(validator.is_valid(&json!(text))),
        }
    }
}
