//! For HTML: text, and attributes in double quotes.

use super::{commands, is_line_start, spelt, steers};

/// Text, or the value of a quoted attribute.
pub(in crate::report) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            ':' if text[at..].starts_with("::") && is_line_start(&text[..at]) => {
                out.push_str("&#58;");
            }
            '#' if commands(&text[at..]) => out.push_str("&#35;"),
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
    fn nothing_becomes_markup() {
        assert_eq!(
            html("<script>&\"'\0\u{202e}\n##vso[x]\n ::y"),
            "&lt;script&gt;&amp;&quot;&#39;\\u{0}\\u{202e}\n&#35;#vso[x]\n &#58;:y"
        );
    }
}
