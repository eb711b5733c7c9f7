//! Two states of what a policy says of one contract.

use super::{
    Differences, NONE, PolicyChange, always,
    contracts::{name, show_files},
    higher, lower, never,
    overrides::{freeze, levels},
    shown, text,
};
use crate::policy::files::{Audience, ContractEntry, ContractKind, Place, Role, Stability, Where};

/// Every difference between the entries that govern one contract on base and in head.
#[must_use]
pub fn compare_entries(base: &ContractEntry, head: &ContractEntry) -> Vec<PolicyChange> {
    let mut found = Differences::new();
    entry(&mut found, [base, head], &|_| None);
    found.list
}

/// Notes what an entry says otherwise; `set` finds the place of a key, and without one it is that of the entry.
pub(super) fn entry(
    found: &mut Differences,
    [before, after]: [&ContractEntry; 2],
    set: &dyn Fn(&str) -> Option<Place>,
) {
    let ContractEntry {
        id: _,
        files,
        kind,
        direction,
        owner,
        steward,
        audience,
        closed,
        stability,
        releases,
        min_live_versions,
        impact,
        consumed,
        freeze: frozen,
        assert_format,
        levels: overrides,
        place,
    } = after;
    let (old, new) = (name(before), name(after));
    let mut keys = Keys {
        found,
        entry: format!("contracts.{old}"),
        set,
        place: *place,
    };
    let path = match files {
        Where::File(_) => "path",
        Where::Globs(_) => "paths",
    };
    // Sign-offs and the registry know a contract by its id; globs have none.
    if path == "path" {
        keys.value("id", [old.as_str(), &new], shown, always);
    }
    keys.value(path, [&before.files, files], show_files, fewer_files);
    let show = |kind| word(kind, ContractKind::word);
    keys.value("kind", [before.kind, *kind], show, always);
    let show = |role| word(role, Role::word);
    // Both is what is not said, and takes both.
    let one_way = |_, after| !matches!(after, None | Some(Role::Both));
    keys.value("direction", [before.direction, *direction], show, one_way);
    let owners = [before.owner.as_deref(), owner.as_deref()];
    keys.value("owner", owners, text, always);
    let stewards = [before.steward.as_deref(), steward.as_deref()];
    keys.value("steward", stewards, text, never);
    let show = |audience: Audience| audience.word().to_owned();
    keys.value("audience", [before.audience, *audience], show, higher);
    keys.value("closed", [before.closed, *closed], shown, higher);
    let levels_of = [before.stability, *stability].map(Option::unwrap_or_default);
    let show = |stability: Stability| stability.word().to_owned();
    keys.value("stability", levels_of, show, lower);
    let globs = [before.releases.as_deref(), releases.as_deref()];
    keys.value("releases", globs, text, |before, _| before.is_some());
    let counts = [before.min_live_versions, *min_live_versions];
    keys.value("min_live_versions", counts, shown, lower);
    let impacts = [before.impact.as_deref(), impact.as_deref()];
    keys.value("impact", impacts, text, never);
    let show = |consumed: bool| if consumed { "consumed" } else { NONE }.to_owned();
    keys.value("role", [before.consumed, *consumed], show, higher);
    let flags = [before.assert_format, *assert_format];
    keys.value("assert_format", flags, shown, lower);
    let (path, place) = keys.at("freeze");
    freeze(keys.found, &path, [&before.freeze, frozen], place);
    let (path, place) = keys.at("levels");
    levels(keys.found, &path, [&before.levels, overrides], place);
}

/// The keys of one entry.
struct Keys<'f> {
    found: &'f mut Differences,
    entry: String,
    set: &'f dyn Fn(&str) -> Option<Place>,
    place: Place,
}

impl Keys<'_> {
    fn at(&self, key: &str) -> (String, Option<Place>) {
        let place = (self.set)(key).unwrap_or(self.place);
        (format!("{}.{key}", self.entry), Some(place))
    }

    fn value<T: PartialEq + Copy>(
        &mut self,
        key: &str,
        values: [T; 2],
        show: impl Fn(T) -> String,
        loosens: impl FnOnce(T, T) -> bool,
    ) {
        let (path, place) = self.at(key);
        self.found.value(path, values, show, loosens, place);
    }
}

fn fewer_files(before: &Where, after: &Where) -> bool {
    match (before, after) {
        (Where::Globs(before), Where::Globs(after)) => {
            before.iter().any(|glob| !after.contains(glob))
        }
        (Where::File(_), Where::File(_) | Where::Globs(_)) | (Where::Globs(_), Where::File(_)) => {
            true
        }
    }
}

fn word<T>(value: Option<T>, word: impl Fn(T) -> &'static str) -> String {
    value.map_or(NONE, word).to_owned()
}
