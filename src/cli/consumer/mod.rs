//! `contract consumer`: the registry of who uses which contract.

mod add;
mod check;

use super::{
    args::{ConsumerArgs, ConsumerCommand},
    failure::Failure,
    gate::Standing,
    told::Told,
};
use crate::text::nearest;

/// The file of the registry, from the root.
const REGISTRY: &str = ".contract/consumers.yaml";

pub(super) fn run(args: &ConsumerArgs, told: Told) -> Result<u8, Failure> {
    match &args.command {
        ConsumerCommand::Add(args) => add::run(args),
        ConsumerCommand::Check => check::run(told),
    }
}

/// What to do about an id that no contract has.
fn instead_of(standing: &Standing, id: &str) -> String {
    let ids: Vec<&str> = standing.terms.keys().map(String::as_str).collect();
    match nearest(id, ids.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if ids.is_empty() => "list contracts in .contract/contract.yaml".to_owned(),
        None => format!("there are {}", ids.join(", ")),
    }
}
