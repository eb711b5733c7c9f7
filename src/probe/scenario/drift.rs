//! What a scenario calls drift.

use super::words;
use crate::probe::workflow::{DriftFields, DriftLevel, DriftRules};
use crate::tree::fields::Value;

pub(super) fn drift(value: Value<'_>) -> Option<DriftRules> {
    let default = DriftRules::default();
    let mut fields = value.fields("the drift rules")?;
    let watched = fields.optional("fields").and_then(|value| {
        value.choice(&[
            ("all", DriftFields::All),
            ("declared", DriftFields::Declared),
            ("off", DriftFields::Off),
        ])
    });
    let min_samples = fields
        .optional("min_samples")
        .and_then(|value| value.count(1..=100_000));
    let ignore = fields
        .optional("ignore")
        .and_then(|value| value.each(words::jsonpath));
    let new_enum_value = fields.optional("new_enum_value").and_then(|value| {
        value.choice(&[
            ("fail", DriftLevel::Fail),
            ("warn", DriftLevel::Warn),
            ("off", DriftLevel::Off),
        ])
    });
    let mut points = |key| {
        let value = fields.optional(key)?;
        words::share(value, "pp", "20pp")
    };
    let (presence_drop, null_rise) = (points("presence_drop"), points("null_rise"));
    fields.finish();
    Some(DriftRules {
        fields: watched.unwrap_or(default.fields),
        min_samples: min_samples.unwrap_or(default.min_samples),
        ignore: ignore.unwrap_or(default.ignore),
        new_enum_value: new_enum_value.unwrap_or(default.new_enum_value),
        presence_drop: presence_drop.unwrap_or(default.presence_drop),
        null_rise: null_rise.unwrap_or(default.null_rise),
    })
}
