//! What would change, as a unified diff that `git apply` and `patch` take.

use super::Files;
use crate::cli::{
    failure::Failure,
    find::joined,
    sides::{Sides, below_top},
};
use similar::TextDiff;
use std::{fmt::Write, path::Path};

/// How many lines stand around a change.
const AROUND: usize = 3;

/// Every file with what changes in it; paths start at the top of the repository.
pub(super) fn diff(sides: &Sides, files: &Files) -> Result<String, Failure> {
    let head = &sides.head.snapshot;
    let top = below_top(head.root().unwrap_or(Path::new(".")));
    let mut text = String::new();
    for (path, bytes) in files {
        let old = head.read(path)?;
        let old = String::from_utf8_lossy(&old);
        let new = String::from_utf8_lossy(bytes.as_deref().unwrap_or_default());
        let name = joined(&top, path);
        let after = match bytes {
            Some(_) => format!("b/{name}"),
            None => "/dev/null".to_owned(),
        };
        let diff = TextDiff::from_lines(old.as_ref(), new.as_ref());
        let mut unified = diff.unified_diff();
        unified
            .context_radius(AROUND)
            .header(&format!("a/{name}"), &after);
        let _ = write!(text, "{unified}");
    }
    Ok(text)
}
