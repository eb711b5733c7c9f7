//! What was before and what is now: JSON on a few lines, and the difference between two.

use super::super::{
    escape,
    style::{Paint, Style},
    wrap::wrap,
};
use similar::{ChangeTag, TextDiff};

/// Texts with more lines than this are not compared line by line.
const LONGEST: usize = 5_000;

/// JSON no longer than this is compared as a whole.
const LINE: usize = 60;

/// JSON text on one line with a space after each comma and colon, if it is short.
pub(in crate::report) fn short(json: &str, most: usize) -> Option<String> {
    if json.len() > most {
        return None;
    }
    Some(spell(json, None))
}

/// JSON text spread over lines.
pub(in crate::report) fn tall(json: &str) -> String {
    spell(json, Some("  "))
}

/// Spells JSON text with spaces, or with lines and an indent; what its strings hold stays as it is.
fn spell(json: &str, indent: Option<&str>) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    let mut last = ' ';
    let line = |out: &mut String, depth: usize| {
        if let Some(indent) = indent {
            out.push('\n');
            out.extend(std::iter::repeat_n(indent, depth));
        }
    };
    for c in json.chars() {
        if quoted {
            out.push(c);
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
            last = c;
            continue;
        }
        let opened = matches!(last, '{' | '[');
        match c {
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if !opened {
                    line(&mut out, depth);
                }
            }
            _ if opened => line(&mut out, depth),
            _ => {}
        }
        out.push(c);
        match c {
            '"' => quoted = true,
            '{' | '[' => depth += 1,
            ',' if indent.is_some() => line(&mut out, depth),
            ',' | ':' => out.push(' '),
            _ => {}
        }
        // The closing quote of a string is no bracket.
        last = if quoted { '"' } else { c };
    }
    out
}

/// How a before and an after are shown.
pub(in crate::report) struct Shown {
    pub(in crate::report) style: Style,
    pub(in crate::report) columns: usize,
    pub(in crate::report) indent: usize,
    /// How many lines at most; `None` for all.
    pub(in crate::report) most: Option<usize>,
}

impl Shown {
    /// The difference between two contents, either of which may be absent.
    pub(super) fn difference(&self, before: Option<&str>, after: Option<&str>) -> Vec<String> {
        let texts = (text_of(before), text_of(after));
        if let (Some(before), Some(after)) = &texts
            && !before.contains('\n')
            && !after.contains('\n')
        {
            return self.words(before, after);
        }
        let spread = |text: Option<String>, json: Option<&str>| {
            text.or_else(|| json.map(tall)).unwrap_or_default()
        };
        if let (Some(before), Some(after)) = (before, after)
            && let (Some(old), Some(new)) = (short(before, LINE), short(after, LINE))
        {
            return vec![
                self.signed(ChangeTag::Delete, &old),
                self.signed(ChangeTag::Insert, &new),
            ];
        }
        self.lines(&spread(texts.0, before), &spread(texts.1, after))
    }

    /// Two lines of prose as one, with what went and what came in brackets.
    fn words(&self, before: &str, after: &str) -> Vec<String> {
        let diff = TextDiff::from_words(before, after);
        let mut text = String::new();
        let mut open = ChangeTag::Equal;
        for change in diff.iter_all_changes() {
            if change.tag() != open {
                text.push_str(close(open));
                text.push_str(match change.tag() {
                    ChangeTag::Equal => "",
                    ChangeTag::Delete => "[-",
                    ChangeTag::Insert => "{+",
                });
                open = change.tag();
            }
            text.push_str(&escape::terminal(change.value(), self.style.unicode));
        }
        text.push_str(close(open));
        let mut paint = None;
        wrap(&text, self.indent, self.indent, self.columns)
            .iter()
            .map(|line| self.indented(&brackets(self.style, line, &mut paint)))
            .collect()
    }

    fn lines<'t>(&self, before: &'t str, after: &'t str) -> Vec<String> {
        let (old, new) = (before.lines().count(), after.lines().count());
        if old.max(new) > LONGEST {
            let words = format!("{old} lines before, {new} lines now; --format json has both");
            return vec![self.indented(&words)];
        }
        let (before, after): (Vec<&str>, Vec<&str>) =
            (before.lines().collect(), after.lines().collect());
        // A line that only gained a comma has not changed.
        let bare = |lines: &[&'t str]| -> Vec<&'t str> {
            lines
                .iter()
                .map(|line| line.trim_end_matches(','))
                .collect()
        };
        let (old_bare, new_bare) = (bare(&before), bare(&after));
        let diff = TextDiff::from_slices(&old_bare, &new_bare);
        let mut out = Vec::new();
        for (number, group) in diff.grouped_ops(2).iter().enumerate() {
            if number > 0 {
                out.push(self.indented(&self.style.paint(Paint::Faint, "  ...")));
            }
            for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
                let line = match (change.new_index(), change.old_index()) {
                    (Some(new), _) => after[new],
                    (None, Some(old)) => before[old],
                    (None, None) => continue,
                };
                out.push(self.signed(change.tag(), line));
            }
        }
        if let Some(most) = self.most
            && out.len() > most + 1
        {
            let rest = out.len() - most;
            out.truncate(most);
            out.push(self.indented(&format!("{rest} more lines, shown with -vv")));
        }
        out
    }

    /// One line with its sign, on as many lines as it needs.
    pub(in crate::report) fn signed(&self, tag: ChangeTag, line: &str) -> String {
        let (sign, paint) = match tag {
            ChangeTag::Equal => ("  ", Paint::Faint),
            ChangeTag::Delete => ("- ", Paint::Bad),
            ChangeTag::Insert => ("+ ", Paint::Good),
        };
        let line = escape::terminal(line, self.style.unicode);
        let lines = wrap(&line, self.indent + 2, self.indent + 4, self.columns);
        let mut out = String::new();
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                out.push_str("\n    ");
                out.push_str(&" ".repeat(self.indent));
                out.push_str(&self.style.paint(paint, line));
            } else {
                out.push_str(&self.style.paint(paint, &format!("{sign}{line}")));
            }
        }
        self.indented(&out)
    }

    fn indented(&self, line: &str) -> String {
        format!("{}{line}", " ".repeat(self.indent))
    }
}

/// The text of a JSON string.
fn text_of(json: Option<&str>) -> Option<String> {
    json.and_then(|json| serde_json::from_str(json).ok())
}

fn close(open: ChangeTag) -> &'static str {
    match open {
        ChangeTag::Equal => "",
        ChangeTag::Delete => "-]",
        ChangeTag::Insert => "+}",
    }
}

/// Paints what stands in brackets, which may go on from the line before and to the next.
fn brackets(style: Style, line: &str, open: &mut Option<Paint>) -> String {
    let mut out = String::new();
    let mut rest = line;
    while !rest.is_empty() {
        let (cut, next) = match open {
            None => {
                let start = ["[-", "{+"]
                    .iter()
                    .filter_map(|bracket| rest.find(bracket))
                    .min();
                let next = start.map(|at| {
                    if rest[at..].starts_with('[') {
                        Paint::Bad
                    } else {
                        Paint::Good
                    }
                });
                (start.unwrap_or(rest.len()), next)
            }
            Some(paint) => {
                let end = if *paint == Paint::Bad { "-]" } else { "+}" };
                match rest.find(end) {
                    Some(at) => (at + 2, None),
                    None => (rest.len(), Some(*paint)),
                }
            }
        };
        let (now, later) = rest.split_at(cut);
        match open {
            None => out.push_str(now),
            Some(paint) => out.push_str(&style.paint(*paint, now)),
        }
        rest = later;
        *open = next;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_spelt_for_people_and_its_strings_are_not_touched() {
        let json = r#"{"a":[1,2],"b":{},"c":"x,{\"y\":[1]}\\","d":[]}"#;
        assert_eq!(
            short(json, 80).as_deref(),
            Some(r#"{"a": [1, 2], "b": {}, "c": "x,{\"y\":[1]}\\", "d": []}"#)
        );
        assert_eq!(
            tall(json),
            "{\n  \"a\":[\n    1,\n    2\n  ],\n  \"b\":{},\n  \"c\":\"x,{\\\"y\\\":[1]}\\\\\",\n  \"d\":[]\n}"
                .replace("\":", "\": ")
                .replace("\\\": [", "\\\":[")
        );
        assert_eq!(short("[1,2,3]", 3), None);
    }

    #[test]
    fn changed_words_stand_in_brackets_and_changed_lines_have_signs() {
        let shown = Shown {
            style: Style {
                color: false,
                unicode: true,
            },
            columns: 40,
            indent: 2,
            most: Some(2),
        };
        assert_eq!(
            shown.difference(Some(r#""one two three""#), Some(r#""one 2 three""#)),
            ["  one [-two-]{+2+} three"]
        );
        assert_eq!(
            shown.difference(Some("1"), Some("[2,3]")),
            ["  - 1", "  + [2, 3]"]
        );
        let object = |last: &str| format!(r#"{{"one":"{}","two":{last}}}"#, "x".repeat(60));
        let lines = shown.difference(Some(&object("2")), Some(&object("2,\"three\":3")));
        assert_eq!(
            lines[1..],
            ["      \"two\": 2,", "  2 more lines, shown with -vv"]
        );
    }
}
