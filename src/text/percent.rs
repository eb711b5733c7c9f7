//! Percent-decoding of URI fragments and references.

use std::borrow::Cow;

/// Why a percent-encoded text cannot be decoded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PercentError {
    /// A `%` without two hexadecimal digits after it.
    #[error("`%` at byte {at} is not followed by two hexadecimal digits")]
    Escape {
        /// Where the `%` is.
        at: usize,
    },
    /// The decoded bytes are not UTF-8.
    #[error("the percent escapes do not spell UTF-8 text")]
    Utf8,
}

/// Decodes `%41`-style escapes (RFC 3986, section 2.1); a text without any is borrowed.
///
/// # Errors
/// When an escape is cut short or not hexadecimal, or the bytes it spells are not UTF-8.
pub fn percent_decode(text: &str) -> Result<Cow<'_, str>, PercentError> {
    if !text.contains('%') {
        return Ok(Cow::Borrowed(text));
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let mut digit = || {
            bytes
                .next()
                .and_then(|(_, byte)| char::from(byte).to_digit(16))
        };
        let (Some(high), Some(low)) = (digit(), digit()) else {
            return Err(PercentError::Escape { at });
        };
        decoded.extend(u8::try_from(high * 16 + low));
    }
    String::from_utf8(decoded)
        .map(Cow::Owned)
        .map_err(|_| PercentError::Utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_bytes_of_utf_8() {
        assert_eq!(
            percent_decode("a%20b%C3%a4%25").as_deref(),
            Ok("a b\u{e4}%")
        );
        assert!(matches!(
            percent_decode("plain"),
            Ok(Cow::Borrowed("plain"))
        ));
    }

    #[test]
    fn broken_escapes_are_errors() {
        for (text, at) in [("%", 0), ("a%4", 1), ("%zz", 0), ("%20%+1", 3), ("%ä", 0)] {
            assert_eq!(percent_decode(text), Err(PercentError::Escape { at }));
        }
        assert_eq!(percent_decode("%FF"), Err(PercentError::Utf8));
    }
}
