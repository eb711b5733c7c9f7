//! Whose word a change needs: the consumers it hurts, else the owner where nobody knows who the consumers are.

use super::{
    draft::Kind,
    run::{Asking, Case},
    subject::Terms,
};
use crate::judge::Finding;
use crate::policy::files::{Consumer, ConsumerKind, Consumers, Place, Tier};
use crate::policy::standing::Affected;
use std::collections::BTreeSet;

/// The consumers whose word is needed, and the names of all that are hurt.
pub(super) fn hurt(case: &Case<'_>, terms: &Terms, finding: &Finding, kind: Kind) -> Asking {
    let _ = (finding, kind);
    let uses = |consumers: &Consumers| -> BTreeSet<String> {
        let users = consumers.list.iter().filter(|consumer| {
            let mut uses = consumer.uses.iter();
            uses.any(|one| one.contract == terms.id)
        });
        users.map(|consumer| consumer.id.clone()).collect()
    };
    let mut all = uses(case.ground.consumers.0);
    all.extend(uses(case.ground.consumers.1));
    let affects: Vec<String> = all.iter().cloned().collect();
    let mut affected: Vec<Affected> = all
        .into_iter()
        .map(|consumer| Affected {
            consumer,
            fingerprints: Vec::new(),
        })
        .collect();
    if affected.is_empty()
        && !terms.closed
        && let Some(owner) = &terms.owner
    {
        affected.push(Affected {
            consumer: owner.clone(),
            fingerprints: Vec::new(),
        });
    }
    (affected, affects)
}

/// The base's registry, head's new consumers, and the owners, who answer for consumers that nobody knows.
pub(super) fn registry(case: &Case<'_>) -> Consumers {
    let mut registry = case.ground.consumers.0.clone();
    for consumer in &case.ground.consumers.1.list {
        if registry.get(&consumer.id).is_none() {
            registry.list.push(consumer.clone());
        }
    }
    for terms in case.contracts.values() {
        let Some(owner) = &terms.owner else { continue };
        let Some(team) = case.ground.policy.teams.get(owner) else {
            continue;
        };
        if registry.get(owner).is_none() {
            registry.list.push(Consumer {
                id: owner.clone(),
                name: None,
                tier: Tier::Standard,
                kind: ConsumerKind::Internal,
                contact: team.contact.clone(),
                approvers: team.principals.clone(),
                quorum: 1,
                min_window: None,
                uses: Vec::new(),
                place: Place::default(),
            });
        }
    }
    registry
}
