//! What the policy says of one contract, as the gate wants it.

use crate::diff::{Flow, Options};
use crate::policy::{
    files::{ContractEntry, ContractKind, Role, Stability},
    gate::Terms,
};
use crate::spec::Assume;

/// The terms of a contract: the base's word, and head's where only its stability counts too.
pub(super) fn terms(id: &str, entry: &ContractEntry, proposed: Option<&ContractEntry>) -> Terms {
    let stability = |entry: &ContractEntry| entry.stability.unwrap_or(Stability::Stable);
    Terms {
        id: id.to_owned(),
        owner: entry.owner.clone(),
        audience: entry.audience,
        closed: entry.closed,
        stability: (
            stability(entry),
            proposed.map_or_else(|| stability(entry), stability),
        ),
        freeze: entry.freeze.clone(),
        consumed: entry.consumed,
        min_live_versions: entry.min_live_versions,
    }
}

/// How a contract is compared.
pub(super) fn options(id: &str, entry: Option<&ContractEntry>) -> Options {
    let role = entry.and_then(|entry| entry.direction);
    Options {
        contract: id.to_owned(),
        flow: match role {
            Some(Role::Producer) => Flow::Producer,
            Some(Role::Consumer) => Flow::Consumer,
            Some(Role::Both) | None => Flow::Both,
        },
        assert_format: entry.is_some_and(|entry| entry.assert_format),
        ..Options::default()
    }
}

/// What a file is taken for before it says so itself.
pub(super) fn assume(entry: Option<&ContractEntry>) -> Assume {
    let kind = entry.and_then(|entry| entry.kind);
    Assume {
        schema: matches!(kind, Some(ContractKind::JsonSchema)),
        draft: None,
    }
}
