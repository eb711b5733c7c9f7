//! Exact decimal numbers, of any length, as JSON and YAML write them.

use std::{
    borrow::Cow,
    cmp::Ordering,
    fmt::{self, Write as _},
    iter,
};

/// The most digits that a `u64` always holds.
const SHORT: usize = 19;

/// The largest exponent that leaves room to add the number of digits of any file to it.
const EXPONENT: i64 = 1_000_000_000_000_000_000;

/// An exact number: digits times a power of ten, normalised, so that `1.0`, `1`, and `10e-1` are equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    pub(super) negative: bool,
    pub(super) exponent: i64,
    pub(super) digits: Digits,
}

/// Digits without zeros at either end; up to [`SHORT`] of them are always `Short`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Digits {
    Short(u64),
    Long(Box<str>),
}

impl Digits {
    pub(super) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Short(number) => Cow::Owned(number.to_string()),
            Self::Long(digits) => Cow::Borrowed(digits),
        }
    }
}

impl Decimal {
    /// Reads a decimal number; `None` for anything else, and for exponents beyond 18 digits.
    ///
    /// A leading `+`, leading zeros, and a bare point (`.5`, `5.`) are allowed, as in YAML.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (unsigned, None),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
            return None;
        }
        let written = exponent.map_or("0", |text| text.strip_prefix(['+', '-']).unwrap_or(text));
        if written.is_empty() || !digits(written) {
            return None;
        }
        let (digits, places) = significant(whole, fraction);
        if digits.is_empty() {
            return Some(Self::from(0));
        }
        let written: i64 = written.parse().ok().filter(|size| *size < EXPONENT)?;
        let written = match exponent {
            Some(text) if text.starts_with('-') => -written,
            _ => written,
        };
        let digits = match digits.parse() {
            Ok(short) if digits.len() <= SHORT => Digits::Short(short),
            _ => Digits::Long(digits.into()),
        };
        Some(Self {
            negative,
            exponent: written + places,
            digits,
        })
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.digits == Digits::Short(0)
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Whether nothing follows the decimal point: `1.0` and `1e3` are integers.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// The value as a `u64`, if it is one.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        let text = self.digits.text();
        if self.negative {
            return None;
        }
        let power = 10_u64.checked_pow(u32::try_from(self.exponent).ok()?)?;
        text.parse::<u64>().ok()?.checked_mul(power)
    }

    /// The power of ten just above the number: 0.25 has 0, 2.5 has 1.
    fn magnitude(&self, digits: &str) -> i64 {
        self.exponent + i64::try_from(digits.len()).unwrap_or(EXPONENT)
    }
}

/// The digits from the first to the last that is not zero, and the exponent that goes with them.
fn significant<'a>(whole: &'a str, fraction: &'a str) -> (Cow<'a, str>, i64) {
    let size = |text: &str| i64::try_from(text.len()).unwrap_or(EXPONENT);
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        let digits = whole.trim_end_matches('0');
        (Cow::Borrowed(digits), size(whole) - size(digits))
    } else if whole.is_empty() {
        let digits = fraction.trim_start_matches('0');
        (Cow::Borrowed(digits), -size(fraction))
    } else {
        (Cow::Owned(format!("{whole}{fraction}")), -size(fraction))
    }
}

impl From<u64> for Decimal {
    fn from(number: u64) -> Self {
        let mut digits = number;
        let mut exponent = 0;
        while digits != 0 && digits.is_multiple_of(10) {
            digits /= 10;
            exponent += 1;
        }
        let digits = match digits {
            // Twenty digits are long, whatever a u64 holds: one value, one form.
            10_000_000_000_000_000_000.. => Digits::Long(digits.to_string().into()),
            _ => Digits::Short(digits),
        };
        Self {
            negative: false,
            exponent,
            digits,
        }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match number {
            zero if zero.is_zero() => 0,
            number if number.negative => -1,
            _ => 1,
        };
        let (here, there) = (sign(self), sign(other));
        if here != there || here == 0 {
            return here.cmp(&there);
        }
        let (mine, theirs) = (self.digits.text(), other.digits.text());
        // Without zeros at the ends, equal magnitudes make the order of digits the order of texts.
        let order = self
            .magnitude(&mine)
            .cmp(&other.magnitude(&theirs))
            .then_with(|| mine.cmp(&theirs));
        if self.negative {
            order.reverse()
        } else {
            order
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Writes one text per value, in the form of RFC 8785 but with every digit: `1000`, `0.001`, `1e+21`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits.text();
        if self.negative {
            f.write_str("-")?;
        }
        let zeros = |count: i64| iter::repeat_n('0', usize::try_from(count).unwrap_or(0));
        match self.magnitude(&digits) {
            magnitude @ 1..=21 if self.exponent >= 0 => {
                let zeros: String = zeros(self.exponent).collect();
                debug_assert!(magnitude >= self.exponent);
                write!(f, "{digits}{zeros}")
            }
            magnitude @ 1..=21 => {
                let point = usize::try_from(magnitude).unwrap_or(0);
                write!(f, "{}.{}", &digits[..point], &digits[point..])
            }
            magnitude @ -5..=0 => {
                let zeros: String = zeros(-magnitude).collect();
                write!(f, "0.{zeros}{digits}")
            }
            magnitude => {
                let (first, rest) = digits.split_at(1);
                let point = if rest.is_empty() { "" } else { "." };
                write!(f, "{first}{point}{rest}e{:+}", magnitude - 1)
            }
        }
    }
}

/// The decimal digits of a whole number in another base, `1F` of base 16 for one; `None` when a digit is
/// wrong, or there are more than 1,000 of them.
#[must_use]
pub fn radix_to_decimal(digits: &str, radix: u32) -> Option<String> {
    const LIMB: u64 = 1_000_000_000;
    if digits.is_empty() || digits.len() > 1000 {
        return None;
    }
    let mut limbs: Vec<u64> = vec![0];
    for digit in digits.chars() {
        let mut carry = u64::from(digit.to_digit(radix)?);
        for limb in &mut limbs {
            let grown = *limb * u64::from(radix) + carry;
            *limb = grown % LIMB;
            carry = grown / LIMB;
        }
        if carry > 0 {
            limbs.push(carry);
        }
    }
    let mut all = String::with_capacity(limbs.len() * 9);
    for limb in limbs.iter().rev() {
        write!(all, "{limb:09}").ok()?;
    }
    let trimmed = all.trim_start_matches('0');
    Some(if trimmed.is_empty() { "0" } else { trimmed }.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
    }

    #[test]
    fn one_value_has_one_form() {
        for (one, other) in [
            ("1.0", "1"),
            ("1e0", "10e-1"),
            ("-0", "0"),
            ("0e99999999999999999999", "0.00"),
            ("+.5", "0.50"),
            ("007.", "7"),
            ("1e999999999", "0.1E+1000000000"),
            ("18446744073709551615", "1844674407370955161.5e1"),
        ] {
            assert_eq!(decimal(one), decimal(other), "{one} is {other}");
            assert_eq!(decimal(one).cmp(&decimal(other)), Ordering::Equal);
        }
        assert_eq!(decimal("18446744073709551615"), Decimal::from(u64::MAX));
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in [
            "", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1_0", "0x1", " 1", "--1", "ä", "1e5.0",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
        assert_eq!(Decimal::parse("1e99999999999999999999999"), None);
    }

    #[test]
    fn order_is_by_value() {
        let long = format!("1{}", "0".repeat(400));
        let rising = [
            "-1e999999999",
            "-10",
            "-9.5",
            "-1e-999999999",
            "0",
            "1e-999999999",
            "0.05",
            "0.5",
            "0.51",
            "2",
            "10",
            "18446744073709551616",
            "1e22",
            &long,
            "1e401",
            "1e999999999",
        ];
        for pair in rising.windows(2) {
            assert!(decimal(pair[0]) < decimal(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn values_are_written_in_one_way() {
        for (text, canonical) in [
            ("1.50", "1.5"),
            ("-100", "-100"),
            ("1e21", "1e+21"),
            ("1e20", "100000000000000000000"),
            ("123456789012345678901234", "1.23456789012345678901234e+23"),
            ("0.000001", "0.000001"),
            ("0.0000001", "1e-7"),
            ("1234.5e-9", "0.0000012345"),
            ("1e-999999999", "1e-999999999"),
            ("-0", "0"),
        ] {
            assert_eq!(decimal(text).to_string(), canonical);
        }
        let long = "9".repeat(400);
        assert_eq!(decimal(&decimal(&long).to_string()), decimal(&long));
    }

    #[test]
    fn integers_and_their_machine_words() {
        assert_eq!(decimal("1.2e1").as_u64(), Some(12));
        assert_eq!(decimal("18446744073709551615").as_u64(), Some(u64::MAX));
        for text in ["18446744073709551616", "1.5", "-1", "1e999999999"] {
            assert_eq!(decimal(text).as_u64(), None, "{text}");
        }
        assert!(decimal("1e999999999").is_integer() && decimal("10.0").is_integer());
        assert!(!decimal("1.01").is_integer());
    }

    #[test]
    fn other_bases_become_decimal() {
        assert_eq!(radix_to_decimal("1F", 16).as_deref(), Some("31"));
        assert_eq!(radix_to_decimal("000", 8).as_deref(), Some("0"));
        let big = radix_to_decimal("1000000000000000000000000000000000", 16);
        assert_eq!(big, Some("5444517870735015415413993718908291383296".into()));
        assert_eq!(radix_to_decimal("8", 8), None);
    }
}
