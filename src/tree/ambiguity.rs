//! Plain scalars that YAML 1.1, which many tools still read, takes for something else.

use super::{
    node::Kind,
    scalar::{Scalar, resolve},
};
use crate::text::{Decimal, radix_to_decimal};
use std::fmt;

/// A plain scalar and what the two versions of YAML read in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambiguity {
    /// The scalar as written.
    pub written: String,
    /// What YAML 1.2 reads, which is what the tree has.
    pub core: Reading,
    /// What YAML 1.1 reads.
    pub legacy: Reading,
}

/// A scalar's type and its value, as JSON writes it but without quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The type.
    pub kind: Kind,
    /// The value.
    pub value: String,
}

impl Ambiguity {
    /// Compares what both versions read in a plain scalar; `None` if they agree, and for dates, which
    /// everybody takes for strings in the end.
    pub(super) fn of(text: &str) -> Option<Self> {
        // Only words of three letters and what looks like a number can differ.
        let first = *text.as_bytes().first()?;
        if !matches!(first, b'0'..=b'9' | b'+' | b'-' | b'.') && text.len() > 3 {
            return None;
        }
        let reading = |kind, value: &str| Reading {
            kind,
            value: value.to_owned(),
        };
        let core = match resolve(text) {
            Scalar::Number(number) => reading(Kind::Number, &number),
            Scalar::String => reading(Kind::String, text),
            // Both versions agree on these.
            Scalar::Null | Scalar::Bool(_) | Scalar::NotFinite => return None,
        };
        let legacy = match text {
            "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => reading(Kind::Bool, "true"),
            "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => reading(Kind::Bool, "false"),
            _ => match legacy_number(text) {
                Some(number) => reading(Kind::Number, &number),
                None => reading(Kind::String, text),
            },
        };
        let value = |reading: &Reading| Decimal::parse(&reading.value);
        let agree = core.kind == legacy.kind
            && (core.value == legacy.value
                || (core.kind == Kind::Number && value(&core) == value(&legacy)));
        (!agree).then(|| Self {
            written: text.to_owned(),
            core,
            legacy,
        })
    }
}

impl fmt::Display for Ambiguity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            written,
            core,
            legacy,
        } = self;
        write!(
            f,
            "`{written}` is {core} in YAML 1.2 but {legacy} in YAML 1.1"
        )
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, value } = self;
        match kind {
            Kind::String => write!(f, "the string \"{value}\""),
            Kind::Number => write!(f, "the number {value}"),
            Kind::Bool => write!(f, "the boolean {value}"),
            Kind::Null | Kind::Seq | Kind::Map => f.write_str(kind.name()),
        }
    }
}

/// The number that YAML 1.1 reads (yaml.org/type/int.html, float.html), in decimal.
fn legacy_number(text: &str) -> Option<String> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let digits = |text: &str| -> String { text.chars().filter(|c| *c != '_').collect() };
    let in_base = |text: &str, base| radix_to_decimal(&digits(text), base);
    let whole = if let Some(binary) = unsigned.strip_prefix("0b") {
        in_base(binary, 2)
    } else if let Some(hexadecimal) = unsigned.strip_prefix("0x") {
        in_base(hexadecimal, 16)
    } else if unsigned.contains(':') {
        sexagesimal(unsigned)
    } else if unsigned.contains('.') {
        float(&digits(unsigned))
    } else if unsigned.len() > 1 && unsigned.starts_with('0') {
        in_base(unsigned, 8)
    } else {
        Some(digits(unsigned)).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))
    };
    whole.map(|whole| format!("{sign}{whole}"))
}

/// `1.5e+3`: there must be a point, and the exponent must have a sign.
fn float(text: &str) -> Option<String> {
    if let Some((_, exponent)) = text.split_once(['e', 'E'])
        && !exponent.starts_with(['+', '-'])
    {
        return None;
    }
    Decimal::parse(text).map(|_| text.to_owned())
}

/// `1:30` is 90: digits in base 60, the last part may have a fraction.
fn sexagesimal(text: &str) -> Option<String> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (text, String::new()),
    };
    let mut parts = whole.split(':');
    let first = parts.next()?;
    // Whole numbers in base 60 do not start with a zero; `09:30` is a string in both versions.
    if (first.starts_with('0') && fraction.is_empty())
        || !digits_only(&fraction.replace(['.', '_'], ""))
    {
        return None;
    }
    let mut value: u128 = first.replace('_', "").parse().ok()?;
    for part in parts {
        let part = part
            .parse::<u8>()
            .ok()
            .filter(|_| part.len() <= 2 && digits_only(part))?;
        if part > 59 {
            return None;
        }
        value = value.checked_mul(60)?.checked_add(u128::from(part))?;
    }
    Some(format!("{value}{}", fraction.replace('_', "")))
}

fn digits_only(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_versions_read_differently_is_told() {
        for (text, told) in [
            (
                "no",
                "`no` is the string \"no\" in YAML 1.2 but the boolean false in YAML 1.1",
            ),
            (
                "0777",
                "`0777` is the number 777 in YAML 1.2 but the number 511 in YAML 1.1",
            ),
            (
                "1_000",
                "`1_000` is the string \"1_000\" in YAML 1.2 but the number 1000 in YAML 1.1",
            ),
            (
                "1:30",
                "`1:30` is the string \"1:30\" in YAML 1.2 but the number 90 in YAML 1.1",
            ),
            (
                "0o17",
                "`0o17` is the number 15 in YAML 1.2 but the string \"0o17\" in YAML 1.1",
            ),
        ] {
            assert_eq!(
                Ambiguity::of(text).map(|both| both.to_string()).as_deref(),
                Some(told)
            );
        }
        for text in [
            "y",
            "OFF",
            "012345678",
            "0.16001e0",
            "1e5",
            "0b11",
            "-0x1F",
            "190:20:30.15",
            "1_0.5",
            "-0b1",
        ] {
            assert!(Ambiguity::of(text).is_some(), "{text}");
        }
    }

    #[test]
    fn what_the_versions_agree_on_is_not() {
        for text in [
            "",
            "~",
            "null",
            "true",
            "False",
            "12",
            "-1",
            "+1",
            "0",
            "00",
            "007",
            "1.5",
            "1.50",
            ".5",
            "5.",
            "1.5e+3",
            "0x1F",
            ".inf",
            "2020-01-01",
            "2020-01-01T10:00:00Z",
            "09:30",
            "10:99",
            "1.2.3",
            "yep",
            "-",
            "+",
            ".",
            "..",
            "north",
            "1:2:x",
            "v1",
            "123abc",
            "é",
            "+1:",
        ] {
            assert_eq!(Ambiguity::of(text), None, "{text}");
        }
    }
}
