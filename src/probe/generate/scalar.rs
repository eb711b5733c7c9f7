//! Strings and numbers that look like what they stand for.

use crate::spec::Schema;
use crate::text::Decimal;
use serde_json::Value;

/// What a format looks like; addresses are those that RFC 2606, 5737, and 3849 keep for examples.
const FORMATS: [(&str, &str); 22] = [
    ("date", "2026-01-15"),
    ("date-time", "2026-01-15T12:00:00Z"),
    ("time", "12:00:00Z"),
    ("duration", "PT1H"),
    ("uuid", "7d44a1f0-2c1b-4c55-9e0b-3f6f2f0f8a11"),
    ("email", "probe@example.com"),
    ("idn-email", "probe@example.com"),
    ("uri", "https://example.com/probe"),
    ("url", "https://example.com/probe"),
    ("iri", "https://example.com/probe"),
    ("uri-reference", "/probe"),
    ("iri-reference", "/probe"),
    ("uri-template", "/probe/{id}"),
    ("hostname", "example.com"),
    ("idn-hostname", "example.com"),
    ("ipv4", "192.0.2.1"),
    ("ipv6", "2001:db8::1"),
    ("byte", "cHJvYmU="),
    ("json-pointer", "/probe"),
    ("relative-json-pointer", "0/probe"),
    ("regex", "^probe$"),
    ("password", "probe-Passw0rd"),
];

/// The word that fills what says nothing of itself.
const WORD: &str = "probe";

/// A string by its format and length; `None` where a pattern decides.
pub(super) fn string(schema: &Schema<'_>) -> Option<Value> {
    if !schema.patterns.is_empty() {
        return None;
    }
    for (format, _) in &schema.formats {
        if let Some((_, text)) = FORMATS.iter().find(|(name, _)| name == format) {
            return Some(Value::from(*text));
        }
    }
    let count = |keyword| schema.count(keyword).and_then(|(count, _)| count.as_u64());
    let least = usize::try_from(count("minLength").unwrap_or_default()).ok()?;
    let most = count("maxLength").and_then(|most| usize::try_from(most).ok());
    let mut text = WORD.to_owned();
    // Longer texts are not worth sending.
    if least > 10_000 {
        return None;
    }
    while text.len() < least {
        text.push('-');
        text.push_str(WORD);
    }
    let longest = most.unwrap_or(usize::MAX).min(least.max(WORD.len()));
    text.truncate(longest);
    Some(Value::from(text))
}

/// A number within its bounds: 1 if it may be, else the nearest whole number, else the bound itself.
pub(super) fn number(schema: &Schema<'_>) -> Option<Value> {
    if !schema.multiples.is_empty() {
        return None;
    }
    let within = |number: &Decimal| {
        let above = schema.lower.as_ref().is_none_or(|bound| {
            *number > bound.value || (!bound.exclusive && *number == bound.value)
        });
        let below = schema.upper.as_ref().is_none_or(|bound| {
            *number < bound.value || (!bound.exclusive && *number == bound.value)
        });
        above && below
    };
    let mut candidates = vec![Decimal::from(1), Decimal::from(0)];
    for bound in [&schema.lower, &schema.upper].into_iter().flatten() {
        candidates.push(bound.value.clone());
        if let Ok(whole) = bound.value.to_string().parse::<i64>() {
            let beside = [whole.saturating_add(1), whole.saturating_sub(1)];
            candidates.extend(
                beside
                    .iter()
                    .filter_map(|one| Decimal::parse(&one.to_string())),
            );
        }
    }
    let number = candidates.into_iter().find(within)?;
    serde_json::from_str(&number.to_string()).ok()
}
