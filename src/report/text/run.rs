//! The whole report: heading, findings, complaints, the verdict, and what to do next.

use super::{
    super::{
        Compared, Report, place,
        style::Paint,
        wrap::{glued, paragraph, wrap},
    },
    Look, Verbosity,
    block::Blocks,
    governed,
    verdict::{counted, verdict},
};
use crate::judge::{Complaint, Finding, Side};
use crate::spec::Level;
use crate::variance::Verdict;
use std::{
    fmt::Write as _,
    io::{Result, Write},
};

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
        blocks: Blocks::new(look, &report.base, &report.today),
    };
    if look.verbosity > Verbosity::Quiet {
        let mut told = Told::default();
        for compared in &report.contracts {
            run.contract(compared, &mut told, out)?;
        }
        out.write_all(run.blocks.notices(report).as_bytes())?;
        out.write_all(run.blocks.signoffs(report).as_bytes())?;
        out.write_all(run.day().as_bytes())?;
    }
    out.write_all(verdict(report, look).as_bytes())?;
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
        let shown = |finding: &&Finding| {
            finding.level >= Level::Warning || verbose || lands(compared, finding)
        };
        if !compared.findings.iter().any(|finding| shown(&finding))
            && compared.complaints.is_empty()
        {
            return Ok(());
        }
        if !told.heading {
            out.write_all(self.heading().as_bytes())?;
            told.heading = true;
            if self.report.contracts.len() > 1 {
                out.write_all(b"\n")?;
            }
        }
        if self.report.contracts.len() > 1 {
            out.write_all(self.title(compared).as_bytes())?;
        }
        out.write_all(b"\n")?;
        self.level(
            compared,
            &mut of(Level::Error),
            &mut told.errors,
            false,
            out,
        )?;
        self.level(
            compared,
            &mut of(Level::Warning),
            &mut told.warnings,
            !verbose,
            out,
        )?;
        self.landing(compared, out)?;
        if verbose {
            self.notes(compared, out)?;
        }
        self.complaints(compared, told, out)
    }

    /// Breaks that may land: never passed over in silence.
    fn landing(&self, compared: &Compared<'_>, out: &mut dyn Write) -> Result<()> {
        for finding in compared.findings.iter().filter(|it| lands(compared, it)) {
            out.write_all(self.blocks.brief(compared, finding).as_bytes())?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// What is only worth knowing, a line each.
    fn notes(&self, compared: &Compared<'_>, out: &mut dyn Write) -> Result<()> {
        for verdict in Verdict::ALL {
            let findings = compared.findings.iter();
            let quiet = findings.filter(|one| {
                one.level < Level::Warning && one.verdict == verdict && !lands(compared, one)
            });
            let lines: Vec<String> = quiet
                .map(|finding| self.blocks.line(compared, finding))
                .collect();
            if lines.is_empty() {
                continue;
            }
            let title = format!("{} ({})", verdict.word(), lines.len());
            writeln!(out, "{}", self.blocks.style.paint(Paint::Strong, &title))?;
            out.write_all(lines.concat().as_bytes())?;
            out.write_all(b"\n")?;
        }
        Ok(())
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
            let _ = writeln!(
                out,
                "  {} {}  {side}",
                blocks.style.paint(Paint::Faint, "-->"),
                blocks.style.paint(Paint::Place, &place),
            );
        }
        out
    }

    /// The day, where it was given: a report of another day must not pass for one of today.
    fn day(&self) -> String {
        let given = self.report.governance.as_ref();
        if !given.is_some_and(|governance| governance.clock_overridden) {
            return String::new();
        }
        format!("today is taken to be {}\n", self.report.today)
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
        parts.push(format!(
            "{} {arrow} {}",
            blocks.escape(base),
            blocks.escape(head)
        ));
        parts.push(operations(compared));
        self.joined(&parts)
    }

    /// Parts on as few lines as hold them.
    fn joined(&self, parts: &[String]) -> String {
        let text: Vec<String> = parts.iter().map(|part| glued(part)).collect();
        let text = text.join("  ");
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
        format!("{}\n", self.blocks.style.paint(Paint::Strong, &title))
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
                // Where a row of the deprecation table decides, it says more than the edit.
                let row = self
                    .report
                    .contracts
                    .iter()
                    .find_map(|it| it.ruling(finding)?.row);
                let rule = row.map_or(finding.rule.id, |row| row.rule.id);
                if rules.len() < RULES && !rules.contains(&rule) {
                    rules.push(rule);
                }
            }
        }
        let commands = governed::commands(self.report, self.look);
        if rules.is_empty() && commands.is_empty() {
            return String::new();
        }
        let style = self.blocks.style;
        let mut out = format!("\n{}\n", style.paint(Paint::Strong, "next"));
        let explained = rules.iter().map(|rule| format!("contract explain {rule}"));
        let explained = explained.filter(|line| !commands.contains(line));
        for command in commands.iter().cloned().chain(explained) {
            let _ = writeln!(out, "  {}", self.blocks.escape(&command));
        }
        if self.look.verbosity == Verbosity::Normal {
            let text = "add -v for every operation, before and after, and what else changed";
            out.push_str(&paragraph("  ", text, self.look.width));
        }
        out
    }
}

/// Whether a change breaks consumers and may land all the same.
fn lands(compared: &Compared<'_>, finding: &Finding) -> bool {
    let ruling = compared.ruling(finding);
    ruling.is_some_and(|ruling| ruling.authorised && ruling.row.is_some())
        && finding.level < Level::Warning
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
