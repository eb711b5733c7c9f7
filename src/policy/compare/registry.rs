//! Two states of the consumer registry.

use super::{Differences, NONE, PolicyChange, higher, lower, never, shown, text};
use crate::policy::files::{Consumer, ConsumerKind, Consumers, Tier, Use};

/// Every difference between two registries, in the order of the base's file.
#[must_use]
pub fn compare_consumers(base: &Consumers, head: &Consumers) -> Vec<PolicyChange> {
    let mut found = Differences::new();
    for before in &base.list {
        match head.get(&before.id) {
            Some(after) => consumer(&mut found, before, after),
            None => found.put(
                format!("consumers.{}", before.id),
                "a consumer",
                NONE,
                true,
                None,
            ),
        }
    }
    for after in &head.list {
        if base.get(&after.id).is_none() {
            let path = format!("consumers.{}", after.id);
            found.put(path, NONE, "a consumer", false, Some(after.place));
        }
    }
    found.list
}

fn consumer(found: &mut Differences, before: &Consumer, after: &Consumer) {
    let Consumer {
        id,
        name,
        tier,
        kind,
        contact,
        approvers,
        quorum,
        min_window,
        uses,
        place,
    } = after;
    let at = |key: &str| format!("consumers.{id}.{key}");
    let place = Some(*place);
    found.value(
        at("name"),
        [before.name.as_deref(), name.as_deref()],
        text,
        never,
        place,
    );
    let show = |tier: Tier| tier.word().to_owned();
    // The tiers are declared from the highest down.
    found.value(at("tier"), [before.tier, *tier], show, higher, place);
    let show = |kind: ConsumerKind| kind.word().to_owned();
    found.value(at("kind"), [before.kind, *kind], show, never, place);
    found.value(
        at("contact"),
        [before.contact.as_deref(), contact.as_deref()],
        text,
        never,
        place,
    );
    let lists = [before.approvers.as_slice(), approvers];
    found.list(&at("approvers"), lists, [false, true], place);
    found.value(at("quorum"), [before.quorum, *quorum], shown, lower, place);
    found.value(
        at("min_window"),
        [before.min_window, *min_window],
        |days| days.map_or_else(|| NONE.to_owned(), shown),
        |before, after| after.unwrap_or(0) < before.unwrap_or(0),
        place,
    );
    for old in &before.uses {
        let path = at(&format!("uses.{}", old.contract));
        let Some(new) = uses.iter().find(|new| new.contract == old.contract) else {
            found.put(path, "used", NONE, true, place);
            continue;
        };
        let Use {
            contract: _,
            usage,
            place,
        } = new;
        // Another file may say less; none at all means that everything is used.
        let loosens = |_, after: Option<&str>| after.is_some();
        let path = format!("{path}.usage");
        found.value(
            path,
            [old.usage.as_deref(), usage.as_deref()],
            text,
            loosens,
            Some(*place),
        );
    }
    for new in uses {
        if !before.uses.iter().any(|old| old.contract == new.contract) {
            let path = at(&format!("uses.{}", new.contract));
            found.put(path, NONE, "used", false, Some(new.place));
        }
    }
}
