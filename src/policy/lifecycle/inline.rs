//! What a contract itself says about an element's life: `x-deprecation`, its accepted synonyms, and `x-stability-level`.

use crate::policy::files::{Record, Replacement, Stability, Sunset};
use crate::spec::{At, Bundle};
use jiff::civil::{Date, DateTime};

/// What one node says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    /// Its deprecation record.
    pub record: Option<Record>,
    /// Its stability.
    pub stability: Option<Stability>,
    /// What cannot be understood: the node, and why.
    pub faults: Vec<(At, String)>,
}

/// Reads what a node says about itself; for `enum_value`, what it says about that value (`x-enum-deprecations`).
#[must_use]
pub fn inline(bundle: &Bundle, at: At, enum_value: Option<&str>) -> Inline {
    let mut reader = Reader {
        bundle,
        inline: Inline::default(),
    };
    match enum_value {
        Some(value) => {
            let record = bundle
                .get(at, "x-enum-deprecations")
                .and_then(|map| entry(bundle, map, value));
            if let Some(at) = record {
                reader.inline.record = Some(Record::default());
                reader.object(at);
            }
        }
        None => reader.node(at),
    }
    reader.inline
}

/// The entry for an enum value, which is spelt as JSON.
fn entry(bundle: &Bundle, map: At, value: &str) -> Option<At> {
    let plain: Option<String> = serde_json::from_str(value).ok();
    let mut entries = bundle.entries(map);
    let found = entries.find(|(key, _)| Some(*key) == plain.as_deref() || *key == value);
    found.map(|(_, at)| at)
}

struct Reader<'b> {
    bundle: &'b Bundle,
    inline: Inline,
}

impl Reader<'_> {
    fn node(&mut self, at: At) {
        let bundle = self.bundle;
        if bundle.flag(at, "deprecated") == Some(true) {
            self.inline.record = Some(Record::default());
        }
        if let Some(object) = bundle.get(at, "x-deprecation") {
            self.inline.record.get_or_insert_default();
            self.object(object);
        }
        for (key, is_sunset) in [
            ("x-sunset", true),
            ("x-snyk-sunset-eligible", true),
            ("x-deprecated-since", false),
        ] {
            let Some(value) = bundle.get(at, key) else {
                continue;
            };
            let Some(date) = self.date(value, key) else {
                continue;
            };
            let record = self.inline.record.get_or_insert_default();
            let said = if is_sunset {
                match record.sunset {
                    Sunset::On(day) => Some(day),
                    Sunset::Unset => None,
                }
            } else {
                record.since
            };
            match said {
                Some(other) if other != date => {
                    let message = format!("`{key}` says {date}, and another key says {other}");
                    self.inline.faults.push((value, message));
                }
                Some(_) => {}
                None if is_sunset => record.sunset = Sunset::On(date),
                None => record.since = Some(date),
            }
        }
        if let Some(value) = bundle.get(at, "x-stability-level") {
            self.stability(value);
        }
        if let Some(cycle) = bundle.get(at, "x-lifecycle") {
            if let Some(value) = bundle.get(cycle, "stability") {
                self.stability(value);
            }
            let dated = ["since", "sunset", "successor"];
            if dated.iter().any(|key| bundle.get(cycle, key).is_some()) {
                self.inline.record.get_or_insert_default();
                self.object(cycle);
            }
        }
    }

    /// `{since, sunset, replacement | successor, guide, reason}`.
    fn object(&mut self, at: At) {
        let bundle = self.bundle;
        let text = |key| bundle.text(at, key).map(str::to_owned);
        let since = bundle.get(at, "since");
        let since = since.and_then(|value| self.date(value, "since"));
        let sunset = bundle.get(at, "sunset");
        let sunset = sunset.and_then(|value| self.date(value, "sunset"));
        let replacement = text("replacement").or_else(|| text("successor"));
        let record = self.inline.record.get_or_insert_default();
        record.since = since.or(record.since);
        if let Some(date) = sunset {
            record.sunset = Sunset::On(date);
        }
        record.replacement = replacement.map(|text| match text.as_str() {
            "none" => Replacement::Nothing,
            _ => Replacement::Element(text),
        });
        record.guide = text("guide");
        record.reason = text("reason");
    }

    fn stability(&mut self, at: At) {
        let bundle = self.bundle;
        let word = bundle.tree(at.file).str(at.node);
        let found = Stability::ALL
            .into_iter()
            .find(|level| Some(level.word()) == word);
        match found {
            Some(level) => self.inline.stability = Some(level),
            None => self.inline.faults.push((
                at,
                "the stability is none of draft, alpha, beta, and stable".to_owned(),
            )),
        }
    }

    /// A full date, or a date-time, of which the date in UTC counts.
    fn date(&mut self, at: At, key: &str) -> Option<Date> {
        let tree = self.bundle.tree(at.file);
        let text = tree.str(at.node).or_else(|| tree.scalar_text(at.node))?;
        let date = text.parse::<Date>().ok().filter(|_| text.len() == 10);
        let found = date
            .or_else(|| {
                let instant: jiff::Timestamp = text.parse().ok()?;
                Some(instant.to_zoned(jiff::tz::TimeZone::UTC).date())
            })
            .or_else(|| text.parse::<DateTime>().ok().map(DateTime::date));
        if found.is_none() {
            let message = format!("`{key}` is `{text}`, which is no date of the form YYYY-MM-DD");
            self.inline.faults.push((at, message));
        }
        found
    }
}
