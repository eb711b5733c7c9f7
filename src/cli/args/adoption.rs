//! What can be typed to adopt a policy, and to look at what came of it.

use super::{ListFormat, ToldAs, date};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// List what is deprecated: since when, until when, what to use instead, and who still uses it.
///
/// Records inside contracts and those of `.contract/deprecations.yaml` alike, and changes that are announced.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  told
  1  with --due: something is due within so many days, or overdue
  2  the command line, the policy, or a contract that cannot be read
  3  the run could not complete")]
pub(in crate::cli) struct DeprecationsArgs {
    /// Only this contract, by its id.
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) contract: Option<String>,
    /// At a branch, tag, or commit, instead of the working tree.
    #[arg(long, value_name = "REF")]
    pub(in crate::cli) at: Option<String>,
    /// Exit with 1 when something may go within so many days, or should have gone.
    #[arg(long, value_name = "DAYS")]
    pub(in crate::cli) due: Option<u32>,
    /// The date that days are counted from, YYYY-MM-DD [default: today in UTC].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(in crate::cli) today: Option<String>,
    /// The form of the list.
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(in crate::cli) format: ListFormat,
}

/// Find merges that the gate would have refused.
///
/// Replays the branch commit by commit along first parents. Each that changed contracts or what governs them is judged as the
/// gate would have judged it: against the commit before, by the policy there, on the day it was committed.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  the gate would have let everything through that could be judged
  1  it would have refused something
  2  the command line
  3  the run could not complete")]
pub(in crate::cli) struct AuditArgs {
    /// Replay the history of the branch that is checked out.
    #[arg(long, required = true)]
    pub(in crate::cli) history: bool,
    /// Only what was committed on this day or later, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", value_parser = date, conflicts_with = "range")]
    pub(in crate::cli) since: Option<String>,
    /// Only what B has and A has not.
    #[arg(long, value_name = "A..B", value_parser = range)]
    pub(in crate::cli) range: Option<Range>,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t = ToldAs::Text)]
    pub(in crate::cli) format: ToldAs,
}

/// Two commits: what the second has, and the first has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Range {
    pub(in crate::cli) after: String,
    pub(in crate::cli) to: String,
}

fn range(text: &str) -> Result<Range, String> {
    let form = || "write A..B, such as v1.0..main".to_owned();
    let (after, to) = text.split_once("..").ok_or_else(form)?;
    if after.is_empty() || to.starts_with('.') || to.contains("..") {
        return Err(form());
    }
    Ok(Range {
        after: after.to_owned(),
        to: if to.is_empty() { "HEAD" } else { to }.to_owned(),
    })
}

/// Start to govern a repository: a policy, a registry, a ledger, and a workflow for its gate.
///
/// Finds the contracts as `contract check` does, and keeps in the ledger what is deprecated already. Nothing that exists is
/// overwritten.
#[derive(Debug, Args)]
pub(in crate::cli) struct InitArgs {
    /// Where to write [default: the root of the repository, or the current folder where there is none].
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) dir: Option<PathBuf>,
    /// Ask git since when each deprecated element is deprecated.
    #[arg(long)]
    pub(in crate::cli) from_history: bool,
    /// Start with a contract to go on from.
    #[arg(long, value_enum, value_name = "WHAT", conflicts_with = "from_history")]
    pub(in crate::cli) template: Option<Template>,
    /// The action that the workflow gates with: its repository, and the whole hash of a commit that you reviewed.
    #[arg(long, value_name = "OWNER/REPO@SHA", value_parser = action)]
    pub(in crate::cli) action: Option<String>,
}

/// What to start with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Template {
    /// An HTTP API with an error model, request ids, idempotency keys, and pages; a policy, and a probe of its sandbox.
    Openapi,
    /// An event, and nothing else.
    JsonSchema,
    /// The HTTP API with all that `init` writes: registry, ledger, and the workflow of the gate.
    GovernedRepo,
}

/// A branch or a tag can be moved to what nobody reviewed, so only a commit will do.
fn action(text: &str) -> Result<String, String> {
    let is_name = |name: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        !name.is_empty() && name.chars().all(plain)
    };
    let is_hash = |text: &str| {
        matches!(text.len(), 40 | 64)
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
    };
    let is_action = text.split_once('@').is_some_and(|(repository, commit)| {
        repository.matches('/').count() == 1
            && repository.split('/').all(is_name)
            && is_hash(commit)
    });
    if is_action {
        Ok(text.to_owned())
    } else {
        Err("write OWNER/REPO@SHA, with all 40 digits of the commit".to_owned())
    }
}

/// Print the policy with all its defaults, and where each value comes from.
#[derive(Debug, Args)]
pub(in crate::cli) struct ConfigArgs {
    /// The form of the list.
    #[arg(long, value_enum, default_value_t = ToldAs::Text)]
    pub(in crate::cli) format: ToldAs,
}
