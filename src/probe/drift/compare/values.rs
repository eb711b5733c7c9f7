//! Values that are of another type, look otherwise, or are new among few.

use super::{Pair, evidence};
use crate::probe::drift::{
    drifts::{Evidence, What},
    field::{Field, Type, Values},
    format::Format,
    path::Path,
    wilson::Rate,
};
use crate::probe::workflow::DriftLevel;
use std::collections::{BTreeMap, BTreeSet};

impl Pair<'_> {
    pub(super) fn values(&mut self) {
        for path in self.old.paths() {
            let (Some(old), Some(new)) = (self.old.field(&path), self.new.field(&path)) else {
                continue;
            };
            if !self.is_watched(&path) {
                continue;
            }
            let nulls = |field: &Field| Rate::new(field.nulls, field.seen);
            self.nulls(&path, nulls(&old), nulls(&new));
            if self.types(&path, &old, &new) {
                continue;
            }
            self.formats(&path, &old, &new);
            if let (Values::Few(before), Values::Few(after)) = (&old.values, &new.values) {
                self.few(&path, before, after);
            }
        }
    }

    /// Whether there is a type that was not there before.
    fn types(&mut self, path: &Path, old: &Field, new: &Field) -> bool {
        let (before, after) = (kinds(old), kinds(new));
        let gained: BTreeSet<Type> = after.difference(&before).copied().collect();
        if gained.is_empty() || before.is_empty() {
            return false;
        }
        // An integer is a number.
        if gained.iter().all(|kind| *kind == Type::Integer) && before.contains(&Type::Number) {
            return false;
        }
        let seen = gained.iter().map(|kind| new.of_type(*kind)).sum();
        let before_rate = Rate::new(0, old.present());
        let evidence = evidence(self.rules, before_rate, Rate::new(seen, new.present()));
        let path = path.clone();
        self.note(
            What::TypeChanged {
                path,
                before,
                after,
            },
            evidence,
        );
        true
    }

    fn formats(&mut self, path: &Path, old: &Field, new: &Field) {
        let rate = |field: &Field, format: Format| {
            let count = field.formats.get(&format).copied().unwrap_or_default();
            Rate::new(count, field.of_type(Type::String))
        };
        let all = |field: &Field| {
            let mut formats = field.formats.keys();
            formats
                .find(|format| rate(field, **format).is_all())
                .copied()
        };
        let Some(usual) = all(old).filter(|format| *format != Format::Text) else {
            return;
        };
        let (before, after) = (rate(old, usual), rate(new, usual));
        let fallen = before.points_above(after) >= f64::from(self.rules.presence_drop);
        if after.of == 0 || !fallen {
            return;
        }
        let evidence = evidence(self.rules, before, after);
        if evidence == Evidence::Weak && after.count > 0 {
            return;
        }
        let path = path.clone();
        self.note(
            What::FormatChanged {
                path,
                before: usual,
                after: all(new).unwrap_or(Format::Text),
            },
            evidence,
        );
    }

    fn few(&mut self, path: &Path, before: &BTreeMap<String, u64>, after: &BTreeMap<String, u64>) {
        if before.is_empty() || self.rules.new_enum_value == DriftLevel::Off {
            return;
        }
        let least = u64::from(self.rules.min_samples);
        let (seen, now): (u64, u64) = (before.values().sum(), after.values().sum());
        // Good and Turing: what was seen once tells how much was not seen at all.
        let settled = seen >= least && before.values().all(|count| *count > 1);
        for value in after.keys().filter(|value| !before.contains_key(*value)) {
            if settled || !value.starts_with('#') {
                let what = What::ValueNew {
                    path: path.clone(),
                    value: value.clone(),
                    before: seen,
                };
                let evidence = if settled {
                    Evidence::Strong
                } else {
                    Evidence::Weak
                };
                self.note(what, evidence);
            }
        }
        for (value, count) in before
            .iter()
            .filter(|(value, _)| !after.contains_key(*value))
        {
            let before = Rate::new(*count, seen);
            let evidence = evidence(self.rules, before, Rate::new(0, now));
            if evidence == Evidence::Strong && !value.starts_with('#') {
                let what = What::ValueUnseen {
                    path: path.clone(),
                    value: value.clone(),
                    before,
                };
                self.note(what, evidence);
            }
        }
    }
}

/// The types of a place; numbers with a fraction among integers make them all numbers.
fn kinds(field: &Field) -> BTreeSet<Type> {
    let seen = field.types.iter().filter(|(_, count)| **count > 0);
    let mut kinds: BTreeSet<Type> = seen.map(|(kind, _)| *kind).collect();
    if kinds.contains(&Type::Number) {
        kinds.remove(&Type::Integer);
    }
    kinds
}
