//! Paths inside a snapshot: `/` between names, relative to the root, and never above it.

use super::error::ReadError;

/// Folders that hold what was built or fetched, never what was written.
const BUILT: [&str; 2] = ["target", "node_modules"];

/// The path without `.`, `..`, and empty names.
///
/// `..` is taken off the text before any symbolic link is followed, on disk and in a commit alike, so that both sides of
/// a comparison read a reference the same way.
///
/// # Errors
///
/// Absolute paths, paths that climb above the root, and paths that cannot name a file are refused.
pub fn normalise(path: &str) -> Result<String, ReadError> {
    if path.contains('\0') {
        return Err(ReadError::NotAPath {
            path: path.replace('\0', "\u{fffd}"),
            why: "it holds a NUL character",
        });
    }
    if is_absolute(path) {
        return Err(ReadError::Absolute {
            path: path.to_owned(),
        });
    }
    let mut names: Vec<&str> = Vec::new();
    for name in path.split(separator) {
        match name {
            "" | "." => {}
            ".." => {
                if names.pop().is_none() {
                    return Err(ReadError::LeavesRoot {
                        path: path.to_owned(),
                    });
                }
            }
            name => names.push(name),
        }
    }
    Ok(names.join("/"))
}

/// A backslash is a letter like any other where the system says so.
const fn separator(c: char) -> bool {
    c == '/' || (cfg!(windows) && c == '\\')
}

fn is_absolute(path: &str) -> bool {
    path.starts_with(separator) || (cfg!(windows) && path.as_bytes().get(1) == Some(&b':'))
}

/// Whether a file or folder of this name is left out of listings.
pub(super) fn is_skipped(name: &str, is_folder: bool) -> bool {
    name.starts_with('.') || (is_folder && BUILT.contains(&name))
}

/// Whether a listing of everything below `below` holds this file; what was named on purpose is never left out.
pub(super) fn is_listed(path: &str, below: &str) -> bool {
    let Some(rest) = strip_folder(path, below) else {
        return path == below;
    };
    let mut names = rest.split('/').peekable();
    while let Some(name) = names.next() {
        if is_skipped(name, names.peek().is_some()) {
            return false;
        }
    }
    true
}

/// The path as seen from a folder above it; the root is the empty folder.
pub(super) fn strip_folder<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// Whether the path leads into git's own folder, however its name is spelled.
pub(super) fn is_git_internal(path: &str) -> bool {
    path.split('/')
        .any(|name| name.eq_ignore_ascii_case(".git"))
}

/// A file whose name is not UTF-8 cannot be named in a contract; it is passed over, unless it could be a contract itself.
pub(super) fn unreadable_name(name: &[u8]) -> Option<ReadError> {
    let could_be_contract = [".yaml", ".yml", ".json"]
        .iter()
        .any(|end| name.ends_with(end.as_bytes()));
    could_be_contract.then(|| ReadError::NotAPath {
        path: String::from_utf8_lossy(name).into_owned(),
        why: "it is not UTF-8",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_and_empty_names_vanish() {
        for (from, to) in [
            ("a/b.yaml", "a/b.yaml"),
            ("./a//b/../c.yaml", "a/c.yaml"),
            ("a/..", ""),
            ("", ""),
            ("ä b/\n.yaml", "ä b/\n.yaml"),
        ] {
            assert_eq!(normalise(from).expect("inside the root"), to);
        }
    }

    #[test]
    fn nothing_leaves_the_root() {
        assert!(matches!(
            normalise("a/../../etc/passwd"),
            Err(ReadError::LeavesRoot { .. })
        ));
        assert!(matches!(
            normalise("/etc/passwd"),
            Err(ReadError::Absolute { .. })
        ));
        assert!(matches!(normalise("a\0b"), Err(ReadError::NotAPath { .. })));
    }

    #[test]
    fn listings_skip_what_is_hidden_or_built_unless_it_was_named() {
        assert!(is_listed("api/a.yaml", ""));
        assert!(is_listed("api/target", ""));
        assert!(!is_listed("target/a.yaml", ""));
        assert!(!is_listed("web/node_modules/a.yaml", ""));
        assert!(!is_listed(".github/a.yaml", ""));
        assert!(!is_listed("api/.a.yaml", ""));
        assert!(is_listed(".contract/signoffs/a.yaml", ".contract/signoffs"));
        assert!(is_listed("target/a.yaml", "target"));
        assert!(!is_listed("targets/a.yaml", "target"));
        assert!(is_listed(".a.yaml", ".a.yaml"));
    }
}
