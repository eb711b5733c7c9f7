//! A change as the person who decides sees it.

use super::Change;
use crate::cli::{excerpt::escaped, told::Told};
use serde_json::Value;
use std::fmt::Write;

/// Keywords that say nothing about values.
const NOTES: [&str; 6] = [
    "title",
    "summary",
    "description",
    "example",
    "examples",
    "deprecated",
];
/// How much of a content is shown without `-v`.
const MOST: usize = 400;
/// How many places are shown without `-v`.
const PLACES: usize = 3;

/// The block of one change, with a line end.
pub(in crate::cli) fn show(change: &Change, told: Told) -> String {
    let mut text = format!(
        "{}: {} ({})\n  {}\n",
        escaped(&change.contract),
        escaped(&change.rule),
        escaped(&change.verdict),
        escaped(&change.message)
    );
    let all = told.verbosity > 0;
    let shown = if all { change.sites.len() } else { PLACES };
    for (number, site) in change.sites.iter().take(shown).enumerate() {
        let name = if number == 0 { "at" } else { "" };
        line(&mut text, name, &site.element);
    }
    if change.sites.len() > shown {
        let more = change.sites.len() - shown;
        line(&mut text, "", &format!("and {more} more (-v lists them)"));
    }
    let (before, after) = if all {
        (change.before.clone(), change.after.clone())
    } else {
        brief(change)
    };
    for (name, content) in [("before", before), ("after", after)] {
        let content = content.as_deref().unwrap_or("nothing");
        line(
            &mut text,
            name,
            &cut(content, if all { usize::MAX } else { MOST }),
        );
    }
    if let Some(window) = &change.window {
        line(&mut text, "window", window);
    }
    let first = change.sites.first();
    let fingerprint = first.map_or("", |site| site.fingerprint.as_str());
    line(&mut text, "change", fingerprint);
    text
}

fn line(text: &mut String, name: &str, value: &str) {
    let _ = writeln!(text, "  {name:<7} {}", escaped(value));
}

/// A text, or its beginning with what was left out.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// Before and after without notes that bind nobody, unless they are all that differs.
pub(super) fn brief(change: &Change) -> (Option<String>, Option<String>) {
    let bare = |json: &Option<String>| {
        let json = json.as_deref()?;
        let Ok(Value::Object(mut object)) = serde_json::from_str(json) else {
            return Some(json.to_owned());
        };
        object.retain(|key, _| !NOTES.contains(&key.as_str()) && !key.starts_with("x-"));
        Some(Value::Object(object).to_string())
    };
    let (before, after) = (bare(&change.before), bare(&change.after));
    if before == after {
        return (change.before.clone(), change.after.clone());
    }
    (before, after)
}

/// JSON or YAML as it is, but for what a terminal obeys: that stands in quoted strings only, where an escape means the same.
pub(super) fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let shown = escaped(letter.encode_utf8(&mut [0; 4]));
        if letter == '\n' || shown.chars().eq([letter]) {
            out.push(letter);
            continue;
        }
        for unit in letter.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_keeps_its_value_and_steers_no_terminal() {
        let text = "{\n  \"a\": \"\u{202e}é\u{7f}\"\n}\n";
        let shown = safe(text);
        assert_eq!(shown, "{\n  \"a\": \"\\u202eé\\u007f\"\n}\n");
        let value = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
        assert_eq!(value(&shown), value(text));
    }

    #[test]
    fn what_is_long_is_cut() {
        assert_eq!(cut("größer", 3), "grö...");
        assert_eq!(cut("groß", 4), "groß");
    }
}
