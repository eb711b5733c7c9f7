//! Files that grow, and folders for reports.

use super::output::OutputError;
use std::{fs, io::Write, path::Path};

/// Appends to a file, which is made when it is not there.
///
/// # Errors
/// When it cannot be opened or written.
pub fn append_file(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    let failed = |source| OutputError {
        path: path.to_owned(),
        source,
    };
    let mut options = fs::OpenOptions::new();
    let mut file = options
        .append(true)
        .create(true)
        .open(path)
        .map_err(failed)?;
    file.write_all(bytes).map_err(failed)
}

/// Makes a folder, and those above it.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(path: &Path) -> Result<(), OutputError> {
    fs::create_dir_all(path).map_err(|source| OutputError {
        path: path.to_owned(),
        source,
    })
}
