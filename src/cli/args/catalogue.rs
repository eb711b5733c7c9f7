//! What can be typed to read about this tool: its rules, its files, and its commands.

use clap::{Args, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// List the rules: what is looked for, and what it means.
#[derive(Debug, Args)]
pub(in crate::cli) struct RulesArgs {
    /// The form of the list.
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(in crate::cli) format: ListFormat,
}

/// Say what a rule looks for, who is hurt and how, and what to do instead.
#[derive(Debug, Args)]
pub(in crate::cli) struct ExplainArgs {
    /// The rule's id, as `contract rules` lists it.
    #[arg(value_name = "RULE")]
    pub(in crate::cli) rule: String,
    /// The form of the answer.
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(in crate::cli) format: ListFormat,
}

/// A form of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ListFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
    /// For a page of documentation.
    Markdown,
}

/// Print the JSON Schema of something this tool reads or writes.
#[derive(Debug, Args)]
pub(in crate::cli) struct SchemaArgs {
    /// Of what.
    #[arg(value_enum)]
    pub(in crate::cli) of: SchemaOf,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SchemaOf {
    /// The report of `--format json`.
    Report,
    /// `.contract/contract.yaml`.
    Policy,
    /// `.contract/consumers.yaml`.
    Consumers,
    /// A file below `.contract/usage/`.
    Usage,
    /// `.contract/deprecations.yaml`.
    Deprecations,
    /// A file below `.contract/signoffs/`.
    Signoff,
    /// A file below `.contract/waivers/`.
    Waiver,
    /// A file below `.contract/requests/`.
    Request,
    /// `.contract/baseline.yaml`.
    Baseline,
    /// A file below `.contract/probes/`.
    Scenario,
    /// What a probe reports.
    ProbeReport,
}

/// Print the completions for a shell.
#[derive(Debug, Args)]
pub(in crate::cli) struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum)]
    pub(in crate::cli) shell: Shell,
}

/// Print the manual page, or write one for each command.
#[derive(Debug, Args)]
pub(in crate::cli) struct ManArgs {
    /// Write contract.1, contract-diff.1, and so on into this folder, which must exist.
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) dir: Option<PathBuf>,
}
