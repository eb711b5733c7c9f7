//! The repository around the current folder with its gate, as every command of sign-offs sees it.

use crate::cli::{
    args::{CheckArgs, TreesArgs},
    failure::Failure,
    gate::{Gate, Judged},
    sides::{Sides, sides},
    told::Told,
};
use crate::policy::files::{Consumer, Consumers};
use crate::text::nearest;
use crate::world::Wire;
use std::path::PathBuf;

/// Both sides, and the gate between them.
pub(in crate::cli) struct Here {
    pub(in crate::cli) sides: Sides,
    pub(in crate::cli) gate: Gate,
}

impl Here {
    /// Loads them; whose word counts is known only where the base has a policy, and what changed only when all contracts are
    /// read.
    pub(in crate::cli) fn load(trees: &TreesArgs, told: Told) -> Result<Self, Failure> {
        let args = CheckArgs::of(trees.base.as_deref(), trees.today.as_deref());
        let wire = Wire::new(&[])?;
        let sides = sides(&args)?;
        let gate = Gate::load(&sides, &args, &wire)?;
        let Some(gate) = gate.filter(|gate| gate.base.policy.is_some()) else {
            return Err(Failure::usage(
                format!(
                    "the base {} has no policy, so nobody is asked for anything",
                    sides.base_version.label
                ),
                "write .contract/contract.yaml, and land it in a change of its own",
            ));
        };
        if let Some((last, before)) = gate.pairs.failures.split_last() {
            for failure in before {
                told.failure(failure);
            }
            return Err(last.clone());
        }
        Ok(Self { sides, gate })
    }

    /// What changed, and what is needed.
    pub(in crate::cli) fn judged(&self) -> Judged<'_> {
        self.gate.judge(&|guide| self.sides.has_guide(guide))
    }

    /// Where a file of head lies on disk.
    pub(in crate::cli) fn on_disk(&self, file: &str) -> PathBuf {
        let head = &self.sides.head;
        let root = head.snapshot.root().unwrap_or(std::path::Path::new("."));
        root.join(head.path(file))
    }

    /// What people in the current folder call a file of head.
    pub(in crate::cli) fn name(&self, file: &str) -> String {
        self.sides.head.name(file)
    }

    /// The governed contract with this id.
    pub(in crate::cli) fn contract(&self, id: &str) -> Result<(), Failure> {
        if self.gate.terms.contains_key(id) {
            return Ok(());
        }
        let ids = || self.gate.terms.keys().map(String::as_str);
        Err(unknown(
            "contract",
            id,
            "the policy governs",
            &ids().collect::<Vec<_>>(),
        ))
    }
}

/// The consumer with this id.
pub(in crate::cli) fn consumer<'r>(
    registry: &'r Consumers,
    id: &str,
) -> Result<&'r Consumer, Failure> {
    let all = || registry.list.iter().map(|consumer| consumer.id.as_str());
    registry.get(id).ok_or_else(|| {
        unknown(
            "consumer",
            id,
            "the registry has",
            &all().collect::<Vec<_>>(),
        )
    })
}

fn unknown(what: &str, id: &str, whose: &str, all: &[&str]) -> Failure {
    let help = match nearest(id, all.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if all.is_empty() => format!("{whose} none"),
        None => format!("{whose} {}", all.join(", ")),
    };
    Failure::usage(format!("there is no {what} `{id}`"), help)
}
