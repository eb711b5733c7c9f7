//! Who is hurt by what, and whether they have agreed.

use super::{
    super::{
        alert::short,
        escape::html as text,
        words::{self, cut},
    },
    card::Card,
    prose,
};
use crate::policy::ObligationKind;
use std::{
    collections::BTreeSet,
    io::{Result, Write},
};

/// How many changes have a row.
const ROWS: usize = 200;

/// How many consumers have a column.
const COLUMNS: usize = 40;

/// The table; nothing when nobody is hurt.
pub(super) fn write(cards: &[Card<'_, '_>], out: &mut dyn Write) -> Result<()> {
    let rows: Vec<&Card<'_, '_>> = cards
        .iter()
        .filter(|card| card.ruling.is_some_and(|ruling| !ruling.affects.is_empty()))
        .collect();
    let affected = rows
        .iter()
        .filter_map(|card| card.ruling)
        .flat_map(|ruling| ruling.affects.iter().map(String::as_str));
    let consumers: BTreeSet<&str> = affected.collect();
    if consumers.is_empty() {
        return Ok(());
    }
    let shown: Vec<&str> = consumers.iter().copied().take(COLUMNS).collect();
    let asked = || {
        let rulings = rows.iter().filter_map(|card| card.ruling);
        let obligations = rulings.flat_map(|ruling| &ruling.obligations);
        obligations.filter(|one| one.kind == ObligationKind::Signoff)
    };
    let met = asked().filter(|one| !words::is_open(one)).count();
    writeln!(
        out,
        "<details class=\"wide\"><summary>Consumers and changes: {} of {} present</summary>",
        met,
        words::counted(asked().count(), "sign-off")
    )?;
    out.write_all(
        b"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Consumers and changes\"><table class=\"matrix\"><thead><tr><th scope=\"col\">Change",
    )?;
    for consumer in &shown {
        write!(
            out,
            "<th scope=\"col\"><bdi>{}</bdi>",
            text(&cut(consumer, 80))
        )?;
    }
    out.write_all(b"</tr></thead><tbody>\n")?;
    for card in rows.iter().take(ROWS) {
        write!(
            out,
            "<tr><th scope=\"row\"><a href=\"#{}\"><code>{}</code></a> {}",
            card.id,
            short(&card.fingerprint),
            prose(&cut(&card.finding.1.message, 120))
        )?;
        for consumer in &shown {
            out.write_all(cell(card, consumer).as_bytes())?;
        }
        out.write_all(b"</tr>\n")?;
    }
    out.write_all(b"</tbody></table></div>")?;
    let hidden = [
        (rows.len().saturating_sub(ROWS), "change"),
        (consumers.len() - shown.len(), "consumer"),
    ];
    for (count, word) in hidden {
        if count > 0 {
            write!(out, "<p>and {} more</p>", words::counted(count, word))?;
        }
    }
    out.write_all(b"</details>\n")
}

fn cell(card: &Card<'_, '_>, consumer: &str) -> String {
    let Some(ruling) = card.ruling else {
        return "<td>".to_owned();
    };
    let asked = ruling
        .obligations
        .iter()
        .find(|it| it.kind == ObligationKind::Signoff && it.who == consumer);
    match asked {
        Some(obligation) => format!(
            "<td><span class=\"state {word}\">{} {word}</span>",
            if words::is_open(obligation) {
                "✗"
            } else {
                "✓"
            },
            word = obligation.status.word()
        ),
        None if ruling.affects.iter().any(|one| one == consumer) => "<td>hurt".to_owned(),
        None => "<td><span class=\"no\">–</span>".to_owned(),
    }
}
