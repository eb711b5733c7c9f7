//! `contract probe`: contract tests on a vendor's sandbox.

mod asked;
mod contracts;
mod ground;
mod plan;
mod scenarios;

use super::{
    args::{ProbeArgs, ProbeCommand},
    failure::Failure,
    told::Told,
};

pub(super) fn run(args: &ProbeArgs, told: Told) -> Result<u8, Failure> {
    match &args.command {
        ProbeCommand::Plan(args) => plan::run(args, told),
    }
}
