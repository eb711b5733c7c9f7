//! A payments vendor to probe, on 127.0.0.1: `cargo run --example sandbox -- --port 8899`. Ctrl-C ends it.
#![expect(clippy::print_stdout, reason = "it says where it listens")]

mod vendor;

use std::{error::Error, time::Duration};

use clap::{ArgAction, Parser};
use tokio::net::TcpListener;
use vendor::{Books, Options, routes};

/// A payments vendor, as good or as bad as its options say.
#[derive(Debug, Parser)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the command line"
)]
struct Args {
    /// Where it listens, on 127.0.0.1; 0 takes a free port.
    #[arg(long, default_value_t = 8899)]
    port: u16,
    /// The key that requests have to carry in `X-Acme-Key`; without one everybody is let in.
    #[arg(long)]
    key: Option<String>,
    /// Whether the same Idempotency-Key makes one payment, and not two.
    #[arg(long, action = ArgAction::Set, default_value_t = true)]
    honour_keys: bool,
    /// Whether pages end; else the last one points to itself.
    #[arg(long, action = ArgAction::Set, default_value_t = true)]
    pages_end: bool,
    /// Whether `GET /v1/status` tells what the service is set to.
    #[arg(long, action = ArgAction::Set, default_value_t = false)]
    config: bool,
    /// Whether amounts are numbers, as the contract says; else texts.
    #[arg(long, action = ArgAction::Set, default_value_t = true)]
    amounts_are_numbers: bool,
    /// How long every answer takes, in milliseconds.
    #[arg(long, default_value_t = 0)]
    delay: u64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let options = Options {
        key: args.key,
        honour_keys: args.honour_keys,
        pages_end: args.pages_end,
        config: args.config,
        amounts_are_numbers: args.amounts_are_numbers,
        delay: Duration::from_millis(args.delay),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", args.port)).await?;
        println!("listening on http://{}", listener.local_addr()?);
        axum::serve(listener, routes(Books::default(), options)).await?;
        Ok(())
    })
}
