//! Regular expressions of scenarios, with a limit for backtracking.

use std::fmt;

/// A regular expression that compiles.
#[derive(Clone)]
pub struct Pattern {
    regex: fancy_regex::Regex,
}

impl Pattern {
    /// Compiles a text.
    ///
    /// # Errors
    /// When it is no regular expression; a lower-case fragment.
    pub fn parse(text: &str) -> Result<Self, String> {
        let regex = fancy_regex::RegexBuilder::new(text)
            .backtrack_limit(100_000)
            .build();
        regex
            .map(|regex| Self { regex })
            .map_err(|error| format!("`{text}` is not a regular expression: {error}"))
    }

    /// The expression as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.regex.as_str()
    }

    /// Whether it is found in a text; `None` where that took too many steps.
    #[must_use]
    pub fn is_in(&self, text: &str) -> Option<bool> {
        self.regex.is_match(text).ok()
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.as_str()).finish()
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}
