//! The working tree with its governance, and the contracts that it governs.

use crate::cli::{
    failure::Failure,
    find::{self, Tree, stripped},
    load::{Wanted, load},
    sides::working_tree,
};
use crate::policy::{
    State,
    files::{ContractKind, Policy},
    gate::planned,
};
use crate::spec::{Assume, Bundle};
use crate::text::nearest;
use crate::world::Wire;
use std::collections::{BTreeMap, BTreeSet};

/// The working tree.
pub(super) struct Standing {
    pub(super) tree: Tree,
    pub(super) state: State,
    pub(super) policy: Policy,
    /// Governed contracts by id: the file, what it is taken for, and the team that owns it.
    pub(super) contracts: BTreeMap<String, Governed>,
}

/// One governed contract.
pub(super) struct Governed {
    key: String,
    assume: Assume,
    pub(super) owner: Option<String>,
}

impl Standing {
    pub(super) fn load() -> Result<Self, Failure> {
        let tree = working_tree(None)?;
        let state = State::load(&tree.snapshot, &tree.prefix)?;
        let policy = state.rules();
        let listed = tree.snapshot.list(&tree.prefix)?;
        let files: BTreeSet<String> = listed
            .iter()
            .filter(|path| find::may_be(path))
            .filter_map(|path| stripped(path, &tree.prefix))
            .map(str::to_owned)
            .collect();
        let contracts = match planned(&policy, &policy, &files, &files) {
            Some(planned) => planned
                .into_iter()
                .filter_map(|one| {
                    let governed = Governed {
                        key: one.head?,
                        assume: Assume {
                            schema: one.entry.kind == Some(ContractKind::JsonSchema),
                            draft: None,
                        },
                        owner: one.entry.owner.clone(),
                    };
                    Some((one.id, governed))
                })
                .collect(),
            None => found(&tree)?,
        };
        Ok(Self {
            tree,
            state,
            policy,
            contracts,
        })
    }

    /// Reads a contract.
    pub(super) fn bundle(&self, governed: &Governed, wire: &Wire) -> Result<Bundle, Failure> {
        let wanted = Wanted {
            snapshot: &self.tree.snapshot,
            entry: &self.tree.path(&governed.key),
            name: &self.tree.name(&governed.key),
        };
        load(wanted, governed.assume, wire)
    }

    /// What to do about an id that no contract has.
    pub(super) fn instead_of(&self, id: &str) -> String {
        let ids: Vec<&str> = self.contracts.keys().map(String::as_str).collect();
        match nearest(id, ids.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if ids.is_empty() => "list contracts in .contract/contract.yaml".to_owned(),
            None => format!("there are {}", ids.join(", ")),
        }
    }
}

/// Without a list, every contract that is found.
fn found(tree: &Tree) -> Result<BTreeMap<String, Governed>, Failure> {
    let mut failures = Vec::new();
    let found = tree.find(&[String::new()], None, &mut failures)?;
    let contracts = found.contracts.into_iter().map(|key| {
        let governed = Governed {
            assume: Assume::default(),
            owner: None,
            key: key.clone(),
        };
        (find::id(&key), governed)
    });
    Ok(contracts.collect())
}
