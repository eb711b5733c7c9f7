//! Where a secret is kept: its name or its path, never the secret.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use thiserror::Error;

use crate::tree::{Kind, fields::Value};
use crate::world::http::System;

/// A shorter one would stand in reports by chance, and could not be kept out of them.
pub(crate) const SHORTEST: usize = 4;

/// Whether a text is the name of a variable, in capitals.
pub(super) fn is_variable(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase() || first == '_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Where a secret is kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Secret {
    /// In an environment variable.
    Variable(String),
    /// In a file; a relative path starts at the repository's root.
    File(PathBuf),
}

/// Variables and files, as the system or a test has them.
pub trait Surroundings {
    /// What a variable holds.
    ///
    /// # Errors
    ///
    /// A sentence why there is nothing.
    fn variable(&self, name: &str) -> Result<String, String>;

    /// What a file holds.
    ///
    /// # Errors
    ///
    /// A sentence why there is nothing.
    fn file(&self, path: &Path) -> Result<Vec<u8>, String>;
}

impl Surroundings for System {
    fn variable(&self, name: &str) -> Result<String, String> {
        Self::variable(self, name).map_err(|error| error.to_string())
    }

    fn file(&self, path: &Path) -> Result<Vec<u8>, String> {
        Self::file(self, path).map_err(|error| error.to_string())
    }
}

/// A secret cannot be had.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{what} is missing: {why}")]
pub struct SecretError {
    /// Which of the environment's secrets.
    pub what: String,
    /// What is wrong; never what it holds.
    pub why: String,
}

impl Secret {
    /// Reads `{env: NAME}` or `{file: PATH}`.
    pub(super) fn read(value: Value<'_>) -> Option<Self> {
        let help = "keep it in an environment variable or a file, and write `{env: NAME}` or `{file: PATH}`";
        if !matches!(value.kind(), Kind::Map | Kind::Null) {
            // What is written there is not repeated.
            value.fault(
                format!("{} is written out, and it is a secret", value.name()),
                format!("{help}; if it was ever committed, change it"),
            );
            return None;
        }
        let mut fields = value.fields("a secret")?;
        let secret = Self::of(value, fields.optional("env"), fields.optional("file"));
        fields.finish();
        secret
    }

    /// From the values of `env` and `file` in a mapping.
    pub(super) fn of(
        value: Value<'_>,
        env: Option<Value<'_>>,
        file: Option<Value<'_>>,
    ) -> Option<Self> {
        match (env, file) {
            (Some(env), None) => {
                let name = env.line()?;
                if !is_variable(name) {
                    // A secret in the place of its name is not repeated either.
                    env.fault(
                        "`env` is not the name of an environment variable",
                        "write its name in capitals, such as `ACME_CLIENT_SECRET`",
                    );
                    return None;
                }
                Some(Self::Variable(name.to_owned()))
            }
            (None, Some(file)) => file.line().map(|path| Self::File(PathBuf::from(path))),
            (None, None) | (Some(_), Some(_)) => {
                value.fault(
                    format!("{} needs either `env` or `file`", value.name()),
                    "write `{env: NAME}` or `{file: PATH}`",
                );
                None
            }
        }
    }

    /// The bytes, such as a certificate's.
    ///
    /// # Errors
    ///
    /// The variable is not set, or the file cannot be read; `what` names the secret in the message.
    pub fn bytes(&self, from: &dyn Surroundings, what: &str) -> Result<Vec<u8>, SecretError> {
        let bytes = match self {
            Self::Variable(name) => from.variable(name).map(String::into_bytes),
            Self::File(path) => from.file(path),
        };
        bytes.map_err(|why| SecretError {
            what: what.to_owned(),
            why,
        })
    }

    /// A name, which is kept like a secret and is none.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes), or it is empty or no text.
    pub fn name(&self, from: &dyn Surroundings, what: &str) -> Result<String, SecretError> {
        let failed = |why: String| SecretError {
            what: what.to_owned(),
            why,
        };
        let place = self.place();
        let text = String::from_utf8(self.bytes(from, what)?)
            .map_err(|_| failed(format!("{place} is not UTF-8")))?;
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            return Err(failed(format!("{place} is empty")));
        }
        Ok(text.to_owned())
    }

    /// The secret, without the line break that editors and `echo` leave behind it.
    ///
    /// # Errors
    ///
    /// As [`name`](Self::name), or it is too short to be kept out of reports.
    pub fn text(&self, from: &dyn Surroundings, what: &str) -> Result<SecretString, SecretError> {
        let text = self.name(from, what)?;
        if text.len() < SHORTEST {
            let place = self.place();
            return Err(SecretError {
                what: what.to_owned(),
                why: format!(
                    "{place} holds less than {SHORTEST} bytes, which cannot be kept out of reports"
                ),
            });
        }
        Ok(SecretString::from(text))
    }

    fn place(&self) -> String {
        match self {
            Self::Variable(name) => format!("`{name}`"),
            Self::File(path) => format!("`{}`", path.display()),
        }
    }
}
