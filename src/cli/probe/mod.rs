//! `contract probe`: contract tests on a vendor's sandbox.

mod accept;
mod asked;
mod contracts;
mod course;
mod files;
mod ground;
mod history;
mod judged;
mod open;
mod plan;
mod possible;
mod promised;
mod run;
mod scenarios;
mod served;
mod tell;
mod way;

use super::{
    args::{ProbeArgs, ProbeCommand},
    failure::Failure,
    told::Told,
};

pub(super) fn run(args: &ProbeArgs, told: Told) -> Result<u8, Failure> {
    match &args.command {
        ProbeCommand::Plan(args) => plan::run(args, told),
        ProbeCommand::Run(args) => run::run(args, told),
        ProbeCommand::Record(args) => run::record(args, told),
        ProbeCommand::Accept(args) => accept::run(args, told),
        ProbeCommand::History(args) => history::run(args, told),
    }
}
