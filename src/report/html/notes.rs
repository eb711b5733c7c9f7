//! What is no change: the policy's notices, what is wrong with documents, and what the rules mean.

use super::{
    super::{
        Report,
        alert::{POLICY, notices},
        catalogue,
        escape::html as text,
        place,
        words::cut,
    },
    prose,
};
use crate::judge::Side;
use crate::rules::Rule;
use std::{
    collections::BTreeSet,
    io::{Result, Write},
};

/// How much of a message is shown.
const MESSAGE: usize = 1_000;

/// How many entries a list has.
const MOST: usize = 500;

pub(super) fn governance(report: &Report<'_>, out: &mut dyn Write) -> Result<()> {
    let rows: Vec<String> = notices(report)
        .map(|notice| {
            let help = notice.help.as_deref().map_or_else(String::new, |help| {
                format!("<br>{}", prose(&cut(help, MESSAGE)))
            });
            format!(
                "<li><span class=\"state {level}\">{level}</span> <a href=\"#rule-{rule}\"><code>{rule}</code></a> <bdi>{}</bdi> · <code>{}:{}</code>{help}\n",
                prose(&cut(&notice.message, MESSAGE)),
                text(notice.file.as_deref().unwrap_or(POLICY)),
                notice.line.unwrap_or(1),
                level = notice.level.word(),
                rule = notice.rule.id,
            )
        })
        .collect();
    list("Governance", &rows, out)
}

pub(super) fn documents(report: &Report<'_>, out: &mut dyn Write) -> Result<()> {
    let all = report.contracts.iter().flat_map(|compared| {
        let complaints = compared.complaints.iter();
        complaints.map(move |complaint| (compared, complaint))
    });
    let rows: Vec<String> = all
        .map(|(compared, complaint)| {
            let side = match complaint.side {
                Some(Side::Old) => "in the old version",
                Some(Side::New) => "in the new version",
                None => "in both versions",
            };
            let place = place::of_complaint(compared, complaint).map_or_else(
                String::new,
                |(source, position)| {
                    format!(" · <code>{}:{position}</code>", text(source.name()))
                },
            );
            format!(
                "<li><span class=\"state {level}\">{level}</span> <a href=\"#rule-{rule}\"><code>{rule}</code></a> <bdi>{}</bdi>{place} · {side}\n",
                prose(&cut(&complaint.message, MESSAGE)),
                level = complaint.level.word(),
                rule = complaint.rule,
            )
        })
        .collect();
    list("In the documents themselves", &rows, out)
}

fn list(title: &str, rows: &[String], out: &mut dyn Write) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<section class=\"wide\"><h3>{title}</h3><ul class=\"todo\">"
    )?;
    for row in rows.iter().take(MOST) {
        out.write_all(row.as_bytes())?;
    }
    if rows.len() > MOST {
        writeln!(out, "<li>and {} more", rows.len() - MOST)?;
    }
    out.write_all(b"</ul></section>\n")
}

/// The docs of every rule that the page names.
pub(super) fn rules(reports: &[Report<'_>], out: &mut dyn Write) -> Result<()> {
    let mut ids = BTreeSet::new();
    for report in reports {
        ids.extend(report.findings().map(|finding| finding.rule.id));
        ids.extend(notices(report).map(|notice| notice.rule.id));
        let complaints = report.contracts.iter().flat_map(|one| &one.complaints);
        ids.extend(complaints.map(|complaint| complaint.rule));
    }
    if ids.is_empty() {
        return Ok(());
    }
    out.write_all(b"<section class=\"wide rules\"><h3>What the rules mean</h3>\n")?;
    for rule in ids.into_iter().filter_map(Rule::find) {
        writeln!(
            out,
            "<details id=\"rule-{id}\"><summary><code>{id}</code> {}</summary>",
            prose(catalogue::title(rule)),
            id = rule.id,
        )?;
        for paragraph in catalogue::paragraphs(rule) {
            writeln!(out, "<p>{}</p>", prose(&paragraph))?;
        }
        out.write_all(b"</details>\n")?;
    }
    out.write_all(b"</section>\n")
}
