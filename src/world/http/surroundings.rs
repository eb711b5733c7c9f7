//! Variables and files that hold what no file of the project may hold.

use std::{env, fs, io::Read, path::Path};

use thiserror::Error;

/// A secret is a line, a certificate a few pages; nothing that is named by mistake is read to its end.
const LARGEST: u64 = 1 << 20;

/// What the system says of a name or a path.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum SystemError {
    /// The variable is not set.
    #[error("the environment variable `{name}` is not set")]
    NoVariable {
        /// Its name.
        name: String,
    },
    /// The variable holds something else than text.
    #[error("the environment variable `{name}` is not UTF-8")]
    NotText {
        /// Its name.
        name: String,
    },
    /// The file cannot be read.
    #[error("`{path}` cannot be read: {why}")]
    Unreadable {
        /// Its path.
        path: String,
        /// What the system says.
        why: String,
    },
}

/// The process's environment and its files.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl System {
    /// What a variable holds.
    ///
    /// # Errors
    ///
    /// It is not set, or is no text.
    pub fn variable(&self, name: &str) -> Result<String, SystemError> {
        let value = env::var_os(name).ok_or_else(|| SystemError::NoVariable {
            name: name.to_owned(),
        })?;
        value.into_string().map_err(|_| SystemError::NotText {
            name: name.to_owned(),
        })
    }

    /// What a file holds, up to a mebibyte.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is larger.
    pub fn file(&self, path: &Path) -> Result<Vec<u8>, SystemError> {
        let failed = |why: String| SystemError::Unreadable {
            path: path.display().to_string(),
            why,
        };
        let file = fs::OpenOptions::new().read(true).open(path);
        let file = file.map_err(|error| failed(error.to_string()))?;
        let mut bytes = Vec::new();
        file.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| failed(error.to_string()))?;
        if bytes.len() as u64 > LARGEST {
            return Err(failed("it is larger than a secret can be".to_owned()));
        }
        Ok(bytes)
    }
}
