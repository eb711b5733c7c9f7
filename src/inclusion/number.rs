//! Exact numbers.

mod arithmetic;
#[cfg(test)]
mod tests;

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_rational::BigRational;
use num_traits::{Signed as _, ToPrimitive as _, Zero as _};
use std::{fmt, str::FromStr as _};

/// The largest power of ten that is written out as digits.
const LARGEST_EXPONENT: i64 = 10_000;

/// More digits than this are not read.
const MOST_DIGITS: usize = 20_000;

/// An exact number. Every number of a document is a finite decimal, and so is every number this crate makes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rational(Form);

/// A fraction in lowest terms, its denominator above zero; `Small` wherever both fit, so that equal numbers have one form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Form {
    Small { top: i64, bottom: i64 },
    Big(Box<BigRational>),
}

impl Rational {
    /// Nought.
    pub const ZERO: Self = Self::whole(0);
    /// One.
    pub const ONE: Self = Self::whole(1);

    /// Reads a decimal number; `None` for anything else, and for exponents beyond 10,000.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let bare = digits.strip_prefix('-').unwrap_or(&digits);
        if bare.is_empty() || bare.len() > MOST_DIGITS || !bare.bytes().all(|b| b.is_ascii_digit())
        {
            return None;
        }
        if bare.bytes().all(|digit| digit == b'0') {
            return Some(Self::ZERO);
        }
        let places = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
        if places.abs() > LARGEST_EXPONENT {
            return None;
        }
        let shift = u32::try_from(places.unsigned_abs()).ok()?;
        if let (Ok(digits), 0..=18) = (digits.parse::<i64>(), shift) {
            let ten = 10_i128.pow(shift);
            return Some(if places < 0 {
                Self::reduced(digits.into(), ten)
            } else {
                Self::reduced(i128::from(digits) * ten, 1)
            });
        }
        let (digits, ten) = (BigInt::from_str(&digits).ok()?, BigInt::from(10).pow(shift));
        Some(Self::from(if places < 0 {
            BigRational::new(digits, ten)
        } else {
            BigRational::from_integer(digits * ten)
        }))
    }

    /// A fraction in lowest terms.
    #[must_use]
    pub fn exact(&self) -> BigRational {
        match &self.0 {
            Form::Small { top, bottom } => BigRational::new_raw((*top).into(), (*bottom).into()),
            Form::Big(number) => (**number).clone(),
        }
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Form::Small { bottom, .. } => *bottom == 1,
            Form::Big(number) => number.is_integer(),
        }
    }

    /// Whether it is a multiple of another number, which is not zero.
    #[must_use]
    pub fn is_multiple_of(&self, other: &Self) -> bool {
        self.over(other).is_some_and(|ratio| ratio.is_whole())
    }

    /// Whether a double-precision reader of the shortest digits still sees this number.
    #[must_use]
    pub fn survives_double(&self) -> bool {
        if matches!(&self.0, Form::Small { top, bottom: 1 } if top.unsigned_abs() <= 1 << 53) {
            return true;
        }
        let double = self.to_string().parse::<f64>().ok();
        double.is_some_and(|double| Self::parse(&double.to_string()).as_ref() == Some(self))
    }

    /// The whole number as an unsigned one, where it is one that fits.
    #[must_use]
    pub fn to_u64(&self) -> Option<u64> {
        match &self.0 {
            Form::Small { top, bottom: 1 } => u64::try_from(*top).ok(),
            Form::Big(number) if number.is_integer() => number.numer().to_u64(),
            Form::Small { .. } | Form::Big(_) => None,
        }
    }

    /// How many digits stand behind the point; `None` for what is no finite decimal, such as a third.
    #[must_use]
    pub fn places(&self) -> Option<u64> {
        let (two, five, other) = self.denominator_factors();
        (other == BigInt::from(1)).then_some(two.max(five))
    }

    /// How often 2 and 5 divide the denominator, and what else it has.
    pub(super) fn denominator_factors(&self) -> (u64, u64, BigInt) {
        let mut rest = match &self.0 {
            Form::Small { bottom: 1, .. } => return (0, 0, BigInt::from(1)),
            Form::Small { bottom, .. } => BigInt::from(*bottom),
            Form::Big(number) => number.denom().clone(),
        };
        let two = rest.trailing_zeros().unwrap_or(0);
        rest >>= two;
        let mut five = 0;
        loop {
            let (quotient, remainder) = rest.div_rem(&BigInt::from(5));
            if !remainder.is_zero() {
                return (two, five, rest);
            }
            rest = quotient;
            five += 1;
        }
    }

    /// The JSON number.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Number {
        if let Form::Small { top, bottom: 1 } = &self.0 {
            return (*top).into();
        }
        // The text of a decimal is always a JSON number.
        serde_json::Number::from_str(&self.to_string()).unwrap_or_else(|_| 0.into())
    }

    const fn whole(number: i64) -> Self {
        Self(Form::Small {
            top: number,
            bottom: 1,
        })
    }

    /// The fraction in lowest terms; the denominator is above zero.
    fn reduced(top: i128, bottom: i128) -> Self {
        let common = if bottom == 1 { 1 } else { top.gcd(&bottom) };
        let (top, bottom) = (top / common, bottom / common);
        match (i64::try_from(top), i64::try_from(bottom)) {
            (Ok(top), Ok(bottom)) => Self(Form::Small { top, bottom }),
            _ => Self(Form::Big(Box::new(BigRational::new_raw(
                top.into(),
                bottom.into(),
            )))),
        }
    }
}

impl From<BigRational> for Rational {
    fn from(number: BigRational) -> Self {
        match (number.numer().to_i64(), number.denom().to_i64()) {
            (Some(top), Some(bottom)) => Self(Form::Small { top, bottom }),
            _ => Self(Form::Big(Box::new(number))),
        }
    }
}

impl From<BigInt> for Rational {
    fn from(number: BigInt) -> Self {
        Self::from(BigRational::from_integer(number))
    }
}

impl From<i64> for Rational {
    fn from(number: i64) -> Self {
        Self::whole(number)
    }
}

impl From<u64> for Rational {
    fn from(number: u64) -> Self {
        Self::reduced(number.into(), 1)
    }
}

impl fmt::Display for Rational {
    /// Digits with a point where needed, never an exponent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Form::Small { top, bottom: 1 } = &self.0 {
            return write!(f, "{top}");
        }
        let exact = self.exact();
        if exact.is_integer() {
            return write!(f, "{}", exact.numer());
        }
        let Some(places) = self.places().and_then(|places| u32::try_from(places).ok()) else {
            return write!(f, "{exact}");
        };
        let shifted = exact.numer().abs() * BigInt::from(10).pow(places) / exact.denom();
        let places = places as usize;
        let digits = format!("{shifted:0>width$}", width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let sign = if exact.is_negative() { "-" } else { "" };
        write!(f, "{sign}{whole}.{fraction}")
    }
}
