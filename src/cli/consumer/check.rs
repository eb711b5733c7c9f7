//! `contract consumer check`: the registry held against the contracts.

use super::{
    REGISTRY,
    standing::{Governed, Standing},
};
use crate::cli::{
    excerpt::escaped,
    failure::{Failure, USAGE},
    output,
};
use crate::diff::Elements;
use crate::policy::{
    FOLDER,
    affected::strays,
    files::{Consumer, Fault, Place, Trust, Use},
    signature::NAMESPACE,
};
use crate::spec;
use crate::world::{self, Wire};
use std::{collections::BTreeMap, fmt::Write};

pub(super) fn run() -> Result<u8, Failure> {
    let standing = Standing::load()?;
    let malformed = standing.state.faults.iter().chain(&standing.state.doubts);
    let malformed: Vec<Fault> = malformed.cloned().collect();
    let mut check = Check {
        wire: Wire::new(&[])?,
        standing: &standing,
        found: Vec::new(),
        bundles: BTreeMap::new(),
    };
    for consumer in &standing.state.consumers.list {
        for used in &consumer.uses {
            check.used(consumer, used)?;
        }
        check.keys(consumer);
    }
    let consumers = standing.state.consumers.list.len();
    let mut text = String::new();
    for fault in malformed.iter().chain(&check.found) {
        text.push_str(&told(fault, &standing));
    }
    let count = |number: usize, what: &str| match number {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    };
    let found = malformed.len() + check.found.len();
    let _ = match found {
        0 => writeln!(text, "{}: nothing is wrong", count(consumers, "consumer")),
        many => writeln!(
            text,
            "{}: {}",
            count(consumers, "consumer"),
            count(many, "fault")
        ),
    };
    output::print(text.as_bytes())?;
    Ok(match (malformed.is_empty(), check.found.is_empty()) {
        (false, _) => USAGE,
        (true, false) => 1,
        (true, true) => 0,
    })
}

/// A fault with its place, on a few lines.
fn told(fault: &Fault, standing: &Standing) -> String {
    let at = fault.place.map_or_else(String::new, |place| {
        format!(":{}:{}", place.line, place.column)
    });
    let mut text = format!(
        "{}{at}: {}\n",
        escaped(&standing.tree.name(&fault.file)),
        escaped(&fault.message)
    );
    if let Some(help) = &fault.help {
        let _ = writeln!(text, "  {}", escaped(help));
    }
    text
}

struct Check<'s> {
    standing: &'s Standing,
    wire: Wire,
    found: Vec<Fault>,
    /// Contracts that were read already.
    bundles: BTreeMap<String, spec::Bundle>,
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
    fn used(&mut self, consumer: &Consumer, used: &Use) -> Result<(), Failure> {
        let standing = self.standing;
        let Some(governed) = standing.contracts.get(&used.contract) else {
            let message = format!("there is no contract `{}`", used.contract);
            let help = standing.instead_of(&used.contract);
            self.add(REGISTRY, used.place, message, Some(help));
            return Ok(());
        };
        self.own_word(consumer, used, governed);
        let Some(file) = &used.usage else {
            return Ok(());
        };
        let file = format!("{FOLDER}/{file}");
        // One that cannot be read has been told.
        let Some(usage) = standing.state.usage.get(&file) else {
            return Ok(());
        };
        for (is, wanted, what) in [
            (&usage.consumer, &consumer.id, "consumer"),
            (&usage.contract, &used.contract, "contract"),
        ] {
            if is != wanted {
                let message = format!("{file} is about the {what} `{is}`, not about `{wanted}`");
                let help = "until then it proves nothing, and everything counts as used";
                self.add(REGISTRY, used.place, message, Some(help.to_owned()));
                return Ok(());
            }
        }
        if !self.bundles.contains_key(&used.contract) {
            let bundle = standing.bundle(governed, &self.wire)?;
            self.bundles.insert(used.contract.clone(), bundle);
        }
        let contract = spec::read(&self.bundles[&used.contract]);
        let found = strays(usage, &Elements::new(&contract, &used.contract));
        self.found.extend(found.into_iter().map(|stray| Fault {
            file: file.clone(),
            place: Some(stray.place),
            message: stray.message,
            help: stray.help,
        }));
        Ok(())
    }

    /// Approvers who answer for the contract itself do not count for its consumers.
    fn own_word(&mut self, consumer: &Consumer, used: &Use, governed: &Governed) {
        let policy = &self.standing.policy;
        let team = governed.owner.as_ref();
        let team = team.and_then(|owner| policy.teams.get(owner));
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
