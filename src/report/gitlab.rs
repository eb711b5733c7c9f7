//! GitLab's Code Quality report: what a merge request shows as new.

use super::{
    Report,
    alert::{Alert, Subject, alerts},
    json::string,
    words::{self, cut},
};
use crate::spec::Level;
use crate::variance::Verdict;
use std::{
    collections::HashMap,
    io::{Result, Write},
};

/// How much of a message is told.
const MESSAGE: usize = 2_000;

/// Writes the report: an entry for each thing to say, the worst first.
///
/// # Errors
/// When the writer fails.
pub fn gitlab(reports: &[Report<'_>], out: &mut dyn Write) -> Result<()> {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut before = "[\n";
    for alert in alerts(reports) {
        let Some(severity) = severity(&alert) else {
            continue;
        };
        let Some(spot) = alert.spot() else { continue };
        // GitLab takes entries of one fingerprint for one entry.
        let mut fingerprint = alert.fingerprint();
        let count = known.entry(fingerprint.clone()).or_default();
        *count += 1;
        if *count > 1 {
            fingerprint = format!("{fingerprint}-{count}");
        }
        let mut text = cut(alert.message(), MESSAGE).into_owned();
        for line in alert.remarks() {
            text.push_str("; ");
            text.push_str(&cut(&line, MESSAGE));
        }
        if reports.len() > 1 {
            text = format!("{}: {text}", words::versions(alert.report));
        }
        out.write_all(before.as_bytes())?;
        before = ",\n";
        write!(
            out,
            "{{\"description\":{},\"check_name\":\"{}\",\"fingerprint\":{},\"severity\":\"{severity}\",\
             \"location\":{{\"path\":{},\"lines\":{{\"begin\":{}}}}}}}",
            string(&text),
            alert.rule(),
            string(&fingerprint),
            string(spot.path),
            spot.line
        )?;
    }
    out.write_all(if before == "[\n" { b"[]\n" } else { b"\n]\n" })
}

/// `None` for what a policy has turned off.
fn severity(alert: &Alert<'_, '_>) -> Option<&'static str> {
    let breaks = match alert.subject {
        Subject::Change(_, finding, _) => finding.verdict == Verdict::Breaking,
        Subject::Notice(_) | Subject::Complaint(..) => false,
    };
    match alert.level() {
        Level::Error if breaks => Some("blocker"),
        Level::Error => Some("critical"),
        Level::Warning => Some("major"),
        Level::Note => Some("info"),
        Level::Off => None,
    }
}
