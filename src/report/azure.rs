//! Logging commands of Azure Pipelines.

use super::{
    Report,
    alert::{Alert, alerts},
    escape::{azure as escaped, azure_property},
    words::{self, cut},
};
use crate::spec::Level;
use std::io::{Result, Write};

/// How many issues of a level the agent shows of one task.
const MOST: usize = 10;

/// How much of a message is told.
const MESSAGE: usize = 2_000;

/// Writes issues: the errors, then the warnings, the worst first; notes have no command, and are counted.
///
/// # Errors
/// When the writer fails.
pub fn azure(reports: &[Report<'_>], out: &mut dyn Write) -> Result<()> {
    let mut told = [0; 2];
    let mut rest = [0; 3];
    for alert in alerts(reports) {
        let (kind, number) = match alert.level() {
            Level::Error => ("error", 0),
            Level::Warning => ("warning", 1),
            Level::Note => {
                rest[2] += 1;
                continue;
            }
            Level::Off => continue,
        };
        if told[number] == MOST {
            rest[number] += 1;
            continue;
        }
        told[number] += 1;
        line(&alert, kind, reports.len() > 1, out)?;
    }
    let counts: Vec<String> = [(rest[0], "error"), (rest[1], "warning"), (rest[2], "note")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| words::counted(count, word))
        .collect();
    if !counts.is_empty() {
        writeln!(
            out,
            "##[section]contract: {} not listed here; every report file has them all",
            counts.join(", ")
        )?;
    }
    for report in reports {
        writeln!(
            out,
            "##[section]contract: {}",
            escaped(&words::verdict(report))
        )?;
    }
    Ok(())
}

fn line(alert: &Alert<'_, '_>, kind: &str, many: bool, out: &mut dyn Write) -> Result<()> {
    // An issue is one line in the summary of a run.
    let mut text = cut(alert.message(), MESSAGE).into_owned();
    for line in alert.remarks() {
        text.push_str("; ");
        text.push_str(&cut(&line, MESSAGE));
    }
    if many {
        text.push_str("; ");
        text.push_str(&words::versions(alert.report));
    }
    let place = alert.spot().map_or_else(String::new, |spot| {
        format!(
            "sourcepath={};linenumber={};columnnumber={};",
            azure_property(spot.path),
            spot.line,
            spot.column
        )
    });
    writeln!(
        out,
        "##vso[task.logissue type={kind};{place}code={};]{}",
        azure_property(alert.rule()),
        escaped(&text)
    )
}
