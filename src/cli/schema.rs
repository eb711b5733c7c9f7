//! `contract schema`: the form of what this tool writes.

use super::{
    args::{SchemaArgs, SchemaOf},
    failure::Failure,
    output, render,
};

pub(super) fn run(args: &SchemaArgs) -> Result<u8, Failure> {
    let text = match args.of {
        SchemaOf::Report => render::report_schema(),
    };
    output::print(text.as_bytes())?;
    Ok(0)
}
