//! A stretch of a contract with its line numbers.

use super::super::{escape::html as text, place};
use crate::judge::Mark;
use crate::spec::Bundle;
use crate::text::Source;
use std::fmt::Write;

/// How many lines of a value are shown.
const MOST: u32 = 8;

/// How much of a line is shown, in bytes.
const WIDE: usize = 160;

/// A figure of the place; `None` where a version has no such place.
pub(super) fn figure(title: &str, bundle: Option<&Bundle>, mark: Option<Mark>) -> String {
    let (Some(bundle), Some(mark)) = (bundle, mark) else {
        return format!(
            "<figure><figcaption>{title}</figcaption><p class=\"none\">nothing</p></figure>"
        );
    };
    let location = place::locate(bundle, mark);
    let source = location.source;
    let first = location.position.line;
    let last = source
        .locate(mark.end.saturating_sub(1).max(mark.start))
        .line;
    let whole = last.max(first);
    let last = whole.min(first + MOST - 1);
    let hidden = if mark.absent { 0 } else { whole - last };
    let (from, to) = match (mark.absent, hidden) {
        (true, _) => (first, first),
        (false, 0) => (first.saturating_sub(1).max(1), last + 1),
        // What follows is part of it still, and would look as if it were not.
        (false, _) => (first.saturating_sub(1).max(1), last),
    };
    let note = if mark.absent {
        " <em>not there; nearest:</em>"
    } else {
        ""
    };
    let mut out = format!(
        "<figure><figcaption>{title}{note} <code>{}</code></figcaption><ol class=\"src\" start=\"{from}\">",
        text(&location.words())
    );
    let indent = (from..=to)
        .filter_map(|number| source.line_text(number))
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or_default();
    for number in from..=to.min(source.line_count()) {
        let marked = !mark.absent && (first..=last).contains(&number);
        let line = shown(source, number, mark.start, indent);
        let class = if marked { " class=\"m\"" } else { "" };
        let _ = write!(out, "<li{class}>{}", text(&line));
    }
    match hidden {
        0 => {}
        1 => out.push_str("<li class=\"m\"><em>… 1 more line</em>"),
        many => {
            let _ = write!(out, "<li class=\"m\"><em>… {many} more lines</em>");
        }
    }
    out.push_str("</ol></figure>");
    out
}

/// A line without the indent that all have; of a long one, what is around the place.
fn shown(source: &Source, number: u32, place: u32, indent: usize) -> String {
    let line = source.line_text(number).unwrap_or_default();
    let start = source.line_start(number).unwrap_or_default() as usize;
    let line_start = indent.min(line.len());
    if line.len() - line_start <= WIDE {
        return line.get(line_start..).unwrap_or(line).to_owned();
    }
    let at = (place as usize).saturating_sub(start).min(line.len());
    let from = boundary(line, at.saturating_sub(WIDE / 3).max(line_start));
    let to = boundary(line, (from + WIDE).min(line.len()));
    let (before, after) = (
        if from > line_start { "…" } else { "" },
        if to < line.len() { "…" } else { "" },
    );
    format!("{before}{}{after}", &line[from..to])
}

fn boundary(line: &str, mut at: usize) -> usize {
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    at
}
