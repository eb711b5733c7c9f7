//! `contract completions`: what a shell needs to complete commands.

use super::{
    args::{Cli, CompletionsArgs},
    failure::Failure,
    output,
};
use clap::CommandFactory;

pub(super) fn run(args: &CompletionsArgs) -> Result<u8, Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "contract", &mut bytes);
    output::print(&bytes)?;
    Ok(0)
}
