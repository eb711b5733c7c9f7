//! A run as JUnit XML: a suite for each scenario, a case for each step, and a suite for what has drifted.

use super::operation;
use crate::probe::{
    check::Verdict,
    summary::{Exit, Step, Summary},
};
use crate::report::escape::xml;
use std::fmt::Write as _;

struct Suite {
    name: String,
    cases: Vec<Case>,
}

struct Case {
    class: String,
    name: String,
    micros: u64,
    ends: Ends,
    text: String,
}

enum Ends {
    Passed,
    Skipped(String),
    Failed(String),
    Erred(String),
}

impl Suite {
    fn count(&self, which: impl Fn(&Ends) -> bool) -> usize {
        self.cases.iter().filter(|case| which(&case.ends)).count()
    }
}

/// A run as XML. A case fails when it breaks the contract; what says nothing is skipped, unless that ends the run: then the suite of
/// the run has an error.
#[must_use]
pub fn junit(summary: &Summary) -> String {
    let suites = suites(summary);
    let sum =
        |which: fn(&Ends) -> bool| suites.iter().map(|suite| suite.count(which)).sum::<usize>();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"contract probe {}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n",
        xml(&summary.environment),
        sum(|_| true),
        sum(is_failed),
        sum(is_erred)
    );
    for suite in &suites {
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">",
            xml(&suite.name),
            suite.cases.len(),
            suite.count(is_failed),
            suite.count(is_erred),
            suite.count(|ends| matches!(ends, Ends::Skipped(_)))
        );
        for case in &suite.cases {
            self::case(&mut out, case);
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

const fn is_failed(ends: &Ends) -> bool {
    matches!(ends, Ends::Failed(_))
}

const fn is_erred(ends: &Ends) -> bool {
    matches!(ends, Ends::Erred(_))
}

fn case(out: &mut String, case: &Case) {
    let _ = write!(
        out,
        "    <testcase classname=\"{}\" name=\"{}\" time=\"{}.{:06}\"",
        xml(&case.class),
        xml(&case.name),
        case.micros / 1_000_000,
        case.micros % 1_000_000
    );
    let text = xml(&case.text);
    let inside = match &case.ends {
        Ends::Passed if text.is_empty() => {
            out.push_str("/>\n");
            return;
        }
        Ends::Passed => format!("<system-out>{text}</system-out>"),
        Ends::Skipped(message) => format!("<skipped message=\"{}\"/>", xml(message)),
        Ends::Failed(message) => format!("<failure message=\"{}\">{text}</failure>", xml(message)),
        Ends::Erred(message) => format!("<error message=\"{}\">{text}</error>", xml(message)),
    };
    let _ = writeln!(out, ">{inside}</testcase>");
}

fn suites(summary: &Summary) -> Vec<Suite> {
    let mut suites: Vec<Suite> = summary
        .scenarios
        .iter()
        .map(|scenario| Suite {
            name: scenario.id.clone(),
            cases: scenario
                .steps
                .iter()
                .map(|one| step(&scenario.id, one))
                .collect(),
        })
        .collect();
    let drifts = summary
        .drifts
        .iter()
        .filter(|drift| drift.verdict != Verdict::Pass);
    let drifts = drifts.map(|drift| {
        let changes = drift.changes.iter().map(|change| {
            format!(
                "{} {} at {} ({})\n",
                change.verdict.word(),
                change.rule,
                change.element,
                change.fingerprint
            )
        });
        Case {
            class: "drift".to_owned(),
            name: format!(
                "{}: {} {}",
                operation(&drift.of.to_string()),
                drift.what.word(),
                drift.id()
            ),
            micros: 0,
            ends: ends(drift.verdict, &drift.message()),
            text: format!("{}\n{}", drift.message(), changes.collect::<String>()),
        }
    });
    let drifts: Vec<Case> = drifts.collect();
    if !drifts.is_empty() {
        suites.push(Suite {
            name: "drift".to_owned(),
            cases: drifts,
        });
    }
    let mut run: Vec<Case> = summary
        .leaks
        .iter()
        .map(|leak| Case {
            class: "run".to_owned(),
            name: format!("clean-up of {}", leak.step),
            micros: 0,
            ends: Ends::Erred(leak.why.clone()),
            text: leak.request.clone().unwrap_or_default(),
        })
        .collect();
    if summary.exit == Exit::Inconclusive || summary.exit == Exit::Configuration {
        let message = match (&summary.reason, summary.exit) {
            (Some(reason), _) => reason.clone(),
            (None, _) => "a request could not be made as it is configured".to_owned(),
        };
        run.push(Case {
            class: "run".to_owned(),
            name: "conclusive".to_owned(),
            micros: 0,
            ends: Ends::Erred(message),
            text: String::new(),
        });
    }
    if !run.is_empty() {
        suites.push(Suite {
            name: "run".to_owned(),
            cases: run,
        });
    }
    suites
}

fn step(scenario: &str, step: &Step) -> Case {
    let worst = step
        .checks
        .iter()
        .filter(|check| check.verdict == step.verdict);
    let message = worst
        .map(|check| format!("{}: {}", check.id, check.message))
        .next();
    let loud = step
        .checks
        .iter()
        .filter(|check| check.verdict != Verdict::Pass);
    let text =
        loud.map(|check| format!("{} {}: {}\n", check.verdict.word(), check.id, check.message));
    let name = match &step.operation {
        Some(element) => format!("{} {}", step.step, operation(element)),
        None => step.step.clone(),
    };
    Case {
        class: scenario.to_owned(),
        name,
        micros: step.answers.iter().filter_map(|answer| answer.micros).sum(),
        ends: ends(step.verdict, &message.unwrap_or_default()),
        text: text.collect(),
    }
}

fn ends(verdict: Verdict, message: &str) -> Ends {
    match verdict {
        Verdict::Fail => Ends::Failed(message.to_owned()),
        Verdict::Skipped | Verdict::Pending | Verdict::Inconclusive => {
            Ends::Skipped(format!("{}: {message}", verdict.word()))
        }
        Verdict::Pass | Verdict::Warn | Verdict::Drift => Ends::Passed,
    }
}
