//! Markdown for a comment on a pull request and for the summary of a step: what to know first comes first, and it fits.

mod governed;
mod page;
mod parts;

use super::{
    Report,
    alert::alerts,
    escape::{code, markdown as text},
    words,
};
use page::Page;
use std::io::{Result, Write};

/// A comment may have 65,536 characters; the rest is for whoever adds a heading or a link.
const MOST: usize = 60_000;

/// What finds the comment again, so that a later run rewrites it.
const MARKER: &str = "<!-- contract-report -->";

/// Writes the report: at most 60,000 bytes, the worst first.
///
/// # Errors
/// When the writer fails.
pub fn markdown(reports: &[Report<'_>], out: &mut dyn Write) -> Result<()> {
    let mut page = Page::new(MOST);
    page.line(MARKER);
    let passes = reports.iter().all(Report::passes);
    match reports {
        [report] => {
            page.line(&format!(
                "### {} Contract check {}",
                sign(passes),
                text(&words::verdict(report))
            ));
            page.line("");
            page.line(&heading(report));
        }
        reports => {
            let failed = reports.iter().filter(|report| !report.passes()).count();
            page.line(&format!(
                "### {} Contract check: {}, {failed} blocked",
                sign(passes),
                words::counted(reports.len(), "comparison")
            ));
            for report in reports.iter().take(50) {
                page.line("");
                page.line(&format!(
                    "{} {}: {}",
                    sign(report.passes()),
                    heading(report),
                    text(&words::verdict(report))
                ));
            }
        }
    }
    let all = alerts(reports);
    let many = reports.len() > 1;
    parts::changes(&mut page, &all, many);
    governed::todo(&mut page, &all);
    governed::signoffs(&mut page, &all);
    governed::governance(&mut page, &all);
    parts::unblock(&mut page, &all);
    parts::witnesses(&mut page, &all);
    governed::windows(&mut page, &all);
    parts::landing(&mut page, &all);
    parts::quiet(&mut page, &all);
    parts::documents(&mut page, &all);
    out.write_all(page.text().as_bytes())
}

const fn sign(passes: bool) -> &'static str {
    if passes { "✅" } else { "❌" }
}

/// What was compared with what, and when.
fn heading(report: &Report<'_>) -> String {
    let names = match report.contracts.as_slice() {
        [compared] => code(words::name(compared)),
        contracts => words::counted(contracts.len(), "contract"),
    };
    format!(
        "{names} · {} → {} · {}",
        code(&report.base.label),
        code(&report.head.label),
        report.today
    )
}
