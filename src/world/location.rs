//! What a person types for one document: a path, `REF:PATH`, or `-`.

use super::error::LocationError;

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
            "/tmp/a:b.yaml",
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
