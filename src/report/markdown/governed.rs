//! The sections about what the policy asks for.

use super::{
    super::{
        alert::{Alert, Subject, fingerprint, short},
        escape::{code, fenced, prose},
        words::{self, cut},
    },
    page::Page,
    parts::{MESSAGE, all, indented, place},
};
use crate::policy::{Obligation, ObligationKind, Status};
use crate::spec::Level;
use jiff::civil::Date;
use std::{collections::BTreeMap, fmt::Write as _};

/// How many changes of a consumer are named.
const NAMED: usize = 5;

/// Whether somebody has agreed, who, and how it stands.
type Asked<'a> = (bool, &'a str, Status);

/// A box for each consumer that is asked, ticked when it has agreed.
pub(super) fn signoffs(page: &mut Page, alerts: &[Alert<'_, '_>]) {
    let mut rows: BTreeMap<Asked<'_>, Vec<(String, &Obligation)>> = BTreeMap::new();
    for (_, finding, ruling) in all(alerts) {
        let Some(ruling) = ruling else { continue };
        for obligation in &ruling.obligations {
            if obligation.kind == ObligationKind::Signoff {
                let key = (
                    !words::is_open(obligation),
                    obligation.who.as_str(),
                    obligation.status,
                );
                let change = fingerprint(finding);
                rows.entry(key)
                    .or_default()
                    .push((short(&change).to_owned(), obligation));
            }
        }
    }
    let rows = rows.into_iter().map(|((met, who, status), changes)| {
        let tick = if met { "x" } else { " " };
        let mut ids: Vec<String> = changes
            .iter()
            .take(NAMED)
            .map(|(change, _)| code(change))
            .collect();
        if changes.len() > NAMED {
            ids.push(format!("and {} more", changes.len() - NAMED));
        }
        let mut row = format!(
            "- [{tick}] {} {}: {}",
            code(&cut(who, 100)),
            status.word(),
            ids.join(", ")
        );
        if let Some(note) = changes.iter().find_map(|(_, it)| it.note.as_deref()) {
            let _ = write!(row, " ({})", prose(&cut(note, MESSAGE)));
        }
        row.push('\n');
        if let Some((_, first)) = changes.first().filter(|_| !met) {
            let more = changes.len() - 1;
            row.push_str(&indented(&fenced("sh", &cut(&first.command, 1_000))));
            if more > 0 {
                let others = words::counted(more, "change");
                let _ = writeln!(row, "  and the same for the other {others}");
            }
        }
        row
    });
    page.section(
        "\n**Sign-offs**\n\n",
        rows,
        |missing| format!("- and {missing} more\n"),
        "",
        40,
    );
}

/// What the author of a change has to do about its window.
pub(super) fn todo(page: &mut Page, alerts: &[Alert<'_, '_>]) {
    let rows = all(alerts).filter_map(|(_, finding, ruling)| {
        let is_authors = |one: &&Obligation| match one.kind {
            ObligationKind::Window | ObligationKind::Announce => words::is_open(one),
            ObligationKind::Signoff | ObligationKind::Waiver => false,
        };
        let note = ruling?.obligations.iter().find(is_authors)?.note.as_ref()?;
        Some(format!(
            "- {} {}\n",
            code(short(&fingerprint(finding))),
            prose(&cut(note, MESSAGE))
        ))
    });
    page.section(
        "\n**What to do**\n\n",
        rows,
        |missing| format!("- and {missing} more\n"),
        "",
        40,
    );
}

/// What the policy has to say besides.
pub(super) fn governance(page: &mut Page, alerts: &[Alert<'_, '_>]) {
    let rows = alerts.iter().filter_map(|alert| match alert.subject {
        Subject::Notice(notice) if notice.level >= Level::Warning => {
            let help = notice.help.as_deref().map_or_else(String::new, |help| {
                format!(" — {}", prose(&cut(help, MESSAGE)))
            });
            Some(format!(
                "- {} {}: {} ({}){help}\n",
                notice.level.word(),
                code(notice.rule.id),
                prose(&cut(&notice.message, MESSAGE)),
                place(alert)
            ))
        }
        Subject::Notice(_) | Subject::Change(..) | Subject::Complaint(..) => None,
    });
    page.section(
        "\n**Governance**\n\n",
        rows,
        |missing| format!("- and {missing} more\n"),
        "",
        40,
    );
}

/// Since when what is changed is deprecated, and until when it has to stay.
pub(super) fn windows(page: &mut Page, alerts: &[Alert<'_, '_>]) {
    let rows: Vec<String> = all(alerts)
        .filter_map(|(_, finding, ruling)| Some((finding, ruling?.row?)))
        .filter(|(_, row)| row.since.or(row.sunset).or(row.earliest).is_some())
        .map(|(finding, row)| {
            let day = |day: Option<Date>| day.map_or_else(|| "—".to_owned(), |day| day.to_string());
            format!(
                "| {} | {} | {} | {} | {} |\n",
                code(short(&fingerprint(finding))),
                day(row.since),
                day(row.sunset),
                day(row.earliest),
                words::counted(row.days as usize, "day")
            )
        })
        .collect();
    let head = format!(
        "\n<details><summary>Deprecation windows ({})</summary>\n\n\
         | Id | Deprecated since | Sunset | Removable from | Window |\n|---|---|---|---|---|\n",
        rows.len()
    );
    page.section(
        &head,
        rows.into_iter(),
        |missing| format!("| and {missing} more | | | | |\n"),
        "\n</details>\n",
        60,
    );
}
