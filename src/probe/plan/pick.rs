//! Which operations are probed: by id, tag, path, or because they are deprecated.

use crate::spec::Operation;
use std::fmt;

/// What a run is about; nothing included means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// One of these has to fit.
    pub include: Vec<Pick>,
    /// None of these may.
    pub exclude: Vec<Pick>,
}

/// Some operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// By `operationId`.
    Id(String),
    /// By tag: `tag:payments`.
    Tag(String),
    /// By path, with a method before it or not: `GET /v1/*`, `/v1/**`.
    Path(Option<String>, String),
    /// Those that are deprecated.
    Deprecated,
}

/// Why a text picks nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` picks no operations: write an operationId, `tag:NAME`, `GET /v1/*`, `/v1/**`, or `deprecated`"
)]
pub struct PickError(pub String);

impl Pick {
    /// Reads a pick as options write it.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, PickError> {
        if text == "deprecated" {
            return Ok(Self::Deprecated);
        }
        if let Some(tag) = text.strip_prefix("tag:") {
            return Ok(Self::Tag(tag.to_owned()));
        }
        if text.starts_with('/') {
            return Ok(Self::Path(None, text.to_owned()));
        }
        match text.split_once(' ') {
            Some((method, path)) if path.starts_with('/') => Ok(Self::Path(
                Some(method.to_ascii_uppercase()),
                path.to_owned(),
            )),
            None if !text.is_empty() => Ok(Self::Id(text.to_owned())),
            _ => Err(PickError(text.to_owned())),
        }
    }

    fn fits(&self, operation: &Operation<'_>) -> bool {
        match self {
            Self::Id(id) => operation.id == Some(id),
            Self::Tag(tag) => operation.tags.iter().any(|(name, _)| name == tag),
            Self::Path(method, glob) => {
                method
                    .as_ref()
                    .is_none_or(|method| *method == operation.method)
                    && matches(glob, operation.path)
            }
            Self::Deprecated => operation.deprecated,
        }
    }
}

impl fmt::Display for Pick {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => f.write_str(id),
            Self::Tag(tag) => write!(f, "tag:{tag}"),
            Self::Path(Some(method), path) => write!(f, "{method} {path}"),
            Self::Path(None, path) => f.write_str(path),
            Self::Deprecated => f.write_str("deprecated"),
        }
    }
}

impl Selection {
    /// Why an operation is left out, if it is.
    #[must_use]
    pub fn leaves_out(&self, operation: &Operation<'_>) -> Option<String> {
        if let Some(pick) = self.exclude.iter().find(|pick| pick.fits(operation)) {
            return Some(format!("left out by `{pick}`"));
        }
        let wanted =
            self.include.is_empty() || self.include.iter().any(|pick| pick.fits(operation));
        (!wanted).then(|| "not among what was asked for".to_owned())
    }
}

/// `*` is anything within a segment, `**` any segments.
fn matches(glob: &str, path: &str) -> bool {
    let glob: Vec<&str> = glob.split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    segments(&glob, &path)
}

fn segments(glob: &[&str], path: &[&str]) -> bool {
    match glob.split_first() {
        None => path.is_empty(),
        Some((&"**", rest)) => (0..=path.len()).any(|skip| segments(rest, &path[skip..])),
        Some((one, rest)) => match path.split_first() {
            Some((segment, after)) => within(one, segment) && segments(rest, after),
            None => false,
        },
    }
}

fn within(glob: &str, segment: &str) -> bool {
    match glob.split_once('*') {
        None => glob == segment,
        Some((start, rest)) => segment.strip_prefix(start).is_some_and(|after| {
            let mut ends = after.char_indices().map(|(at, _)| at).chain([after.len()]);
            ends.any(|at| within(rest, &after[at..]))
        }),
    }
}
