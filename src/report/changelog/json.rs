//! The changelog for other tools: every change, whatever its verdict.

use super::{
    super::{alert::fingerprint, catalogue, escape, place, words::name},
    Changelog, Chapter, Movement,
    section::Section,
};
use crate::judge::Finding;
use crate::policy::files::{Record, Replacement};
use serde_json::{Value, json};

pub(super) fn json(changelog: &Changelog<'_>) -> String {
    let version =
        |version: &super::super::Version| json!({"label": version.label, "commit": version.commit});
    let contracts: Vec<Value> = changelog.chapters.iter().map(chapter).collect();
    let value = json!({
        "schema_version": 1,
        "base": version(&changelog.base),
        "head": version(&changelog.head),
        "today": changelog.today,
        "verdict": if changelog.passes() { "pass" } else { "fail" },
        "contracts": contracts,
    });
    format!("{}\n", escape::json(&format!("{value:#}")))
}

fn chapter(chapter: &Chapter<'_>) -> Value {
    let Movement {
        old,
        new,
        needed,
        moved,
        recommended,
        level,
        message,
    } = chapter.movement();
    let changes: Vec<Value> = chapter.changes().map(|it| change(chapter, it)).collect();
    let migrations: Vec<Value> = chapter
        .migrations()
        .map(|(finding, record)| migration(chapter, finding, record))
        .collect();
    json!({
        "name": chapter.compared.name,
        "contract": name(&chapter.compared),
        "version": {
            "old": old,
            "new": new,
            "needed": needed.word(),
            "moved": moved.map(super::Step::word),
            "recommended": recommended,
            "level": level.map(crate::spec::Level::word),
            "message": message,
        },
        "changes": changes,
        "migrations": migrations,
    })
}

fn change(chapter: &Chapter<'_>, finding: &Finding) -> Value {
    let (old, new) = place::of_finding(&chapter.compared, finding);
    let place = new.or(old);
    json!({
        "section": Section::of(finding.rule).title().to_lowercase(),
        "fingerprint": fingerprint(finding),
        "rule": finding.rule.id,
        "verdict": finding.verdict.word(),
        "element": finding.sites.first_element(),
        "message": finding.message,
        "file": place.as_ref().map(|place| place.path),
        "line": place.as_ref().map(|place| place.position.line),
    })
}

fn migration(chapter: &Chapter<'_>, finding: &Finding, record: Option<&Record>) -> Value {
    // What a report holds was written by us, and is JSON.
    let content =
        |text: Option<&str>| text.and_then(|text| serde_json::from_str::<Value>(text).ok());
    let elements: Vec<String> = finding.sites.elements().collect();
    let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
    json!({
        "fingerprint": fingerprint(finding),
        "elements": elements,
        "before": content(finding.before.as_deref()),
        "after": content(finding.after.as_deref()),
        "instead": catalogue::advice(finding.rule),
        "window": {
            "since": day(record.and_then(|record| record.since)),
            "sunset": day(record.and_then(|record| record.sunset.day())),
            "days": chapter.window,
        },
        "replacement": record.and_then(|record| record.replacement.as_ref()).map(|it| match it {
            Replacement::Element(element) => element.as_str(),
            Replacement::Nothing => "none",
        }),
        "guide": record.and_then(|record| record.guide.as_deref()),
        "reason": record.and_then(|record| record.reason.as_deref()),
    })
}
