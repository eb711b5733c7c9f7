//! What YAML 1.2 takes a plain scalar for: the core schema.

use crate::text::radix_to_decimal;
use std::borrow::Cow;

/// The meaning of a plain scalar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scalar<'a> {
    Null,
    Bool(bool),
    /// The number as JSON would write it.
    Number(Cow<'a, str>),
    /// An infinity, or not a number at all.
    NotFinite,
    String,
}

/// Resolves a plain scalar by section 10.3.2 of YAML 1.2.2.
pub(super) fn resolve(text: &str) -> Scalar<'_> {
    match text.as_bytes() {
        [] | b"~" | b"null" | b"Null" | b"NULL" => Scalar::Null,
        b"true" | b"True" | b"TRUE" => Scalar::Bool(true),
        b"false" | b"False" | b"FALSE" => Scalar::Bool(false),
        [b'0', b'o', digits @ ..] if digits.iter().all(|digit| matches!(digit, b'0'..=b'7')) => {
            radix(&text[2..], 8)
        }
        [b'0', b'x', digits @ ..] if digits.iter().all(u8::is_ascii_hexdigit) => {
            radix(&text[2..], 16)
        }
        [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => decimal(text),
        _ => Scalar::String,
    }
}

fn radix(digits: &str, radix: u32) -> Scalar<'static> {
    radix_to_decimal(digits, radix).map_or(Scalar::String, |number| Scalar::Number(number.into()))
}

fn decimal(text: &str) -> Scalar<'_> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if let ".inf" | ".Inf" | ".INF" = unsigned {
        return Scalar::NotFinite;
    }
    if let ".nan" | ".NaN" | ".NAN" = text {
        return Scalar::NotFinite;
    }
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => unsigned.split_at(at),
        None => (unsigned, ""),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let power = exponent.get(1..).unwrap_or_default();
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    if !digits(whole)
        || !digits(fraction)
        || (whole.is_empty() && fraction.is_empty())
        || !digits(power)
        || exponent.is_empty() != power.is_empty()
    {
        return Scalar::String;
    }
    let padded = whole.len() > 1 && whole.starts_with('0');
    if !padded
        && !whole.is_empty()
        && !text.starts_with('+')
        && fraction.is_empty() != mantissa.contains('.')
    {
        return Scalar::Number(Cow::Borrowed(text));
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let point = if fraction.is_empty() { "" } else { "." };
    Scalar::Number(Cow::Owned(format!(
        "{sign}{whole}{point}{fraction}{exponent}"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_as_json_would_write_them() {
        for (text, number) in [
            ("12", "12"),
            ("-0", "-0"),
            ("+1", "1"),
            ("0777", "777"),
            ("-007.50", "-7.50"),
            ("00", "0"),
            (".5", "0.5"),
            ("-.5e3", "-0.5e3"),
            ("5.", "5"),
            ("1.e+2", "1e+2"),
            ("1E-2", "1E-2"),
            ("0o17", "15"),
            ("0x1F", "31"),
            ("0xFFFFFFFFFFFFFFFFFF", "4722366482869645213695"),
        ] {
            assert_eq!(resolve(text), Scalar::Number(number.into()), "{text}");
        }
    }

    #[test]
    fn other_plain_scalars_are_strings() {
        for text in [
            "no",
            "on",
            "Yes",
            "y",
            "1_000",
            "1:30",
            "0b11",
            "0o8",
            "-0x1F",
            "0x",
            "1e",
            "e5",
            "+",
            "-",
            ".",
            "..",
            "1.2.3",
            "2020-01-01",
            "nULL",
            "tRUE",
            "-.nan",
            "1e5e5",
            "12e+",
        ] {
            assert_eq!(resolve(text), Scalar::String, "{text}");
        }
        assert_eq!(resolve("-.INF"), Scalar::NotFinite);
        assert_eq!(resolve("~"), Scalar::Null);
    }
}
