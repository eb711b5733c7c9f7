//! `contract audit --history`: what landed although the gate would have refused it.

mod replay;
mod scope;

use super::{
    args::{AuditArgs, Range},
    failure::Failure,
    output, render,
    sides::{below_top, working_tree},
    told::Told,
};
use crate::report::{Audit, Version};
use crate::world::{self, GitError, Log, Repository, Snapshot, Wanted, Wire};
use replay::Replay;
use scope::{ENDS, OWNERS};
use std::{path::Path, sync::Arc};

pub(super) fn run(args: &AuditArgs, told: Told) -> Result<u8, Failure> {
    let since = match args.since.as_deref().map(world::parse_date) {
        None => None,
        Some(Err(error)) => return Err(Failure::usage(error.to_string(), "write YYYY-MM-DD")),
        Some(Ok(since)) if since > world::today() => {
            return Err(Failure::usage(
                format!("{since} is still to come: nothing can have landed since"),
                "give --since a day that has passed",
            ));
        }
        Some(Ok(since)) => Some(since),
    };
    let here = working_tree(None)?;
    let root = here.snapshot.root().unwrap_or(Path::new("."));
    let Some(repository) = Repository::discover(root) else {
        return Err(Failure::usage(
            format!("{} is not inside a git repository", root.display()),
            "run this in a clone of the repository, with its history",
        ));
    };
    let prefix = below_top(root);
    let (after, to) = match &args.range {
        Some(Range { after, to }) => (Some(after.as_str()), to.as_str()),
        None => (None, "HEAD"),
    };
    let head = Snapshot::commit(root, to).map_err(|error| without_commits(error, to))?;
    if let Some(after) = after {
        head.beside(after)?;
    }
    let mut paths = vec![super::find::joined(&prefix, crate::policy::FOLDER)];
    paths.extend(OWNERS.map(|file| super::find::joined(&prefix, file)));
    let Log { mut commits, cut } = repository.log(&Wanted {
        after,
        to,
        paths: &paths,
        ends: &ENDS,
        lines: None,
    })?;
    if let Some(since) = since {
        commits.retain(|commit| commit.on >= since);
    }
    let version = Version {
        label: head.label(),
        commit: head.commit_id().map(str::to_owned),
    };
    let mut replay = Replay::new(Arc::new(head), &prefix, Wire::new(&[])?);
    for commit in &commits {
        replay.commit(commit)?;
    }
    let audit = Audit {
        head: version,
        // What lies before the first day that was asked for is not missed.
        cut: cut.filter(|(_, on)| since.is_none_or(|since| *on >= since)),
        ..replay.audit
    };
    output::print(render::audit(&audit, args.format, told).as_bytes())?;
    Ok(u8::from(audit.refused() > 0))
}

fn without_commits(error: GitError, rev: &str) -> Failure {
    match error {
        GitError::NoCommit { .. } if rev == "HEAD" => Failure::usage(
            "there is no history to replay: the repository has no commit yet",
            "commit the contracts first",
        ),
        error => error.into(),
    }
}
