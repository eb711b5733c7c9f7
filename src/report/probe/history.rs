//! How operations fared, a block for each: a strip of verdicts, two lines of figures, and what has drifted since when.

use super::{counted, operation, paint, sign, style};
use crate::probe::history::Trend;
use crate::report::{
    Look, escape,
    style::{Paint, Style},
    wrap::paragraph,
};
use std::fmt::Write as _;

const UNICODE: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII: [char; 8] = ['_', '.', ',', '-', '=', '+', '*', '#'];

/// The history of an environment as text.
#[must_use]
pub fn history(environment: &str, trends: &[Trend], look: Look) -> String {
    let style = style(look);
    let mut out = String::new();
    let said = |text: &str| escape::terminal(text, look.unicode).into_owned();
    let head = format!("{environment}: {}", counted(trends.len(), "operation"));
    let _ = writeln!(out, "{}", style.paint(Paint::Strong, &said(&head)));
    for trend in trends {
        let name = format!("{} ({})", operation(&trend.operation), trend.contract);
        let _ = writeln!(out, "\n{}", style.paint(Paint::Strong, &said(&name)));
        let strip: String = trend
            .strip
            .iter()
            .map(|verdict| match verdict {
                Some(verdict) => style.paint(paint(*verdict), sign(*verdict)),
                None => " ".to_owned(),
            })
            .collect();
        let _ = writeln!(out, "  verdicts  {strip}  {}", counted(trend.runs, "run"));
        let presence = trend.points.iter().map(|point| point.presence).collect();
        line(&mut out, style, "presence", presence, "%", Some(100));
        let latency = trend.points.iter().map(|point| point.p95).collect();
        line(&mut out, style, "p95", latency, "ms", None);
        for drift in &trend.drifts {
            let text = format!(
                "since {}, last {}, {}: {} ({})",
                drift.first,
                drift.last,
                counted(drift.runs, "run"),
                drift.message,
                drift.id
            );
            let text = paragraph("  ", &said(&text), look.width);
            for line in text.lines() {
                let _ = writeln!(out, "{}", style.paint(paint(drift.verdict), line));
            }
        }
    }
    if !trends.is_empty() {
        let key = ". pass  w warn  d drift  F fail  ? inconclusive  p pending  s skipped";
        let _ = writeln!(out, "\n{}", style.paint(Paint::Faint, key));
    }
    out
}

/// Figures as a line of bars, from 0 to the greatest of them, or to what is most there can be.
fn line(
    out: &mut String,
    style: Style,
    name: &str,
    figures: Vec<Option<u64>>,
    unit: &str,
    most: Option<u64>,
) {
    let bars = if style.unicode { UNICODE } else { ASCII };
    let known: Vec<u64> = figures.iter().flatten().copied().collect();
    let (Some(low), Some(high)) = (known.iter().min(), known.iter().max()) else {
        return;
    };
    let top = most.unwrap_or(*high).max(1);
    let spark: String = figures
        .into_iter()
        .map(|figure| {
            let Some(figure) = figure else { return ' ' };
            let place = u128::from(figure.min(top)) * 7 / u128::from(top);
            bars[usize::try_from(place).unwrap_or(7).min(7)]
        })
        .collect();
    let _ = writeln!(out, "  {name:<8}  {spark}  {low} to {high} {unit}");
}
