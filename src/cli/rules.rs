//! `contract rules`: the catalogue.

use super::{args::RulesArgs, failure::Failure, output, render};

pub(super) fn run(args: &RulesArgs) -> Result<u8, Failure> {
    output::print(render::rules(args.format).as_bytes())?;
    Ok(0)
}
