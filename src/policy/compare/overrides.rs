//! Two states of what a policy or one of its contracts freezes, and of how loud rules are.

use super::{Differences, NONE, lower};
use crate::policy::files::{Freeze, LevelOverride, Place};
use crate::spec::Level;

/// Notes freezes that are gone and new; one loosens when some of its days are no longer frozen.
pub(super) fn freeze(
    found: &mut Differences,
    setting: &str,
    [before, after]: [&[Freeze]; 2],
    place: Option<Place>,
) {
    let show = |Freeze { from, to, why: _ }: &Freeze| format!("{from} to {to}");
    let (old, new): (Vec<_>, Vec<_>) = (
        before.iter().map(show).collect(),
        after.iter().map(show).collect(),
    );
    for (freeze, shown) in before.iter().zip(&old) {
        if !new.contains(shown) {
            found.put(setting, shown, NONE, !covered(freeze, after), place);
        }
    }
    for shown in new.iter().filter(|shown| !old.contains(shown)) {
        found.put(setting, NONE, shown, false, place);
    }
}

/// Whether every day of a freeze is in one of others.
fn covered(freeze: &Freeze, others: &[Freeze]) -> bool {
    let mut others: Vec<_> = others.iter().map(|other| (other.from, other.to)).collect();
    others.sort_unstable();
    let mut next = freeze.from;
    for (from, to) in others {
        if from <= next && to >= next {
            match to.tomorrow() {
                Ok(day) => next = day,
                Err(_) => return true,
            }
        }
    }
    next > freeze.to
}

/// Notes overrides that are gone, new, or of another level.
pub(super) fn levels(
    found: &mut Differences,
    setting: &str,
    [before, after]: [&[LevelOverride]; 2],
    place: Option<Place>,
) {
    let key = |level: &LevelOverride| {
        let LevelOverride {
            rule: _,
            direction: _,
            contract,
            element,
            level: _,
            reason: _,
            place: _,
        } = level;
        let mut key = level.selector();
        for (name, text) in [("contract", contract), ("element", element)] {
            if let Some(text) = text {
                key = format!("{key} {name}={text}");
            }
        }
        key
    };
    // The last word counts, so one that is repeated is what its last says.
    let last = |list: &[LevelOverride]| -> Vec<(String, Level, Place)> {
        let mut kept: Vec<(String, Level, Place)> = Vec::new();
        for level in list {
            let key = key(level);
            kept.retain(|(other, ..)| *other != key);
            kept.push((key, level.level, level.place));
        }
        kept
    };
    let (old, new) = (last(before), last(after));
    let find = |list: &[(String, Level, Place)], key: &str| {
        list.iter().position(|(other, ..)| other == key)
    };
    let mut places = Vec::new();
    for (key, level, _) in &old {
        let path = format!("{setting}.{key}");
        let Some(at) = find(&new, key) else {
            // A loud override may have spoken up for a quiet rule.
            let loosens = *level >= Level::Warning;
            found.put(path, level.word(), NONE, loosens, place);
            continue;
        };
        places.push(at);
        let (_, now, place) = &new[at];
        let show = |level: Level| level.word().to_owned();
        found.value(path, [*level, *now], show, lower, Some(*place));
    }
    for (key, level, place) in &new {
        if find(&old, key).is_none() {
            let loosens = *level < Level::Error;
            let path = format!("{setting}.{key}");
            found.put(path, NONE, level.word(), loosens, Some(*place));
        }
    }
    if places.windows(2).any(|pair| pair[0] > pair[1]) {
        found.put(setting, "in one order", "in another", true, place);
    }
}
