//! `contract consumer`: the registry of who uses which contract.

use super::{
    args::{ConsumerAddArgs, ConsumerArgs, ConsumerCommand},
    failure::Failure,
    told::Told,
};

pub(super) fn run(args: &ConsumerArgs, told: Told) -> Result<u8, Failure> {
    match &args.command {
        ConsumerCommand::Add(args) => add(args, told),
        ConsumerCommand::Check => Ok(0),
    }
}

fn add(_args: &ConsumerAddArgs, _told: Told) -> Result<u8, Failure> {
    Ok(0)
}
