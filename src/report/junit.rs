//! JUnit XML: a suite for each contract, a case for each thing that is more than a note.

use super::{
    Look, Report,
    alert::{Alert, Subject, notices, short},
    escape::xml,
    text::Blocks,
    words::{self, cut},
};
use crate::spec::Level;
use std::{
    fmt::Write as _,
    io::{Result, Write},
};

/// How much of a message is told.
const MESSAGE: usize = 2_000;

/// How much of a failure's text is told.
const TEXT: usize = 20_000;

/// How many cases are told at length.
const LONG: usize = 500;

/// A case: what it is called, and what is wrong.
struct Case {
    class: String,
    name: String,
    level: Level,
    fails: bool,
    rule: &'static str,
    message: String,
    text: String,
}

struct Suite {
    name: String,
    cases: Vec<Case>,
}

/// Writes the suites. A case fails when it alone makes the run fail; what is merely worth a look passes, and says so.
///
/// # Errors
/// When the writer fails.
pub fn junit(reports: &[Report<'_>], out: &mut dyn Write) -> Result<()> {
    let mut told = 0;
    let suites: Vec<Suite> = reports
        .iter()
        .flat_map(|report| suites(report, reports.len() > 1, &mut told))
        .collect();
    let all = || suites.iter().flat_map(|suite| &suite.cases);
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"contract\" tests=\"{}\" failures=\"{}\" errors=\"0\">",
        all().count(),
        all().filter(|case| case.fails).count()
    )?;
    for suite in &suites {
        let fails = suite.cases.iter().filter(|case| case.fails).count();
        writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{fails}\" errors=\"0\" skipped=\"0\">",
            xml(&suite.name),
            suite.cases.len()
        )?;
        for case in &suite.cases {
            self::case(case, out)?;
        }
        out.write_all(b"  </testsuite>\n")?;
    }
    out.write_all(b"</testsuites>\n")
}

fn case(case: &Case, out: &mut dyn Write) -> Result<()> {
    let (class, name) = (xml(&case.class), xml(&case.name));
    write!(out, "    <testcase classname=\"{class}\" name=\"{name}\"")?;
    if case.level < Level::Warning {
        return out.write_all(b"/>\n");
    }
    let (rule, message) = (case.rule, xml(&case.message));
    // In text a line ending may stand as it is, and is easier to read so.
    let text = xml(&case.text).replace("&#10;", "\n");
    if case.fails {
        write!(
            out,
            ">\n      <failure type=\"{rule}\" message=\"{message}\">{text}</failure>\n    </testcase>\n"
        )
    } else {
        write!(
            out,
            ">\n      <system-out>{text}</system-out>\n    </testcase>\n"
        )
    }
}

fn suites(report: &Report<'_>, many: bool, told: &mut usize) -> Vec<Suite> {
    let named = |name: &str| {
        if many {
            format!("{name} ({})", words::versions(report))
        } else {
            name.to_owned()
        }
    };
    let look = Look {
        width: 100,
        ..Look::default()
    };
    let blocks = Blocks::new(look, &report.base, &report.today);
    let mut suites = Vec::new();
    for compared in &report.contracts {
        let name = words::name(compared);
        let changes = compared
            .ruled()
            .map(|(finding, ruling)| Subject::Change(compared, finding, ruling));
        let complaints = compared
            .complaints
            .iter()
            .map(|complaint| Subject::Complaint(compared, complaint));
        let cases = changes
            .chain(complaints)
            .map(|subject| Alert { report, subject })
            .filter(|alert| alert.level() >= Level::Warning)
            .map(|alert| of(&alert, name, &blocks, told));
        let cases = or_passed(cases.collect(), name, "no change breaks its consumers");
        suites.push(Suite {
            name: named(name),
            cases,
        });
    }
    if report.governance.is_some() {
        let cases = notices(report)
            .map(|notice| Alert {
                report,
                subject: Subject::Notice(notice),
            })
            .filter(|alert| alert.level() >= Level::Warning)
            .map(|alert| of(&alert, "governance", &blocks, told));
        suites.push(Suite {
            name: named("governance"),
            cases: or_passed(cases.collect(), "governance", "the policy is kept"),
        });
    }
    suites
}

/// A suite without a case would look as if nothing had been checked.
fn or_passed(mut cases: Vec<Case>, class: &str, name: &str) -> Vec<Case> {
    if cases.is_empty() {
        cases.push(Case {
            class: class.to_owned(),
            name: name.to_owned(),
            level: Level::Off,
            fails: false,
            rule: "",
            message: String::new(),
            text: String::new(),
        });
    }
    cases
}

fn of(alert: &Alert<'_, '_>, class: &str, blocks: &Blocks<'_>, told: &mut usize) -> Case {
    *told += 1;
    let message = cut(alert.message(), MESSAGE).into_owned();
    let text = match alert.subject {
        Subject::Change(compared, finding, _) if *told <= LONG => blocks.full(compared, finding),
        Subject::Change(..) | Subject::Notice(_) | Subject::Complaint(..) => brief(alert),
    };
    Case {
        class: class.to_owned(),
        name: format!("{message} [{}]", short(&alert.fingerprint())),
        level: alert.level(),
        fails: alert.fails(),
        rule: alert.rule(),
        text: cut(&text, TEXT).into_owned(),
        message,
    }
}

/// A few lines, without the contract's own.
fn brief(alert: &Alert<'_, '_>) -> String {
    let message = cut(alert.message(), MESSAGE);
    let mut text = format!("{}[{}]: {message}\n", alert.level().word(), alert.rule());
    if let Some(spot) = alert.spot() {
        let _ = writeln!(text, "  --> {}:{}:{}", spot.path, spot.line, spot.column);
    }
    for line in alert.remarks() {
        let _ = writeln!(text, "  = {}", cut(&line, MESSAGE));
    }
    text
}
