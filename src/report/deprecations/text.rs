//! A table, and a timeline with one line per record.

use super::{
    super::{
        escape,
        style::{Paint, Style},
        text::{Look, Verbosity},
        wrap::paragraph,
    },
    Deprecations, counted, users,
};
use crate::policy::deprecations::{Deprecation, Stage};
use crate::policy::files::{Kind, Replacement};
use jiff::civil::Date;
use std::fmt::Write;

/// The table's own columns, before what wraps.
const STATE: usize = 13;

/// The widest that a line of the timeline gets.
const WIDEST: usize = 100;

pub(super) fn text(told: &Deprecations<'_>, look: Look) -> String {
    let style = look.style();
    let mut out = String::new();
    for line in paragraph("", &told.heading(), look.width).lines() {
        let _ = writeln!(out, "{}", style.paint(Paint::Strong, line));
    }
    if look.verbosity > Verbosity::Quiet && !told.list.is_empty() {
        let table = Table {
            look,
            style,
            // Numbers are right-aligned.
            number: told.list.len().to_string().len(),
        };
        table.rows(told, &mut out);
        table.timeline(told, &mut out);
    }
    if let Some(due) = told.due_line() {
        let paint = if told.due().is_empty() {
            Paint::Good
        } else {
            Paint::Bad
        };
        let _ = writeln!(out, "\n{}", style.paint(paint, &due));
    }
    out
}

struct Table {
    look: Look,
    style: Style,
    number: usize,
}

impl Table {
    fn rows(&self, told: &Deprecations<'_>, out: &mut String) {
        let number = self.number;
        let heading = format!(
            "{:>number$}  {:STATE$}  {:10}  {:10}  {:>5}  contract",
            "#", "state", "since", "sunset", "days"
        );
        let _ = writeln!(out, "\n{}", self.style.paint(Paint::Faint, &heading));
        for (index, one) in told.list.iter().enumerate() {
            let state = format!("{:STATE$}", one.stage.word());
            let days = one
                .left
                .map_or_else(|| "-".to_owned(), |left| left.to_string());
            let _ = writeln!(
                out,
                "{:>number$}  {}  {:10}  {:10}  {days:>5}  {}",
                index + 1,
                self.style.paint(paint(one.stage), &state),
                day(one.record.since),
                day(one.record.sunset.day()),
                self.escape(&one.contract),
            );
            self.details(one, out);
        }
    }

    fn details(&self, one: &Deprecation, out: &mut String) {
        let mut element = one.elements.first().cloned().unwrap_or_default();
        if one.elements.len() > 1 {
            let _ = write!(element, " (and {} more)", one.elements.len() - 1);
        }
        let what = match &one.kind {
            Kind::Removal => "element",
            Kind::Change { .. } => "change of",
        };
        self.line(what, &element, out);
        if self.look.verbosity >= Verbosity::Verbose {
            for other in one.elements.iter().skip(1) {
                self.line("", other, out);
            }
        }
        match &one.record.replacement {
            Some(Replacement::Element(other)) => self.line("instead", other, out),
            Some(Replacement::Nothing) => self.line("instead", "nothing", out),
            None => {}
        }
        if let Some(guide) = &one.record.guide {
            self.line("guide", guide, out);
        }
        if let Some(reason) = &one.record.reason {
            self.line("because", reason, out);
        }
        if one.stage != Stage::Gone {
            self.line("used by", &users(one), out);
        }
        let place = format!("{}:{}:{}", one.file, one.place.line, one.place.column);
        self.line("at", &place, out);
    }

    fn line(&self, word: &str, text: &str, out: &mut String) {
        let first = format!("{}  {word:9}  ", " ".repeat(self.number));
        out.push_str(&paragraph(&first, &self.escape(text), self.look.width));
    }

    fn timeline(&self, told: &Deprecations<'_>, out: &mut String) {
        let heading = self.style.paint(Paint::Strong, "timeline");
        let _ = writeln!(out, "\n{heading}");
        let notes: Vec<String> = told.list.iter().map(|one| note(one, told.today)).collect();
        let longest = notes.iter().map(String::len).max().unwrap_or(0);
        // A number, two days, and the gaps between all of them.
        let taken = self.number + 2 + 10 + 1 + 1 + 10 + 2 + longest;
        let room = self.look.width.min(WIDEST).saturating_sub(taken).max(8);
        for (index, (one, note)) in told.list.iter().zip(&notes).enumerate() {
            let number = self.number;
            let bar = self.bar(one, told.today, room);
            let _ = writeln!(
                out,
                "{:>number$}  {:>10} {} {:10}  {note}",
                index + 1,
                day(one.record.since),
                self.style.paint(paint(one.stage), &bar),
                day(one.record.sunset.day()),
            );
        }
    }

    /// `━━━●┄┄┄`: what has passed, today, and what is left.
    fn bar(&self, one: &Deprecation, today: Date, room: usize) -> String {
        let (full, here, open) = if self.style.unicode {
            ("━", "●", "┄")
        } else {
            ("=", "o", "-")
        };
        let ahead = room - 1;
        let passed = match (one.record.since, one.record.sunset.day()) {
            (Some(since), _) if today < since => return open.repeat(room),
            (Some(since), Some(sunset)) => {
                let whole = days(since, sunset).max(1);
                let passed = days(since, today).clamp(0, whole);
                let share = |days: i64| usize::try_from(days).unwrap_or(0);
                share(passed) * ahead / share(whole).max(1)
            }
            (None, Some(sunset)) if today >= sunset => ahead,
            // Where it began is not known, or where it ends.
            (None, Some(_)) => 0,
            (Some(_), None) => ahead / 2,
            (None, None) => return open.repeat(room),
        };
        format!(
            "{}{here}{}",
            full.repeat(passed),
            open.repeat(ahead - passed)
        )
    }

    fn escape(&self, text: &str) -> String {
        escape::terminal(text, self.look.unicode).into_owned()
    }
}

/// How long it has, in words.
fn note(one: &Deprecation, today: Date) -> String {
    let in_days = |days: i64| counted(usize::try_from(days.abs()).unwrap_or(0), "day");
    match (one.stage, one.left, one.record.since) {
        (Stage::Scheduled, _, Some(since)) => format!("begins in {}", in_days(days(today, since))),
        (Stage::Gone, ..) => "gone".to_owned(),
        (_, None, _) => "no sunset".to_owned(),
        (_, Some(0), _) => "today".to_owned(),
        (_, Some(left), _) if left < 0 => format!("{} ago", in_days(left)),
        (_, Some(left), _) => format!("{} left", in_days(left)),
    }
}

fn paint(stage: Stage) -> Paint {
    match stage {
        Stage::Overdue => Paint::Bad,
        Stage::Removable | Stage::WithoutSunset => Paint::Warn,
        Stage::Active | Stage::Scheduled => Paint::Place,
        Stage::Grandfathered | Stage::Gone => Paint::Faint,
    }
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "-".to_owned(), |date| date.to_string())
}

/// Whole days from one day to another.
fn days(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}
