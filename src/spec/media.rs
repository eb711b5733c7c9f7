//! Media types and ranges: RFC 9110 section 8.3.1 and 12.5.1, structured suffixes of RFC 6839.

use std::fmt;

/// A media type, or a range of them, in lower case with its parameters sorted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MediaRange {
    /// `application`, or `*`.
    kind: String,
    /// `vnd.api+json`, or `*`.
    subtype: String,
    parameters: Vec<(String, String)>,
}

impl MediaRange {
    /// Reads `type/subtype; name=value`. Anything else is kept as it is and equals only itself.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut parts = text.split(';');
        let essence = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let (kind, subtype) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
        let mut parameters: Vec<_> = parts
            .filter_map(|part| {
                let (name, value) = part.split_once('=').unwrap_or((part, ""));
                let name = name.trim().to_ascii_lowercase();
                let value = value.trim().trim_matches('"');
                // RFC 9110 8.3.2: charset names compare without case.
                let value = if name == "charset" {
                    value.to_ascii_lowercase()
                } else {
                    value.to_owned()
                };
                (!name.is_empty()).then_some((name, value))
            })
            .collect();
        parameters.sort();
        Self {
            kind: kind.to_owned(),
            subtype: subtype.to_owned(),
            parameters,
        }
    }

    /// Whether every media type of `other` is one of `self`.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        (self.kind == "*" || self.kind == other.kind)
            && (self.subtype == "*" || self.subtype == other.subtype)
            && self
                .parameters
                .iter()
                .all(|parameter| other.parameters.contains(parameter))
    }

    /// Whether both are written in the same syntax: `application/json` and `application/problem+json` are.
    #[must_use]
    pub fn same_syntax(&self, other: &Self) -> bool {
        self.syntax().is_some() && self.syntax() == other.syntax()
    }

    fn syntax(&self) -> Option<&str> {
        if let Some((_, suffix)) = self.subtype.rsplit_once('+') {
            return Some(suffix);
        }
        // Some are older than suffixes: `x-json`, `x-amz-json-1.1`.
        let is_version = |c: char| c.is_ascii_digit() || c == '.';
        let plain = self.subtype.trim_end_matches(is_version);
        let last = plain.trim_end_matches('-').rsplit('-').next();
        ["json", "xml", "cbor", "yaml"]
            .into_iter()
            .find(|name| Some(*name) == last)
    }

    /// Whether it is JSON, which is UTF-8 whatever a charset says (RFC 8259 8.1).
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.syntax() == Some("json")
    }

    /// The same without its `charset`.
    #[must_use]
    pub fn without_charset(&self) -> Self {
        let mut plain = self.clone();
        plain.parameters.retain(|(name, _)| name != "charset");
        plain
    }

    /// Whether it is a form, whose members have encodings.
    #[must_use]
    pub fn is_form(&self) -> bool {
        (self.kind == "application" && self.subtype == "x-www-form-urlencoded")
            || self.kind == "multipart"
    }
}

impl fmt::Display for MediaRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)?;
        if !self.subtype.is_empty() {
            write!(f, "/{}", self.subtype)?;
        }
        for (name, value) in &self.parameters {
            write!(f, ";{name}={value}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::MediaRange;

    #[test]
    fn a_range_covers_what_it_says_and_case_does_not_matter() {
        let covers =
            |range: &str, media: &str| MediaRange::parse(range).covers(&MediaRange::parse(media));
        assert!(covers("*/*", "application/json"));
        assert!(covers("application/*", "Application/JSON; charset=UTF-8"));
        assert!(covers(
            "application/json",
            "application/json; charset=utf-8"
        ));
        assert!(!covers(
            "application/json; charset=utf-8",
            "application/json"
        ));
        assert!(!covers("text/*", "application/json"));
        assert!(!covers("application/json", "application/problem+json"));
    }

    #[test]
    fn a_suffix_names_the_syntax() {
        let same = |a: &str, b: &str| MediaRange::parse(a).same_syntax(&MediaRange::parse(b));
        assert!(same("application/json", "application/vnd.acme.v2+json"));
        assert!(same("application/json", "application/x-amz-json-1.1"));
        assert!(same("application/json", "text/x-json"));
        assert!(!same("application/json", "application/json-seq"));
        assert!(!same("application/json", "application/xml"));
        assert!(!same("image/png", "image/png"));
    }
}
