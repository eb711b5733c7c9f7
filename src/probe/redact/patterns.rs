//! What looks like a secret, whoever sent it.

use std::{borrow::Cow, sync::LazyLock};

use regex::bytes::Regex;

use super::{Hidden, MASK};

/// Stands for an address, and is one, so that a recorded answer still has the form that its schema asks for. RFC 2606 keeps it nobody's.
const ADDRESS: &str = "someone@example.invalid";

/// Hashes of passwords: bcrypt; argon2, scrypt, and pbkdf2 in the PHC form; the kinds of crypt(3); and Django's. A slash may be escaped, a
/// dollar URL-encoded.
const HASHES: &str = r"(?x)
    (?: \$ | %24 ) 2 [abxy]? (?: \$ | %24 ) [0-9]{2} (?: \$ | %24 ) (?: [./A-Za-z0-9] | \\/ | %2[Ff] ){53}
  | \$ (?: argon2 (?: id | i | d ) | scrypt | pbkdf2 [-a-z0-9]* ) \$ (?: [A-Za-z0-9$=,+/._-] | \\/ )+
  | \$ (?: [1567y] | md5 | sha1 | gy ) \$ (?: [./A-Za-z0-9=,$] | \\/ )+ \$ (?: [./A-Za-z0-9] | \\/ ){22,}
  | pbkdf2_sha [0-9]+ \$ [0-9]+ \$ [A-Za-z0-9]+ \$ (?: [A-Za-z0-9+/=] | \\/ )+";

/// JWS and JWE (RFC 7515, RFC 7516): a header that begins an object, and two or four parts more.
const TOKENS: &str = r"eyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*){2,4}";

const ADDRESSES: &str = r"[\w.%+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)*\.[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]";

/// Written as in a request, a log, or a command line.
const HEADERS: &str = r#"(?ix)
    \b (?: proxy- )? authorization (?: ["']? \s* [:=] \s* ["']? | ["'] \s* , \s* ["'] )
        (?: [a-z]+ \s+ )? (?<value> [^\s"',;]+ )
  | \b (?: set-)? cookie (?: ["']? \s* : \s* ["']? | ["'] \s* , \s* ["'] ) [^\s=;"']+ = (?<cookie> [^\s;"',]+ )"#;

/// Runs of digits as long as the number of a card, in one piece or in groups.
const DIGITS: &str = r"(?x)
    [0-9]{13,}
  | \b [0-9]{4} (?: [\ -] [0-9]{4} ){3} (?: [\ -] [0-9]{1,3} )? \b
  | \b [0-9]{4} [\ -] [0-9]{6} [\ -] [0-9]{4,5} \b";

static WHOLE: LazyLock<[(Regex, &str); 3]> = LazyLock::new(|| {
    [
        (compiled(HASHES), MASK),
        (compiled(TOKENS), MASK),
        (compiled(ADDRESSES), ADDRESS),
    ]
});
static NAMED: LazyLock<Regex> = LazyLock::new(|| compiled(HEADERS));
static CARDS: LazyLock<Regex> = LazyLock::new(|| compiled(DIGITS));

pub(super) fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("patterns are constants, and tests compile them all")
}

/// Whether a secret could be found in what stands for an address.
pub(super) fn stand_in(secret: &str) -> bool {
    ADDRESS.contains(secret)
}

/// Everything that looks like a secret.
pub(super) fn find(bytes: &[u8]) -> Vec<Hidden> {
    let mut found = Vec::new();
    for (pattern, by) in &*WHOLE {
        for hit in pattern.find_iter(bytes) {
            found.push(Hidden {
                place: hit.range(),
                by: Cow::Borrowed(by),
            });
        }
    }
    for hit in NAMED.captures_iter(bytes) {
        for value in ["value", "cookie"] {
            if let Some(value) = hit.name(value) {
                found.push(Hidden {
                    place: value.range(),
                    by: Cow::Borrowed(MASK),
                });
            }
        }
    }
    for hit in CARDS.find_iter(bytes) {
        if is_card(hit.as_bytes()) {
            found.push(Hidden {
                place: hit.range(),
                by: Cow::Owned(no_card(hit.as_bytes())),
            });
        }
    }
    found
}

/// Whether digits are the number of a card: by its brand's first digits and length, and by its check digit (ISO/IEC 7812).
fn is_card(written: &[u8]) -> bool {
    let digits: Vec<u32> = written
        .iter()
        .filter(|byte| byte.is_ascii_digit())
        .map(|byte| u32::from(byte - b'0'))
        .collect();
    let first = |count: usize| {
        digits
            .iter()
            .take(count)
            .fold(0, |number, digit| number * 10 + digit)
    };
    let branded = match digits.len() {
        13 => first(1) == 4,
        14 => matches!(first(3), 300..=305) || matches!(first(2), 36 | 38 | 39),
        15 => matches!(first(2), 34 | 37),
        16 => {
            first(1) == 4
                || matches!(first(2), 51..=55 | 62 | 65 | 67)
                || matches!(first(4), 2221..=2720 | 3528..=3589 | 5018 | 5020 | 5038 | 6011 | 6304)
                || matches!(first(3), 644..=649)
        }
        18 | 19 => first(1) == 4 || matches!(first(2), 62 | 65 | 67) || first(4) == 6011,
        _ => false,
    };
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| if at % 2 == 1 { doubled(*digit) } else { *digit })
        .sum();
    branded && sum.is_multiple_of(10)
}

/// As many digits, written alike, of no brand: where a number has to stand, it still does.
fn no_card(written: &[u8]) -> String {
    let mut first = true;
    written
        .iter()
        .map(|byte| {
            if !byte.is_ascii_digit() {
                return char::from(*byte);
            }
            if std::mem::replace(&mut first, false) {
                '9'
            } else {
                '0'
            }
        })
        .collect()
}

/// Headers that carry credentials and nothing else.
const SECRET_HEADERS: [&str; 9] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "x-api-key",
    "api-key",
    "apikey",
    "x-auth-token",
    "x-access-token",
    "x-csrf-token",
];

/// What is left of the value of a header that carries a credential; none for any other header.
pub(super) fn header(name: &str, value: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    if SECRET_HEADERS.contains(&name.as_str()) {
        return Some(MASK.to_owned());
    }
    if name != "set-cookie" {
        return None;
    }
    // Its name and its attributes say how the vendor sets cookies; only the value is a secret.
    let (pair, attributes) = value.split_once(';').unwrap_or((value, ""));
    let (cookie, _) = pair.split_once('=').unwrap_or(("", pair));
    let ends = if attributes.is_empty() { "" } else { ";" };
    Some(format!("{cookie}={MASK}{ends}{attributes}"))
}
