//! `contract consumer`: the registry of who uses which contract.

mod add;
mod check;
mod standing;

use super::{
    args::{ConsumerArgs, ConsumerCommand},
    failure::Failure,
};

/// The file of the registry, from the root.
const REGISTRY: &str = ".contract/consumers.yaml";

pub(super) fn run(args: &ConsumerArgs) -> Result<u8, Failure> {
    match &args.command {
        ConsumerCommand::Add(args) => add::run(args),
        ConsumerCommand::Check => check::run(),
    }
}
