//! Whether a file is a contract, told by the keys of its root and without reading it as a tree.

use crate::spec::Draft;

/// Whether the text says of itself that it is an OpenAPI or Swagger document, or a JSON Schema of a known draft.
///
/// Files that say neither are data, configuration, or parts of a contract.
pub(super) fn is_contract(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        // UTF-16 cannot be read, but a contract in it must not be overlooked.
        let bytes: Vec<u8> = bytes[2..]
            .iter()
            .copied()
            .filter(|byte| *byte != 0)
            .collect();
        return any_root(&bytes);
    }
    any_root(bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes))
}

fn any_root(bytes: &[u8]) -> bool {
    match bytes.trim_ascii_start() {
        [b'{', rest @ ..] => in_braces(rest),
        [b'[', ..] => false,
        _ => in_lines(bytes),
    }
}

/// Whether this key and value of a root make a contract.
fn says_so(key: &[u8], value: &[u8]) -> bool {
    match key {
        b"openapi" | b"swagger" => value.first().is_some_and(u8::is_ascii_digit),
        b"$schema" => {
            let uri = String::from_utf8_lossy(value).replace("\\/", "/");
            Draft::of_schema_uri(&uri).is_some()
        }
        _ => false,
    }
}

/// JSON, or a YAML root in braces.
fn in_braces(bytes: &[u8]) -> bool {
    let mut at = 0;
    let mut depth = 1_usize;
    let mut key_next = true;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return false;
                }
            }
            b',' => key_next = depth == 1,
            _ if byte.is_ascii_whitespace() => {}
            _ if key_next && depth == 1 => {
                key_next = false;
                let key = word(&bytes[at..], b":");
                at += key.taken;
                let colon = bytes[at..]
                    .iter()
                    .position(|byte| !byte.is_ascii_whitespace());
                let Some(colon) = colon.filter(|colon| bytes[at + colon] == b':') else {
                    // Not a key after all: this is no document that a reader takes.
                    return false;
                };
                at += colon + 1;
                let value = bytes[at..].trim_ascii_start();
                if says_so(key.text, word(value, b",}").text) {
                    return true;
                }
                continue;
            }
            b'"' | b'\'' if follows_no_letter(bytes, at) => {
                at += word(&bytes[at..], b"").taken;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    false
}

/// In YAML an apostrophe inside a bare word is a letter.
fn follows_no_letter(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b'"' || at == 0 || !bytes[at - 1].is_ascii_alphanumeric()
}

struct Word<'t> {
    text: &'t [u8],
    /// How far it reaches, with its quotes.
    taken: usize,
}

/// The quoted or bare word at the start of the text; a bare one ends before a byte of `ends` or the end of the line.
fn word<'t>(bytes: &'t [u8], ends: &[u8]) -> Word<'t> {
    let Some(quote @ (b'"' | b'\'')) = bytes.first().copied() else {
        let end = bytes
            .iter()
            .position(|byte| *byte == b'\n' || ends.contains(byte))
            .unwrap_or(bytes.len());
        return Word {
            text: bytes[..end].trim_ascii(),
            taken: end,
        };
    };
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match *byte {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote => {
                return Word {
                    text: &bytes[1..at],
                    taken: at + 1,
                };
            }
            _ => at += 1,
        }
    }
    Word {
        text: &bytes[1..],
        taken: bytes.len(),
    }
}

/// A YAML root line by line: only lines as far to the left as the first one hold its keys.
fn in_lines(bytes: &[u8]) -> bool {
    let mut margin = None;
    for line in bytes.split(|byte| *byte == b'\n') {
        let text = line.trim_ascii_start();
        let indent = line.len() - text.len();
        let marker = indent == 0 && (text.starts_with(b"---") || text.starts_with(b"%"));
        if text.is_empty() || text.starts_with(b"#") || marker {
            continue;
        }
        if *margin.get_or_insert(indent) != indent {
            continue;
        }
        let key = word(text, b":");
        let Some(value) = text[key.taken..].trim_ascii_start().strip_prefix(b":") else {
            continue;
        };
        if says_so(key.text, word(value.trim_ascii_start(), b"#").text) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contracts_say_what_they_are_at_their_root() {
        for text in [
            "openapi: 3.1.0\n",
            "\u{feff}# API\r\n---\r\ninfo:\r\n  title: x\r\n\"openapi\": '3.0.0' # v\r\n",
            "  swagger: \"2.0\"\n  info: {}\n",
            r#"{"components":{"a":["}",{"b":"\"}"}]},"openapi":"3.1.0"}"#,
            "{openapi: 3.1.0, info: {}}",
            r#"{ "$schema" : "http:\/\/json-schema.org\/draft-07\/schema#" }"#,
            "$schema: https://json-schema.org/draft/2020-12/schema\n",
            "openapi: 4.0.0",
        ] {
            assert!(is_contract(text.as_bytes()), "{text}");
        }
        let wide: Vec<u8> = "{\"swagger\": \"2.0\"}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(is_contract(&[&[0xff, 0xfe], wide.as_slice()].concat()));
    }

    #[test]
    fn data_and_configuration_are_no_contracts() {
        for text in [
            "",
            "# openapi: 3.1.0\n",
            "spec:\n  openapi: 3.1.0\n",
            "text: |\n  openapi: 3.1.0\n",
            "openapi: true\nswagger:\n  enabled: 1\n",
            r#"{"data":{"openapi":"3.1.0"}}"#,
            r#"{"a":"openapi","b":["openapi"]}"#,
            r#"{"$schema":"https://example.com/package.json","type":"object"}"#,
            r#"[{"openapi":"3.1.0"}]"#,
            "{\"openapi\"",
            "{\"open",
            "{\"a\\",
        ] {
            assert!(!is_contract(text.as_bytes()), "{text}");
        }
    }
}
