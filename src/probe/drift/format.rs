//! What a text looks like, without keeping the text.

use serde::{Deserialize, Serialize};
use std::str::FromStr as _;

/// What a text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// RFC 3339 `date-time`.
    DateTime,
    /// RFC 3339 `full-date`.
    Date,
    /// RFC 9562.
    Uuid,
    /// An address with a dot in its domain.
    Email,
    /// An absolute URI with an authority.
    Uri,
    /// A code of ISO 4217.
    Currency,
    /// A number in quotes.
    Decimal,
    /// None of these.
    Text,
}

/// The active codes of ISO 4217.
const CURRENCIES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD \
    CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL \
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA \
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB \
    RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU \
    UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

impl Format {
    /// What a text looks like; the narrowest that fits.
    #[must_use]
    pub fn of(text: &str) -> Self {
        if is_date(text) {
            Self::Date
        } else if is_date_time(text) {
            Self::DateTime
        } else if is_uuid(text) {
            Self::Uuid
        } else if text.len() == 3 && CURRENCIES.split_whitespace().any(|code| code == text) {
            Self::Currency
        } else if is_decimal(text) {
            Self::Decimal
        } else if is_email(text) {
            Self::Email
        } else if is_uri(text) {
            Self::Uri
        } else {
            Self::Text
        }
    }

    /// The word for it in a schema's `format`, where there is one.
    #[must_use]
    pub const fn keyword(self) -> Option<&'static str> {
        match self {
            Self::DateTime => Some("date-time"),
            Self::Date => Some("date"),
            Self::Uuid => Some("uuid"),
            Self::Email => Some("email"),
            Self::Uri => Some("uri"),
            Self::Currency => Some("iso-4217"),
            Self::Decimal => Some("decimal"),
            Self::Text => None,
        }
    }

    /// The word people use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self.keyword() {
            Some(word) => word,
            None => "text",
        }
    }

    /// What a schema's `format` means, if it is one of these.
    #[must_use]
    pub fn declared(word: &str) -> Option<Self> {
        Some(match word {
            "date-time" => Self::DateTime,
            "date" => Self::Date,
            "uuid" => Self::Uuid,
            "email" => Self::Email,
            "uri" | "url" => Self::Uri,
            "iso-4217" | "currency" => Self::Currency,
            "decimal" => Self::Decimal,
            _ => return None,
        })
    }

    /// Whether a text of this kind may name a person or a thing of theirs: such values are not even hashed.
    #[must_use]
    pub const fn is_individual(self) -> bool {
        match self {
            Self::DateTime | Self::Date | Self::Uuid | Self::Email | Self::Uri | Self::Decimal => {
                true
            }
            Self::Currency | Self::Text => false,
        }
    }
}

fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.as_bytes()[4] == b'-'
        && text.as_bytes()[7] == b'-'
        && jiff::civil::Date::from_str(text).is_ok()
}

fn is_date_time(text: &str) -> bool {
    text.len() >= 20
        && text.get(..10).is_some_and(is_date)
        && matches!(text.as_bytes()[10], b'T' | b't' | b' ')
        && jiff::Timestamp::from_str(text).is_ok()
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(fraction)
}

fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let plain = |part: &str| !part.contains(|c: char| c.is_whitespace() || c.is_control());
    !name.is_empty()
        && plain(text)
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && domain.contains('.')
        && domain
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
}

fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let within = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(within)
        && !rest.is_empty()
        && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn texts_look_like_what_they_are() {
        let table = [
            ("2026-11-20T09:10:11Z", Format::DateTime),
            ("2026-11-20T09:10:11.123+01:00", Format::DateTime),
            ("2026-11-20T09:10:11", Format::Text),
            ("2026-11-20", Format::Date),
            ("2026-13-20", Format::Text),
            ("ä026-11-2", Format::Text),
            ("018f4e1c-7d5a-7cc0-8a0b-0123456789ab", Format::Uuid),
            ("018f4e1c-7d5a-7cc0-8a0b-0123456789ag", Format::Text),
            ("ana@shop.example", Format::Email),
            ("ana@localhost", Format::Text),
            ("https://pay.example/a?b", Format::Uri),
            ("not a uri://", Format::Text),
            ("EUR", Format::Currency),
            ("ABC", Format::Text),
            ("12.50", Format::Decimal),
            ("-3", Format::Decimal),
            ("1.2.3", Format::Text),
            ("", Format::Text),
        ];
        for (text, expected) in table {
            assert_eq!(Format::of(text), expected, "{text}");
        }
    }

    #[test]
    fn a_format_s_word_means_the_format() {
        for format in [
            Format::DateTime,
            Format::Date,
            Format::Uuid,
            Format::Email,
            Format::Uri,
            Format::Currency,
            Format::Decimal,
        ] {
            assert_eq!(format.keyword().and_then(Format::declared), Some(format));
        }
    }
}
