//! The command line: one file per command. Nothing else in the crate prints.

mod args;
mod audit;
mod baseline;
mod changelog;
mod check;
mod ci;
mod completions;
mod config;
mod consumer;
mod deprecations;
mod diff;
mod excerpt;
mod explain;
mod failure;
mod find;
mod fix;
mod gate;
mod git_diff_driver;
mod init;
mod load;
mod man;
mod output;
mod pairs;
mod probe;
mod render;
mod rules;
mod schema;
mod sides;
mod signoff;
mod sniff;
mod told;
mod waiver;

use args::{Cli, Command};
use clap::Parser;
use std::ffi::OsString;
use told::Told;

/// Runs one command and returns its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Whoever closed the stream does not read the rest either.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(failure::USAGE);
        }
    };
    let told = Told::new(&cli.telling);
    let outcome = match &cli.command {
        Command::Diff(args) => diff::run(args, told),
        Command::Check(args) if args.fixing.fix => fix::run(args, told),
        Command::Check(args) => check::run(args, told),
        Command::Deprecations(args) => deprecations::run(args, told),
        Command::Audit(args) => audit::run(args, told),
        Command::Baseline(args) => baseline::run(args, told),
        Command::Changelog(args) => changelog::run(args, told),
        Command::Init(args) => init::run(args, told),
        Command::Config(args) => config::run(args, told),
        Command::Signoff(args) => signoff::run(args, told),
        Command::Waiver(args) => waiver::run(args, told),
        Command::Consumer(args) => consumer::run(args, told),
        Command::Probe(args) => probe::run(args, told),
        Command::Rules(args) => rules::run(args, told),
        Command::Explain(args) => explain::run(args, told),
        Command::Schema(args) => schema::run(args),
        Command::GitDiffDriver(args) => git_diff_driver::run(args, told),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
    };
    outcome.unwrap_or_else(|failure| {
        told.failure(&failure);
        failure.code
    })
}
