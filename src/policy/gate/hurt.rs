//! Whose word a change needs: the consumers it hurts, else the owner where nobody knows who the consumers are.

use super::{
    draft::Kind,
    run::{Asking, Case},
    subject::{Subject, Terms},
};
use crate::judge::{Finding, Reach, Site};
use crate::policy::affected::{self, Affecting, Known};
use crate::policy::files::{Consumer, ConsumerKind, Consumers, Place, Team, Tier};
use crate::policy::standing::Affected;
use crate::variance::Direction;
use std::collections::BTreeMap;

/// The consumers whose word is needed, and the names of all that are hurt.
pub(super) fn hurt(
    case: &Case<'_>,
    subject: &Subject<'_, '_>,
    finding: &Finding,
    kind: Kind,
) -> Asking {
    let terms = subject.terms;
    // Whoever is dropped is asked, and nobody else.
    if finding.rule.id == "consumer-dropped" {
        let dropped: Option<String> = finding
            .before
            .as_deref()
            .and_then(|json| serde_json::from_str(json).ok());
        let names: Vec<String> = dropped.into_iter().collect();
        return (names.iter().map(|name| all_of(name)).collect(), names);
    }
    let sites: Vec<Site> = finding.sites.spelled().collect();
    let tops = subject.base.tops();
    let by_own_path = subject.base.by_own_path();
    let asked = affected::Asked {
        contract: &terms.id,
        evidence: case.ground.policy.evidence,
        base: Known {
            registry: case.ground.consumers.0,
            usage: &case.base.usage,
        },
        head: Known {
            registry: case.ground.consumers.1,
            usage: &case.head.usage,
        },
        tops: &tops,
        by_own_path: &by_own_path,
    };
    let direction = match finding.reach {
        Reach::One(direction) => Some(direction),
        Reach::None | Reach::Both => None,
    };
    let changes: Vec<affected::Site<'_>> = sites
        .iter()
        .map(|site| affected::Site {
            change: affecting(site, finding, kind, direction),
            fingerprint: &site.fingerprint,
        })
        .collect();
    let hurt = affected::hurt(&asked, &changes);
    let affects: Vec<String> = hurt.iter().map(|it| it.consumer.clone()).collect();
    let mut affected: Vec<Affected> = hurt
        .into_iter()
        .map(|it| Affected {
            consumer: it.consumer,
            fingerprints: it.fingerprints,
        })
        .collect();
    if affected.is_empty()
        && !terms.closed
        && let Some(owner) = &terms.owner
    {
        affected.push(all_of(owner));
    }
    (affected, affects)
}

fn affecting<'s>(
    site: &'s Site,
    finding: &'s Finding,
    kind: Kind,
    direction: Option<Direction>,
) -> Affecting<'s> {
    Affecting {
        element: &site.element,
        rule: finding.rule.id,
        kind: match kind {
            Kind::Removed => affected::Kind::Removed,
            Kind::Added => affected::Kind::Added,
            // A rule may ask for more at an element that was there.
            Kind::Changed | Kind::Promise => affected::Kind::of(finding.rule.id),
        },
        direction,
    }
}

/// A consumer that every site hurts.
fn all_of(consumer: &str) -> Affected {
    Affected {
        consumer: consumer.to_owned(),
        fingerprints: Vec::new(),
    }
}

/// The base's registry, head's new consumers, and the owners, who answer for consumers that nobody knows.
#[must_use]
pub fn registry(
    (base, head): (&Consumers, &Consumers),
    teams: &BTreeMap<String, Team>,
    contracts: &BTreeMap<String, Terms>,
) -> Consumers {
    let mut registry = base.clone();
    for consumer in &head.list {
        if registry.get(&consumer.id).is_none() {
            registry.list.push(consumer.clone());
        }
    }
    for terms in contracts.values() {
        let Some(owner) = &terms.owner else { continue };
        let Some(team) = teams.get(owner) else {
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
