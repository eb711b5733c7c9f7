//! The list for a page or an issue.

use super::{super::escape, Deprecations, users};
use crate::policy::deprecations::{Deprecation, Stage};
use crate::policy::files::{Kind, Replacement};
use jiff::civil::Date;
use std::fmt::Write;

pub(super) fn markdown(told: &Deprecations<'_>) -> String {
    let mut out = format!("### {}\n", plain(&told.heading()));
    if !told.list.is_empty() {
        out.push_str(
            "\n| # | State | Since | Sunset | Days left | Contract | Element | Instead | Guide | Used by |\n\
             |---:|---|---|---|---:|---|---|---|---|---|\n",
        );
    }
    for (index, one) in told.list.iter().enumerate() {
        row(index + 1, one, &mut out);
    }
    if let Some(due) = told.due_line() {
        let _ = writeln!(out, "\n{due}");
    }
    out
}

fn row(number: usize, one: &Deprecation, out: &mut String) {
    let day = |date: Option<Date>| date.map_or_else(|| "–".to_owned(), |date| date.to_string());
    let left = one
        .left
        .map_or_else(|| "–".to_owned(), |left| left.to_string());
    let element = one.elements.first().map(String::as_str).unwrap_or_default();
    let mut element = code(element);
    match &one.kind {
        Kind::Removal => {}
        Kind::Change { .. } => element.insert_str(0, "change of "),
    }
    if one.elements.len() > 1 {
        let _ = write!(element, " and {} more", one.elements.len() - 1);
    }
    let instead = match &one.record.replacement {
        Some(Replacement::Element(other)) => code(other),
        Some(Replacement::Nothing) => "nothing".to_owned(),
        None => "–".to_owned(),
    };
    let guide = one.record.guide.as_deref().map_or("–".to_owned(), code);
    let users = if one.stage == Stage::Gone {
        "–".to_owned()
    } else {
        plain(&users(one))
    };
    let _ = writeln!(
        out,
        "| {number} | {} | {} | {} | {left} | {} | {element} | {instead} | {guide} | {users} |",
        one.stage.word(),
        day(one.record.since),
        day(one.record.sunset.day()),
        code(&one.contract),
    );
}

/// Text in which nothing is a link, a mention, or markup.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in escape::terminal(text, true).chars() {
        if c.is_ascii_punctuation() && !matches!(c, ',' | '.' | ':' | '-' | '(' | ')' | '/') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A code span in a cell of a table: a bar is escaped there too, and a fence is longer than any run of backticks inside.
fn code(text: &str) -> String {
    let text = escape::terminal(text, true).replace('|', "\\|");
    let mut fence = "`".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    let gap = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{gap}{text}{gap}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_a_cell() {
        assert_eq!(code("a|b\nc"), "`a\\|b\\nc`");
        assert_eq!(code("`a``b`"), "``` `a``b` ```");
        assert_eq!(plain("a@b <c> *d*"), "a\\@b \\<c\\> \\*d\\*");
    }
}
