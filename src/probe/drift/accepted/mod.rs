//! Drift that somebody has accepted until a day: `.contract/probes/accepted.yaml` (`contract.accepted/v1`).

mod append;
#[cfg(test)]
mod tests;

pub use append::{AcceptError, accept};

use super::drifts::{Change, Drift};
use crate::probe::check::Verdict;
use crate::text::nearest;
use crate::tree::fields::{Fault, Fields, Form, Value};
use jiff::civil::Date;
use serde::Serialize;

/// What the key `schema` of the file says.
const SCHEMA: &str = "contract.accepted/v1";

/// Everything that was ever accepted, in the order of the file: it is its own audit log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// The entries; of several about one finding the last one counts.
    pub list: Vec<Listed>,
}

/// An entry of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What it says.
    pub entry: Entry,
    /// The line it starts in.
    pub line: u32,
}

/// One decision to live with a drift for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The drift's id (`df1:…`), or the fingerprint of the change that it is (`cf1:…`).
    pub finding: String,
    /// What it was, for people.
    pub what: String,
    /// The last day on which it counts.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub who: String,
    /// When.
    pub date: Date,
}

/// Why a drift does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Acceptance {
    /// The last day.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub who: String,
}

/// Something about the file that is to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// What, a lower-case fragment.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The line of the entry.
    pub line: u32,
}

impl Accepted {
    /// Reads the file; `file` is what faults call it.
    ///
    /// # Errors
    /// Everything that is wrong with it, by its places.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        Form::read(file, bytes, |root| {
            let mut fields = root.fields("a list of accepted drift")?;
            let known = fields.required("schema").is_some_and(is_schema);
            let list = fields
                .required("accepted")
                .and_then(|list| list.each(listed));
            fields.finish();
            known.then_some(Self { list: list? })
        })
    }

    /// What counts of a finding: its last entry.
    fn of(&self, finding: &str) -> Option<&Listed> {
        self.list
            .iter()
            .rev()
            .find(|listed| listed.entry.finding == finding)
    }

    fn about(&self, drift: &Drift) -> Vec<&Listed> {
        let id = drift.id();
        let fingerprints = drift
            .changes
            .iter()
            .map(|change: &Change| &change.fingerprint);
        let findings = std::iter::once(&id).chain(fingerprints);
        findings.filter_map(|finding| self.of(finding)).collect()
    }

    /// Lowers what is accepted to `pending`, and tells which entries are over or about nothing any more.
    #[must_use]
    pub fn apply(&self, drifts: Vec<Drift>, today: Date) -> (Vec<Drift>, Vec<Remark>) {
        let mut met: Vec<&Listed> = Vec::new();
        let drifts = drifts
            .into_iter()
            .map(|mut drift| {
                let about = self.about(&drift);
                let live = about.iter().map(|listed| &listed.entry);
                let live = live.filter(|entry| today <= entry.until);
                if let Some(entry) = live.max_by_key(|entry| entry.until) {
                    drift.accepted = Some(Acceptance {
                        until: entry.until,
                        reason: entry.reason.clone(),
                        who: entry.who.clone(),
                    });
                    // Nothing becomes louder by being accepted.
                    drift.verdict = drift.verdict.min(Verdict::Pending);
                }
                met.extend(about);
                drift
            })
            .collect();
        let remarks = self.list.iter().filter_map(|listed| {
            let Listed { entry, line } = listed;
            let last = self.of(&entry.finding) == Some(listed);
            let (line, met) = (*line, met.contains(&listed));
            let Entry {
                finding,
                what,
                until,
                ..
            } = entry;
            match (last, met) {
                (true, true) if today > *until => Some(Remark {
                    message: format!("the acceptance of {finding} ended on {until}: {what}"),
                    help: format!(
                        "decide again: `contract probe accept {finding} --until DATE --reason TEXT`"
                    ),
                    line,
                }),
                (true, false) => Some(Remark {
                    message: format!("{finding} was accepted and is not seen any more: {what}"),
                    help: "remove the entry if it stays away".to_owned(),
                    line,
                }),
                (true, true) | (false, _) => None,
            }
        });
        let remarks = remarks.collect();
        (drifts, remarks)
    }
}

fn is_schema(value: Value<'_>) -> bool {
    let Some(text) = value.line() else {
        return false;
    };
    if text == SCHEMA {
        return true;
    }
    let help = match nearest(text, [SCHEMA]) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write `schema: {SCHEMA}`"),
    };
    value.fault(format!("`schema` cannot be `{text}`"), help);
    false
}

fn listed(value: Value<'_>) -> Option<Listed> {
    let mut fields = value.fields("an accepted drift")?;
    let finding = fields.required("finding").and_then(finding);
    let line = |key, fields: &mut Fields<'_>| {
        let value = fields.required(key)?;
        value.line().map(str::to_owned)
    };
    let what = line("what", &mut fields);
    let until = fields.required("until").and_then(Value::date);
    let reason = line("reason", &mut fields);
    let who = line("who", &mut fields);
    let date = fields.required("date").and_then(Value::date);
    if let (Some(until), Some(date)) = (until, date)
        && until < date
    {
        value.fault(
            "`until` lies before `date`",
            format!("write {date} or a later day"),
        );
    }
    let line = fields.position().line;
    fields.finish();
    let entry = Entry {
        finding: finding?,
        what: what?,
        until: until?,
        reason: reason?,
        who: who?,
        date: date?,
    };
    Some(Listed { entry, line })
}

fn finding(value: Value<'_>) -> Option<String> {
    let text = value.line()?;
    if is_finding(text) {
        return Some(text.to_owned());
    }
    value.fault(
        format!("{} cannot be `{text}`", value.name()),
        "write the id of a drift, `df1:` and 40 hexadecimal digits, or the fingerprint of its change, `cf1:` and 40",
    );
    None
}

fn is_finding(text: &str) -> bool {
    let digits = text
        .strip_prefix("df1:")
        .or_else(|| text.strip_prefix("cf1:"));
    digits.is_some_and(|digits| {
        let small = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        digits.len() == 40 && digits.bytes().all(small)
    })
}
