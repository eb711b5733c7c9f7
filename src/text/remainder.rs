//! Divisibility of exact decimals, for `multipleOf`.

use super::number::{Decimal, Digits};

/// How much long division is worth doing: digits of the dividend times digits of the divisor.
const BUDGET: u64 = 20_000_000;

impl Decimal {
    /// Whether this number is a whole multiple of `step`; only zero is a multiple of zero.
    ///
    /// `None` when telling exactly would take too long: a step of 20 digits and more against numbers of
    /// thousands of digits or zeros.
    #[must_use]
    pub fn is_multiple_of(&self, step: &Self) -> Option<bool> {
        if self.is_zero() || step.is_zero() {
            return Some(self.is_zero());
        }
        // Digits never end in zero, so a finer last place than the step's cannot be made up for.
        let Ok(zeros) = u64::try_from(self.exponent - step.exponent) else {
            return Some(false);
        };
        match &step.digits {
            Digits::Short(divisor) => Some(short(&self.digits, zeros, u128::from(*divisor))),
            Digits::Long(divisor) => long(&self.digits.text(), zeros, divisor),
        }
    }
}

/// Whether `digits` with so many zeros after them is divisible, by modular powers: any exponent will do.
fn short(digits: &Digits, zeros: u64, divisor: u128) -> bool {
    let digits = digits.text();
    let mut rest = 0;
    for digit in digits.bytes() {
        rest = (rest * 10 + u128::from(digit - b'0')) % divisor;
    }
    let (mut power, mut base, mut left) = (1 % divisor, 10 % divisor, zeros);
    while left > 0 {
        if left & 1 == 1 {
            power = power * base % divisor;
        }
        base = base * base % divisor;
        left >>= 1;
    }
    rest * power % divisor == 0
}

/// The same for a divisor too long for a machine word, by school division.
fn long(digits: &str, zeros: u64, divisor: &str) -> Option<bool> {
    let size = |text: &str| u64::try_from(text.len()).unwrap_or(u64::MAX);
    // Each factor ten of the dividend removes at most one factor two and one five, so zeros beyond the
    // divisor's binary length change nothing.
    let zeros = zeros.min(size(divisor) * 4);
    let work = (size(digits) + zeros).saturating_mul(size(divisor));
    if work > BUDGET {
        return None;
    }
    let divisor: Vec<u8> = divisor.bytes().map(|digit| digit - b'0').collect();
    // One digit longer than the divisor, most significant first.
    let mut rest = vec![0; divisor.len() + 1];
    let zeros = std::iter::repeat_n(b'0', usize::try_from(zeros).ok()?);
    for digit in digits.bytes().chain(zeros) {
        rest.rotate_left(1);
        let last = rest.len() - 1;
        rest[last] = digit - b'0';
        while rest[0] > 0 || rest[1..] >= divisor[..] {
            subtract(&mut rest, &divisor);
        }
    }
    Some(rest.iter().all(|digit| *digit == 0))
}

/// Takes `divisor` once from `rest`, which is one digit longer and not smaller.
fn subtract(rest: &mut [u8], divisor: &[u8]) {
    let mut borrow = 0;
    for place in (0..divisor.len()).rev() {
        let take = divisor[place] + borrow;
        borrow = u8::from(rest[place + 1] < take);
        rest[place + 1] = rest[place + 1] + 10 * borrow - take;
    }
    rest[0] -= borrow;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn multiple(number: &str, step: &str) -> Option<bool> {
        let number = Decimal::parse(number).expect("a number");
        number.is_multiple_of(&Decimal::parse(step).expect("a number"))
    }

    #[test]
    fn multiples_are_exact_where_floats_are_not() {
        for (number, step) in [
            ("0.3", "0.1"),
            ("19.99", "0.01"),
            ("-6", "3"),
            ("0", "7"),
            ("0", "0"),
            ("1e308", "0.5"),
            ("1e999999999", "8"),
            ("12345678901234567890123", "12345678901234567890123"),
            ("24691357802469135780246e99", "12345678901234567890123"),
        ] {
            assert_eq!(multiple(number, step), Some(true), "{number} of {step}");
        }
        for (number, step) in [
            ("0.35", "0.1"),
            ("1e999999999", "3"),
            ("1", "0"),
            ("1", "12345678901234567890123"),
            ("12345678901234567890124e5", "12345678901234567890123"),
        ] {
            assert_eq!(multiple(number, step), Some(false), "{number} of {step}");
        }
    }

    #[test]
    fn zeros_beyond_need_do_not_cost() {
        let step = format!("{}", (1_u128 << 80));
        assert_eq!(multiple("1e999999999", &step), Some(true));
        assert_eq!(multiple("1e79", &step), Some(false));
    }

    #[test]
    fn hopeless_division_is_given_up() {
        let long = "7".repeat(9999);
        assert_eq!(multiple(&long, &"3".repeat(9999)), None);
    }
}
