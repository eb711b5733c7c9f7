//! Real contracts, when `CONTRACT_CORPUS` names a folder that has `pairs/NAME/{old,new}.*`.

#![allow(clippy::print_stderr, reason = "a skipped test says why")]

use std::path::{Path, PathBuf};

fn root() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("CONTRACT_CORPUS") else {
        eprintln!("skipped for the corpus: CONTRACT_CORPUS is not set");
        return None;
    };
    Some(Path::new(&folder).join("pairs"))
}

/// The pairs of the corpus; none, with a printed reason, when there is no corpus.
pub(crate) fn pairs() -> Vec<(PathBuf, PathBuf)> {
    root().map_or_else(Vec::new, |root| super::pairs(&root))
}

/// The documents of the corpus.
pub(crate) fn documents() -> Vec<PathBuf> {
    pairs()
        .into_iter()
        .flat_map(|(old, new)| [old, new])
        .collect()
}
