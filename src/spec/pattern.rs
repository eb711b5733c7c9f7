//! `patternProperties`: does a pattern name a member?

use fancy_regex::RegexBuilder;

/// Steps a match may take before it counts as undecided.
const BACKTRACKS: usize = 100_000;

/// Whether a member's name matches an (unanchored) pattern; `None` when the pattern does not compile or takes too long.
#[must_use]
pub fn member_matches(pattern: &str, name: &str) -> Option<bool> {
    let regex = RegexBuilder::new(pattern)
        .backtrack_limit(BACKTRACKS)
        .build()
        .ok()?;
    regex.is_match(name).ok()
}

/// Why a pattern does not compile, in the engine's words.
#[must_use]
pub fn pattern_error(pattern: &str) -> Option<String> {
    RegexBuilder::new(pattern)
        .build()
        .err()
        .map(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_anywhere_and_gives_up_in_time() {
        assert_eq!(member_matches("^x-", "x-id"), Some(true));
        assert_eq!(member_matches("id", "x-id"), Some(true));
        assert_eq!(member_matches(r"^(a|aa)+\1b$", &"a".repeat(60)), None);
        assert_eq!(member_matches("(", "x"), None);
        assert!(pattern_error("(").is_some());
    }
}
