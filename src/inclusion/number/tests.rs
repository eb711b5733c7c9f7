use super::{Form, Rational};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed as _;
use proptest::prelude::*;

fn number(text: &str) -> Rational {
    Rational::parse(text).unwrap()
}

fn third() -> Rational {
    Rational::from(BigRational::new(1.into(), 3.into()))
}

#[test]
fn one_number_has_one_form_however_it_is_written() {
    for (text, plain) in [
        ("1", "1"),
        ("1.0", "1"),
        ("10e-1", "1"),
        ("1E+2", "100"),
        ("-0", "0"),
        ("0e99999", "0"),
        ("-0.0000", "0"),
        ("0.30", "0.3"),
        ("-12.5e-3", "-0.0125"),
        ("9223372036854775808", "9223372036854775808"),
        ("92233720368547758080e-1", "9223372036854775808"),
        ("9223372036854775807.0", "9223372036854775807"),
        ("1e-19", "0.0000000000000000001"),
        ("1e20", "100000000000000000000"),
    ] {
        assert_eq!(number(text).to_string(), plain, "{text}");
        assert_eq!(number(text), number(plain), "{text}");
        assert_eq!(number(text).to_json().to_string(), plain, "{text}");
    }
    assert!(matches!(
        number("92233720368547758070e-1").0,
        Form::Small { .. }
    ));
}

#[test]
fn what_is_no_number_or_too_large_is_not_read() {
    for text in [
        "",
        "-",
        "+1",
        "1_0",
        "a",
        "1e",
        "1e1.5",
        "--1",
        "1e10001",
        "1e-10001",
        "1e99999999999999999999",
    ] {
        assert_eq!(Rational::parse(text), None, "{text}");
    }
    assert_eq!(Rational::parse(&"9".repeat(20_001)), None);
    assert_eq!(number("1e10000").to_string().len(), 10_001);
    assert_eq!(number("1e-10000").to_string().len(), 10_002);
}

#[test]
fn huge_numbers_compare_without_recursion() {
    let (one, two) = (number("1e-10000"), number("2e-10000"));
    assert!(one < two);
    assert!(-&two < -&one);
    let digits = format!("0.{}", "12345".repeat(1_900));
    let more = format!("0.{}7", "12345".repeat(1_900));
    assert!(number(&digits) < number(&more));
}

#[test]
fn multiples_are_exact() {
    assert!(number("0.3").is_multiple_of(&number("0.1")));
    assert!(number("0.0075").is_multiple_of(&number("0.0001")));
    assert!(number("0").is_multiple_of(&number("7")));
    assert!(!number("0.35").is_multiple_of(&number("0.1")));
    assert!(!number("1").is_multiple_of(&number("0")));
    assert_eq!(number("0.4").common_multiple(&number("0.6")), number("1.2"));
    assert_eq!(number("1.5").common_multiple(&number("1")), number("3"));
    assert_eq!(third().decimal_multiple(), number("1"));
    assert_eq!(
        (&third() * &number("0.5")).decimal_multiple(),
        number("0.5")
    );
    assert_eq!(number("0.7").decimal_multiple(), number("0.7"));
}

#[test]
fn a_third_has_no_decimal_digits() {
    assert_eq!(third().places(), None);
    assert_eq!(third().to_string(), "1/3");
    assert_eq!(number("0.125").places(), Some(3));
    assert_eq!(number("7").places(), Some(0));
}

#[test]
fn doubles_are_told_apart() {
    for text in ["0.1", "9007199254740992", "-2.5e-3", "1e18", "1e22"] {
        assert!(number(text).survives_double(), "{text}");
    }
    for text in ["9007199254740993", "0.10000000000000000000001", "1e400"] {
        assert!(!number(text).survives_double(), "{text}");
    }
}

#[test]
fn counts_are_read_as_far_as_they_fit() {
    assert_eq!(number("3.0").to_u64(), Some(3));
    assert_eq!(number("18446744073709551615").to_u64(), Some(u64::MAX));
    assert_eq!(number("18446744073709551616").to_u64(), None);
    assert_eq!(number("-1").to_u64(), None);
    assert_eq!(number("0.5").to_u64(), None);
}

/// Numbers near the edge of machine words and far away from it.
fn fraction() -> impl Strategy<Value = BigRational> {
    let part = prop_oneof![
        (-20_i64..20).prop_map(BigInt::from),
        any::<i64>().prop_map(BigInt::from),
        prop_oneof![Just(i64::MIN), Just(i64::MAX), Just(i64::MIN + 1)].prop_map(BigInt::from),
        any::<i128>().prop_map(BigInt::from),
    ];
    (part.clone(), part).prop_map(|(top, bottom)| {
        let bottom = if bottom == BigInt::from(0) {
            BigInt::from(1)
        } else {
            bottom
        };
        BigRational::new(top, bottom)
    })
}

proptest! {
    #[test]
    fn arithmetic_agrees_with_big_numbers(a in fraction(), b in fraction()) {
        let (x, y) = (Rational::from(a.clone()), Rational::from(b.clone()));
        prop_assert_eq!(&x + &y, Rational::from(&a + &b));
        prop_assert_eq!(&x - &y, Rational::from(&a - &b));
        prop_assert_eq!(&x * &y, Rational::from(&a * &b));
        prop_assert_eq!(-&x, Rational::from(-&a));
        prop_assert_eq!(x.floor(), Rational::from(a.floor()));
        prop_assert_eq!(x.ceil(), Rational::from(a.ceil()));
        prop_assert_eq!(x.abs(), Rational::from(a.abs()));
        prop_assert_eq!(x.cmp(&y), a.cmp(&b));
        prop_assert_eq!(x == y, a == b);
        prop_assert_eq!(x.is_whole(), a.is_integer());
        prop_assert_eq!(x.exact(), a.clone());
        if y.is_zero() {
            prop_assert_eq!(x.over(&y), None);
        } else {
            prop_assert_eq!(x.over(&y), Some(Rational::from(&a / &b)));
            prop_assert_eq!(x.is_multiple_of(&y), (&a / &b).is_integer());
        }
    }

    #[test]
    fn whether_small_or_big_is_a_matter_of_size_alone(a in fraction()) {
        use num_traits::ToPrimitive as _;
        let fits = a.numer().to_i64().is_some() && a.denom().to_i64().is_some();
        prop_assert_eq!(matches!(Rational::from(a).0, Form::Small { .. }), fits);
    }

    #[test]
    fn a_common_multiple_is_the_smallest_one(a in 1_i64..200, b in 1_i64..20, c in 1_i64..200, d in 1_i64..20) {
        let one = Rational::from(BigRational::new(a.into(), b.into()));
        let two = Rational::from(BigRational::new(c.into(), d.into()));
        let multiple = one.common_multiple(&two);
        let mut at = one.clone();
        while !at.is_multiple_of(&two) {
            at = &at + &one;
        }
        prop_assert_eq!(multiple, at);
    }

    #[test]
    fn decimals_are_read_back(digits in any::<i128>(), places in 0_u32..40) {
        let text = format!("{digits}e-{places}");
        let read = number(&text);
        let exact = BigRational::new(digits.into(), BigInt::from(10).pow(places));
        prop_assert_eq!(&read, &Rational::from(exact));
        prop_assert_eq!(number(&read.to_string()), read);
    }
}
