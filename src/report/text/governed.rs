//! What the policy says, told: windows drawn, who has to answer, and what to run.

use super::{
    super::{Compared, Report, style::Paint, wrap::width},
    Look, Verbosity,
    block::Blocks,
    notes::Notes,
    verdict::counted,
};
use crate::judge::Finding;
use crate::policy::{Notice, Obligation, ObligationKind, Row, Ruling, Status};
use crate::spec::Level;
use jiff::civil::Date;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// How many signs a window is drawn with.
const DRAWN: usize = 8;

/// How many notices that are no errors are shown without `-v`.
const NOTICES: usize = 10;

/// How many changes of a consumer are named without `-v`.
const NAMED: usize = 3;

impl Blocks<'_> {
    /// The window of a change, who is hurt, and what is missing.
    pub(super) fn ruling(&self, notes: &mut Notes, ruling: Option<&Ruling>, today: &str) {
        let Some(ruling) = ruling else {
            return;
        };
        if let Some(because) = &ruling.because {
            notes.add("level", &self.escape(&format!("by the policy: {because}")));
        }
        if let Some(row) = &ruling.row {
            if let Some(drawn) = today.parse().ok().and_then(|today| self.window(row, today)) {
                notes.add("window", &drawn);
            }
            if !ruling.authorised || self.look.verbosity >= Verbosity::Verbose {
                self.todo(notes, ruling);
            }
        }
        if !ruling.affects.is_empty() {
            notes.add("breaks", &self.escape(&ruling.affects.join(", ")));
        }
        if ruling.authorised && ruling.row.is_some() {
            notes.add("landing", &self.escape(&authorised(ruling)));
        }
    }

    /// `2026-09-01 deprecated ━━━━━●┄┄┄ 2026-12-30 removable (120 days)`.
    fn window(&self, row: &Row, today: Date) -> Option<String> {
        let sunset = row.sunset?;
        let style = self.style;
        let Some(since) = row.since else {
            return Some(format!("removable on {sunset}"));
        };
        let whole = days(since, sunset).max(1);
        let passed = days(since, today).clamp(0, whole);
        let share =
            usize::try_from(passed).unwrap_or(0) * DRAWN / usize::try_from(whole).unwrap_or(1);
        let (full, here, open) = if style.unicode {
            ("━", "●", "┄")
        } else {
            ("=", "o", "-")
        };
        let line = format!("{}{here}{}", full.repeat(share), open.repeat(DRAWN - share));
        Some(format!(
            "{since} deprecated {line} {sunset} removable ({})",
            counted(usize::try_from(whole).unwrap_or(0), "day")
        ))
    }

    /// What the owner has to do; what consumers have to do is told in one table for all changes.
    fn todo(&self, notes: &mut Notes, ruling: &Ruling) {
        for obligation in &ruling.obligations {
            let is_owners = match obligation.kind {
                ObligationKind::Window | ObligationKind::Announce | ObligationKind::Waiver => true,
                ObligationKind::Signoff => false,
            };
            if let Some(note) = obligation.note.as_ref().filter(|_| is_owners) {
                let word = match obligation.status {
                    Status::Met => "done",
                    Status::Missing | Status::Expired | Status::Objected | Status::Pending => "fix",
                };
                let row = ruling.row.map_or("", |row| row.rule.id);
                notes.add(word, &self.escape(&format!("{note} [{row}]")));
            }
        }
    }

    /// What the policy has to say that no block shows.
    pub(super) fn notices(&self, report: &Report<'_>) -> String {
        let verbose = self.look.verbosity >= Verbosity::Verbose;
        let mut out = String::new();
        let (mut shown, mut hidden) = (0, 0);
        // A notice about a change is told in its block.
        let told = report
            .notices()
            .iter()
            .filter(|it| it.fingerprint.is_none());
        for notice in told {
            if notice.level < Level::Error
                && (shown >= NOTICES || notice.level < Level::Warning)
                && !verbose
            {
                hidden += usize::from(notice.level >= Level::Warning);
                continue;
            }
            shown += 1;
            out.push_str(&self.notice(notice));
        }
        if hidden > 0 {
            let _ = writeln!(out, "and {hidden} more (-v lists them)");
        }
        if out.is_empty() {
            return out;
        }
        format!("{}\n{out}\n", self.style.paint(Paint::Strong, "governance"))
    }

    fn notice(&self, notice: &Notice) -> String {
        let mut out = self.headline(notice.level, notice.rule.id, &notice.message);
        if let Some(file) = &notice.file {
            let place = match (notice.line, notice.column) {
                (Some(line), Some(column)) => format!("{file}:{line}:{column}"),
                (Some(line), None) => format!("{file}:{line}"),
                (None, _) => file.clone(),
            };
            let _ = writeln!(
                out,
                "  {} {}",
                self.style.paint(Paint::Faint, "-->"),
                self.style.paint(Paint::Place, &self.escape(&place)),
            );
        }
        if let Some(help) = &notice.help {
            let mut notes = Notes::new(self.look, 3);
            notes.add("help", &self.escape(help));
            out.push_str(&notes.text);
        }
        out
    }

    /// Everyone who is asked, and how they stand.
    pub(super) fn signoffs(&self, report: &Report<'_>) -> String {
        let mut rows: BTreeMap<(&str, Status), Vec<(String, &Obligation)>> = BTreeMap::new();
        for (finding, ruling) in ruled(report) {
            for obligation in &ruling.obligations {
                if obligation.kind == ObligationKind::Signoff {
                    let key = (obligation.who.as_str(), obligation.status);
                    let change = short(finding);
                    rows.entry(key).or_default().push((change, obligation));
                }
            }
        }
        if rows.is_empty() {
            return String::new();
        }
        let all: usize = rows.values().map(Vec::len).sum();
        let met = rows
            .iter()
            .filter(|((_, status), _)| *status == Status::Met);
        let met: usize = met.map(|(_, changes)| changes.len()).sum();
        let title = format!("sign-offs   {met} of {all} present");
        let mut out = format!("{}\n", self.style.paint(Paint::Strong, &title));
        let names = rows.keys().map(|(who, _)| width(who)).max().unwrap_or(0);
        for ((who, status), changes) in rows {
            let paint = match status {
                Status::Met => Paint::Good,
                Status::Pending => Paint::Warn,
                Status::Missing | Status::Expired | Status::Objected => Paint::Bad,
            };
            let word = format!("{:<8}", status.word());
            let mut line = format!(
                "{:names$}  {}",
                self.escape(who),
                self.style.paint(paint, &word)
            );
            let most = if self.look.verbosity >= Verbosity::Verbose {
                changes.len()
            } else {
                NAMED
            };
            for (change, _) in changes.iter().take(most) {
                let _ = write!(line, "  {change}");
            }
            if changes.len() > most {
                let _ = write!(line, "  and {} more", changes.len() - most);
            }
            let note = changes.iter().find_map(|(_, it)| it.note.as_deref());
            if let Some(note) = note {
                let _ = write!(line, "  {}", self.escape(note));
            }
            let _ = writeln!(out, "  {}", line.trim_end());
        }
        out.push('\n');
        out
    }
}

/// The commands that settle what is missing, each once.
pub(super) fn commands(report: &Report<'_>, look: Look) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let most = if look.verbosity >= Verbosity::Verbose {
        usize::MAX
    } else {
        NAMED
    };
    for (_, ruling) in ruled(report).filter(|(_, ruling)| !ruling.authorised) {
        for obligation in &ruling.obligations {
            let is_open = obligation.kind == ObligationKind::Signoff
                && matches!(obligation.status, Status::Missing | Status::Expired);
            if is_open && commands.len() < most && !commands.contains(&obligation.command) {
                commands.push(obligation.command.clone());
            }
        }
    }
    commands
}

/// What is missing, in the words of the verdict: windows that have not passed, and consumers that have not agreed.
pub(super) fn missing(report: &Report<'_>) -> Vec<String> {
    let (mut windows, mut consumers) = (0, BTreeSet::new());
    for (_, ruling) in ruled(report).filter(|(_, ruling)| !ruling.authorised) {
        for obligation in ruling
            .obligations
            .iter()
            .filter(|it| it.status != Status::Met)
        {
            match obligation.kind {
                ObligationKind::Window | ObligationKind::Announce => windows += 1,
                ObligationKind::Signoff => drop(consumers.insert(&obligation.who)),
                ObligationKind::Waiver => {}
            }
        }
    }
    let mut missing = Vec::new();
    if windows > 0 {
        missing.push(format!("{} to wait for", counted(windows, "window")));
    }
    if !consumers.is_empty() {
        missing.push(format!(
            "{} to sign off",
            counted(consumers.len(), "consumer")
        ));
    }
    missing
}

/// Every change that the policy has a row for.
pub(super) fn ruled<'r>(report: &'r Report<'_>) -> impl Iterator<Item = (&'r Finding, &'r Ruling)> {
    let all = report.contracts.iter().flat_map(Compared::ruled);
    all.filter_map(|(finding, ruling)| Some((finding, ruling?)))
}

/// Why a break may land.
fn authorised(ruling: &Ruling) -> String {
    let signed: Vec<&str> = ruling
        .obligations
        .iter()
        .filter(|it| it.kind == ObligationKind::Signoff && it.status == Status::Met)
        .map(|it| it.who.as_str())
        .collect();
    let waived = ruling
        .obligations
        .iter()
        .find(|it| it.kind == ObligationKind::Waiver && it.status == Status::Met);
    if let Some(waived) = waived {
        return format!("authorised: waived by {}", waived.who);
    }
    if signed.is_empty() {
        let why = match ruling.row.map(|row| row.days) {
            Some(0) => "nothing is promised about it",
            Some(_) | None => "no consumer uses it",
        };
        return format!("authorised: {why}");
    }
    format!(
        "authorised: its window has passed, signed by {}",
        signed.join(", ")
    )
}

fn short(finding: &Finding) -> String {
    let whole = finding
        .sites
        .first()
        .map_or_else(String::new, |site| site.fingerprint);
    whole.get(.."cf1:".len() + 12).unwrap_or(&whole).to_owned()
}

/// Whole days from one day to another.
fn days(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}
