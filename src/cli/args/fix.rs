//! What can be typed to have a check mend what it finds.

use clap::Args;

/// What a check mends.
#[derive(Clone, Copy, Debug, Default, Args)]
#[command(next_help_heading = "Mending")]
pub(in crate::cli) struct FixArgs {
    /// Mend what can be mended without a decision, then check: bring back members and values that are gone (deprecated, where a
    /// policy asks for no more than dates), give a deprecation its earliest lawful sunset, and delete stale sign-offs.
    #[arg(long, conflicts_with = "ci")]
    pub(in crate::cli) fix: bool,
    /// Only print what --fix would do, as a unified diff.
    #[arg(long, requires = "fix", conflicts_with = "output")]
    pub(in crate::cli) dry_run: bool,
    /// Let --fix change files that git could not bring back as they are.
    #[arg(long, requires = "fix")]
    pub(in crate::cli) allow_dirty: bool,
}
