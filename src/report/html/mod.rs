//! The report as one HTML file: it asks nobody for anything, and is complete without its script.

mod card;
mod excerpt;
mod head;
mod matrix;
mod notes;
mod timeline;

use super::{
    Report,
    alert::{Alert, Subject, alerts},
    escape::html as text,
    words,
};
use card::Card;
use std::{
    cmp::Reverse,
    collections::BTreeMap,
    io::{Result, Write},
};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes the page.
///
/// # Errors
/// When the writer fails.
pub fn html(reports: &[Report<'_>], out: &mut dyn Write) -> Result<()> {
    head::write(reports, out)?;
    let all = alerts(reports);
    let mut cards = Vec::new();
    for (number, report) in reports.iter().enumerate() {
        let prefix = if reports.len() > 1 {
            format!("r{}-", number + 1)
        } else {
            String::new()
        };
        cards.push(of_report(report, &all, &prefix));
    }
    head::filters(reports, &cards.concat(), out)?;
    out.write_all(b"<div class=\"page\">\n")?;
    tree(&cards.concat(), out)?;
    out.write_all(b"<main id=\"main\">\n")?;
    for (report, cards) in reports.iter().zip(&cards) {
        if reports.len() > 1 {
            writeln!(
                out,
                "<h2 class=\"run\">{} <small>{}</small></h2>",
                text(&words::versions(report)),
                text(&words::verdict(report))
            )?;
        }
        if cards.is_empty() {
            out.write_all(b"<p>No changes.</p>\n")?;
        }
        matrix::write(cards, out)?;
        timeline::write(report, cards, out)?;
        let mut last = None;
        for (number, group) in groups(cards).iter().enumerate() {
            let first = &group[0];
            if last.is_none_or(|last| last != first.compared) && report.contracts.len() > 1 {
                writeln!(out, "<h2>{}</h2>", text(words::name(first.finding.0)))?;
            }
            last = Some(first.compared);
            writeln!(
                out,
                "<section class=\"op\" id=\"{}\"><h3>{}</h3>",
                group_id(&first.prefix, first.compared, number),
                operation(&first.operation)
            )?;
            for card in group {
                card::write(card, out)?;
            }
            out.write_all(b"</section>\n")?;
        }
        notes::governance(report, out)?;
        notes::documents(report, out)?;
    }
    notes::rules(reports, out)?;
    write!(
        out,
        "<footer>contract {}. This page holds everything it shows, and asks no server for anything.</footer>\n\
         </main>\n</div>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// The cards of a run, the worst first, with an id each.
fn of_report<'a, 'b>(
    report: &'a Report<'b>,
    all: &[Alert<'a, 'b>],
    prefix: &str,
) -> Vec<Card<'a, 'b>> {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut cards = Vec::new();
    for alert in all {
        let Subject::Change(compared, finding, ruling) = alert.subject else {
            continue;
        };
        if !std::ptr::eq(alert.report, report) {
            continue;
        }
        let fingerprint = alert.fingerprint();
        let count = known.entry(fingerprint.clone()).or_default();
        *count += 1;
        let id = match *count {
            1 => format!("{prefix}{fingerprint}"),
            count => format!("{prefix}{fingerprint}-{count}"),
        };
        let operations = finding.sites.operations();
        let operation = operations.first().copied().unwrap_or("the document");
        cards.push(Card {
            compared: report
                .contracts
                .iter()
                .position(|one| std::ptr::eq(one, compared))
                .unwrap_or_default(),
            finding: (compared, finding),
            ruling,
            id,
            prefix: prefix.to_owned(),
            fingerprint,
            operation: operation.to_owned(),
        });
    }
    cards
}

/// Cards by contract and operation: the operation with the worst change first.
fn groups<'c, 'a, 'b>(cards: &'c [Card<'a, 'b>]) -> Vec<Vec<&'c Card<'a, 'b>>> {
    let mut groups: BTreeMap<(usize, &str), Vec<&Card<'_, '_>>> = BTreeMap::new();
    for card in cards {
        let key = (card.compared, card.operation.as_str());
        groups.entry(key).or_default().push(card);
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by_key(|group| {
        let worst = group[0].finding.1;
        (group[0].compared, Reverse((worst.level, worst.verdict)))
    });
    groups
}

fn group_id(prefix: &str, contract: usize, number: usize) -> String {
    format!("{prefix}op-{contract}-{number}")
}

/// Every operation that a change reaches first, by its path.
fn tree(cards: &[Card<'_, '_>], out: &mut dyn Write) -> Result<()> {
    out.write_all(b"<nav class=\"tree\" aria-label=\"Operations\"><details open><summary>Operations</summary><ul>\n")?;
    let mut rows = Vec::new();
    let mut runs: Vec<&[Card<'_, '_>]> = Vec::new();
    runs.extend(cards.chunk_by(|one, other| one.prefix == other.prefix));
    for (run, cards) in runs.iter().enumerate() {
        for (number, group) in groups(cards).into_iter().enumerate() {
            let first = group[0];
            let name = first.operation.as_str();
            let path = name.split_once(' ').map_or(name, |(_, path)| path);
            let id = group_id(&first.prefix, first.compared, number);
            rows.push((
                run,
                first.compared,
                path.to_owned(),
                name.to_owned(),
                id,
                group.len(),
                first.finding.1.verdict,
            ));
        }
    }
    rows.sort();
    for (_, _, _, name, id, count, worst) in rows {
        writeln!(
            out,
            "<li><a href=\"#{id}\" data-op=\"{id}\">{}<span class=\"badge {word}\" title=\"{count}, the worst {word}\">{count}</span></a>",
            operation(&name),
            word = worst.word(),
        )?;
    }
    out.write_all(b"</ul></details></nav>\n")
}

/// `GET /v1/orders`, its method set apart.
fn operation(name: &str) -> String {
    match name.split_once(' ') {
        Some((method, path)) if method.bytes().all(|byte| byte.is_ascii_uppercase()) => format!(
            "<span class=\"name\"><b class=\"method\">{}</b> <bdi>{}</bdi></span>",
            text(method),
            broken(path)
        ),
        Some(_) | None => format!("<span class=\"name\"><bdi>{}</bdi></span>", prose(name)),
    }
}

/// A path that may be broken before each of its segments.
fn broken(path: &str) -> String {
    text(path).replace('/', "<wbr>/")
}

/// A sentence of a report, with what stands in backticks as code.
fn prose(sentence: &str) -> String {
    let parts: Vec<&str> = sentence.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return text(sentence);
    }
    let parts = parts.iter().enumerate();
    parts
        .map(|(number, part)| match number % 2 {
            1 => format!("<code>{}</code>", text(part)),
            _ => text(part),
        })
        .collect()
}
