//! Exact numbers.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, Zero as _};
use std::{fmt, str::FromStr as _};

/// The largest power of ten that is written out as digits.
const LARGEST_EXPONENT: i64 = 10_000;

/// An exact number. Every number of a document is a finite decimal, and so is every number this crate makes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rational(BigRational);

impl Rational {
    /// Reads a decimal number; `None` for anything else, and for exponents beyond 10,000.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = BigInt::from_str(&format!("{whole}{fraction}")).ok()?;
        let places = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
        if places.abs() > LARGEST_EXPONENT {
            return None;
        }
        let ten = BigInt::from(10).pow(u32::try_from(places.unsigned_abs()).ok()?);
        Some(Self(if places < 0 {
            BigRational::new(digits, ten)
        } else {
            BigRational::from_integer(digits * ten)
        }))
    }

    /// A fraction in lowest terms.
    #[must_use]
    pub fn exact(&self) -> &BigRational {
        &self.0
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.0.is_integer()
    }

    /// Whether it is a multiple of another number, which is not zero.
    #[must_use]
    pub fn is_multiple_of(&self, other: &Self) -> bool {
        !other.0.is_zero() && (&self.0 / &other.0).is_integer()
    }

    /// The JSON number.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Number {
        // The text of a decimal is always a JSON number.
        serde_json::Number::from_str(&self.to_string()).unwrap_or_else(|_| 0.into())
    }
}

impl From<BigRational> for Rational {
    fn from(number: BigRational) -> Self {
        Self(number)
    }
}

impl From<i64> for Rational {
    fn from(number: i64) -> Self {
        Self(BigRational::from_integer(number.into()))
    }
}

impl From<u64> for Rational {
    fn from(number: u64) -> Self {
        Self(BigRational::from_integer(number.into()))
    }
}

impl fmt::Display for Rational {
    /// Digits with a point where needed, never an exponent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_integer() {
            return write!(f, "{}", self.0.numer());
        }
        // A decimal's denominator divides a power of ten: count how far.
        let (mut places, mut ten) = (0_usize, BigInt::one());
        while !(&ten % self.0.denom()).is_zero() && places < 20_000 {
            ten *= 10;
            places += 1;
        }
        let digits = (self.0.numer().abs() * &ten / self.0.denom()).to_string();
        let digits = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let sign = if self.0.is_negative() { "-" } else { "" };
        write!(f, "{sign}{whole}.{fraction}")
    }
}
