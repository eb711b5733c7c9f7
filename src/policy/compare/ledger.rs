//! Two states of the ledger.

use super::{Differences, NONE, PolicyChange, always, higher, never, shown, text};
use crate::policy::files::{Kind, Ledger, LedgerRecord, Record, Replacement, Sunset};
use jiff::civil::Date;

/// Every difference between two ledgers, in the order of the base's file. A record that is gone loosens unless the element
/// is active again, which only the contracts can tell.
#[must_use]
pub fn compare_ledgers(base: &Ledger, head: &Ledger) -> Vec<PolicyChange> {
    let mut found = Differences::new();
    let same = |one: &LedgerRecord, other: &LedgerRecord| {
        one.contract == other.contract && one.element == other.element
    };
    let path =
        |record: &LedgerRecord| format!("deprecations.{}.{}", record.contract, record.element);
    for before in &base.list {
        match head.list.iter().find(|after| same(before, after)) {
            Some(after) => record(&mut found, &path(before), before, after),
            None => found.put(path(before), "a record", NONE, true, None),
        }
    }
    for after in &head.list {
        if !base.list.iter().any(|before| same(before, after)) {
            found.put(path(after), NONE, "a record", false, Some(after.place));
        }
    }
    found.list
}

fn record(found: &mut Differences, path: &str, before: &LedgerRecord, after: &LedgerRecord) {
    let LedgerRecord {
        contract: _,
        element: _,
        kind,
        record,
        grandfathered,
        place,
    } = after;
    let Record {
        since,
        sunset,
        replacement,
        guide,
        reason,
    } = record;
    let at = |key: &str| format!("{path}.{key}");
    let place = Some(*place);
    found.value(at("kind"), [&before.kind, kind], show_kind, always, place);
    let show = |date: Option<Date>| date.map_or_else(|| NONE.to_owned(), shown);
    let sinces = [before.record.since, *since];
    // A record that was grandfathered without a day gets one when it is taken up.
    found.value(
        at("since"),
        sinces,
        show,
        |before, _| before.is_some(),
        place,
    );
    let sunsets = [before.record.sunset, *sunset];
    found.value(at("sunset"), sunsets, show_sunset, earlier, place);
    let replacements = [before.record.replacement.as_ref(), replacement.as_ref()];
    found.value(
        at("replacement"),
        replacements,
        show_replacement,
        never,
        place,
    );
    found.value(
        at("guide"),
        [before.record.guide.as_deref(), guide.as_deref()],
        text,
        never,
        place,
    );
    found.value(
        at("reason"),
        [before.record.reason.as_deref(), reason.as_deref()],
        text,
        never,
        place,
    );
    let flags = [before.grandfathered, *grandfathered];
    found.value(at("grandfathered"), flags, shown, higher, place);
}

fn show_kind(kind: &Kind) -> String {
    match kind {
        Kind::Removal => "removal".to_owned(),
        Kind::Change { after } => format!("change to {after}"),
    }
}

fn show_sunset(sunset: Sunset) -> String {
    match sunset {
        Sunset::Unset => "unset".to_owned(),
        Sunset::On(date) => date.to_string(),
    }
}

/// A day that is taken back binds nobody any more.
fn earlier(before: Sunset, after: Sunset) -> bool {
    match (before, after) {
        (Sunset::Unset, _) => false,
        (Sunset::On(_), Sunset::Unset) => true,
        (Sunset::On(before), Sunset::On(after)) => after < before,
    }
}

fn show_replacement(replacement: Option<&Replacement>) -> String {
    match replacement {
        None => "unset".to_owned(),
        Some(Replacement::Nothing) => NONE.to_owned(),
        Some(Replacement::Element(element)) => element.clone(),
    }
}
