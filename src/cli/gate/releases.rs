//! Published snapshots of live versions: never edited, and compared with head too.

use super::{
    super::{
        failure::Failure,
        find::stripped,
        load::{Wanted, load},
        sides::Sides,
    },
    contracts::Planned,
    terms,
};
use crate::policy::{Notice, State, files::PathGlobs};
use crate::spec::{Bundle, Level};
use crate::world::Wire;

/// A live version of a contract.
pub(super) struct Release {
    /// The contract's id.
    pub(super) contract: String,
    /// Its file, from the root.
    pub(super) file: String,
    /// The version: the stem of its file.
    pub(super) version: String,
    pub(super) bundle: Bundle,
    /// Whether head still has it.
    pub(super) kept: bool,
}

/// Loads the live versions of the base, and tells what head did to their files.
pub(super) fn releases(
    sides: &Sides,
    base: &State,
    planned: &Planned,
    wire: &Wire,
    notices: &mut Vec<Notice>,
) -> Result<Vec<Release>, Failure> {
    let mut releases = Vec::new();
    let Some(trusted) = &base.policy else {
        return Ok(releases);
    };
    let entries = trusted.contracts.iter().flatten();
    for entry in entries {
        let (Some(glob), Some(id)) = (&entry.releases, &entry.id) else {
            continue;
        };
        if !planned.ids.contains(id) {
            continue;
        }
        let Ok(globs) = PathGlobs::new([glob.as_str()]) else {
            continue;
        };
        for path in sides.base.snapshot.list(&sides.base.prefix)? {
            let Some(key) = stripped(&path, &sides.base.prefix) else {
                continue;
            };
            if !globs.matches(key) {
                continue;
            }
            let before = sides.base.snapshot.read(&path)?;
            let after = sides.head.snapshot.read(&sides.head.path(key)).ok();
            let kept = after.is_some();
            if after.is_some_and(|after| after != before) {
                let notice = Notice::new("release-edited", Level::Error, &[("file", key)])
                    .in_file(key, None)
                    .help("restore it from the base, and publish what is new as another version");
                notices.push(notice);
            }
            let name = sides.base.name(key);
            let wanted = Wanted {
                snapshot: &sides.base.snapshot,
                entry: &path,
                name: &name,
            };
            let bundle = load(wanted, terms::assume(Some(entry)), wire)?;
            releases.push(Release {
                contract: id.clone(),
                version: stem(key),
                file: key.to_owned(),
                bundle,
                kept,
            });
        }
    }
    Ok(releases)
}

/// The file's name without its folder and its extension.
fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.')
        .map_or(name, |(stem, _)| stem)
        .to_owned()
}
