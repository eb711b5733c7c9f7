//! When things landed: dates of commits, and of the files that they brought.

use super::{git, git::GitError, repository::Repository};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::env;

/// Whether this run is one of a CI system, by the variable that all of them set.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that asks whether it runs in CI"
)]
pub fn in_ci() -> bool {
    env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}

/// A variable of the environment that says something.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "a CI system speaks through its variables"
)]
pub fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The day of the line `committer NAME <MAIL> SECONDS ZONE` of a commit, in UTC.
pub(super) fn committed(commit: &[u8]) -> Option<Date> {
    let head = commit.split(|byte| *byte == b'\n');
    let line = head
        .take_while(|line| !line.is_empty())
        .find_map(|line| line.strip_prefix(b"committer "))?;
    let line = String::from_utf8_lossy(line);
    let mut words = line.rsplit(' ');
    let _zone = words.next()?;
    let seconds = words.next()?.parse().ok()?;
    day(seconds)
}

pub(super) fn day(seconds: i64) -> Option<Date> {
    let instant = Timestamp::from_second(seconds).ok()?;
    Some(instant.to_zoned(TimeZone::UTC).date())
}

/// The day on which a file came to a commit's first-parent history, in UTC. In a shallow clone that is no earlier than its first
/// commit, which errs on the safe side: the file may be older.
pub(super) fn added(
    repository: &Repository,
    commit: &str,
    path: &str,
) -> Result<Option<Date>, GitError> {
    let text = git::output(
        repository.root(),
        [
            "log",
            "--first-parent",
            "--diff-filter=A",
            "--no-renames",
            "--format=%ct",
            "--max-count=1",
            commit,
            "--",
            path,
        ],
    )?;
    let seconds = String::from_utf8_lossy(&text).trim().parse().ok();
    Ok(seconds.and_then(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_says_when_it_was_made() {
        let commit = b"tree 0\nauthor A <a@b> 1 +0000\ncommitter A B <a@b> 1763596800 +0200\n\ncommitter x 5 +0000\n";
        assert_eq!(committed(commit), Some(Date::constant(2025, 11, 20)));
        assert_eq!(committed(b"tree 0\n\ncommitter x 5 +0000\n"), None);
        assert_eq!(committed(b""), None);
    }
}
