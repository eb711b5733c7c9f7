//! The real binary: every command, flag, and exit code, and what it says when something is wrong.

#![allow(
    clippy::disallowed_methods,
    reason = "these tests start the binary, and write the files it reads"
)]

mod bad_input;
mod catalogue;
mod check;
mod diff;
mod folder;
mod output;
mod references;
mod usage;
