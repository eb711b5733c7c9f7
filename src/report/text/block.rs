//! One finding, told: what, where, how far it reaches, and what the verdict rests on.

use super::{
    super::{
        Compared, Version, escape,
        place::{self, Location},
        style::{Paint, Style, of_level},
        wrap::{GLUE, glued, width, wrap},
    },
    Look, Verbosity,
    change::{self, Shown},
    excerpt::{Frames, Tone},
    notes::Notes,
};
use crate::judge::{Finding, Reach};
use crate::spec::Level;
use crate::variance::{Direction, Verdict};
use std::fmt::Write;

/// How long a content may be to be told on a line.
pub(super) const SHORT: usize = 400;

/// How many operations are named without `-v`.
const NAMED: usize = 3;

/// Tells findings.
pub(in crate::report) struct Blocks<'r> {
    pub(super) look: Look,
    pub(super) style: Style,
    pub(super) frames: Frames,
    pub(super) base: &'r Version,
    pub(super) today: &'r str,
}

impl<'r> Blocks<'r> {
    pub(in crate::report) fn new(look: Look, base: &'r Version, today: &'r str) -> Self {
        let style = look.style();
        Self {
            look,
            style,
            frames: Frames::new(style, look.width),
            base,
            today,
        }
    }

    pub(super) fn escape(&self, text: &str) -> String {
        escape::terminal(text, self.style.unicode).into_owned()
    }

    /// A message ready to be wrapped: a method and its path stay on one line.
    fn sentence(&self, message: &str) -> String {
        self.escape(message).replace(" /", &format!("{GLUE}/"))
    }

    /// `error[rule]: message`, wrapped.
    pub(super) fn headline(&self, level: Level, rule: &str, message: &str) -> String {
        let head = format!("{}[{rule}]", level.word());
        let message = self.sentence(message);
        let lines = wrap(&message, width(&head) + 2, 2, self.look.width);
        let mut out = self.style.paint(of_level(level), &head);
        out.push_str(": ");
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                out.push_str("  ");
            }
            out.push_str(&self.style.paint(Paint::Strong, line));
            out.push('\n');
        }
        out
    }

    /// The whole block.
    pub(in crate::report) fn full(&self, compared: &Compared<'_>, finding: &Finding) -> String {
        let mut out = self.headline(finding.level, finding.rule.id, &finding.message);
        let (old, new) = place::of_finding(compared, finding);
        let present = |location: Option<Location<'_>>| location.is_some_and(|at| !at.absent);
        // What is gone is shown as it was; everything else as it is.
        let gone = !present(new) && present(old);
        let (shown, other) = if gone { (old, new) } else { (new, old) };
        let gutter = shown.as_ref().map_or(1, Frames::gutter);
        let mut notes = Notes::new(self.look, gutter + 2);
        if let Some(location) = shown {
            let labels = self.labels(compared, finding, gone, other);
            let tone = match finding.level {
                Level::Error => Tone::Bad,
                Level::Warning => Tone::Warn,
                Level::Note | Level::Off => Tone::Calm,
            };
            let (drawing, label) = self.frames.draw(&location, &labels, tone);
            out.push_str(&self.arrow(compared, gutter, &location, gone));
            out.push_str(&drawing);
            self.whence(
                &mut notes,
                compared,
                finding,
                gone,
                other,
                label.map(|at| labels[at].as_str()),
            );
        }
        self.contents(&mut notes, finding);
        self.reach(&mut notes, finding);
        self.rest(&mut notes, compared, finding);
        out.push_str(&notes.text);
        out
    }

    /// Two or three lines.
    pub(super) fn brief(&self, compared: &Compared<'_>, finding: &Finding) -> String {
        let mut out = self.headline(finding.level, finding.rule.id, &finding.message);
        let (old, new) = place::of_finding(compared, finding);
        let gone = new.is_none_or(|at| at.absent) && old.is_some_and(|at| !at.absent);
        if let Some(location) = if gone { old } else { new } {
            out.push_str(&self.arrow(compared, 2, &location, gone));
        }
        let mut notes = Notes::new(self.look, 4);
        if !gone && let Some(old) = old.filter(|old| !old.absent && !is_new(finding)) {
            let was = finding.before.as_deref();
            let was = was.and_then(|json| change::short(json, 60));
            let place = self.escape(&self.old_place(compared, &old));
            match was {
                Some(was) => notes.add("was", &format!("{} at {place}", self.escape(&was))),
                None => notes.add("was", &format!("at {place}")),
            }
        }
        self.reach(&mut notes, finding);
        self.ruling(&mut notes, compared.ruling(finding), self.today);
        notes.add("change", &fingerprint(finding, self.look.verbosity));
        out + &notes.text
    }

    /// One line, or as many as the message needs.
    pub(super) fn line(&self, compared: &Compared<'_>, finding: &Finding) -> String {
        let (old, new) = place::of_finding(compared, finding);
        let gone = new.is_none_or(|at| at.absent) && old.is_some_and(|at| !at.absent);
        let place = if gone { old } else { new };
        let message = match place {
            Some(location) if gone => {
                format!(
                    "{}  {}",
                    finding.message,
                    self.old_place(compared, &location)
                )
            }
            Some(location) => format!("{}  {}", finding.message, location.words()),
            None => finding.message.clone(),
        };
        let head = format!("  {}: ", finding.rule.id);
        let lines = wrap(&self.sentence(&message), width(&head), 6, self.look.width);
        format!(
            "  {}: {}\n",
            self.style.paint(of_level(finding.level), finding.rule.id),
            lines.join("\n      ")
        )
    }

    fn arrow(
        &self,
        compared: &Compared<'_>,
        gutter: usize,
        location: &Location<'_>,
        gone: bool,
    ) -> String {
        let (place, version) = if gone {
            (self.old_place(compared, location), "  (old version)")
        } else {
            (location.words(), "")
        };
        format!(
            "{}{} {}{version}\n",
            " ".repeat(gutter),
            self.style.paint(Paint::Faint, "-->"),
            self.style.paint(Paint::Place, &self.escape(&place)),
        )
    }

    /// A place in the old version, told apart from one in a new file of the same name.
    fn old_place(&self, compared: &Compared<'_>, location: &Location<'_>) -> String {
        let name = location.source.name();
        let files = compared.new.map_or(&[][..], |bundle| &bundle.files);
        if files.iter().any(|file| file.tree.source().name() == name) {
            format!("{}:{}", self.base.label, location.words())
        } else {
            location.words()
        }
    }

    /// What to write beneath the underlined stretch: the most telling one that fits.
    fn labels(
        &self,
        compared: &Compared<'_>,
        finding: &Finding,
        gone: bool,
        other: Option<Location<'_>>,
    ) -> Vec<String> {
        if gone {
            return vec!["removed".to_owned()];
        }
        let Some(old) = other.filter(|old| !old.absent) else {
            return vec!["new".to_owned()];
        };
        let was = match (&finding.before, &finding.after) {
            (None, Some(_)) => return vec!["new".to_owned()],
            (None, None) => None,
            (Some(before), Some(_)) => change::short(before, 120).map(|was| format!("was {was}")),
            (Some(before), None) => {
                change::short(before, 120).map(|was| format!("no longer {was}"))
            }
        };
        let Some(was) = was.map(|was| self.escape(&was)) else {
            return vec!["changed".to_owned()];
        };
        let file = self.escape(&self.old_place(compared, &old));
        vec![format!("{was} at {file}"), was, "changed".to_owned()]
    }

    /// Where the other side is, and what the label had no room for.
    fn whence(
        &self,
        notes: &mut Notes,
        compared: &Compared<'_>,
        finding: &Finding,
        gone: bool,
        other: Option<Location<'_>>,
        label: Option<&str>,
    ) {
        let Some(other) = other else { return };
        if gone {
            let place = self.escape(&other.words());
            notes.add("now", &format!("absent from {place}"));
            return;
        }
        // What is new has a place among the old things around it, which says nothing.
        if other.absent || is_new(finding) {
            return;
        }
        let place = self.escape(&self.old_place(compared, &other));
        let label = label.unwrap_or_default();
        if label.starts_with("was ") || label.starts_with("no longer ") {
            if !label.ends_with(&place) {
                notes.add("was", &format!("at {place}"));
            }
            return;
        }
        let was = finding.before.as_deref();
        match was.and_then(|json| change::short(json, SHORT)) {
            Some(was) if self.look.verbosity < Verbosity::Verbose => {
                notes.add("was", &format!("{} at {place}", self.escape(&was)));
            }
            Some(_) | None => notes.add("was", &format!("at {place}")),
        }
    }

    /// With `-v`: what was before and what is now.
    fn contents(&self, notes: &mut Notes, finding: &Finding) {
        let (before, after) = (finding.before.as_deref(), finding.after.as_deref());
        if self.look.verbosity < Verbosity::Verbose || before.or(after).is_none() {
            return;
        }
        let shown = Shown {
            style: self.style,
            columns: self.look.width,
            indent: notes.indent + 2,
            most: (self.look.verbosity < Verbosity::Full).then_some(40),
        };
        let lines = shown.difference(before, after);
        if lines.is_empty() {
            return;
        }
        let word = match (before, after) {
            (Some(_), Some(_)) => "before and after",
            (Some(_), None) => "before",
            (None, _) => "after",
        };
        notes.add(word, "");
        for line in lines {
            notes.text.push_str(line.trim_end());
            notes.text.push('\n');
        }
    }

    fn reach(&self, notes: &mut Notes, finding: &Finding) {
        let operations = finding.sites.operations();
        let count = operations.len();
        if count == 0 {
            return;
        }
        if self.look.verbosity >= Verbosity::Verbose && count > 1 {
            notes.add("reach", &format!("{count} operations"));
            for operation in operations {
                notes.more(&self.escape(operation));
            }
            return;
        }
        let all = count <= NAMED + 1;
        let named = if all { count } else { NAMED };
        let mut text = match count {
            1 => String::new(),
            _ => format!("{count} operations: "),
        };
        for (number, operation) in operations.into_iter().take(named).enumerate() {
            if number > 0 {
                text.push_str(", ");
            }
            text.push_str(&glued(&self.escape(operation)));
        }
        if named < count {
            let _ = write!(text, ", and {} more (-v lists them)", count - named);
        }
        notes.add("reach", &text);
    }

    fn rest(&self, notes: &mut Notes, compared: &Compared<'_>, finding: &Finding) {
        if finding.reach == Reach::Both {
            let word = |verdict: Option<Verdict>| verdict.map_or("not reached", Verdict::word);
            let (input, output) = (word(finding.input), word(finding.output));
            let text = if input == output {
                format!("{input} where consumers write (input) and where they read (output)")
            } else {
                format!("{input} where consumers write (input), {output} where they read (output)")
            };
            notes.add("verdict", &text);
        } else if let Reach::One(direction) = finding.reach {
            let place = match direction {
                Direction::Input => "where consumers write (input)",
                Direction::Output => "where consumers read (output)",
            };
            notes.add("verdict", &format!("{} {place}", finding.verdict.word()));
        }
        self.proof(notes, &finding.proof, compared.reading.word());
        self.ruling(notes, compared.ruling(finding), self.today);
        if self.look.verbosity >= Verbosity::Verbose {
            if let Some(site) = finding.sites.first() {
                notes.add("element", &self.escape(&site.element));
            }
            notes.add("pointer", &self.escape(&finding.pointer));
        }
        notes.add("change", &fingerprint(finding, self.look.verbosity));
        if self.look.verbosity >= Verbosity::Full {
            for site in finding.sites.spelled().skip(1) {
                let element = self.escape(&site.element);
                notes.add("also", &format!("{} {element}", site.fingerprint));
            }
        }
    }
}

/// Whether there was nothing before.
fn is_new(finding: &Finding) -> bool {
    finding.before.is_none() && finding.after.is_some()
}

/// A fingerprint, shortened to what a person copies.
fn fingerprint(finding: &Finding, verbosity: Verbosity) -> String {
    let whole = finding
        .sites
        .first()
        .map_or_else(String::new, |site| site.fingerprint);
    if verbosity >= Verbosity::Verbose {
        return whole;
    }
    whole.get(.."cf1:".len() + 12).unwrap_or(&whole).to_owned()
}
