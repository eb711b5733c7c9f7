//! SARIF 2.1.0, for code scanning: one run with every rule, and a result for each thing to say.

mod place;
mod result;
mod rules;

use super::{Report, alert::alerts, json::string, words};
use result::Results;
use std::io::{Result, Write};

/// What code scanning takes of a run.
const MOST: usize = 25_000;

/// What code scanning takes of a file; compressed, so this is on the safe side.
const BYTES: usize = 10_000_000;

/// What is left for everything that is no result.
const FRAME: usize = 500_000;

/// Writes the reports as one run.
///
/// Results are kept by level and verdict, the worst first, as far as the limits of code scanning go; what is left out
/// is counted in a notification.
///
/// # Errors
/// When the writer fails.
pub fn sarif(reports: &[Report<'_>], out: &mut dyn Write) -> Result<()> {
    let all = alerts(reports);
    let results = Results::new(reports);
    let mut written = String::new();
    let mut kept = 0;
    for alert in all.iter().take(MOST) {
        let result = results.of(alert);
        if written.len() + result.len() > BYTES - FRAME {
            break;
        }
        written.push_str(if kept == 0 { "\n" } else { ",\n" });
        written.push_str(&result);
        kept += 1;
    }
    write!(
        out,
        "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{{\n\
         \"tool\":{{\"driver\":{{\"name\":\"contract\",\"version\":{version},\"semanticVersion\":{version},\"rules\":[\n",
        version = string(env!("CARGO_PKG_VERSION"))
    )?;
    rules::write(out)?;
    out.write_all(
        b"]}},\n\"automationDetails\":{\"id\":\"contract/\"},\n\"columnKind\":\"unicodeCodePoints\",\n\
          \"originalUriBaseIds\":{\
          \"SRCROOT\":{\"description\":{\"text\":\"the root of the new version\"}},\
          \"BASEROOT\":{\"description\":{\"text\":\"the root of the old version\"}}},\n",
    )?;
    invocation(out, all.len() - kept)?;
    properties(reports, out)?;
    write!(out, "\"results\":[{written}]\n}}]}}\n")
}

/// That the run is complete, and how much of it is not told here.
fn invocation(out: &mut dyn Write, omitted: usize) -> Result<()> {
    let notification = if omitted == 0 {
        String::new()
    } else {
        let text = format!(
            "{} left out, the least severe: code scanning takes {MOST} results and {} MB; the JSON report has all",
            words::counted(omitted, "result"),
            BYTES / 1_000_000
        );
        format!(
            "{{\"level\":\"warning\",\"message\":{{\"text\":{}}}}}",
            string(&text)
        )
    };
    writeln!(
        out,
        "\"invocations\":[{{\"executionSuccessful\":true,\"toolExecutionNotifications\":[{notification}]}}],"
    )
}

/// What was compared, and how it ended.
fn properties(reports: &[Report<'_>], out: &mut dyn Write) -> Result<()> {
    let passes = reports.iter().all(Report::passes);
    let comparisons: Vec<String> = reports
        .iter()
        .map(|report| {
            format!(
                "{{\"base\":{},\"head\":{},\"today\":{},\"verdict\":\"{}\"}}",
                string(&report.base.label),
                string(&report.head.label),
                string(&report.today),
                word(report.passes())
            )
        })
        .collect();
    writeln!(
        out,
        "\"properties\":{{\"verdict\":\"{}\",\"comparisons\":[{}]}},",
        word(passes),
        comparisons.join(",")
    )
}

const fn word(passes: bool) -> &'static str {
    if passes { "pass" } else { "fail" }
}
