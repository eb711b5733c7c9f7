//! What head does to the governance files themselves: nothing of it counts before it has landed, and all of it is told.

use crate::judge::Finding;
use crate::policy::outcome::Notice;
use crate::policy::state::State;

/// What changed between the governance of the base and that of head.
#[must_use]
pub fn changed_governance(base: &State, head: &State) -> Vec<Notice> {
    let _ = (base, head);
    Vec::new()
}

/// Consumers of a contract that head's registry no longer has: each of them agrees, or stays.
#[must_use]
pub fn dropped(base: &State, head: &State, contract: &str) -> Vec<Finding> {
    let _ = (base, head, contract);
    Vec::new()
}
