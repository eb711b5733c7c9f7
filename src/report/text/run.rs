//! The whole report: heading, findings, complaints, the verdict, and what to do next.

use super::{
    super::{
        Compared, Report, Summary, place,
        style::Paint,
        wrap::{paragraph, wrap},
    },
    Look, Verbosity,
    block::Blocks,
};
use crate::{
    judge::{Complaint, Finding, Side},
    spec::Level,
    variance::Verdict,
};
use std::io::{Result, Write};

/// How many findings of a level are told at length without `-v`.
const BLOCKS: usize = 50;

/// How many complaints that are no errors are shown without `-v`.
const COMPLAINTS: usize = 10;

/// How many rules `next` names.
const RULES: usize = 3;

/// Writes the report for a terminal.
///
/// # Errors
/// When the writer fails.
pub fn text(report: &Report<'_>, look: Look, out: &mut dyn Write) -> Result<()> {
    let run = Run {
        report,
        look,
        blocks: Blocks::new(look, &report.base),
    };
    if look.verbosity > Verbosity::Quiet {
        let mut told = Told::default();
        for compared in &report.contracts {
            run.contract(compared, &mut told, out)?;
        }
    }
    out.write_all(run.verdict().as_bytes())?;
    if look.verbosity > Verbosity::Quiet {
        out.write_all(run.next().as_bytes())?;
    }
    Ok(())
}

/// What has been told so far.
#[derive(Debug, Default)]
struct Told {
    heading: bool,
    errors: usize,
    warnings: usize,
    complaints: usize,
}

struct Run<'r, 'b> {
    report: &'r Report<'b>,
    look: Look,
    blocks: Blocks<'r>,
}

impl Run<'_, '_> {
    fn contract(
        &self,
        compared: &Compared<'_>,
        told: &mut Told,
        out: &mut dyn Write,
    ) -> Result<()> {
        let verbose = self.look.verbosity >= Verbosity::Verbose;
        let of = |wanted: Level| {
            let findings = compared.findings.iter();
            findings.filter(move |finding| finding.level == wanted)
        };
        let shown = |finding: &&Finding| finding.level >= Level::Warning || verbose;
        if !compared.findings.iter().any(|finding| shown(&finding))
            && compared.complaints.is_empty()
        {
            return Ok(());
        }
        if !told.heading {
            out.write_all(self.heading().as_bytes())?;
            told.heading = true;
        }
        if self.report.contracts.len() > 1 {
            out.write_all(self.title(compared).as_bytes())?;
        }
        out.write_all(b"\n")?;
        self.level(compared, &mut of(Level::Error), &mut told.errors, false, out)?;
        self.level(compared, &mut of(Level::Warning), &mut told.warnings, !verbose, out)?;
        if verbose {
            let mut notes = false;
            for finding in of(Level::Note).chain(of(Level::Off)) {
                if !notes {
                    writeln!(out, "{}", self.blocks.style.paint(Paint::Strong, "also changed"))?;
                    notes = true;
                }
                out.write_all(self.blocks.line(compared, finding).as_bytes())?;
            }
            if notes {
                out.write_all(b"\n")?;
            }
        }
        self.complaints(compared, told, out)
    }

    /// The findings of one level: the first ones at length, the others a line each.
    fn level(
        &self,
        compared: &Compared<'_>,
        findings: &mut dyn Iterator<Item = &Finding>,
        told: &mut usize,
        brief: bool,
        out: &mut dyn Write,
    ) -> Result<()> {
        let verbose = self.look.verbosity >= Verbosity::Verbose;
        let mut lines = 0;
        for finding in findings {
            *told += 1;
            if *told > BLOCKS && !verbose {
                if lines == 0 {
                    let word = finding.level.word();
                    let text = format!(
                        "the other {word}s, a line each (-v or --format json tells them all at length)"
                    );
                    let text = paragraph("", &text, self.look.width);
                    out.write_all(text.as_bytes())?;
                }
                lines += 1;
                out.write_all(self.blocks.line(compared, finding).as_bytes())?;
                continue;
            }
            let block = if brief {
                self.blocks.brief(compared, finding)
            } else {
                self.blocks.full(compared, finding)
            };
            out.write_all(block.as_bytes())?;
            out.write_all(b"\n")?;
        }
        if lines > 0 {
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn complaints(
        &self,
        compared: &Compared<'_>,
        told: &mut Told,
        out: &mut dyn Write,
    ) -> Result<()> {
        let verbose = self.look.verbosity >= Verbosity::Verbose;
        let mut hidden = 0;
        let mut any = false;
        for complaint in &compared.complaints {
            if complaint.level < Level::Error && told.complaints >= COMPLAINTS && !verbose {
                hidden += 1;
                continue;
            }
            if !any {
                let title = "in the documents themselves";
                writeln!(out, "{}", self.blocks.style.paint(Paint::Strong, title))?;
                any = true;
            }
            told.complaints += 1;
            out.write_all(self.complaint(compared, complaint).as_bytes())?;
        }
        if hidden > 0 {
            writeln!(out, "and {hidden} more (-v lists them)")?;
        }
        if any || hidden > 0 {
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn complaint(&self, compared: &Compared<'_>, complaint: &Complaint) -> String {
        let blocks = &self.blocks;
        let mut out = blocks.headline(complaint.level, complaint.rule, &complaint.message);
        let side = match complaint.side {
            Some(Side::Old) => "in the old version",
            Some(Side::New) => "in the new version",
            None => "in both versions",
        };
        if let Some((source, position)) = place::of_complaint(compared, complaint) {
            let place = blocks.escape(&format!("{}:{position}", source.name()));
            out.push_str(&format!(
                "  {} {}  {side}\n",
                blocks.style.paint(Paint::Faint, "-->"),
                blocks.style.paint(Paint::Place, &place),
            ));
        }
        out
    }

    fn heading(&self) -> String {
        let blocks = &self.blocks;
        let arrow = blocks.style.either("→", "->");
        let (base, head) = (&self.report.base.label, &self.report.head.label);
        let mut parts = vec![format!("contract {}", env!("CARGO_PKG_VERSION"))];
        let [compared] = self.report.contracts.as_slice() else {
            parts.push(format!("{} contracts", self.report.contracts.len()));
            parts.push(blocks.escape(&format!("{base} {arrow} {head}")));
            return self.joined(&parts);
        };
        let name = name(compared);
        if name != *head {
            parts.push(blocks.escape(&name));
        }
        parts.push(format!("{} {arrow} {}", blocks.escape(base), blocks.escape(head)));
        parts.push(operations(compared));
        self.joined(&parts)
    }

    /// Parts on as few lines as hold them.
    fn joined(&self, parts: &[String]) -> String {
        let text = parts.join("  ");
        let lines = wrap(&text, 0, 2, self.look.width);
        let mut out = self.blocks.style.paint(Paint::Strong, lines[0].trim_end());
        for line in &lines[1..] {
            out.push_str("\n  ");
            out.push_str(&self.blocks.style.paint(Paint::Strong, line.trim()));
        }
        out.push('\n');
        out
    }

    fn title(&self, compared: &Compared<'_>) -> String {
        let state = match (compared.old, compared.new) {
            (None, Some(_)) => "  new",
            (Some(_), None) => "  deleted",
            (Some(_) | None, _) => "",
        };
        let name = self.blocks.escape(&name(compared));
        let title = format!("{name}  {}{state}", operations(compared));
        format!("\n{}\n", self.blocks.style.paint(Paint::Strong, &title))
    }

    fn verdict(&self) -> String {
        let summary = self.report.summary();
        let passes = self.report.passes();
        let complaints = || self.report.contracts.iter().flat_map(|one| &one.complaints);
        let errors = complaints().filter(|one| one.level == Level::Error).count();
        let warnings = complaints().count() - errors;
        let mut text = if passes { self.praise(summary) } else { blame(summary) };
        let mut wrong = Vec::new();
        if errors > 0 {
            wrong.push(counted(errors, "error"));
        }
        if warnings > 0 {
            wrong.push(counted(warnings, "warning"));
        }
        if !wrong.is_empty() {
            text.push_str(&format!("; {} in the documents", wrong.join(" and ")));
        }
        let (word, paint) = if passes {
            ("ok", Paint::Good)
        } else {
            ("blocked", Paint::Bad)
        };
        let whole = paragraph(&format!("{word}: "), &text, self.look.width);
        let rest = whole.strip_prefix(word).unwrap_or(&whole);
        format!("{}{rest}", self.blocks.style.paint(paint, word))
    }

    fn praise(&self, summary: Summary) -> String {
        let name = match self.report.contracts.as_slice() {
            [compared] if compared.contract.is_empty() => self.blocks.escape(&compared.name),
            [compared] => self.blocks.escape(&compared.contract),
            contracts => counted(contracts.len(), "contract"),
        };
        let counts = counts(summary, &[Verdict::Undecided, Verdict::Risky, Verdict::Additive, Verdict::Neutral]);
        if counts.is_empty() && summary.breaking == 0 {
            return format!("{name}  no changes");
        }
        let mut text = format!("{name}  {}", counts.join(", "));
        if !counts.is_empty() {
            text.push_str(", ");
        }
        text.push_str(&format!("{} breaking", summary.breaking));
        if summary.breaking + summary.undecided > 0 {
            text.push_str(", let through by --fail-on");
        }
        text
    }

    /// What a reader may want to run now.
    fn next(&self) -> String {
        let mut rules: Vec<&str> = Vec::new();
        let loud = || {
            let findings = self.report.findings();
            findings.filter(|finding| finding.level >= Level::Warning)
        };
        for level in [Level::Error, Level::Warning] {
            for finding in loud().filter(|finding| finding.level == level) {
                if rules.len() < RULES && !rules.contains(&finding.rule.id) {
                    rules.push(finding.rule.id);
                }
            }
        }
        if rules.is_empty() {
            return String::new();
        }
        let style = self.blocks.style;
        let mut out = format!("\n{}\n", style.paint(Paint::Strong, "next"));
        for rule in rules {
            out.push_str(&format!("  contract explain {rule}\n"));
        }
        if self.look.verbosity == Verbosity::Normal {
            let text = "every operation, what was before and after, and what else changed";
            out.push_str(&paragraph("  -v  ", text, self.look.width));
        }
        out
    }
}

/// What people call a contract.
fn name(compared: &Compared<'_>) -> String {
    if compared.contract.is_empty() || compared.contract == compared.name {
        compared.name.clone()
    } else {
        format!("{} ({})", compared.contract, compared.name)
    }
}

fn operations(compared: &Compared<'_>) -> String {
    counted(compared.operations, "operation")
}

/// Why a run fails: what gates, then what does not.
fn blame(summary: Summary) -> String {
    let gates = counts(summary, &[Verdict::Breaking, Verdict::Undecided]);
    let others = counts(summary, &[Verdict::Risky, Verdict::Additive, Verdict::Neutral]);
    let gates = if gates.is_empty() {
        "0 breaking".to_owned()
    } else {
        gates.join(", ")
    };
    if others.is_empty() {
        return gates;
    }
    format!("{gates}; {}", others.join(", "))
}

fn counts(summary: Summary, wanted: &[Verdict]) -> Vec<String> {
    let count = |verdict: Verdict| match verdict {
        Verdict::Breaking => summary.breaking,
        Verdict::Undecided => summary.undecided,
        Verdict::Risky => summary.risky,
        Verdict::Additive => summary.additive,
        Verdict::Neutral => summary.neutral,
    };
    let counted = wanted.iter().filter(|verdict| count(**verdict) > 0);
    counted
        .map(|verdict| format!("{} {}", count(*verdict), verdict.word()))
        .collect()
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
