//! Logging commands of Azure Pipelines.

use super::{
    Report,
    alert::{Alert, alerts, counts},
    escape::AZURE,
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
    if let Some(counts) = counts(rest) {
        writeln!(
            out,
            "##[section]contract: {counts} not listed here; every report file has them all"
        )?;
    }
    for report in reports {
        writeln!(
            out,
            "##[section]contract: {}",
            AZURE.message(&words::verdict(report))
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
            AZURE.property(spot.path),
            spot.line,
            spot.column
        )
    });
    writeln!(
        out,
        "##vso[task.logissue type={kind};{place}code={};]{}",
        AZURE.property(alert.rule()),
        AZURE.message(&text)
    )
}
