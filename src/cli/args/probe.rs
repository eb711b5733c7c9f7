//! What can be typed to probe a vendor's sandbox.

use super::{ToldAs, date};
use crate::probe::{arazzo::JsonPathMode, plan::Pick};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// What a run ends with.
macro_rules! exit_codes {
    () => {
        "
Exit codes:
  0  the contract holds, as far as it was asked
  1  the contract is broken: a check failed, or answers are no longer as they were
  2  the command line, the policy, a scenario, a contract, or a credential that is missing
  3  the vendor was unavailable, or its answers say too little; or the run could not complete
  4  something that the run created could not be removed"
    };
}

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
    /// Ask, check, compare with earlier runs, and remove what was created.
    #[command(after_help = concat!("\
Examples:
  contract probe run --environment acme-sandbox
  contract probe run payments --environment acme-sandbox --allow-writes --output junit:probe.xml
  contract probe run --environment acme-sandbox --replay acme.cassette
", exit_codes!()))]
    Run(RunArgs),
    /// Run, and keep every exchange in a cassette: redacted, to be played again without a network.
    #[command(after_help = concat!("\
Example:
  contract probe record --environment acme-sandbox --cassette acme.cassette
", exit_codes!()))]
    Record(RecordArgs),
    /// Accept that answers are no longer as they were: a drift until a day, or a run as what later ones are compared with.
    #[command(after_help = "\
Examples:
  contract probe accept df1:4f0e --until 2027-01-31 --reason \"ACME adds it everywhere by January\"
  contract probe accept cp-20261120-1f3a9c2e --reason \"version 2.3 of the sandbox\"

Exit codes:
  0  it is accepted, and written down by whom and why
  2  the command line, or there is no such drift or run
  3  the file cannot be written")]
    Accept(AcceptArgs),
    /// Tell how the operations of a vendor fared, run by run.
    #[command(after_help = "\
Exit codes:
  0  told
  2  the command line, or a history that cannot be read
  3  the run could not complete")]
    History(HistoryArgs),
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

/// How a run is done, and told.
#[derive(Debug, Args)]
pub(in crate::cli) struct HowArgs {
    /// Ask what the contract lets us ask so many times: shapes and latencies that rest on one answer say little.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(in crate::cli) samples: u32,
    /// Stay conclusive while no more than so many of a hundred steps say nothing.
    #[arg(long, value_name = "PERCENT", default_value_t = 10, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub(in crate::cli) tolerate: u32,
    /// Leave no line in .contract/probes/history/.
    #[arg(long)]
    pub(in crate::cli) no_history: bool,
    /// The format of the report on standard output.
    #[arg(long, value_enum, default_value_t = ProbeFormat::Text)]
    pub(in crate::cli) format: ProbeFormat,
    /// Also write a report to a file, or to standard output as -, such as `junit:probe.xml`; may be repeated.
    #[arg(long, value_name = "FORMAT:PATH", value_parser = target)]
    pub(in crate::cli) output: Vec<ProbeTarget>,
    /// Exit with 1 when something is as loud as this.
    #[arg(long, value_enum, value_name = "VERDICT", default_value_t = FailAt::Fail)]
    pub(in crate::cli) fail_on: FailAt,
}

/// A format of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ProbeFormat {
    /// For people.
    Text,
    /// Everything, for machines.
    Json,
    /// `JUnit` XML, for what shows test results.
    Junit,
}

/// A report to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct ProbeTarget {
    pub(in crate::cli) format: ProbeFormat,
    /// `None` is standard output.
    pub(in crate::cli) file: Option<PathBuf>,
}

/// What makes a run exit with 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FailAt {
    /// What breaks the contract: a check that fails, or a drift that would be a breaking change.
    Fail,
    /// Any drift that is more than chance.
    Drift,
    /// Anything that is worth telling.
    Warn,
    /// Nothing.
    Never,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RunArgs {
    #[command(flatten)]
    pub(in crate::cli) what: WhatArgs,
    #[command(flatten)]
    pub(in crate::cli) how: HowArgs,
    /// Send nothing, and take all answers from this cassette.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["record", "seed", "samples", "allow_writes", "no_history"])]
    pub(in crate::cli) replay: Option<PathBuf>,
    /// Keep every exchange in this cassette, redacted.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) record: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RecordArgs {
    #[command(flatten)]
    pub(in crate::cli) what: WhatArgs,
    #[command(flatten)]
    pub(in crate::cli) how: HowArgs,
    /// The cassette.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) cassette: PathBuf,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AcceptArgs {
    /// A drift, by its id or the start of it, or by the fingerprint of the change that it is; or a run.
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: String,
    /// The last day on which a drift is accepted, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(in crate::cli) until: Option<String>,
    /// Why, in a line.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) reason: String,
    /// Who decides [default: `GIT_AUTHOR_EMAIL`, `EMAIL`, or `USER`].
    #[arg(long, value_name = "WHO")]
    pub(in crate::cli) who: Option<String>,
    /// The folder that .contract/ is in [default: the repository, or the current folder where there is none].
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) root: Option<PathBuf>,
    /// The date of the decision, YYYY-MM-DD [default: today in UTC].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(in crate::cli) today: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct HistoryArgs {
    /// The environment [default: the only one].
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) environment: Option<String>,
    /// Show the last so many runs.
    #[arg(long, value_name = "N", default_value_t = 26)]
    pub(in crate::cli) last: usize,
    /// Add up the shapes of weeks that are over, so that the file stays small.
    #[arg(long)]
    pub(in crate::cli) merge: bool,
    /// The form.
    #[arg(long, value_enum, default_value_t = ToldAs::Text)]
    pub(in crate::cli) format: ToldAs,
    /// The folder that .contract/ is in [default: the repository, or the current folder where there is none].
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) root: Option<PathBuf>,
    /// The date that weeks are counted from, YYYY-MM-DD [default: today in UTC].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(in crate::cli) today: Option<String>,
}

fn target(text: &str) -> Result<ProbeTarget, String> {
    let Some((format, path)) = text.split_once(':') else {
        return Err("write FORMAT:PATH, such as junit:probe.xml".to_owned());
    };
    let format = ProbeFormat::from_str(format, false)
        .map_err(|_| format!("`{format}` is not a format; known ones are text, json, and junit"))?;
    match path {
        "" => Err("the path is empty; write - for standard output".to_owned()),
        "-" => Ok(ProbeTarget { format, file: None }),
        path => Ok(ProbeTarget {
            format,
            file: Some(PathBuf::from(path)),
        }),
    }
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
