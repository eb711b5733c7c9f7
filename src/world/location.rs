//! What a person types for one document: a path, `REF:PATH`, or `-`.

use thiserror::Error;

use super::error::USAGE;

/// One document, as named on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A file of the disk.
    Path(String),
    /// A file of a commit.
    Git {
        /// The branch, tag, or commit.
        rev: String,
        /// From the repository's root, or from the current folder when it starts with `./` or `../`.
        path: String,
    },
    /// Standard input.
    Stdin,
}

impl Location {
    /// Reads what was typed; `exists` says whether a file of that name is on disk, which settles every doubt.
    ///
    /// # Errors
    ///
    /// What is neither a path nor `REF:PATH` nor `-` is refused, also git's index (`:PATH`) and a ref that starts with `-`.
    pub fn parse(text: &str, exists: impl Fn(&str) -> bool) -> Result<Self, LocationError> {
        if text.is_empty() {
            return Err(LocationError::Empty);
        }
        if text == "-" {
            return Ok(Self::Stdin);
        }
        let Some(colon) = colon(text) else {
            return Ok(Self::Path(text.to_owned()));
        };
        if is_certainly_path(text) || exists(text) {
            return Ok(Self::Path(text.to_owned()));
        }
        let (rev, path) = (&text[..colon], &text[colon + 1..]);
        let text = text.to_owned();
        if rev.starts_with('-') {
            Err(LocationError::Dash { text })
        } else if rev.is_empty() {
            Err(LocationError::Index { text })
        } else if path.starts_with("//") {
            Err(LocationError::Url { text })
        } else if path.is_empty() {
            Err(LocationError::NoPath { text })
        } else {
            Ok(Self::Git {
                rev: rev.to_owned(),
                path: path.to_owned(),
            })
        }
    }
}

/// The colon that ends the ref; one in braces is part of it, as in `HEAD^{/fix: typo}`.
fn colon(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b':' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

/// No ref starts with a dot or a slash, and none is a drive with an absolute path on it.
fn is_certainly_path(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.starts_with(['.', '/', '\\'])
        || (bytes[0].is_ascii_alphabetic()
            && bytes[1] == b':'
            && matches!(bytes.get(2), Some(b'\\' | b'/'))
            && bytes.get(3) != Some(&b'/'))
}

/// A document was named in a way that means nothing.
#[derive(Debug, Error)]
pub enum LocationError {
    /// Nothing was typed.
    #[error("the name of a document is empty")]
    Empty,
    /// The ref would be read as an option of git.
    #[error("`{text}` names a ref that starts with `-`")]
    Dash {
        /// What was typed.
        text: String,
    },
    /// `:PATH` is git's index, a third state between a commit and the working tree.
    #[error("`{text}` names git's index, which is not supported")]
    Index {
        /// What was typed.
        text: String,
    },
    /// `REF:` without a path.
    #[error("`{text}` names a ref, but no file in it")]
    NoPath {
        /// What was typed.
        text: String,
    },
    /// Documents are not fetched from the network.
    #[error("`{text}` is a URL, not a file")]
    Url {
        /// What was typed.
        text: String,
    },
}

impl LocationError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Empty => "name a file, REF:PATH, or - for standard input".to_owned(),
            Self::Dash { text } => format!("write ./{text} if it is a file"),
            Self::Index { text } => {
                let path = text.trim_start_matches(':');
                format!("write HEAD:{path} for the last commit, or {path} for the working tree")
            }
            Self::NoPath { text } => format!("write {text}path/to/contract.yaml"),
            Self::Url { .. } => "download it and name the file, or pipe it in as -".to_owned(),
        })
    }

    /// The exit code of a run that ends with this error.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        USAGE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Location, LocationError> {
        Location::parse(text, |_| false)
    }

    #[test]
    fn paths_are_paths() {
        for text in [
            "a.yaml",
            "C:\\a.yaml",
            "C:/a.yaml",
            "./a:b.yaml",
            "../a:b.yaml",
            "/srv/a:b.yaml",
            "api v2/ä.yaml",
        ] {
            assert_eq!(
                read(text).expect("a path"),
                Location::Path(text.to_owned()),
                "{text}"
            );
        }
        let typed = Location::parse("a:b.yaml", |name| name == "a:b.yaml").expect("a path");
        assert_eq!(typed, Location::Path("a:b.yaml".to_owned()));
    }

    #[test]
    fn a_ref_ends_at_the_first_colon_outside_braces() {
        for (text, rev, path) in [
            ("origin/main:api/x.yaml", "origin/main", "api/x.yaml"),
            ("HEAD~2:./x.yaml", "HEAD~2", "./x.yaml"),
            ("HEAD:a:b.yaml", "HEAD", "a:b.yaml"),
            ("HEAD^{/fix: typo}:x.yaml", "HEAD^{/fix: typo}", "x.yaml"),
            ("v1.0:ä b.yaml", "v1.0", "ä b.yaml"),
        ] {
            let (rev, path) = (rev.to_owned(), path.to_owned());
            assert_eq!(
                read(text).expect("a ref"),
                Location::Git { rev, path },
                "{text}"
            );
        }
    }

    #[test]
    fn what_means_nothing_is_refused() {
        assert_eq!(read("-").expect("standard input"), Location::Stdin);
        assert!(matches!(read(""), Err(LocationError::Empty)));
        assert!(matches!(
            read("--upload-pack=x:a.yaml"),
            Err(LocationError::Dash { .. })
        ));
        assert!(matches!(
            read("https://example.com/a.yaml"),
            Err(LocationError::Url { .. })
        ));
        assert!(matches!(read("HEAD:"), Err(LocationError::NoPath { .. })));
        let index = read(":a.yaml").expect_err("the index");
        assert_eq!(
            index.help().expect("advice"),
            "write HEAD:a.yaml for the last commit, or a.yaml for the working tree"
        );
    }
}
