//! For XML 1.0, text and attributes alike.

use super::{commands, is_line_start, spelt, steers};

/// XML has no way to write most controls, not even as references: they are spelt out, as is what would reorder text.
pub(in crate::report) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // A reader would make spaces of them in an attribute.
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            ':' if text[at..].starts_with("::") && is_line_start(&text[..at]) => {
                out.push_str("&#58;");
            }
            '#' if commands(&text[at..]) => out.push_str("&#35;"),
            '\u{fffe}' | '\u{ffff}' => spelt(&mut out, c),
            c if steers(c) => spelt(&mut out, c),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_element() {
        assert_eq!(
            xml("]]></failure>&\"'\n\0\u{1b}\u{202e}\u{ffff}##[x]é\n::y"),
            "]]&gt;&lt;/failure&gt;&amp;&quot;&apos;&#10;\\u{0}\\u{1b}\\u{202e}\\u{ffff}&#35;#[x]é&#10;&#58;:y"
        );
    }
}
