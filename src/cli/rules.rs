//! `contract rules`: the catalogue.

use super::{args::RulesArgs, failure::Failure, output, render, told::Told};

pub(super) fn run(args: &RulesArgs, told: Told) -> Result<u8, Failure> {
    output::print(render::rules(args.format, told).as_bytes())?;
    Ok(0)
}
