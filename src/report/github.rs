//! Annotations of a pull request: workflow commands of GitHub Actions.

use super::{
    Report,
    alert::{Alert, Subject, alerts, counts},
    escape::GITHUB,
    words::{self, cut},
};
use crate::spec::Level;
use crate::variance::Verdict;
use std::io::{Result, Write};

/// The runner drops what one step says beyond this, level by level and in silence.
const MOST: usize = 10;

/// How much of a message is told.
const MESSAGE: usize = 2_000;

/// Writes annotations: up to ten of a level, the worst first, and how many more there are.
///
/// What changed without any harm is counted only.
///
/// # Errors
/// When the writer fails.
pub fn github(reports: &[Report<'_>], out: &mut dyn Write) -> Result<()> {
    let mut told = [0; 3];
    let mut rest = [0; 3];
    for alert in alerts(reports) {
        let (command, number) = match alert.level() {
            Level::Error => ("error", 0),
            Level::Warning => ("warning", 1),
            Level::Note => ("notice", 2),
            Level::Off => continue,
        };
        // One of the notices is the count.
        let most = if number == 2 { MOST - 1 } else { MOST };
        if told[number] == most || !is_worth(&alert) {
            rest[number] += 1;
            continue;
        }
        told[number] += 1;
        line(&alert, command, reports.len() > 1, out)?;
    }
    if let Some(counts) = counts(rest) {
        let text = format!("{counts} without an annotation here; every report file has them all");
        writeln!(out, "::notice title=contract::{}", GITHUB.message(&text))?;
    }
    Ok(())
}

fn line(alert: &Alert<'_, '_>, command: &str, many: bool, out: &mut dyn Write) -> Result<()> {
    let mut text = cut(alert.message(), MESSAGE).into_owned();
    for line in alert.remarks() {
        text.push('\n');
        text.push_str(&cut(&line, MESSAGE));
    }
    if many {
        text.push('\n');
        text.push_str(&words::versions(alert.report));
    }
    let place = alert.spot().map_or_else(String::new, |spot| {
        format!(
            "file={},line={},col={},",
            GITHUB.property(spot.path),
            spot.line,
            spot.column
        )
    });
    writeln!(
        out,
        "::{command} {place}title={}::{}",
        GITHUB.property(alert.rule()),
        GITHUB.message(&text)
    )
}

/// Whether it is worth one of the few places: nobody reviews what is merely new.
fn is_worth(alert: &Alert<'_, '_>) -> bool {
    match alert.subject {
        Subject::Change(_, finding, _) => {
            alert.level() > Level::Note || finding.verdict >= Verdict::Risky
        }
        Subject::Notice(_) | Subject::Complaint(..) => true,
    }
}
