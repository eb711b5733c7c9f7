//! The sections of the page.

use super::{
    super::{
        alert::{Alert, Subject, fingerprint, short},
        escape::{code, fenced, prose},
        words::{self, cut},
    },
    page::Page,
};
use crate::judge::{Finding, Proof};
use crate::policy::{ObligationKind, Ruling};
use crate::spec::Level;
use crate::variance::Verdict;

/// How much of a message is told.
pub(super) const MESSAGE: usize = 500;

/// How much of a payload is shown.
const PAYLOAD: usize = 3_000;

/// How many operations or consumers of a change are named.
const NAMED: usize = 3;

/// Every change of the run, with what the policy says.
pub(super) fn all<'a>(
    alerts: &'a [Alert<'_, '_>],
) -> impl Iterator<Item = (&'a Alert<'a, 'a>, &'a Finding, Option<&'a Ruling>)> {
    alerts.iter().filter_map(|alert| match alert.subject {
        Subject::Change(_, finding, ruling) => Some((alert, finding, ruling)),
        Subject::Notice(_) | Subject::Complaint(..) => None,
    })
}

/// Errors and warnings, a row each.
pub(super) fn changes(page: &mut Page, alerts: &[Alert<'_, '_>], many: bool) {
    let hurts = all(alerts).any(|(_, _, ruling)| ruling.is_some_and(|it| !it.affects.is_empty()));
    let rows = all(alerts)
        .filter(|(_, finding, _)| finding.level >= Level::Warning)
        .map(|(alert, finding, ruling)| {
            let which = if many {
                format!("{} ", code(&words::versions(alert.report)))
            } else {
                String::new()
            };
            let breaks = if hurts {
                format!(
                    " {} |",
                    named(ruling.map_or(&[][..], |ruling| &ruling.affects))
                )
            } else {
                String::new()
            };
            format!(
                "| {} | {which}{} | {} |{breaks} {} |\n",
                sign(finding, ruling),
                prose(&cut(&finding.message, MESSAGE)),
                place(alert),
                code(short(&fingerprint(finding)))
            )
        });
    let head = if hurts {
        "\n| | Change | Where | Breaks | Id |\n|---|---|---|---|---|\n"
    } else {
        "\n| | Change | Where | Id |\n|---|---|---|---|\n"
    };
    page.section(
        head,
        rows,
        |missing| {
            format!(
                "| | and {missing} more | |{}\n",
                if hurts { " | |" } else { " |" }
            )
        },
        "",
        55,
    );
}

/// What kind of trouble a change is.
fn sign(finding: &Finding, ruling: Option<&Ruling>) -> &'static str {
    let waits = ruling.is_some_and(|ruling| {
        let mut open = ruling.obligations.iter().filter(|it| words::is_open(it));
        open.any(|it| it.kind == ObligationKind::Window)
    });
    match finding.verdict {
        Verdict::Breaking | Verdict::Undecided if finding.level < Level::Warning => "🟢 may land",
        Verdict::Breaking if waits => "⏳ too early",
        Verdict::Breaking => "🔴 breaking",
        Verdict::Undecided => "🟠 undecided",
        Verdict::Risky => "🟡 risky",
        Verdict::Additive | Verdict::Neutral => match finding.level {
            Level::Error => "🔴 refused",
            Level::Warning | Level::Note | Level::Off => "⚪ noted",
        },
    }
}

/// `file:12`
pub(super) fn place(alert: &Alert<'_, '_>) -> String {
    alert.spot().map_or_else(String::new, |spot| {
        code(&cut(&format!("{}:{}", spot.path, spot.line), 200))
    })
}

fn named(names: &[String]) -> String {
    let mut out: Vec<String> = names
        .iter()
        .take(NAMED)
        .map(|name| code(&cut(name, 100)))
        .collect();
    if names.len() > NAMED {
        out.push(format!("and {} more", names.len() - NAMED));
    }
    out.join(", ")
}

/// A block as part of a list item.
pub(super) fn indented(block: &str) -> String {
    block
        .lines()
        .fold(String::new(), |all, line| all + "  " + line + "\n")
}

/// The rules of what `contract check --fix` brings back.
const MENDED: [&str; 2] = ["property-removed", "enum-value-removed"];

/// What a newcomer can do now.
pub(super) fn unblock(page: &mut Page, alerts: &[Alert<'_, '_>]) {
    if !alerts.iter().any(Alert::fails) {
        return;
    }
    let mut rules: Vec<&str> = Vec::new();
    for alert in alerts.iter().filter(|alert| alert.fails()) {
        if !rules.contains(&alert.rule()) {
            rules.push(alert.rule());
        }
    }
    let mut items = vec![
        "- Take the change back, or make it an addition: the old next to the new.\n".to_owned(),
    ];
    if rules.iter().any(|rule| MENDED.contains(rule)) {
        items.push(
            "- `contract check --fix` brings back members and values that are gone, as they were.\n".to_owned(),
        );
    }
    let governed = all(alerts).any(|(_, finding, ruling)| {
        finding.level >= Level::Warning && ruling.is_some_and(|ruling| ruling.row.is_some())
    });
    if governed {
        items.push(
            "- Deprecate what has to go, with a sunset; it may be removed when its window has passed and its consumers have signed off.\n"
                .to_owned(),
        );
        items.push("- In an emergency the governance team can add a waiver: `contract waiver add --help`.\n".to_owned());
    }
    let explain: Vec<String> = rules
        .iter()
        .take(NAMED)
        .map(|rule| format!("contract explain {rule}"))
        .collect();
    items.push(format!(
        "- What each rule means, and what to do instead:\n\n{}",
        indented(&fenced("sh", &explain.join("\n")))
    ));
    page.section(
        "\n<details><summary>How to unblock</summary>\n\n",
        items.into_iter(),
        |_| String::new(),
        "\n</details>\n",
        50,
    );
}

/// The payloads that show the breaks.
pub(super) fn witnesses(page: &mut Page, alerts: &[Alert<'_, '_>]) {
    let witnesses: Vec<String> = all(alerts)
        .filter(|(_, finding, _)| finding.level >= Level::Warning)
        .filter_map(|(_, finding, _)| {
            let Proof::Witness(witness) = &finding.proof else {
                return None;
            };
            let (message, why) = words::shown(witness);
            let language = if witness.exchange.is_some() {
                "http"
            } else {
                "json"
            };
            Some(format!(
                "{} {}: {}\n\n{}\n{}\n\n",
                code(short(&fingerprint(finding))),
                prose(&cut(&finding.message, MESSAGE)),
                words::parties(witness),
                fenced(language, &cut(message, PAYLOAD)),
                prose(&cut(&why, MESSAGE))
            ))
        })
        .collect();
    let head = format!(
        "\n<details><summary>Witnesses: messages that show the break ({})</summary>\n\n",
        witnesses.len()
    );
    page.section(
        &head,
        witnesses.into_iter(),
        |missing| format!("and {missing} more\n"),
        "</details>\n",
        60,
    );
}

/// Breaks that are let through.
pub(super) fn landing(page: &mut Page, alerts: &[Alert<'_, '_>]) {
    list(page, alerts, "breaking, and may land", |finding| {
        finding.verdict >= Verdict::Undecided
    });
}

/// What needs nobody's attention.
pub(super) fn quiet(page: &mut Page, alerts: &[Alert<'_, '_>]) {
    list(page, alerts, "risky, below the gate", |finding| {
        finding.verdict == Verdict::Risky
    });
    list(page, alerts, "additive", |finding| {
        finding.verdict == Verdict::Additive
    });
    list(page, alerts, "neutral", |finding| {
        finding.verdict == Verdict::Neutral
    });
}

fn list(page: &mut Page, alerts: &[Alert<'_, '_>], title: &str, is: impl Fn(&Finding) -> bool) {
    let rows: Vec<String> = all(alerts)
        .filter(|(_, finding, _)| finding.level < Level::Warning && is(finding))
        .map(|(_, finding, _)| {
            format!(
                "- {} {}\n",
                prose(&cut(&finding.message, MESSAGE)),
                code(short(&fingerprint(finding)))
            )
        })
        .collect();
    let head = format!(
        "\n<details><summary>{}: {title}</summary>\n\n",
        words::counted(rows.len(), "change")
    );
    page.section(
        &head,
        rows.into_iter(),
        |missing| format!("- and {missing} more\n"),
        "\n</details>\n",
        50,
    );
}

/// What is wrong with the documents themselves.
pub(super) fn documents(page: &mut Page, alerts: &[Alert<'_, '_>]) {
    let rows: Vec<String> = alerts
        .iter()
        .filter(|alert| matches!(alert.subject, Subject::Complaint(..)))
        .map(|alert| {
            format!(
                "- {} {}: {} ({})\n",
                alert.level().word(),
                code(alert.rule()),
                prose(&cut(alert.message(), MESSAGE)),
                place(alert)
            )
        })
        .collect();
    let head = format!(
        "\n<details><summary>In the documents themselves ({})</summary>\n\n",
        rows.len()
    );
    page.section(
        &head,
        rows.into_iter(),
        |missing| format!("- and {missing} more\n"),
        "\n</details>\n",
        80,
    );
}
