//! For Markdown that GitHub or GitLab renders: text, code in a line, and code in a block.

use super::{commands, is_line_start, spelt, steers};
use std::fmt::Write;

/// Splits a word so that no renderer makes a mention or a link of it; nothing of it is shown.
const SPLIT: &str = "<!-- -->";

/// Text in a line or in the cell of a table: no markup, no mention, no link.
pub(in crate::report) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '#' if commands(&text[at..]) => out.push_str("&#35;"),
            '#' | '@' => {
                let _ = write!(out, "{c}{SPLIT}");
            }
            ':' if text[at..].starts_with("::") || text[at..].starts_with("://") => {
                let _ = write!(out, ":{SPLIT}");
            }
            '.' if text[..at].to_ascii_lowercase().ends_with("www") => {
                let _ = write!(out, "{SPLIT}.");
            }
            c if steers(c) => spelt(&mut out, c),
            c => out.push(c),
        }
    }
    out
}

/// A sentence of a report: text, with what stands in backticks as code.
pub(in crate::report) fn prose(sentence: &str) -> String {
    let parts: Vec<&str> = sentence.split('`').collect();
    // Without a partner, a backtick is one of a name.
    if parts.len().is_multiple_of(2) {
        return markdown(sentence);
    }
    let parts = parts.iter().enumerate();
    parts
        .map(|(number, part)| match number % 2 {
            1 => code(part),
            _ => markdown(part),
        })
        .collect()
}

/// Code in a line or in the cell of a table.
pub(in crate::report) fn code(text: &str) -> String {
    let is_plain = |c: char| !steers(c) && !matches!(c, '`' | '|' | '\\');
    let ends = |text: &str| text.starts_with(' ') || text.ends_with(' ');
    if text.chars().all(is_plain) && !text.is_empty() && !ends(text) && !text.contains("##") {
        return format!("`{text}`");
    }
    // A code span knows no escapes, but the element does.
    let mut out = String::from("<code>");
    for c in text.chars() {
        match c {
            c if c.is_ascii_punctuation() => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c if steers(c) => {
                let mut letters = String::new();
                spelt(&mut letters, c);
                out.push_str(&letters.replace('\\', "&#92;"));
            }
            c => out.push(c),
        }
    }
    out.push_str("</code>");
    out
}

/// Code in a block, which no line of it can end.
pub(in crate::report) fn fenced(language: &str, text: &str) -> String {
    let mut longest = 2;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let mut out = format!("{fence}{language}\n");
    for (at, c) in text.char_indices() {
        match c {
            '\n' | '\t' => out.push(c),
            '#' if commands(&text[at..]) => out.push_str("\\u{23}"),
            ':' if text[at..].starts_with("::") && is_line_start(&text[..at]) => {
                out.push_str("\\u{3a}");
            }
            c if steers(c) => spelt(&mut out, c),
            c => out.push(c),
        }
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out.push_str(&fence);
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_only_text() {
        assert_eq!(
            markdown("a*b* `c` | <b>&\\ @everyone #1 [x](http://y) www.z ::error::\n\u{202e}"),
            "a\\*b\\* \\`c\\` \\| &lt;b&gt;&amp;\\\\ @<!-- -->everyone #<!-- -->1 \
             \\[x\\](http:<!-- -->//y) www<!-- -->.z :<!-- -->:error:<!-- -->:\\n\\u{202e}"
        );
    }

    #[test]
    fn a_sentence_keeps_its_code() {
        assert_eq!(prose("`a_b` of *c*"), "`a_b` of \\*c\\*");
        assert_eq!(prose("`a_b of c"), "\\`a\\_b of c");
        assert_eq!(prose("x `` @y"), "x <code></code> @<!-- -->y");
    }

    #[test]
    fn code_in_a_line_stays_in_it() {
        assert_eq!(code("GET /a/{id} <b> @all"), "`GET /a/{id} <b> @all`");
        assert_eq!(code("a`b|c\n"), "<code>a&#96;b&#124;c&#92;n</code>");
        assert_eq!(code(" x"), "<code> x</code>");
    }

    #[test]
    fn a_block_ends_where_it_ends() {
        assert_eq!(
            fenced("json", "a\n````\n ::x\n##[y]\0"),
            "`````json\na\n````\n \\u{3a}:x\n\\u{23}#[y]\\u{0}\n`````\n"
        );
    }
}
