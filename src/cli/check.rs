//! `contract check`: every contract of a tree against its base.

use super::{args::CheckArgs, failure::Failure, told::Told};

pub(super) fn run(_args: &CheckArgs, _told: &Told) -> Result<u8, Failure> {
    Err(Failure::usage(
        "this command is not there yet",
        "compare two documents with `contract diff`",
    ))
}
