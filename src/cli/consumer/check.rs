//! `contract consumer check`: the registry held against the contracts.

use super::{REGISTRY, instead_of};
use crate::cli::{
    excerpt::escaped,
    failure::{Failure, USAGE},
    find::Tree,
    gate::{Standing, with_elements},
    output,
    sides::working_tree,
    told::Told,
};
use crate::policy::{
    FOLDER,
    affected::strays,
    files::{Consumer, Fault, Place, Trust, Use},
    signature::NAMESPACE,
};
use crate::spec::Bundle;
use crate::world::{self, Wire};
use std::{collections::BTreeMap, fmt::Write};

pub(super) fn run(told: Told) -> Result<u8, Failure> {
    let tree = working_tree(None)?;
    let standing = Standing::load(working_tree(None)?, &Wire::new(&[])?)?;
    for failure in &standing.pairs.failures {
        told.failure(failure);
    }
    let bundles = standing.contracts();
    let bundles = bundles.map(|(options, bundle)| (options.contract.as_str(), bundle));
    let mut check = Check {
        standing: &standing,
        bundles: bundles.collect(),
        found: standing.state.doubts.clone(),
    };
    for consumer in &standing.state.consumers.list {
        for used in &consumer.uses {
            check.used(consumer, used);
        }
        check.keys(consumer);
    }
    let consumers = standing.state.consumers.list.len();
    let mut text = String::new();
    for fault in &check.found {
        text.push_str(&fault_lines(fault, &tree));
    }
    let count = |number: usize, what: &str| match number {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    };
    let _ = match check.found.len() {
        0 => writeln!(text, "{}: nothing is wrong", count(consumers, "consumer")),
        many => writeln!(
            text,
            "{}: {}",
            count(consumers, "consumer"),
            count(many, "fault")
        ),
    };
    output::print(text.as_bytes())?;
    let unread = standing.pairs.failures.iter().map(|failure| failure.code);
    let malformed = (!standing.state.doubts.is_empty()).then_some(USAGE);
    let code = unread.chain(malformed).max();
    Ok(code.unwrap_or(u8::from(!check.found.is_empty())))
}

/// A fault with its place, on a few lines.
fn fault_lines(fault: &Fault, tree: &Tree) -> String {
    let at = fault.place.map_or_else(String::new, |place| {
        format!(":{}:{}", place.line, place.column)
    });
    let mut text = format!(
        "{}{at}: {}\n",
        escaped(&tree.name(&fault.file)),
        escaped(&fault.message)
    );
    if let Some(help) = &fault.help {
        let _ = writeln!(text, "  {}", escaped(help));
    }
    text
}

struct Check<'s> {
    standing: &'s Standing,
    /// Contracts that could be read, by id.
    bundles: BTreeMap<&'s str, &'s Bundle>,
    found: Vec<Fault>,
}

impl Check<'_> {
    fn add(&mut self, file: &str, place: Place, message: String, help: Option<String>) {
        self.found.push(Fault {
            file: file.to_owned(),
            place: Some(place),
            message,
            help,
        });
    }

    /// One contract that a consumer uses.
    fn used(&mut self, consumer: &Consumer, used: &Use) {
        let standing = self.standing;
        let Some(terms) = standing.terms.get(&used.contract) else {
            let message = format!("there is no contract `{}`", used.contract);
            let help = instead_of(standing, &used.contract);
            self.add(REGISTRY, used.place, message, Some(help));
            return;
        };
        self.own_word(consumer, used, terms.owner.as_ref());
        let Some(file) = &used.usage else {
            return;
        };
        let file = format!("{FOLDER}/{file}");
        // One that cannot be read has been told.
        let Some(usage) = standing.state.usage.get(&file) else {
            return;
        };
        for (is, wanted, what) in [
            (&usage.consumer, &consumer.id, "consumer"),
            (&usage.contract, &used.contract, "contract"),
        ] {
            if is != wanted {
                let message = format!("{file} is about the {what} `{is}`, not about `{wanted}`");
                let help = "until then it proves nothing, and everything counts as used";
                self.add(REGISTRY, used.place, message, Some(help.to_owned()));
                return;
            }
        }
        let Some(bundle) = self.bundles.get(used.contract.as_str()) else {
            return;
        };
        let found = with_elements(bundle, &used.contract, |_, elements| {
            strays(usage, elements)
        });
        self.found.extend(found.into_iter().map(|stray| Fault {
            file: file.clone(),
            place: Some(stray.place),
            message: stray.message,
            help: stray.help,
        }));
    }

    /// Approvers who answer for the contract itself do not count for its consumers.
    fn own_word(&mut self, consumer: &Consumer, used: &Use, owner: Option<&String>) {
        let policy = &self.standing.policy;
        let team = owner.and_then(|owner| policy.teams.get(owner));
        let Some(team) = team.filter(|_| !policy.signoff.allow_self_approval) else {
            return;
        };
        let others = consumer.approvers.iter();
        let others = others
            .filter(|name| !team.principals.contains(name))
            .count();
        if others < consumer.quorum as usize {
            let message = format!(
                "`{}` needs {} whose word counts for {}, and has {others}: the others answer for the contract itself",
                consumer.id, consumer.quorum, used.contract
            );
            let help = "name somebody else, or set `allow_self_approval` in the policy";
            self.add(REGISTRY, used.place, message, Some(help.to_owned()));
        }
    }

    /// Approvers who cannot sign, where nothing else counts.
    fn keys(&mut self, consumer: &Consumer) {
        let state = &self.standing.state;
        if self.standing.policy.signoff.trust != Trust::Signed {
            return;
        }
        let today = world::today();
        for approver in &consumer.approvers {
            let message = if !state.signers.names(approver, NAMESPACE) {
                format!("{approver} has no key in {FOLDER}/allowed_signers")
            } else if state.signers.expiry(approver, NAMESPACE, today).is_none() {
                format!("{approver} has no key that is valid today")
            } else {
                continue;
            };
            let help = format!("add: {approver} namespaces=\"{NAMESPACE}\" ssh-ed25519 KEY");
            self.add(REGISTRY, consumer.place, message, Some(help));
        }
    }
}
