//! Characters that steer whoever shows a text, and how they are spelt out.

use std::fmt::Write as _;

/// Controls, and the format characters of Unicode: invisible, or they turn the text around them.
#[must_use]
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{600}'..='\u{605}'
                | '\u{61c}'
                | '\u{6dd}'
                | '\u{70f}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Appends a character in visible letters: `\n`, or `\u{202e}`.
pub fn spell(c: char, out: &mut String) {
    match c {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c => {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        }
    }
}

/// Appends a character as a string of JSON text escapes it (RFC 8259 section 7).
pub fn spell_json(c: char, out: &mut String) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        let _ = write!(out, "\\u{unit:04x}");
    }
}

/// Appends a string of JSON in quotes, escaped no more than it must be (RFC 8785 section 3.2.2.2).
pub fn quote(text: &str, out: &mut String) {
    out.push('"');
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0x08 => "\\b",
            0x0c => "\\f",
            0..0x20 => "",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escape);
        if escape.is_empty() {
            let _ = write!(out, "\\u{byte:04x}");
        }
        from = at + 1;
    }
    out.push_str(&text[from..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_string_is_read_as_what_it_was() {
        let text: String = (0..0x3000).filter_map(char::from_u32).collect();
        let mut out = String::new();
        quote(&text, &mut out);
        assert_eq!(serde_json::from_str::<String>(&out).expect("JSON"), text);
        let mut out = String::new();
        quote("\u{8}\u{c}\n\r\t\"\\\u{f}\u{7f}", &mut out);
        assert_eq!(out, "\"\\b\\f\\n\\r\\t\\\"\\\\\\u000f\u{7f}\"");
    }

    #[test]
    fn characters_are_spelt_in_visible_letters() {
        let (mut plain, mut json) = (String::new(), String::new());
        for c in ['\n', '\u{1b}', '\u{e0041}'] {
            spell(c, &mut plain);
            spell_json(c, &mut json);
        }
        assert_eq!(plain, "\\n\\u{1b}\\u{e0041}");
        assert_eq!(json, "\\u000a\\u001b\\udb40\\udc41");
    }
}
