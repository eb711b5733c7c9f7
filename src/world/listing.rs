//! All files below a folder of the disk, without what is ignored, hidden, or built.

use std::{ffi::OsString, fs, path::Path};

use walkdir::WalkDir;

use super::{
    error::ReadError,
    folder::Folder,
    git,
    path::{is_listed, is_skipped, unreadable_name},
    repository::Repository,
};

/// The files of a folder below `below`, which is normalised, sorted by bytes.
pub(super) fn list(folder: &Folder, below: &str) -> Result<Vec<String>, ReadError> {
    if folder.is_file(below)? {
        return Ok(vec![below.to_owned()]);
    }
    if !folder.is_folder(below)? {
        return Ok(Vec::new());
    }
    let repository = Repository::discover(folder.root());
    let mut files = match repository.as_ref().and_then(Repository::work_tree) {
        None => walked(folder.root(), below)?,
        Some(top) => {
            let files = tracked(folder.root(), below)?;
            let all = below.is_empty() && folder.root() == top;
            // A folder that was named although git ignores all of it.
            if files.is_empty() && !all {
                walked(folder.root(), below)?
            } else {
                files
            }
        }
    };
    files.sort_unstable();
    files.dedup();
    Ok(files)
}

/// What git tracks, and what it would if asked to add everything.
fn tracked(root: &Path, below: &str) -> Result<Vec<String>, ReadError> {
    let mut args: Vec<OsString> = [
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "-z",
    ]
    .map(OsString::from)
    .into();
    if !below.is_empty() {
        args.extend(["--".into(), below.into()]);
    }
    let mut files = Vec::new();
    for name in git::output(root, args)?.split(|byte| *byte == 0) {
        if name.is_empty() {
            continue;
        }
        let Ok(path) = str::from_utf8(name) else {
            match unreadable_name(name) {
                Some(error) => return Err(error),
                None => continue,
            }
        };
        // The index also names what was deleted from disk, links, and submodules.
        let is_file = || fs::symlink_metadata(root.join(path)).is_ok_and(|found| found.is_file());
        if is_listed(path, below) && is_file() {
            files.push(path.to_owned());
        }
    }
    Ok(files)
}

/// The symbolic links below a folder, sorted; none is followed.
pub(super) fn links(root: &Path, below: &str) -> Vec<String> {
    let walk = WalkDir::new(root.join(below)).follow_links(false);
    let links = walk.into_iter().filter_map(Result::ok);
    let links = links.filter(|entry| entry.file_type().is_symlink());
    let mut links: Vec<String> = links
        .map(|entry| {
            let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
            path.to_string_lossy().replace('\\', "/")
        })
        .collect();
    links.sort_unstable();
    links
}

fn walked(root: &Path, below: &str) -> Result<Vec<String>, ReadError> {
    let mut files = Vec::new();
    let walk = WalkDir::new(root.join(below))
        .follow_links(false)
        .into_iter()
        .filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || !is_skipped(&name, entry.file_type().is_dir())
        });
    for entry in walk {
        let entry = entry.map_err(|error| ReadError::Unreadable {
            path: error.path().unwrap_or(root).display().to_string(),
            source: error.into(),
        })?;
        if !entry.file_type().is_file() {
            continue;
        }
        let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
        match path.to_str() {
            Some(path) if cfg!(windows) => files.push(path.replace('\\', "/")),
            Some(path) => files.push(path.to_owned()),
            None => {
                if let Some(error) = unreadable_name(path.as_os_str().as_encoded_bytes()) {
                    return Err(error);
                }
            }
        }
    }
    Ok(files)
}
