//! The line to run when a clone lacks what was asked for.

use super::{git, repository::Repository};

/// Advice for a revision that does not resolve to a commit.
pub(super) fn for_revision(repository: &Repository, rev: &str) -> String {
    let (name, steps) = split_ancestry(rev);
    let Some(remote) = remote(repository, name) else {
        return format!(
            "name a commit that `git rev-parse {}` finds; there is no remote to fetch from",
            quoted(rev)
        );
    };
    if steps > 0 && resolves(repository, name) {
        return if repository.is_shallow() {
            format!("git fetch --deepen={steps} {remote}")
        } else {
            format!(
                "`{name}` has no such ancestor; see `git log {}`",
                quoted(name)
            )
        };
    }
    if is_object_id(name) {
        return match (name.len(), repository.is_shallow()) {
            (40 | 64, _) => format!("git fetch {remote} {name}"),
            // A server is asked by whole ids only.
            (_, true) => format!("git fetch --unshallow {remote}"),
            (_, false) => format!("git fetch {remote}"),
        };
    }
    for_name(repository, &remote, name)
}

/// Advice for an object of a known commit that a partial clone left out.
pub(super) fn for_object(repository: &Repository) -> String {
    let remote = remote(repository, "").unwrap_or_else(|| "origin".to_owned());
    format!("git fetch --refetch --no-filter {remote}")
}

/// Whether the clone left objects out, to fetch them one by one later.
pub(super) fn is_partial(repository: &Repository) -> bool {
    let args = ["config", "--get-regexp", r"^remote\..*\.promisor$"];
    git::line(repository.root(), &args).is_some()
}

fn for_name(repository: &Repository, remote: &str, name: &str) -> String {
    let name = name.strip_prefix("refs/remotes/").unwrap_or(name);
    if let Some(branch) = name
        .strip_prefix(remote)
        .and_then(|rest| rest.strip_prefix('/'))
    {
        return if keeps_track_of(repository, remote, branch) {
            format!("git fetch {remote} {}", quoted(branch))
        } else {
            let both = format!("{branch}:refs/remotes/{remote}/{branch}");
            format!("git fetch {remote} {}", quoted(&both))
        };
    }
    if let Some(tag) = name.strip_prefix("refs/tags/") {
        return format!("git fetch {remote} tag {}", quoted(tag));
    }
    let name = name.strip_prefix("refs/heads/").unwrap_or(name);
    if resolves(repository, &format!("refs/remotes/{remote}/{name}")) {
        return format!("write {remote}/{name}: there is no local branch of that name");
    }
    if name
        .trim_start_matches(['v', 'V'])
        .starts_with(|c: char| c.is_ascii_digit())
    {
        return format!("git fetch {remote} tag {}", quoted(name));
    }
    format!("git fetch {remote} {}", quoted(&format!("{name}:{name}")))
}

/// Whether a fetch of the branch also moves `REMOTE/BRANCH`: a clone of a single branch does so for that one only.
fn keeps_track_of(repository: &Repository, remote: &str, branch: &str) -> bool {
    let key = format!("remote.{remote}.fetch");
    let Some(lines) = git::line(repository.root(), &["config", "--get-all", &key]) else {
        return false;
    };
    lines.lines().any(|line| {
        let source = line.trim_start_matches('+').split(':').next();
        source.is_some_and(|source| match source.strip_suffix('*') {
            Some(start) => format!("refs/heads/{branch}").starts_with(start),
            None => source == format!("refs/heads/{branch}"),
        })
    })
}

/// The remote to fetch from: the one that the revision names, else `origin`, else the first.
fn remote(repository: &Repository, rev: &str) -> Option<String> {
    let remotes = git::line(repository.root(), &["remote"])?;
    let rev = rev.strip_prefix("refs/remotes/").unwrap_or(rev);
    let named = |remote: &&str| {
        rev.strip_prefix(remote)
            .is_some_and(|rest| rest.starts_with('/'))
    };
    let found = remotes.lines().find(named);
    let found = found.or_else(|| remotes.lines().find(|remote| *remote == "origin"));
    found.or_else(|| remotes.lines().next()).map(quoted)
}

fn resolves(repository: &Repository, rev: &str) -> bool {
    let commit = format!("{rev}^{{commit}}");
    let args = [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ];
    git::line(repository.root(), &args).is_some()
}

fn is_object_id(name: &str) -> bool {
    (7..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The name before `^` and `~`, and how many commits back they lead.
fn split_ancestry(rev: &str) -> (&str, usize) {
    let end = rev.find(['^', '~']).unwrap_or(rev.len());
    let (name, suffix) = rev.split_at(end);
    let mut steps = 0;
    let mut rest = suffix;
    while let Some(sign) = rest.chars().next() {
        rest = &rest[sign.len_utf8()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        steps += match (sign, rest[..digits].parse()) {
            ('~', Ok(count)) => count,
            ('~', Err(_)) | ('^', _) => 1,
            // `^{…}` and `@{…}` peel or look up; they do not climb.
            _ => return (name, steps.max(1)),
        };
        rest = &rest[digits..];
    }
    (name, steps)
}

/// As a shell reads it back: a ref may hold `$`, `;`, and quotes.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "._/@^~:+=-{}".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ancestry_is_counted() {
        assert_eq!(split_ancestry("HEAD"), ("HEAD", 0));
        assert_eq!(split_ancestry("HEAD^"), ("HEAD", 1));
        assert_eq!(split_ancestry("HEAD~3^2"), ("HEAD", 4));
        assert_eq!(split_ancestry("a/b~^"), ("a/b", 2));
        assert_eq!(split_ancestry("ä~2"), ("ä", 2));
        assert_eq!(split_ancestry("v1^{}"), ("v1", 1));
    }

    #[test]
    fn a_line_to_run_is_safe_to_paste() {
        assert_eq!(quoted("origin/main"), "origin/main");
        assert_eq!(quoted("a;rm -rf $HOME"), "'a;rm -rf $HOME'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
