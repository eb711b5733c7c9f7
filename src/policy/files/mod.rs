//! The governance files below `.contract/`, each read through the span tree: every fault has a line and a column.

mod append;
mod baseline;
mod common;
mod consumers;
mod glob;
mod kind;
mod ledger;
mod open;
mod policy;
mod signoff;
mod usage;
mod words;
mod write;

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::example;

pub use baseline::{Accepted, Baseline};
pub use common::{Fault, Place, Stability};
pub use consumers::{Consumer, ConsumerKind, Consumers, Tier, Use};
pub use glob::{PathGlobs, element_matches};
pub use kind::FileKind;
pub use ledger::{Kind, Ledger, LedgerRecord, Record, Replacement, Sunset};
pub use policy::{
    Audience, ContractEntry, ContractKind, DeprecationRules, Evidence, Freeze, LevelOverride, Mode,
    Policy, QuorumRule, Role, SignoffRules, Team, Trust, WaiverKind, WaiverRules, Where, Windows,
};
pub use signoff::{Decision, Request, RequestedChange, SignedChange, Signoff, Waiver};
pub use usage::{Collected, OperationUsage, Tolerates, Usage, UsageSource};
