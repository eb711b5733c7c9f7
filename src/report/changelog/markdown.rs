//! The changelog for people: sections of Keep a Changelog, and a guide for whoever has to follow.

use super::{
    super::{
        alert::{fingerprint, short},
        catalogue,
        escape::{code, fenced, markdown as plain, prose},
        place,
        text::{short as line, tall},
        words::{counted, cut, name},
    },
    Changelog, Chapter, Step,
    section::Section,
    window,
};
use crate::judge::{Finding, Proof};
use crate::policy::files::{Record, Replacement};
use crate::spec::Level;
use crate::variance::Verdict;
use std::fmt::Write;

/// How much of a message is told.
const MESSAGE: usize = 500;

/// How much of what was there, and of what is there now, is shown.
const CONTENT: usize = 2_000;

/// JSON no longer than this stays on one line.
const LINE: usize = 80;

/// How many places of a change are named.
const NAMED: usize = 5;

pub(super) fn markdown(changelog: &Changelog<'_>, all: bool) -> String {
    let mut out = String::new();
    for chapter in &changelog.chapters {
        if !out.is_empty() {
            out.push('\n');
        }
        one(changelog, chapter, all, &mut out);
    }
    if changelog.chapters.is_empty() {
        out.push_str("No contract to tell of.\n");
    }
    out
}

fn one(changelog: &Changelog<'_>, chapter: &Chapter<'_>, all: bool, out: &mut String) {
    let movement = chapter.movement();
    let _ = writeln!(out, "# Changelog of {}\n", code(name(&chapter.compared)));
    // A version that has to be another one is no title yet.
    match movement.new.as_deref().filter(|_| movement.level.is_none()) {
        Some(version) if movement.moved != Some(Step::None) => {
            let _ = writeln!(
                out,
                "## [{}] - {}\n",
                plain(&cut(version, 100)),
                changelog.today
            );
        }
        Some(_) | None => out.push_str("## [Unreleased]\n\n"),
    }
    let _ = writeln!(
        out,
        "From {} to {}.\n",
        code(&changelog.base.label),
        code(&changelog.head.label)
    );
    let mark = match movement.level {
        Some(Level::Error) => "**Error:** ",
        Some(Level::Warning) => "**Warning:** ",
        Some(Level::Note | Level::Off) | None => "",
    };
    let _ = writeln!(out, "{mark}{}.", prose(&cut(&movement.message, MESSAGE)));
    let mut silent = 0;
    let mut told = false;
    for section in Section::ALL {
        let of = chapter
            .changes()
            .filter(|it| Section::of(it.rule) == section);
        let (shown, hidden): (Vec<&Finding>, Vec<&Finding>) = of.partition(|finding| {
            all || finding.verdict != Verdict::Neutral || section == Section::Deprecated
        });
        silent += hidden.len();
        if shown.is_empty() {
            continue;
        }
        told = true;
        let _ = writeln!(out, "\n### {}\n", section.title());
        for finding in shown {
            item(chapter, finding, out);
        }
    }
    if !told {
        out.push_str("\nNothing changed that consumers notice.\n");
    }
    if silent > 0 {
        let _ = writeln!(
            out,
            "\n{} that nobody has to notice; `-v` tells more.",
            counted(silent, "more change")
        );
    }
    if chapter.migrations().next().is_some() {
        out.push_str("\n### Migration guide\n");
    }
    for (finding, record) in chapter.migrations() {
        guide(chapter, finding, record, out);
    }
}

fn item(chapter: &Chapter<'_>, finding: &Finding, out: &mut String) {
    let mark = match finding.verdict {
        Verdict::Breaking => "**Breaking:** ",
        Verdict::Undecided => "**Maybe breaking:** ",
        Verdict::Risky => "**Risky:** ",
        Verdict::Additive | Verdict::Neutral => "",
    };
    let _ = write!(out, "- {mark}{}", prose(&cut(&finding.message, MESSAGE)));
    let (old, new) = place::of_finding(&chapter.compared, finding);
    if let Some(place) = new.or(old) {
        let spot = format!("{}:{}", place.path, place.position.line);
        let _ = write!(out, " ({})", code(&cut(&spot, 200)));
    }
    out.push('\n');
}

fn guide(chapter: &Chapter<'_>, finding: &Finding, record: Option<&Record>, out: &mut String) {
    let _ = writeln!(out, "\n#### {}\n", prose(&cut(&finding.message, MESSAGE)));
    let elements = finding.sites.elements();
    let mut named: Vec<String> = elements
        .take(NAMED)
        .map(|element| code(&cut(&element, 300)))
        .collect();
    if let Some(rest) = finding.sites.len().checked_sub(NAMED).filter(|it| *it > 0) {
        named.push(format!("and {rest} more"));
    }
    let _ = writeln!(out, "- Where: {}", named.join(", "));
    if let Proof::Undecided(reason) = &finding.proof {
        let _ = writeln!(out, "- Not proved: {}", prose(&cut(reason, MESSAGE)));
    }
    let _ = writeln!(out, "- Window: {}", window(chapter, record));
    match record.and_then(|record| record.replacement.as_ref()) {
        Some(Replacement::Element(element)) => {
            let _ = writeln!(out, "- Use instead: {}", code(&cut(element, 300)));
        }
        Some(Replacement::Nothing) => out.push_str("- Use instead: nothing\n"),
        None => {}
    }
    if let Some(guide) = record.and_then(|record| record.guide.as_deref()) {
        let _ = writeln!(out, "- Guide: {}", code(&cut(guide, 300)));
    }
    if let Some(reason) = record.and_then(|record| record.reason.as_deref()) {
        let _ = writeln!(out, "- Because: {}", prose(&cut(reason, MESSAGE)));
    }
    let _ = writeln!(
        out,
        "- Without a break: {}",
        prose(&catalogue::advice(finding.rule))
    );
    let _ = writeln!(
        out,
        "- Change: {}, rule {}",
        code(short(&fingerprint(finding))),
        code(finding.rule.id)
    );
    content("Before", finding.before.as_deref(), out);
    content("After", finding.after.as_deref(), out);
}

/// What was there, or is there now.
fn content(title: &str, json: Option<&str>, out: &mut String) {
    let Some(json) = json else {
        let _ = writeln!(out, "\n{title}: nothing");
        return;
    };
    let text = line(json, LINE).unwrap_or_else(|| tall(json));
    let _ = writeln!(out, "\n{title}:\n");
    out.push_str(&fenced("json", &cut(&text, CONTENT)));
}
