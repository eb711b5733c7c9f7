//! The list for other tools.

use super::{super::escape, Deprecations};
use crate::policy::deprecations::Deprecation;
use crate::policy::files::{Kind, Replacement};
use jiff::civil::Date;
use serde_json::{Value, json};

pub(super) fn json(told: &Deprecations<'_>) -> String {
    let list: Vec<Value> = told.list.iter().map(one).collect();
    let due = told
        .due
        .map(|days| json!({"days": days, "count": told.due().len()}));
    let value = json!({
        "schema_version": 1,
        "today": told.today.to_string(),
        "version": {"label": told.version.label, "commit": told.version.commit},
        "contracts": told.contracts,
        "due": due,
        "deprecations": list,
    });
    format!("{}\n", escape::json(&format!("{value:#}")))
}

fn one(one: &Deprecation) -> Value {
    let Deprecation {
        contract,
        elements,
        kind,
        stability,
        record,
        file,
        place,
        stage,
        left,
        users,
    } = one;
    let (kind, after) = match kind {
        Kind::Removal => ("removal", None),
        Kind::Change { after } => ("change", Some(after)),
    };
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    let users: Vec<Value> = users
        .iter()
        .map(|(consumer, uses)| json!({"consumer": consumer, "use": uses.word()}))
        .collect();
    json!({
        "contract": contract,
        "element": elements.first(),
        "also_at": elements.get(1..).unwrap_or_default(),
        "kind": kind,
        "after": after,
        "state": stage.word(),
        "since": day(record.since),
        "sunset": day(record.sunset.day()),
        "days_left": left,
        "stability": stability.word(),
        "replacement": record.replacement.as_ref().map(|it| match it {
            Replacement::Element(element) => element.as_str(),
            Replacement::Nothing => "none",
        }),
        "guide": record.guide,
        "reason": record.reason,
        "used_by": users,
        "file": file,
        "line": place.line,
        "column": place.column,
    })
}
