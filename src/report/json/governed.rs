//! What the policy says, as JSON.

use super::{
    super::{Report, alert::POLICY},
    string,
};
use crate::policy::{Notice, Obligation, Ruling};
use jiff::civil::Date;
use std::io::{Result, Write};

/// What holds for the run as a whole.
pub(super) fn run(out: &mut dyn Write, report: &Report<'_>) -> Result<()> {
    let Some(governance) = &report.governance else {
        return Ok(());
    };
    write!(
        out,
        "\"valid_until\":{},\n\"policy_digest\":{},\n\"clock\":\"{}\",\n",
        date(governance.valid_until),
        optional(governance.policy_digest.as_deref()),
        if governance.clock_overridden {
            "overridden"
        } else {
            "system"
        },
    )
}

/// The members of a change.
pub(in crate::report) fn ruling(out: &mut dyn Write, ruling: Option<&Ruling>) -> Result<()> {
    let Some(ruling) = ruling else {
        return out.write_all(b"\"affects\":[],\"obligations\":[]");
    };
    let affects: Vec<String> = ruling.affects.iter().map(|one| string(one)).collect();
    write!(out, "\"affects\":[{}],\"obligations\":[", affects.join(","))?;
    for (number, obligation) in ruling.obligations.iter().enumerate() {
        if number > 0 {
            out.write_all(b",")?;
        }
        self::obligation(out, obligation)?;
    }
    out.write_all(b"]")?;
    if let Some(row) = &ruling.row {
        write!(
            out,
            ",\"lifecycle\":{{\"rule\":\"{}\",\"since\":{},\"sunset\":{},\"earliest\":{},\"days\":{}}},\"authorised\":{}",
            row.rule.id,
            date(row.since),
            date(row.sunset),
            date(row.earliest),
            row.days,
            ruling.authorised
        )?;
    }
    Ok(())
}

fn obligation(out: &mut dyn Write, obligation: &Obligation) -> Result<()> {
    write!(
        out,
        "{{\"kind\":\"{}\",\"who\":{},\"status\":\"{}\",\"until\":{},\"note\":{},\"command\":{}}}",
        obligation.kind.word(),
        string(&obligation.who),
        obligation.status.word(),
        date(obligation.until),
        optional(obligation.note.as_deref()),
        string(&obligation.command),
    )
}

/// One entry of `governance`.
pub(super) fn notice(out: &mut dyn Write, notice: &Notice) -> Result<()> {
    let number =
        |number: Option<u32>| number.map_or_else(|| "null".to_owned(), |it| it.to_string());
    write!(
        out,
        "{{\"rule\":\"{}\",\"level\":\"{}\",\"contract\":{},\"element\":{},\"fingerprint\":{},\"message\":{},\
         \"file\":{},\"line\":{},\"column\":{},\"help\":{}}}",
        notice.rule.id,
        notice.level.word(),
        optional(notice.contract.as_deref()),
        optional(notice.element.as_deref()),
        optional(notice.fingerprint.as_deref()),
        string(&notice.message),
        string(notice.file.as_deref().unwrap_or(POLICY)),
        notice.line.unwrap_or(1),
        number(notice.column),
        optional(notice.help.as_deref()),
    )
}

fn optional(text: Option<&str>) -> String {
    text.map_or_else(|| "null".to_owned(), string)
}

fn date(date: Option<Date>) -> String {
    date.map_or_else(|| "null".to_owned(), |date| format!("\"{date}\""))
}
