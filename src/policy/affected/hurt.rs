//! Which consumers a change hurts, by what the policy makes of declared usage.

use super::{Affecting, Use, affected};
use crate::policy::files::{Consumers, Evidence, Usage};
use crate::spec::positional;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

/// The registry of one side, with the usage files that it names.
#[derive(Clone, Copy, Debug)]
pub struct Known<'k> {
    /// The registry.
    pub registry: &'k Consumers,
    /// Usage by file, from the root: `.contract/usage/mobile-app.yaml`.
    pub usage: &'k BTreeMap<String, Usage>,
}

/// Whom to look for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'k> {
    /// The contract's id.
    pub contract: &'k str,
    /// What declared usage may change.
    pub evidence: Evidence,
    /// The base, whose word counts.
    pub base: Known<'k>,
    /// Head, which can only add.
    pub head: Known<'k>,
    /// The outermost elements of the base's contract, sorted: a usage that names another operation is about something else, and
    /// proves nothing. Empty where they are not known.
    pub tops: &'k [&'k str],
    /// The ids of its operations by their paths without that of their servers, which usage may name as well.
    pub by_own_path: &'k BTreeMap<String, String>,
}

/// A change at one element, and its fingerprint there.
#[derive(Clone, Copy, Debug)]
pub struct Site<'s> {
    /// The change.
    pub change: Affecting<'s>,
    /// Its fingerprint.
    pub fingerprint: &'s str,
}

/// A consumer that has to be asked, or told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hurt {
    /// Who.
    pub consumer: String,
    /// Whether it uses what changes.
    pub uses: Use,
    /// The fingerprints that concern it, in the order of the sites.
    pub fingerprints: Vec<String>,
}

/// The consumers of a contract that changes at some sites hurt, sorted; who is in the registry of either side counts.
#[must_use]
pub fn hurt(asked: &Asked<'_>, sites: &[Site<'_>]) -> Vec<Hurt> {
    let registered = asked.registered();
    let mut consumers: BTreeSet<&str> = registered.clone();
    if asked.evidence == Evidence::Strict {
        consumers.extend(asked.observed());
    }
    let mut found = Vec::new();
    for consumer in consumers {
        let is_registered = registered.contains(consumer);
        let uses: Vec<Use> = sites
            .iter()
            .map(|site| {
                if is_registered {
                    asked.uses(consumer, &site.change)
                } else {
                    asked.shows(consumer, &site.change)
                }
            })
            .collect();
        let concerns = |uses: Use| match asked.evidence {
            Evidence::Off | Evidence::Inform => true,
            Evidence::WaiveSignoff => uses.affects(),
            Evidence::Strict => is_registered || uses == Use::Uses,
        };
        let fingerprints: Vec<String> = sites
            .iter()
            .zip(&uses)
            .filter(|(_, uses)| concerns(**uses))
            .map(|(site, _)| site.fingerprint.to_owned())
            .collect();
        let Some(most) = uses.iter().max().filter(|_| !fingerprints.is_empty()) else {
            continue;
        };
        found.push(Hurt {
            consumer: consumer.to_owned(),
            uses: match asked.evidence {
                Evidence::Off => Use::Uses,
                Evidence::Inform | Evidence::WaiveSignoff | Evidence::Strict => *most,
            },
            fingerprints,
        });
    }
    found
}

impl<'k> Asked<'k> {
    fn sides(&self) -> [Known<'k>; 2] {
        [self.base, self.head]
    }

    /// Who uses the contract by the registry of either side.
    fn registered(&self) -> BTreeSet<&'k str> {
        let all = self
            .sides()
            .into_iter()
            .flat_map(|side| &side.registry.list);
        all.filter(|consumer| {
            consumer
                .uses
                .iter()
                .any(|one| one.contract == self.contract)
        })
        .map(|consumer| consumer.id.as_str())
        .collect()
    }

    /// Who uses the contract by a usage file of either side.
    fn observed(&self) -> BTreeSet<&'k str> {
        let all = self
            .sides()
            .into_iter()
            .flat_map(|side| side.usage.values());
        all.filter(|usage| usage.contract == self.contract)
            .map(|usage| usage.consumer.as_str())
            .collect()
    }

    /// What the usage files of both sides show, whoever names them.
    fn shows(&self, consumer: &str, change: &Affecting<'_>) -> Use {
        let all = self
            .sides()
            .into_iter()
            .flat_map(|side| side.usage.values());
        all.filter(|usage| usage.consumer == consumer && usage.contract == self.contract)
            .map(|usage| affected(Some(&self.spelled(usage)), change))
            .max()
            .unwrap_or(Use::NotUsed)
    }

    /// What both registries say; the greater counts, so head proves nothing that the base does not.
    fn uses(&self, consumer: &str, change: &Affecting<'_>) -> Use {
        let said = self.sides().into_iter().filter_map(|side| {
            let consumer = side.registry.get(consumer)?;
            let mut entries = consumer.uses.iter();
            let entry = entries.find(|one| one.contract == self.contract)?;
            let Some(file) = &entry.usage else {
                return Some(affected(None, change));
            };
            let usage = side.usage.get(&format!(".contract/{file}"));
            Some(match usage {
                Some(usage) if usage.consumer == consumer.id && usage.contract == self.contract => {
                    self.trusted(usage, affected(Some(&self.spelled(usage)), change))
                }
                // A file that is missing, or about somebody or something else.
                Some(_) | None => Use::Unknown,
            })
        });
        said.max().unwrap_or(Use::Unknown)
    }

    /// A usage with its operations as the ids of elements have them.
    fn spelled<'u>(&self, usage: &'u Usage) -> Cow<'u, Usage> {
        let id = |listed: &str| {
            let own = format!("op:{}", positional(listed));
            self.by_own_path.get(&own)?.strip_prefix("op:")
        };
        let mut listed = usage.operations.iter();
        if self.by_own_path.is_empty() || listed.all(|one| id(&one.operation).is_none()) {
            return Cow::Borrowed(usage);
        }
        let mut usage = usage.clone();
        for listed in &mut usage.operations {
            if let Some(id) = id(&listed.operation) {
                id.clone_into(&mut listed.operation);
            }
        }
        Cow::Owned(usage)
    }

    /// A usage that names operations which the contract does not have is not about this contract as it is.
    fn trusted(&self, usage: &Usage, found: Use) -> Use {
        let strays = !self.tops.is_empty()
            && usage.operations.iter().any(|listed| {
                let listed = listed.operation.as_str();
                let top = match listed.split_once(':') {
                    Some(("webhook" | "schema", _)) => listed.to_owned(),
                    // They belong to an operation, and are not looked up.
                    Some(("callback", _)) => return false,
                    Some(_) | None => format!("op:{}", positional(listed)),
                };
                self.tops.binary_search(&top.as_str()).is_err()
            });
        if strays && found == Use::NotUsed {
            Use::Unknown
        } else {
            found
        }
    }
}
