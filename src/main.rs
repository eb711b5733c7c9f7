//! Entry point: runs one command and returns its exit code.

use std::{io::Write, panic, process::ExitCode};

fn main() -> ExitCode {
    panic::set_hook(Box::new(|what| {
        let _ = writeln!(
            std::io::stderr(),
            "error: this is a bug in contract {}, not a fault of the contracts: {what}\n  help: please report it, with the \
             documents if they can be shared; the run has no verdict",
            env!("CARGO_PKG_VERSION")
        );
    }));
    ExitCode::from(contract::cli::run(std::env::args_os()))
}
