//! What can be typed to tell others of a change, and to take one in steps.

use super::{FailOn, ReadingArgs, date};
use clap::{Args, ValueEnum};

/// Write a changelog: what changed, how to follow, and which version comes next.
///
/// Between two documents (PATH, REF:PATH, or - each), or between all contracts of a tree and a base. Fails when `info.version` moved
/// less than the changes ask for: what breaks is a major step, what is new or risky a minor one; before 1.0.0 the second and the
/// third number stand for them.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contract changelog v1.4.0:api/orders.yaml api/orders.yaml
  contract changelog --base v1.4.0 --head v2.0.0 api >> CHANGELOG.md

Exit codes:
  0  written, and every version moved as far as its changes ask for
  1  one did not: by a major or minor step (an error), or only by a patch (a warning); --fail-on says which counts
  2  the command line, the policy, or a contract that is absent, unreadable, or of no known kind
  3  the run could not complete: a git object is missing")]
pub(in crate::cli) struct ChangelogArgs {
    /// The published document and the one that replaces it; with --base, where to look for contracts.
    #[arg(value_name = "OLD NEW | PATH", allow_hyphen_values = false)]
    pub(in crate::cli) documents: Vec<String>,
    /// Tell of all contracts of the tree since this branch, tag, commit, or folder.
    #[arg(long, value_name = "REF|DIR")]
    pub(in crate::cli) base: Option<String>,
    /// Up to this branch, tag, or commit [default: the working tree].
    #[arg(long, value_name = "REF", requires = "base")]
    pub(in crate::cli) head: Option<String>,
    /// The form of the changelog.
    #[arg(long, value_enum, default_value_t = ChangelogFormat::Markdown)]
    pub(in crate::cli) format: ChangelogFormat,
    /// Exit with 1 when a version that moved too little is as loud as this.
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = FailOn::Error)]
    pub(in crate::cli) fail_on: FailOn,
    /// The date of the changelog, YYYY-MM-DD [default: today in UTC].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(in crate::cli) today: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) reading: ReadingArgs,
}

/// A form of the changelog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ChangelogFormat {
    /// For people: sections of Keep a Changelog and a migration guide; -v tells neutral changes too.
    Markdown,
    /// For machines: every change.
    Json,
}

/// Let through what fails today, for a while: writes `.contract/baseline.yaml`.
///
/// `contract check` reads the file from the base: what it lists is a note with its reason until its last day, at every place that is
/// listed and nowhere else. The file is written anew: entries that still match a change keep their reason and their day, what
/// else fails is added, and the rest goes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contract baseline --base origin/main --reason \"shipped with 2.0 before there was a gate\" --expires 2027-06-30
  git add .contract/baseline.yaml

Exit codes:
  0  written, or nothing fails
  2  the command line, the policy, or a contract that cannot be read
  3  the run could not complete: a git object is missing, or the file cannot be written")]
pub(in crate::cli) struct BaselineArgs {
    /// What to compare with: a branch, tag, or commit; or a folder [default: the policy's `base`, else HEAD].
    #[arg(long, value_name = "REF|DIR")]
    pub(in crate::cli) base: Option<String>,
    /// Why the changes are let through.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "it stood when the gate came"
    )]
    pub(in crate::cli) reason: String,
    /// The last day on which new entries count, YYYY-MM-DD [default: 180 days from today].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(in crate::cli) expires: Option<String>,
    /// The date that is today, YYYY-MM-DD [default: today in UTC].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(in crate::cli) today: Option<String>,
}

/// Let `git diff` say what a change of a contract means.
///
/// Git calls this for files that .gitattributes gives to it, with the words of `GIT_EXTERNAL_DIFF`. What is no contract, or cannot be
/// read as one, is shown as a plain diff. What a contract refers to is read from the working tree, on both sides.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  echo 'api/*.yaml diff=contract' >> .gitattributes
  git config diff.contract.command 'contract git-diff-driver'
  git diff main -- api

Exit codes:
  0  shown, whatever it says
  2  other words than git's
  3  a file cannot be read")]
pub(in crate::cli) struct GitDiffDriverArgs {
    /// PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE, and for a file that moved NEW-PATH and what git says of it.
    #[arg(value_name = "WORD", required = true, num_args = 1.., allow_hyphen_values = true)]
    pub(in crate::cli) words: Vec<String>,
}
