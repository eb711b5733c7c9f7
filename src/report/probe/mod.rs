//! Telling what a probe has found.

mod history;
mod json;
mod junit;
#[cfg(test)]
mod tests;
mod text;

pub use history::history;
pub use json::{json, probe_report_schema};
pub use junit::junit;
pub use text::text;

use super::{
    Look,
    style::{Paint, Style},
};
use crate::probe::check::Verdict;

const fn style(look: Look) -> Style {
    Style {
        color: look.color,
        unicode: look.unicode,
    }
}

const fn paint(verdict: Verdict) -> Paint {
    match verdict {
        Verdict::Pass => Paint::Good,
        Verdict::Skipped => Paint::Faint,
        Verdict::Warn | Verdict::Pending | Verdict::Inconclusive | Verdict::Drift => Paint::Warn,
        Verdict::Fail => Paint::Bad,
    }
}

/// A sign for each verdict; letters say it without colours.
const fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => ".",
        Verdict::Skipped => "s",
        Verdict::Warn => "w",
        Verdict::Pending => "p",
        Verdict::Inconclusive => "?",
        Verdict::Drift => "d",
        Verdict::Fail => "F",
    }
}

/// `op:GET /a` as people write it.
fn operation(element: &str) -> &str {
    element.strip_prefix("op:").unwrap_or(element)
}

fn counted(count: usize, word: &str) -> String {
    let end = if count == 1 { "" } else { "s" };
    format!("{count} {word}{end}")
}
