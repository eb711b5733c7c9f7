//! Deprecation windows, drawn: announced, sunset, and today.

use super::{
    super::{
        Report,
        alert::short,
        words::{self, cut},
    },
    card::Card,
    prose,
};
use crate::policy::Row;
use jiff::civil::Date;
use std::io::{Result, Write};

/// How many windows are drawn.
const ROWS: usize = 60;

/// The width of the drawing's time axis, where it starts, and the height of a row.
const WIDTH: i64 = 560;
const LEFT: i64 = 150;
const TALL: i64 = 26;

/// The drawing, and the same as a table; nothing when no change has a window.
pub(super) fn write(
    report: &Report<'_>,
    cards: &[Card<'_, '_>],
    out: &mut dyn Write,
) -> Result<()> {
    let windows: Vec<(&Card<'_, '_>, Row, Date, Date)> = cards
        .iter()
        .filter_map(|card| {
            let row = card.ruling?.row?;
            let end = row.sunset.or(row.earliest)?;
            Some((card, row, row.since.unwrap_or(end), end))
        })
        .take(ROWS)
        .collect();
    let Ok(today) = report.today.parse::<Date>() else {
        return Ok(());
    };
    let days = windows.iter().flat_map(|(.., since, end)| [*since, *end]);
    let (Some(first), Some(last)) = (
        days.clone()
            .chain([today])
            .min()
            .filter(|_| !windows.is_empty()),
        days.chain([today]).max(),
    ) else {
        return Ok(());
    };
    let whole = between(first, last).max(1);
    let at = |day: Date| LEFT + between(first, day) * WIDTH / whole;
    let count = i64::try_from(windows.len()).unwrap_or(i64::MAX);
    let (width, height) = (LEFT + WIDTH + 40, count * TALL + 44);
    write!(
        out,
        "<details class=\"wide\"><summary>Deprecation windows: {}</summary>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Deprecation windows\">\
         <svg class=\"time\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"Deprecation windows; the table below says the same\">\n",
        words::counted(windows.len(), "change")
    )?;
    for (number, (card, row, since, end)) in windows.iter().enumerate() {
        let y = 30 + i64::try_from(number).unwrap_or_default() * TALL;
        let (from, to) = (at(*since), at(*end));
        let early = today < *end;
        writeln!(
            out,
            "<a href=\"#{}\"><text x=\"0\" y=\"{}\">{}</text></a>\
             <rect class=\"{}\" x=\"{from}\" y=\"{y}\" width=\"{}\" height=\"14\" rx=\"3\"/>\
             {begin}<path class=\"{}\" d=\"M{to} {}l6 7l-6 7l-6 -7z\"/>",
            card.id,
            y + 12,
            short(&card.fingerprint),
            if early { "early" } else { "over" },
            (to - from).max(2),
            if row.sunset.is_some() { "dot" } else { "open" },
            y,
            begin = if row.since.is_some() {
                format!(
                    "<circle class=\"dot\" cx=\"{from}\" cy=\"{}\" r=\"5\"/>",
                    y + 7
                )
            } else {
                String::new()
            },
        )?;
    }
    let (x, bottom) = (at(today), count * TALL + 30);
    let anchor = if x > LEFT + WIDTH / 2 { "end" } else { "start" };
    write!(
        out,
        "<line class=\"today\" x1=\"{x}\" x2=\"{x}\" y1=\"20\" y2=\"{bottom}\"/><text class=\"now\" x=\"{x}\" y=\"13\" text-anchor=\"{anchor}\">today {today}</text>\n\
         <text x=\"{LEFT}\" y=\"{}\">{first}</text><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{last}</text></svg></div>\n\
         <p class=\"legend\">● announced, ◆ sunset, ◇ the first lawful day of what was not announced</p>",
        bottom + 13,
        LEFT + WIDTH,
        bottom + 13,
    )?;
    out.write_all(b"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Windows\"><table><thead><tr><th scope=\"col\">Change<th scope=\"col\">Announced<th scope=\"col\">Sunset<th scope=\"col\">Removable from<th scope=\"col\">Window</tr></thead><tbody>\n")?;
    for (card, row, ..) in &windows {
        let day = |day: Option<Date>| day.map_or_else(|| "–".to_owned(), |day| day.to_string());
        writeln!(
            out,
            "<tr><th scope=\"row\"><a href=\"#{}\"><code>{}</code></a> {}<td>{}<td>{}<td>{}<td>{}</tr>",
            card.id,
            short(&card.fingerprint),
            prose(&cut(&card.finding.1.message, 120)),
            day(row.since),
            day(row.sunset),
            day(row.earliest),
            words::counted(row.days as usize, "day")
        )?;
    }
    out.write_all(b"</tbody></table></div></details>\n")
}

/// Whole days from one day to another.
fn between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
