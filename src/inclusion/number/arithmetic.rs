//! Arithmetic on exact numbers: in machine words where they suffice.

use super::{Form, Rational};
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_rational::BigRational;
use num_traits::Signed as _;
use std::{
    cmp::Ordering,
    ops::{Add, Mul, Neg, Sub},
};

impl Rational {
    /// Whether it is nought.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }

    /// Whether it is below nought.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        *self < Self::ZERO
    }

    /// Its distance from nought.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() {
            -self
        } else {
            self.clone()
        }
    }

    /// This number divided by another; `None` for nought.
    #[must_use]
    pub fn over(&self, other: &Self) -> Option<Self> {
        match (&self.0, &other.0) {
            (_, Form::Small { top: 0, .. }) => None,
            (Form::Small { top: a, bottom: b }, Form::Small { top: c, bottom: d }) => {
                let top = i128::from(*a) * i128::from(*d);
                let bottom = i128::from(*b) * i128::from(*c);
                let sign = bottom.signum();
                Some(Self::reduced(top * sign, bottom * sign))
            }
            _ => Some(Self::from(self.exact() / other.exact())),
        }
    }

    /// The largest whole number that is not above this one.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Form::Small { top, bottom } => Self::whole(top.div_euclid(*bottom)),
            Form::Big(number) => Self::from(number.floor()),
        }
    }

    /// The smallest whole number that is not below this one.
    #[must_use]
    pub fn ceil(&self) -> Self {
        -&(-self).floor()
    }

    /// The smallest number above nought that is a multiple of both, which are above nought.
    #[must_use]
    pub fn common_multiple(&self, other: &Self) -> Self {
        if let (Form::Small { top: a, bottom: 1 }, Form::Small { top: c, bottom: 1 }) =
            (&self.0, &other.0)
        {
            return Self::reduced(i128::from(*a).lcm(&i128::from(*c)), 1);
        }
        let (one, two) = (self.exact(), other.exact());
        Self::from(BigRational::new(
            one.numer().abs().lcm(&two.numer().abs()),
            one.denom().gcd(two.denom()),
        ))
    }

    /// The smallest multiple of this number (above nought) that is a finite decimal: what JSON can write of its multiples.
    #[must_use]
    pub fn decimal_multiple(&self) -> Self {
        let (_, _, other) = self.denominator_factors();
        if other == BigInt::from(1) {
            return self.clone();
        }
        self * &Self::from(other)
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        let ratios = (&self.0, &other.0);
        if let (Form::Small { top: a, bottom: b }, Form::Small { top: c, bottom: d }) = ratios {
            return (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)));
        }
        // Not the crate's own comparison, which recurses as deep as Euclid's algorithm is long.
        let (one, two) = (self.exact(), other.exact());
        (one.numer() * two.denom()).cmp(&(two.numer() * one.denom()))
    }
}

impl Add for &Rational {
    type Output = Rational;

    fn add(self, other: Self) -> Rational {
        match (&self.0, &other.0) {
            (Form::Small { top: a, bottom: b }, Form::Small { top: c, bottom: d }) => {
                let (a, b, c, d) = (
                    i128::from(*a),
                    i128::from(*b),
                    i128::from(*c),
                    i128::from(*d),
                );
                Rational::reduced(a * d + c * b, b * d)
            }
            _ => Rational::from(self.exact() + other.exact()),
        }
    }
}

impl Neg for &Rational {
    type Output = Rational;

    fn neg(self) -> Rational {
        match &self.0 {
            Form::Small { top, bottom } => {
                Rational::reduced(-i128::from(*top), i128::from(*bottom))
            }
            Form::Big(number) => Rational::from(-(**number).clone()),
        }
    }
}

impl Sub for &Rational {
    type Output = Rational;

    fn sub(self, other: Self) -> Rational {
        self + &-other
    }
}

impl Mul for &Rational {
    type Output = Rational;

    fn mul(self, other: Self) -> Rational {
        match (&self.0, &other.0) {
            (Form::Small { top: a, bottom: b }, Form::Small { top: c, bottom: d }) => {
                Rational::reduced(
                    i128::from(*a) * i128::from(*c),
                    i128::from(*b) * i128::from(*d),
                )
            }
            _ if self.is_zero() || other.is_zero() => Rational::ZERO,
            _ => Rational::from(self.exact() * other.exact()),
        }
    }
}
