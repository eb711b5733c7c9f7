//! Strings of JSON and the spaces around them: finding their end fast, and decoding escapes.

use super::error::{Flaw, Read};

/// Every byte of a word.
const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest bit of every byte of a word.
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The first byte from `at` on that does not stand for itself in a string: a quote, a backslash, or a
/// control character; the length of the text if there is none.
pub(super) fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let word = u64::from_le_bytes(*chunk);
        let zero = |word: u64| word.wrapping_sub(ONES) & !word;
        let quote = zero(word ^ (ONES * u64::from(b'"')));
        let backslash = zero(word ^ (ONES * u64::from(b'\\')));
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        // Borrows make bytes above the first match unreliable, never the first match itself.
        let special = (quote | backslash | control) & HIGHS;
        if special != 0 {
            return at + (special.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.iter().skip(at);
    at + rest
        .take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20))
        .count()
}

/// The first byte from `at` on that is no space; the length of the text if there is none.
pub(super) fn spaces_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let others = u64::from_le_bytes(*chunk) ^ (ONES * u64::from(b' '));
        if others != 0 {
            return at + (others.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.iter().skip(at);
    at + rest.take_while(|byte| **byte == b' ').count()
}

/// Reads the escape whose backslash is at `at`: what it means, and the offset after it.
pub(super) fn escape(text: &str, at: usize) -> Read<(char, usize)> {
    let simple = |character| Ok((character, at + 2));
    match text.as_bytes().get(at + 1) {
        Some(b'"') => simple('"'),
        Some(b'\\') => simple('\\'),
        Some(b'/') => simple('/'),
        Some(b'b') => simple('\u{8}'),
        Some(b'f') => simple('\u{c}'),
        Some(b'n') => simple('\n'),
        Some(b'r') => simple('\r'),
        Some(b't') => simple('\t'),
        Some(b'u') => unicode(text, at),
        _ => {
            let written = text[at + 1..].chars().next().unwrap_or(' ');
            Err(broken(at, &format!("`\\{}` is not an escape in JSON", written.escape_debug())).help(
                "JSON has \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits; write a backslash as `\\\\`",
            ))
        }
    }
}

fn unicode(text: &str, at: usize) -> Read<(char, usize)> {
    let first = unit(text, at)?;
    if let Some(character) = char::from_u32(first) {
        return Ok((character, at + 6));
    }
    // What is no character is half of a surrogate pair.
    if first < 0xDC00
        && text[at + 6..].starts_with("\\u")
        && let second @ 0xDC00..0xE000 = unit(text, at + 6)?
        && let Some(character) =
            char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    {
        return Ok((character, at + 12));
    }
    let written = &text[at..at + 6];
    Err(
        broken(at, &format!("`{written}` is half of a surrogate pair"))
            .help("write both halves, high before low, or the character itself"),
    )
}

fn unit(text: &str, at: usize) -> Read<u32> {
    text.get(at + 2..at + 6)
        .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .ok_or_else(|| {
            broken(at, "`\\u` is not followed by four hexadecimal digits")
                .help("write all four, `\\u00e4` for ä, or the character itself")
        })
}

fn broken(at: usize, message: &str) -> Flaw {
    Flaw::new(super::parse::offset(at), message).syntactic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_the_same_a_word_or_a_byte_at_a_time() {
        for special in [b'"', b'\\', 0, 0x1F, b'\n'] {
            for plain in [b' ', b'a', 0x7F, 0xC3, 0xFF, b'#', b'!', b']', b'['] {
                for place in 0..20 {
                    let mut bytes = [plain; 20];
                    bytes[place] = special;
                    assert_eq!(plain_end(&bytes, 0), place, "{special} among {plain}");
                }
            }
        }
        assert_eq!(plain_end(&[b'a'; 20], 3), 20);
    }

    #[test]
    fn spaces_end_where_another_byte_is() {
        for other in [b'a', b'\n', 0, 0x21, 0x1F, 0xA0] {
            for place in 0..20 {
                let mut bytes = [b' '; 20];
                bytes[place] = other;
                assert_eq!(spaces_end(&bytes, 0), place, "{other}");
            }
        }
        assert_eq!(spaces_end(&[b' '; 20], 3), 20);
    }
}
