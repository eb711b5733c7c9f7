//! The top of the page: what may be loaded (nothing), the verdict, and the filters.

use super::{
    super::{Report, Summary, escape::html as text, words},
    SCRIPT, STYLE,
    card::Card,
};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    io::{Result, Write},
};

/// Everything up to the filters.
pub(super) fn write(reports: &[Report<'_>], out: &mut dyn Write) -> Result<()> {
    let passes = reports.iter().all(Report::passes);
    let word = if passes { "Pass" } else { "Blocked" };
    let title = match reports {
        [report] => match report.contracts.as_slice() {
            [compared] => words::name(compared).to_owned(),
            contracts => words::counted(contracts.len(), "contract"),
        },
        reports => words::counted(reports.len(), "comparison"),
    };
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; script-src '{}'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{word}: {title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">Skip to the changes</a>\n\
         <header class=\"top\">\n<p class=\"pill {}\">{} {word}</p>\n<h1><bdi>{title}</bdi></h1>\n",
        hash(STYLE),
        hash(SCRIPT),
        if passes { "pass" } else { "fail" },
        if passes { "✓" } else { "✗" },
        title = text(&title),
    )?;
    if let [report] = reports {
        writeln!(
            out,
            "<p class=\"verdict\">{}</p>\n<p class=\"meta\"><bdi><code>{}</code></bdi> → <bdi><code>{}</code></bdi> · {} · {} · contract {}</p>",
            text(&words::verdict(report)),
            text(&report.base.label),
            text(&report.head.label),
            words::counted(
                report.contracts.iter().map(|one| one.operations).sum(),
                "operation"
            ),
            text(&report.today),
            env!("CARGO_PKG_VERSION")
        )?;
        if let Some(until) = report.governance.as_ref().and_then(|one| one.valid_until) {
            writeln!(
                out,
                "<p class=\"meta\">This verdict holds until {until}.</p>"
            )?;
        }
    }
    out.write_all(b"</header>\n")
}

/// The counts, which are filters too, and the others.
pub(super) fn filters(
    reports: &[Report<'_>],
    cards: &[Card<'_, '_>],
    out: &mut dyn Write,
) -> Result<()> {
    let mut sum = Summary::default();
    for summary in reports.iter().map(Report::summary) {
        sum.breaking += summary.breaking;
        sum.undecided += summary.undecided;
        sum.risky += summary.risky;
        sum.additive += summary.additive;
        sum.neutral += summary.neutral;
    }
    out.write_all(
        b"<div class=\"bar\" role=\"search\" aria-label=\"Filters\">\n<div class=\"counts\">",
    )?;
    for (word, count) in [
        ("breaking", sum.breaking),
        ("undecided", sum.undecided),
        ("risky", sum.risky),
        ("additive", sum.additive),
        ("neutral", sum.neutral),
    ] {
        write!(
            out,
            "<button type=\"button\" class=\"count {word}\" data-verdict=\"{word}\" aria-pressed=\"false\" disabled><b>{count}</b> {word}</button>"
        )?;
    }
    out.write_all(b"</div>\n<div class=\"more\">")?;
    out.write_all(
        b"<label>Find <input id=\"find\" type=\"search\" placeholder=\"message, rule, or id\" autocomplete=\"off\"></label>",
    )?;
    let consumers: BTreeSet<&str> = cards
        .iter()
        .filter_map(|card| card.ruling)
        .flat_map(|ruling| ruling.affects.iter().map(String::as_str))
        .collect();
    if !consumers.is_empty() {
        out.write_all(b"<label>Consumer <select id=\"consumer\"><option value=\"\">all</option>")?;
        for consumer in consumers {
            write!(out, "<option>{}</option>", text(consumer))?;
        }
        out.write_all(b"</select></label>")?;
    }
    writeln!(
        out,
        "<button type=\"button\" id=\"clear\" hidden>Show all</button><span id=\"shown\" role=\"status\"></span>\
         <button type=\"button\" id=\"theme\">Theme: auto</button>\
         <span class=\"keys\">Keys: <kbd>/</kbd> find, <kbd>j</kbd> next, <kbd>k</kbd> previous, <kbd>Esc</kbd> show all</span></div>\n</div>"
    )
}

/// A source in a content security policy: the only text that may run, or style.
fn hash(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Sha256::digest(text.as_bytes());
    let mut out = String::from("sha256-");
    for three in digest.chunks(3) {
        let bits = three
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        for place in 0..4 {
            if place <= three.len() {
                out.push(char::from(
                    LETTERS[(bits >> (18 - 6 * place) & 63) as usize],
                ));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_the_one_that_browsers_compute() {
        assert_eq!(
            hash("alert('Hello, world.');"),
            "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
    }
}
