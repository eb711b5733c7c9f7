//! Two states of what one consumer uses of one contract.

use super::{Differences, NONE, PolicyChange, always, higher, shown};
use crate::policy::files::{OperationUsage, Place, Tolerates, Usage, UsageSource};
use std::collections::{BTreeMap, BTreeSet};

/// Every difference between two usage files of one consumer and contract, in the order of the base's file.
#[must_use]
pub fn compare_usage(base: &Usage, head: &Usage) -> Vec<PolicyChange> {
    let Usage {
        consumer,
        contract,
        source,
        complete,
        // How long was looked changes nothing that is used.
        collected: _,
        operations,
    } = head;
    let mut found = Differences::new();
    let path = |key: &str| format!("usage.{}.{}.{key}", base.consumer, base.contract);
    found.value(
        path("consumer"),
        [base.consumer.as_str(), consumer],
        shown,
        always,
        None,
    );
    found.value(
        path("contract"),
        [base.contract.as_str(), contract],
        shown,
        always,
        None,
    );
    let show = |source: UsageSource| source.word().to_owned();
    found.value(path("source"), [base.source, *source], show, always, None);
    // What is not listed was unknown, and is now unused.
    found.value(
        path("complete"),
        [base.complete, *complete],
        shown,
        higher,
        None,
    );
    for before in &base.operations {
        let name = path(&before.operation);
        match operations
            .iter()
            .find(|after| after.operation == before.operation)
        {
            Some(after) => operation(&mut found, &name, before, after),
            None => found.put(name, "used", NONE, true, None),
        }
    }
    for after in operations {
        let known = base
            .operations
            .iter()
            .any(|before| before.operation == after.operation);
        if !known {
            found.put(
                path(&after.operation),
                NONE,
                "used",
                false,
                Some(after.place),
            );
        }
    }
    found.list
}

fn operation(found: &mut Differences, path: &str, before: &OperationUsage, after: &OperationUsage) {
    let OperationUsage {
        operation: _,
        sends,
        enums_sent,
        reads,
        tolerates,
        place,
    } = after;
    let Tolerates {
        unknown_enum,
        unknown_fields,
        null,
    } = tolerates;
    for (key, [before, after]) in [
        ("sends", [&before.sends, sends]),
        ("enums_sent", [&before.enums_sent, enums_sent]),
        ("reads", [&before.reads, reads]),
    ] {
        sets(found, &format!("{path}.{key}"), before, after, *place);
    }
    let place = Some(*place);
    for (key, flags) in [
        (
            "unknown_enum",
            [before.tolerates.unknown_enum, *unknown_enum],
        ),
        (
            "unknown_fields",
            [before.tolerates.unknown_fields, *unknown_fields],
        ),
    ] {
        let path = format!("{path}.tolerates.{key}");
        found.value(path, flags, shown, higher, place);
    }
    let list = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>();
    let lists = [list(&before.tolerates.null), list(null)];
    let path = format!("{path}.tolerates.null");
    found.list(&path, [&lists[0], &lists[1]], [false, true], place);
}

/// Notes what is no longer in sets, and what is new there.
fn sets(
    found: &mut Differences,
    path: &str,
    before: &BTreeMap<String, BTreeSet<String>>,
    after: &BTreeMap<String, BTreeSet<String>>,
    place: Place,
) {
    let empty = BTreeSet::new();
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for key in keys {
        let old = before.get(key).unwrap_or(&empty);
        let new = after.get(key).unwrap_or(&empty);
        let path = format!("{path}.{key}");
        for gone in old.difference(new) {
            found.put(&path, gone, NONE, !beneath(gone, new), Some(place));
        }
        for added in new.difference(old) {
            found.put(&path, NONE, added, false, Some(place));
        }
    }
}

/// Whether a member is still named by something above it: `.items[].sku` by `.items/**`.
fn beneath(member: &str, names: &BTreeSet<String>) -> bool {
    names.iter().any(|name| {
        let Some(above) = name.strip_suffix("/**") else {
            return false;
        };
        let rest = member.strip_prefix(above);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', '{', '|', '/']))
    })
}
