//! A run for people at a terminal: what is loud first, the verdict last.

use super::{counted, operation, paint, style};
use crate::probe::{
    check::{Check, Verdict},
    drift::Drift,
    summary::{Scenario, Step, Summary},
};
use crate::report::{
    Look, Verbosity, escape,
    style::{Paint, Style},
    wrap::paragraph,
};
use std::fmt::Write as _;

/// How many operations that were never asked are listed.
const NEVER: usize = 10;

/// A run as text.
#[must_use]
pub fn text(summary: &Summary, look: Look) -> String {
    let mut told = Telling {
        look,
        style: style(look),
        out: String::new(),
    };
    if look.verbosity > Verbosity::Quiet {
        for scenario in &summary.scenarios {
            told.scenario(scenario);
        }
        told.drifts(summary);
        told.rest(summary);
    }
    told.verdict(summary);
    told.out
}

struct Telling {
    look: Look,
    style: Style,
    out: String,
}

impl Telling {
    fn wide(&self) -> bool {
        self.look.verbosity >= Verbosity::Verbose
    }

    fn paragraph(&mut self, indent: &str, paint: Paint, text: &str) {
        let text = escape::terminal(text, self.look.unicode);
        for line in paragraph(indent, &text, self.look.width).lines() {
            let _ = writeln!(self.out, "{}", self.style.paint(paint, line));
        }
    }

    fn verdict_word(&self, verdict: Verdict) -> String {
        self.style
            .paint(paint(verdict), &format!("{:<12}", verdict.word()))
    }

    fn scenario(&mut self, scenario: &Scenario) {
        let loud = |step: &&Step| self.wide() || step.verdict != Verdict::Pass;
        let steps: Vec<&Step> = scenario.steps.iter().filter(loud).collect();
        if steps.is_empty() && !self.wide() {
            return;
        }
        let owner = scenario
            .owner
            .iter()
            .map(|owner| format!(", owner {owner}"));
        let head = format!(
            "{} ({}){}",
            scenario.id,
            scenario.file,
            owner.collect::<String>()
        );
        self.paragraph("", Paint::Strong, &head);
        for step in steps {
            self.step(step);
        }
        self.out.push('\n');
    }

    fn step(&mut self, step: &Step) {
        let word = self.verdict_word(step.verdict);
        let mut line = step.step.clone();
        if let Some(element) = &step.operation {
            let _ = write!(line, "  {}", operation(element));
        }
        if let Some(answer) = step.answers.last() {
            match (answer.status, answer.failure) {
                (Some(status), _) => {
                    let _ = write!(line, "  {status}");
                }
                (None, Some(failure)) => {
                    let _ = write!(line, "  {failure}");
                }
                (None, None) => {}
            }
            if let Some(micros) = answer.micros {
                let _ = write!(line, "  {} ms", micros / 1_000);
            }
        }
        let line = escape::terminal(&line, self.look.unicode).into_owned();
        let _ = writeln!(self.out, "  {word}  {line}");
        let wide = self.wide();
        let loud = |check: &&Check| wide || check.verdict != Verdict::Pass;
        for check in step.checks.iter().filter(loud) {
            self.check(check);
        }
    }

    fn check(&mut self, check: &Check) {
        let mut text = format!("{}: {}", check.id, check.message);
        if let Some(place) = &check.place {
            let _ = write!(text, " ({place})");
        }
        let painted = match check.verdict {
            Verdict::Pass | Verdict::Skipped => Paint::Faint,
            Verdict::Warn
            | Verdict::Pending
            | Verdict::Inconclusive
            | Verdict::Drift
            | Verdict::Fail => Paint::Strong,
        };
        self.paragraph("      ", painted, &text);
        if let (Some(expected), Some(found)) = (&check.expected, &check.found) {
            let text = format!("promised {expected}, found {found}");
            self.paragraph("      ", Paint::Faint, &text);
        }
    }

    fn drifts(&mut self, summary: &Summary) {
        let wide = self.wide();
        let loud = |drift: &&Drift| wide || drift.verdict != Verdict::Pass;
        let mut drifts: Vec<&Drift> = summary.drifts.iter().filter(loud).collect();
        if drifts.is_empty() {
            return;
        }
        drifts.sort_by_key(|drift| std::cmp::Reverse(drift.verdict));
        let than = match (&summary.baseline.accepted, summary.baseline.runs) {
            (Some(run), _) => format!("drift from the accepted run {run}"),
            (None, runs) => format!("drift from {}", counted(runs, "earlier run")),
        };
        self.paragraph("", Paint::Strong, &than);
        for drift in drifts {
            self.drift(drift);
        }
        self.out.push('\n');
    }

    fn drift(&mut self, drift: &Drift) {
        let word = self.verdict_word(drift.verdict);
        let place = drift.of.to_string();
        let place = escape::terminal(operation(&place), self.look.unicode).into_owned();
        let _ = writeln!(
            self.out,
            "  {word}  {}",
            self.style.paint(Paint::Place, &place)
        );
        self.paragraph("      ", Paint::Strong, &drift.message());
        for change in &drift.changes {
            let text = format!(
                "as an edit of the contract: {} {}",
                change.verdict.word(),
                change.rule
            );
            self.paragraph("      ", Paint::Faint, &text);
            let text = format!("{} at {}", change.fingerprint, change.element);
            self.paragraph("      ", Paint::Faint, &text);
        }
        if let Some(accepted) = &drift.accepted {
            let text = format!(
                "accepted until {} by {}: {}",
                accepted.until, accepted.who, accepted.reason
            );
            self.paragraph("      ", Paint::Faint, &text);
        } else if drift.verdict != Verdict::Pass {
            let text = format!(
                "contract probe accept {} --until DATE --reason TEXT",
                drift.id()
            );
            self.paragraph("      ", Paint::Faint, &text);
        }
    }

    fn rest(&mut self, summary: &Summary) {
        for remark in &summary.remarks {
            let text = format!("warn: {}; {}", remark.message, remark.help);
            self.paragraph("", Paint::Warn, &text);
        }
        for leak in &summary.leaks {
            let request = leak.request.as_deref().unwrap_or("nobody knows where");
            let text = format!(
                "left at the vendor's by step {}: {request}: {}; it carries {}",
                leak.step, leak.why, leak.run
            );
            self.paragraph("", Paint::Bad, &text);
        }
        let coverage = &summary.coverage;
        let text = format!(
            "seen: {} of {} operations, {} of {} answers, {} of {} members of those answers",
            coverage.operations.seen,
            coverage.operations.of,
            coverage.statuses.seen,
            coverage.statuses.of,
            coverage.fields.seen,
            coverage.fields.of
        );
        self.paragraph("", Paint::Faint, &text);
        if coverage.never.is_empty() {
            return;
        }
        let most = if self.wide() { usize::MAX } else { NEVER };
        let never = coverage.never.iter().take(most);
        let never: Vec<&str> = never.map(|(_, element)| operation(element)).collect();
        let more = coverage.never.len().saturating_sub(never.len());
        let more = if more > 0 {
            format!(", and {more} more")
        } else {
            String::new()
        };
        let text = format!("never asked: {}{more}", never.join(", "));
        self.paragraph("", Paint::Faint, &text);
    }

    fn verdict(&mut self, summary: &Summary) {
        let counts: Vec<String> = summary
            .counts
            .steps
            .iter()
            .map(|(word, count)| format!("{count} {word}"))
            .collect();
        let drifts: usize = summary
            .drifts
            .iter()
            .filter(|drift| drift.verdict != Verdict::Pass)
            .count();
        let mut text = format!("{} {}", summary.verdict.word(), summary.environment);
        if let Some(reason) = &summary.reason {
            let _ = write!(text, ": {reason}");
        }
        let counts = if counts.is_empty() {
            "none".to_owned()
        } else {
            counts.join(", ")
        };
        let _ = write!(
            text,
            "; steps: {counts}; {}; {}",
            counted(drifts, "drift"),
            counted(summary.counts.requests, "request")
        );
        if summary.counts.retries > 0 {
            let _ = write!(text, ", {} of them again", summary.counts.retries);
        }
        self.paragraph("", paint(summary.verdict), &text);
    }
}
