//! Where a git repository lies, found without starting git.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use super::git::{self, GitError};

/// A git repository: a working tree, a linked one, or a bare repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    root: PathBuf,
    bare: bool,
}

impl Repository {
    /// The repository that holds a file or folder, found by walking up.
    ///
    /// A bare repository counts only where no working tree is around it: one that was committed into a working tree could
    /// bring its own configuration along.
    #[must_use]
    pub fn discover(path: &Path) -> Option<Self> {
        let start = fs::canonicalize(path).ok()?;
        let ceilings = ceilings();
        let mut bare = None;
        for folder in start.ancestors() {
            if folder != start && ceilings.iter().any(|ceiling| ceiling == folder) {
                break;
            }
            if is_git_folder(&folder.join(".git")) {
                return Some(Self {
                    root: folder.to_owned(),
                    bare: false,
                });
            }
            if bare.is_none() && is_bare(folder) {
                bare = Some(Self {
                    root: folder.to_owned(),
                    bare: true,
                });
            }
        }
        bare
    }

    /// The top folder of the working tree, or the repository itself when it is bare.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The top folder of the working tree; a bare repository has none.
    #[must_use]
    pub fn work_tree(&self) -> Option<&Path> {
        (!self.bare).then_some(self.root.as_path())
    }

    /// Whether the working tree differs from HEAD, untracked files included.
    ///
    /// # Errors
    ///
    /// Git is absent or fails.
    pub fn head_dirty(&self) -> Result<bool, GitError> {
        if self.bare {
            return Ok(false);
        }
        let status = git::output(
            &self.root,
            [
                "status",
                "--porcelain",
                "-z",
                "--untracked-files=normal",
                "--ignore-submodules=dirty",
            ],
        )?;
        Ok(!status.is_empty())
    }

    /// Which of these files git could not bring back: it does not know them, or knows them with other bytes than they have now.
    /// Paths start at the top folder.
    ///
    /// # Errors
    ///
    /// Git is absent or fails.
    pub fn unsaved(&self, paths: &[String]) -> Result<Vec<String>, GitError> {
        let status = [
            "status",
            "--porcelain",
            "-z",
            "--no-renames",
            "--untracked-files=all",
            "--ignored",
            "--",
        ];
        let args = status.into_iter().chain(paths.iter().map(String::as_str));
        let told = git::output(&self.root, args)?;
        let told = String::from_utf8_lossy(&told);
        // Two letters, for the index and for the working tree, and a blank.
        let files = told.split('\0').filter_map(|line| {
            let (state, path) = line.split_at_checked(3)?;
            (!state[1..].starts_with(' ')).then(|| path.to_owned())
        });
        Ok(files.collect())
    }

    /// Whether history was cut off at some depth.
    pub(super) fn is_shallow(&self) -> bool {
        git::line(&self.root, &["rev-parse", "--is-shallow-repository"])
            .is_some_and(|answer| answer == "true")
    }
}

/// A folder with a HEAD, or the file that a linked working tree or a submodule has in its place.
fn is_git_folder(path: &Path) -> bool {
    path.join("HEAD").exists() || path.is_file()
}

fn is_bare(folder: &Path) -> bool {
    folder.join("HEAD").is_file() && folder.join("objects").is_dir() && folder.join("refs").is_dir()
}

/// Where git itself stops looking.
fn ceilings() -> Vec<PathBuf> {
    let Some(listed) = env::var_os("GIT_CEILING_DIRECTORIES") else {
        return Vec::new();
    };
    env::split_paths(&listed)
        .filter_map(|path| fs::canonicalize(path).ok())
        .collect()
}
