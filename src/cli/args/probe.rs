//! What can be typed to probe a vendor's sandbox.

use super::{ToldAs, date};
use crate::probe::{arazzo::JsonPathMode, plan::Pick};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Ask a vendor's sandbox whether it still keeps its contract.
///
/// Only a request that reads is sent, unless a scenario writes, --allow-writes is given, and the environment is a sandbox.
/// Environments stand in .contract/contract.yaml, scenarios in .contract/probes/.
#[derive(Debug, Args)]
pub(in crate::cli) struct ProbeArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: ProbeCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ProbeCommand {
    /// Say what would be asked, and why; what would not, and why not. Nothing is sent.
    #[command(after_help = "\
Examples:
  contract probe plan --contract vendor/payments.yaml --environment acme-sandbox
  contract probe plan payments-refund --format json

Exit codes:
  0  told
  2  the command line, the policy, a scenario, or a contract")]
    Plan(PlanArgs),
}

/// What is probed.
#[derive(Debug, Args)]
pub(in crate::cli) struct WhatArgs {
    /// Scenarios by their ids, or files: scenarios (`*.probe.yaml`) and Arazzo documents [default: all scenarios of the environment in
    /// .contract/probes/, and what their contracts let us ask without writing].
    #[arg(value_name = "SCENARIO|FILE")]
    pub(in crate::cli) scenarios: Vec<String>,
    /// Also ask what this contract lets us ask without writing.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) contract: Option<String>,
    /// The environment of .contract/contract.yaml to ask [default: the one that the scenarios name; production has to be named].
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) environment: Option<String>,
    /// The folder that .contract/ is in [default: the repository, or the current folder where there is none].
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) root: Option<PathBuf>,
    /// Of what a contract lets us ask, only these operations: an operationId, `tag:NAME`, `path:/v1/**`, or `deprecated`; may be
    /// repeated.
    #[arg(long, value_name = "OPERATION", value_parser = pick)]
    pub(in crate::cli) include: Vec<Pick>,
    /// Not these operations; may be repeated.
    #[arg(long, value_name = "OPERATION", value_parser = pick)]
    pub(in crate::cli) exclude: Vec<Pick>,
    /// A value for an input of the scenarios; may be repeated.
    #[arg(long, value_name = "NAME=VALUE", value_parser = input)]
    pub(in crate::cli) input: Vec<(String, String)>,
    /// Everything that looks random comes from it: the same seed asks the same.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) seed: u64,
    /// How a `JSONPath` criterion of an Arazzo document is applied.
    #[arg(long, value_enum, value_name = "HOW", default_value_t = ArazzoJsonPath::Strict)]
    pub(in crate::cli) arazzo_jsonpath: ArazzoJsonPath,
    /// Let scenarios that write do so, if the environment is a sandbox.
    #[arg(long)]
    pub(in crate::cli) allow_writes: bool,
    /// The date that windows are counted from, YYYY-MM-DD [default: today in UTC].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(in crate::cli) today: Option<String>,
}

/// How a `JSONPath` criterion is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ArazzoJsonPath {
    /// To the value itself, as Arazzo 1.1 says.
    Strict,
    /// To the value in an array, as tools before 1.1 do.
    Wrapped,
}

impl ArazzoJsonPath {
    pub(in crate::cli) const fn mode(self) -> JsonPathMode {
        match self {
            Self::Strict => JsonPathMode::Strict,
            Self::Wrapped => JsonPathMode::Wrapped,
        }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct PlanArgs {
    #[command(flatten)]
    pub(in crate::cli) what: WhatArgs,
    /// The form of the plan.
    #[arg(long, value_enum, default_value_t = ToldAs::Text)]
    pub(in crate::cli) format: ToldAs,
}

fn pick(text: &str) -> Result<Pick, String> {
    let text = text.strip_prefix("path:").unwrap_or(text);
    Pick::parse(text).map_err(|error| error.to_string())
}

fn input(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write NAME=VALUE, such as amount=1250".to_owned()),
    }
}
