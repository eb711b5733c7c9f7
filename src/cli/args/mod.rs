//! What can be typed.

mod adoption;
mod catalogue;
mod fix;
mod governance;
mod probe;
mod release;
mod report;

pub(super) use adoption::{AuditArgs, ConfigArgs, DeprecationsArgs, InitArgs, Range, Template};
pub(super) use catalogue::{
    CompletionsArgs, ExplainArgs, ListFormat, ManArgs, RulesArgs, SchemaArgs, SchemaOf,
};
pub(super) use fix::FixArgs;
pub(super) use governance::{
    ConsumerAddArgs, ConsumerArgs, ConsumerCommand, ListArgs, PruneArgs, RequestArgs, SignoffArgs,
    SignoffCommand, ToldAs, TreesArgs, VerifyArgs, WaiverAddArgs, WaiverArgs, WaiverCommand,
    WordArgs,
};
pub(super) use probe::{
    AcceptArgs, FailAt, HistoryArgs, HowArgs, PlanArgs, ProbeArgs, ProbeCommand, ProbeFormat,
    ProbeTarget, RecordArgs, RunArgs, WhatArgs,
};
pub(super) use release::{BaselineArgs, ChangelogArgs, ChangelogFormat, GitDiffDriverArgs};
pub(super) use report::{FailOn, Format, ReportArgs, Target};

use report::date;

use crate::diff::{Flow, Reading};
use crate::spec::Draft;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const EXIT_CODES: &str = "\
Exit codes:
  0  nothing found is as loud as --fail-on
  1  something is: a change, or a fault of a document
  2  the command line, or a contract that is absent, unreadable, or of no known kind
  3  the run could not complete: a git object is missing, a report cannot be written";

/// Compares API contracts, and says what breaks their consumers.
///
/// Contracts are OpenAPI 3.0 to 3.2, Swagger 2.0, and JSON Schema, as JSON or YAML. Nothing is sent anywhere: there is no
/// telemetry, and no network unless --allow-host names a host.
#[derive(Debug, Parser)]
#[command(name = "contract", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) telling: Telling,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Diff(DiffArgs),
    Check(CheckArgs),
    Deprecations(DeprecationsArgs),
    Audit(AuditArgs),
    Baseline(BaselineArgs),
    Changelog(ChangelogArgs),
    Init(InitArgs),
    Config(ConfigArgs),
    Signoff(SignoffArgs),
    Waiver(WaiverArgs),
    Consumer(ConsumerArgs),
    Probe(ProbeArgs),
    Rules(RulesArgs),
    Explain(ExplainArgs),
    Schema(SchemaArgs),
    GitDiffDriver(GitDiffDriverArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// How every command speaks.
#[derive(Debug, Args)]
#[command(next_help_heading = "Telling")]
pub(super) struct Telling {
    /// Colour the text: `auto` asks `NO_COLOR`, `CLICOLOR_FORCE`, `FORCE_COLOR`, `CLICOLOR`, `TERM`, and then the terminal.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    pub(super) color: When,
    /// Draw with ASCII characters only, as in a locale that is not UTF-8.
    #[arg(long, global = true)]
    pub(super) ascii: bool,
    /// Tell the verdict and errors only.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Tell more: additive and neutral changes, all operations that a change reaches, what was there before and after.
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(super) verbose: u8,
}

/// When to do something that has an automatic setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// When it can be seen.
    Auto,
    /// In files and pipes too.
    Always,
    /// Not at all.
    Never,
}

/// Compare two documents, without any configuration.
///
/// A document is a PATH, a REF:PATH of the git repository around the current folder (`origin/main:api.yaml`), or - for
/// standard input.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(super) struct DiffArgs {
    /// The published document, and the one that is to replace it; more than two with --transitive, oldest first.
    #[arg(value_name = "DOCUMENT", required = true, num_args = 2.., allow_hyphen_values = false)]
    pub(super) documents: Vec<String>,
    /// Compare each document with all before it, not only the last one with the first.
    #[arg(long)]
    pub(super) transitive: bool,
    /// What a schema says about members it does not name: readers ignore them (`tolerant`), or exactly what is written.
    #[arg(long, value_enum, value_name = "READING")]
    pub(super) content_model: Option<ContentModel>,
    /// Who writes the values of a bare JSON Schema: producers, consumers, or both [default: both].
    #[arg(long, value_enum)]
    pub(super) direction: Option<Direction>,
    /// Read a bare JSON Schema by this draft, whatever its `$schema` says.
    #[arg(long, value_parser = ["4", "6", "7", "2019-09", "2020-12"])]
    draft: Option<String>,
    /// Let `format` reject values in a bare JSON Schema, where it is an annotation otherwise.
    #[arg(long)]
    pub(super) assert_format: bool,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) report: ReportArgs,
}

impl DiffArgs {
    pub(super) fn draft(&self) -> Option<Draft> {
        let word = self.draft.as_deref()?;
        Draft::ALL.into_iter().find(|draft| draft.word() == word)
    }
}

/// Compare every contract of a tree with its base: the gate for a merge.
///
/// Contracts are found below each PATH, or below the repository root: files that are an OpenAPI or Swagger document, or that
/// declare the `$schema` of a known draft. A file that another contract refers to is part of that contract.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(super) struct CheckArgs {
    /// Where to look for contracts: folders, or the contracts themselves [default: the repository root].
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<String>,
    /// What to compare with: a branch, tag, or commit, read from git without a checkout; or a folder that stands for PATH
    /// [default: the policy's `base`, else HEAD].
    #[arg(long, value_name = "REF|DIR")]
    pub(super) base: Option<String>,
    /// Pass when there is no contract at all.
    #[arg(long)]
    pub(super) allow_empty: bool,
    /// Serve a step of a CI system: every report in one folder, outputs, a summary, and annotations.
    #[arg(long, value_enum, value_name = "SYSTEM")]
    pub(super) ci: Option<Ci>,
    /// What of it to leave out; may be repeated.
    #[arg(long, value_enum, value_name = "PART", requires = "ci")]
    pub(super) ci_skip: Vec<CiPart>,
    /// Where --ci leaves its reports [default: contract-report in the runner's temporary folder].
    #[arg(long, value_name = "DIR", requires = "ci")]
    pub(super) report_dir: Option<PathBuf>,
    #[command(flatten)]
    pub(super) fixing: FixArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) report: ReportArgs,
}

impl CheckArgs {
    /// What other commands check before they speak of it: every governed contract against a base, on a day.
    pub(super) fn of(base: Option<&str>, today: Option<&str>) -> Self {
        Self {
            paths: Vec::new(),
            base: base.map(str::to_owned),
            allow_empty: true,
            ci: None,
            ci_skip: Vec::new(),
            report_dir: None,
            fixing: FixArgs::default(),
            reading: ReadingArgs {
                root: None,
                allow_host: Vec::new(),
                contract: None,
            },
            report: ReportArgs {
                format: Format::Text,
                output: Vec::new(),
                fail_on: FailOn::Error,
                today: today.map(str::to_owned),
            },
        }
    }
}

/// A CI system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Ci {
    /// GitHub Actions, by its variables and workflow commands.
    Github,
}

/// What `--ci` does besides reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CiPart {
    /// Marks in the diff.
    Annotations,
    /// The summary of the step.
    Summary,
}

/// Where documents may be read from.
#[derive(Debug, Args)]
pub(super) struct ReadingArgs {
    /// Read nothing outside of this folder [default: the repository, or the document's own folder where there is none].
    #[arg(long, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,
    /// Fetch external `$ref`s from this host, which must have a public address; may be repeated.
    #[arg(long, value_name = "HOST")]
    pub(super) allow_host: Vec<String>,
    /// The contract's id in fingerprints [default: none for diff, the path without its extension for check].
    #[arg(long, value_name = "ID")]
    pub(super) contract: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ContentModel {
    Tolerant,
    Strict,
}

impl ContentModel {
    pub(super) const fn reading(self) -> Reading {
        match self {
            Self::Tolerant => Reading::Tolerant,
            Self::Strict => Reading::Strict,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Direction {
    /// The provider writes: consumers must be able to read what comes next.
    Producer,
    /// Consumers write: the provider must accept what they send today.
    Consumer,
    /// Either may write.
    Both,
}

impl Direction {
    pub(super) const fn flow(self) -> Flow {
        match self {
            Self::Producer => Flow::Producer,
            Self::Consumer => Flow::Consumer,
            Self::Both => Flow::Both,
        }
    }
}
